"""Puts invented versions straight into the migrated tables; a test states only what matters to it."""

import json
from typing import Any

from rules.rulebook import load_rulebook
from workbench.assess.assessor import AssessmentSummary, assess
from workbench.model.rulebook import Rulebook
from workbench.model.tables import TABLES
from workbench.store.connection import Store

IMAGES = "Child Pornography (possession, manufacture, and distribution)"
ENTICEMENT = "Online Enticement of Children for Sexual Acts"
USER = {"party_no": 1, "role": "reported_user"}
VICTIM = {"party_no": 2, "role": "victim"}


def address(**said: Any) -> dict[str, Any]:
    """An ordinary dated address of the reported user."""
    usual = {
        "ip_event_no": 1,
        "party_no": 1,
        "ip_address": "198.51.100.7",
        "occurred_at": "2026-06-01 12:00:00+00",
        "occurred_at_zone_stated": True,
        "network_kind": "unknown",
        "is_private_use": False,
    }
    return usual | said


def add_version(store: Store, number: int = 1, **said: Any) -> str:
    """Add version 1 of referral `number`; return its version id.

    Keys that name a table (`party`, `ip_event`, ...) hold its rows; all others are columns of the
    report. There is a reported user unless `party` says otherwise.
    """
    tables = {key: said.pop(key) for key in list(said) if key in TABLES and key != "report"}
    report = {
        "version_id": f"version-{number}",
        "referral_id": f"referral-{number}",
        "version": 1,
        "batch_id": "batch-1",
        "source_file_id": "file-1",
        "source_format": "cybertipline_json",
        "source_system": "cybertipline",
        "loaded_at": "2026-11-01 00:00:00+00",
        "report_number": str(991000000 + number),
        "incident_type": IMAGES,
        "received_at": "2026-06-02 00:00:00+00",
        "received_at_zone_stated": True,
    }
    report |= said
    _insert(store, "report_version", report)
    for table, rows in {"party": [USER], **tables}.items():
        for row in rows:
            _insert(store, table, {"version_id": report["version_id"], **row})
    return str(report["version_id"])


def _insert(store: Store, table: str, row: dict[str, Any]) -> None:
    columns = ", ".join(row)
    values = ", ".join(f"${column}" for column in row)
    store.run_text(f"INSERT INTO referral.{table} ({columns}) VALUES ({values})", row)  # noqa: S608 - our own names


def assess_all(store: Store, rulebook: Rulebook | None = None) -> AssessmentSummary:
    """Assess everything with the shipped rulebook, for a Norwegian unit."""
    return assess(
        store,
        rulebook or load_rulebook(None),
        everything=True,
        unit_country="NO",
        assumes_unit_country=True,
    )


def facts_of(store: Store, number: int = 1) -> dict[str, Any]:
    """Return the stored facts of a referral."""
    rows = store.rows_of(
        "SELECT facts FROM referral.current_assessment WHERE referral_id = $referral_id",
        {"referral_id": f"referral-{number}"},
    )
    return dict(json.loads(rows[0]["facts"]))


def outcomes_of(store: Store, number: int = 1) -> dict[str, str]:
    """Return rule id -> outcome of a referral, as the public view says it."""
    rows = store.rows_of(
        "SELECT rule_id, outcome FROM analyst.finding WHERE referral_id = $referral_id",
        {"referral_id": f"referral-{number}"},
    )
    return {row["rule_id"]: row["outcome"] for row in rows}


def position_of(store: Store, number: int = 1) -> tuple[str, str]:
    """Return urgency and actionability of a referral."""
    (row,) = store.rows_of(
        "SELECT urgency, actionability FROM analyst.referral WHERE referral_id = $referral_id",
        {"referral_id": f"referral-{number}"},
    )
    return row["urgency"], row["actionability"]


def clocks_of(store: Store, number: int = 1) -> list[dict[str, Any]]:
    """Return the clocks of a referral as stored."""
    (row,) = store.rows_of(
        "SELECT clocks FROM referral.current_assessment WHERE referral_id = $referral_id",
        {"referral_id": f"referral-{number}"},
    )
    return list(row["clocks"])
