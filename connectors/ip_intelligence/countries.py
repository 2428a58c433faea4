"""How lists write countries -> the two-letter code, where it is one."""

from functools import cache, lru_cache
from typing import Final

from babel import Locale

# Placeholders for "no country": unions, satellites, anonymisers, unassigned.
_NO_COUNTRY: Final = frozenset(
    {"A1", "A2", "AP", "EU", "O1", "QO", "UN", "XA", "XB", "XX", "ZZ", "T1", "--"}
)
_BLANK: Final = frozenset({"", "-", "n/a", "none", "null", "unknown", "?"})
_ALSO_WRITTEN: Final = {"UK": "GB"}
_CODE_LENGTH: Final = 2


@cache
def _codes() -> dict[str, str]:
    return {
        name.lower(): code
        for language in ("nb", "en")
        for code, name in Locale(language).territories.items()
        if len(code) == _CODE_LENGTH and code not in _NO_COUNTRY
    }


@lru_cache(maxsize=4_096)  # a list may hold any number of texts where a country belongs
def country_code(written: str | None) -> str | None:
    """Return the code in capitals, or the text itself where it is no country we know; else None."""
    text = (written or "").strip()
    if text.lower() in _BLANK or text.upper() in _NO_COUNTRY:
        return None
    if len(text) == _CODE_LENGTH:  # two letters that are no country say nothing
        code = _ALSO_WRITTEN.get(text.upper(), text.upper())
        return code if is_country_code(code) else None
    return _codes().get(text.lower(), text[:80])


def is_country_name(text: str) -> bool:
    """Say whether the text is the English or Norwegian name of a country."""
    return text.strip().lower() in _codes()


def is_country_code(text: str) -> bool:
    """Say whether the text is the two-letter code of a country, in capitals."""
    return text in _codes().values()
