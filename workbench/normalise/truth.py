"""Three-valued booleans: XML's 1 and 0, JSON's true and false, and the words forms use."""

from typing import Final

_WORDS: Final = {
    "true": True, "1": True, "yes": True, "y": True, "ja": True,
    "false": False, "0": False, "no": False, "n": False, "nei": False,
}  # fmt: skip


def normalise_truth(value: object) -> bool | None:
    """Return the boolean a value means; None when it means neither, which is not the same as no."""
    if isinstance(value, bool):
        return value
    return _WORDS.get(value.strip().lower()) if isinstance(value, str) else None
