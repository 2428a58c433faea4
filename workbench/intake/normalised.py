"""One source value -> what it says: a value of its kind, or why there is none."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from workbench.model.tables import Kind
from workbench.normalise.blank import blank_kind
from workbench.normalise.number import normalise_decimal_number, normalise_whole_number
from workbench.normalise.time import normalise_date, normalise_time
from workbench.normalise.truth import normalise_truth


class Normalised(NamedTuple):
    """What became of one source value."""

    value: Any  # None: it says nothing, or cannot be read
    as_written: str | None
    zone_was_stated: bool | None
    not_stated: str | None  # why there is no value; None when there is one


def text_of(value: object) -> str:
    """Return a scalar or a list as the one text it stands for."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(text_of(item) for item in value if blank_kind(item) is None)
    return str(value)


def _read_time(text: str) -> tuple[datetime | None, bool | None]:
    instant = normalise_time(text)
    return (None, None) if instant is None else (instant.at, instant.zone_was_stated)


def _plain(normalise: Callable[[str], Any]) -> Callable[[str], tuple[Any, None]]:
    return lambda text: (normalise(text), None)


_READERS: Final[dict[Kind, Callable[[str], tuple[Any, bool | None]]]] = {
    "text": _plain(lambda text: text),
    "bool": _plain(normalise_truth),
    "int": _plain(normalise_whole_number),
    "number": _plain(normalise_decimal_number),
    "date": _plain(normalise_date),
    "time": _read_time,
}


class _Memory(dict[Any, Normalised]):
    """Source value -> what became of it; a value is read the first time it is met."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._read = _READERS[kind]

    def __missing__(self, raw: object) -> Normalised:
        one = self[raw] = self._normalised(raw)
        return one

    def _normalised(self, raw: object) -> Normalised:
        blank = blank_kind(raw)
        if blank is not None:
            return Normalised(None, raw if isinstance(raw, str) else None, None, blank)
        text = text_of(raw)
        value, zone_was_stated = self._read(text)
        return Normalised(
            value, text, zone_was_stated, f"unreadable: {text}" if value is None else None
        )


def normalised(kind: Kind, said: Sequence[Any]) -> list[Normalised]:
    """Return what each value of a column says."""
    memory = _Memory(kind)
    try:
        return [memory[value] for value in said]
    except TypeError:  # a list where one value was expected counts as its items in one text
        return [memory[_hashable(value)] for value in said]


def _hashable(raw: object) -> object:
    return text_of(raw) if isinstance(raw, list | dict) else raw


def normalised_lists(said: Sequence[Any]) -> list[Normalised]:
    """Return what each value says of a column that takes several texts."""
    known: dict[object, Normalised] = {}
    found = []
    for raw in said:
        items = raw if isinstance(raw, list) else [raw]
        # The types too, for 1 and True are one key.
        key = (raw.__class__, *items, *map(type, items))
        try:
            one = known.get(key)
            if one is None:
                one = known[key] = _normalised_list(raw, items)
        except TypeError:  # lists in lists
            one = _normalised_list(raw, items)
        found.append(one)
    return found


def _normalised_list(raw: object, items: Sequence[Any]) -> Normalised:
    blank = blank_kind(raw)
    texts = tuple(text_of(item) for item in items if blank_kind(item) is None)
    return Normalised(texts if blank is None else None, None, None, blank)
