"""HTML for the static parts of a screen. Text goes in escaped; nothing else can go in.

Foreign text never reaches Streamlit's Markdown: there `![](...)` would fetch an image and a link
would be live. It goes through here, where it stays text.
"""

from collections.abc import Iterable, Sequence
from html import escape

from workbench.intake.odd_characters import turns_direction


class Html(str):
    """Text that is already HTML. Only this module makes it; every other string is escaped."""

    __slots__ = ()


EMPTY = Html("")


def join(parts: Iterable[str], between: str = "") -> Html:
    """Put pieces one after the other."""
    return Html(_as_html(between).join(_as_html(part) for part in parts))


def tag(name: str, *content: str, of: str = "", title: str = "", **attributes: str) -> Html:
    """Return an element; `of` is its classes, keyword attributes take `_` for `-`."""
    given = {"class": of, "title": title}
    given |= {key.replace("_", "-"): value for key, value in attributes.items()}
    written = "".join(f' {key}="{escape(value)}"' for key, value in given.items() if value)
    return Html(f"<{name}{written}>{join(content)}</{name}>")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, of: str = "wb-table") -> Html:
    """Return a table with a header row."""
    head = tag("tr", *(tag("th", name, scope="col") for name in heads))
    body = (tag("tr", *(tag("td", cell) for cell in row)) for row in rows)
    return tag("table", tag("thead", head), tag("tbody", *body), of=of)


def sortable_table(
    heads: Sequence[str], rows: Iterable[Sequence[tuple[str, str]]], *, hint: str, numeric: int = -1
) -> Html:
    """Return a table that sorts by a click on a head (`looks/sorting.js` does it).

    Args:
        heads: One per column.
        rows: Of each cell what it shows, and what it is sorted by.
        hint: Said of the heads on hover.
        numeric: From this column on, figures; negative: none.
    """

    def of(column: int) -> str:
        return "wb-figure" if 0 <= numeric <= column else ""

    buttons = (
        tag("button", name, of="wb-sort", type="button", title=hint, data_column=str(column))
        for column, name in enumerate(heads)
    )
    head = tag(
        "tr",
        *(
            tag("th", button, of=of(column), scope="col", aria_sort="none")
            for column, button in enumerate(buttons)
        ),
    )
    body = (
        tag(
            "tr",
            *(
                tag("td", shown, of=of(column), data_sort=sort_key)
                for column, (shown, sort_key) in enumerate(row)
            ),
        )
        for row in rows
    )
    return tag("table", tag("thead", head), tag("tbody", *body), of="wb-table wb-sortable")


def pairs(entries: Iterable[tuple[str, str]], *, of: str = "wb-pairs") -> Html:
    """Return a list of names and their values."""
    return tag("dl", *(join([tag("dt", name), tag("dd", value)]) for name, value in entries), of=of)


def _as_html(piece: str) -> str:
    if isinstance(piece, Html):
        return piece
    written = escape(piece)
    # A mark that turns the direction of writing would turn all that follows it on the line.
    return f"<bdi>{written}</bdi>" if turns_direction(piece) else written
