"""Backup, import and the drop folder while the screens are open: real processes, real store."""

import json
import os
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.builders import write
from tests.crash import assert_whole, import_undisturbed, read_content, write_inbox
from tests.hostile import package
from tests.served import run, serve, start
from tests.unit.keeping.test_backup import all_rows
from workbench.errors import StoreBusyError, StoreLockedError
from workbench.intake import count_sheet
from workbench.keeping.attendant import Attendant, uploads_folder
from workbench.keeping.backup import make_backup
from workbench.keeping.channel import Line, Listener, call
from workbench.keeping.copying import beside
from workbench.keeping.handing_over import import_through_screens
from workbench.keeping.restore import restore_backup
from workbench.settings import Settings
from workbench.store.connection import Store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sockets as Unix has them")


def channel_of(store: Path) -> Path:
    return beside(store.resolve(), ".channel.json")


def wait_until(happens: Callable[[], bool], seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < until, "did not happen in time"
        time.sleep(0.1)


def test_a_backup_taken_during_an_import_holds_whole_referrals_and_the_last_one_everything(
    tmp_path: Path,
) -> None:
    """The issue's own sentence: backup while the screens are open, restore, compare."""
    inbox = write_inbox(tmp_path / "inbox", 400)
    undisturbed, _ = import_undisturbed(inbox, tmp_path / "undisturbed.duckdb")
    store = tmp_path / "unit.duckdb"
    with serve(store, batch_size=16) as served:
        assert stat.S_IMODE(channel_of(store).stat().st_mode) == 0o600
        address = Path(json.loads(channel_of(store).read_text())["address"])
        assert stat.S_IMODE(address.parent.stat().st_mode) == 0o700
        ended: list[dict[str, int]] = []
        arguments = ("import", inbox, "--store", store, "--by", "4711")
        importing = threading.Thread(target=lambda: ended.append(run(*arguments, expect=20)))
        importing.start()
        taken = []
        while importing.is_alive():
            taken.append(tmp_path / f"{len(taken)}.backup")
            make_backup(store, taken[-1], replace=False, seconds=30)
            with urlopen(served.address, timeout=10) as page:  # noqa: S310 - our own server
                assert page.status == 200
            importing.join(0.3)
        [sheet] = ended
        assert sheet["read"] == sum(
            sheet[n] for n in ("loaded", "new_versions", "duplicates", "rejected")
        )
        began = time.monotonic()
        last = run("backup", tmp_path / "last.backup", "--store", store)
        # They wait for the copying only, not until the copy is read through.
        assert last["commits_waited_seconds"] < (time.monotonic() - began) / 2
    assert not channel_of(store).exists()
    assert not address.parent.exists()
    few = taken[:: len(taken) // 5 + 1]  # enough to see it grow
    sizes = [_size_when_restored(backup, undisturbed) for backup in few]
    assert sizes == sorted(sizes)
    assert any(0 < size < len(undisturbed["report_version"]) for size in sizes)
    run("restore", tmp_path / "last.backup", "--store", tmp_path / "last.duckdb")
    assert all_rows(tmp_path / "last.duckdb") == all_rows(store)
    with Store.open(tmp_path / "last.duckdb") as restored:
        content = read_content(restored)  # the served one is assessed as well
        assert {table: content[table] for table, rows in undisturbed.items() if rows} == {
            table: rows for table, rows in undisturbed.items() if rows
        }
        assert restored.query("SELECT imported_by FROM referral.import_batch")[1] == [("4711",)]


def _size_when_restored(backup: Path, undisturbed: dict[str, list[str]]) -> int:
    store = backup.with_suffix(".duckdb")
    restore_backup(backup, store, replace=False)
    with Store.open(store) as restored:
        return assert_whole(restored, undisturbed)


def test_the_drop_folder_and_what_a_killed_server_leaves(inbox: Path, tmp_path: Path) -> None:
    store, watched = tmp_path / "unit.duckdb", tmp_path / "watched"
    watched.mkdir()
    settings = {"drop_folder": watched, "drop_interval_seconds": 0.2, "drop_settle_seconds": 0.5}
    with serve(store, **settings) as served:
        shutil.copy(inbox / "991000000.json", watched / "good.json")
        write(watched, "bad.json", '{"reportId": ')
        # Copied slowly it would come to rest half there.
        shutil.copytree(inbox / "991000002", tmp_path / "991000002").rename(watched / "991000002")
        wait_until(
            lambda: len(_names(watched / "done")) == 4 and len(_names(watched / "failed")) == 2
        )
        left = uploads_folder(store)
        write(left, "x/y.json", "of a killed import page")
        stale = Path(json.loads(channel_of(store).read_text())["address"])
        served.kill()
    assert channel_of(store).exists()
    assert stale.exists()
    make_backup(
        store, tmp_path / "a.backup", replace=False, seconds=5
    )  # nobody answers, the store is free
    with serve(store):
        assert not left.exists()
        assert not stale.parent.exists()
        make_backup(store, tmp_path / "b.backup", replace=False, seconds=5)
        with pytest.raises(StoreLockedError, match="is in use"):
            restore_backup(tmp_path / "a.backup", store, replace=True)
        assert "open in another process" in run("query", "SELECT 1", "--store", store, expect=11)
    found = run(
        "query",
        "SELECT report_number, imported_by FROM analyst.referral, referral.import_batch "
        "WHERE read_count = 1 AND loaded_count = 1 GROUP BY ALL ORDER BY ALL",
        "--store",
        store,
    )
    assert found == [
        {"report_number": number, "imported_by": "drop folder"}
        for number in ("991000000", "991000002")
    ]
    for sheet in (watched / "done").glob("*.count-sheet.json"):
        assert json.loads(sheet.read_text())["loaded"] == 1
        assert sheet.with_name(sheet.name.removesuffix(".count-sheet.json")).exists()
    [sheet] = (watched / "failed").glob("*-bad.json.count-sheet.json")
    assert json.loads(sheet.read_text())["rejections"][0]["file"] == "bad.json"


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_store_that_is_open_elsewhere_ends_serve_at_once(unit: Path) -> None:
    with Store.open(unit):
        with start("serve", "--store", unit) as running:
            said = running.communicate(timeout=60)[1]
        assert running.returncode == StoreLockedError.exit_code, said
        assert "open in another process" in said
        with start("import", unit, "--store", unit) as running:
            said = running.communicate(timeout=60)[1]
        assert "drop folder" in said


def test_serve_refuses_to_watch_what_is_no_folder(unit: Path, tmp_path: Path) -> None:
    with start("serve", "--store", unit, "--watch", tmp_path / "none") as running:
        said = running.communicate(timeout=60)[1]
    assert running.returncode == 10
    assert "no folder" in said


@pytest.fixture
def attendant(unit: Path) -> Iterator[Attendant]:
    standing = Attendant(Settings(store=unit)).start()
    yield standing
    standing.stop()


def _insert(store: Store, done: threading.Event) -> None:
    with store.cursor() as own:
        own.run_text("INSERT INTO desk.reading SELECT 'a', 1, 'b', now(), 'referral'")
    done.set()


def _hold(unit: Path, seconds: float) -> Line:
    line = call(unit)
    assert line is not None
    line.say({"ask": "hold", "seconds": seconds})
    assert line.hear(5) == {"held": True}
    return line


def test_a_long_count_sheet_comes_back_as_it_is(
    unit: Path, attendant: Attendant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(count_sheet, "MOST_SHOWN", 2)
    media = [(f"{number}.jpg", b"\xff\xd8\xff invented") for number in range(5)]
    write(tmp_path, "in/p.zip", package(*media))
    for number in range(7):
        write(tmp_path, f"in/{number}.json", b"{")
    sheet = import_through_screens(
        unit, [tmp_path / "in"], imported_by=None, report_progress=lambda _: None
    )
    assert sheet is not None
    assert (sheet.rejected, len(sheet.rejections), len(sheet.set_aside)) == (7, 2, 2)
    assert (sheet.set_aside_count, sheet.set_aside_bytes) == (5, 5 * 12)
    more = sheet.not_shown()
    assert (more["rejections"].count, more["set_aside"].count) == (5, 3)
    with attendant.store.cursor() as store:
        assert len(store.query(more["rejections"].query)[1]) == 7
        assert len(store.query(more["set_aside"].query)[1]) == 5


def test_a_caller_who_dies_lets_commits_go(unit: Path, attendant: Attendant) -> None:
    line, done = _hold(unit, 60), threading.Event()
    threading.Thread(target=_insert, args=(attendant.store, done)).start()
    assert not done.wait(0.2)
    line.close()
    assert done.wait(5)


def test_a_caller_who_takes_too_long_is_told_and_commits_go_on(
    unit: Path, attendant: Attendant
) -> None:
    line, done = _hold(unit, 0.3), threading.Event()
    threading.Thread(target=_insert, args=(attendant.store, done)).start()
    assert done.wait(5)
    assert "too long" in line.hear(5)["error"]
    line.close()


@pytest.mark.usefixtures("attendant")
def test_two_who_hold_take_turns(unit: Path) -> None:
    first, second = _hold(unit, 60), call(unit)
    assert second is not None
    second.say({"ask": "hold", "seconds": 0.2})
    assert "come to rest" in second.hear(5)["error"]
    first.say({"ask": "release"})
    assert first.hear(5) == {"released": True}
    second.say({"ask": "hold", "seconds": 5})
    assert second.hear(5) == {"held": True}
    first.close()
    second.close()


@pytest.mark.usefixtures("attendant")
@pytest.mark.parametrize("said", [{"ask": "sing"}, {}, {"ask": "import", "paths": ["/nowhere"]}])
def test_what_nobody_understands_is_answered_and_the_next_call_too(
    unit: Path, said: dict[str, object]
) -> None:
    line = call(unit)
    assert line is not None
    line.say(said)
    while "progress" in (heard := line.hear(20)):
        pass
    assert "error" in heard or heard["sheet"]["rejected"] == 1
    line.close()
    garbage = call(unit)
    assert garbage is not None
    garbage._connected.sendall(b"\xff\x00 not JSON\n")
    garbage.close()
    _hold(unit, 5).close()


def test_stopping_ends_an_import_at_a_whole_step_and_lets_the_store_go(
    inbox: Path, tmp_path: Path
) -> None:
    watched, path = tmp_path / "watched", tmp_path / "new.duckdb"
    shutil.copytree(inbox, watched / "all")
    write_inbox(watched / "all" / "more", 2_000)
    settings = Settings(
        store=path, drop_folder=watched, drop_settle_seconds=0, drop_interval_seconds=0.1,
        batch_size=16, readers=1,
    )  # fmt: skip
    attendant = Attendant(settings).start()
    with attendant.store.cursor() as looking:
        wait_until(
            lambda: looking.query("SELECT count(*) FROM referral.report_version")[1][0][0] > 20
        )
    attendant.stop()
    assert (watched / "all").exists()  # it is imported again at the next start
    with Store.open(path) as store:
        loaded = store.query("SELECT count(*) FROM referral.report_version")[1][0][0]
        assert 20 < loaded < 2_500
    assert not channel_of(path).exists()


def test_a_silent_server_is_not_waited_for_without_end(unit: Path, tmp_path: Path) -> None:
    listener = Listener(unit)
    code = f"import time; from pathlib import Path; from workbench.keeping.copying import holding\nwith holding(Path({str(unit)!r})): print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(StoreBusyError, match="did not answer"):
            make_backup(unit, tmp_path / "a.backup", replace=False, seconds=0.3)
        other.kill()
    listener.close()
    assert os.listdir(tmp_path) == ["unit.duckdb"]  # noqa: PTH208 - names only
