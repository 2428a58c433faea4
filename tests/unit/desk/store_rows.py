"""Rows put straight into a migrated store, for tests of what stands after the intake."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from workbench.store.connection import Store

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RULEBOOK = "rulebook-one"
_IDS = UUID("5c1f1d52-53d1-4d3b-8b7e-6f1c6c0d2a10")

RULES: tuple[dict[str, Any], ...] = (
    {
        "rule_id": "child-at-risk",
        "axis": "urgency",
        "effect": "immediate",
        "facts": ["is_escalated"],
    },
    {"rule_id": "stated-victim", "axis": "urgency", "effect": "high", "facts": ["victim_age"]},
    {
        "rule_id": "dated-address",
        "axis": "actionability",
        "effect": "person",
        "facts": ["ip_count"],
    },
    {"rule_id": "complete", "axis": "quality", "effect": "good", "facts": ["ip_count"]},
    {"rule_id": "for-the-record", "axis": "urgency", "effect": "none", "facts": ["is_escalated"]},
)

FACTS = [
    {
        "name": name,
        "origin": origin,
        "title": {"en": name.replace("_", " "), "nb": f"norsk {name}"},
    }
    for name, origin in {
        "is_escalated": ["report.escalation_text"],
        "victim_age": ["party.age", "party.role"],
        "ip_count": ["ip_event.ip_address"],
    }.items()
]


def insert(store: Store, table: str, **columns: Any) -> None:
    """Insert one row; columns that are not named stay null."""
    names = ", ".join(columns)
    values = ", ".join(f"${name}" for name in columns)
    # The names are this module's own, and values are parameters.
    store.run_text(f"INSERT INTO {table} ({names}) SELECT {values}", columns)


def version_id(referral_id: str, version: int = 1) -> str:
    """Return the id that `add_referral` gives a version."""
    return f"{referral_id}-v{version}"


def add_rulebook(store: Store) -> None:
    """Record one rulebook with five rules and two periods."""
    insert(
        store,
        "referral.rulebook",
        rulebook_hash=RULEBOOK,
        recorded_at=NOON,
        facts=json.dumps(FACTS),
        bands="[]",
    )
    for number, rule in enumerate(RULES, start=1):
        insert(
            store,
            "referral.rule",
            rulebook_hash=RULEBOOK,
            rule_no=number,
            rule_id=rule["rule_id"],
            rule_version=1,
            axis=rule["axis"],
            effect=rule["effect"],
            source="Unit guidance",
            expression=f"{rule['facts'][0]} > 0",
            fact_names=rule["facts"],
            wording=_wording(rule["rule_id"], rule["facts"][0]),
        )
    for period in ("no-access", "us-provider"):
        insert(
            store,
            "referral.retention_period",
            rulebook_hash=RULEBOOK,
            period_id=period,
            kind="connection_data" if period == "no-access" else "provider_preservation",
            country="NO" if period == "no-access" else "US",
            length_months=12,
            certainty="statute",
            legal_basis=f"Act of {period}",
            source="Gazette",
            wording=json.dumps(
                {
                    "en": "Kept a year",
                    "nb": "Lagres i ett år",
                    "legal_basis": {"nb": f"Lov om {period}"},
                }
            ),
        )


def add_referral(
    store: Store,
    referral_id: str,
    *,
    version: int = 1,
    report_number: str | None = None,
    provider: str | None = "ChatterBox",
    received_at: datetime | None = NOON,
    **columns: Any,
) -> str:
    """Add one version of a referral and return its version id."""
    identity = version_id(referral_id, version)
    insert(
        store,
        "referral.report_version",
        version_id=identity,
        referral_id=referral_id,
        version=version,
        batch_id="batch",
        source_file_id=f"file-{identity}",
        source_format="cybertipline_json",
        source_system=columns.pop("source_system", "cybertipline"),
        loaded_at=columns.pop("loaded_at", NOON),
        report_number=report_number,
        provider_as_written=provider,
        received_at=received_at,
        **columns,
    )
    return identity


def add_assessment(
    store: Store,
    identity: str,
    *,
    urgency: str = "routine",
    actionability: str = "actionable",
    kind: str | None = "image",
    last_days: Sequence[date | None] = (),
    outcomes: Sequence[bool | None] = (None, None, None, None, None),
    facts: str = "{}",
    run: int = 1,
) -> UUID:
    """Assess a version: one connection-data clock per day named, on IP events 1, 2, ..."""
    assessment_id = UUID(int=(run << 100) + (uuid5(_IDS, identity).int >> 40))
    insert(
        store,
        "referral.assessment",
        assessment_id=assessment_id,
        version_id=identity,
        referral_id=identity.rpartition("-v")[0],
        assessed_at=NOON,
        rulebook_hash=RULEBOOK,
        facts=facts,
        outcomes=list(outcomes),
        urgency=urgency,
        actionability=actionability,
        referral_kind=kind,
        clocks=[_clock(number, day) for number, day in enumerate(last_days, start=1)],
    )
    return assessment_id


def add_decision(
    store: Store, referral_id: str, disposition: str | None, decided_at: datetime, **columns: Any
) -> UUID:
    """Add a row to the decision history and return its id."""
    decision_id = uuid5(_IDS, f"{referral_id} {decided_at.isoformat()}")
    insert(
        store,
        "desk.decision",
        decision_id=decision_id,
        referral_id=referral_id,
        decided_at=decided_at,
        decided_by=columns.pop("decided_by", "officer 7"),
        disposition=disposition,
        version_seen=1,
        origin=columns.pop("origin", "source"),
        **columns,
    )
    return decision_id


def add_provider_name(store: Store, written: str, provider: str) -> None:
    """Say which canonical provider a written name stands for."""
    insert(
        store,
        "referral.provider_name",
        name_as_written=written,
        provider=provider,
        matched_by="table",
        needs_review=False,
        recorded_at=NOON,
    )


def _clock(number: int, last_on: date | None) -> Mapping[str, Any]:
    return {
        "kind": "connection_data",
        "period_id": "no-access",
        "ip_event_no": number,
        "starts_at": NOON,
        "last_on": last_on,
        "is_start_estimated": False,
        "is_country_assumed": True,
    }


def _wording(rule_id: str, fact: str) -> str:
    english = {
        "title": rule_id,
        "met": f"Met by {{{fact}}}.",
        "not_met": f"Not met: {{{fact}}}.",
        "unknown": f"Unknown: {{{fact}}}.",
        "ask_for": f"Ask for {fact}.",
    }
    return json.dumps({"en": english, "nb": {**english, "met": f"Oppfylt av {{{fact}}}."}})
