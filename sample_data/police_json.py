"""A referral as the JSON that police download, with the habits of different exports."""

from datetime import datetime
from enum import Enum
from typing import Any

from sample_data.case import Case, FileSeen, IpEvent, Person
from sample_data.compose import HABITS
from sample_data.invent import Inventor
from sample_data.json_parts import (
    address_item,
    bare_file_item,
    contact_item,
    file_tags,
    lookup_item,
    other_police,
    remarks,
    tag_groups,
)

PRIORITY_WORDS = {"1": "Child in imminent danger", "2": "Priority 2", "3": "Priority 3", "E": "E"}


class Form(Enum):
    """What is peculiar about one export."""

    PLAIN = "none of the following"
    NUMBER_AS_TEXT = "report number in quotes, Yes and No, misspelt key"
    PROCESSED_TIMES = "says when NCMEC processed and released it, and No for not escalated"
    MILLISECONDS = "milliseconds, and a field no reader knows yet"
    OFFSET = "+00:00 for Z, screen name as plain text"
    BARE_LIST = "files in a bare list, events without a zone, one language"


# What an export writes where nothing is known; "" drops the key altogether.
BLANKS: tuple[str | None, ...] = (None, None, "N/A", "drop", "drop", "")


class PoliceJson:
    """Turns referrals into documents; each document draws its own habits from the seed."""

    def __init__(self, inventor: Inventor) -> None:
        self.inventor = inventor
        self.blank: str | None = None
        self.form = Form.PLAIN

    def document(self, case: Case) -> dict[str, Any]:
        """The whole document of one referral."""
        self.blank = self.inventor.pick(BLANKS)
        self.form = self.inventor.pick(tuple(Form))
        number: int | str = (
            case.report_number if self.form is Form.NUMBER_AS_TEXT else int(case.report_number)
        )
        document = {
            "reportId": number,
            "informational": case.is_informational,
            "dateReceived": self._time(case.received_at),
            "dateMadeAvailable": self._time(case.received_at)
            if self.form is Form.PROCESSED_TIMES
            else self.blank,
            "reportedInformation": self._reported(case),
            "automatedInformation": self._automated(case),
            "additionalNcmecInformation": self._ncmec(case),
            "lawEnforcementContactInformation": self._contacts_for_police(case),
        }
        if self.form is Form.MILLISECONDS:
            document["exportRevision"] = "2026.3"  # a field no reader knows yet
        return _without_dropped(document)

    def _reported(self, case: Case) -> dict[str, Any]:
        victims = [self._person(person, case) for person in case.victims]
        recipients = [self._person(person, case) for person in case.recipients]
        return {
            "reportingEsp": self._esp(case),
            "incidentSummary": {
                "incidentType": case.incident_type,
                "incidentDateTime": self._time(case.incident_at),
                "incidentDateTimeDescription": self._or_blank(
                    "Time of detection" if self.form in {Form.PLAIN, Form.OFFSET} else None
                ),
                "platform": self._or_blank(HABITS[case.provider]["platform"]),
                "espEscalation": self._or_blank(
                    case.escalation or ("No" if self.form is Form.PROCESSED_TIMES else None)
                ),
                "additionalIncidentTypes": list(case.additional_types),
            },
            "incidentDetails": self._details(case),
            "reportedPeople": {"reportedPersons": [self._person(case.suspect, case)]},
            "intendedRecipients": {"intendedRecipients": recipients} if recipients else None,
            "childVictims": {"childVictims": victims} if victims else None,
            "uploadedFiles": self._files(case),
            "additionalInformations": [{"value": case.narrative}] if case.narrative else [],
        }

    def _esp(self, case: Case) -> dict[str, Any]:
        desk = {"firstName": "Law Enforcement", "lastName": "Desk"}
        desk_mail = {"emails": [{"value": "desk@example.com", "verified": None}]}
        return {
            "espName": case.provider_as_written,
            "lastName": HABITS[case.provider].get("product", self.blank),
            "contactForLawEnforcement": {"contactPerson": {**desk, "emails": desk_mail}},
            "addresses": None,
            "phones": None,
            "associationsEntityType": "ESP",
        }

    def _details(self, case: Case) -> dict[str, Any]:
        details: dict[str, Any] = {"emailIncident": [], "webpageIncident": []}
        if case.web_page:
            capture = {"captureType": "URL", "value": case.web_page}
            details["webpageIncident"] = [{"sourceInformation": {"sourceCaptures": [capture]}}]
        if case.chat:
            words_only = self.form is Form.NUMBER_AS_TEXT
            # The misspelt key is the format's own.
            spelling = "additonalInformations" if words_only else "additionalInformations"
            details["chatIncident"] = [
                {
                    "chatServiceOrClient": HABITS[case.provider]["service"],
                    "webcamInvolved": False,
                    "notes": [{"value": case.chat}],
                    spelling: [{"value": "Excerpt only."}],
                }
            ]
        return details

    def _person(self, person: Person, case: Case) -> dict[str, Any]:
        name = person.screen_name
        events = [self._capture(event) for event in person.ip_events]
        if person.profile_url:
            events.append({"captureType": "Profile URL", "value": person.profile_url})
        if person.device:
            kind, value = person.device
            events.append({"captureType": "Device ID", "valueType": kind, "value": value})
        written: dict[str, Any] = {
            "firstName": self._or_blank(person.first_name),
            "lastName": self._or_blank(person.last_name),
            "dateOfBirth": person.date_of_birth.isoformat() if person.date_of_birth else self.blank,
            "approximateAge": person.age if person.age is not None else self.blank,
            "gender": self._or_blank(person.gender),
            "espUserId": self._or_blank(person.user_id),
            "espService": self._or_blank(person.service),
            "screenName": (name if self.form is Form.OFFSET else {"value": name})
            if name
            else self.blank,
            "displayNames": {"displayNames": [{"value": person.display_name}]}
            if person.display_name
            else None,
            "profileBio": self._or_blank(person.bio),
            "emails": {"emails": [contact_item(contact) for contact in person.emails]},
            "phones": {"phones": [contact_item(contact) for contact in person.phones]},
            "sourceInformation": {"sourceCaptures": events} if events else None,
            "addresses": {"addresses": [address_item(person.address)]} if person.address else None,
            "accessToChildren": self._truth(person.has_access_to_children),
            "accessToChildVictim": self._truth(person.has_access_to_victim),
            "convictedSexOffender": self._truth(person.is_convicted),
            "awareOfReport": self._truth(person.was_notified),
            "relationshipToChildVictim": self._or_blank(person.relationship),
            "languages": "Norwegian" if self.form is Form.BARE_LIST else ["Norwegian", "English"],
            "accountTemporarilyDisabled": self.blank,
            "accountPermanentlyDisabled": True if person.disabled_at else self.blank,
            "priorCybertipReports": [int(text) for text in person.prior_reports] or None,
            "additionalInformations": [{"value": text} for text in remarks(person, case)],
        }
        if person.estimated_place:
            estimate = {**person.estimated_place, "verified": False}
            written["espEstimatedLocations"] = {"espEstimatedLocations": [estimate]}
        return written

    def _files(self, case: Case) -> list[Any] | dict[str, Any] | None:
        if self.form is Form.BARE_LIST:
            return [bare_file_item(file) for file in case.files]
        if not case.files and self.form in {Form.PLAIN, Form.NUMBER_AS_TEXT}:
            return None
        return {"uploadedFiles": [self._file(file) for file in case.files]}

    def _file(self, file: FileSeen) -> dict[str, Any]:
        notes = ["Supplemental Reported"] if file.is_supplemental else []
        written: dict[str, Any] = {
            "filename": file.name,
            "originalFilename": self._or_blank(file.original_name),
            "verificationHash": self._or_blank(file.md5),
            "viewedByEsp": file.is_viewed,
            "industryClassification": self._or_blank(file.classification),
            "ncmecTags": tag_groups(file) if file_tags(file) else None,
            "additionalInformations": [{"value": text} for text in notes],
            "sourceInformation": {"sourceCaptures": [self._capture(file.ip_event)]}
            if file.ip_event
            else None,
        }
        if file.uploaded_at:
            pair = {"name": "Upload Date and Time", "value": self._time(file.uploaded_at)}
            written["espMetadata"] = {"metadatas": [pair]}
        return written

    def _capture(self, event: IpEvent) -> dict[str, Any]:
        return {
            "captureType": "IP Address",
            "value": event.address,
            "eventName": event.name.upper() if event.name else None,
            "dateTime": self._event_time(event.at) if event.at else None,
            "port": event.port,
            "possibleProxy": event.is_proxy,
        }

    def _automated(self, case: Case) -> dict[str, Any]:
        lookups = {event.address: event for event in case.suspect.ip_events if event.country}
        seen = [lookup_item(event) for event in lookups.values()]
        notes = {"geoLookups": {"reportedPersonGeoLookups": seen}, "autoRefers": []}
        return {"autoGeneratedNotes": notes}

    def _ncmec(self, case: Case) -> dict[str, Any]:
        words = PRIORITY_WORDS.get(case.priority or "")
        note = case.analyst_note
        return {
            "priority": {"priorityId": case.priority, "value": words} if case.priority else None,
            "ncmecClassification": self._or_blank(case.classification),
            "internationalCountry": "Norway" if case.country else self.blank,
            "notes": {"notes": [{"value": note}]} if note else None,
            "dateTimeProcessed": self._time(case.received_at)
            if self.form is Form.PROCESSED_TIMES
            else self.blank,
        }

    def _contacts_for_police(self, case: Case) -> dict[str, Any]:
        contact = {"agency": "Kripos", "dateTimeMadeAvailable": self._time(case.received_at)}
        return {"lawEnforcementContacts": [contact, *other_police(case)]}

    def _or_blank(self, value: str | None) -> str | None:
        return value or self.blank

    def _truth(self, value: bool | None) -> bool | str | None:  # noqa: FBT001  a value to write, not a switch
        if self.form is not Form.NUMBER_AS_TEXT:
            return value
        return {True: "Yes", False: "No", None: "N/A"}[value]

    def _time(self, moment: datetime) -> str:
        """Z as a rule; one export writes milliseconds, one an offset."""
        if self.form is Form.MILLISECONDS:
            return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        if self.form is Form.OFFSET:
            return moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def _event_time(self, moment: datetime) -> str:
        text = self._time(moment)
        return text.removesuffix("Z") if self.form is Form.BARE_LIST else text


def _without_dropped(document: dict[str, Any]) -> dict[str, Any]:
    """Leave out the keys whose value is "drop", at any depth."""
    return {key: _kept(value) for key, value in document.items() if value != "drop"}


def _kept(value: object) -> object:
    if isinstance(value, dict):
        return _without_dropped(value)
    return [_kept(item) for item in value] if isinstance(value, list) else value
