"""Phone numbers in E.164, for matching."""

import re
from functools import cache
from typing import Final

import phonenumbers

_INTERNATIONAL: Final = re.compile(r"^\s*(?:\+|00)\s*(?=\d)")
# No calling code begins another, so the first of these that exists is the one.
_LONGEST_CODE: Final = 3


def normalise_phone(text: str, calling_code: str | None = None) -> str | None:
    """Return the number as `+4740000000`; None without a country or when it cannot be a number.

    Args:
        text: As written.
        calling_code: What the source states beside it, such as `+47`; None when it states nothing.
            No country is assumed: the same digits are different people in different countries.
    """
    stripped = _INTERNATIONAL.sub("+", text.strip())
    if not stripped.startswith("+"):
        if calling_code is None:
            return None
        stripped = f"+{calling_code.strip().lstrip('+')} {stripped}"
    plain = stripped.replace(" ", "")
    if _is_finished(plain):
        return plain
    try:
        number = phonenumbers.parse(stripped)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _is_finished(number: str) -> bool:
    """Say whether a number surely is what the library, at ten times the cost, would make of it."""
    digits = number[1:]
    if not (digits.isascii() and digits.isdigit()) or digits.startswith("0"):
        return False
    for length in range(1, _LONGEST_CODE + 1):
        lengths = _lengths_without_prefix(digits[:length])
        if lengths is not None:
            return digits[length:][:1] != "0" and len(digits) - length in lengths
    return False


@cache
def _lengths_without_prefix(calling_code: str) -> frozenset[int] | None:
    """Return how long numbers are where no prefix is dialled that E.164 leaves away.

    Empty where there is such a prefix; None when there is no such calling code.
    """
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(calling_code))
    if regions is None:
        return None
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(regions[0])
    if metadata is None or metadata.general_desc is None or metadata.national_prefix_for_parsing:
        return frozenset()
    return frozenset(metadata.general_desc.possible_length)
