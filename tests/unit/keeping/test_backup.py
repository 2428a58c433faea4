"""A backup is the store, row by row, and nothing is called one before that is proved."""

import json
import resource
import stat
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.served import start_backup
from workbench.desk.decisions import record_decision
from workbench.errors import KeepingError, StoreBusyError, StoreError, StoreLockedError
from workbench.keeping import backup as backup_room
from workbench.keeping.backup import make_backup
from workbench.keeping.channel import Listener, call
from workbench.keeping.copying import PARTS, beside, holding, state_of
from workbench.keeping.manifest import read_manifest
from workbench.keeping.restore import restore_backup
from workbench.store.connection import Store
from workbench.store.contents import rows_missing_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="locks files as Unix does")

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def all_rows(path: Path) -> dict[str, list[str]]:
    """Return every row of every table, the store's own id and migrations included."""
    with Store.open(path) as store:
        tables = store.query("SELECT schema_name, table_name FROM duckdb_tables()")[1]
        return {
            f"{schema}.{table}": sorted(
                map(str, store.query(f'SELECT * FROM "{schema}"."{table}"')[1])  # noqa: S608 - from the catalogue
            )
            for schema, table in tables
        }


def back_up(store: Path, backup: Path, *, replace: bool = False) -> None:
    make_backup(store, backup, replace=replace, seconds=5)


def decide(path: Path, note: str = "") -> None:
    with Store.open(path) as store:
        decide_in(store, note)


def decide_in(store: Store, note: str = "") -> None:
    reference = store.query("SELECT min(referral_id) FROM referral.report_version")[1][0][0]
    record_decision(
        store, reference, disposition="imported", reason_code=None,
        decided_by="4711", note=note, now=NOW,
    )  # fmt: skip


def test_it_is_the_store_row_by_row_for_its_owner_only(unit: Path, tmp_path: Path) -> None:
    backup = tmp_path / "unit.backup"
    back_up(unit, backup)
    manifest = read_manifest(backup)
    restored = restore_backup(backup, tmp_path / "elsewhere" / "other.duckdb", replace=False)
    rows = all_rows(unit)
    assert all_rows(restored.store) == rows
    assert manifest.rows["referral.report_version"] == len(rows["referral.report_version"]) > 100
    assert manifest.decisions == len(rows["desk.decision"]) > 0
    assert manifest.store_id in rows["main.store_identity"][0]
    assert manifest.failing_audits == []
    assert restored.kept_aside is None
    assert all(audit.holds for audit in restored.audits)
    for path in (backup, tmp_path / "unit.backup.json", restored.store):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "elsewhere", "unit.backup", "unit.backup.json", "unit.duckdb",
    ]  # fmt: skip


def test_rows_that_are_in_the_log_only_are_in_it_too(unit: Path, tmp_path: Path) -> None:
    killed = (
        "import sys, os; from pathlib import Path; from tests.unit.keeping import test_backup as t; "
        "from workbench.store.connection import Store; s = Store.open(Path(sys.argv[1])); "
        "t.decide_in(s, 'only in the log'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", killed, unit], check=False)
    assert beside(unit, ".wal").stat().st_size > 0
    back_up(unit, tmp_path / "unit.backup")
    assert beside(unit, ".wal").exists()  # the store itself was not opened, nor changed
    restored = restore_backup(tmp_path / "unit.backup", tmp_path / "new.duckdb", replace=False)
    assert "only in the log" in str(all_rows(restored.store)["desk.decision"])


def test_nothing_is_overwritten_without_being_asked(unit: Path, tmp_path: Path) -> None:
    backup = tmp_path / "unit.backup"
    back_up(unit, backup)
    first = read_manifest(backup)
    with pytest.raises(KeepingError, match="exists already"):
        back_up(unit, backup)
    assert read_manifest(backup) == first
    decide(unit)
    back_up(unit, backup, replace=True)
    assert read_manifest(backup).decisions == first.decisions + 1


@pytest.mark.parametrize("ending", PARTS)
def test_the_store_itself_is_no_place_for_it(unit: Path, ending: str) -> None:
    with pytest.raises(KeepingError, match="the store itself"):
        back_up(unit, beside(unit, ending), replace=True)


def test_a_store_or_folder_that_is_not_there_is_said(unit: Path, tmp_path: Path) -> None:
    with pytest.raises(KeepingError, match="no store"):
        back_up(tmp_path / "no.duckdb", tmp_path / "a.backup")
    with pytest.raises(KeepingError, match="no folder"):
        back_up(unit, tmp_path / "nowhere" / "a.backup")
    assert not (tmp_path / "no.duckdb").exists()


def test_what_is_no_store_is_never_called_a_backup(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("not a store")
    with pytest.raises(StoreError):
        back_up(tmp_path / "letter.txt", tmp_path / "a.backup")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_damaged_store_is_found_when_the_copy_is_read_through(unit: Path, tmp_path: Path) -> None:
    content = bytearray(unit.read_bytes())
    for at in range(300_000, len(content) - 300_000, 262_144):
        content[at] ^= 0xFF
    unit.write_bytes(content)
    with pytest.raises(StoreError):
        back_up(unit, tmp_path / "a.backup")
    assert not (tmp_path / "a.backup").exists()


def test_a_full_disk_leaves_the_old_backup_and_nothing_else(unit: Path, tmp_path: Path) -> None:
    backup = tmp_path / "a.backup"
    back_up(unit, backup)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
    try:
        with pytest.raises(StoreError, match="cannot be written"):
            back_up(unit, backup, replace=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert read_manifest(backup)
    assert {path.name for path in tmp_path.iterdir()} == {
        "unit.duckdb",
        "a.backup",
        "a.backup.json",
    }


def test_another_command_that_has_the_store_open_is_named(unit: Path, tmp_path: Path) -> None:
    with holding(unit):
        code = f"from pathlib import Path; from workbench.keeping.backup import make_backup; make_backup(Path({str(unit)!r}), Path({str(tmp_path / 'a')!r}), replace=False, seconds=5)"
        ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert b"StoreLockedError" in ended.stderr
    assert b"cannot be asked" in ended.stderr
    assert not (tmp_path / "a").exists()


def test_whoever_writes_past_the_gate_is_noticed(unit: Path) -> None:
    with Store.open(unit) as store:
        decide_in(store)  # so that there is a log
        before = state_of(unit)
        store.query("SELECT count(*) FROM analyst.referral")
        assert state_of(unit) == before
        with store.transaction():
            store.run_text("INSERT INTO desk.reading SELECT 'a', 1, 'b', now(), 'referral'")
            assert state_of(unit) == before
        assert state_of(unit) != before


def test_a_store_that_never_rests_is_no_backup(
    unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = iter(range(100))
    monkeypatch.setattr(backup_room, "state_of", lambda _: next(states))
    answers = Listener(unit)
    said = threading.Thread(target=_say_yes, args=(answers,))
    said.start()
    monkeypatch.setattr(backup_room, "holding", _is_locked)
    with pytest.raises(StoreBusyError, match="each time"):
        back_up(unit, tmp_path / "a.backup")
    said.join()
    answers.close()
    assert not list(tmp_path.glob("a.backup*"))


def _is_locked(store: Path) -> None:
    raise StoreLockedError(f"{store} is open")


def _say_yes(listener: Listener) -> None:
    line = listener.accept()
    assert line is not None
    with line:
        while (asked := line.hear(10)) is not None:
            line.say({"held": True} if asked["ask"] == "hold" else {"released": True})


def test_commits_wait_and_readers_do_not(unit: Path) -> None:
    with Store.open(unit) as store, store.cursor() as officer:
        done = threading.Event()

        def decide_and_say() -> None:
            decide_in(officer)
            done.set()

        with store.gate.held(patience=1):
            waiting = threading.Thread(target=decide_and_say)
            waiting.start()
            assert not done.wait(0.3)
            assert store.query("SELECT count(*) FROM analyst.referral")[1][0][0] > 100
            with pytest.raises(StoreBusyError), store.gate.held(patience=0.01):
                pass
        waiting.join(5)
        assert done.is_set()


def test_who_waits_too_long_for_a_commit_lets_the_others_go(store: Store) -> None:
    with store.gate.committing():
        with pytest.raises(StoreBusyError), store.gate.held(patience=0.05):
            pass
        with store.gate.committing():  # nobody is held back
            pass


def test_a_transaction_that_does_not_commit_yet_holds_nobody_up(unit: Path, tmp_path: Path) -> None:
    with Store.open(unit) as store, store.cursor() as other, other.transaction():
        other.run_text(
            "INSERT INTO desk.reading SELECT 'a', i, 'b', now(), 'c' FROM range(500000) r(i)"
        )
        with store.gate.held(patience=1):
            for ending in PARTS:
                if beside(unit, ending).exists():
                    copy = tmp_path / ("copy" + ending)
                    subprocess.run(["cp", beside(unit, ending), copy], check=True)
    with Store.open(tmp_path / "copy") as copied:
        assert copied.query("SELECT count(*) FROM desk.reading")[1] == [(0,)]
        assert copied.query("SELECT count(*) FROM referral.report_version")[1][0][0] > 100


def test_a_changed_backup_and_one_without_its_manifest_are_refused(
    unit: Path, tmp_path: Path
) -> None:
    backup, target = tmp_path / "a.backup", tmp_path / "new.duckdb"
    back_up(unit, backup)
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "b.backup").write_bytes(content)
    with pytest.raises(KeepingError, match="is missing"):
        restore_backup(tmp_path / "b.backup", target, replace=False)
    beside(tmp_path / "b.backup", ".json").write_bytes(beside(backup, ".json").read_bytes())
    with pytest.raises(KeepingError, match="changed or is damaged"):
        restore_backup(tmp_path / "b.backup", target, replace=False)
    beside(tmp_path / "b.backup", ".json").write_text("{}")
    with pytest.raises(KeepingError, match="not a backup's manifest"):
        restore_backup(tmp_path / "b.backup", target, replace=False)
    assert not target.exists()


def test_killed_between_its_two_names_it_still_restores(unit: Path, tmp_path: Path) -> None:
    backup = tmp_path / "a.backup"
    back_up(unit, backup)
    old_manifest = beside(backup, ".json").read_bytes()
    decide(unit)
    back_up(unit, backup, replace=True)
    beside(backup, ".json").rename(beside(backup, ".next.json"))  # the file had its name already
    beside(backup, ".json").write_bytes(old_manifest)
    restored = restore_backup(backup, tmp_path / "new.duckdb", replace=False)
    assert all_rows(restored.store) == all_rows(unit)


def test_restore_refuses_to_lose_rows_unless_asked_and_keeps_them_aside(
    unit: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "a.backup"
    back_up(unit, backup)
    as_backed_up = all_rows(unit)
    restore_backup(backup, unit, replace=False)  # nothing would be lost
    decide(unit, "newer than the backup")
    newer = all_rows(unit)
    with pytest.raises(KeepingError, match=r"1 of desk\.decision"):
        restore_backup(backup, unit, replace=False)
    assert all_rows(unit) == newer
    unit.chmod(0o640)
    restored = restore_backup(backup, unit, replace=True)
    assert all_rows(unit) == as_backed_up
    assert restored.kept_aside is not None
    assert all_rows(restored.kept_aside) == newer
    assert stat.S_IMODE(unit.stat().st_mode) == 0o640


def test_an_older_store_may_be_replaced_by_a_newer_backup(unit: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.duckdb"
    older.write_bytes(unit.read_bytes())
    decide(unit)
    back_up(unit, tmp_path / "a.backup")
    with Store.open(older) as a, Store.open(unit) as b:
        assert rows_missing_in(b, a) == {}
        assert rows_missing_in(a, b) == {"desk.decision": 1}
    restore_backup(tmp_path / "a.backup", older, replace=False)
    assert all_rows(older) == all_rows(unit)


def test_restore_refuses_a_store_in_use_and_one_that_does_not_open(
    unit: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "a.backup"
    back_up(unit, backup)
    command = [sys.executable, "-m", "workbench", "restore", str(backup), "--replace", "--store"]
    with Store.open(unit):
        ended = subprocess.run([*command, str(unit)], capture_output=True, check=False)
    assert ended.returncode == StoreLockedError.exit_code
    assert b"is in use" in ended.stderr
    unit.write_bytes(b"torn" * 5_000)
    beside(unit, ".wal").write_bytes(b"of the torn one")
    with pytest.raises(KeepingError, match="cannot be opened"):
        restore_backup(backup, unit, replace=False)
    restored = restore_backup(backup, unit, replace=True)
    assert restored.kept_aside is not None
    assert restored.kept_aside.read_bytes() == b"torn" * 5_000
    assert beside(restored.kept_aside, ".wal").exists()
    assert all_rows(unit)["desk.decision"]


def test_killed_at_any_moment_it_leaves_no_half_file_under_its_name(
    unit: Path, tmp_path: Path
) -> None:
    backup, left_behind = tmp_path / "a.backup", 0
    for number in range(10):
        backup.unlink(missing_ok=True)
        running = start_backup(unit, backup)
        until = time.monotonic() + 30
        while not beside(backup, ".part").exists() and time.monotonic() < until:
            pass  # Python is still starting
        time.sleep(number * 0.02)
        running.kill()
        running.join()
        left_behind += beside(backup, ".part").exists()
        if backup.exists():
            read_manifest(backup)
    assert left_behind
    back_up(unit, backup, replace=True)
    assert not list(tmp_path.glob("*.part*"))
    assert json.loads(beside(backup, ".json").read_text())["decisions"]


def test_a_channel_nobody_answers_is_as_none(unit: Path) -> None:
    assert call(unit) is None
    pointer = beside(unit.resolve(), ".channel.json")
    for stale in ("", "{}", "[]", '{"address": 3}', '{"address": "/nowhere/channel"}'):
        pointer.write_text(stale)
        assert call(unit) is None
