"""Addresses and ranges as lists write them -> first and last address as 128-bit numbers."""

import re
from socket import AF_INET, AF_INET6, inet_pton  # reads text only; nothing is connected to
from typing import Final

Ends = tuple[int, int]

_MAPPED: Final = 0xFFFF << 32  # ::ffff:0:0/96, where IPv4 stands
_IPV4: Final = 1 << 32
_IPV6: Final = 1 << 128
_SURELY_IPV6: Final = 1 << 40  # beyond an IPv4 number with a digit too many
_IPV4_BITS: Final = 32
_IPV6_BITS: Final = 128
_OCTETS: Final = re.compile(r"\d{1,9}(?:\.\d{1,9}){3}")
_WILDCARD: Final = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,2})((?:\.\*){1,3})")
_LAST_OCTETS: Final = re.compile(r"\d{1,3}")
_PORT: Final = re.compile(r"(\d+(?:\.\d+){3}):\d{1,5}|\[([0-9A-Fa-f:.%\w]+)\](?::\d{1,5})?")
_DASH: Final = re.compile(r"[-–]")


class NotARangeError(ValueError):
    """The text is not a range; the message says why, without repeating it."""


def key_of(text: str) -> tuple[int, int] | None:
    """Return an address as a number, and how many bits its own way of writing has; else None."""
    try:
        return _MAPPED + int.from_bytes(inet_pton(AF_INET, text)), _IPV4_BITS
    except (OSError, ValueError):
        pass
    before, colon, dotted = text.rpartition(":")
    if _OCTETS.fullmatch(dotted):
        # Zero-padded: 192.000.002.007. Octal was never meant.
        dotted = ".".join(str(int(octet)) for octet in dotted.split("."))
        if not colon:
            return key_of(dotted) if dotted != text else None
    if colon:
        try:
            written = f"{before}:{dotted}".partition("%")[0]
            return int.from_bytes(inet_pton(AF_INET6, written)), _IPV6_BITS
        except (OSError, ValueError):
            return None
    return None


def range_of(text: str) -> Ends:
    """Return the ends of `192.0.2.0/24`, `192.0.2.1`, `192.0.2.1-192.0.2.9`, `192.0.2.*`, ...

    Host bits are dropped; a port behind an address is passed over.

    Raises:
        NotARangeError: It is none.
    """
    address, slash, length = text.partition("/")
    if slash:
        return _prefix(address.strip().removeprefix("[").removesuffix("]"), length.strip())
    found = key_of(text)
    if found is not None:
        return found[0], found[0]
    with_port = _PORT.fullmatch(text)
    if with_port:
        return range_of(with_port[1] or with_port[2])
    ends = [end.strip() for end in _DASH.split(text, 2)]  # blanks in the pattern: quadratic
    if len(ends) == 2:  # noqa: PLR2004 - from and to
        return ends_of(*ends)
    wildcard = _WILDCARD.fullmatch(text)
    if wildcard:
        return ends_of(text.replace("*", "0"), text.replace("*", "255"))
    raise NotARangeError("There is no address or range here.")


def ends_of(first: str, last: str) -> Ends:
    """Return the range from one written address, or whole number, to another.

    Raises:
        NotARangeError: One is no address, or the last stands before the first.
    """
    start = _key_or_number(first)
    if start is not None and _LAST_OCTETS.fullmatch(last) and "." in first:
        last = f"{first.rpartition('.')[0]}.{last}"  # 192.0.2.1-50
    end = _key_or_number(last)
    if _is_number(first) and _is_number(last) and int(last) >= _SURELY_IPV6:
        start = int(first)  # a list that counts IPv6 addresses, from 0 on
    if start is None or end is None:
        raise NotARangeError("One end of the range is not an address.")
    if end < start:
        raise NotARangeError("The range ends before it begins.")
    if (start >> 32 == 0xFFFF) is not (end >> 32 == 0xFFFF):  # noqa: PLR2004 - where IPv4 stands
        raise NotARangeError("One end of the range is IPv4, the other IPv6.")
    return _not_everything(start, end)


def mask_length(text: str) -> int | None:
    """Return the prefix length that an IPv4 mask stands for; None if it is no mask."""
    found = key_of(text)
    if found is None or found[1] != _IPV4_BITS:
        return None
    inverted = (_IPV4 - 1) ^ (found[0] - _MAPPED)
    return None if inverted & (inverted + 1) else _IPV4_BITS - inverted.bit_length()


def _key_or_number(text: str) -> int | None:
    found = key_of(text)
    if found is not None:
        return found[0]
    if not _is_number(text):
        return None
    number = int(text)
    # Lists that count addresses count IPv4 from 0 and write IPv6 with all its 128 bits.
    return _MAPPED + number if number < _IPV4 else number if number < _IPV6 else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 40  # noqa: PLR2004 - 2 ** 128


def _prefix(address: str, written_length: str) -> Ends:
    found = key_of(address)
    if found is None:
        raise NotARangeError("What stands before the slash is not an address.")
    key, bits = found
    length = int(written_length) if _LAST_OCTETS.fullmatch(written_length) else None
    if length is None and bits == _IPV4_BITS:
        length = mask_length(written_length)
    if length is None or length > bits:
        raise NotARangeError(f"The prefix length is not a number from 0 to {bits}.")
    span = (1 << (bits - length)) - 1
    return _not_everything(key & ~span, (key & ~span) | span)


def _not_everything(start: int, end: int) -> Ends:
    if (start, end) in {(_MAPPED, _MAPPED + _IPV4 - 1), (0, _IPV6 - 1)}:
        raise NotARangeError("The range covers every address there is.")
    return start, end
