"""Files, folders and ZIP packages -> readable files, grouped by folder; media is never unpacked."""

import io
import os
import stat
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.record import SetAside, SourceFile

_HEAD_BYTES: Final = 4096
_MAGIC: Final = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n", "png"),
    (b"GIF8", "gif"),
    (b"RIFF", "riff media"),
    (b"\x1aE\xdf\xa3", "matroska video"),
    (b"ID3", "mp3"),
    (b"OggS", "ogg"),
    (b"\x00\x00\x01\x00", "icon"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
_ANY_MAGIC: Final = tuple(magic for magic, _ in _MAGIC)
_NONBLOCK: Final = getattr(os, "O_NONBLOCK", 0)
_LISTED_BESIDE: Final = (
    10_000  # a folder with more files is not searched for a lone file's siblings
)

Found = SourceFile | SetAside | RecordRejectedError


@dataclass(slots=True, frozen=True)
class PendingFile:
    """A file that was found and not yet opened; `byte_count` is what reading it costs."""

    path: str
    name: str
    folder: str
    byte_count: int


@dataclass(slots=True)
class Folder:
    """Files that stand together on disk. `beside` stand in the same folder and were not named."""

    path: str
    found: list[PendingFile] = field(default_factory=list)
    beside: list[PendingFile] = field(default_factory=list)


def find_folders(paths: Sequence[Path]) -> list[Folder]:
    """Return every file below the named paths, by folder, in a stable order and once.

    A path that does not exist is kept: opening it gives a rejection that says so.
    """
    folders: dict[str, Folder] = {}
    seen: set[str] = set()
    for path in paths:
        above = len(str(path.parent)) + 1 if path.is_dir() and path.name else 0
        for parent, file, byte_count in _files_below(path):
            if file in seen:
                continue
            seen.add(file)
            if parent not in folders:
                folders[parent] = Folder(str(Path(parent).resolve()))
            folder = folders[parent]
            name = file[above:] if above else file.removeprefix(parent).lstrip("/\\")
            folder.found.append(PendingFile(file, name, folder.path, byte_count))
    for path in paths:
        if path.is_file():
            _look_beside(folders[str(path.parent)], seen)
    return list(folders.values())


def _files_below(path: Path) -> Iterator[tuple[str, str, int]]:
    """Yield (folder, file, size) of a file, or of every file below a folder, by name."""
    if not path.is_dir():
        yield str(path.parent), str(path), _size_of(path)
        return
    for entry in sorted(os.scandir(path), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files_below(Path(entry.path))
        else:
            yield str(path), entry.path, entry.stat(follow_symlinks=False).st_size


def _look_beside(folder: Folder, seen: set[str]) -> None:
    """Note the XML files beside a file that was named alone: its `<fileDetails>` may be there."""
    if folder.beside or folder.found[0].path.lower().endswith(".json"):
        return
    listed = sorted(islice(Path(folder.path).glob("*.xml"), _LISTED_BESIDE))
    named = {str(Path(file).resolve()) for file in seen}
    folder.beside = [
        PendingFile(str(file), file.name, folder.path, _size_of(file))
        for file in listed
        if str(file) not in named
    ]


def _size_of(file: Path) -> int:
    try:
        return file.lstat().st_size
    except OSError:
        return 0


def read_head(pending: PendingFile) -> bytes:
    """Return the first bytes of a file without UTF-16's NULs; empty if it cannot be opened."""
    try:
        with open(pending.path, "rb") as stream:  # noqa: PTH123 - a string path, once a file
            return head_of(stream.read(_HEAD_BYTES))
    except OSError:
        return b""  # opening it for reading gives the rejection that says why


def head_of(content: bytes) -> bytes:
    """Return what tells formats apart at the beginning of a file, in one-byte letters."""
    return content[:_HEAD_BYTES].replace(b"\x00", b"")


def open_file(pending: PendingFile, *, largest_bytes: int) -> Iterator[Found]:
    """Yield the file, or the readable members of a package, or why it is not read."""
    location = SourceLocation(pending.name)
    content = _content_of(pending, location, largest_bytes)
    if isinstance(content, RecordRejectedError):
        yield content
    elif _is_package(content):
        yield from _open_package(pending, content, largest_bytes)
    else:
        yield _sorted_out(SourceFile(pending.name, content, pending.folder))


def _content_of(
    pending: PendingFile, location: SourceLocation, largest_bytes: int
) -> bytes | RecordRejectedError:
    try:
        # Opening without blocking keeps a named pipe in a folder from holding the import up.
        descriptor = os.open(pending.path, os.O_RDONLY | _NONBLOCK)
        with os.fdopen(descriptor, "rb") as stream:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode):
                return RecordRejectedError(
                    "This is not a regular file.",
                    code="not_a_file",
                    remedy="Name a file or a folder of files.",
                    location=location,
                )
            # Asking for no more than there is spares a buffer of the largest size for every file.
            # What really comes counts: a file can grow while it is read.
            content = stream.read(min(state.st_size, largest_bytes) + 1)
            if len(content) > state.st_size:
                content += stream.read(max(largest_bytes + 1 - len(content), 0))
    except FileNotFoundError:
        return RecordRejectedError(
            "There is no such file.",
            code="no_such_file",
            remedy="Check the path and import again.",
            location=location,
        )
    except OSError as error:
        return RecordRejectedError(
            f"The file cannot be opened: {error.strerror}.",
            code="cannot_open",
            remedy="Give this account the right to read it, then import again.",
            location=location,
        )
    return content if len(content) <= largest_bytes else _too_large(location, largest_bytes)


def _too_large(location: SourceLocation, largest_bytes: int) -> RecordRejectedError:
    return RecordRejectedError(
        f"The file is larger than {largest_bytes // 1_000_000} MB.",
        code="too_large",
        remedy="Split it, or raise WORKBENCH_LARGEST_FILE_BYTES.",
        location=location,
    )


def _is_package(content: bytes) -> bool:
    """A ZIP that is not a workbook: XLSX is a ZIP too, and a report table in its own right."""
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "xl/workbook.xml" not in package.namelist()
    except zipfile.BadZipFile:
        return True


def _open_package(pending: PendingFile, content: bytes, largest_bytes: int) -> Iterator[Found]:
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        yield RecordRejectedError(
            "The ZIP package is damaged or cut short.",
            code="not_well_formed",
            remedy="Fetch the package again and import it.",
            location=SourceLocation(pending.name),
        )
        return
    with package:
        budget = largest_bytes
        for member in sorted(package.infolist(), key=lambda item: item.filename):
            if member.is_dir():
                continue
            for found in _open_member(pending, package, member, budget):
                budget -= len(found.content) if isinstance(found, SourceFile) else 0
                yield found


def _open_member(
    pending: PendingFile, package: zipfile.ZipFile, member: zipfile.ZipInfo, largest_bytes: int
) -> Iterator[Found]:
    name = f"{pending.name}!/{member.filename}"
    location = SourceLocation(name)
    if member.flag_bits & 1:
        yield RecordRejectedError(
            "The package member is encrypted.",
            code="encrypted",
            remedy="Unlock the package and import it again.",
            location=location,
        )
        return
    try:
        with package.open(member) as stream:
            head = stream.read(_HEAD_BYTES)
            kind = _media_kind(head)
            if kind is not None:
                yield SetAside(name, kind, member.file_size, "not a report; never unpacked")
                return
            # The stated size can lie, so the bytes that really come are what is limited.
            content = head + stream.read(max(largest_bytes - len(head), 0) + 1)
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, RuntimeError) as error:
        yield RecordRejectedError(
            f"The package member cannot be unpacked ({type(error).__name__}).",
            code="not_well_formed",
            remedy="Fetch the package again and import it.",
            location=location,
        )
        return
    if len(content) > largest_bytes:
        yield _too_large(location, largest_bytes)
    elif _is_package(content):
        yield RecordRejectedError(
            "A package inside a package is not opened.",
            code="nested_package",
            remedy="Take the inner package out and import it by itself.",
            location=location,
        )
    else:
        folder = f"{pending.folder}/{pending.name}!/{member.filename.rpartition('/')[0]}"
        yield _sorted_out(SourceFile(name, content, folder))


def _sorted_out(file: SourceFile) -> Found:
    kind = _media_kind(file.content[:_HEAD_BYTES])
    if kind is not None:
        return SetAside(
            file.name, kind, len(file.content), "not a report; its content was not kept"
        )
    if not file.content:
        return RecordRejectedError(
            "The file is empty.",
            code="empty_file",
            remedy="Fetch it again and import it.",
            location=SourceLocation(file.name),
        )
    return file


def _media_kind(head: bytes) -> str | None:
    """Name the kind of a file that is certainly no report; None when it may be one."""
    if head.startswith(_ANY_MAGIC):
        return next(kind for magic, kind in _MAGIC if head.startswith(magic))
    if head[4:8] == b"ftyp":
        return "mp4 video"
    if head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00":
        return "bmp"
    return None
