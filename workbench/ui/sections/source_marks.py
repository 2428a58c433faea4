"""Where a value stands: said on hover of the value, and in what the word "source" opens."""

from collections.abc import Sequence

from workbench.desk.copies.row_words import fields_of
from workbench.desk.origins import SourcePosition, ValuePlace
from workbench.desk.referral_view import ReferralView
from workbench.ui.markup import EMPTY, Html, join, pairs, tag
from workbench.ui.session import Workplace

# The field's own name says these; they have no place of their own.
_SAID_BY_THE_PLACE = frozenset(
    {"role", "kind", "origin", "is_boilerplate", "relation", "subject", "name", "account_type"}
)


class ValueMarks:
    """Marks for the values of one referral's current version."""

    def __init__(self, place: Workplace, view: ReferralView) -> None:
        self._place = place
        self._places = view.places

    def row(self, table: str, shown_row: object, *columns: str) -> Html:
        """Return the word that opens to file and place of a row's values.

        Args:
            table: The row's; "report" for the report itself.
            shown_row: What shows the row; it has the row's `source_path`.
            columns: Only these; none: all that the source states.
        """
        found = [
            (column, place)
            for column in columns or fields_of(table)
            if column not in _SAID_BY_THE_PLACE
            and (place := self._places.of(table, shown_row, column)) is not None
        ]
        path = getattr(shown_row, "source_path", None)
        if not found:
            return self.row_at(path)
        if len(found) == 1 and found[0][1].how == "exact":
            return position_mark(self._place, *found[0][1].positions)
        begins = self._places.row_position(path or "")
        files = dict.fromkeys(at.positions[0].file for _, at in found)
        head = tag("summary", self._place.words("value.source"), title="\n".join(files))
        return tag("details", head, self._listed(found, begins), of="wb-place")

    def row_at(self, path: str | None) -> Html:
        """Return the word that opens to a row's place alone."""
        return position_mark(self._place, self._places.row_position(path)) if path else EMPTY

    def stated(self, table: str, column: str, value: str) -> Html:
        """Return the word that opens to where the source states a value."""
        position = self._places.find(table, column, value)
        return position_mark(self._place, *position) if position else EMPTY

    def value(self, table: str, shown_row: object, column: str, shown: Html | str) -> Html:
        """Return a value that says its place on hover."""
        place = self._places.of(table, shown_row, column)
        if not shown or place is None:
            return join([shown]) if shown else EMPTY
        return tag("span", shown, title=self._title(place))

    def _listed(self, found: Sequence[tuple[str, ValuePlace]], begins: SourcePosition) -> Html:
        """Write the row's place once, and below it each field's; other files by themselves."""
        parts = [tag("code", _written(begins))]
        for file in dict.fromkeys(at.positions[0].file for _, at in found):
            if file != begins.file:
                parts.append(tag("code", file))
            parts.append(
                pairs(
                    (
                        (self._place.words.or_as_written("field", column), self._below(at, begins))
                        for column, at in found
                        if at.positions[0].file == file
                    ),
                    of="wb-places",
                )
            )
        return join(parts)

    def _below(self, place: ValuePlace, begins: SourcePosition) -> Html:
        """Write the field as it is named below the row's place; in full on hover."""
        words = self._place.words
        if place.how == "row":
            return tag("span", words("value.place.row"))
        names = []
        for position in place.positions:
            name = position.path
            if position.file == begins.file:
                name = name.removeprefix(begins.path).lstrip("./, ") or words("value.place.here")
            names.append(tag("code", name, title=_written(position)))
        if place.how == "exact":
            return names[0]
        reason = words("value.place.one_of.title")
        return join([tag("span", words("value.place.one_of"), title=reason), *names], " ")

    def _title(self, place: ValuePlace) -> str:
        lines = [_written(position) for position in place.positions]
        if place.how == "one_of":
            lines.insert(0, self._place.words("value.place.one_of.title"))
        return "\n".join(lines)


def position_mark(place: Workplace, *positions: SourcePosition) -> Html:
    """Write places in the source: a word that opens to file and place, and says them on hover."""
    lines = [_written(position) for position in positions]
    head = tag("summary", place.words("value.source"), title="\n".join(lines))
    return tag("details", head, *(tag("code", line) for line in lines), of="wb-place")


def _written(position: SourcePosition) -> str:
    return f"{position.file} {position.path}".strip()
