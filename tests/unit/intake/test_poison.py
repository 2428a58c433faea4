"""A record that fails only while it is written is one rejection; the rest of its batch goes on."""

from pathlib import Path

import pytest

import workbench.intake.typing_rows
import workbench.store.connection
from connectors.registry import connectors
from tests.builders import police_json, write
from workbench.intake.columns import typed_columns
from workbench.intake.count_sheet import CountSheet
from workbench.intake.importer import import_paths
from workbench.intake.staging import StagedColumns
from workbench.settings import Settings
from workbench.store.audit import run_audits
from workbench.store.connection import Store, statement

POISON = "poisonous_name"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    for number in range(991000000, 991000040):
        person = {"screenName": {"value": POISON if number in {991000007, 991000031} else "river"}}
        information = police_json()["reportedInformation"] | {
            "reportedPeople": {"reportedPersons": [person]}
        }
        report = police_json(number, reportedInformation=information)
        write(tmp_path, f"in/{number}.json", report)
    return tmp_path / "in"


def take(store: Store, folder: Path) -> CountSheet:
    return import_paths(store, [folder], connectors=connectors(None), settings=Settings())


def assert_only_the_poison_is_missing(store: Store, sheet: CountSheet) -> None:
    assert (sheet.read, sheet.loaded, sheet.rejected) == (40, 38, 2)
    assert sheet.adds_up
    assert [(r["file"], r["code"]) for r in sheet.rejections] == [
        ("in/991000007.json", "cannot_be_kept"),
        ("in/991000031.json", "cannot_be_kept"),
    ]
    assert all(r["remedy"] and POISON not in str(r) for r in sheet.rejections)
    assert store.query("SELECT count(*) FROM analyst.referral")[1] == [(38,)]
    assert store.query("SELECT count(*) FROM referral.source_file")[1] == [(40,)]
    assert all(audit.holds for audit in run_audits(store))


def test_that_cannot_be_turned_into_columns(
    store: Store, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(table: str, source: StagedColumns) -> object:
        if table == "identifier" and POISON in source.all("value_as_written"):
            raise OverflowError(POISON)
        return typed_columns(table, source)

    monkeypatch.setattr(workbench.intake.typing_rows, "typed_columns", fails)
    assert_only_the_poison_is_missing(store, take(store, inbox))


def test_that_the_store_does_not_take(
    store: Store, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing = statement("intake/add_identifier").replace(
        "staged_row.value_as_written,",
        f"CASE WHEN staged_row.value_as_written = '{POISON}' THEN error('{POISON}') "
        "ELSE staged_row.value_as_written END,",
    )
    assert POISON in refusing

    def altered(name: str) -> str:
        return refusing if name == "intake/add_identifier" else statement(name)

    monkeypatch.setattr(workbench.store.connection, "statement", altered)
    assert_only_the_poison_is_missing(store, take(store, inbox))


def test_and_once_it_can_be_kept_it_is_loaded(
    store: Store, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        test_that_the_store_does_not_take(store, inbox, patched)
    sheet = take(store, inbox)
    assert (sheet.loaded, sheet.duplicates, sheet.rejected) == (2, 38, 0)
