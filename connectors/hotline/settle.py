"""Ties the rows of a hotline report together after the walk: whose is what."""

from collections.abc import Sequence
from typing import Final

from connectors.walk import is_stated
from workbench.model.record import SourceRow

_TABLE: Final = "web_address"
_NUMBER: Final = "web_address_no"
_OF_AN_ADDRESS: Final = ("web_assessment", "web_action")
_OWN: Final = frozenset({"_path", "_not_stated", "relation", _NUMBER})

Rows = dict[str, list[SourceRow]]


def settle(rows: Rows) -> Rows:
    """Give each address what the report says of its page, and number what belongs to it.

    Version 3 lists its contents once in short and may give them again in full: the same content id
    is one address. What the report says of the page as a whole (its kind, its hosting) goes to the
    address marked as the source, else to the first; nothing that an address says of itself is
    replaced, and what the report says otherwise is kept as an attribute.
    """
    found = rows.get(_TABLE, [])
    about_the_page = [row for row in found if row["relation"] == "site"]
    addresses, stands_at = _once_each(rows)
    contents = [row for row in addresses if row["relation"] == "content"]
    if about_the_page and not contents:
        contents = [{"_path": about_the_page[0]["_path"], "relation": "content"}]
        addresses += contents
    for row in about_the_page:
        _add_to(_page_of(contents), row, rows)
    if addresses:
        rows[_TABLE] = addresses
    for number, row in enumerate(addresses, start=1):
        row[_NUMBER] = number
    for table in _OF_AN_ADDRESS:
        for row in rows.get(table, ()):
            owner = _owner(row["_path"], stands_at)
            if owner is not None:
                row[_NUMBER] = owner[_NUMBER]
    return rows


def _once_each(rows: Rows) -> tuple[list[SourceRow], dict[str, SourceRow]]:
    """Join rows of one content id; return them, and which row stands at which place."""
    by_id: dict[str, SourceRow] = {}
    kept: list[SourceRow] = []
    stands_at: dict[str, SourceRow] = {}
    for row in rows.get(_TABLE, ()):
        if row["relation"] == "site":
            continue
        content_id = str(row["content_id"]) if is_stated(row.get("content_id")) else ""
        same = by_id.get(content_id)
        if same is not None and _agree(same, row):
            _add_to(same, row, rows)
            stands_at[row["_path"]] = same
            continue
        if content_id:
            by_id.setdefault(content_id, row)
        kept.append(row)
        stands_at[row["_path"]] = row
    return kept, stands_at


def _agree(one: SourceRow, other: SourceRow) -> bool:
    """Say whether two rows of one content never say different things of it."""
    return all(
        not is_stated(one.get(column)) or one[column] == value
        for column, value in other.items()
        if column not in _OWN and is_stated(value)
    )


def _page_of(contents: Sequence[SourceRow]) -> SourceRow:
    marked = (row for row in contents if str(row.get("is_source_url")).lower() == "true")
    return next(marked, contents[0])


def _add_to(row: SourceRow, said: SourceRow, rows: Rows) -> None:
    for column, value in said.items():
        held = row.get(column)
        if isinstance(value, list) and isinstance(held, list):
            held += [one for one in value if one not in held]
        elif column in _OWN:
            continue
        elif not is_stated(held):
            row[column] = value
        elif is_stated(value) and value != held:
            kept = {"_path": said["_path"], "name": _name_of(said["_path"])}
            rows.setdefault("attribute", []).append(kept | {"value_as_written": value})
    if noted := said.get("_not_stated"):
        row["_not_stated"] = {**noted, **row.get("_not_stated", {})}


def _name_of(path: str) -> str:
    """Return what the report itself calls what stands at a place."""
    return path.rpartition(".")[2].partition("[")[0]


def _owner(path: str, stands_at: dict[str, SourceRow]) -> SourceRow | None:
    """Return the address around a place; None when it is the report's own."""
    while path:
        path = path.rpartition(".")[0]
        if path in stands_at:
            return stands_at[path]
    return None
