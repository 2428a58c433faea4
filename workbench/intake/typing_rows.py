"""Gathered rows -> the typed tables of one piece; a record that cannot be typed is named."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Final

import pyarrow as pa

from workbench.intake.columns import typed_columns
from workbench.intake.staging import StagedRows
from workbench.model.tables import TABLES

Tables = dict[str, pa.Table]
Facts = Mapping[str, Sequence[str | None]]  # version -> what intake knows of it, as `FACTS` says
FACTS: Final = (
    "referral_id",
    "batch_id",
    "source_file_id",
    "source_format",
    "source_system",
    "report_number",
    "report_number_source",
    "file_name",
)


def typed_tables(
    staged: Mapping[str, StagedRows], facts: Facts, refuse: Callable[[str, Exception], None]
) -> Tables:
    """Return the rows of every table that has some.

    Args:
        staged: The rows by table.
        facts: The versions they belong to, in the order in which they were read.
        refuse: Told of each version whose rows cannot be typed, and why; the others are returned.
    """
    parts = list(_typed(staged, list(facts), facts, refuse))
    names = [name for name in TABLES if any(name in part for part in parts)]
    return {name: joined(name, [part[name] for part in parts if name in part]) for name in names}


def _typed(
    staged: Mapping[str, StagedRows],
    versions: Sequence[str],
    facts: Facts,
    refuse: Callable[[str, Exception], None],
) -> list[Tables]:
    """Type all versions at once; where that fails, each half by itself, down to the guilty ones."""
    try:
        return [_typed_at_once(staged, {version: facts[version] for version in versions})]
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - what one record says must not end the import
        if len(versions) == 1:
            refuse(versions[0], error)
            return []
    middle = len(versions) // 2
    halves = []
    for half in (versions[:middle], versions[middle:]):
        wanted = frozenset(half)
        rows = {table: taken.only(wanted) for table, taken in staged.items()}
        halves += _typed(rows, half, facts, refuse)
    return halves


def _typed_at_once(staged: Mapping[str, StagedRows], facts: Facts) -> Tables:
    tables = {}
    for table, taken in staged.items():
        source = taken.columns()
        if source.length:
            rows = typed_columns(table, source)
            tables[table] = _with_facts(rows, facts) if table == "report" else rows
    return tables


def _with_facts(reports: pa.Table, facts: Facts) -> pa.Table:
    columns = dict(zip(reports.column_names, reports.columns, strict=True))
    for name, values in zip(FACTS, zip(*facts.values(), strict=True), strict=True):
        columns[name] = pa.array(values, pa.string())
    return pa.table(columns)


def joined(table: str, parts: Sequence[pa.Table]) -> pa.Table:
    """Return the rows of several tables, each with the columns that its sources mention."""
    if len(parts) == 1:
        return parts[0]
    names = {name for part in parts for name in part.column_names}
    return pa.concat_tables([_filled(table, part, names) for part in parts])


def whole(table: str, rows: pa.Table) -> pa.Table:
    """Return a table with every column of its kind: one INSERT statement fits all batches."""
    return _filled(table, rows, set(schema_of(table).names))


@cache
def schema_of(table: str) -> pa.Schema:
    """Return every column a table can have, with its type."""
    every = StagedRows()
    every.add("", [dict.fromkeys(TABLES[table])], [None])
    empty = typed_columns(table, every.columns())
    return (_with_facts(empty, {"": [None] * len(FACTS)}) if table == "report" else empty).schema


def _filled(table: str, rows: pa.Table, names: Collection[str]) -> pa.Table:
    there = dict(zip(rows.column_names, rows.columns, strict=True))
    columns = {
        field.name: there[field.name] if field.name in there else pa.nulls(len(rows), field.type)
        for field in schema_of(table)
        if field.name in names
    }
    return pa.table(columns)
