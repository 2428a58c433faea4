"""The samples through the real readers and the real store: every number as planned."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from connectors.registry import connectors
from rules.providers import load_provider_table
from sample_data.archive import write_archive
from sample_data.inbox import CHANGED, DOUBLED, FURTHER, Inbox, plan_inbox, write_inbox
from sample_data.words import load_published, load_words
from workbench.enrich.provider_names import ProviderNames, place_provider_names
from workbench.intake.count_sheet import CountSheet
from workbench.intake.importer import import_paths
from workbench.settings import Settings
from workbench.statistics.import_rate import import_rate
from workbench.store.connection import Store

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def inbox() -> Inbox:
    return plan_inbox(today=TODAY)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_inbox(tmp_path_factory.mktemp("samples") / "inbox", today=TODAY)


@pytest.fixture(scope="module")
def filled(folder: Path) -> Iterator[tuple[Store, CountSheet]]:
    with Store.open(None) as store:
        sheet = import_paths(store, [folder], connectors=connectors(None), settings=Settings())
        yield store, sheet


def test_what_is_planned_is_loaded(filled: tuple[Store, CountSheet], inbox: Inbox) -> None:
    _, sheet = filled
    assert sheet.loaded == inbox.loaded
    assert sheet.new_versions == CHANGED + FURTHER
    assert sheet.duplicates == DOUBLED


def test_what_is_broken_is_rejected_for_the_planned_reason(
    filled: tuple[Store, CountSheet], inbox: Inbox
) -> None:
    _, sheet = filled
    assert Counter(row["code"] for row in sheet.rejections) == Counter(inbox.rejected)
    assert all(row["remedy"] for row in sheet.rejections)


def test_replies_and_media_are_set_aside_by_name(filled: tuple[Store, CountSheet]) -> None:
    _, sheet = filled
    names = {Path(row["file"]).name: row["kind"] for row in sheet.set_aside}
    assert set(names) == {"reply.xml", "IMG_0001.jpg", "clip.mp4", "readme.txt"}
    assert names["reply.xml"] == "ncmec_reply"


def test_only_the_fields_made_up_for_it_stay_unread(filled: tuple[Store, CountSheet]) -> None:
    _, sheet = filled
    fields = {row["field"].rsplit("/")[-1] for row in sheet.unread_fields()}
    # One sample holds a right-to-left mark, which is kept and pointed at.
    assert fields == {
        "exportRevision",
        "Row colour",
        "moderationQueue",
        "text_block.content (direction of writing turned)",
    }


def test_a_second_import_loads_nothing(filled: tuple[Store, CountSheet], folder: Path) -> None:
    store, first = filled
    again = import_paths(store, [folder], connectors=connectors(None), settings=Settings())
    assert (again.loaded, again.new_versions) == (0, 0)
    assert again.duplicates == first.loaded + first.new_versions + first.duplicates


def test_no_value_of_the_samples_is_unreadable(filled: tuple[Store, CountSheet]) -> None:
    store, _ = filled
    for table in ("report_version", "party", "ip_event", "file_record", "identifier"):
        rows = store.rows_of(
            f"SELECT not_stated FROM referral.{table} "  # noqa: S608  names from the line above
            "WHERE len(list_filter(map_values(not_stated), lambda v: v LIKE 'unreadable%')) > 0"
        )
        assert rows == []


def test_decided_rows_bring_every_disposition(filled: tuple[Store, CountSheet]) -> None:
    store, _ = filled
    rows = store.rows_of("SELECT DISTINCT disposition FROM analyst.decision")
    assert {row["disposition"] for row in rows} == {
        "imported",
        "not_imported",
        "awaiting_information",
        "transferred",
    }


def test_every_spelling_of_the_archive_is_placed_in_its_published_row() -> None:
    table = load_provider_table(None)
    published = {entry.name: entry.published_row for entry in table}
    names = ProviderNames(table)
    matched_by: Counter[str] = Counter()
    for row, habit in load_words("archive_providers").items():
        for written in (*habit["spellings"], *habit["typing_errors"]):
            match = names.match(written)
            assert (published.get(match.provider) or "Øvrige") == row, written
            matched_by[match.matched_by] += 1
    assert set(matched_by) == {"table", "similar", "itself"}


def test_the_archive_prints_both_published_tables_to_the_digit(tmp_path: Path) -> None:
    table = load_provider_table(None)
    with Store.open(None) as store:
        archive = write_archive(tmp_path)
        sheet = import_paths(store, [archive], connectors=connectors(None), settings=Settings())
        assert (sheet.loaded, sheet.rejected, sheet.unread_fields()) == (32_220, 0, [])
        place_provider_names(store, table)
        rate = import_rate(store, as_of=TODAY, provider_table=table)
    cells = [(row.provider, str(row.year), row.received, str(row.percent)) for row in rate.rows]
    assert cells == [
        (
            line["provider"],
            line["year"],
            int(line["received"]),
            line["imported_percent_published"],
        )
        for line in load_published("kripos_table2_provider_year")
    ]
    totals = [(str(row.year), row.received, row.imported, str(row.percent)) for row in rate.totals]
    assert totals == [
        (
            line["year"],
            int(line["ncmec_reports_to_norway"]),
            int(line["imported"]),
            line["imported_percent_published"],
        )
        for line in load_published("kripos_table1_year")
    ]
