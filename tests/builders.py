"""Invented reports as their senders write them; a test states only what matters to it."""

import json
from pathlib import Path
from typing import Any


def police_json(report_number: str | int = "991000602", **changes: Any) -> dict[str, Any]:
    """Return a small police JSON; `changes` replace top-level keys."""
    report: dict[str, Any] = {
        "reportId": report_number,
        "informational": False,
        "dateReceived": "2026-11-20T18:00:00Z",
        "reportedInformation": {
            "reportingEsp": {"espName": "ChatterBox"},
            "incidentSummary": {
                "incidentType": "Online Enticement of Children for Sexual Acts",
                "incidentDateTime": "2026-11-20T12:00:00Z",
            },
            "reportedPeople": {
                "reportedPersons": [
                    {"screenName": {"value": "river_stone"}, "espUserId": "cb:00771"}
                ]
            },
        },
    }
    return report | changes


def provider_xml(body: str = "", *, incident: str = "", head: str = "") -> str:
    """Return a small provider `<report>`; `body` goes after the incident summary."""
    return (
        f"{head}<report><incidentSummary>"
        "<incidentType>Online Enticement of Children for Sexual Acts</incidentType>"
        f"{incident}<incidentDateTime>2026-11-20T12:00:00Z</incidentDateTime></incidentSummary>{body}"
        "<reporter><reportingPerson><email>desk@example.org</email></reportingPerson></reporter></report>"
    )


def file_details(report_number: str = "991000602", file_id: str = "a" * 32, body: str = "") -> str:
    """Return a `<fileDetails>` document."""
    return (
        f"<fileDetails><reportId>{report_number}</reportId><fileId>{file_id}</fileId>"
        f"<originalFileName>one.jpg</originalFileName>{body}</fileDetails>"
    )


def write(folder: Path, name: str, content: str | bytes | dict[str, Any]) -> Path:
    """Write a file below a folder and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, dict):
        content = json.dumps(content)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
