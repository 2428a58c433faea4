"""What the first bytes of a file or package member say: media is known before it is read."""

from typing import Final

from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.limits import raising
from workbench.model.record import SetAside, SourceFile

HEAD_BYTES: Final = 4096
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

Found = SourceFile | SetAside | RecordRejectedError


def head_of(content: bytes) -> bytes:
    """Return what tells formats apart at the beginning of a file, in one-byte letters."""
    return content[:HEAD_BYTES].replace(b"\x00", b"")


def sorted_out(file: SourceFile) -> Found:
    """Return the file if a connector should see it, else what it is instead."""
    kind = media_kind(file.content[:HEAD_BYTES])
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


def media_kind(head: bytes) -> str | None:
    """Name the kind of a file that is certainly no report; None when it may be one."""
    if head.startswith(_ANY_MAGIC):
        return next(kind for magic, kind in _MAGIC if head.startswith(magic))
    if head[4:8] == b"ftyp":
        return "mp4 video"
    if head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00":
        return "bmp"
    return None


def too_large(location: SourceLocation, largest_bytes: int) -> RecordRejectedError:
    """Return the refusal of a file or member above the limit."""
    return RecordRejectedError(
        f"The file is larger than {largest_bytes // 1_000_000} MB.",
        code="too_large",
        remedy=raising("Split it", "WORKBENCH_LARGEST_FILE_BYTES", largest_bytes),
        location=location,
    )
