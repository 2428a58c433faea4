"""Words as they are compared: one case, no accents, one letter for æ/ä and ø/ö."""

import re
import unicodedata
from typing import Final

# Marks that sit inside a word without being a letter: combining accents, and the invisible ones.
_MARKS: Final = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_BREAK: Final = r"[-\u2010]\r?\n[ \t]*"
_INSIDE: Final = rf"[{_MARKS}]|['’ʼ](?=[^\W_])"

# A word: letters and digits, with apostrophes and marks between them.
WORD: Final = re.compile(rf"[^\W_]+(?:(?:{_INSIDE})[^\W_]*)*")
# The same, reading on where a hyphen at the end of a line parts a word.
WORD_OVER_LINES: Final = re.compile(rf"[^\W_]+(?:(?:{_INSIDE}|{_BREAK}(?=[^\W\d_]))[^\W_]*)*")
_LINE_HYPHEN: Final = re.compile(rf"(?<=[^\W_]){_BREAK}(?=[^\W\d_])")

_DIGRAPHS: Final = str.maketrans({"å": "aa", "ø": "oe", "æ": "ae"})
_ONE_LETTER: Final = {"ä": "æ", "ö": "ø", "å": "å"}


class _Letters(dict[int, str]):
    """Letter -> letter without its accent, and nothing for what is no letter; learnt as met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = _ONE_LETTER.get(letter) or "".join(
            part for part in unicodedata.normalize("NFD", letter) if part.isalnum()
        )
        return self[code]


_LETTERS: Final = _Letters()
_REPEATED: Final = re.compile(r"(.)\1{2,}")
_DIGITS_AS_LETTERS: Final = (
    str.maketrans("0134578", "oieastb"),
    str.maketrans("0134578", "oleastb"),
)


def fold_word(written: str) -> str:
    """Fold one word. `å`, `ø` and `æ` are letters of their own; every other accent goes."""
    lowered = written.casefold()
    if lowered.isascii() and lowered.isalnum():
        return lowered
    return unicodedata.normalize("NFKC", lowered).casefold().translate(_LETTERS)


def with_digraphs(folded: str) -> str:
    """Return a folded word as written on a keyboard without æ, ø and å."""
    return folded.translate(_DIGRAPHS)


def readings_of(folded: str) -> tuple[str, ...]:
    """Return what a folded word may stand for: itself, drawn-out letters and digits undone."""
    found = [folded]
    if _REPEATED.search(folded):
        found += [_REPEATED.sub(r"\1\1", folded), _REPEATED.sub(r"\1", folded)]
    if not folded.isalpha() and not folded.isdigit():
        found += [word.translate(table) for word in found for table in _DIGITS_AS_LETTERS]
    return tuple(dict.fromkeys(found))


def without_line_hyphens(text: str) -> str | None:
    """Return a text whose words go on where a line end parts them; None when none is parted."""
    # Looking for the signs first is a hundred times quicker, and most texts have none.
    if "-\n" not in text and "-\r" not in text and "\u2010" not in text:
        return None
    joined = _LINE_HYPHEN.sub("", text)
    return None if joined == text else joined
