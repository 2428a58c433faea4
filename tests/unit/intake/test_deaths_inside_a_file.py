"""A file that ends its reader after it has given something takes nothing else with it."""

import json
import os
import sys
from pathlib import Path

import pytest

from tests.builders import police_json, write
from tests.hostile import package
from workbench.intake.count_sheet import CountSheet
from workbench.intake.importer import import_paths
from workbench.intake.recipe import Recipe
from workbench.settings import Settings
from workbench.store.connection import Store

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="ends processes by signals, as Unix has them"
)

DIES_AT = 2_500
A_PIECE = 1_000  # reports
BEFORE, AFTER = 3, 20
_DEADLY = f"""
import os
from connectors.cybertipline_json.reader import CyberTiplineJson

class Deadly(CyberTiplineJson):
    def read(self, file, unread):
        for number, read in enumerate(super().read(file, unread)):
            if "at_once" in file.name or ("later" in file.name and number == {DIES_AT}):
                os._exit(1)
            yield read

def connectors(*_):
    return [Deadly()]
"""


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files that come before the deadly ones, `deadly-...`, and files that come after."""
    (tmp_path / "deadly.py").write_text(_DEADLY, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    for number in range(BEFORE):
        write(tmp_path, f"in/a{number}.json", police_json(991000100 + number))
    for number in range(AFTER):
        write(tmp_path, f"in/z{number:02}.json", police_json(991000200 + number))
    return tmp_path / "in"


def take(store: Store, inbox: Path) -> CountSheet:
    sheet = import_paths(
        store,
        [inbox],
        connectors=(),
        recipe=Recipe("deadly:connectors"),
        settings=Settings(readers=2),
    )
    assert sheet.adds_up
    return sheet


def many(first: int, count: int = 3_000) -> str:
    return json.dumps({"reports": [police_json(first + number) for number in range(count)]})


def loaded_of(store: Store, first: int, count: int) -> int:
    numbers = store.query("SELECT report_number FROM analyst.referral")[1]
    return sum(first <= int(number) < first + count for (number,) in numbers)


def assert_the_others_are_loaded(store: Store) -> None:
    assert loaded_of(store, 991000100, BEFORE) == BEFORE
    assert loaded_of(store, 991000200, AFTER) == AFTER


def test_that_has_given_reports(store: Store, inbox: Path) -> None:
    write(inbox, "deadly-later.json", many(991001000))
    sheet = take(store, inbox)
    assert_the_others_are_loaded(store)
    # What two pieces held of it was known before it ended a process; the rest is one rejection.
    assert loaded_of(store, 991001000, 3_000) == 2 * A_PIECE - BEFORE
    assert [(entry["file"], entry["code"]) for entry in sheet.rejections] == [
        ("in/deadly-later.json", "reader_died")
    ]
    assert sheet.files == BEFORE + 1 + AFTER


def test_that_is_large_and_gives_nothing(store: Store, inbox: Path) -> None:
    """A large file makes a piece of its own when it is opened."""
    write(inbox, "deadly-at_once.json", many(991001000, 1) + " " * 9_000_000)
    sheet = take(store, inbox)
    assert_the_others_are_loaded(store)
    assert [entry["code"] for entry in sheet.rejections] == ["reader_died"]
    assert (sheet.read, sheet.files) == (BEFORE + AFTER + 1, BEFORE + 1 + AFTER)


def test_one_after_the_other_and_inside_a_package(store: Store, inbox: Path) -> None:
    write(inbox, "deadly-1-later.json", many(991001000))
    members = (("later.json", many(991004000)), ("nice.json", json.dumps(police_json(991000300))))
    write(inbox, "deadly-2.zip", package(*members))
    sheet = take(store, inbox)
    assert_the_others_are_loaded(store)
    assert loaded_of(store, 991000300, 1) == 1
    assert [(entry["file"], entry["code"]) for entry in sheet.rejections] == [
        ("in/deadly-1-later.json", "reader_died"),
        ("in/deadly-2.zip!/later.json", "reader_died"),
    ]
    assert sheet.files == BEFORE + 3 + AFTER
    assert loaded_of(store, 991004000, 3_000) >= A_PIECE
