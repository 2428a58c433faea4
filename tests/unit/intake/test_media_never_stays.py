"""Media planted in every kind of field and container is found nowhere afterwards: not in the store,
its log of writes, the temporary folder, what is printed, any row, a backup, or beside the dropped."""

import base64
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

from connectors.entries import Descend, OpenRow
from connectors.registry import connectors
from connectors.routes import Pairs, Route
from connectors.shapes import read_allow_list
from connectors.walk import Shape
from tests.builders import police_json, write
from tests.hostile import ARCHIVE_HEADERS, archive_csv, archive_row, package, workbook
from workbench.intake.count_sheet import CountSheet
from workbench.intake.importer import import_paths
from workbench.keeping.backup import make_backup
from workbench.keeping.drop_folder import DropFolder
from workbench.keeping.restore import restore_backup
from workbench.settings import Settings
from workbench.store.connection import Store

_NOISE = random.Random(11).randbytes(1_500)  # noqa: S311 - the same bytes each time
_MARK = b"DISTINCTIVE-" + b"media-body-"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + _MARK * 3 + _NOISE
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + _MARK * 3 + _NOISE
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00" + _MARK * 3 + _NOISE
BODIES = (JPEG, PNG, MP4)
HARMLESS = "harmless-text-that-must-be-found"


def _wrapped(text: str) -> str:
    return "\r\n".join(text[at : at + 76] for at in range(0, len(text), 76))


def _base64(body: bytes) -> str:
    return base64.b64encode(body).decode()


def _guises() -> dict[str, str]:
    """Every way in which media has been seen to stand in a text."""
    return {
        "data URI": f"data:image/jpeg;base64,{_base64(JPEG)}",
        "data URI in a sentence": f"He sent data:image/png;name=a.png;base64,{_base64(PNG)} to her.",
        "data URI with a wrapped body": f"see data:image/jpeg;base64,\r\n{_wrapped(_base64(JPEG))}\r\nend",
        "data URI in capitals and blanks": f"DATA : VIDEO/MP4 ; BASE64 , {_base64(MP4)}",
        "data URI in percent signs": "data:image/png," + "".join(f"%{byte:02X}" for byte in PNG),
        "bare base64": _base64(MP4),
        "bare base64 in a sentence": f"It says {_base64(JPEG)} and nothing else.",
        "bare base64, wrapped": _wrapped(_base64(PNG)),
        "bare base64 for addresses": base64.urlsafe_b64encode(JPEG).decode().rstrip("="),
        "bare base64, slashes escaped": _base64(PNG).replace("/", "\\/"),
        "hexadecimal": PNG.hex(),
        "bytes as letters": JPEG.decode("latin-1"),
        "bytes as Windows letters": MP4.decode("cp1252", errors="replace"),
    }


GUISES = _guises()
FOR_XML = {name: text for name, text in GUISES.items() if not name.startswith("bytes")}
Plant = Callable[[], Any]


def _remains() -> tuple[bytes, ...]:
    """Windows of the bodies in every guise; any of them found means that a piece stayed."""
    found = {_MARK}
    for body in BODIES:
        for text in (_base64(body), base64.urlsafe_b64encode(body).decode(), body.hex()):
            found |= {text[at : at + 30].encode() for at in range(60, len(text) - 30, 90)}
            found.add(text[-32:-2].encode())
        percent = "".join(f"%{byte:02X}" for byte in body)
        found |= {percent[at : at + 30].encode() for at in range(60, len(percent) - 30, 90)}
        found |= {body[at : at + 12] for at in range(70, len(body) - 12, 90)}
        found |= {body[at : at + 12].decode("latin-1").encode() for at in range(70, 1_000, 90)}
    return tuple(found)


REMAINS = _remains()


def _assert_clean(content: bytes, where: str) -> None:
    for remain in REMAINS:
        assert remain not in content, (where, remain)


def _document(shape: Shape, plant: Plant, depth: int = 0) -> dict[str, Any]:
    """Return a document that fills every key of an allow-list."""
    return {key: _filled(meaning, plant, depth) for key, meaning in shape.meanings.items()}


def _filled(meaning: object, plant: Plant, depth: int) -> Any:
    if isinstance(meaning, Descend | OpenRow) and depth < 4:
        return _document(meaning.shape, plant, depth + 1)
    if isinstance(meaning, Pairs):
        pair = {"name": plant(), "value": plant(), "type": "HASH"}
        return {"type": plant(), meaning.inner: [pair, pair | {"type": plant()}]}
    if isinstance(meaning, Route):
        kinds = {"captureType": plant(), "type": plant(), "name": plant()}
        return [kinds | {"value": plant(), "other": {"deeper": plant()}}]
    return plant()


def _plants(guises: list[str]) -> Iterator[Plant]:
    """Take the guises in turn, as a text, in a list, in a container, as a name."""
    for offset in range(len(guises)):
        turn = iter(range(offset, 10_000_000))

        def text(turn: Iterator[int] = turn) -> str:
            return guises[next(turn) % len(guises)]

        yield text
        yield lambda text=text: [text(), {"value": text()}]
        yield lambda text=text: {"value": text(), "type": text(), "name": text()}
        yield lambda text=text: {text(): text(), "plain": {text(): None}}
        if offset == 1:
            return


def _json_files() -> Iterator[tuple[str, str]]:
    shape = read_allow_list("connectors.cybertipline_json").shapes["report"]
    for number, plant in enumerate(_plants(list(GUISES.values())), 991000001):
        report = _document(shape, plant)
        report |= {"reportId": number, plant_name(number): plant(), "unknown": plant()}
        report["reportedInformation"]["reportingEsp"] = {"espName": HARMLESS, "unknown": plant()}
        yield f"{number}.json", json.dumps(report)


def plant_name(number: int) -> str:
    """Return a guise to be the name of a field."""
    return list(GUISES.values())[number % len(GUISES)]


def _xml_files() -> Iterator[tuple[str, str]]:
    shapes = read_allow_list("connectors.cybertipline_xml").shapes
    turn = iter(range(10_000_000))
    texts = list(FOR_XML.values())
    for number in range(3):
        document = _document(shapes["report"], lambda: texts[next(turn) % len(texts)])
        yield f"report_{number}.xml", _element("report", document)
        document = _document(shapes["file"], lambda: texts[next(turn) % len(texts)])
        yield f"file_{number}.xml", _element("fileDetails", document | {"reportId": "991000777"})


def _element(name: str, content: Any) -> str:
    if isinstance(content, list):
        return "".join(_element(name, item) for item in content)
    if not isinstance(content, dict):
        return f"<{name}>{escape(content)}</{name}>"
    inner = [(key, value) for key, value in content.items() if not key.startswith(("@", "#"))]
    said = [(key[1:], value) for key, value in content.items() if key.startswith("@")]
    attributes = "".join(f" {key}={quoteattr(str(value))}" for key, value in said)
    children = "".join(_element(key, value) for key, value in inner)
    return f"<{name}{attributes}>{escape(str(content.get('#text', '')))}{children}</{name}>"


def _plant_everywhere(folder: Path) -> None:
    """Write the files; tables come first, before the list of unread fields has as many as it takes."""
    files: dict[str, str | bytes] = dict([*_json_files(), *_xml_files()])
    in_cells = [text for text in FOR_XML.values() if ";" not in text]
    rows = [
        archive_row(str(991000100 + index), text.replace("\r\n", " "), text.replace("\r\n", " "))
        for index, text in enumerate(in_cells)
    ]
    files["1_table.csv"] = archive_csv(*rows)
    files["1_quoted.csv"] = archive_csv(
        *(archive_row(str(991000200 + i), f'"{text}"') for i, text in enumerate(FOR_XML.values()))
    )
    files["1_bytes.csv"] = archive_csv(archive_row("991000300")).encode() + JPEG
    files["1_no_zero_bytes.csv"] = archive_csv().encode() + (
        b"991000301;1.2.2026;" + JPEG.replace(b"\0", b"").translate(None, b';"\r\n') + b";;K;a\n"
    )
    files["1_header.csv"] = archive_csv(archive_row("991000302")).replace(
        "Screen name", in_cells[0]
    )
    cells = [
        [str(991000400 + index), "1.2.2026", text, "Importert", "Kari", text, "x"]
        for index, text in enumerate(FOR_XML.values())
    ]
    files["1_table.xlsx"] = workbook([[*ARCHIVE_HEADERS, FOR_XML["bare base64"]], *cells])
    members = [(f"media/{name}.bin", body) for name, body in zip("abc", BODIES, strict=True)]
    files["package.zip"] = package(
        *files.items(), *members, ("called.json", JPEG), ("called.xml", PNG), ("media.txt", MP4[4:])
    )
    files |= zip(("a.jpg", "b.png", "c.mp4"), BODIES, strict=True)
    for name, content in files.items():
        write(folder, name, content)
    write(folder, "harmless.json", police_json(991999999, additionalNcmecInformation={"x": 1}))


def _rows_of(store: Store) -> Iterator[tuple[str, bytes]]:
    tables = store.query("SELECT schema_name, table_name FROM duckdb_tables()")[1]
    for schema, table in tables:
        rows = store.query(f'SELECT row_of::VARCHAR FROM "{schema}"."{table}" AS row_of')[1]  # noqa: S608 - from the catalogue
        yield f"{schema}.{table}", "\n".join(str(row[0]) for row in rows).encode()


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    _plant_everywhere(folder)
    return folder


def test_no_byte_of_it_reaches_the_store(planted: Path, tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    with Store.open(path) as store:
        sheet = import_paths(store, [planted], connectors=connectors(None), settings=Settings())
        assert sheet.loaded + sheet.new_versions > 40
        log = (tmp_path / "store.duckdb.wal").read_bytes()
        assert HARMLESS.encode() in log  # the search finds what is there
        _assert_clean(log, "log of writes")
        for table, rows in _rows_of(store):
            _assert_clean(rows, table)
        kinds = {aside["kind"] for aside in sheet.set_aside}
        assert {"jpeg", "png", "mp4 video"} <= kinds
        noted = {field["field"].rpartition(" (")[2] for field in sheet.unread_fields()}
        assert {"data URI)", "base64)", "bytes)"} <= noted
        _assert_clean(json.dumps(sheet.as_json(), ensure_ascii=False).encode(), "count sheet")
    _assert_clean(path.read_bytes(), "store")


def test_nor_what_is_printed_nor_the_temporary_folder(planted: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    command = [sys.executable, "-m", "workbench", "import", str(planted)]
    printed = subprocess.run(
        [*command, "--store", str(tmp_path / "store.duckdb")],
        capture_output=True,
        check=False,
        timeout=120,
        env=os.environ | {"TMPDIR": str(temporary), "WORKBENCH_STORE": str(tmp_path / "other")},
    )
    assert printed.returncode == 20, printed.stderr[-2_000:]
    assert b"set aside" in printed.stdout
    _assert_clean(printed.stdout + printed.stderr, "printed")
    for file in temporary.rglob("*"):
        _assert_clean(file.read_bytes() if file.is_file() else b"", str(file))


def test_nor_a_backup_nor_what_the_drop_folder_writes(planted: Path, tmp_path: Path) -> None:
    watched, path = tmp_path / "watched", tmp_path / "store.duckdb"
    shutil.copytree(planted, watched)
    dropped = {file.read_bytes() for file in watched.rglob("*") if file.is_file()}
    with Store.open(path) as store:
        sheets: list[CountSheet] = []

        def take(paths: Sequence[Path]) -> CountSheet:
            sheets.append(
                import_paths(store, paths, connectors=connectors(None), settings=Settings())
            )
            return sheets[-1]

        drop = DropFolder(watched, take, settle_seconds=0)
        for _ in range(3):  # loose `<fileDetails>` are gathered first
            drop.look()
        _assert_clean(str(drop.status).encode(), "what the screen says")
    assert sum(sheet.loaded for sheet in sheets) > 40
    assert not [name for name in os.listdir(watched) if name not in {"done", "failed"}]  # noqa: PTH208 - names only
    for file in watched.rglob(
        "*"
    ):  # what was dropped is still there, whole, and nothing but sheets new
        if file.is_file() and file.read_bytes() not in dropped:
            assert file.name.endswith(".count-sheet.json")
            _assert_clean(file.read_bytes(), file.name)
    make_backup(path, tmp_path / "a.backup", replace=False, seconds=5)
    restored = restore_backup(tmp_path / "a.backup", tmp_path / "restored.duckdb", replace=False)
    assert restored.manifest.referrals > 40
    for file in tmp_path.iterdir():
        if file.is_file():
            _assert_clean(file.read_bytes(), file.name)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/i/" + "Ab3_" * 100,
        "eyJhbGciOiJIUzI1NiJ9." + "Qm9k" * 100 + "." + "c2ln" * 10,
        "A1b2" * 48,  # as long as a PhotoDNA hash
        "f" * 128,
        "The data: he wrote to her, and then again, and said that it was only a picture of a dog.",
        "One line of sixty or more letters, without anything in it that a picture begins with.\n"
        * 9,
    ],
)
def test_links_tokens_hashes_and_prose_stay_as_they_are(
    store: Store, tmp_path: Path, text: str
) -> None:
    report = police_json()
    report["reportedInformation"]["reportedPeople"]["reportedPersons"] = [{"occupation": text}]
    write(tmp_path, "a.json", report)
    import_paths(store, [tmp_path], connectors=connectors(None), settings=Settings())
    assert (text,) in store.query("SELECT value_as_written FROM referral.attribute")[1]
