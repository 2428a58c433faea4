"""Media in the guise of text: data URIs, base64 bodies, raw bytes. No text field may carry them.

A data URI says what it is. A long bare run of base64 does not, and passwords, tokens, links and
perceptual hashes are such runs too (a PhotoDNA hash has 192 characters, a token a few hundred). So
a run goes when it begins as a picture, film or package begins, or from `LONGEST_RUN` characters
on: nothing that names a person, an account or a file is that long, and hardly a picture is shorter.
"""

import re
from typing import Final

from connectors.limits import shortened
from connectors.media_in_pieces import SHORTEST_TEXT, without_pieces

SHORTEST_MEDIA: Final = 64  # characters; a shorter text holds no picture
LONGEST_RUN: Final = 1024
_SHORTEST_LINE: Final = 32  # of a wrapped body
_URI: Final = "[data URI left out]"
_BODY: Final = "[base64 left out]"
_BYTES: Final = "[bytes left out]"

_LETTER: Final = r"[A-Za-z0-9+/_-]"
# Lines of a wrapped body, by real line ends or written ones, and the shorter last line.
_BREAK: Final = r"(?:[ \t\r\n]|\\[rnt]|%0[AaDd]|&#1[03];){1,8}+"
_RUN: Final = rf"(?:{_LETTER}|%2[BbFf]|%3[Dd]|\\/)"
_LINE: Final = rf"{_RUN}{{{_SHORTEST_LINE},}}+"
_LAST_LINE: Final = rf"{_BREAK}{_RUN}++(?![^\s=\"'<>])"
_WRAPPED: Final = rf"{_LINE}(?:(?:{_BREAK}{_LINE})++(?:{_LAST_LINE})?)?+={{0,2}}"
# The head as it should be, or with blanks where nobody puts them. All its parts are bounded, or a
# text full of "data:" would be searched to its end from each of them.
_TYPE: Final = r"[\w.+-]{1,80}/[\w.+-]{1,80}"
_DATA_URI: Final = re.compile(
    rf"data(?::(?:{_TYPE}(?:;[^\s,;]{{0,80}}){{0,8}})?,"
    rf"|\s{{0,3}}:\s{{0,3}}(?:{_TYPE})?\s{{0,3}}(?:;[^,;]{{0,80}}){{0,8}};\s{{0,3}}base64\s{{0,3}},)\s{{0,3}}"
    rf"(?:{_WRAPPED}|[^\s\"'<>]*+)",
    re.IGNORECASE,
)
_SUSPECT: Final = re.compile(rf"[A-Za-z0-9+/_%\\-]{{{_SHORTEST_LINE}}}")
_BARE: Final = re.compile(_WRAPPED)
# A list of hashes by lines: its values are evidence, and no picture is known by such lines alone.
_HASHES: Final = re.compile(
    r"\s*(?:(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\s+|$)){2,}",
    re.IGNORECASE,
)
_MAGIC: Final = re.compile(
    r"/9j/|iVBORw0KGgo|R0lGOD|UklGR|AAAA[A-Za-z0-9+/][GWm2]Z0eX[AB]|GkXfo|T2dnUw|SUQz|SUkqA|TU0AK"
    r"|AAABu|AAABs|RkxW|UEsDB|JVBER|H4sI|ffd8ff|FFD8FF|89504e47|89504E47|[0-9a-f]{8}66747970"
)
# The same as one-byte letters, Latin-1 or Windows-1252, which is how bytes become text.
_RAW_MAGIC: Final = re.compile(
    r"ÿØÿ|[\x89‰]PNG\r?\n|GIF8[79]a|RIFF.{4}(?:WEBP|AVI |WAVE)|.{4}ftyp|\x1aEß£|OggS\x00",
    re.DOTALL,
)
_NOT_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufffd]")
_MOST_NOT_TEXT: Final = 0.05  # part of a text's characters that may be none


def without_media(text: str) -> tuple[str, str]:
    """Return a text without media, and what was cut: `data URI`, `base64`, `bytes` or nothing."""
    if len(text) < SHORTEST_MEDIA:
        return text, ""
    if not text.isprintable() and _is_raw(text):
        return _BYTES, "bytes"
    cut = ""
    if "data" in text.lower():
        text, count = _DATA_URI.subn(_URI, text)
        cut = "data URI" if count else ""
    if len(text) >= SHORTEST_TEXT:
        text, pieces = without_pieces(text, _MAGIC, _BODY, _BYTES)
        cut = cut or pieces
    words = text.split()
    # Few texts have a word so long; to ask for the longest is quicker than to ask each.
    is_long = bool(words) and max(map(len, words)) >= _SHORTEST_LINE
    if is_long and any(len(word) >= _SHORTEST_LINE and _SUSPECT.search(word) for word in words):
        shorter = _BARE.sub(_without_run, text)
        if shorter != text:
            return shorter, cut or "base64"
    return text, cut


def plain_name(name: str) -> str:
    """Return a name from a source without media and short enough to stand in many rows."""
    return name if len(name) < SHORTEST_MEDIA else shortened(without_media(name)[0])


def _without_run(found: re.Match[str]) -> str:
    run = found[0]
    if len(run) >= SHORTEST_MEDIA and _MAGIC.match(run) is not None:
        return _BODY
    return _BODY if len(run) >= LONGEST_RUN and not _HASHES.fullmatch(run) else run


def _is_raw(text: str) -> bool:
    if _RAW_MAGIC.match(text):
        return True
    odd = sum(1 for _ in _NOT_TEXT.finditer(text))
    return odd > len(text) * _MOST_NOT_TEXT
