"""A rulebook -> SQL: every rule a column, every band a CASE, all referrals in one statement.

What is put together here is checked text only: statements of this workbench, and expressions the
rulebook reader has taken apart and written again from an allow-list. No value of a referral is ever
part of the text.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from workbench.assess.outcomes import (
    asks_other_sources,
    outcome_column,
    outcome_list,
    outcomes_alone,
    outcomes_last,
    outcomes_together,
    standing_list,
)
from workbench.model.rulebook import Band, Fact, Rule, Rulebook
from workbench.store.connection import statement

# Each computes its facts for every version to assess; the left joins make them one row a version.
PARTS: Final = (
    "assess/select_report_facts",
    "assess/select_party_facts",
    "assess/select_contact_facts",
    "assess/select_ip_facts",
    "assess/select_preservation_facts",
    "assess/select_file_facts",
    "assess/select_text_facts",
    "assess/select_text_signal_facts",
    "assess/select_earlier_facts",
    "assess/select_country_facts",
    "assess/select_kind_facts",
    "assess/select_hash_facts",
)
# Columns of the fact statement that are not facts: keys, and what becomes a column of its own.
NO_FACTS: Final = frozenset(
    {
        "version_id",
        "referral_id",
        "source_format",
        "is_current",
        "connection_clocks",
        "preservation_clocks",
    }
)
_TARGET: Final = "(FROM referral.version_to_assess($rulebook_hash, $everything))"
_COUNT_NAME: Final = re.compile(r"\b(met|not_met|unknown)_([a-z]+)\b")
_COUNTERS: Final = {
    "met": "CASE WHEN {column} THEN 1 ELSE 0 END",
    "not_met": "CASE WHEN NOT {column} THEN 1 ELSE 0 END",
    "unknown": "CASE WHEN {column} IS NULL THEN 1 ELSE 0 END",
}


def fact_statement() -> str:
    """Return the statement that computes every fact, one row a version to assess."""
    parts = []
    joins = []
    for name in PARTS:
        alias = name.rpartition("/")[2].removeprefix("select_")
        # A part is complete by itself; here all share the one outer `target`.
        body = statement(name).replace(f"WITH target AS {_TARGET},", "WITH", 1)
        body = body.replace(f"WITH target AS {_TARGET}\n", "", 1)
        parts.append(f"{alias} AS (\n{body}\n)")
        joins.append(f"LEFT JOIN {alias} ON target.version_id = {alias}.version_id")
    columns = ",\n".join(
        f"{name.rpartition('/')[2].removeprefix('select_')}.* EXCLUDE (version_id)"
        for name in PARTS
    )
    return (
        f"WITH target AS MATERIALIZED {_TARGET},\n"
        + ",\n".join(parts)
        + "\nSELECT target.version_id, target.referral_id, target.source_format, target.is_current,"
        + f"\n{columns}\nFROM target\n"
        + "\n".join(joins)
    )


def facts_as_columns(facts: Iterable[Fact], source: str) -> str:
    """Return a statement that reads the JSON column `facts` of `source` back into typed columns."""
    columns = ", ".join(
        _typed(f"json_extract_string(facts, '$.{fact.name}')", fact) for fact in facts
    )
    return f"SELECT * EXCLUDE (facts), {columns} FROM {source}"  # noqa: S608 - checked parts only


def _typed(text: str, fact: Fact) -> str:
    if fact.type == "VARCHAR[]":
        return f"from_json({text}, '[\"VARCHAR\"]') AS {fact.name}"
    return f"CAST({text} AS {fact.type}) AS {fact.name}"


def facts_as_json(facts: Iterable[Fact]) -> str:
    """Return the expression that packs every fact into one JSON object."""
    members = ", ".join(f"'{fact.name}': {fact.name}" for fact in facts)
    return f"to_json({{{members}}})"


def band_column(axis: str, bands: Sequence[Band], rules: Sequence[Rule]) -> str:
    """Return the CASE that places a referral: the first band of the axis that holds."""

    def count(found: re.Match[str]) -> str:
        outcome, effect = found.groups()
        terms = [
            _COUNTERS[outcome].format(column=outcome_column(number))
            for number, rule in enumerate(rules, start=1)
            if (rule.axis, rule.effect) == (axis, effect) and not asks_other_sources(rule)
        ]
        return f"({' + '.join(terms) or '0'})"

    cases = " ".join(
        f"WHEN {_COUNT_NAME.sub(count, band.expression)} THEN '{band.name}'"
        for band in bands
        if band.axis == axis
    )
    return f"CASE {cases} END AS {axis}"


def _recorded(rulebook: Rulebook) -> str:
    """Return the row that is kept of each version."""
    return f"""
SELECT
    uuidv7() AS assessment_id,
    version_id,
    referral_id,
    $assessed_at AS assessed_at,
    $rulebook_hash AS rulebook_hash,
    {facts_as_json(rulebook.facts)} AS facts,
    {outcome_list(rulebook.rules)} AS outcomes,
    urgency,
    actionability,
    coalesce(referral_kind, 'unknown') AS referral_kind,
    clocks
FROM judged
"""  # noqa: S608 - checked parts only, see above


def assessment_statement(rulebook: Rulebook) -> str:
    """Return the one statement that assesses: facts, outcomes, bands and clocks in bulk.

    Every current source is judged by itself first (`placed`). Then each current version hears what
    the others say (`elsewhere`), is placed by all of them (`together`), and says why (`told`).
    """
    rules, bands = rulebook.rules, rulebook.bands
    positions = (
        f"{band_column('urgency', bands, rules)}, {band_column('actionability', bands, rules)}"
    )
    return f"""
INSERT INTO referral.assessment BY NAME
WITH fact AS (
{fact_statement()}
),
alone AS (
    SELECT *,
{outcomes_alone(rules)}
    FROM fact
),
placed AS MATERIALIZED (
    SELECT *,
        {outcome_list(rules)} AS outcomes,
        {standing_list(rules)} AS standing,
        {positions},
        list_concat(coalesce(connection_clocks, []), preservation_clocks) AS clocks
    FROM alone
),
elsewhere AS MATERIALIZED (
{statement("assess/hear_sources")}
),
together AS MATERIALIZED (
    SELECT version_id, {positions}
    FROM (
        SELECT placed.* EXCLUDE (urgency, actionability) {outcomes_together(rules)}
        FROM placed
        INNER JOIN elsewhere ON placed.version_id = elsewhere.version_id
    )
),
told AS (
{statement("assess/tell_sources")}
),
judged AS (
    SELECT * {outcomes_last(rules)}
    FROM (
{statement("assess/join_sources")}
    )
)
{_recorded(rulebook)}
"""  # noqa: S608 - checked parts only, see above
