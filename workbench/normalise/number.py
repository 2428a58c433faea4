"""Numbers that are counted with (age, port, coordinates); identifiers are never numbers."""

import math

_LARGEST = 2**31 - 1


def normalise_whole_number(text: str) -> int | None:
    """Return a whole number of 32 bits; None for anything else, `13.5` included."""
    stripped = text.strip()
    stripped = stripped.removesuffix(".0")
    if not stripped.removeprefix("-").isdecimal() or len(stripped) > len(str(_LARGEST)) + 1:
        return None
    number = int(stripped)
    return number if abs(number) <= _LARGEST else None


def normalise_decimal_number(text: str) -> float | None:
    """Return a finite decimal number; None for anything else."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
