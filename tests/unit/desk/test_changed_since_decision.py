"""What comes after a decision does not lie unseen among what is done."""

from datetime import UTC, datetime
from pathlib import Path

from tests.unit.connectors.pdf_reports import whole_report
from tests.unit.connectors.pdf_writer import flowing
from tests.unit.desk.copies import NUMBER, changed, report, take
from workbench.desk.decisions import record_decision, undo_decision
from workbench.desk.queue import QueueFilter, QueueSort, count_changed, count_queue, list_queue
from workbench.store.connection import Store

MAY_3, MAY_9 = "2026-05-03T10:00:00Z", "2026-05-09T10:00:00Z"
INCIDENT = "reportedInformation.incidentSummary.incidentType"


def decide(store: Store) -> None:
    record_decision(
        store,
        NUMBER,
        disposition="not_imported",
        reason_code="other",
        decided_by="4711",
        note=None,
        now=datetime.now(UTC),
    )


def numbers(store: Store) -> list[str | None]:
    """Return what the queue lists as changed, and fail where it counts otherwise."""
    chosen, today = QueueFilter(status="changed"), datetime.now(UTC).date()
    rows = list_queue(store, chosen, QueueSort(), limit=10, offset=0, today=today, language="en")
    assert len(rows) == count_changed(store) == count_queue(store, chosen, today).total
    return [row.report_number for row in rows]


def test_a_newer_version_after_the_decision_is_listed_until_it_is_decided_on(
    store: Store, tmp_path: Path
) -> None:
    take(store, tmp_path, "a.json", report())
    decide(store)
    assert numbers(store) == []
    take(store, tmp_path, "b.json", changed(report(), INCIDENT, "Sextortion"))
    assert numbers(store) == [NUMBER]
    decide(store)
    assert numbers(store) == []
    undo_decision(store, NUMBER, decided_by="4711", now=datetime.now(UTC))
    assert numbers(store) == [NUMBER]


def test_a_further_source_after_the_decision_is_listed_and_one_from_before_is_not(
    store: Store, tmp_path: Path
) -> None:
    take(store, tmp_path, "a.json", report())
    decide(store)
    take(store, tmp_path, "a.pdf", flowing(whole_report()))
    assert numbers(store) == [NUMBER]
    decide(store)
    assert numbers(store) == []


def test_a_pdf_that_is_older_than_the_json_speaks_for_its_format_all_the_same(
    store: Store, tmp_path: Path
) -> None:
    take(store, tmp_path, "a.json", report(processed="2026-12-01T10:00:00Z"))
    decide(store)
    take(store, tmp_path, "a.pdf", flowing(whole_report()))
    assert numbers(store) == [NUMBER]


def test_an_older_copy_that_comes_late_changes_nothing(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, "may9.json", report(processed=MAY_9))
    decide(store)
    late = changed(report(processed=MAY_3), INCIDENT, "Sextortion")
    take(store, tmp_path, "may3.json", late)
    assert numbers(store) == []


def test_what_nobody_decided_or_somebody_reopened_is_open_and_not_changed(
    store: Store, tmp_path: Path
) -> None:
    take(store, tmp_path, "a.json", report())
    decide(store)
    undo_decision(store, NUMBER, decided_by="4711", now=datetime.now(UTC))
    take(store, tmp_path, "b.json", changed(report(), INCIDENT, "Sextortion"))
    assert numbers(store) == []
