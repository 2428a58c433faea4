"""File hashes, for matching by algorithm without regard to case."""

import re
from typing import Final

_HEXADECIMAL: Final = re.compile(r"[0-9a-f]{16,128}")


def normalise_hash(text: str) -> str | None:
    """Return a hexadecimal digest in lower case, other encodings as they stand; None when empty."""
    stripped = text.strip()
    lowered = stripped.lower()
    return lowered if _HEXADECIMAL.fullmatch(lowered) else stripped or None
