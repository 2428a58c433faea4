"""Characters that no report needs: shown escaped in names, replaced or counted in values.

A control character can break a screen, a terminal or a workbook, and half a surrogate pair cannot
be stored at all: both become U+FFFD. A character that turns the direction of writing can make
`gpj.exe` read `exe.jpg`; it is part of what was written and stays. Each is counted with its field
among what the import lists, so that somebody looks.
"""

import hashlib
import re
from os.path import splitext
from typing import Final

from workbench.model.record import SourceFile, SourceRecord, UnreadFields

_UNSTORABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_TURNING: Final = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\ud800-\udfff"
    "\u200b-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff]"
)
_OF_MEMBER: Final = "!/"
_LIKE_ESCAPE: Final = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[nrt])")
_REPLACEMENT: Final = "\ufffd"
_LONGEST_NAME: Final = 500
_PATH_BEGINS, _MARK, _PATH_ENDS = 340, 12, 140  # of a path that is longer
# How such characters can stand in a file: as they are in UTF-8, or written as an escape.
_CONTROLS: Final = bytes(set(range(0x20)) - {9, 10, 13}) + b"\x7f"
_SIGNS: Final = (b"\xe2\x80", b"\xe2\x81", b"\xd8\x9c", b"\xc2", b"\xef\xbb")
_COPIED_AT_ONCE: Final = 1_000_000  # bytes
_PACKED: Final = (b"PK\x03\x04", b"%PDF-")


def shown(name: str) -> str:
    """Return a name as one line of printable characters, everything else as an escape."""
    if len(name) > _LONGEST_NAME:
        name = name[:_LONGEST_NAME] + "…"
    if name.isprintable():
        return name
    return "".join(map(_escaped, name))


def shown_path(path: str) -> str:
    """Return a path as `shown` does; no two become the same name, and none that of a member.

    One that is too long, or reads as if it had been escaped, gets a mark of its own. `!/` is what
    stands between a package and its member, so in a path its first letter is escaped.
    """
    if (
        len(path) <= _LONGEST_NAME
        and path.isprintable()
        and "\\" not in path
        and _OF_MEMBER not in path
    ):
        return path
    whole = "".join(map(_escaped, path)).replace(_OF_MEMBER, "\\x21/")
    mark = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK]
    if len(whole) <= _LONGEST_NAME - _MARK - 1:
        stem, suffix = splitext(whole)  # noqa: PTH122 - kept as it is written
        return f"{stem}…{mark}{suffix}" if _LIKE_ESCAPE.search(path) else whole
    return f"{whole[:_PATH_BEGINS]}…{mark}…{whole[-_PATH_ENDS:]}"


def _escaped(letter: str) -> str:
    return letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")


def turns_direction(text: str) -> bool:
    """Say whether a text holds a mark that turns the direction of writing."""
    return _TURNING.search(text) is not None


def might_be_odd(file: SourceFile) -> bool:
    """Say whether a look at every value is needed; cheap, and no for nearly every file."""
    content = file.content
    if content.startswith(_PACKED):
        return True
    if _holds_control(content):
        return True
    # One byte is found ten times as fast as two, and most files hold neither of these.
    if (b"\\" in content and b"\\u" in content) or (b"&" in content and b"&#" in content):
        return True
    return not content.isascii() and any(sign in content for sign in _SIGNS)


def _holds_control(content: bytes) -> bool:
    if len(content) <= _COPIED_AT_ONCE:
        return len(content.translate(None, _CONTROLS)) != len(content)
    starts = range(0, len(content), _COPIED_AT_ONCE)
    return any(_holds_control(content[start : start + _COPIED_AT_ONCE]) for start in starts)


def clean(record: SourceRecord, unread: UnreadFields) -> None:
    """Replace what cannot be stored and count what is odd, by table and column."""
    for table, rows in record.rows.items():
        for row in rows:
            for column, value in row.items():
                if column == "_path":
                    row[column] = shown(value)
                elif isinstance(value, str):
                    row[column] = _cleaned(value, record, f"{table}.{column}", unread)
                elif isinstance(value, list):
                    row[column] = [
                        _cleaned(item, record, f"{table}.{column}", unread)
                        if isinstance(item, str)
                        else item
                        for item in value
                    ]
                elif isinstance(value, dict):
                    row[column] = {shown(key): said for key, said in value.items()}
    if record.report_number is not None:
        # An identifier, so what cannot be seen in it must not make another one of it.
        record.report_number = _UNSEEN.sub("", record.report_number)


def _cleaned(text: str, record: SourceRecord, field: str, unread: UnreadFields) -> str:
    if text.isprintable():
        return text
    if turns_direction(text):
        unread.add(record.source_format, f"{field} (direction of writing turned)")
    text, count = _UNSTORABLE.subn(_REPLACEMENT, text)
    if count:
        unread.add(record.source_format, f"{field} (control characters replaced)")
    return text
