"""Copies of one invented report, in several formats, taken in through the import's own door."""

from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from connectors.statable import statable_columns
from tests.builders import police_json, write
from tests.unit.connectors.pdf_reports import whole_report
from tests.unit.connectors.pdf_writer import flowing
from workbench.composition import take_in, understand
from workbench.desk.copies.differences import Difference
from workbench.desk.copies.versions import ComparedVersion, compare_every_version, list_versions
from workbench.desk.decisions import Decision, record_decision
from workbench.desk.history_view import VersionView
from workbench.desk.referral import find_referral
from workbench.intake.count_sheet import CountSheet
from workbench.settings import Settings
from workbench.store.connection import Store

NUMBER = "991000001"
TYPE = "reportedInformation.incidentSummary.incidentType"
MAY_3, MAY_9, MAY_20 = ("2026-05-03T10:00:00Z", "2026-05-09T10:00:00Z", "2026-05-20T10:00:00Z")


def report(*, processed: str | None = None, made_available: str | None = None) -> dict[str, Any]:
    """Return a police JSON with a person, two addresses, a file and a text."""
    person = {
        "firstName": "Ola",
        "lastName": "Nordmann",
        "espUserId": "000123456789",
        "screenName": {"value": "ola.nordmann"},
        "emails": [{"value": "ola@example.org", "verified": True}],
        "sourceInformation": {
            "sourceCaptures": [
                {
                    "captureType": "IP Address",
                    "value": "192.0.2.10",
                    "eventName": "Login",
                    "dateTime": "2026-11-08T20:00:01Z",
                }
            ]
        },
    }
    file = {
        "filename": "second.jpg",
        "viewedByEsp": True,
        "md5": "0cc175b9c0f1b6a831c399e269772661",
    }
    written = police_json(NUMBER, dateReceived="2026-11-09T08:15:30Z")
    written["reportedInformation"] |= {
        "reportedPeople": {"reportedPersons": [person]},
        "uploadedFiles": {"uploadedFiles": [file]},
        "additionalInformations": [{"value": "A first account of what was seen."}],
    }
    if processed:
        written["additionalNcmecInformation"] = {"dateTimeProcessed": processed}
    if made_available:
        written["dateMadeAvailable"] = made_available
    return written


def changed(base: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return a copy with one value replaced; `path` names keys and list places, dots between."""
    copy = deepcopy(base)
    *way, last = path.split(".")
    here: Any = copy
    for step in way:
        here = here[int(step)] if step.isdigit() else here[step]
    here[int(last) if last.isdigit() else last] = value
    return copy


def take(store: Store, folder: Path, name: str, content: dict[str, Any] | bytes) -> CountSheet:
    """Import one file; the count sheet must add up."""
    path = write(folder, name, content)
    sheet = take_in(store, [path], Settings(), imported_by="4711", report_progress=lambda _: None)
    assert sheet.adds_up
    assert not sheet.rejected, sheet.rejections
    return sheet


def decide(store: Store) -> Decision:
    """Decide on the report now: what is taken from here on came after."""
    return record_decision(
        store,
        NUMBER,
        disposition="awaiting_information",
        reason_code=None,
        decided_by="A1",
        note=None,
        now=datetime.now(UTC),
    )


def take_four_copies(store: Store, folder: Path) -> None:
    """Take a report and decide on it; then a late older copy, a newer one and the PDF."""
    take(store, folder, "may9.json", report(processed=MAY_9))
    decide(store)
    take(store, folder, "may3.json", changed(report(processed=MAY_3), TYPE, "An earlier name"))
    newer = changed(report(processed=MAY_20), TYPE, "A later name")
    newer["reportedInformation"]["additionalInformations"][0]["value"] = "Veiled words."
    take(store, folder, "may20.json", newer)
    take(store, folder, "copy.pdf", flowing(whole_report()))
    understand(store, Settings())


def versions(store: Store, number: str = NUMBER) -> tuple[VersionView, ...]:
    """Return the versions of a report, oldest first."""
    return tuple(reversed(list_versions(store, find_referral(store, number))))


def places(store: Store, number: str = NUMBER) -> list[tuple[str, str | None, bool]]:
    """Return format, why it became current or was passed over, and whether it is current."""
    return [
        (
            version.source_format.removeprefix("cybertipline_"),
            version.why_current or version.passed_over,
            version.is_current,
        )
        for version in versions(store, number)
    ]


def compared(store: Store, number: str = NUMBER) -> tuple[ComparedVersion, ...]:
    """Return each version with how it differs from the copy it followed, oldest first."""
    listed = list_versions(store, find_referral(store, number))
    return tuple(reversed(compare_every_version(store, listed, statable_columns())))


def told(difference: Difference) -> tuple[str, str | None, str, str | None, str | None]:
    """Return the heart of a difference."""
    found = difference
    return (found.table, found.field, found.kind, found.before, found.after)
