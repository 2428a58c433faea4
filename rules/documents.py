"""What each file of a rules folder may say: one model a kind of file, nothing more is accepted."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from rules.expression import TYPES

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
FactValue = bool | int | dt.datetime | dt.date | str | list[str]
AxisName = Literal["urgency", "actionability", "quality"]

# What a rule may mean for its axis, in the order in which screens list findings.
EFFECTS = {
    "urgency": ("elsewhere", "immediate", "high", "elevated", "lowers", "none"),
    "actionability": ("elsewhere", "obstacle", "caution", "offence", "person", "lead", "none"),
    "quality": ("poor", "good", "none"),
}


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class WordingDocument(_Document):
    """A rule's title and sentences in one language."""

    title: Text
    met: Text
    not_met: Text
    unknown: Text
    ask_for: str  # required even when empty: "nothing to ask" is said, not forgotten


class ExampleDocument(_Document):
    """Facts and the outcome they must give."""

    facts: dict[FactName, FactValue]
    outcome: Literal["met", "not_met", "unknown"]


class RuleDocument(_Document):
    """One rule file."""

    id: Identifier
    version: int = Field(ge=1)
    axis: AxisName
    effect: str
    source: Text
    when: Text
    beside: Text | None = None  # what every other source must say too, for it to stand
    shows: tuple[FactName, ...] = Field(default=(), strict=False)  # told in sentences, not judged
    en: WordingDocument
    nb: WordingDocument
    example: tuple[ExampleDocument, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _effect_belongs_to_axis(self) -> "RuleDocument":
        if self.effect not in EFFECTS[self.axis]:
            allowed = ", ".join(EFFECTS[self.axis])
            raise ValueError(f"effect on {self.axis} is one of {allowed}")
        return self


class FactDocument(_Document):
    """One entry of facts.toml."""

    type: Literal[TYPES]  # type: ignore[valid-type]  # the one list of types, spelt once
    unit: str
    origin: tuple[Text, ...] = Field(strict=False)
    null_means: Text
    en: Text
    nb: Text


class FactsDocument(_Document):
    """facts.toml."""

    fact: dict[FactName, FactDocument]


class BandDocument(_Document):
    """One band: the first of its axis whose `when` is true holds."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
    when: Text
    en: Text
    nb: Text


class BandsDocument(_Document):
    """bands.toml."""

    urgency: tuple[BandDocument, ...] = Field(strict=False, min_length=1)
    actionability: tuple[BandDocument, ...] = Field(strict=False, min_length=1)


class TextsDocument(_Document):
    """One text in every language."""

    en: Text
    nb: Text


class PeriodSourceDocument(_Document):
    """One source of a period: what it is called, and what it says."""

    title: Text
    en: Text
    nb: Text
    in_force: dt.date | None = None
    length: Annotated[str, StringConstraints(pattern=r"^\d+ (days|months)$")] | None = None


class PeriodDocument(_Document):
    """One entry of a retention file. Neither length: nobody knows, or no duty exists.

    `source` is one line, or a list of sources with what each says. `counts = false` shows the date
    and keeps it from being the last day of a referral; `choice` then says why.
    """

    id: Identifier
    country: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")] | None = None
    providers: tuple[Text, ...] = Field(default=(), strict=False)
    networks: tuple[Literal["tor", "vpn", "hosting"], ...] = Field(default=(), strict=False)
    starts: Literal["report", "incident", "deactivation"] | None = None
    counts: bool = True
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    length_months: int | None = Field(default=None, ge=1)
    length_days: int | None = Field(default=None, ge=1)
    certainty: Literal["statute", "published", "from_memory", "not_known"]
    legal_basis: Text
    legal_basis_nb: Text | None = None
    source: Text | Annotated[tuple[PeriodSourceDocument, ...], Field(strict=False, min_length=1)]
    choice: TextsDocument | None = None
    en: Text
    nb: Text

    @model_validator(mode="after")
    def _has_at_most_one_length(self) -> "PeriodDocument":
        if self.length_months is not None and self.length_days is not None:
            raise ValueError("give length_months or length_days, not both")
        return self


class RetentionDocument(_Document):
    """One file of retention/."""

    kind: Literal["connection_data", "provider_preservation", "provider_policy", "hidden_network"]
    period: tuple[PeriodDocument, ...] = Field(strict=False, min_length=1)


class ReasonDocument(_Document):
    """One reason for not importing."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
    order: int = Field(ge=1)
    title: TextsDocument
    sentence: TextsDocument


class ReasonsDocument(_Document):
    """reasons.toml."""

    reason: tuple[ReasonDocument, ...] = Field(strict=False, min_length=1)


class ProviderDocument(_Document):
    """One provider of the canonical table."""

    name: Text
    company: Text
    kind: Text
    published_row: Text | None = None
    aliases: tuple[Text, ...] = Field(default=(), strict=False)
    legal_names: tuple[Text, ...] = Field(default=(), strict=False)
    services: tuple[Text, ...] = Field(default=(), strict=False)


class ProvidersDocument(_Document):
    """providers.toml."""

    provider: tuple[ProviderDocument, ...] = Field(strict=False, min_length=1)
