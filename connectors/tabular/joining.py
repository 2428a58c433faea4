"""Lines of a table that are one referral together: a lead seen several times, several payments."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Final

from connectors.tabular.column_map import part_place
from connectors.walk import is_stated
from workbench.errors import RecordRejectedError
from workbench.model.limits import Limits
from workbench.model.record import SourceRecord, SourceRow
from workbench.model.tables import NUMBERED, TABLES

_ABOUT_THE_ROW: Final = frozenset({"_path", "_not_stated", *NUMBERED.values()})
# Said again, these say nothing more. Two payments that look the same are still two.
_SAID_ONCE: Final = frozenset(TABLES) - {"report", "party", "file_record", "transaction_record"}

Rows = dict[str, list[SourceRow]]


class Joiner:
    """Takes the lines of a table in order and gives whole referrals.

    Lines of one referral have to stand together: to find the others the whole table would have to
    be held, and of what came after the store would hold only the last part.

    The lines of one referral are held in memory together, so there is a limit to them.
    """

    def __init__(self, headers: str, limits: Limits) -> None:
        self._headers = headers
        self._limits = limits
        self._held: list[SourceRecord] = []
        self._key: Hashable = None
        self._ended: set[int] = set()

    def add(
        self, key: Sequence[str], record: SourceRecord
    ) -> Iterator[SourceRecord | RecordRejectedError]:
        """Take one line; yield the referral that it ends, or its refusal."""
        if (
            self._held
            and key == self._key
            and len(self._held) < self._limits.table_lines_per_referral
        ):
            self._held.append(record)
            return
        was_key = self._key
        yield from self.end()
        if hash(key) in self._ended:
            yield self._apart(record, is_too_long=key == was_key)
            return
        if all(key):
            self._held, self._key = [record], key
        else:
            yield record

    def end(self) -> Iterator[SourceRecord]:
        """Yield the referral whose lines are held."""
        if self._held:
            self._ended.add(hash(self._key))
            first, *others = self._held
            yield joined(first, others)
        self._held, self._key = [], None

    def _apart(self, record: SourceRecord, *, is_too_long: bool) -> RecordRejectedError:
        if is_too_long:
            return RecordRejectedError(
                f"One referral has more than {self._limits.table_lines_per_referral:,} lines.",
                code="too_large",
                remedy=self._limits.remedy(
                    "table_lines_per_referral",
                    f"Look whether {self._headers} is the right column to join lines by",
                ),
                location=record.location,
            )
        return RecordRejectedError(
            f"The lines with the same {self._headers} do not stand together.",
            code="row_apart",
            remedy=f"Sort the table by {self._headers}, then import the file again.",
            location=record.location,
        )


def joined(first: SourceRecord, others: Sequence[SourceRecord]) -> SourceRecord:
    """Return one record of all that its lines say; what they say differently is kept beside."""
    if not others:
        return first
    together = _Together()
    for record in (first, *others):
        together.add(record.rows)
    first.rows = together.rows
    return first


class _Together:
    def __init__(self) -> None:
        self.rows: Rows = {"report": []}
        self._parties: dict[Hashable, SourceRow] = {}
        self._files: dict[Hashable, int] = {}
        self._said: dict[str, set[Hashable]] = {table: set() for table in _SAID_ONCE}

    def add(self, line: Rows) -> None:
        """Add what one line says."""
        parties = {row["party_no"]: self._party(row) for row in line.get("party", ())}
        files = {row["file_no"]: self._file(row, line) for row in line.get("file_record", ())}
        new_files = {number for number, is_new in files.values() if is_new}
        self._report(line["report"][0])
        for table, rows in line.items():
            if table in ("report", "party", "file_record"):
                continue
            for row in rows:
                if "party_no" in row:
                    row["party_no"] = parties[row["party_no"]]
                if "file_no" in row:
                    row["file_no"] = files[row["file_no"]][0]
                    if table == "file_hash" and row["file_no"] not in new_files:
                        continue
                if table not in self._said or self._is_new(table, row):
                    self._append(table, row)

    def _report(self, row: SourceRow) -> None:
        if not self.rows["report"]:
            self.rows["report"].append(row)
        else:
            self._merge(self.rows["report"][0], row, {})

    def _party(self, row: SourceRow) -> int:
        """Return the number of the party; one role is one party in all lines of a referral."""
        key = (row.get("role"), row.get("account_type"))
        known = self._parties.get(key)
        if known is None:
            self._parties[key] = row
            self._append("party", row)
        else:
            self._merge(known, row, {"party_no": known["party_no"]})
        number: int = self._parties[key]["party_no"]
        return number

    def _file(self, row: SourceRow, line: Rows) -> tuple[int, bool]:
        """Return the number of a file and whether it is new; the same names and hashes are one."""
        hashes = (h for h in line.get("file_hash", ()) if h.get("file_no") == row["file_no"])
        said = frozenset(_said_by(found, None, without="file_no") for found in hashes)
        key = (_said_by(row, "file_no"), said)
        if key in self._files:
            return self._files[key], False
        self._append("file_record", row)
        self._files[key] = row["file_no"]
        return self._files[key], True

    def _merge(self, known: SourceRow, row: SourceRow, owner: SourceRow) -> None:
        for column, value in row.items():
            if column in _ABOUT_THE_ROW or not is_stated(value) or known.get(column) == value:
                continue
            if not is_stated(known.get(column)):
                known[column] = value
                continue
            line, _ = part_place(row["_path"])
            further = {"name": column, "value_as_written": value, "_path": line, **owner}
            if self._is_new("attribute", further):
                self._append("attribute", further)

    def _is_new(self, table: str, row: SourceRow) -> bool:
        said = _said_by(row, NUMBERED.get(table))
        is_new = said not in self._said[table]
        self._said[table].add(said)
        return is_new

    def _append(self, table: str, row: SourceRow) -> None:
        rows = self.rows.setdefault(table, [])
        rows.append(row)
        if table in NUMBERED:
            row[NUMBERED[table]] = len(rows)


def _said_by(row: SourceRow, number: str | None, *, without: str = "") -> Hashable:
    """Return what a row says, wherever it stood and whatever its own number is."""
    own = {"_path", number, without}
    return frozenset((key, _hashable(value)) for key, value in row.items() if key not in own)


def _hashable(value: Any) -> Hashable:  # noqa: ANN401 - a source value
    if isinstance(value, list):
        return tuple(value)
    return repr(sorted(value.items())) if isinstance(value, dict) else value
