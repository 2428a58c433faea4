"""Facts about words: found is true, not found in what can be read is false, all else is unknown."""

from typing import Any

import pytest

from rules.rulebook import load_rulebook
from rules.term_lists import load_term_lists
from tests.unit.assess.referral_rows import (
    IMAGES,
    add_version,
    assess_all,
    facts_of,
    outcomes_of,
    position_of,
)
from workbench.enrich.text_signals import find_text_signals
from workbench.store.connection import Store

SAID = "How old are you?"
LONG = (
    "The account was closed after the report, and there was nothing else that they said about it."
)
FOREIGN = "Der Junge war in der Schule und hat dann seine Freunde angerufen."


def texts(*contents: str, kind: str = "additional_info", **said: Any) -> list[dict[str, Any]]:
    return [
        {"text_no": number, "kind": kind, "content": content, **said}
        for number, content in enumerate(contents, start=1)
    ]


@pytest.mark.parametrize(
    ("said", "in_account", "in_profile"),
    [
        ({}, None, None),
        ({"text_block": texts(SAID)}, True, None),
        ({"text_block": texts(LONG)}, False, None),
        ({"text_block": texts("Closed.")}, None, None),
        ({"text_block": texts(FOREIGN)}, None, None),
        ({"text_block": texts(LONG, "Closed.")}, None, None),
        ({"text_block": texts(LONG, FOREIGN, SAID)}, True, None),
        ({"text_block": texts(SAID, kind="profile_bio")}, None, True),
        ({"text_block": texts(LONG, kind="profile_bio")}, None, False),
        ({"text_block": texts("Stones.", kind="profile_bio")}, None, None),
        ({"text_block": texts(SAID, is_boilerplate=True)}, None, None),
        ({"escalation_text": SAID}, True, None),
        ({"text_block": [*texts(LONG), *texts(SAID, kind="profile_bio")]}, False, True),
    ],
)
def test_what_is_known_of_words(
    store: Store, said: dict[str, Any], in_account: bool | None, in_profile: bool | None
) -> None:
    add_version(store, **said)
    find_text_signals(store, load_term_lists())
    assess_all(store)
    facts = facts_of(store)
    assert (facts["has_asking_age_words"], facts["has_profile_words"]) == (in_account, in_profile)
    if in_account is not True:
        assert facts["has_extortion_words"] is in_account


def test_texts_that_nobody_asked_about_are_unknown(store: Store) -> None:
    add_version(store, text_block=texts(SAID))
    assess_all(store)
    assert facts_of(store)["has_asking_age_words"] is None


@pytest.mark.parametrize(
    ("content", "rule", "urgency"),
    [
        ("They threatened to share the pictures", "words-of-extortion", "high"),
        ("They want to meet up", "words-of-meeting", "high"),
        ("send me the money", "words-of-payment", "elevated"),
        ("add me on it", "words-of-another-app", "elevated"),
        ("how old are you", "words-of-asking-age", "elevated"),
        ("don't tell your parents", "words-of-secrecy", "elevated"),
        ("free robux", "words-of-offering-goods", "elevated"),
        ("went live", "words-of-live-streaming", "elevated"),
    ],
)
def test_words_raise_urgency_a_little_and_never_to_immediate(
    store: Store, content: str, rule: str, urgency: str
) -> None:
    add_version(store, incident_type=IMAGES, text_block=texts(content))
    find_text_signals(store, load_term_lists())
    assess_all(store)
    assert outcomes_of(store)[rule] == "met"
    assert position_of(store)[0] == urgency


def test_words_of_a_profile_raise_nothing(store: Store) -> None:
    add_version(store, text_block=texts("how old are you, meet up", kind="profile_bio"))
    find_text_signals(store, load_term_lists())
    assess_all(store)
    assert outcomes_of(store)["words-in-profile"] == "met"
    assert position_of(store)[0] == "routine"


def test_every_rule_of_words_says_that_it_is_an_indication() -> None:
    rules = [rule for rule in load_rulebook(None).rules if rule.id.startswith("words-")]
    assert len(rules) == 9
    for rule in rules:
        assert "read the text" in rule.wording["en"].met
        assert "les teksten" in rule.wording["nb"].met
        assert rule.wording["en"].ask_for
        assert rule.effect in ("high", "elevated", "none")
        if rule.id != "words-in-profile":
            assert "An indication only" in rule.wording["en"].met
            assert "Bare en indikasjon" in rule.wording["nb"].met
