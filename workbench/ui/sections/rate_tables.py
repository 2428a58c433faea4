"""The two tables a leader knows; a count opens the referrals that it counts."""

from typing import NamedTuple

from workbench.export.workbook import TOTAL_ROW
from workbench.statistics.import_rate import ImportRate, ImportRateRow, ImportRateTotal
from workbench.ui.markup import Html, tag
from workbench.ui.parts.small_things import choice
from workbench.ui.session import Workplace


class Cell(NamedTuple):
    """A count in the table: of one row, or `row_name` None for all of a year."""

    row_name: str | None
    year: int

    @property
    def code(self) -> str:
        """The cell as the text that a button carries."""
        return f"{self.year} {self.row_name or ''}"

    @classmethod
    def of_code(cls, code: str) -> "Cell":
        """Return the cell that a button names."""
        year, _, row_name = code.partition(" ")
        return cls(row_name or None, int(year))


def by_provider_table(place: Workplace, rate: ImportRate, marked: Cell | None) -> Html:
    """Return received and imported % per provider and year.

    Args:
        place: Where it is drawn.
        rate: The counts.
        marked: The cell whose referrals are shown beside it.
    """
    words = place.words
    cells = {(row.provider, row.year): row for row in rate.rows}
    heads = [tag("th", words("statistics.received_from"), scope="col")]
    for year in rate.years:
        heads.append(tag("th", str(year), scope="col", of="wb-figure"))
        heads.append(tag("th", words("statistics.imported_percent"), scope="col", of="wb-figure"))
    lines = [
        _line(
            provider,
            [
                figure
                for year in rate.years
                for figure in _pair(place, Cell(provider, year), cells[provider, year], marked)
            ],
        )
        for provider in rate.providers
    ]
    sums = [
        figure
        for total in rate.totals
        for figure in _pair(place, Cell(None, total.year), total, marked)
    ]
    lines.append(_line(TOTAL_ROW, sums, of="wb-total"))
    return _table("by_provider", heads, lines)


def by_year_table(place: Workplace, rate: ImportRate) -> Html:
    """Return what the world and the unit received per year, and what was imported."""
    words, number = place.words, place.formats.number
    names = ("year", "globally", "received", "imported", "imported_percent")
    heads = [
        tag(
            "th", words(f"statistics.{name}"), scope="col", of="" if name == "year" else "wb-figure"
        )
        for name in names
    ]
    lines = [
        _line(
            str(total.year),
            [
                _figure(
                    number(total.ncmec_reports_globally)
                    if total.ncmec_reports_globally is not None
                    else words("statistics.no_value")
                ),
                _figure(number(total.received)),
                _figure(number(total.imported)),
                _figure(number(total.percent, decimals=1)),
            ],
        )
        for total in rate.totals
    ]
    return _table("by_year", heads, lines)


def _pair(
    place: Workplace, cell: Cell, count: ImportRateRow | ImportRateTotal, marked: Cell | None
) -> tuple[Html, Html]:
    number = place.formats.number
    received: str = number(count.received)
    if count.received:
        title = place.words("statistics.cell.show")
        received = choice(received, "cell", cell.code, title=title)
    return (
        _figure(received, of="wb-marked" if cell == marked else ""),
        _figure(number(count.percent, decimals=1)),
    )


def _figure(content: str, *, of: str = "") -> Html:
    return tag("td", content, of=f"wb-figure {of}".strip())


def _line(name: str, figures: list[Html], *, of: str = "") -> Html:
    return tag("tr", tag("th", name, scope="row"), *figures, of=of)


def _table(name: str, heads: list[Html], lines: list[Html]) -> Html:
    return tag(
        "table",
        tag("thead", tag("tr", *heads)),
        tag("tbody", *lines),
        of="wb-table wb-figures",
        data_table=name,
    )
