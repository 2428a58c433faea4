"""Values that are there and say nothing. They stay apart from absent ones and from each other."""

from typing import Final

# The literal text occurs in police JSON beside null and the empty list (FORMATS 2).
_NOT_APPLICABLE: Final = frozenset({"n/a", "not applicable"})
BLANK_WORDS: Final = _NOT_APPLICABLE | {""}  # texts that say nothing, stripped and in lower case


def blank_kind(value: object) -> str | None:
    """Return `null`, `empty` or `n/a` for a value that says nothing, and None for one that does."""
    if value is None:
        return "null"
    if isinstance(value, str):
        text = value.strip()
        if not text:
            return "empty"
        return "n/a" if text.lower() in _NOT_APPLICABLE else None
    if isinstance(value, list):
        return None if value else "empty"
    return None
