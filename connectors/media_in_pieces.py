"""Media whose letters stand apart: base64 in short pieces, bytes as pairs of hex digits.

Mail quotes a line with a mark, programs write `" + "` or a backslash and an x, a dump puts a blank
between bytes. Lists look alike: of hashes, numbers, accounts, or a language in percent signs. So
pieces go where they begin as media begins, or where there are very many that nothing else explains:
for base64 all of one length, in all letters; for bytes no text in any language.
"""

import re
from typing import Final

SHORTEST_TEXT: Final = 1_500  # characters; less holds no picture in pieces
_PIECE: Final = re.compile(r"[A-Za-z0-9+/_-]{16,}+")
_LINE_END: Final = re.compile(r"\\+[nrt]|%0[AaDd]")  # as it is written
_JOIN: Final = rf"(?:{_LINE_END.pattern}|<br ?/?>|&[#\w]{{1,6}};|[^A-Za-z0-9]){{1,12}}+"
_PIECES: Final = re.compile(
    rf"(?<![A-Za-z0-9+/_-]){_PIECE.pattern}(?:{_JOIN}{_PIECE.pattern}){{4,}}+"
    rf"(?:{_JOIN}[A-Za-z0-9+/_-]++={{0,2}}(?!\S))?+"
)
_PAIRS: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:\\+x|%|0[xX]|&#x)?[0-9A-Fa-f]{2}[\s:,;\"'-]{0,3}+){8,}+"
)
_PAIR: Final = re.compile(r"(?:\\+x|%|0[xX]|&#x)?([0-9A-Fa-f]{2})")
_LONG_WORD: Final = 16
_FEWEST_IN_LONG_WORDS: Final = 800  # letters; prose has some such words, but rarely so many
_FEWEST_PIECES: Final = 20
_FEWEST_LETTERS: Final = 2_000  # of pieces that do not begin as media begins
_FEWEST_FIRST_LETTERS: Final = 16  # with which they begin; accounts and names share the first ones
_FEWEST_PAIRS: Final = 400
_WINDOW: Final = 400  # characters; pairs so many fill one
_DIGITS: Final = b"0123456789abcdefABCDEF"
_MOSTLY_DIGITS: Final = 0.4  # of a window; of prose about a quarter are letters from a to f
_FEWEST_BYTES: Final = 1_000
_FEWEST_VALUES: Final = 150  # of bytes; a text or numbers have some dozens
_APART: Final = 2.9  # characters a pair takes when something stands between all of them
_BYTE_MAGIC: Final = re.compile(
    rb"\xff\xd8\xff|\x89PNG|GIF8[79]a|RIFF|.{4}ftyp|\x1aE\xdf\xa3|OggS|ID3|%PDF-|PK\x03\x04"
    rb"|II\*\x00|MM\x00\*|\x1f\x8b\x08|\x00\x00\x01[\xb3\xba]|FLV\x01",
    re.DOTALL,
)


def without_pieces(text: str, magic: re.Pattern[str], base64: str, raw: str) -> tuple[str, str]:
    """Return a long text without such media, and what was cut: `base64`, `bytes` or nothing.

    Args:
        text: Of at least `SHORTEST_TEXT` characters.
        magic: How media begins in base64.
        base64: What stands for pieces that were cut.
        raw: What stands for pairs that were cut.
    """
    shorter = text
    in_long_words = sum([size for size in map(len, text.split()) if size >= _LONG_WORD])
    if in_long_words >= _FEWEST_IN_LONG_WORDS:
        shorter = _PIECES.sub(lambda run: base64 if _is_media(run[0], magic) else run[0], text)
    if shorter != text:
        return shorter, "base64"
    if _may_hold_pairs(text):
        shorter = _PAIRS.sub(lambda run: raw if _are_bytes(run[0]) else run[0], text)
    return shorter, "bytes" if shorter != text else ""


def _may_hold_pairs(text: str) -> bool:
    """Say whether some part of a text is mostly hex digits; quicker than to look for pairs."""
    letters = text.encode("ascii", "replace")
    for start in range(0, len(letters), _WINDOW):
        window = letters[start : start + _WINDOW]
        if len(window.translate(None, _DIGITS)) <= (1 - _MOSTLY_DIGITS) * len(window):
            return True
    return False


def _is_media(run: str, magic: re.Pattern[str]) -> bool:
    if magic.match(run):
        return True
    pieces = _PIECE.findall(_LINE_END.sub(" ", run))
    letters = "".join(pieces)
    return (
        len(pieces) >= _FEWEST_PIECES
        and len(letters) >= _FEWEST_LETTERS
        and len(set(map(len, pieces[1:-1]))) == 1
        and len({piece[0] for piece in pieces}) >= _FEWEST_FIRST_LETTERS
        and all(any(map(kind, letters)) for kind in (str.isupper, str.islower, str.isdigit))
        and not run.partition("=")[2].strip("= \t\r\n\"'")  # each of several has an end of its own
    )


def _are_bytes(run: str) -> bool:
    pairs = _PAIR.findall(run)
    if len(pairs) < _FEWEST_PAIRS:
        return False
    content = bytes.fromhex("".join(pairs))
    is_apart = len(run) >= _APART * len(content)
    if _BYTE_MAGIC.match(content):
        return is_apart or len(content) >= _FEWEST_BYTES
    if not is_apart or len(content) < _FEWEST_BYTES or len(set(content)) < _FEWEST_VALUES:
        return False
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return error.start < len(content) - 4  # a letter cut short at the end
    return False
