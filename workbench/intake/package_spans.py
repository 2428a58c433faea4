"""What stands in a package beside its members: bytes that its directory knows nothing of.

Whoever opens a ZIP reads the last directory in it. Two packages copied into one file so look like
the second alone, and a report behind the end or in the comment is seen by nobody.
"""

import struct
import zipfile
from typing import Final

_LOCAL: Final = b"PK\x03\x04"
_END: Final = b"PK\x05\x06"
_END_BYTES: Final = 22
_LONGEST_COMMENT: Final = 0xFFFF
_LENGTHS: Final = struct.Struct("<26x2H")  # of the name and the extra field in a local header
_LOCAL_BYTES: Final = 30
_HAS_DESCRIPTOR: Final = 8  # a bit of the flags: sizes and checksum follow the content
_DESCRIPTORS: Final = frozenset({12, 16, 20, 24})  # bytes: with or without a mark, 4 or 8 a size
_SIGNED: Final = b"APK Sig Block 42"  # what some programs sign their packages with
_BLANK: Final = b"\x00 \t\r\n"  # what aligns members, or what a transport adds
_REPORT_LIKE: Final = (b"{", b"[", b"<", b"%PDF-")


def bytes_beside_members(package: zipfile.ZipFile, content: bytes) -> int:
    """Count the bytes that belong to no member and not to the directory.

    Args:
        package: The package, open.
        content: Its bytes.
    """
    count = end = 0
    has_descriptor = False
    for member in sorted(package.infolist(), key=lambda item: item.header_offset):
        start = member.header_offset
        after = _end_of(member, content)
        if after is None:
            return 0  # no member stands there, which unpacking it says
        count += _unknown(content, end, start, has_descriptor=has_descriptor)
        if after >= end:
            end, has_descriptor = after, bool(member.flag_bits & _HAS_DESCRIPTOR)
    count += _unknown(content, end, package.start_dir, has_descriptor=has_descriptor)
    return count + _behind_directory(package, content)


def _end_of(member: zipfile.ZipInfo, content: bytes) -> int | None:
    """Return where a member ends; None where its header is not where the directory says."""
    start = member.header_offset
    if start < 0 or not content.startswith(_LOCAL, start) or start + _LOCAL_BYTES > len(content):
        return None
    lengths: tuple[int, int] = _LENGTHS.unpack_from(content, start)
    return start + _LOCAL_BYTES + sum(lengths) + member.compress_size


def _unknown(content: bytes, start: int, end: int, *, has_descriptor: bool) -> int:
    """Return how many bytes of a gap say something that nobody reads."""
    if end <= start or (has_descriptor and end - start in _DESCRIPTORS):
        return 0
    gap = content[start:end]
    if gap.endswith(_SIGNED):
        return 0
    return end - start if gap.strip(_BLANK) else 0


def _behind_directory(package: zipfile.ZipFile, content: bytes) -> int:
    """Count what follows the end, and a comment that is a package or looks like a report."""
    place = content.rfind(_END, max(len(content) - _END_BYTES - _LONGEST_COMMENT, 0))
    comment = package.comment
    rest = content[place + _END_BYTES + len(comment) :]
    count = len(rest) if rest.strip(_BLANK) else 0
    is_more = _LOCAL in comment or comment.lstrip().startswith(_REPORT_LIKE)
    return count + len(comment) * is_more
