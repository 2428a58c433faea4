"""Plain lists: one address, prefix or range a line; Tor's exit lists among them."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from connectors.ip_intelligence.addresses import (
    Ends,
    NotARangeError,
    ends_of,
    key_of,
    mask_length,
    range_of,
)
from connectors.ip_intelligence.dates import date_in_comments, date_of
from connectors.ip_intelligence.range_columns import LONGEST_LINE, RangeColumns
from connectors.ip_intelligence.roles import is_header
from workbench.model.network_list import NetworkList

if TYPE_CHECKING:
    from datetime import date

_COMMENT: Final = ("#", ";", "//", "!", "--")
_INLINE_COMMENT: Final = re.compile(r"(?:[#;]|\s//).*")
_RANGE: Final = re.compile(
    r"(?P<first>[0-9A-Fa-f:.*/\[\]]+(?:%\w+)?)(?:\s*[-–]\s*(?P<last>[0-9A-Fa-f:.]+))?,?(?:\s+(?P<rest>.*))?"
)
# What firewalls and web servers write before a range, and the line in which a set is made.
_COMMAND: Final = re.compile(
    r"(?:(?P<set>add\s+\S+)|(?P<allow>allow(?:\s+from)?)|deny(?:\s+from)?|set_real_ip_from"
    r"|require\s+ip)\s+(?=[\d:a-f])",
    re.IGNORECASE,
)
_DENY: Final = re.compile(r"\s*deny(?:\s+from)?\s+(?!all\b)[\d:a-f]", re.IGNORECASE)
_SET_COMMENT: Final = re.compile(r"\scomment\s+(?:\"(?P<quoted>[^\"]*)\"|(?P<word>\S+))")
_EXCEPTION: Final = (  # reason and remedy
    "The range is an exception (nomatch, allow) from the others of the list, not one of them.",
    "Delete the line; where a wider range covers it, write that range without it.",
)
_SET: Final = re.compile(r"create\s+\S+\s+(?:hash|bitmap|list):")
_NAMED: Final = re.compile(r"(?P<owner>[^:]+):\s*(?P<range>\d+(?:\.\d+){3}\s*-\s*\d+(?:\.\d+){3})")
_TOR: Final = re.compile(r"^ExitAddress[ \t]+\S", re.MULTILINE)
_TOR_LINE: Final = re.compile(r"ExitAddress\s+(?P<address>\S+)(?:\s+(?P<seen>\S+))?")
_TOR_FRAME: Final = re.compile(r"@type\b|Downloaded\b|ExitNode\b|Published\b|LastStatus\b")
_LETTER: Final = re.compile(r"[^\W\d_]")
_HEAD_LINES: Final = 60  # lines in which a list speaks about itself


def is_comment(line: str) -> bool:
    """Say whether a line, already stripped, is blank or a comment."""
    return not line or line.startswith(_COMMENT)


def comments_of(lines: list[str]) -> list[str]:
    """Return the comments at the top of a list."""
    stripped = (line.strip() for line in lines[:_HEAD_LINES])
    return [line[:LONGEST_LINE] for line in stripped if line and is_comment(line)]


def read_plain_lines(name: str, text: str) -> NetworkList:
    """Read a list of one range a line.

    Raises:
        UserError: It holds none.
    """
    lines = text.splitlines()
    columns = RangeColumns()
    for number, line in _lines_with_ranges(lines, columns):
        try:
            ends, written, owner = _range_in(line)
        except NotARangeError as error:
            columns.reject(f"line {number}", str(error))
        else:
            columns.add(ends, written, owner=owner)
    return columns.finish(name, "lines", date_in_comments(comments_of(lines)))


def _lines_with_ranges(lines: list[str], columns: RangeColumns) -> Iterator[tuple[int, str]]:
    """Yield line number and range with what stands behind it; refuse exceptions from a list."""
    is_first = True
    denies = any(_DENY.match(line) for line in lines)
    for number, line in enumerate(lines, start=1):
        stripped = line.strip()
        if is_comment(stripped):
            continue
        several = _several_of(stripped)
        if not several and len(stripped) > LONGEST_LINE:
            columns.reject_too_long(f"line {number}")
            continue
        if _SET.match(stripped):
            continue
        entry = _entry(stripped, denies=denies)
        if entry is None:
            columns.reject(f"line {number}", *_EXCEPTION)
            continue
        if is_first and is_header([entry]):
            is_first = False
            continue
        is_first = False
        for written in several or (entry,):
            yield number, written


def _entry(line: str, *, denies: bool) -> str | None:
    """Return what a line's command speaks of; None where it takes a range out of the others."""
    command = _COMMAND.match(line)
    if command is None:
        return line
    entry = line[command.end() :].rstrip(";")
    if command["set"]:
        return _member(entry)
    return None if denies and command["allow"] else entry


def _member(entry: str) -> str | None:
    """Return a set's range and its comment; what else stands there counts or limits time."""
    said = _SET_COMMENT.search(entry)
    comment = (said["quoted"] or said["word"] or "") if said else ""
    words = _SET_COMMENT.sub("", entry).split()
    return None if "nomatch" in words else f"{words[0]} {comment}".rstrip()


def _several_of(line: str) -> list[str]:
    """Return the ranges of a line that holds several between commas and nothing else; else none."""
    if "," not in line:
        return []
    parts = [part.strip() for part in line.split(",") if part.strip()]
    if any(len(part) > LONGEST_LINE for part in parts):
        return []
    try:
        for part in parts:
            range_of(part)
    except NotARangeError:
        return []
    return parts


def _range_in(line: str) -> tuple[Ends, str, str | None]:
    """Return the ends, the range as written, and what stands behind it if that names somebody."""
    found = _RANGE.fullmatch(line)
    if found is None or key_of(found["first"].partition("/")[0]) is None:
        found = _RANGE.fullmatch(_INLINE_COMMENT.sub("", line).rstrip())
    if found is None:
        return _named_range(line)
    first, last, rest = found.groups()
    if last is not None:
        return ends_of(first, last), f"{first}-{last}", _owner(rest)
    if rest:
        word, _, further = rest.partition(" ")
        mask = mask_length(word)
        if mask is not None and word.startswith("255."):
            return range_of(f"{first}/{mask}"), f"{first} {word}", _owner(further)
        if "/" not in first and key_of(word) is not None:
            return ends_of(first, word), f"{first}-{word}", _owner(further)
    return range_of(first), first, _owner(rest)


def _named_range(line: str) -> tuple[Ends, str, str | None]:
    named = _NAMED.fullmatch(line)
    if named is None:
        raise NotARangeError("There is no address or range here.")
    return range_of(named["range"]), named["range"], _owner(named["owner"])


def _owner(rest: str | None) -> str | None:
    """Return trailing text that may be a name: not a comment, not a date or number."""
    text = _INLINE_COMMENT.sub("", rest or "").strip(" \t,|-")
    if text.startswith(_COMMENT) or not _LETTER.search(text) or date_of(text):
        return None
    return text


def is_tor_exit_list(text: str) -> bool:
    """Say whether the text is in the form Tor's own exit lists have."""
    return _TOR.search(text) is not None


def read_tor_exit_list(name: str, text: str) -> NetworkList:
    """Read `ExitAddress` lines; the newest time an exit was seen is the list's date.

    Raises:
        UserError: It holds none.
    """
    columns = RangeColumns()
    seen: list[date] = []
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if is_comment(stripped) or _TOR_FRAME.match(stripped):
            continue
        if len(stripped) > LONGEST_LINE:
            columns.reject_too_long(f"line {number}")
            continue
        found = _TOR_LINE.match(stripped)
        address = found["address"] if found else stripped
        day = date_of(found["seen"] or "") if found else None
        if day:
            seen.append(day)
        try:
            columns.add(range_of(address), address)
        except NotARangeError as error:
            columns.reject(f"line {number}", str(error))
    return columns.finish(name, "tor_exit_list", max(seen, default=None))
