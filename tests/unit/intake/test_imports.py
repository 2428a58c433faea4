"""Imports that were made are found again, also those that were interrupted."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from connectors.registry import connectors
from tests.builders import police_json, write
from tests.hostile import archive_csv, archive_row, package, take
from tests.unit.store.test_upgrade import store_before
from workbench.errors import NotFoundError
from workbench.intake.count_sheet import MOST_SHOWN, CountSheet
from workbench.intake.importer import import_paths
from workbench.intake.imports import find_import, list_imports, read_count_sheet
from workbench.intake.progress import Progress
from workbench.model.limits import Limits
from workbench.settings import Settings
from workbench.store.audit import run_audits
from workbench.store.connection import Row, Store


def write_some(folder: Path) -> Path:
    """Write a report with a field nobody reads, a broken file, and a package with media."""
    write(folder, "991000602.json", police_json("991000602", somethingNew="x"))
    write(folder, "broken.json", b"{")
    write(folder, "media.zip", package(("a.jpg", b"\xff\xd8\xff invented"), ("b.json", b"{")))
    return folder


def test_the_sheet_that_is_read_again_is_the_one_that_was_told(
    store: Store, tmp_path: Path
) -> None:
    sheet = take(store, write_some(tmp_path / "in"))  # it compares the two
    assert (sheet.loaded, sheet.rejected, sheet.set_aside_count) == (1, 2, 1)
    assert sheet.unread_fields()


def test_so_is_one_that_is_longer_than_anybody_reads(store: Store, tmp_path: Path) -> None:
    for number in range(MOST_SHOWN + 7):
        write(tmp_path / "in", f"{number:05}.json", b"{")
    rows = "".join(f";1.2.2026 10:00;X;Importert;Kari;name_{n}\n" for n in range(30))
    header = "Report number;Received;Provider;Decision;Decided by;Screen name\n"
    write(tmp_path / "in", "zz.csv", header + rows)
    few = Limits(rejections_listed=10)
    sheet = import_paths(
        store, [tmp_path / "in"], connectors=connectors(None), settings=Settings(limits=few)
    )
    assert sheet.rejected_codes == {"not_a_report": MOST_SHOWN + 7, "row_without_number": 30}
    again = read_count_sheet(store, find_import(store, sheet.batch_id))
    assert again.as_json() == sheet.as_json()


def test_what_is_said_of_the_further_ones_stands_where_it_was_told(
    store: Store, tmp_path: Path
) -> None:
    rows = [archive_row("") for _ in range(9)]
    rows += [archive_row("991000602").replace("Importert", "Noe annet") for _ in range(5)]
    write(tmp_path, "in/a.csv", archive_csv(*rows, archive_row("")))
    few = Limits(rejections_listed=3)
    sheet = import_paths(
        store, [tmp_path / "in"], connectors=connectors(None), settings=Settings(limits=few)
    )
    assert sheet.rejected_codes == {"row_without_number": 10, "row_unknown_word": 5}
    *_, first, second = sheet.rejections
    assert first["message"].startswith(
        "7 more of this file for the same reason (row_without_number);"
    )
    assert second["message"].startswith(
        "2 more of this file for the same reason (row_unknown_word);"
    )
    again = read_count_sheet(store, find_import(store, sheet.batch_id))
    assert again.as_json() == sheet.as_json()


def test_unread_fields_that_are_shown_alike_are_counted_together(
    store: Store, tmp_path: Path
) -> None:
    long = "k" * 600
    alike = {"some\nthing": 1, "some\\nthing": 2, f"{long}a": 1, f"{long}b": 1, "\x1b" * 400: 1}
    write(tmp_path, "in/a.json", police_json("991000602", **alike, zz=1))
    sheet = take(store, tmp_path / "in")  # it compares the two
    assert [field["count"] for field in sheet.unread_fields()] == [2, 2, 1, 1]


def test_they_are_listed_newest_first_and_by_pages(store: Store, tmp_path: Path) -> None:
    write_some(tmp_path / "in")
    sheets = [take(store, tmp_path / "in") for _ in range(5)]
    names = [sheet.batch_id for sheet in reversed(sheets)]
    assert [one.batch_id for one in list_imports(store).imports] == names
    second = list_imports(store, page=2, imports_a_page=2)
    assert [one.batch_id for one in second.imports] == names[2:4]
    assert second.import_count == 5
    newest, first = second.imports[0], list_imports(store).imports[-1]
    assert (newest.read_count, newest.duplicate_count, newest.state) == (3, 1, "ended")
    assert (first.loaded_count, first.rejected_count, first.version_count) == (1, 2, 0)


def test_one_that_is_interrupted_says_so_and_what_it_brought(store: Store, tmp_path: Path) -> None:
    for number in range(991000000, 991000040):
        write(tmp_path / "in", f"a{number}.json", police_json(number))
        write(tmp_path / "in", f"a{number}_broken.json", b"{")

    states = []

    def give_up(_: Progress) -> None:
        listed = list_imports(store.cursor()).imports
        states.append(listed[0].state)
        if listed[0].version_count:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_slowly(store, tmp_path / "in", give_up)
    [past] = list_imports(store).imports
    assert set(states) == {"at_work"}
    assert (past.state, past.finished_at, past.read_count) == ("interrupted", None, None)
    [(in_store,)] = store.query("SELECT count(*) FROM analyst.referral")[1]
    assert past.version_count == in_store > 0
    told = read_count_sheet(store, past)
    assert {entry["code"] for entry in told.rejections} == {"not_a_report"}
    assert told.rejected_codes == {}  # nobody counted them to the end
    assert all(audit.holds for audit in run_audits(store))
    again = import_slowly(store, tmp_path / "in", lambda _: None)
    assert again.duplicates == in_store
    assert [one.state for one in list_imports(store).imports] == ["ended", "interrupted"]


def test_one_that_goes_on_while_it_is_read_never_shows_more_than_it_counts(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    past = find_import(store, take(store, write_some(tmp_path / "in")).batch_id)
    read = Store.rows

    def read_and_go_on(self: Store, name: str, params: Mapping[str, object]) -> list[Row]:
        found = read(self, name, params)
        with self.columns("staged_row", pa.Table.from_pylist([another])):
            self.run("intake/add_rejections")
        return found

    another = {"batch_id": past.batch_id, "file": "z.json", "location": "", "code": "late"}
    another |= {"message": "m", "remedy": "r"}
    monkeypatch.setattr(Store, "rows", read_and_go_on)
    sheet = read_count_sheet(store, past)
    assert sheet.rejections_not_shown >= 0


def test_one_that_has_just_begun_is_at_work(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_some(tmp_path / "in")
    write_in_one, states = Store.transaction, []

    @contextmanager
    def write_and_look(self: Store) -> Iterator[None]:
        with write_in_one(self):
            yield
        states.extend(one.state for one in list_imports(store.cursor()).imports)

    monkeypatch.setattr(Store, "transaction", write_and_look)
    import_slowly(store, tmp_path / "in", lambda _: None)
    assert states[0] == "at_work"


@pytest.mark.parametrize(("page", "given"), [(-1, 1), (0, 1), (1, 1), (2, 2), (3, 2), (10**30, 2)])
def test_a_page_that_there_is_not_is_the_next_one_there_is(
    store: Store, tmp_path: Path, page: int, given: int
) -> None:
    for _ in range(3):
        take(store, tmp_path / "none")
    listed = list_imports(store, page=page, imports_a_page=2)
    assert (listed.page, listed.page_count, len(listed.imports)) == (given, 2, 3 - given)


def import_slowly(store: Store, folder: Path, tell: object) -> CountSheet:
    """Import by batches of a few, telling of each file."""
    return import_paths(
        store,
        [folder],
        connectors=connectors(None),
        settings=Settings(batch_size=4),
        imported_by="4711",
        report_progress=tell,  # type: ignore[arg-type]
    )


def test_one_that_nobody_knows_is_said_plainly(store: Store) -> None:
    with pytest.raises(NotFoundError, match="knows no import 'nope'"):
        find_import(store, "nope")
    assert list_imports(store).imports == []


def test_those_that_were_killed_before_they_had_a_row_get_one(tmp_path: Path) -> None:
    path = tmp_path / "unit.duckdb"
    store_before(path, "0024_imports_begun.sql")
    killed, ended = "20260301T080910Z-0badcafe", "20260302T000000Z-00000000"
    with duckdb.connect(str(path)) as raw:
        raw.execute(
            "INSERT INTO referral.source_file VALUES ('f', ?, 'a.json', 'x', 1, '')", [killed]
        )
        raw.execute(
            "INSERT INTO referral.import_batch VALUES (?, now(), now(), 'Kari', 3, 3, 1, 0, 0, 2)",
            [ended],
        )
        for batch, code in ((killed, "truncated"), (ended, "a"), (ended, "b")):
            raw.execute(
                "INSERT INTO referral.rejection VALUES (?, 'a.json', '', ?, 'm', 'r')",
                [batch, code],
            )
    with Store.open(path) as store:
        first, second = list_imports(store).imports
        assert (first.batch_id, first.state) == (ended, "ended")
        assert read_count_sheet(store, first).rejected_codes == {"a": 1, "b": 1}
        assert (second.batch_id, second.state) == (killed, "interrupted")
        assert f"{second.started_at:%Y-%m-%d %H:%M:%S}" == "2026-03-01 08:09:10"
        assert len(read_count_sheet(store, second).rejections) == 1
