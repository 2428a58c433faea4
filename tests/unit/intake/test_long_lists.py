"""What an import did not load, where there is more of it than anybody reads or memory may hold."""

import json
import sys
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest

import workbench.store.connection
from connectors.registry import connectors
from tests.builders import police_json, write
from tests.hostile import archive_csv, archive_row, package
from workbench.intake import batch, count_sheet, reading
from workbench.intake.count_sheet import CountSheet
from workbench.intake.importer import import_paths
from workbench.intake.recipe import Recipe
from workbench.model.limits import Limits
from workbench.settings import Settings
from workbench.store.connection import Store, statement

RECIPE = Recipe("connectors.registry:connectors")
MEDIA = (("a.jpg", b"\xff\xd8\xff invented"), ("b.png", b"\x89PNG\r\n invented"))
both_ways = pytest.mark.parametrize(
    "readers",
    [
        1,
        pytest.param(
            2,
            marks=pytest.mark.skipif(
                sys.platform == "win32", reason="readers are tested on Unix only"
            ),
        ),
    ],
    ids=["one reader", "two readers"],
)


def take(store: Store, folder: Path, *, readers: int = 1, batch_size: int = 5_000) -> CountSheet:
    settings = Settings(readers=readers, batch_size=batch_size)
    sheet = import_paths(
        store, [folder], connectors=connectors(None), recipe=RECIPE, settings=settings
    )
    assert sheet.read == sheet.loaded + sheet.new_versions + sheet.duplicates + sheet.rejected
    return sheet


def kept(store: Store, table: str) -> list[str]:
    return listed(store, f"FROM referral.{table} SELECT file_name")


def listed(store: Store, query: str) -> list[str]:
    return sorted(str(row[0]) for row in store.query(query)[1])


@pytest.fixture
def three_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(count_sheet, "MOST_SHOWN", 3)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Six good reports, twelve that are broken, and packages of which two each hold media."""
    for number in range(991000000, 991000006):
        write(tmp_path, f"in/{number}.json", police_json(number))
    for number in range(12):
        write(tmp_path, f"in/broken-{number:02}.json", b"{")
    for number in range(5):
        content = json.dumps(police_json(991000100 + number)).encode()
        write(tmp_path, f"in/{number}.zip", package(("report.json", content), *MEDIA))
    return tmp_path / "in"


@both_ways
@pytest.mark.parametrize("batch_size", [1, 5_000])
@pytest.mark.usefixtures("three_shown")
def test_the_sheet_shows_the_first_and_the_store_has_each_once(
    store: Store, mixed: Path, readers: int, batch_size: int
) -> None:
    sheet = take(store, mixed, readers=readers, batch_size=batch_size)
    assert (sheet.files, sheet.read, sheet.loaded, sheet.rejected) == (33, 23, 11, 12)
    broken = [f"in/broken-{number:02}.json" for number in range(12)]
    assert [entry["file"] for entry in sheet.rejections] == broken[:3]
    assert kept(store, "rejection") == broken
    media = [f"in/{number}.zip!/{name}" for number in range(5) for name, _ in MEDIA]
    assert [entry["file"] for entry in sheet.set_aside] == media[:3]
    assert kept(store, "set_aside") == media
    kinds = [(one.kind, one.count, one.byte_count) for one in sheet.kinds_set_aside()]
    assert kinds == [("jpeg", 5, 5 * len(MEDIA[0][1])), ("png", 5, 5 * len(MEDIA[1][1]))]
    more = sheet.not_shown()
    assert (more["rejections"].count, more["set_aside"].count) == (9, 7)
    assert listed(store, more["rejections"].query) == broken
    assert listed(store, more["set_aside"].query) == media


def test_a_sheet_that_shows_all_says_nothing_of_more(store: Store, mixed: Path) -> None:
    sheet = take(store, mixed)
    assert sheet.not_shown() == {}
    assert sheet.as_json()["not_shown"] == {}
    assert (len(sheet.rejections), len(sheet.set_aside)) == (12, sheet.set_aside_count)


@pytest.mark.usefixtures("three_shown")
def test_a_second_import_lists_its_own(store: Store, mixed: Path) -> None:
    first, second = take(store, mixed), take(store, mixed)
    assert second.duplicates == 11
    for sheet in (first, second):
        assert len(listed(store, sheet.not_shown()["rejections"].query)) == 12
    assert len(kept(store, "rejection")) == 24


@pytest.mark.usefixtures("three_shown")
@pytest.mark.parametrize("batch_size", [2, 5_000])
def test_what_the_store_refuses_is_cut_apart_and_each_rejection_still_written_once(
    store: Store, mixed: Path, monkeypatch: pytest.MonkeyPatch, batch_size: int
) -> None:
    refused = ("991000002", "991000104")
    refusing = statement("intake/add_report_versions").replace(
        "staged_report.report_number,",
        f"CASE WHEN staged_report.report_number IN {refused} THEN error('no') "
        "ELSE staged_report.report_number END,",
        1,
    )
    assert "error('no')" in refusing

    def altered(name: str) -> str:
        return refusing if name == "intake/add_report_versions" else statement(name)

    monkeypatch.setattr(workbench.store.connection, "statement", altered)
    sheet = take(store, mixed, batch_size=batch_size)
    assert (sheet.read, sheet.loaded, sheet.rejected) == (23, 9, 14)
    broken = [f"in/broken-{number:02}.json" for number in range(12)]
    assert kept(store, "rejection") == sorted(
        [*broken, "in/991000002.json", "in/4.zip!/report.json"]
    )
    assert len(kept(store, "set_aside")) == 10
    assert len(kept(store, "source_file")) == len(set(kept(store, "source_file")))


@both_ways
def test_a_table_of_bad_rows_says_how_many_more_wherever_its_pieces_are_cut(
    store: Store, tmp_path: Path, readers: int
) -> None:
    """Its rejections come in several pieces and are written in several transactions."""
    count, most = 12_000, Limits().rejections_listed
    write(tmp_path, "in/a.csv", archive_csv(*[archive_row("")] * count))
    write(tmp_path, "in/b.csv", archive_csv(*[archive_row("")] * 7, archive_row("991000201")))
    sheet = take(store, tmp_path / "in", readers=readers, batch_size=1_000)
    assert (sheet.files, sheet.loaded, sheet.rejected) == (2, 1, count + 7)
    of_a, of_b = sheet.rejections[: most + 1], sheet.rejections[most + 1 :]
    assert {entry["file"] for entry in of_a} == {"in/a.csv"}
    assert of_a[-1]["message"].startswith(
        f"{count - most:,} more of this file for the same reason ("
    )
    assert [entry["file"] for entry in of_b] == ["in/b.csv"] * 7
    rows = store.query("SELECT file_name, message FROM referral.rejection")[1]
    shown = [(entry["file"], entry["message"]) for entry in sheet.rejections]
    assert sorted(rows) == sorted(shown)


def test_the_further_ones_of_the_last_file_are_told_at_the_end(
    store: Store, tmp_path: Path
) -> None:
    write(tmp_path, "in/a.csv", archive_csv(*[archive_row("")] * 1_005))
    sheet = take(store, tmp_path / "in", batch_size=10)
    last = (
        "SELECT count(*) FROM referral.rejection WHERE starts_with(message, '5 more of this file')"
    )
    assert store.query(last)[1] == [(1,)]
    assert sheet.rejections[-1]["message"].startswith("5 more of this file")


@both_ways
def test_members_of_a_package_read_in_several_pieces_count_once_each(
    store: Store, tmp_path: Path, readers: int
) -> None:
    many = [police_json(number) for number in range(991000000, 991002500)]
    members: Sequence[tuple[str, str | bytes]] = [
        ("a.json", json.dumps({"reports": many})),
        ("b.json", b"{"),
        *MEDIA,
    ]
    write(tmp_path, "in/p.zip", package(*members))
    write(tmp_path, "in/z.json", police_json(991009999))
    sheet = take(store, tmp_path / "in", readers=readers)
    assert (sheet.files, sheet.loaded, sheet.rejected) == (5, 2_501, 1)


def _peak_of(folder: Path, count: int) -> int:
    """Return the most bytes that Python held while it read a table of so many bad rows.

    The least of three tries: a table of Python's own that grows once, or a thread that another test
    left behind, is no part of what is asked.
    """
    write(folder, f"{count}/a.csv", archive_csv(*[archive_row("")] * count))
    return min(_peak_now(folder / str(count), count) for _ in range(3))


def _peak_now(folder: Path, count: int) -> int:
    settings = Settings(readers=1, limits=Limits(rejections_listed=count))
    with Store.open(None) as store:
        tracemalloc.start()
        try:
            import_paths(store, [folder], connectors=connectors(None), settings=settings)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert store.query("SELECT count(*) FROM referral.rejection")[1] == [(count,)]
    return peak


def test_what_is_held_does_not_grow_with_the_rejections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read of a row takes about 150 bytes; its rejection, held to the end, as much again."""
    monkeypatch.setattr(count_sheet, "MOST_SHOWN", 100)
    monkeypatch.setattr(batch, "_MOST_LISTED", 500)
    monkeypatch.setattr(reading, "_MOST_LEFT_OUT", 500)
    _peak_of(tmp_path, 1_000)  # what is made once
    few, many = _peak_of(tmp_path, 5_000), _peak_of(tmp_path, 20_000)
    assert (many - few) / 15_000 < 220
