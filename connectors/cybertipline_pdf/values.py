"""What stands behind a label, taken apart; nothing is normalised but the order of dates."""

import re
from collections.abc import Callable, Mapping, Sequence
from ipaddress import ip_address
from typing import Final, NamedTuple

from connectors.tabular.times import iso_date, iso_time
from connectors.walk import SourceValue


class Fragment(NamedTuple):
    """A piece of a value: what stands on one line."""

    text: str
    place: str


_TIME: Final = re.compile(
    r"\d{1,2}\s*[-/]\s*\d{1,2}\s*[-/]\s*\d{4}"
    r"(?:[\s,]+\d{1,2}\s*:\s*\d{2}(?:\s*:\s*\d{2}(?:\.\d+)?)?(?:\s*[AP]\.?M\b\.?)?"
    r"(?:\s*(?:UTC|GMT|Z\b|[+-]\d{2}:?\d{2}))?)?"
    r"|\d{4}-\d{2}-\d{2}(?:[T\s]+\d{2}:\s*\d{2}(?::\s*\d{2}(?:\.\d+)?)?"
    r"\s*(?:UTC|GMT|Z\b|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
# A line break inside an address is nothing; a blank inside a line ends it.
_ADDRESS: Final = re.compile(
    rf"\s*(?P<address>\[?[0-9A-Fa-f:.\n]*?[0-9A-Fa-f:]\]?)(?P<port>:\d{{1,5}})?"
    rf"(?=\s*\(|\s*,?\s*Port\b|\s+(?:{_TIME.pattern})|\s*$)",
    re.IGNORECASE,
)
_PORT: Final = re.compile(r",?\s*\(?Port:?\s*(?P<port>\d{1,5})\)?", re.IGNORECASE)
_NOTE: Final = re.compile(r"\(([^()]*)\)")
_EVENTS: Final = frozenset({"login", "registration", "purchase", "upload", "other", "unknown"})
_VERIFIED: Final = re.compile(r"(?P<not>not\s+|un)?verified\b(?P<rest>.*)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?<!\d)\d{6,10}(?!\d)")
_CATEGORY: Final = re.compile(r"(?P<value>[A-Za-z]\d)\b[\s:,-]*(?P<note>.*)")
_COUNTRY: Final = re.compile(r"[A-Z]{2}\Z")


def read_value(
    kind: str, fragments: Sequence[Fragment], parts: Mapping[str, str], not_said: frozenset[str]
) -> SourceValue:
    """Return what the walker reads: a text, a container, a list; None: the form says "not given".

    Args:
        kind: A word of `[values]` in fields.toml; empty for a line of text.
        fragments: The pieces in order.
        parts: What further labels said about the value, by the name the shape has for it.
        not_said: Answers, folded, by which the form says that nothing was given.
    """
    text = joined(fragments)
    if text.strip(" ()").casefold() in not_said:
        return None
    return _KINDS.get(kind, _plain)(fragments, dict(parts))


def joined(fragments: Sequence[Fragment]) -> str:
    """Return the pieces with a blank between lines."""
    return " ".join(fragment.text for fragment in fragments if fragment.text)


def _plain(fragments: Sequence[Fragment], _: Mapping[str, str]) -> SourceValue:
    return joined(fragments)


def text_of(fragments: Sequence[Fragment]) -> str:
    """Return the pieces as the lines they stand on."""
    return "\n".join(fragment.text for fragment in fragments).strip("\n")


def _tight(fragments: Sequence[Fragment], _: Mapping[str, str]) -> SourceValue:
    return "".join("".join(fragment.text.split()) for fragment in fragments)


def _identifier(fragments: Sequence[Fragment], _: Mapping[str, str]) -> SourceValue:
    """Join a name: a line that holds one word was cut within it, any other at a blank."""
    text = ""
    for fragment in fragments:
        is_cut = text and " " not in text.rpartition("\n")[2]
        text = f"{text}{'' if is_cut else chr(10)}{fragment.text}" if text else fragment.text
    return text.replace("\n", " ")


def month_first(text: str) -> str:
    """Return a time as ISO 8601, read month first; a text that is no time comes back as it is."""
    tight = (
        re.sub(r"\s*([-/])\s*(?=\d)", r"\1", text.strip()) if "/" in text or "-" in text else text
    )
    tight = re.sub(r"\s*:\s*", ":", tight.strip()).replace(",", " ")
    return iso_time(tight, "month_first", None)


def _time(fragments: Sequence[Fragment], _: Mapping[str, str]) -> SourceValue:
    text = joined(fragments)
    found = _TIME.search(text)
    return month_first(found[0]) if found else text


def _day(fragments: Sequence[Fragment], _: Mapping[str, str]) -> SourceValue:
    return iso_date(re.sub(r"\s*([-/])\s*", r"\1", joined(fragments)), "month_first")


def _contact(fragments: Sequence[Fragment], parts: Mapping[str, str]) -> SourceValue:
    """Read `value (Verified 03-19-2026 04:24:44 UTC)`."""
    before, bracket, _ = text_of(fragments).partition("(")
    rest = joined([Fragment(text_of(fragments)[len(before) :], "")]).replace("\n", " ")
    value = _identifier([Fragment(line.strip(), "") for line in before.split("\n")], {})
    held: dict[str, SourceValue] = {"value": value, **parts}
    if not bracket:
        return held
    notes = _NOTE.findall(rest)
    left = _NOTE.sub(" ", rest).strip()
    for note in notes:
        if found := _VERIFIED.match(note.strip()):
            held["verified"] = found["not"] is None
            if found["rest"].strip():
                held["verificationDate"] = month_first(found["rest"].strip())
        else:
            left = f"{left} ({note})".strip()
    if left and not notes:
        held["value"] = f"{value} {left}".strip()  # a bracket that never closes is part of the name
    elif left:
        held["note"] = left
    return held


def _ip_event(fragments: Sequence[Fragment], parts: Mapping[str, str]) -> SourceValue:
    """Read `192.0.2.1 (Login) Port: 5223 11-18-2026 20:00:01 UTC`, broken over lines anywhere."""
    text = text_of(fragments)
    held: dict[str, SourceValue] = {}
    found = _ADDRESS.match(text)
    if found is None:
        return {"value": joined(fragments), **parts}
    address, port = _address_and_port(found["address"].replace("\n", ""), found["port"])
    held["value"] = address
    rest = text[found.end() :].replace("\n", " ")
    rest += "".join(
        f" Port: {said}" if name == "port" else f" {said}"
        for name, said in parts.items()
        if name in {"port", "dateTime"}
    )
    if port:
        held["port"] = port
    elif said := _PORT.search(rest):
        held["port"] = said["port"]
        rest = rest.replace(said[0], " ")
    if said := _TIME.search(rest):
        held["dateTime"] = month_first(said[0])
        rest = rest.replace(said[0], " ")
    left = _read_notes(rest, held)
    if left:
        held["note"] = left
    return held | {name: said for name, said in parts.items() if name not in {"port", "dateTime"}}


def _address_and_port(address: str, port: str | None) -> tuple[str, str | None]:
    """Tell `address:port` from an IPv6 address whose last group looks like a port."""
    whole = address + (port or "")
    try:
        ip_address(whole)
    except ValueError:
        return address, port.removeprefix(":") if port else None
    return whole, None


def _read_notes(rest: str, held: dict[str, SourceValue]) -> str:
    left = _NOTE.sub(" ", rest)
    for note in _NOTE.findall(rest):
        folded = note.strip().casefold()
        if folded in _EVENTS and "eventName" not in held:
            held["eventName"] = note.strip()
        elif "proxy" in folded:
            held["possibleProxy"] = not folded.startswith(("no", "not"))
        elif folded:
            left = f"{left} ({note})"
    return " ".join(left.split()).strip(" ,;")


def _numbers(fragments: Sequence[Fragment], _: Mapping[str, str]) -> SourceValue:
    text = joined(fragments)
    found: list[SourceValue] = list(dict.fromkeys(_NUMBER.findall(text)))
    return found or text


def _location(fragments: Sequence[Fragment], said_apart: Mapping[str, str]) -> SourceValue:
    """Read `City, Region, CC`; a lone pair of capitals is the country, other lone text a city."""
    text = joined(fragments)
    note = _NOTE.search(text)
    parts = [part.strip() for part in _NOTE.sub(" ", text).split(",") if part.strip()]
    held: dict[str, SourceValue] = dict(said_apart)
    if parts and _COUNTRY.match(parts[-1]):
        held["countryCode"] = parts.pop()
    if parts:
        held["city"] = parts.pop(0)
    if parts:
        held["region"] = ", ".join(parts)
    if note and (found := _VERIFIED.match(note[1].strip())):
        held["verified"] = found["not"] is None
    if note and (said := _TIME.search(note[1])):
        held["timestamp"] = month_first(said[0])
    return held


def _name(fragments: Sequence[Fragment], _: Mapping[str, str]) -> SourceValue:
    """Part a name at its last blank, for the columns; it stays as written beside them."""
    text = joined(fragments)
    first, _blank, last = text.rpartition(" ")
    return {"first": first, "last": last, "more": text} if first else {"first": text}


def _priority(fragments: Sequence[Fragment], _: Mapping[str, str]) -> SourceValue:
    level, _blank, words = joined(fragments).partition(" ")
    held: dict[str, SourceValue] = {"priorityId": level}
    if words.strip(" -:()"):
        held["value"] = words.strip(" -:()")
    return held


def _category(fragments: Sequence[Fragment], _: Mapping[str, str]) -> SourceValue:
    text = joined(fragments)
    found = _CATEGORY.match(text)
    if found is None:
        return {"value": text} if not text else {"note": text}
    return {"value": found["value"]} | ({"note": found["note"]} if found["note"] else {})


def _listed(fragments: Sequence[Fragment], _: Mapping[str, str]) -> SourceValue:
    return [part.strip() for part in re.split(r"[;,]", joined(fragments)) if part.strip()]


def _submitter(fragments: Sequence[Fragment], _: Mapping[str, str]) -> SourceValue:
    """The first line names the provider; an address or a person may follow it."""
    lines: list[SourceValue] = [fragment.text for fragment in fragments if fragment.text]
    return {"name": lines[0], "more": lines[1:]} if lines else {"name": ""}


def _lines(fragments: Sequence[Fragment], _: Mapping[str, str]) -> SourceValue:
    return ", ".join(fragment.text.strip(" ,") for fragment in fragments if fragment.text)


_KINDS: Final[Mapping[str, Callable[[Sequence[Fragment], Mapping[str, str]], SourceValue]]] = {
    "contact": _contact,
    "identifier": _identifier,
    "tight": _tight,
    "ip_event": _ip_event,
    "time": _time,
    "day": _day,
    "numbers": _numbers,
    "location": _location,
    "name": _name,
    "priority": _priority,
    "category": _category,
    "listed": _listed,
    "submitter": _submitter,
    "lines": _lines,
}
