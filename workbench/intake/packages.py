"""ZIP packages: report members are read in memory, nothing is ever unpacked to disk.

A package can lie about everything: sizes, names, how many members it has. So what really comes out
is what is limited, for all members together, and a member that cannot be trusted is refused by name
while the others are read.
"""

import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from workbench.errors import RecordRejectedError, SourceLocation
from workbench.intake.contents import HEAD_BYTES, Found, media_kind, sorted_out, too_large
from workbench.intake.odd_characters import shown
from workbench.model.record import SetAside, SourceFile

# The list of members stands in memory before a single one is read.
MOST_MEMBERS: Final = 100_000
# Members that are too large are unpacked as far as the limit before that is known.
_UNPACKED_AND_REFUSED: Final = 4
_MEMBER_MARK: Final = b"PK\x01\x02"
_BEGINNINGS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_FETCH_AGAIN: Final = "Fetch the package again and import it."


def is_package(content: bytes) -> bool:
    """A ZIP that is not a workbook: XLSX is a ZIP too, and a report table in its own right."""
    if not content.startswith(_BEGINNINGS):
        return False
    if content.count(_MEMBER_MARK) > MOST_MEMBERS:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "xl/workbook.xml" not in package.namelist()
    except Exception:  # noqa: BLE001 - a forged directory lets zipfile raise nearly anything
        return True


def open_package(name: str, folder: str, content: bytes, largest_bytes: int) -> Iterator[Found]:
    """Yield the readable members, and why the others are not read.

    Args:
        name: The package's name, which the members' names begin with.
        folder: Where it stands.
        content: Its bytes.
        largest_bytes: What all members together may unpack to.
    """
    if content.count(_MEMBER_MARK) > MOST_MEMBERS:
        yield _refusal(
            name,
            "too_large",
            f"The package has more than {MOST_MEMBERS:,} members.",
            "Split it into smaller packages.",
        )
        return
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except Exception:  # noqa: BLE001 - as above
        yield _refusal(
            name, "not_well_formed", "The ZIP package is damaged or cut short.", _FETCH_AGAIN
        )
        return
    with package:
        yield from _Members(name, folder, package, largest_bytes).read()


def _refusal(name: str, code: str, sentence: str, remedy: str) -> RecordRejectedError:
    return RecordRejectedError(sentence, code=code, remedy=remedy, location=SourceLocation(name))


class _Members:
    """The members of one package, and how much more of them may be unpacked."""

    def __init__(
        self, name: str, folder: str, package: zipfile.ZipFile, largest_bytes: int
    ) -> None:
        self._name = name
        self._folder = folder
        self._package = package
        self._largest_bytes = largest_bytes
        self._left = largest_bytes  # that may still be held
        self._work_left = _UNPACKED_AND_REFUSED * largest_bytes  # that may still be unpacked
        self._times: dict[str, int] = {}  # how often a name came

    def read(self) -> Iterator[Found]:
        members = sorted(self._package.infolist(), key=lambda item: item.filename)
        for place, member in enumerate(members):
            if self._left <= 0 or self._work_left <= 0:
                yield self._used_up(len(members) - place)
                return
            if not member.is_dir():
                yield self._open(member)

    def _used_up(self, count: int) -> RecordRejectedError:
        return _refusal(
            self._name,
            "too_large",
            f"The package unpacks to more than {self._largest_bytes // 1_000_000} MB; "
            f"its last {count} members were not read.",
            "Split it, or raise WORKBENCH_LARGEST_FILE_BYTES.",
        )

    def _open(self, member: zipfile.ZipInfo) -> Found:
        name = self._name_of(member)
        refusal = _refuse_unread(name, member)
        if refusal is not None:
            return refusal
        try:
            with self._package.open(member) as stream:
                head = stream.read(HEAD_BYTES)
                kind = media_kind(head)
                if kind is not None:
                    return SetAside(name, kind, member.file_size, "not a report; never unpacked")
                # The stated size can lie, so the bytes that really come are what is limited.
                content = head + stream.read(max(self._left - len(head), 0) + 1)
        except Exception as error:  # noqa: BLE001 - zipfile and its packers raise nearly anything
            return self._not_unpacked(name, error)
        self._work_left -= len(content)
        if len(content) > self._left:
            return too_large(SourceLocation(name), self._largest_bytes)
        if is_package(content):
            return _refusal(
                name,
                "nested_package",
                "A package inside a package is not opened.",
                "Take the inner package out and import it by itself.",
            )
        self._left -= len(content)
        inner = member.filename.rpartition("/")[0]
        return sorted_out(SourceFile(name, content, f"{self._folder}/{self._name}!/{inner}"))

    def _not_unpacked(self, name: str, error: Exception) -> RecordRejectedError:
        if isinstance(error, MemoryError):  # a reader's memory ends before a forged member does
            return too_large(SourceLocation(name), self._largest_bytes)
        return _refusal(
            name,
            "not_well_formed",
            f"The package member cannot be unpacked ({type(error).__name__}).",
            _FETCH_AGAIN,
        )

    def _name_of(self, member: zipfile.ZipInfo) -> str:
        """Return the member's full name; one that stands twice gets a number, as it gets a row."""
        name = f"{self._name}!/{shown(member.filename)}"
        while name in self._times:
            self._times[name] += 1
            name = f"{name} ({self._times[name]})"
        self._times[name] = 1
        return name


def _refuse_unread(name: str, member: zipfile.ZipInfo) -> RecordRejectedError | None:
    if member.flag_bits & 1:
        return _refusal(
            name,
            "encrypted",
            "The package member is encrypted.",
            "Unlock the package and import it again.",
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        return _refusal(
            name,
            "link",
            "The package member is a link to another file.",
            "Ask the sender for the file itself.",
        )
    if _leads_outside(member.filename):
        return _refusal(
            name,
            "unsafe_name",
            "The member's name leads out of the package, which only a forged package does.",
            "Do not unpack it elsewhere. Ask the sender for the file by itself.",
        )
    return None


def _leads_outside(name: str) -> bool:
    windows = PureWindowsPath(name)
    is_rooted = PurePosixPath(name).is_absolute() or bool(windows.drive or windows.root)
    return is_rooted or ".." in windows.parts
