"""Hostile packages and folders through the public door: nothing is followed, nothing waited for,
nothing unpacked without end, and the good report beside it is always loaded."""

import os
import random
import socket
import tracemalloc
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp

import pytest

from connectors.registry import connectors
from tests.builders import file_details, police_json, provider_xml, write
from tests.hostile import (
    CENTRAL,
    GOOD,
    LOCAL,
    attack,
    forged_workbook,
    package,
    police_text,
    raw_row,
    take,
)
from workbench.intake.found import find_files
from workbench.intake.importer import import_paths
from workbench.intake.units import MOST_TOGETHER, cut
from workbench.settings import Settings
from workbench.store.connection import Store
from workbench.store.scratch import scratch

pytestmark = pytest.mark.usefixtures("no_hang")


class TestPackages:
    def test_what_unpacks_without_end_is_stopped_for_all_members_together(
        self, store: Store, tmp_path: Path
    ) -> None:
        blank = b" " * 3_000_000
        bomb = package(*[(f"{i}.json", blank) for i in range(50)], ("z.json", police_text()))
        write(tmp_path, "in/bomb.zip", bomb)
        write(tmp_path, "in/zz_good.json", police_json(GOOD))
        sheet = take(store, tmp_path / "in", largest_file_bytes=1_000_000)
        assert {r["code"] for r in sheet.rejections} == {"too_large"}
        assert len(sheet.rejections) <= 6
        assert "its last 47 members were not read" in sheet.rejections[-1]["message"]
        assert sheet.loaded == 1

    def test_members_without_number_are_not_even_listed(self, store: Store, tmp_path: Path) -> None:
        directory = CENTRAL * 100_001
        sheet = attack(store, tmp_path, "a.zip", LOCAL + directory)
        assert [r["code"] for r in sheet.rejections] == ["too_large"]

    def test_links_are_refused_and_twins_are_told_apart(self, store: Store, tmp_path: Path) -> None:
        link = zipfile.ZipInfo("link.json")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        members = package(
            (link, "/etc/passwd"),
            ("same.json", police_text("991000001")),
            ("same.json", police_text("991000002")),
            ("\x1b[31m\u202e.json", police_text("991000003")),
        )
        sheet = attack(store, tmp_path, "a.zip", members)
        assert [r["code"] for r in sheet.rejections] == ["link"]
        files = {row[0] for row in store.query("SELECT file_name FROM referral.source_file")[1]}
        assert {"in/a.zip!/same.json", "in/a.zip!/same.json (2)"} <= files
        assert r"in/a.zip!/\x1b[31m\u202e.json" in files

    def test_any_bytes_may_be_changed(self, store: Store, tmp_path: Path) -> None:
        choose = random.Random(3)  # noqa: S311 - seeded on purpose
        packages = [
            package(("a.json", police_text()), ("b.xml", provider_xml())),
            forged_workbook(raw_row(2, "991000001")),
        ]
        for number in range(200):
            forged = bytearray(packages[number % 2])
            for _ in range(choose.randint(1, 5)):
                forged[choose.randrange(len(forged))] = choose.randrange(256)
            write(tmp_path, f"in/{number}.zip", bytes(forged))
        assert take(store, tmp_path / "in").read >= 200


class TestFoldersOnDisk:
    def test_links_and_loops_are_named_and_not_followed(self, store: Store, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        write(folder, "a/one.json", police_json(991000001))
        write(tmp_path, "elsewhere/two.json", police_json(991000002))
        (folder / "a/up").symlink_to(folder)
        (folder / "b").symlink_to(folder / "a")
        (folder / "self").symlink_to("self")
        (folder / "gone.json").symlink_to("nowhere")
        (folder / "two.json").symlink_to(tmp_path / "elsewhere/two.json")
        sheet = take(store, folder)
        assert (sheet.loaded, Counter(r["code"] for r in sheet.rejections)) == (1, {"link": 5})

    def test_a_link_that_was_named_is_followed(self, store: Store, tmp_path: Path) -> None:
        write(tmp_path, "elsewhere/two.json", police_json(991000002))
        (tmp_path / "two.json").symlink_to(tmp_path / "elsewhere/two.json")
        (tmp_path / "folder").symlink_to(tmp_path / "elsewhere")
        sheet = take(store, tmp_path / "two.json", tmp_path / "folder")
        assert (sheet.loaded, sheet.duplicates) == (1, 1)

    def test_pipes_sockets_and_devices_do_not_hold_the_import_up(
        self, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        os.mkfifo(tmp_path / "pipe.xml")
        os.mkfifo(tmp_path / "pipe")
        with socket.socket(socket.AF_UNIX) as listening:
            monkeypatch.chdir(tmp_path)  # a socket's path may not be long
            listening.bind("socket.json")
            write(tmp_path, "good.json", police_json())
            sheet = take(store, tmp_path)
        assert (sheet.loaded, sheet.rejected) == (1, 3)
        assert take(store, tmp_path / "pipe.xml").rejections[0]["code"] == "not_a_file"
        assert take(store, Path("/dev/zero")).rejections[0]["code"] == "not_a_file"

    def test_what_may_not_be_read_is_named(self, store: Store, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        write(folder, "closed/a.json", police_json(991000001))
        write(folder, "b.json", police_json(991000002))
        write(folder, "good.json", police_json(991000003))
        (folder / "closed").chmod(0)
        (folder / "b.json").chmod(0)
        for above in (folder, *folder.parents):
            if above.owner() == folder.owner() and above != Path("/tmp"):  # noqa: S108 - pytest's own
                above.chmod(0o755)
        with _no_longer_root():
            sheet = take(store, folder)
        (folder / "closed").chmod(0o700)
        assert sheet.loaded == 1
        rejected = {r["file"]: r["code"] for r in sheet.rejections}
        assert rejected == {"in/closed": "cannot_open", "in/b.json": "cannot_open"}

    def test_folders_nest_as_deep_as_the_system_allows(self, store: Store) -> None:
        # Too deep for pytest to clear away: what a killed run leaves in its folder would end others.
        outermost = Path(mkdtemp(prefix="workbench-test-"))
        nested = [outermost, *(outermost / ("in" + "/d" * depth) for depth in range(1_100))]
        try:
            for folder in nested[1:]:
                folder.mkdir()
            write(nested[-1], "a.json", police_json())
            assert take(store, outermost / "in").loaded == 1
        finally:
            (nested[-1] / "a.json").unlink()
            for folder in reversed(nested):
                folder.rmdir()

    def test_file_names_may_hold_anything(self, store: Store, tmp_path: Path) -> None:
        names = [
            b"\xff\xfe.json",
            b"a\nb.json",
            b"a\x1b[31m.json",
            "\u202egpj.json".encode(),
            b"[b]",
        ]
        for number, name in enumerate(names, 991000001):
            path = os.path.join(os.fsencode(tmp_path), name)  # noqa: PTH118 - bytes
            with open(path, "wb") as file:  # noqa: PTH123 - bytes
                file.write(police_text(number).encode())
        assert take(store, tmp_path).loaded == len(names)
        files = [row[0] for row in store.query("SELECT file_name FROM referral.source_file")[1]]
        assert all(name.isprintable() for name in files)
        assert any(r"\udcff" in name for name in files)

    def test_files_of_one_name_in_two_folders_are_told_apart(
        self, store: Store, tmp_path: Path
    ) -> None:
        one = write(tmp_path, "one/a.json", police_json(991000001))
        two = write(tmp_path, "two/a.json", police_json(991000002))
        assert take(store, one, two).loaded == 2
        assert store.query("SELECT count(DISTINCT source_file_id) FROM referral.source_file")[
            1
        ] == [(2,)]

    def test_a_file_that_changes_while_it_is_read_is_not_half_read(
        self, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        growing = write(tmp_path, "in/growing.json", police_json(991000001))
        write(tmp_path, "in/zz_good.json", police_json(GOOD))
        changes: list[int] = []
        look = os.fstat

        def write_on_after_first_look(descriptor: int) -> os.stat_result:
            state = look(descriptor)
            if state.st_ino == growing.stat().st_ino and not changes:
                changes.append(growing.write_text(police_text(991000001, age="13") + " " * 100))
            return state

        with monkeypatch.context() as patched:
            patched.setattr(os, "fstat", write_on_after_first_look)
            sheet = take(store, tmp_path / "in")
        assert [r["code"] for r in sheet.rejections] == ["changed_while_read"]
        assert sheet.loaded == 1
        assert take(store, tmp_path / "in").loaded == 1


class _no_longer_root:  # noqa: N801 - reads as a sentence
    """Root may read everything, so the test steps down for a moment."""

    def __enter__(self) -> None:
        self._was = os.geteuid()
        if self._was == 0:
            os.seteuid(65534)

    def __exit__(self, *_: object) -> None:
        if self._was == 0:
            os.seteuid(0)


def names_in_units(paths: Sequence[Path]) -> list[list[str]]:
    """Return the names of the files of each unit."""
    with scratch() as notes:
        return [
            [file.name for folder in unit.folders for file in folder.found]
            for unit in cut(find_files(notes, paths))
        ]


def held_at_most(folder: Path) -> int:
    """Return the most bytes that Python holds while a folder's files are found and cut.

    The least of three tries: a table of Python's own that grows once, or a thread that another test
    left behind, is no part of what is asked.
    """
    return min(_held_at_most_now(folder) for _ in range(3))


def _held_at_most_now(folder: Path) -> int:
    with scratch() as notes:
        tracemalloc.start()
        try:
            for _ in cut(find_files(notes, [folder])):
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("is_flat", [True, False])
def test_what_is_held_of_the_files_does_not_grow_with_their_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_flat: bool
) -> None:
    """A few hundred bytes a file were a gigabyte for a folder of some millions."""
    monkeypatch.setattr("workbench.store.scratch._WRITTEN_AT_ONCE", 200)
    for name, count in (("few", MOST_TOGETHER + 500), ("many", 5 * MOST_TOGETHER)):
        for number in range(count):
            folder = tmp_path / name if is_flat else tmp_path / name / f"{number}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{number}.json").touch()
    assert held_at_most(tmp_path / "many") < 1.2 * held_at_most(tmp_path / "few")


def test_every_file_of_a_large_folder_is_in_one_unit_by_name(tmp_path: Path) -> None:
    for number in range(MOST_TOGETHER + 1):
        (tmp_path / f"{number}.json").touch()
    units = names_in_units([tmp_path])
    expected = sorted(f"{tmp_path.name}/{number}.json" for number in range(MOST_TOGETHER + 1))
    assert [name for unit in units for name in unit] == expected
    assert len(units) > 1


def test_a_file_below_two_named_paths_is_found_once(tmp_path: Path) -> None:
    for name in ("in/a.json", "in/deeper/b.json", "in/deeper/still/c.json", "other/in/a.json"):
        write(tmp_path, name, police_json())
    inner, outer = tmp_path / "in/deeper", tmp_path / "in"
    file = tmp_path / "in/a.json"
    elsewhere = tmp_path / "other/in"
    assert names_in_units([inner, outer, file, outer, elsewhere]) == [
        [
            "deeper/b.json",
            "deeper/still/c.json",
            "in/a.json",
            f"{elsewhere}/a.json",  # by its whole path: another is called in/a.json
        ]
    ]


def test_a_listener_who_fails_is_not_taken_for_a_folder_that_cannot_be_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the folder was left out, with the rejection of a folder that could well be read."""
    monkeypatch.setattr("workbench.intake.found._FILES_BETWEEN", 2)
    for number in range(5):
        (tmp_path / f"{number}.json").touch()

    def hang_up(_: int) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError), scratch() as notes:
        find_files(notes, [tmp_path], hang_up)


def test_details_stay_with_their_report_in_a_folder_that_only_takes_long(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number stood further down, where no head tells it: they became a version by themselves."""
    monkeypatch.setattr("workbench.intake.units.MOST_WORK_TOGETHER", 1)
    (tmp_path / "a.json").write_text(f"[{police_text(991000001)},{police_text(GOOD)}]")
    write(tmp_path, "b.xml", file_details(str(GOOD)))
    sheet = take(store, tmp_path)
    assert (sheet.read, sheet.loaded) == (2, 2)


def test_a_folder_under_two_names_gives_the_same_twice(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "in/report.xml", provider_xml())
    write(tmp_path, "in/details.xml", file_details(str(GOOD)))
    (tmp_path / "link").symlink_to(tmp_path / "in")
    sheet = import_paths(
        store,
        [tmp_path / "in", tmp_path / "link"],
        connectors=connectors(None),
        settings=Settings(),
    )
    assert (sheet.read, sheet.loaded, sheet.duplicates) == (2, 1, 1)
    assert store.query("SELECT report_number FROM analyst.referral")[1] == [(str(GOOD),)]


def test_a_folder_called_like_a_package_is_none(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "in/a.zip", package(("b.json", police_text())))
    write(tmp_path, "in/a.zip!/b.json", police_json(GOOD))
    write(tmp_path, "in/a.zip!/notes.txt", "Invented notes.")
    sheet = take(store, tmp_path / "in")
    assert (sheet.files, sheet.rejected, sheet.set_aside_count) == (3, 1, 0)
    names = [name for (name,) in store.query("SELECT file_name FROM referral.source_file")[1]]
    assert len(set(names)) == 3


def test_nobody_waits_for_files_that_nobody_reads_any_more(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}.json").touch()
    with scratch() as notes:
        found = find_files(notes, [tmp_path])
        listed = iter(found)
        next(listed)
        found.close()
        assert list(listed) == []


def test_a_name_that_reads_like_an_escape_is_not_that_of_another_file(tmp_path: Path) -> None:
    for name in ("a\x01.json", "a\\x01.json"):
        (tmp_path / name).touch()
    [names] = names_in_units([tmp_path])
    assert len(set(names)) == 2
    assert all(name.endswith(".json") for name in names)


def test_two_files_with_the_longest_of_paths_have_two_names(tmp_path: Path) -> None:
    deep = "/".join(letter * 200 for letter in "abcd")
    for number in range(2):
        write(tmp_path, f"{deep}/9910000{number}.json", police_json())
    [names] = names_in_units([tmp_path])
    assert len(set(names)) == 2
    assert all(name.endswith(f"/9910000{number}.json") for number, name in enumerate(names))


def test_a_file_is_named_from_the_named_folder_on_however_the_folder_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "in/deeper/a.json", police_json())
    monkeypatch.chdir(tmp_path)
    for path in (tmp_path / "in", Path("in"), Path("./in"), Path("../") / tmp_path.name / "in"):
        assert names_in_units([path]) == [["in/deeper/a.json"]]
    monkeypatch.chdir(tmp_path / "in")
    assert names_in_units([Path()]) == [["deeper/a.json"]]
