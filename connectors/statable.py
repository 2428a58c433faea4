"""What each format can state at all, from its allow-list.

So nobody calls missing what no copy in that format could have said.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from connectors.entries import (
    Column,
    Descend,
    Flags,
    Joined,
    Listed,
    OpenRow,
    TrueWins,
)
from connectors.routes import alternatives
from connectors.shapes import AllowList, read_allow_list
from connectors.walk import Entry, Shape

# Format -> the package with its allow-list and (shape, table) where its documents begin. A table
# has no allow-list but a column map; what it can state is what its row mentions.
_BEGINNINGS: Final[Mapping[str, tuple[str, tuple[tuple[str, str], ...]]]] = {
    "cybertipline_json": ("connectors.cybertipline_json", (("report", "report"),)),
    "cybertipline_xml": (
        "connectors.cybertipline_xml",
        (("report", "report"), ("file_details", "report"), ("file", "file_record")),
    ),
    "cybertipline_file_details": (
        "connectors.cybertipline_xml",
        (("file_details", "report"), ("file", "file_record")),
    ),
    "cybertipline_pdf": ("connectors.cybertipline_pdf", (("report", "report"),)),
    "iccam_v2": ("connectors.hotline", (("report_v2", "report"),)),
    "iccam_v3": (
        "connectors.hotline",
        (("report_v3", "report"), ("lone_content_v3", "report")),
    ),
}
_KIND_COLUMNS: Final = {"identifier": "kind", "text_block": "kind", "file_hash": "hash_type"}


@cache
def statable_columns() -> Mapping[str, frozenset[str]]:
    """Return what each format can state.

    Format -> `table.column` for its columns, and `table:kind` for the kinds of row it opens, with
    `table:*` where the document itself names the kind.
    """
    return {
        name: frozenset(_all_said(read_allow_list(package), beginnings))
        for name, (package, beginnings) in _BEGINNINGS.items()
    }


def _all_said(allowed: AllowList, beginnings: tuple[tuple[str, str], ...]) -> Iterator[str]:
    todo = [(allowed.shapes[shape], table) for shape, table in beginnings]
    yield from (f"{table}:*" for _, table in beginnings)
    seen: set[tuple[str, str]] = set()
    while todo:
        shape, table = todo.pop()
        if (shape.name, table) in seen:
            continue
        seen.add((shape.name, table))
        yield from (f"{table}.{column}" for column in shape.columns.values())
        for entry in shape.entries.values():
            for one in alternatives(entry):
                yield from _said(one, table)
                todo.extend(_inner(one, table))


def _said(entry: Entry, table: str) -> Iterator[str]:
    match entry:
        case Column() | Flags() | Joined() | Listed() | TrueWins():
            yield f"{table}.{entry.column}"
        case OpenRow():
            kind = entry.given.get(_KIND_COLUMNS.get(entry.table, ""), "*")
            yield f"{entry.table}:{kind}"
            yield from (f"{entry.table}.{column}" for column in entry.given)
            if entry.count:
                yield f"{table}.{entry.count}"
        case _:
            return


def _inner(entry: Entry, table: str) -> Iterator[tuple[Shape, str]]:
    match entry:
        case Descend():
            yield entry.shape, table
        case OpenRow():
            yield entry.shape, entry.table
        case _:
            return
