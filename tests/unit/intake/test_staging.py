"""Rows that mention different columns come out as they went in, and so do versions of a batch."""

import gc
from pathlib import Path

import pytest

from connectors.registry import connectors
from tests.builders import police_json, write
from workbench.intake.columns import typed_columns
from workbench.intake.importer import import_paths
from workbench.intake.staging import StagedRows
from workbench.model.record import SourceRow
from workbench.settings import Settings
from workbench.store.connection import Store


def staged(*rows: SourceRow) -> StagedRows:
    taken = StagedRows()
    for number, row in enumerate(rows):
        taken.add(f"v{number}", [row], [f"row {number}"])
    return taken


def test_reports_of_several_layouts_keep_the_order_in_which_they_came() -> None:
    source = staged(
        {"platform": "a"}, {"platform": "b", "country": "NO"}, {"platform": "c"}, {"country": "SE"}
    ).columns()
    typed = typed_columns("report", source).to_pylist()
    assert [row["source_path"] for row in typed] == ["row 0", "row 1", "row 2", "row 3"]
    assert [row["platform"] for row in typed] == ["a", "b", "c", None]


def test_rows_of_several_layouts_keep_what_each_says() -> None:
    source = staged(
        {"kind": "email", "value_as_written": "a@example.org"},
        {"kind": "phone", "value_as_written": "40000000", "country_calling_code": "+47"},
        {"kind": "email", "value_as_written": "B@example.org"},
        {"value_as_written": "x", "kind": "device_id"},
    ).columns()
    typed = typed_columns("identifier", source).to_pylist()
    typed.sort(key=lambda row: row["source_path"])
    assert [row["source_path"] for row in typed] == ["row 0", "row 1", "row 2", "row 3"]
    assert [row["version_id"] for row in typed] == ["v0", "v1", "v2", "v3"]
    assert [row["value"] for row in typed] == ["a@example.org", "+4740000000", "b@example.org", "x"]
    assert [row["country_calling_code"] for row in typed] == [None, "+47", None, None]


def test_absent_null_empty_and_not_applicable_stay_apart() -> None:
    source = staged(
        {"role": "victim"},
        {"role": "victim", "first_name": None},
        {"first_name": "", "role": "victim"},
        {"role": "victim", "first_name": " N/A ", "age": "thirteen"},
        {"role": "victim", "first_name": "Example", "_not_stated": {"addresses": "null"}},
    ).columns()
    typed = typed_columns("party", source).to_pylist()
    typed.sort(key=lambda row: row["source_path"])
    assert [row["first_name"] for row in typed] == [None, None, None, None, "Example"]
    assert [dict(row["not_stated"] or []) for row in typed] == [
        {},
        {"first_name": "null"},
        {"first_name": "empty"},
        {"first_name": "n/a", "age": "unreadable: thirteen"},
        {"addresses": "null"},
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["2026-02-03T04:05:06Z", "2026-02-03T04:05:06.5Z"], [0, 500_000]),
        (["2026-02-03T04:05:06Z", "2026-02-31T04:05:06Z"], [0, None]),
        (["2026-02-03T04:05:06Z", "2026-02-03T06:05:06+02:00"], [0, 0]),
    ],
)
def test_a_column_of_times_reads_the_same_at_once_and_one_by_one(
    written: list[str], read: list[int | None]
) -> None:
    source = staged(*({"occurred_at": text} for text in written)).columns()
    typed = typed_columns("ip_event", source).to_pylist()
    instants = [row["occurred_at"] for row in typed]
    assert [at and at.microsecond for at in instants] == read
    assert [row["occurred_at_as_written"] for row in typed] == written
    assert [row["occurred_at_zone_stated"] for row in typed] == [at and True for at in instants]


def test_the_rows_of_some_versions_come_without_the_others() -> None:
    taken = staged({"name": "a"}, {"name": "b", "party_no": 1}, {"name": "c"})
    typed = typed_columns("attribute", taken.only({"v2"}).columns()).to_pylist()
    assert [(row["version_id"], row["name"]) for row in typed] == [("v2", "c")]


def test_changed_copies_in_one_batch_are_numbered_as_they_were_read(
    store: Store, tmp_path: Path
) -> None:
    write(tmp_path, "a.json", police_json(informational=False))
    write(tmp_path, "b.json", police_json(informational=True))
    write(tmp_path, "c.json", police_json(informational=False))
    sheet = import_paths(store, [tmp_path], connectors=connectors(None), settings=Settings())
    assert (sheet.loaded, sheet.new_versions, sheet.duplicates) == (1, 1, 1)
    rows = store.query(
        "SELECT version, is_informational FROM analyst.referral_version ORDER BY version"
    )[1]
    assert rows == [(1, False), (2, True)]


def test_cycles_are_searched_for_again_after_an_import(store: Store, tmp_path: Path) -> None:
    import_paths(
        store,
        [write(tmp_path, "a.json", police_json())],
        connectors=connectors(None),
        settings=Settings(),
    )
    assert gc.isenabled()
