"""Lists wrapped in gzip, tar or ZIP -> the files inside, in memory, never unpacked to disk."""

import gzip
import re
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, Final, NamedTuple, Self
from zipfile import ZipFile, is_zipfile

from workbench.errors import SourceLocation, UserError
from workbench.model.limits import raising

_REMEDY: Final = "Name a list of addresses, CIDR prefixes or ranges: lines, CSV, JSON or MaxMind."
_GZIP: Final = b"\x1f\x8b"
_TAR_MARK: Final = (257, b"ustar")
# Headers before that of a member, as for a long name. What looks through one takes its square.
_FORERUNNERS: Final = frozenset(
    {
        *(tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE),
        *(tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK),
    }
)
_LONGEST_FORERUNNER: Final = 4_096
_MOST_HEADER_BYTES: Final = 1 << 20  # of a tar; those of 200 files come to a third
_MOST_LAYERS: Final = 3  # a tar in a gzip in a ZIP
_MOST_MEMBERS: Final = 200  # publishers pack a handful
# Terms, notes and checksums that publishers lay beside their lists.
_NOTE: Final = re.compile(
    r"licen[cs]e|copyright|copying|read[-_ ]?me|notice|terms|eula|change[-_ ]?log|^\."
    r"|\.(pdf|md|html?|sha\d*|md5|asc|sig)$",
    re.IGNORECASE,
)
_WEB_PAGE: Final = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE
)


class Part(NamedTuple):
    """A file inside a packed file. `place` is its path there; empty for a file as it is."""

    place: str
    content: bytes


def unpacked(name: str, content: bytes, largest_bytes: int) -> list[Part]:
    """Return what is packed in a content, notes left out; the content itself if it is not packed.

    Raises:
        UserError: It is damaged, locked, empty or would be too large.
    """
    parts = [Part("", content)]
    for _ in range(_MOST_LAYERS):
        further: list[Part] = []
        room = largest_bytes
        for part in parts:
            for inner in _opened(name, part.content, room):
                further.append(
                    Part("/".join(filter(None, (part.place, inner.place))), inner.content)
                )
                room -= len(inner.content)
        if len(further) == len(parts) and all(
            new.content is old.content for new, old in zip(further, parts, strict=True)
        ):
            break
        if room < 0:
            raise _too_large(name, largest_bytes)
        parts = further
    return parts


def _opened(name: str, content: bytes, room: int) -> list[Part]:
    """Return what is inside; more than there is room for is cut off just behind it."""
    try:
        if content.startswith(_GZIP):
            with gzip.open(BytesIO(content)) as stream:
                return [Part("", stream.read(max(room, 0) + 1))]
        if content[_TAR_MARK[0] : _TAR_MARK[0] + len(_TAR_MARK[1])] == _TAR_MARK[1]:
            return _lists_of(name, _tar_members(content), room)
        if content.startswith(b"PK") and is_zipfile(BytesIO(content)):
            return _lists_of(name, _zip_members(content), room)
    except UserError:
        raise
    except Exception as error:  # a forged directory lets the unpackers raise nearly anything
        raise unusable(name, "The packed file is damaged or locked.") from error
    return [Part("", content)]


class _Member(tarfile.TarInfo):
    """A member of a tar, what runs before its own header not longer than that ever is."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Read a header.

        Raises:
            ValueError: It begins something without end.
        """
        found = super().frombuf(buf, encoding, errors)
        if found.type in _FORERUNNERS and not 0 <= found.size <= _LONGEST_FORERUNNER:
            raise ValueError("The header has a size that none has.")
        return found


def _tar_members(content: bytes) -> Iterator[tuple[str, IO[bytes]]]:
    headers = 0
    with tarfile.open(fileobj=BytesIO(content), tarinfo=_Member) as archive:
        for member in archive:
            # A forged size leads back to an earlier member, and round and round.
            headers += member.offset_data - member.offset
            if headers > _MOST_HEADER_BYTES:
                raise ValueError("The members are without end.")
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield member.name, stream


def _zip_members(content: bytes) -> Iterator[tuple[str, IO[bytes]]]:
    with ZipFile(BytesIO(content)) as archive:
        for member in archive.infolist():
            if not member.is_dir():
                yield member.filename, archive.open(member)


def _lists_of(name: str, members: Iterator[tuple[str, IO[bytes]]], room: int) -> list[Part]:
    parts: list[Part] = []
    for path, stream in members:
        if _NOTE.search(PurePosixPath(path).name):
            continue
        if len(parts) == _MOST_MEMBERS:
            raise unusable(name, f"The packed file holds more than {_MOST_MEMBERS} files.")
        with stream:
            parts.append(Part(path, stream.read(max(room, 0) + 1)))
        room -= len(parts[-1].content)
    if not parts:
        raise unusable(name, "The packed file holds no list, at most notes and terms.")
    return parts


def is_web_page(text: str) -> bool:
    """Say whether a text is what a server shows instead of the list that was asked for."""
    return _WEB_PAGE.match(text[:1_000]) is not None


def unusable(name: str, message: str) -> UserError:
    """Return the error about a file that is no list."""
    return UserError(message, remedy=_REMEDY, location=SourceLocation(name))


def _too_large(name: str, largest_bytes: int) -> UserError:
    return UserError(
        f"The packed list is larger than {largest_bytes:,} bytes.",
        remedy=raising("Split it", "WORKBENCH_LARGEST_FILE_BYTES", largest_bytes),
        location=SourceLocation(name),
    )
