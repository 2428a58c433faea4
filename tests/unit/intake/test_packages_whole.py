"""Nothing of a package goes unread without a line, and honest packages are read without one."""

import io
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import write
from tests.hostile import CENTRAL, END, GOOD, attack, package, police_text
from workbench.store.connection import Store

ONE, TWO = police_text("991000001"), police_text("991000002")


def codes(store: Store, folder: Path, content: bytes) -> list[str]:
    """Import a package and a good report; return why anything was rejected."""
    sheet = attack(store, folder, "a.zip", content)
    assert sheet.read == sheet.loaded + sheet.rejected
    return [rejection["code"] for rejection in sheet.rejections]


def numbers(store: Store) -> set[str]:
    return {str(row[0]) for row in store.query("SELECT report_number FROM analyst.referral")[1]}


def with_comment(comment: bytes) -> bytes:
    packed = package(("a.json", ONE))
    return packed[:-2] + struct.pack("<H", len(comment)) + comment


def between(content: bytes) -> bytes:
    """Put bytes between the last member and the directory."""
    packed = package(("a.json", ONE))
    start = packed.find(CENTRAL)
    moved = bytearray(packed[:start] + content + packed[start:])
    struct.pack_into("<I", moved, moved.rfind(END) + 16, start + len(content))
    return bytes(moved)


BESIDE: dict[str, tuple[bytes, str]] = {
    "two packages": (package(("a.json", ONE)) + package(("b.json", TWO)), "991000002"),
    "a package and an empty one": (package(("a.json", ONE)) + package(), ""),
    "a report behind the end": (package(("a.json", ONE)) + TWO.encode(), "991000001"),
    "a package in the comment": (with_comment(package(("b.json", TWO))), "991000002"),
    "half a package in the comment": (with_comment(package(("b.json", TWO))[:-30]), "991000001"),
    "a report in the comment": (with_comment(TWO.encode()), "991000001"),
    "a report before the directory": (between(TWO.encode()), "991000001"),
    "a member that is not listed": (between(package(("b.json", TWO))[:-80]), "991000001"),
}


@pytest.mark.parametrize(("content", "loaded"), BESIDE.values(), ids=BESIDE.keys())
def test_bytes_that_belong_to_no_member_are_said(
    store: Store, tmp_path: Path, content: bytes, loaded: str
) -> None:
    assert codes(store, tmp_path, content) == ["bytes_beside_members"]
    assert numbers(store) == {str(GOOD), loaded} - {""}


def test_a_member_called_like_a_folder_is_read(store: Store, tmp_path: Path) -> None:
    assert codes(store, tmp_path, package(("r.json/", ONE), ("empty/", b""))) == []
    assert "991000001" in numbers(store)


@pytest.mark.parametrize("content", [package(), package(("a/", b""), ("a/b/", b""))])
def test_an_empty_package_is_said(store: Store, tmp_path: Path, content: bytes) -> None:
    assert codes(store, tmp_path, content) == ["empty_package"]


@pytest.mark.parametrize(
    "text",
    [
        "CyberTipline Report 991000001\nPriority Level: E\n",
        'report = {"reportId": "991000001"',
        "<html><body><report>991000001</report></body></html>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["r.txt", "r.html", "r.rtf"])
def test_a_text_that_reads_like_a_report_is_no_text_beside_them(
    store: Store, tmp_path: Path, text: str, encoding: str, name: str
) -> None:
    assert codes(store, tmp_path, package((name, text.encode(encoding)))) == ["not_a_report"]


def test_other_texts_are_only_set_aside(store: Store, tmp_path: Path) -> None:
    said = "Read me: the reports are in the folder. <reporting> Ask for the CyberTipline report."
    sheet = attack(store, tmp_path, "a.zip", package(("a.json", ONE), ("read_me.txt", said)))
    assert (sheet.loaded, sheet.rejected) == (2, 0)
    assert [aside["kind"] for aside in sheet.set_aside] == ["text"]


class _Stream(io.RawIOBase):
    """A pipe: it cannot be wound back, so sizes come behind the content."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]  # bytes are all that comes
        self.written += content
        return len(content)


def streamed(packing: int = zipfile.ZIP_DEFLATED, *, is_zip64: bool = False) -> bytes:
    pipe = _Stream()
    with zipfile.ZipFile(pipe, "w", packing) as opened:  # type: ignore[call-overload]  # as above
        for name, text in (("a.json", ONE), ("b.json", TWO)):
            with opened.open(name, "w", force_zip64=is_zip64) as member:
                member.write(text.encode())
    return bytes(pipe.written)


def appended() -> bytes:
    written = io.BytesIO(package(("a.json", ONE), ("folder/", b"")))
    for name in ("b.json", "c.json"):
        with zipfile.ZipFile(written, "a", zipfile.ZIP_LZMA) as opened:
            opened.writestr(name, TWO.replace("991000002", f"99100010{ord(name[0])}"))
            opened.writestr("b.json" * (name == "c.json") or "b2.json", TWO)
    return written.getvalue()


def zip64() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_BZIP2) as opened:
        for number in range(66_000):  # more than the old directory can count
            opened.writestr(zipfile.ZipInfo(f"{number}/"), b"")
        opened.writestr("a.json", ONE)
    return written.getvalue()


def padded() -> bytes:
    """Align the directory, as some programs do."""
    return between(b"\x00" * 37)


def signed() -> bytes:
    return between(b"\x20" + b"\x00" * 40 + b"signature" * 9 + b"APK Sig Block 42")


HONEST: dict[str, Callable[[], bytes]] = {
    "streamed": streamed,
    "streamed and not packed": lambda: streamed(zipfile.ZIP_STORED),
    "streamed with long sizes": lambda: streamed(is_zip64=True),
    "appended to": appended,
    "a comment": lambda: with_comment("Pakket 21.11.2026 på nytt <konfidensielt>".encode()),
    "a blank line behind": lambda: package(("a.json", ONE)) + b"\r\n",
    "padded": padded,
    "signed": signed,
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("make", HONEST.values(), ids=HONEST.keys())
def test_an_honest_package_is_read_without_a_word(
    store: Store, tmp_path: Path, make: Callable[[], bytes]
) -> None:
    assert codes_allowing_copies(store, tmp_path, make()) == []
    assert "991000001" in numbers(store)


def codes_allowing_copies(store: Store, folder: Path, content: bytes) -> list[str]:
    sheet = attack(store, folder, "a.zip", content)
    return [rejection["code"] for rejection in sheet.rejections]


def test_a_package_of_very_many_folders_is_read(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_LIMITS__PACKAGE_MEMBERS", "70000")
    assert codes_allowing_copies(store, tmp_path, zip64()) == []
    assert "991000001" in numbers(store)


@pytest.mark.skipif(shutil.which("zip") is None, reason="zip is not installed on this machine")
@pytest.mark.parametrize("how", ["plain", "piped", "updated", "deleted from", "long sizes"])
def test_what_zip_writes_is_read_without_a_word(store: Store, tmp_path: Path, how: str) -> None:
    for name, text in (("a.json", ONE), ("f/b.json", TWO), ("f/c.txt", "beside")):
        write(tmp_path, f"to/{name}", text)

    def run(*arguments: str, given: bytes | None = None) -> bytes:
        command = ["zip", "-q", *arguments]
        return subprocess.run(
            command, cwd=tmp_path / "to", check=True, capture_output=True, input=given
        ).stdout

    if how == "piped":
        content = run("-r", "-", "a.json", "f")
    else:
        run("-r", *(["-fz"] if how == "long sizes" else []), "../made.zip", "a.json", "f")
        if how == "updated":
            write(tmp_path, "to/f/d.txt", "later")
            run("-r", "-g", "../made.zip", "f/d.txt")
        if how == "deleted from":
            run("-d", "../made.zip", "f/c.txt")
        content = (tmp_path / "made.zip").read_bytes()
    assert codes_allowing_copies(store, tmp_path, content) == []
    assert {"991000001", "991000002"} <= numbers(store)
