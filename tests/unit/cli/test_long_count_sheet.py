"""A count sheet of more than anybody reads, as the command prints it."""

import json
import re
import shlex
from pathlib import Path

import pytest

from tests.builders import write
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


def test_a_store_without_imports_says_what_to_do(tmp_path: Path) -> None:
    assert "workbench import PATH" in workbench(tmp_path / "unit.duckdb", "imports").stdout
    workbench(tmp_path / "unit.duckdb", "imports", "nope", expect=12)
