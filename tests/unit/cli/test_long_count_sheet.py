"""A count sheet of more than anybody reads, as the command prints it."""

import json
import re
import shlex
from pathlib import Path

import duckdb
import pytest

from tests.builders import police_json, write
from tests.hostile import package
from tests.unit.cli.test_commands import result, workbench
from workbench.intake.count_sheet import MOST_SHOWN

MORE = 37


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More broken files, and more media in a package, than a count sheet shows."""
    folder = tmp_path_factory.mktemp("long") / "in"
    for number in range(MOST_SHOWN + MORE):
        write(folder, f"broken-{number:05}.json", b"{")
    media = [(f"{number:05}.jpg", b"\xff\xd8\xff invented") for number in range(MOST_SHOWN + 5)]
    write(folder, "media.zip", package(*media, ("b.json", b"{")))
    return folder


def test_the_sheet_ends_somewhere_and_names_the_command_that_lists_all(
    inbox: Path, tmp_path: Path
) -> None:
    store = tmp_path / "a unit.duckdb"
    said = workbench(store, "import", inbox, "--store", store, expect=21).stdout
    assert f"= 0 loaded + 0 new versions + 0 duplicates + {MOST_SHOWN + MORE + 1} rejected" in said
    assert said.count("broken-") == MOST_SHOWN
    assert f"{MORE + 1} more are not shown" in said
    assert f"{MOST_SHOWN + 5} set aside (not reports)" in said
    assert "5 more are not shown" in said
    assert re.search(rf"not_a_report +{MOST_SHOWN + MORE + 1} *\n", said)
    assert f"{MOST_SHOWN + MORE + 1} rejected" in "".join(said.splitlines()[-2:])  # as at the head
    commands = [line for line in said.splitlines() if line.startswith("workbench query ")]
    assert len(commands) == 2
    for command, count in zip(commands, (MOST_SHOWN + MORE + 1, MOST_SHOWN + 5), strict=True):
        _, *arguments = shlex.split(command)  # as it stands, also where the path has a blank
        rows = json.loads(workbench(tmp_path / "other.duckdb", *arguments).stdout)
        assert len({row["file_name"] for row in rows}) == len(rows) == count


def test_as_json_it_is_as_short_and_counts_all(inbox: Path, tmp_path: Path) -> None:
    sheet = result(tmp_path / "unit.duckdb", "import", inbox, expect=21)
    assert len(sheet["rejections"]) == len(sheet["set_aside"]) == MOST_SHOWN
    assert sheet["rejected"] == MOST_SHOWN + MORE + 1
    assert sheet["rejected_codes"] == {"not_a_report": MOST_SHOWN + MORE + 1}
    assert sheet["not_shown"]["rejections"]["count"] == MORE + 1
    assert sheet["not_shown"]["set_aside"]["count"] == 5
    [kind] = sheet["set_aside_kinds"]
    assert (kind["kind"], kind["count"], kind["byte_count"]) == (
        "jpeg",
        MOST_SHOWN + 5,
        12 * (MOST_SHOWN + 5),
    )


def test_it_is_there_to_read_afterwards(inbox: Path, tmp_path: Path) -> None:
    store = tmp_path / "unit.duckdb"
    told = result(store, "import", inbox, "--by", "Ola", expect=21)
    [listed] = result(store, "imports")
    assert (listed["imported_by"], listed["state"]) == ("Ola", "ended")
    assert listed["rejected_count"] == told["rejected"]
    again = result(store, "imports", listed["batch_id"])
    assert {name: again[name] for name in told} == told
    said = workbench(store, "imports", listed["batch_id"]).stdout
    assert "by Ola" in said
    assert f"{MORE + 1} more are not shown" in said
    for _ in range(2):
        result(store, "import", write(tmp_path, "none.json", b"{"), expect=21)
    assert "2 earlier ones: --limit 3" in workbench(store, "imports", "--limit", 1).stdout


def test_who_imported_cannot_steer_the_terminal(tmp_path: Path) -> None:
    store = tmp_path / "unit.duckdb"
    result(store, "import", write(tmp_path, "a.json", b"{"), "--by", "\udcff\x1b[2J", expect=21)
    steering = "x\x1b[2J\u202e"
    with duckdb.connect(str(store)) as raw:  # as an earlier release kept it
        raw.execute(
            "INSERT INTO referral.import_batch (batch_id, started_at, imported_by) "
            "VALUES ('interrupted', TIMESTAMPTZ '2026-01-01 00:00:00Z', ?)",
            [steering],
        )
    first, second = result(store, "imports")
    assert (first["imported_by"], second["imported_by"]) == ("\\udcff\\x1b[2J", steering)
    for name in ([], [first["batch_id"]], ["interrupted"]):
        said = workbench(store, "imports", *name).stdout
        assert "[2J" in said
        assert "\x1b" not in said
        assert "\u202e" not in said


@pytest.mark.parametrize(
    ("count", "says"),
    [
        (0, "Nothing of it is in the store."),
        (1, "1 report or version of it is in the store, whole."),
    ],
)
def test_an_interrupted_one_claims_no_sum(tmp_path: Path, count: int, says: str) -> None:
    store = tmp_path / "unit.duckdb"
    loaded = result(store, "import", write(tmp_path, "a.json", police_json()))
    with duckdb.connect(str(store)) as raw:  # as if it had been killed
        raw.execute("UPDATE referral.import_batch SET finished_at = NULL, read_count = NULL")
        if not count:
            raw.execute("UPDATE referral.report_version SET batch_id = 'another'")
    told = result(store, "imports", loaded["batch_id"])
    sums = ("files", "read", "loaded", "new_versions", "duplicates", "rejected")
    assert [told[name] for name in sums] == [None] * len(sums)
    assert (told["state"], told["version_count"]) == ("interrupted", count)
    said = " ".join(workbench(store, "imports", loaded["batch_id"]).stdout.split())
    assert f"It was interrupted. {says} Import the same again, unless that was done since" in said


def test_a_store_without_imports_says_what_to_do(tmp_path: Path) -> None:
    assert "workbench import PATH" in workbench(tmp_path / "unit.duckdb", "imports").stdout
    workbench(tmp_path / "unit.duckdb", "imports", "nope", expect=12)
    workbench(tmp_path / "unit.duckdb", "imports", "--limit", 10**30, expect=2)
