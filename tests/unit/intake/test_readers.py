"""Several processes read what one process reads: the same content in the same order, come what may."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import workbench.intake.remote_reader
from connectors.registry import connectors
from tests.builders import file_details, police_json, provider_xml, write
from tests.crash import read_content
from tests.unit.connectors.test_pdf_refusals import slow_pdf
from workbench.errors import StoreError
from workbench.intake import importer, large_folder, units
from workbench.intake.count_sheet import CountSheet
from workbench.intake.found import FoundFiles
from workbench.intake.importer import Progress, import_paths
from workbench.intake.piece import Piece
from workbench.intake.reader_pool import ReaderPool
from workbench.intake.recipe import Recipe
from workbench.intake.remote_reader import LENGTH, ReaderLostError, RemoteReader, Request
from workbench.settings import Settings
from workbench.store.connection import Store
from workbench.store.scratch import Notes

RECIPE = Recipe("connectors.registry:connectors")
TOLD_WITHIN_SECONDS = 30
_OPENS_PDFS = b"cybertipline_pdf.worker"
pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="looks for processes as Unix has them"
)


def take(
    store: Store,
    folder: Path,
    readers: int,
    tell: Callable[[Progress], None] = lambda _: None,
    batch_size: int = 30,
) -> CountSheet:
    return import_paths(
        store,
        [folder],
        connectors=connectors(None),
        recipe=RECIPE,
        settings=Settings(readers=readers, batch_size=batch_size),
        report_progress=tell,
    )


@pytest.fixture(autouse=True)
def small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many units of a few files, so that the order in which they end differs each time."""
    for cutting in (units, large_folder):
        monkeypatch.setattr(cutting, "ENOUGH_FILES", 5)
    monkeypatch.setattr(units, "MOST_TOGETHER", 20)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of all kinds: copies, changed copies, file details far from their report, refusals."""
    folder = tmp_path_factory.mktemp("inbox")
    for number in range(991000000, 991000120):
        match (number - 991000000) % 6:
            case 0:
                write(folder, f"flat/{number}.json", police_json(number))
                write(folder, f"flat/z_{number}_again.json", police_json(number))
            case 1:
                write(folder, f"flat/{number}.json", police_json(number, brandNew=number))
                write(folder, f"flat/z_{number}_new.json", police_json(number, informational=True))
            case 2:
                write(folder, f"flat/{number}.xml", provider_xml())
                write(folder, f"flat/file_{number}.xml", file_details(str(number)))
            case 3:
                write(folder, f"each/{number}/report.xml", provider_xml())
                write(folder, f"each/{number}/file.xml", file_details(str(number)))
            case 4:
                write(folder, f"flat/{number}_cut.json", '{"reportId": 1')
                write(folder, f"flat/z_{number}.xml", file_details(str(number)))
            case _:
                write(folder, f"flat/{number}.zip", _package(number))
    write(folder, "flat/letter.txt", "Dear colleague")
    write(folder, "flat/unnamed.json", police_json(991000002))  # whose file details stand there too
    header = "Report number;Received;Provider;Decision;Decided;Decided by;Screen name\n"
    row = "{};1.2.2026 10:00;ChatterBox;Importert;3.2.2026 11:00;Kari;name_{}\n"
    rows = "".join(row.format(number, number) for number in range(992000000, 992000300))
    write(folder, "flat/table.csv", header + rows)
    return folder


def _package(number: int) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as members:
        members.writestr(
            f"{number}.xml", provider_xml(f"<additionalInfo>{number}</additionalInfo>")
        )
        members.writestr("file.xml", file_details(str(number)))
        members.writestr("one.jpg", b"\xff\xd8\xff\xe0invented")
    return content.getvalue()


def said_of(sheet: CountSheet) -> dict[str, object]:
    return {**sheet.as_json(), "batch_id": None}


def test_one_process_and_several_bring_the_same_in_the_same_order(inbox: Path) -> None:
    with Store.open(None) as alone, Store.open(None) as together:
        one, three = take(alone, inbox, 1), take(together, inbox, 3)
        assert said_of(one) == said_of(three)
        assert one.rejected == 21
        assert read_content(alone) == read_content(together)
        again = take(together, inbox, 2)
        assert (again.loaded, again.new_versions) == (0, 0)
        assert again.duplicates == one.read - one.rejected


def test_file_details_find_their_report_in_a_large_folder_too(inbox: Path) -> None:
    with Store.open(None) as store:
        take(store, inbox, 2)
        joined = store.query(
            "SELECT report_number, report_number_source, count(file_no) FROM referral.report_version "
            "LEFT JOIN referral.file_record USING (version_id) "
            "WHERE source_format <> 'cybertipline_json' AND report_number < '991000006' "
            "GROUP BY ALL ORDER BY ALL"
        )[1]
    assert joined == [
        ("991000002", "file_name", 1),
        ("991000003", "file_details", 1),
        ("991000004", "file_details", 1),  # alone: what it belongs to could not be read
        ("991000005", "file_details", 1),  # beside it in its package
    ]


def test_progress_never_goes_back_and_is_whole_only_at_the_end(store: Store, inbox: Path) -> None:
    told: list[Progress] = []
    take(store, inbox, 2, told.append)
    fractions = [progress.fraction for progress in told]
    assert fractions == sorted(fractions)
    assert fractions.index(1.0) == len(told) - 1
    assert [p.reports for p in told] == sorted(p.reports for p in told)


def test_progress_goes_on_within_a_large_table(store: Store, tmp_path: Path) -> None:
    header = "Report number;Received;Provider;Decision;Decided;Decided by;Screen name\n"
    row = "{};1.2.2026 10:00;ChatterBox;Importert;3.2.2026 11:00;Kari;name_{}\n"
    rows = "".join(row.format(number, number) for number in range(992000000, 992020000))
    told: list[Progress] = []
    take(store, write(tmp_path, "table.csv", header + rows), 1, told.append, 1_000)
    fractions = [progress.fraction for progress in told]
    assert fractions == sorted(fractions)
    assert any(0 < fraction < 0.5 for fraction in fractions)
    assert any(0.5 < fraction < 1 for fraction in fractions)


class TestDeaths:
    def test_a_killed_process_is_replaced_and_nothing_is_lost(
        self, inbox: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pools = _pools(monkeypatch)
        stop = threading.Event()

        def kill_now_and_then() -> None:
            for _ in range(3):
                time.sleep(1)
                for process_id in pools[0].process_ids()[:1] if pools else []:
                    with suppress(ProcessLookupError):  # it has ended by itself meanwhile
                        os.kill(process_id, signal.SIGKILL)
                if stop.is_set():
                    return

        with Store.open(None) as undisturbed, Store.open(None) as store:
            expected = said_of(take(undisturbed, inbox, 1))
            killer = threading.Thread(target=kill_now_and_then)
            killer.start()
            sheet = take(store, inbox, 2)
            stop.set()
            killer.join()
            assert said_of(sheet) == expected
            assert read_content(store) == read_content(undisturbed)

    def test_a_file_that_ends_every_process_is_rejected_by_name(
        self, store: Store, tmp_path: Path
    ) -> None:
        module = tmp_path / "deadly.py"
        module.write_text(_DEADLY, encoding="utf-8")
        write(tmp_path, "in/deadly.json", police_json(991000999))
        for number in range(991000001, 991000004):
            write(tmp_path, f"in/{number}.json", police_json(number))
        sheet = import_paths(
            store,
            [tmp_path / "in"],
            connectors=(),
            recipe=Recipe("deadly:connectors"),
            settings=Settings(readers=2),
        )
        assert (sheet.read, sheet.loaded, sheet.rejected) == (4, 3, 1)
        [rejection] = sheet.rejections
        assert (rejection["file"], rejection["code"]) == ("in/deadly.json", "reader_died")
        assert rejection["remedy"]

    @pytest.fixture(autouse=True)
    def _found(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def test_no_process_at_all_is_said_plainly(
        self, store: Store, inbox: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "executable", "/nonexistent/python")
        with pytest.raises(StoreError, match="WORKBENCH_READERS=1"):
            take(store, inbox, 2)


_DEADLY = """
import os
from connectors.cybertipline_json.reader import CyberTiplineJson

class Deadly(CyberTiplineJson):
    def read(self, file, unread):
        if file.name.endswith("deadly.json"):
            os.kill(os.getpid(), 9)
        yield from super().read(file, unread)

def connectors(column_maps, pdf_passwords, limits):
    return (Deadly(limits),)
"""


def _pools(monkeypatch: pytest.MonkeyPatch) -> list[ReaderPool]:
    made: list[ReaderPool] = []
    start = ReaderPool.start

    def noted(pool: ReaderPool, size: int) -> None:
        if pool not in made:
            made.append(pool)
        start(pool, size)

    monkeypatch.setattr(ReaderPool, "start", noted)
    return made


class TestNobodyIsLeftBehind:
    def test_after_an_import(self, store: Store, inbox: Path) -> None:
        take(store, inbox, 2)
        assert not list(_readers_of(os.getpid()))

    def test_after_one_that_began_before_its_files_were_known(
        self, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What looked long can be short: folders that are empty."""
        monkeypatch.setattr(importer, "_MANY", 20)
        monkeypatch.setattr(importer, "usable_cores", lambda: 2)
        pools, running = _pools(monkeypatch), list[int]()
        find = importer.find_files

        def noted(notes: Notes, *asked: Any) -> FoundFiles:
            deadline = time.monotonic() + TOLD_WITHIN_SECONDS
            while len(running) < 2 and time.monotonic() < deadline:
                running[:] = pools[0].process_ids()
            return find(notes, *asked)

        monkeypatch.setattr(importer, "find_files", noted)
        for number in range(20):
            (tmp_path / f"{number}").mkdir()
        write(tmp_path, "a.json", police_json(991000783))
        assert take(store, tmp_path, 0).loaded == 1
        assert len(running) == 2
        assert not list(_readers_of(os.getpid()))

    def test_when_the_import_dies_in_the_middle_of_a_request(self) -> None:
        command = [sys.executable, "-P", "-m", "workbench.intake.worker"]
        running = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert running.stdin is not None
        running.stdin.write(LENGTH.pack(5_000) + b"cut short")
        running.stdin.close()
        assert running.wait(TOLD_WITHIN_SECONDS) == 0

    def test_when_whoever_is_told_of_progress_stops_it(self, store: Store, inbox: Path) -> None:
        def stop(_: Progress) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            take(store, inbox, 2, stop)
        assert not list(_readers_of(os.getpid()))
        assert not [
            t
            for t in threading.enumerate()
            if t is not threading.main_thread() and "_work" in t.name
        ]

    @pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
    def test_when_the_import_is_ended(self, inbox: Path, tmp_path: Path, sign: int) -> None:
        running = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "workbench",
                "import",
                str(inbox),
                "--store",
                str(tmp_path / "s"),
            ],
            env=os.environ | {"WORKBENCH_READERS": "2"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        readers = _wait_for(lambda: list(_readers_of(running.pid)))
        running.send_signal(sign)
        running.wait(TOLD_WITHIN_SECONDS)
        _wait_for(lambda: not any(_lives(reader) for reader in readers))

    @pytest.mark.parametrize("who", ["the import", "its reader"])
    def test_of_those_that_open_pdfs(self, tmp_path: Path, who: str) -> None:
        command = [sys.executable, "-m", "workbench", "import", str(tmp_path / "in")]
        write(tmp_path, "in/slow.pdf", slow_pdf())
        running = subprocess.Popen(
            [*command, "--store", str(tmp_path / "s")],
            env=os.environ | {"WORKBENCH_READERS": "2"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            [reader] = _wait_for(
                lambda: [r for r in _readers_of(running.pid) if any(_readers_of(r, _OPENS_PDFS))]
            )
            [opener] = _readers_of(reader, _OPENS_PDFS)
            time.sleep(0.5)  # until it is deep in the file
            os.kill(running.pid if who == "the import" else reader, signal.SIGKILL)
            _wait_for(lambda: not _lives(opener), within=20)
        finally:
            running.kill()
            running.wait(TOLD_WITHIN_SECONDS)


def _wait_for(found: Callable[[], Any], within: float = TOLD_WITHIN_SECONDS) -> Any:
    until = time.monotonic() + within
    while not (value := found()):
        assert time.monotonic() < until
        time.sleep(0.02)
    return value


def _readers_of(parent: int, module: bytes = b"workbench.intake.worker") -> Iterator[int]:
    """Yield the processes that read for another."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text, command = status.read_text(), status.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if f"PPid:\t{parent}\n" in text and module in command:
            yield int(status.parent.name)


def _lives(process_id: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process_id}/status").read_text()
    except OSError:
        return False


def test_passwords_show_nowhere(inbox: Path, store: Store) -> None:
    secret = "invented-secret-4711"  # noqa: S105 - invented
    recipe = Recipe("connectors.registry:connectors", None, (secret,))
    seen: list[bytes] = []

    def look(_: Progress) -> None:
        for reader in _readers_of(os.getpid()):
            with suppress(OSError):  # it has ended meanwhile
                names = ("cmdline", "environ")
                seen.extend(Path(f"/proc/{reader}/{name}").read_bytes() for name in names)

    import_paths(
        store,
        [inbox],
        connectors=(),
        recipe=recipe,
        settings=Settings(readers=2),
        report_progress=look,
    )
    assert seen
    assert not any(secret.encode() in content for content in seen)
    assert secret not in repr(recipe) + repr(
        workbench.intake.remote_reader.Setup(recipe, "b", 1, 1)
    )


def test_a_package_that_unpacks_past_a_readers_memory_is_called_too_large(
    store: Store, tmp_path: Path
) -> None:
    for number in range(10):
        write(tmp_path, f"in/{number}.json", police_json(str(991000700 + number)))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("zeros.json", b"0" * 900_000_000)
    write(tmp_path, "in/bomb.zip", packed.getvalue())
    sheet = take(store, tmp_path / "in", readers=2)
    assert (sheet.loaded, [rejection["code"] for rejection in sheet.rejections]) == (
        10,
        ["too_large"],
    )


@pytest.mark.parametrize("name", ["a.zip", "a.dat", "a.json"])
def test_a_small_package_has_a_process_whatever_its_name(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    pools = _pools(monkeypatch)
    write(tmp_path, "plain/a.json", police_json(991000780))
    write(tmp_path, f"in/{name}", _package(991000781))
    assert take(store, tmp_path / "plain", 0).loaded == 1
    assert not pools
    assert take(store, tmp_path / "in", 0).loaded == 1
    assert len(pools) == 1


def test_what_ends_readers_without_being_a_file_ends_the_import_and_not_the_machine(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the memory ends after the last file: leaving that file out again helps nobody."""
    write(tmp_path, "a.json", police_json(991000784))
    write(tmp_path, "b.json", police_json(991000785))

    def read(_: RemoteReader, __: Request) -> Iterator[Piece]:
        raise ReaderLostError("b.json")

    monkeypatch.setattr(RemoteReader, "read", read)
    with pytest.raises(StoreError, match="cannot be kept running"):
        take(store, tmp_path, 2)
    assert not list(_readers_of(os.getpid()))


def test_a_path_that_cannot_even_be_asked_about_is_a_rejection(
    store: Store, tmp_path: Path
) -> None:
    write(tmp_path, "a.json", police_json(991000786))
    sheet = import_paths(
        store,
        [tmp_path / ("x" * 300), tmp_path / "a.json"],
        connectors=connectors(None),
        settings=Settings(),
        recipe=RECIPE,
    )
    assert (sheet.loaded, sheet.rejected) == (1, 1)
    assert sheet.rejections[0]["code"] == "cannot_open"
