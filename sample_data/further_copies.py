"""Reports that come again in another form or too late: the PDF beside the JSON, an older copy."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sample_data.case import Case, Contact, FileSeen, IpEvent, Person
from sample_data.compose import HABITS
from sample_data.plain_pdf import PdfLine, plain_pdf

_YEARS_APART = 1
_VICTIM_AGE = 12
_PORT = 40217
_VIEWED = "Did Reporting ESP view entire contents of uploaded file?"
_PUBLIC = "Were entire contents of uploaded file publicly available?"


def stated_processed(document: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Return a police JSON that says when NCMEC processed it: what tells older from newer."""
    added = {**document["additionalNcmecInformation"], "dateTimeProcessed": _iso(at)}
    return {**document, "additionalNcmecInformation": added}


def older_copy(case: Case, document: dict[str, Any]) -> dict[str, Any]:
    """Return the copy from before NCMEC's second look, with a classification that it changed."""
    older = stated_processed(document, case.received_at + timedelta(hours=1))
    older["additionalNcmecInformation"]["ncmecClassification"] = "Unconfirmed"
    return older


def pdf_copy(case: Case) -> bytes:
    """Return the case as a PDF that disagrees with the JSON, and says more.

    It gives the reported user another birthday, names a victim, and has the source ports.
    """
    born = case.suspect.date_of_birth
    suspect = case.suspect
    if born is not None:
        suspect = replace(suspect, date_of_birth=born.replace(year=born.year - _YEARS_APART, day=1))
    return plain_pdf(
        [
            _heading(f"CyberTipline Report {case.report_number}"),
            PdfLine(f"Priority Level: {case.priority or 'E'}"),
            PdfLine(f"Received by NCMEC on {_month_first(case.received_at)}"),
            _heading("Executive Summary"),
            *_said("Incident Type", case.classification),
            *_said("Total Uploaded Files", len(case.files)),
            PdfLine("Section A: Reported Information", is_large=True),
            _heading("Reporting Electronic Service Provider (ESP)"),
            PdfLine("Submitter:"),
            PdfLine(case.provider_as_written),
            _heading("Incident Information"),
            PdfLine(f"Incident Type: {case.incident_type}"),
            PdfLine(f"Incident Time: {_month_first(case.incident_at)}"),
            PdfLine(f"Platform: {HABITS[case.provider]['platform']}"),
            _heading("Suspect 1"),
            *_person(suspect),
            _heading("Child Victim"),
            PdfLine(f"Approximate Age: {_VICTIM_AGE}"),
            PdfLine("Screen/User Name: paper_lantern12"),
            *(line for file in case.files for line in _file(file)),
            *(
                [_heading("Additional Information"), PdfLine(case.narrative)]
                if case.narrative
                else []
            ),
            PdfLine("This concludes Section A. All of the information was submitted by the ESP."),
        ]
    )


def _person(person: Person) -> list[PdfLine]:
    names = [name for name in (person.first_name, person.last_name) if name]
    born = person.date_of_birth
    return [
        *_said("Name", " ".join(names)),
        *_said("Date of Birth", f"{born:%m-%d-%Y}" if born else None),
        *_said("Approximate Age", person.age),
        *(PdfLine(f"Email Address: {_contact(contact)}") for contact in person.emails),
        *(PdfLine(f"Phone: {_contact(contact)}") for contact in person.phones),
        *_said("Screen/User Name", person.screen_name),
        *_said("Display Name", person.display_name),
        *_said("ESP User ID", person.user_id),
        *_said("Profile URL", person.profile_url),
        *(line for event in person.ip_events for line in _address(event)),
    ]


def _contact(contact: Contact) -> str:
    """Write a contact as the form does; it has no way to say that one is not verified."""
    if not contact.is_verified:
        return contact.value
    when = f" {_month_first(contact.verified_at)}" if contact.verified_at else ""
    return f"{contact.value} (Verified{when})"


def _file(file: FileSeen) -> list[PdfLine]:
    answers = {True: "Yes", False: "No", None: "(Information Not Provided by Company)"}
    return [
        _heading("Uploaded File Information"),
        *_said("Filename", file.name),
        *_said("Original Filename", file.original_name),
        *(_address(file.ip_event) if file.ip_event else []),
        PdfLine(f"{_VIEWED} {answers[file.is_viewed]}"),
        PdfLine(f"{_PUBLIC} {answers[file.is_public]}"),
        *_said("Image Categorization by ESP", file.classification),
    ]


def _address(event: IpEvent) -> list[PdfLine]:
    name = f" ({event.name.title()})" if event.name else ""
    port = f" Port: {event.port or _PORT}"
    when = f" {_month_first(event.at)}" if event.at else ""
    return [PdfLine(f"IP Address: {event.address}{name}{port}{when}")]


def _said(label: str, value: object) -> list[PdfLine]:
    return [PdfLine(f"{label}: {value}")] if value else []


def _heading(text: str) -> PdfLine:
    return PdfLine(text, is_bold=True)


def _month_first(moment: datetime) -> str:
    return moment.strftime("%m-%d-%Y %H:%M:%S UTC")


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
