"""Phone numbers in E.164, for matching."""

import re
from typing import Final

import phonenumbers

_INTERNATIONAL: Final = re.compile(r"^\s*(?:\+|00)\s*(?=\d)")


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
    try:
        number = phonenumbers.parse(stripped)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
