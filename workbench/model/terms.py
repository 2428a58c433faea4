"""Term lists as the rooms see them: read and checked by `rules`, searched for by `enrich`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Signal(StrEnum):
    """What words can point to. A signal is an indication; an officer reads the words."""

    EXTORTION = "extortion"
    PAYMENT_DEMAND = "payment_demand"
    MOVING_TO_ANOTHER_APP = "moving_to_another_app"
    ASKING_AGE = "asking_age"
    ASKING_SECRECY = "asking_secrecy"
    OFFERING_GOODS = "offering_goods"
    MEETING = "meeting"
    LIVE_STREAMING = "live_streaming"


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a term: any of `forms` fits it.

    Attributes:
        forms: Written forms, endings written out, not yet folded.
        distance: The most letters that may be wrong; short forms allow none whatever it says.
        reach: How many words further on it may stand: 1 is the next word, 4 lets three in between.
    """

    forms: tuple[str, ...]
    distance: int
    reach: int


@dataclass(frozen=True, slots=True)
class Term:
    """A word or short phrase of a list, as it is written there and slot by slot."""

    text: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class TermList:
    """The terms of one signal in one language: says who, as of when.

    `hash` is over everything that can change what is found; `is_own` marks a unit's private list,
    whose words are never logged.
    """

    list_id: str
    language: str
    signal: Signal
    version: int
    dated_on: date
    source: str
    is_own: bool
    hash: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class TermLists:
    """All lists in force.

    `everyday_words` (by language) tell that a text is in a language the lists cover; neither they
    nor `false_friends` are ever taken for a misspelt term. `hash` is over all of it.
    """

    hash: str
    lists: tuple[TermList, ...]
    everyday_words: Mapping[str, tuple[str, ...]]
    false_friends: tuple[str, ...]
