"""Findings again from what was stored and nothing else: facts, expressions and wording."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.assess.examples import OUTCOMES, judge_facts
from workbench.assess.rulebook_record import fact_from_row
from workbench.model.rulebook import LANGUAGES, Rule, Wording
from workbench.store.connection import Row, Store

NOT_STATED = {"en": "not stated", "nb": "ikke oppgitt"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule said, run again on the stored facts.

    `agrees` is false when the recorded outcome is another: somebody changed the store.
    """

    rule_id: str
    rule_version: int
    axis: str
    effect: str
    source: str
    expression: str
    outcome: str
    agrees: bool
    title: Mapping[str, str]
    sentence: Mapping[str, str]
    ask_for: Mapping[str, str]
    facts: Mapping[str, Any]


def rebuild_current_findings(store: Store, referral_id: str) -> list[Finding]:
    """Rebuild the findings on a referral's newest version; empty while it is not assessed."""
    assessment = store.row("assess/find_current_assessment", {"referral_id": referral_id})
    return rebuild_findings(store, assessment) if assessment else []


def rebuild_findings(store: Store, assessment: Row) -> list[Finding]:
    """Run the stored expressions on the stored facts of one assessment.

    Args:
        store: Where the assessment and its rulebook are recorded.
        assessment: A row of referral.assessment; only its `assessment_id` is read.
    """
    rows = store.rows(
        "assess/list_findings_of_assessment", {"assessment_id": str(assessment["assessment_id"])}
    )
    if not rows:
        return []
    facts = json.loads(rows[0]["facts"])
    declared = [fact_from_row(row) for row in json.loads(rows[0]["declared_facts"])]
    rules = [_rule_of(row) for row in rows]
    (outcomes,) = judge_facts(store, declared, rules, [facts])
    return [
        _finding(rule, OUTCOMES[is_met], agrees=is_met is row["recorded_is_met"], facts=facts)
        for rule, is_met, row in zip(rules, outcomes, rows, strict=True)
    ]


def _rule_of(row: Row) -> Rule:
    wording = json.loads(row["wording"])
    return Rule(
        id=row["rule_id"],
        version=row["rule_version"],
        axis=row["axis"],
        effect=row["effect"],
        source=row["source"],
        expression=row["expression"],
        fact_names=tuple(row["fact_names"]),
        wording={language: Wording(**wording[language]) for language in LANGUAGES},
    )


def _finding(rule: Rule, outcome: str, *, agrees: bool, facts: Mapping[str, Any]) -> Finding:
    used = {name: facts.get(name) for name in rule.fact_names}
    return Finding(
        rule_id=rule.id,
        rule_version=rule.version,
        axis=rule.axis,
        effect=rule.effect,
        source=rule.source,
        expression=rule.expression,
        outcome=outcome,
        agrees=agrees,
        title={language: wording.title for language, wording in rule.wording.items()},
        sentence={
            language: _render(getattr(wording, outcome), used, NOT_STATED[language])
            for language, wording in rule.wording.items()
        },
        ask_for={language: wording.ask_for for language, wording in rule.wording.items()},
        facts=used,
    )


def _render(template: str, facts: Mapping[str, Any], blank: str) -> str:
    sentence = template
    for name, value in facts.items():
        sentence = sentence.replace(f"{{{name}}}", blank if value is None else str(value))
    return sentence
