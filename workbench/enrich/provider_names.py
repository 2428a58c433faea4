"""Written provider names -> canonical providers: our table first, near spellings second.

Nothing is merged silently: a near spelling keeps its score and is listed for review, and a name
that fits nothing stays itself and is listed too.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

import pyarrow as pa
from rapidfuzz import fuzz, process

from workbench.model.rulebook import ProviderEntry
from workbench.normalise.provider_name import fold_provider_name
from workbench.store.connection import Store

# Out of 100, on folded names. One wrong letter in a name of seven, or two letters swapped in one of
# eight, still counts; `test_no_provider_of_the_table_is_taken_for_another` holds it from below.
SIMILARITY_THRESHOLD: Final = 86.0
# Shorter names are other names after one typo ("kik", "vk").
_SHORTEST_SIMILAR: Final = 5


@dataclass(frozen=True, slots=True)
class ProviderMatch:
    """Which provider a written name stands for, and how we know."""

    name_as_written: str
    provider: str
    matched_by: str  # table, similar, itself
    score: float | None  # 0 to 100; None when nothing was compared
    needs_review: bool


class ProviderNames:
    """The canonical table, folded for look-up."""

    def __init__(self, table: Sequence[ProviderEntry]) -> None:
        self._provider_of = {
            fold_provider_name(written): entry.name
            for entry in table
            for written in (*entry.services, *entry.legal_names, *entry.aliases, entry.name)
        }
        self._keys = [key for key in self._provider_of if len(key) >= _SHORTEST_SIMILAR]

    def match(self, written: str) -> ProviderMatch:
        """Place one written name."""
        key = fold_provider_name(written)
        if key in self._provider_of:
            return ProviderMatch(written, self._provider_of[key], "table", None, needs_review=False)
        found = process.extractOne(
            key, self._keys, scorer=fuzz.ratio, score_cutoff=SIMILARITY_THRESHOLD
        )
        if len(key) < _SHORTEST_SIMILAR or found is None:
            return ProviderMatch(written, written.strip(), "itself", None, needs_review=True)
        nearest, score, _ = found
        provider = self._provider_of[nearest]
        return ProviderMatch(written, provider, "similar", round(score, 1), needs_review=True)

    def nearest(self, written: str, *, most: int) -> list[tuple[str, float]]:
        """Return the providers nearest to a written name, each once with its likeness 0 to 100."""
        found = process.extract(
            fold_provider_name(written), self._keys, scorer=fuzz.ratio, limit=None
        )
        nearest: dict[str, float] = {}
        for key, score, _ in found:
            nearest.setdefault(self._provider_of[key], round(score, 1))
        return list(nearest.items())[:most]


@dataclass(frozen=True, slots=True)
class NameForReview:
    """A written name that a person should confirm, and how many referrals hang on it."""

    name_as_written: str
    provider: str
    matched_by: str
    score: float | None
    referral_count: int


def list_names_for_review(store: Store) -> list[NameForReview]:
    """Return near spellings and names that fit nothing, those with most referrals first."""
    rows = store.rows("enrich/list_provider_names_for_review")
    return [NameForReview(**row) for row in rows]


def place_provider_names(store: Store, table: Sequence[ProviderEntry]) -> int:
    """Place every written name that is new to the store; return how many there were."""
    names = ProviderNames(table)
    listed = store.rows("enrich/list_new_provider_names")
    matches = [asdict(names.match(row["name_as_written"])) for row in listed]
    if matches:
        columns = pa.Table.from_pylist(matches, schema=_MATCH_COLUMNS)
        with store.transaction(), store.columns("staged_row", columns):
            store.run("enrich/add_provider_names")
    return len(matches)


_MATCH_COLUMNS: Final = pa.schema(
    [
        ("name_as_written", pa.string()),
        ("provider", pa.string()),
        ("matched_by", pa.string()),
        ("score", pa.float64()),
        ("needs_review", pa.bool_()),
    ]
)
