"""An import that is killed, locked out or without room leaves a store that opens and is whole."""

import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.crash import (
    Content,
    assert_whole,
    hold_open,
    import_into,
    import_undisturbed,
    kill_and_finish,
    read_content,
    run_import,
    start_import_on_full_disk,
    write_inbox,
)
from workbench.errors import StoreError, StoreLockedError
from workbench.store.connection import Store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills and limits as Unix has them")


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_inbox(tmp_path_factory.mktemp("inbox"))


@pytest.fixture(scope="module")
def undisturbed(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Content, float]:
    return import_undisturbed(inbox, tmp_path_factory.mktemp("store") / "store.duckdb")


@pytest.mark.parametrize("readers", [1, 2])
def test_killed_at_any_moment_and_run_again_it_is_as_if_nothing_had_happened(
    inbox: Path, undisturbed: tuple[Content, float], tmp_path: Path, readers: int
) -> None:
    content, seconds = undisturbed
    choose = random.Random(4)  # noqa: S311 - seeded on purpose
    seen = []
    for name in "abcd":
        moments = [choose.uniform(0, seconds * readers) for _ in range(2)]
        path = tmp_path / f"{name}.duckdb"
        seen += kill_and_finish(inbox, path, content, moments, readers)
    assert len(seen) == 8
    whole = len(content["report_version"])
    assert any(was_killed and versions < whole for versions, was_killed in seen)


@pytest.mark.parametrize("largest_bytes", [60_000, 150_000, 300_000])
def test_a_full_disk_is_said_plainly_and_what_was_loaded_stays(
    inbox: Path, undisturbed: tuple[Content, float], tmp_path: Path, largest_bytes: int
) -> None:
    path = tmp_path / "store.duckdb"
    Store.open(path).close()
    running = start_import_on_full_disk(path, inbox, largest_bytes)
    running.join()
    assert running.exitcode == StoreError.exit_code
    with Store.open(path) as store:
        assert_whole(store, undisturbed[0])
    run_import(path, inbox)
    with Store.open(path) as store:
        assert read_content(store) == undisturbed[0]


def test_a_second_import_is_told_that_the_store_is_open(inbox: Path, tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    holding = hold_open(path, seconds=60)
    while not path.with_suffix(".held").exists():
        time.sleep(0.02)
    with pytest.raises(StoreLockedError, match="is open in another process"):
        run_import(path, inbox)
    command = [sys.executable, "-m", "workbench", "import", str(inbox), "--store", str(path)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert said.returncode == StoreLockedError.exit_code
    assert "Traceback" not in said.stderr
    assert "store open" in said.stderr
    holding.kill()
    holding.join()
    run_import(path, inbox)  # a killed process holds nothing


def test_who_reads_meanwhile_sees_whole_referrals(
    inbox: Path, undisturbed: tuple[Content, float], tmp_path: Path
) -> None:
    path = tmp_path / "store.duckdb"
    without_party = (
        "SELECT count(*), count(*) FILTER (version_id NOT IN (SELECT version_id FROM referral.party)) "
        "FROM referral.report_version WHERE source_format = 'cybertipline_json'"
    )
    seen: list[tuple[int, int]] = []
    with Store.open(path) as store:
        importing = threading.Thread(target=import_into, args=(store.cursor(), inbox))
        reader = store.cursor()
        importing.start()
        while importing.is_alive():
            seen += reader.query(without_party)[1]
        importing.join()
        assert read_content(store) == undisturbed[0]
    assert {broken for _, broken in seen} == {0}
    assert len({count for count, _ in seen}) > 1  # it did read while rows came in
