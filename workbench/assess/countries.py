"""How sources write countries: codes, English and Norwegian names -> the two-letter code."""

from functools import cache

from babel import Locale
from babel.core import get_global

# Two letters that are no country: NCMEC's own codes, unions and placeholders. Unknown, all of them.
_NOT_COUNTRIES = frozenset({"A1", "A2", "O1", "AP", "EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
_CODE_LENGTH = 2
# What stands where nobody knows a country.
_SAY_NOTHING = (
    "unknown", "not known", "undefined", "none", "null", "n/a", "ukjent", "private", "reserved",
    "anonymous proxy", "satellite provider", "other country", "europe", "asia/pacific region",
)  # fmt: skip


def country_code(written: str | None) -> str | None:
    """Return the code of a country; a name we do not know as it is written, in lower case.

    None: nothing is stated, or two letters that are no country.
    """
    name = (written or "").strip().lower()
    return country_names().get(name, name if len(name) > _CODE_LENGTH else None)


@cache
def country_names() -> dict[str, str | None]:
    """Return every written form, in lower case, with the code it stands for; None: no country."""
    names: dict[str, str | None] = {
        "uk": "GB"
    }  # reserved for it, and written more often than its code
    for code, aliases in get_global("territory_aliases").items():
        if len(aliases) == 1 and len(code) > _CODE_LENGTH and code.isalpha():
            names[code.lower()] = aliases[0]
    for language in ("nb", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == _CODE_LENGTH and code not in _NOT_COUNTRIES:
                names[name.lower()] = code
                names[code.lower()] = code
    named = {name: code for name, code in names.items() if code not in _NOT_COUNTRIES}
    return named | dict.fromkeys(_SAY_NOTHING)
