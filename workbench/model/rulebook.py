"""A rulebook as the rooms see it: read and checked by `rules`, used by `assess` and the screens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

LANGUAGES = ("en", "nb")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a rule says in one language; sentences hold `{fact}` placeholders."""

    title: str
    met: str
    not_met: str
    unknown: str
    ask_for: str  # empty: there is nothing to ask anybody for


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known about a version, computed once for all rules.

    `origin` lists the columns it is made of as `table.column`, for source positions.
    """

    name: str
    type: str  # BOOLEAN, BIGINT, VARCHAR, DATE, TIMESTAMPTZ, VARCHAR[]
    unit: str
    origin: tuple[str, ...]
    null_means: str
    title: Mapping[str, str]  # language -> short name


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `expression` is DuckDB SQL over fact names, already checked.

    `beside`, for what holds back: what every other source must say too for it to stand; empty: that
    none says the rule is not met.
    """

    id: str
    version: int
    axis: str
    effect: str
    source: str
    expression: str
    fact_names: tuple[str, ...]
    wording: Mapping[str, Wording]
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """One value of an axis. `expression` is over counts of rules by effect (`met_immediate`)."""

    axis: str
    name: str
    expression: str
    sentence: Mapping[str, str]  # language -> why a referral stands in this band


@dataclass(frozen=True, slots=True)
class PeriodSource:
    """One source of a period and what it says; sources may disagree, and all of them stand."""

    title: str
    says: Mapping[str, str]  # language -> what this source says
    in_force: date | None  # the day from which it says the rule applies
    length: str  # how long it says: "12 months", "21 days"; empty: it does not say


@dataclass(frozen=True, slots=True)
class RetentionPeriod:
    """How long somebody keeps evidence. No length: nobody knows, and the screens say so.

    `is_counted` false: the date is shown and is never the referral's last day; `choice` says why.
    """

    id: str
    kind: str  # connection_data, provider_preservation, provider_policy, hidden_network
    country: str | None
    valid_from: date | None
    valid_until: date | None  # first day on which it no longer applies
    length_months: int | None
    length_days: int | None
    certainty: str  # statute, published, from_memory, not_known
    legal_basis: Mapping[str, str]  # language -> the law or practice it rests on
    source: str  # all sources in one line
    title: Mapping[str, str]
    providers: tuple[str, ...] = ()  # canonical names; only of provider_policy
    networks: tuple[str, ...] = ()  # network kinds; only of hidden_network
    starts: str | None = None  # report, incident, deactivation; only of provider_policy
    is_counted: bool = True
    sources: tuple[PeriodSource, ...] = ()
    choice: Mapping[str, str] = field(default_factory=dict)  # why this and not what others say


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything in the rules folder that can change an assessment; `hash` is over all of it."""

    hash: str
    facts: tuple[Fact, ...]
    rules: tuple[Rule, ...]
    bands: tuple[Band, ...]
    periods: tuple[RetentionPeriod, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """What a rule is expected to say on given facts; facts that are not named are unknown."""

    rule_id: str
    number: int  # its place in the rule file, from 1
    facts: Mapping[str, Any]
    outcome: str


# Runs examples through the statement that assesses referrals and returns the outcomes in order.
ExampleRunner = Callable[["Rulebook", Sequence[Example]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a rules folder: which file, where in it, what, and what to do."""

    file: str
    place: str
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ReasonEntry:
    """One reason for not importing, as officers choose it and as letters explain it."""

    id: str
    order: int
    title: Mapping[str, str]
    sentence: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProviderEntry:
    """One provider under its canonical name, and everything sources call it.

    `published_row` is its row in Kripos' published table; None: it counts under the rest.
    """

    name: str
    company: str
    kind: str
    published_row: str | None
    aliases: tuple[str, ...]
    legal_names: tuple[str, ...]
    services: tuple[str, ...]
