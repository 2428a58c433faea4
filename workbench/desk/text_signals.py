"""Where words of term lists stand in one referral's texts, ready to be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workbench.store.connection import Store


@dataclass(frozen=True, slots=True)
class TextSignalView:
    """One place: which list says so, as of when. The words themselves stand in the text only.

    `kind` and `text_no` name the text; `text_no` is None for the texts that are columns of the
    report. Letters are counted from 0, `end_letter` is the first one after the place.
    """

    kind: str | None
    text_no: int | None
    signal: str
    language: str
    list_id: str
    list_version: int
    dated_on: date
    source: str
    is_own: bool
    found_at: datetime
    start_letter: int
    end_letter: int
    distance: int


@dataclass(frozen=True, slots=True)
class TextScanView:
    """One text that was searched: when, with which lists, and whether finding nothing says much.

    `is_readable` False: too short, or in no language of the lists. The lists' own days run from
    `oldest_on` to `newest_on`.
    """

    kind: str | None
    text_no: int | None
    scanned_at: datetime
    is_readable: bool
    list_count: int
    list_names: str
    oldest_on: date
    newest_on: date


@dataclass(frozen=True, slots=True)
class SignalOfText:
    """All places of one list in one text; `number` counts them on the screen, from 1."""

    number: int
    first: TextSignalView
    place_count: int


def list_text_signals(store: Store, version_id: str) -> tuple[TextSignalView, ...]:
    """Return the places that the lists asked last name in a version's texts."""
    rows = store.rows("desk/list_text_signals", {"version_id": version_id})
    return tuple(TextSignalView(**row) for row in rows)


def list_text_scans(store: Store, version_id: str) -> tuple[TextScanView, ...]:
    """Return which of a version's texts were searched, when and with which lists."""
    rows = store.rows("desk/list_text_scans", {"version_id": version_id})
    return tuple(TextScanView(**row) for row in rows)


def number_signals(places: Sequence[TextSignalView]) -> tuple[SignalOfText, ...]:
    """Gather places by text and list, numbered as they are shown."""
    gathered: dict[tuple[str | None, int | None, str], list[TextSignalView]] = {}
    for place in places:
        gathered.setdefault((place.kind, place.text_no, place.list_id), []).append(place)
    return tuple(
        SignalOfText(number, found[0], len({(at.start_letter, at.end_letter) for at in found}))
        for number, found in enumerate(gathered.values(), start=1)
    )


def mark_places(
    content: str, places: Sequence[TextSignalView], numbered: Sequence[SignalOfText]
) -> list[tuple[str, tuple[SignalOfText, ...]]]:
    """Cut a text into pieces: each with what was found in it, nothing for what lies between.

    Places that overlap become one piece; the pieces together are the text.
    """
    of_list = {(one.first.kind, one.first.text_no, one.first.list_id): one for one in numbered}
    pieces: list[tuple[str, tuple[SignalOfText, ...]]] = []
    done = 0
    for start, end, found in _runs(places):
        signals = {
            one.number: one for one in (of_list[at.kind, at.text_no, at.list_id] for at in found)
        }
        if start > done:
            pieces.append((content[done:start], ()))
        pieces.append((content[start:end], tuple(signals[number] for number in sorted(signals))))
        done = end
    if done < len(content):
        pieces.append((content[done:], ()))
    return pieces


def _runs(places: Sequence[TextSignalView]) -> list[tuple[int, int, list[TextSignalView]]]:
    """Join places that overlap, first letters first."""
    runs: list[tuple[int, int, list[TextSignalView]]] = []
    for place in sorted(places, key=lambda at: (at.start_letter, at.end_letter)):
        if runs and place.start_letter < runs[-1][1]:
            start, end, found = runs[-1]
            runs[-1] = (start, max(end, place.end_letter), [*found, place])
        else:
            runs.append((place.start_letter, place.end_letter, [place]))
    return runs
