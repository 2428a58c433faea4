"""ZIP packages: report members are read in memory, nothing is ever unpacked to disk.

A package can lie about everything: sizes, names, how many members it has. So what really comes out
is what is limited, for all members together, and a member that cannot be trusted is refused by name
while the others are read.
"""

import io
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from workbench.errors import RecordRejectedError, SourceLocation
from workbench.intake.contents import HEAD_BYTES, Found, media_kind, sorted_out, too_large
from workbench.intake.odd_characters import shown_path
from workbench.intake.package_spans import bytes_beside_members
from workbench.intake.refusals import too_large_inside
from workbench.model.limits import Limits, raising
from workbench.model.record import SetAside, SourceFile

# Members that are too large are unpacked as far as the limit before that is known. What is spent on
# them is so many times the limit: raising that setting raises this, so it is none of its own.
_UNPACKED_AND_REFUSED: Final = 4
_MOST_PARTS: Final = 10_000  # of a workbook, which has some dozens
_WORKBOOK: Final = "xl/workbook.xml"
_MEMBER_MARK: Final = b"PK\x01\x02"
PACKED: Final = (b"PK\x03\x04", b"PK\x05\x06")
_PACKED_NOTHING: Final = 2  # bytes that nothing takes when it is packed
_FETCH_AGAIN: Final = "Fetch the package again and import it."


def is_package(content: bytes, limits: Limits) -> bool:
    """A ZIP that is not a workbook: XLSX is a ZIP too, and a report table in its own right."""
    if not content.startswith(PACKED):
        return False
    if content.count(_MEMBER_MARK) > max(limits.package_members, _MOST_PARTS):
        return True
    if _WORKBOOK.encode() not in content:  # names stand as they are, whatever is packed
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _WORKBOOK not in package.namelist()
    except Exception:  # noqa: BLE001 - a forged directory lets zipfile raise nearly anything
        return True


@dataclass(slots=True)
class _Allowance:
    """How much more may be unpacked of a package and of all packages in it."""

    largest_bytes: int
    limits: Limits
    bytes_left: int = field(init=False)  # that may still be held
    work_left: int = field(init=False)  # that may still be unpacked

    def __post_init__(self) -> None:
        self.bytes_left = self.largest_bytes
        self.work_left = _UNPACKED_AND_REFUSED * self.largest_bytes

    @property
    def is_used_up(self) -> bool:
        return self.bytes_left <= 0 or self.work_left <= 0


def open_package(
    name: str, folder: str, content: bytes, largest_bytes: int, limits: Limits
) -> Iterator[Found]:
    """Yield the readable members, and why the others are not read.

    Args:
        name: The package's name, which the members' names begin with.
        folder: Where it stands.
        content: Its bytes.
        largest_bytes: What all members together may unpack to.
        limits: How many members it may have, and how many packages may stand in each other.
    """
    yield from _opened(name, folder, content, _Allowance(largest_bytes, limits), 1)


def _opened(
    name: str, folder: str, content: bytes, allowance: _Allowance, level: int
) -> Iterator[Found]:
    most = allowance.limits.package_members
    # The list of members stands in memory before a single one is read.
    if content.count(_MEMBER_MARK) > most:
        yield _refusal(
            name,
            "too_large",
            f"The package has more than {most:,} members.",
            allowance.limits.remedy("package_members", "Split it into smaller packages"),
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
        yield from _not_listed(name, package, content)
        yield from _Members(name, folder, package, allowance, level).read()


def _not_listed(name: str, package: zipfile.ZipFile, content: bytes) -> Iterator[Found]:
    """Refuse what no member accounts for; the members are read all the same."""
    if count := bytes_beside_members(package, content):
        yield _refusal(
            name,
            "bytes_beside_members",
            f"The package holds {count:,} bytes that belong to none of its files; its files were "
            "read, these bytes were not.",
            "Perhaps two packages were copied into one. Ask the sender for each by itself.",
        )
    elif all(map(_is_folder, package.infolist())):
        yield _refusal(
            name,
            "empty_package",
            "The package holds no files.",
            "Ask the sender for the package again.",
        )


def _is_folder(member: zipfile.ZipInfo) -> bool:
    """Say whether a member is only a folder: one called like a folder may hold a file."""
    is_empty = not member.file_size and member.compress_size <= _PACKED_NOTHING
    return member.is_dir() and is_empty


def _refusal(name: str, code: str, sentence: str, remedy: str) -> RecordRejectedError:
    return RecordRejectedError(sentence, code=code, remedy=remedy, location=SourceLocation(name))


class _Members:
    """The members of one package. `level`: how many packages it stands in, itself counted."""

    def __init__(
        self, name: str, folder: str, package: zipfile.ZipFile, allowance: _Allowance, level: int
    ) -> None:
        self._name = name
        self._folder = folder
        self._package = package
        self._allowance = allowance
        self._level = level
        self._times: dict[str, int] = {}  # how often a name came

    def read(self) -> Iterator[Found]:
        members = sorted(self._package.infolist(), key=lambda item: item.filename)
        for place, member in enumerate(members):
            if self._allowance.is_used_up:
                yield self._used_up(len(members) - place)
                return
            if not _is_folder(member):
                yield from self._open(member)

    def _used_up(self, count: int) -> RecordRejectedError:
        return _refusal(
            self._name,
            "too_large",
            f"The package unpacks to more than {self._allowance.largest_bytes // 1_000_000} MB; "
            f"its last {count} members were not read.",
            raising("Split it", "WORKBENCH_LARGEST_FILE_BYTES", self._allowance.largest_bytes),
        )

    def _open(self, member: zipfile.ZipInfo) -> Iterator[Found]:
        name = self._name_of(member)
        found = self._unpacked(name, member)
        if not isinstance(found, SourceFile):
            yield found
        elif not is_package(found.content, self._allowance.limits):
            self._allowance.bytes_left -= len(found.content)
            yield sorted_out(found)
        elif self._level < self._allowance.limits.package_levels:
            self._allowance.bytes_left -= len(found.content)
            yield from _opened(name, found.folder, found.content, self._allowance, self._level + 1)
        else:
            yield _refusal(
                name,
                "nested_package",
                "A package inside a package is not opened.",
                self._allowance.limits.remedy(
                    "package_levels", "Take the inner package out and import it by itself"
                ),
            )

    def _unpacked(self, name: str, member: zipfile.ZipInfo) -> Found:
        refusal = _refuse_unread(name, member)
        if refusal is not None:
            return refusal
        allowance = self._allowance
        try:
            with self._package.open(member) as stream:
                head = stream.read(HEAD_BYTES)
                kind = media_kind(head)
                if kind is not None:
                    return SetAside(name, kind, member.file_size, "not a report; never unpacked")
                # The stated size can lie, so the bytes that really come are what is limited.
                content = head + stream.read(max(allowance.bytes_left - len(head), 0) + 1)
        except Exception as error:  # noqa: BLE001 - zipfile and its packers raise nearly anything
            return self._not_unpacked(name, member, error)
        allowance.work_left -= len(content)
        if len(content) > allowance.bytes_left:
            return too_large(SourceLocation(name), allowance.largest_bytes)
        inner = member.filename.rpartition("/")[0]
        return SourceFile(name, content, f"{self._folder}/{self._name}!/{inner}")

    def _not_unpacked(
        self, name: str, member: zipfile.ZipInfo, error: Exception
    ) -> RecordRejectedError:
        if isinstance(error, MemoryError):  # a reader's memory ends before a forged member does
            most = self._allowance.largest_bytes
            if member.file_size > most:
                return too_large(SourceLocation(name), most)
            return too_large_inside(name, self._allowance.limits)
        return _refusal(
            name,
            "not_well_formed",
            f"The package member cannot be unpacked ({type(error).__name__}).",
            _FETCH_AGAIN,
        )

    def _name_of(self, member: zipfile.ZipInfo) -> str:
        """Return the member's full name; one that stands twice gets a number, as it gets a row."""
        name = f"{self._name}!/{shown_path(member.filename)}"
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
    if ".." not in name and ":" not in name and not name.startswith(("/", "\\")):
        return False  # as nearly every name; the paths below take thirty times as long
    windows = PureWindowsPath(name)
    is_rooted = PurePosixPath(name).is_absolute() or bool(windows.drive or windows.root)
    return is_rooted or ".." in windows.parts
