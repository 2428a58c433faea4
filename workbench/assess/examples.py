"""Runs the examples of rules through the very expressions that assess referrals."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from workbench.assess.compile import facts_as_columns
from workbench.assess.outcomes import outcome_columns, outcome_list
from workbench.model.rulebook import Example, Fact, Rule, Rulebook
from workbench.store.connection import Store, statement

OUTCOMES = {True: "met", False: "not_met", None: "unknown"}


def run_examples(store: Store, rulebook: Rulebook, examples: Sequence[Example]) -> list[str]:
    """Return what each example's rule says on the example's facts, in order.

    Facts that an example does not name are unknown.
    """
    numbers = {rule.id: number for number, rule in enumerate(rulebook.rules)}
    judged = judge_facts(
        store, rulebook.facts, rulebook.rules, [example.facts for example in examples]
    )
    return [
        OUTCOMES[outcomes[numbers[example.rule_id]]]
        for example, outcomes in zip(examples, judged, strict=True)
    ]


def judge_facts(
    store: Store,
    facts: Sequence[Fact],
    rules: Sequence[Rule],
    fact_values: Sequence[Mapping[str, Any]],
) -> list[list[bool | None]]:
    """Return the outcome of every rule on every set of fact values: true, false or None."""
    rows = [json.dumps(values, default=_as_text) for values in fact_values]
    text = f"""
WITH fact AS ({facts_as_columns(facts, f"({statement('assess/select_fact_sets')})")}),
judged AS (SELECT *, {outcome_columns(rules)} FROM fact)
SELECT {outcome_list(rules)} AS outcomes FROM judged ORDER BY set_no
"""  # noqa: S608 - checked parts only, as in compile.py
    return [list(row["outcomes"]) for row in store.rows_of(text, {"fact_sets": rows})]


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no kind of fact")
