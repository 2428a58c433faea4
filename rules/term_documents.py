"""What a file of term lists may say; nothing more is accepted."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from rules.documents import Identifier, Text
from workbench.model.terms import Signal

SignalName = Annotated[Signal, Field(strict=False)]


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class TermDocument(_Document):
    """A term with what differs from the usual; one without is written as a plain string."""

    term: Text
    distance: int = Field(ge=0, le=2)


class TermListDocument(_Document):
    """The terms of one signal in one language."""

    id: Identifier
    signal: SignalName
    version: int = Field(ge=1)
    date: dt.date
    source: Text
    terms: tuple[Text | TermDocument, ...] = Field(strict=False, min_length=1)


class TermsDocument(_Document):
    """One file of terms/, or of a unit's own term lists."""

    language: Literal["no", "sv", "da", "nl", "en"]
    endings: tuple[Text, ...] = Field(default=(), strict=False)
    everyday_words: tuple[Text, ...] = Field(default=(), strict=False)
    false_friends: tuple[Text, ...] = Field(default=(), strict=False)
    list: tuple[TermListDocument, ...] = Field(strict=False, min_length=1)
