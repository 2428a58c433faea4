"""Presence profiles: how often each field is filled, and what broke with the past in this import.

The profile is counted in the store (`intake/add_presence`); only counts come here, one row a
provider, format and field. `presence.toml` holds the limits, with reasons, and the sentences.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from math import exp, lgamma
from typing import Any, Self

import pyarrow as pa

from workbench.store.connection import Row, Store

_STANDING = ("gone", "rarer")  # told and not yet taken back


@dataclass(frozen=True, slots=True)
class PresenceBreak:
    """A field that a provider stopped or began again to fill.

    `change` is gone, rarer or back. `since_at` is when the first report without it was received;
    None where the change has no beginning. `past_count` 0: the past is not told again.
    """

    provider: str
    source_format: str
    source_system: str
    field: str
    change: str
    since_at: datetime | None
    past_count: int
    past_filled_count: int
    recent_count: int
    recent_filled_count: int

    def as_warning(self) -> dict[str, Any]:
        """Return it as the count sheet shows it."""
        day = f"{self.since_at:%Y-%m-%d}" if self.since_at else ""
        message = presence_sentence(self, "en", format_title=self.source_format, day=day)
        since = self.since_at.isoformat() if self.since_at else None
        said = asdict(self) | {"since_at": since}
        return {"code": f"field_{self.change}", "message": message, **said}

    @classmethod
    def from_warning(cls, warning: Mapping[str, Any]) -> Self:
        """Return what a warning of the count sheet was made of."""
        said = {field.name: warning[field.name] for field in fields(cls)}
        since = said["since_at"]
        return cls(**said | {"since_at": datetime.fromisoformat(since) if since else None})


@dataclass(frozen=True, slots=True)
class StandingBreak:
    """What a provider stopped to fill and has not begun again, and which import told so."""

    batch_id: str
    told_at: datetime
    found: PresenceBreak


@dataclass(frozen=True, slots=True)
class Limits:
    """From which change on a word is said; `presence.toml` gives the reasons."""

    false_alarm_chance: float
    fewest_past_reports: int
    past_reports: int
    recent_reports: int
    smallest_past_share: float
    smallest_change: float


@cache
def _wording() -> dict[str, Any]:
    text = (files("workbench.intake") / "presence.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def shipped_limits() -> Limits:
    """Return the limits of `presence.toml`."""
    return Limits(**_wording()["limit"])


def presence_sentence(found: PresenceBreak, language: str, *, format_title: str, day: str) -> str:
    """Return what broke, in words: en or nb.

    Args:
        found: What broke.
        language: en or nb.
        format_title: What the screen calls the format.
        day: `since_at` as the screen writes days; empty where there is none.
    """
    words = _wording()
    field = words["field"][found.field]
    template: str = words["sentence"][found.change][language]
    return template.format(
        provider=found.provider,
        format=format_title,
        field=field[language],
        base=words["base"][field["base"]][language],
        day=day,
        recent=found.recent_count,
        recent_filled=found.recent_filled_count,
        past=found.past_count,
        past_filled=found.past_filled_count,
    )


def note_presence(
    store: Store, batch_id: str, *, now: datetime | None = None
) -> list[PresenceBreak]:
    """Keep the presence profile of an import and return what in it breaks with the past.

    Imports that have no profile yet, such as one that was killed, get theirs first. What was told
    is not told again until it is over.
    """
    limits = shipped_limits()
    batches = [row["batch_id"] for row in store.rows("intake/list_unprofiled_batches")]
    with store.transaction():
        if batches:
            store.run("intake/add_presence", {"batches": batches})
        found = list(find_breaks(_changes(store, batch_id, limits), limits))
        _keep(store, batch_id, found, now or datetime.now(UTC))
    return found


def list_standing_breaks(store: Store) -> list[StandingBreak]:
    """Return what providers stopped to fill and have not begun again, newest first."""
    return [
        StandingBreak(row.pop("batch_id"), row.pop("told_at"), PresenceBreak(**row))
        for row in store.rows("intake/list_standing_breaks")
    ]


def list_breaks_of_import(store: Store, batch_id: str) -> list[PresenceBreak]:
    """Return what broke with the past in an import, by provider."""
    rows = store.rows("intake/list_breaks_of_import", {"batch_id": batch_id})
    return [PresenceBreak(**row) for row in rows]


def _changes(store: Store, batch_id: str, limits: Limits) -> list[Row]:
    params = {
        "batch_id": batch_id,
        "recent_reports": limits.recent_reports,
        "past_reports": limits.past_reports,
    }
    return store.rows("intake/list_presence_changes", params)


def find_breaks(rows: Sequence[Row], limits: Limits) -> Iterator[PresenceBreak]:
    """Return which of the counts of an import break with the past.

    Args:
        rows: What `intake/list_presence_changes` gives.
        limits: From which change on a word is said.
    """
    held = [row for row in rows if _has_past(row, limits)]
    # Two questions a row: are fewer filled, and is none filled from some report on.
    level = limits.false_alarm_chance / max(2 * len(held), 1)
    for row in held:
        change = _change(row, limits, level)
        if change is not None:
            yield _break(row, change)
    for row in rows:
        if row["told_change"] in _STANDING and _is_back(row, limits):
            yield _break(row, "back")


def _has_past(row: Row, limits: Limits) -> bool:
    past = row["past_count"]
    return (
        row["told_change"] not in _STANDING
        and past >= limits.fewest_past_reports
        and row["past_filled_count"] >= limits.smallest_past_share * past
    )


def _change(row: Row, limits: Limits, level: float) -> str | None:
    past, recent = int(row["past_count"]), int(row["recent_count"])
    past_filled, recent_filled = int(row["past_filled_count"]), int(row["recent_filled_count"])
    total, filled, run = past + recent, past_filled + recent_filled, int(row["run_count"] or 0)
    # The run may begin at any of the recent reports, so each is a chance to be wrong.
    if run and recent * chance_of_so_few(0, run, filled, total) <= level:
        return "gone"
    drop = past_filled / past - recent_filled / recent
    if drop < limits.smallest_change:
        return None
    if chance_of_so_few(recent_filled, recent, filled, total) > level:
        return None
    return "rarer" if recent_filled else "gone"


def _is_back(row: Row, limits: Limits) -> bool:
    share = row["recent_filled_count"] / row["recent_count"]
    return bool(row["recent_filled_count"]) and share >= max(
        row["told_past_share"] - limits.smallest_change, limits.smallest_past_share
    )


def _break(row: Row, change: str) -> PresenceBreak:
    is_gone = change == "gone"
    recent, filled = int(row["recent_count"]), int(row["recent_filled_count"])
    if is_gone and filled:  # it stopped in the midst of this import
        recent, filled = int(row["run_count"]), 0
    return PresenceBreak(
        provider=row["provider"],
        source_format=row["source_format"],
        source_system=row["source_system"],
        field=row["field"],
        change=change,
        since_at=_since(row) if is_gone else None,
        past_count=int(row["past_count"] + row["recent_count"]) - recent,
        past_filled_count=int(row["past_filled_count"] + row["recent_filled_count"]) - filled,
        recent_count=recent,
        recent_filled_count=filled,
    )


def _since(row: Row) -> datetime | None:
    """Return when the first report came that lacks the field, after the last that has it."""
    first, last_filled = row["recent_missing_at"], row["last_filled_at"]
    is_clean = first is not None and (last_filled is None or first > last_filled)
    since: datetime | None = first if is_clean else row["run_since_at"]
    return since


def chance_of_so_few(found: int, drawn: int, filled: int, total: int) -> float:
    """Return Fisher's one-sided chance of so few filled ones among the reports drawn.

    Args:
        found: Filled ones among those drawn; the chance is of these or fewer.
        drawn: How many are drawn.
        filled: How many of the total are filled.
        total: All reports, past and recent.
    """
    fewest = max(0, drawn - (total - filled))
    if found < fewest:
        return 0.0
    chance, here = 0.0, _draw_chance(found, drawn, filled, total)
    for number in range(found, fewest - 1, -1):
        chance += here
        if here <= chance * 1e-15:
            break
        up = (filled - number + 1) * (drawn - number + 1)
        here *= number * (total - filled - drawn + number) / up
    return min(chance, 1.0)


def _draw_chance(found: int, drawn: int, filled: int, total: int) -> float:
    def ways(of: int, number: int) -> float:
        return lgamma(of + 1) - lgamma(number + 1) - lgamma(of - number + 1)

    if found > min(drawn, filled) or drawn - found > total - filled:
        return 0.0
    return exp(ways(filled, found) + ways(total - filled, drawn - found) - ways(total, drawn))


def _keep(store: Store, batch_id: str, found: Sequence[PresenceBreak], now: datetime) -> None:
    if not found:
        return
    rows = [asdict(one) | {"batch_id": batch_id, "told_at": now} for one in found]
    with store.columns("staged_row", pa.Table.from_pylist(rows, schema=_BREAK_COLUMNS)):
        store.run("intake/add_presence_breaks")


_BREAK_COLUMNS = pa.schema(
    [
        *((name, pa.string()) for name in ("batch_id", "provider", "source_format")),
        *((name, pa.string()) for name in ("source_system", "field", "change")),
        *((name, pa.timestamp("us", tz="UTC")) for name in ("told_at", "since_at")),
        *((name, pa.int64()) for name in ("past_count", "past_filled_count")),
        *((name, pa.int64()) for name in ("recent_count", "recent_filled_count")),
    ]
)
