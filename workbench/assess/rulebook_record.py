"""Keeps each rulebook that was used, whole, so that its findings can be rebuilt for ever."""

import dataclasses
import json
from datetime import datetime

from workbench.model.rulebook import Fact, RetentionPeriod, Rule, Rulebook
from workbench.store.connection import Store


def record_rulebook(store: Store, rulebook: Rulebook, *, recorded_at: datetime) -> None:
    """Write the rulebook's facts, bands, rules and periods unless this hash is already there."""
    hashed = {"rulebook_hash": rulebook.hash}
    store.run(
        "assess/add_rulebook",
        {
            **hashed,
            "recorded_at": recorded_at,
            "facts": json.dumps([dataclasses.asdict(fact) for fact in rulebook.facts]),
            "bands": json.dumps([dataclasses.asdict(band) for band in rulebook.bands]),
        },
    )
    numbered = enumerate(rulebook.rules, start=1)
    rules = [_rule_row(number, rule) for number, rule in numbered]
    store.run("assess/add_rules", {**hashed, "rules": json.dumps(rules)})
    periods = [_period_row(period) for period in rulebook.periods]
    store.run("assess/add_retention_periods", {**hashed, "periods": json.dumps(periods)})


def fact_from_row(row: dict[str, object]) -> Fact:
    """Return a fact as `record_rulebook` wrote it."""
    return Fact(
        name=str(row["name"]),
        type=str(row["type"]),
        unit=str(row["unit"]),
        origin=tuple(row["origin"]),  # type: ignore[arg-type]  # a JSON list
        null_means=str(row["null_means"]),
        title=dict(row["title"]),  # type: ignore[call-overload]  # a JSON object
    )


def _rule_row(number: int, rule: Rule) -> dict[str, object]:
    return {
        "rule_no": number,
        "rule_id": rule.id,
        "rule_version": rule.version,
        "axis": rule.axis,
        "effect": rule.effect,
        "source": rule.source,
        "expression": rule.expression,
        "fact_names": list(rule.fact_names),
        "wording": {
            language: dataclasses.asdict(wording) for language, wording in rule.wording.items()
        },
    }


def _period_row(period: RetentionPeriod) -> dict[str, object]:
    return {
        "period_id": period.id,
        "kind": period.kind,
        "country": period.country,
        "valid_from": period.valid_from.isoformat() if period.valid_from else None,
        "valid_until": period.valid_until.isoformat() if period.valid_until else None,
        "length_months": period.length_months,
        "length_days": period.length_days,
        "certainty": period.certainty,
        "legal_basis": period.legal_basis["en"],
        "source": period.source,
        "wording": {
            **period.title,
            "legal_basis": dict(period.legal_basis),
            "choice": dict(period.choice),
            "sources": [
                {"title": source.title, **source.says, "length": source.length}
                for source in period.sources
            ],
        },
        "providers": list(period.providers),
        "networks": list(period.networks),
        "starts": period.starts,
        "is_counted": period.is_counted,
    }
