"""The drop folder: what is whole is imported and moved; nothing is overwritten, followed or lost."""

import json
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.builders import file_details, police_json, provider_xml, write
from workbench.composition import take_in
from workbench.errors import StoreError
from workbench.intake.count_sheet import CountSheet
from workbench.keeping import drop_folder as room
from workbench.keeping import drop_moves
from workbench.keeping.drop_folder import DropFolder
from workbench.settings import Settings
from workbench.store.connection import Store

Look = Callable[[], DropFolder]


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    folder = tmp_path / "watched"
    folder.mkdir()
    return folder


@pytest.fixture
def drop(watched: Path, store: Store) -> DropFolder:
    def take(paths: Sequence[Path]) -> CountSheet:
        return take_in(
            store,
            paths,
            Settings(readers=1),
            imported_by="drop folder",
            report_progress=lambda _: None,
        )

    return DropFolder(watched, take, settle_seconds=0)


def names(folder: Path) -> list[str]:
    """Return what lies there without the moment before each name."""
    return sorted(path.name.partition("Z-")[2] or path.name for path in folder.iterdir())


def numbers(store: Store) -> list[str]:
    rows = store.query("SELECT report_number FROM referral.report_version ORDER BY ALL")[1]
    return [row[0] for row in rows]


def test_done_is_what_was_loaded_whole_and_failed_what_needs_a_look(
    drop: DropFolder, watched: Path, store: Store
) -> None:
    write(watched, "good.json", police_json(991000001))
    write(watched, "again.json", police_json(991000001))
    write(watched, "partly.json", f"[{json.dumps(police_json(991000002))}, 7]")
    write(watched, "bad.json", "{")
    write(watched, "picture.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF")
    drop.look()
    assert names(watched) == ["done", "failed"]
    sheets = [".count-sheet.json", ""]
    assert names(watched / "done") == sorted(
        n + s for n in ("good.json", "again.json") for s in sheets
    )
    assert names(watched / "failed") == sorted(
        n + s for n in ("bad.json", "partly.json", "picture.jpg") for s in sheets
    )
    assert numbers(store) == ["991000001", "991000002"]
    [sheet] = (watched / "failed").glob("*partly.json.count-sheet.json")
    said = json.loads(sheet.read_text())
    assert (said["read"], said["loaded"], said["rejected"]) == (2, 1, 1)
    status = drop.status
    assert status.complaint is None
    assert status.looked_at is not None
    assert {result.name: result.outcome for result in status.results} == {
        "good.json": "done", "again.json": "done", "partly.json": "failed",
        "bad.json": "failed", "picture.jpg": "failed",
    }  # fmt: skip


def test_a_sub_folder_is_one_import(drop: DropFolder, watched: Path, store: Store) -> None:
    write(watched, "case/report.xml", provider_xml())
    write(watched, "case/deeper/more.json", police_json(991000009))
    write(watched, "case/file.xml", file_details("991000003"))
    drop.look()
    assert names(watched / "done") == ["case", "case.count-sheet.json"]
    assert numbers(store) == ["991000003", "991000009"]


def test_loose_file_details_find_their_report(
    drop: DropFolder, watched: Path, store: Store
) -> None:
    write(watched, "report.xml", provider_xml())
    write(watched, "file.xml", file_details("991000003"))
    write(watched, "other.json", police_json(991000004))
    drop.look()  # gathers
    assert names(watched) == ["done", "failed", "together"]
    drop.look()
    assert names(watched) == ["done", "failed"]
    assert names(watched / "done") == [
        "other.json", "other.json.count-sheet.json", "together", "together.count-sheet.json",
    ]  # fmt: skip
    assert numbers(store) == ["991000003", "991000004"]
    assert store.query("SELECT count(*) FROM analyst.file_record")[1] == [(1,)]


def test_killed_while_gathering_the_files_come_back(
    drop: DropFolder, watched: Path, store: Store
) -> None:
    write(watched, ".gathering/file.xml", file_details("991000003"))
    write(watched, "report.xml", provider_xml())
    for _ in range(3):
        drop.look()
    assert names(watched) == ["done", "failed"]
    assert numbers(store) == ["991000003"]
    assert store.query("SELECT count(*) FROM analyst.file_record")[1] == [(1,)]


def test_what_is_not_whole_or_not_a_file_waits(
    drop: DropFolder, watched: Path, tmp_path: Path, store: Store
) -> None:
    secret = write(tmp_path, "secret/991000005.json", police_json(991000005))
    (watched / "link.json").symlink_to(secret)
    (watched / "linked").symlink_to(secret.parent)
    os.mkfifo(watched / "pipe.json")
    (watched / "empty").mkdir()
    for name in (".hidden.json", "a.part", "b.TMP", "c.crdownload", "half/d.json.part"):
        write(watched, name, police_json(991000006))
    before = names(watched)
    for _ in range(3):
        drop.look()
    assert names(watched) == sorted([*before, "done", "failed"])
    assert numbers(store) == []
    assert drop.status.waiting == 2
    (watched / "half" / "d.json.part").rename(watched / "half" / "d.json")
    drop.look()
    assert numbers(store) == ["991000006"]


def test_a_file_that_is_still_being_written_waits(watched: Path) -> None:
    taken: list[Path] = []
    drop = DropFolder(watched, lambda paths: _sheet(taken, paths), settle_seconds=0.15)
    write(watched, "slow.json", "{")
    for length in range(4):
        drop.look()
        threading.Event().wait(0.1)
        write(watched, "slow.json", "{" * (length + 2))
    assert taken == []
    drop.look()
    threading.Event().wait(0.2)
    drop.look()
    assert taken == [watched / "slow.json"]


def _sheet(taken: list[Path], paths: Sequence[Path]) -> CountSheet:
    taken.extend(paths)
    return CountSheet("batch", files=1, read=1, loaded=1)


def test_names_never_collide(
    drop: DropFolder, watched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Midnight(room.datetime):
        @classmethod
        def now(cls, tz: object = None) -> room.datetime:  # type: ignore[override]  # one moment for all
            return cls(2026, 11, 22, tzinfo=tz)  # type: ignore[arg-type]  # as above

    monkeypatch.setattr(drop_moves, "datetime", Midnight)
    for number in range(3):
        write(watched, "a.json", police_json(991000010 + number))
        drop.look()
    at = "20261122T000000Z"
    kept = {path.name: path.read_text() for path in (watched / "done").iterdir()}
    assert set(kept) == {
        name + ending
        for name in (f"{at}-a.json", f"{at}-2-a.json", f"{at}-3-a.json")
        for ending in ("", ".count-sheet.json")
    }
    assert "991000012" in kept[f"{at}-3-a.json"]


@pytest.mark.parametrize(
    "name", ["å" * 120 + ".json", "x" * 255, "a\nb\u202e.json", os.fsdecode(b"\xff.json")]
)
def test_odd_and_long_names_are_moved_too(drop: DropFolder, watched: Path, name: str) -> None:
    write(watched, name, police_json())
    drop.look()
    assert drop.status.complaint is None
    assert names(watched) == ["done", "failed"]
    assert len(list((watched / "done").iterdir())) == 2


def test_a_file_that_vanishes_is_said(watched: Path) -> None:
    path = write(watched, "gone.json", police_json())

    def take(_: Sequence[Path]) -> CountSheet:
        path.unlink()
        return CountSheet("batch", files=1, read=1, rejected=1)

    drop = DropFolder(watched, take, settle_seconds=0)
    drop.look()
    assert [(r.name, r.outcome) for r in drop.status.results] == [("gone.json", "vanished")]
    assert names(watched / "failed") == []


def test_a_file_that_changes_during_its_import_is_imported_again(watched: Path) -> None:
    path, taken = write(watched, "a.json", "{"), []

    def take(paths: Sequence[Path]) -> CountSheet:
        taken.extend(paths)
        if len(taken) == 1:
            path.write_text('{"more": 1}')
        return CountSheet("batch", files=1, read=1, loaded=1)

    drop = DropFolder(watched, take, settle_seconds=0)
    drop.look()
    assert path.exists()
    drop.look()
    assert len(taken) == 2
    assert names(watched / "done") == ["a.json", "a.json.count-sheet.json"]


@pytest.mark.parametrize("error", [StoreError("The disk is full."), RuntimeError("a defect")])
def test_an_error_is_said_the_others_go_on_and_it_is_tried_again(
    watched: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(room, "_PAUSE_AFTER_ERROR_SECONDS", 0.0)
    write(watched, "a.json", "{}")
    write(watched, "b.json", "{}")
    failing = [True]

    def take(paths: Sequence[Path]) -> CountSheet:
        if failing and paths[0].name == "a.json":
            raise error
        return CountSheet("batch", files=1, read=1, loaded=1)

    drop = DropFolder(watched, take, settle_seconds=0)
    drop.look()
    assert drop.status.complaint is not None
    assert drop.status.complaint.code == ("store" if isinstance(error, StoreError) else "defect")
    assert names(watched) == ["a.json", "done", "failed"]
    failing.clear()
    drop.look()
    assert drop.status.complaint is None
    assert names(watched) == ["done", "failed"]


def test_what_cannot_be_moved_is_imported_once_and_moved_later(
    watched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_PAUSE_AFTER_ERROR_SECONDS", 0.0)
    taken: list[Path] = []
    drop = DropFolder(watched, lambda paths: _sheet(taken, paths), settle_seconds=0)
    write(watched, "a.json", "{}")
    with monkeypatch.context() as full:
        full.setattr(drop_moves.json, "dump", _disk_is_full)
        drop.look()
        drop.look()
    assert drop.status.complaint is not None
    assert drop.status.complaint.code == "move"
    assert names(watched / "done") == []
    drop.look()
    assert len(taken) == 1
    assert names(watched / "done") == ["a.json", "a.json.count-sheet.json"]


def _disk_is_full(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("in_the_way", ["a file", "a link", "no folder"])
def test_a_folder_that_cannot_be_used_is_said_and_nothing_is_touched(
    drop: DropFolder, watched: Path, tmp_path: Path, store: Store, in_the_way: str
) -> None:
    write(watched, "a.json", police_json())
    if in_the_way == "a file":
        write(watched, "done", "")
    elif in_the_way == "a link":
        (watched / "done").symlink_to(tmp_path)
    else:
        watched.rename(tmp_path / "away")
    drop.look()
    assert drop.status.complaint is not None
    assert drop.status.complaint.code == "folder"
    assert numbers(store) == []
    assert (watched / "a.json").exists() or (tmp_path / "away" / "a.json").exists()


def test_watching_goes_on_after_what_nobody_foresaw(
    watched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop, stopping, looks = (
        DropFolder(watched, lambda _: CountSheet("b"), settle_seconds=0),
        threading.Event(),
        [],
    )

    def fail(*_: object) -> list[room.Unit]:
        looks.append(1)
        if len(looks) == 2:
            stopping.set()
        raise ValueError("nobody foresaw it")

    monkeypatch.setattr(room, "ready_units", fail)
    drop.watch(stopping, interval_seconds=0.01)
    assert len(looks) == 2
    assert drop.status.complaint == room.Complaint("defect", "ValueError")
