"""Outcomes as columns: of one source by itself, of all sources together, and of what they say.

A rule is a column, in SQL's own three values: true is met, false is not met, null is unknown.
"""

from collections.abc import Sequence
from typing import Final

from workbench.model.rulebook import Rule

# What a version's other sources say beyond it. Known only when every source has been judged by
# itself, so rules that ask for these are judged last, and no band counts them.
SOURCE_FACTS: Final = {
    "source_format_name": "VARCHAR",
    "is_more_urgent_elsewhere": "BOOLEAN",
    "more_urgent_source": "VARCHAR",
    "more_urgent_findings_en": "VARCHAR",
    "more_urgent_findings_nb": "VARCHAR",
    "is_more_actionable_elsewhere": "BOOLEAN",
    "more_actionable_source": "VARCHAR",
    "more_actionable_findings_en": "VARCHAR",
    "more_actionable_findings_nb": "VARCHAR",
}
# What a rule does to the position of its axis.
RAISING: Final = frozenset({"immediate", "high", "elevated", "offence", "person", "lead"})
HOLDING_BACK: Final = frozenset({"lowers", "obstacle", "caution"})


def outcome_column(number: int) -> str:
    """Return the column in which the outcome of rule `number`, from 1, stands."""
    return f"rule_{number}"


def outcome_columns(rules: Sequence[Rule]) -> str:
    """Return one column a rule: SQL's own true, false and null are met, not met and unknown."""
    return ",\n".join(
        f"({rule.expression}) AS {outcome_column(number)}"
        for number, rule in enumerate(rules, start=1)
    )


def outcome_list(rules: Sequence[Rule]) -> str:
    """Return the list of all outcomes by rule number."""
    columns = ", ".join(outcome_column(number) for number in range(1, len(rules) + 1))
    return f"CAST([{columns}] AS BOOLEAN[])"


def standing_list(rules: Sequence[Rule]) -> str:
    """Return by rule number whether a source lets stand what another source says holds back."""
    columns = ", ".join(
        f"({rule.beside})" if rule.beside else f"coalesce({outcome_column(number)}, true)"
        for number, rule in enumerate(rules, start=1)
    )
    return f"CAST([{columns}] AS BOOLEAN[])"


def asks_other_sources(rule: Rule) -> bool:
    """Return whether a rule can be judged only when the other sources of the report have been."""
    return not SOURCE_FACTS.keys().isdisjoint(rule.fact_names)


def outcomes_alone(rules: Sequence[Rule]) -> str:
    """Return one column a rule, unknown where it asks what other sources say."""
    return ",\n".join(
        f"{'CAST(NULL AS BOOLEAN)' if asks_other_sources(rule) else f'({rule.expression})'}"
        f" AS {outcome_column(number)}"
        for number, rule in enumerate(rules, start=1)
    )


def outcomes_together(rules: Sequence[Rule]) -> str:
    """Return the columns in which other sources change what holds for the referral.

    What raises holds where any source states it. What holds back in any of them stands unless
    another does not let it; a source that says nothing of it lets it. What lowers urgency counts
    only where the current version itself states it.
    """
    columns = []
    for number, rule in enumerate(rules, start=1):
        column = outcome_column(number)
        met = f"list_contains(elsewhere.met, {number})"
        denied = f"list_contains(elsewhere.denied, {number})"
        if rule.effect in RAISING:
            columns.append(f"placed.{column} OR {met} AS {column}")
        elif rule.effect in HOLDING_BACK:
            heard = "NULL" if rule.effect == "lowers" else f"{met} OR NULL"
            columns.append(
                f"CASE WHEN {denied} AND placed.{column} THEN NULL"
                f" WHEN NOT {denied} AND placed.{column} IS NULL THEN {heard}"
                f" ELSE placed.{column} END AS {column}"
            )
    return _replacing(columns)


def outcomes_last(rules: Sequence[Rule]) -> str:
    """Return the outcomes of the rules that ask other sources, over those of before."""
    columns = [
        f"({rule.expression}) AS {outcome_column(number)}"
        for number, rule in enumerate(rules, start=1)
        if asks_other_sources(rule)
    ]
    return _replacing(columns)


def _replacing(columns: Sequence[str]) -> str:
    separator = ",\n"
    return f"REPLACE (\n{separator.join(columns)}\n)" if columns else ""
