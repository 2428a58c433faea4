"""Provider names as sources write them: legal forms, case and punctuation folded away."""

import re
import unicodedata
from typing import Final

_LEGAL_FORMS: Final = frozenset(
    [
        "inc",
        "incorporated",
        "llc",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "co",
        "company",
        "plc",
        "as",
        "asa",
        "ab",
        "aps",
        "gmbh",
        "bv",
        "sarl",
        "pte",
        "pty",
        "international",
        "ireland",
        "operations",
    ]
)
_NOT_A_WORD: Final = re.compile(r"[^0-9a-z]+")


def fold_provider_name(text: str) -> str:
    """Return the words that tell providers apart, joined by one blank; empty when none are left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = _NOT_A_WORD.sub(" ", plain.removesuffix(".com").replace(".com ", " ")).split()
    telling = [word for word in words if word not in _LEGAL_FORMS]
    return " ".join(telling or words)
