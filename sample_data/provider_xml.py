"""A referral as the provider's own XML: `<report>`, and one `<fileDetails>` a file."""

from datetime import datetime
from enum import Enum

from lxml import etree

from sample_data.case import Case, Contact, FileSeen, IpEvent, Person
from sample_data.compose import HABITS
from sample_data.invent import Inventor

XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA_LOCATION = "https://report.example.org/ispws/xsd"


class Form(Enum):
    """What is peculiar about one provider's client."""

    PLAIN = "none of the following"
    MILLISECONDS = "milliseconds, every group of elements even when empty, flags with a text"
    OFFSET = "+00:00 for Z, older places for flags and attributes"
    TERSE = "no platform, times without a zone"


class ProviderXml:
    """Turns referrals into elements; children stand in the order of the schema."""

    def __init__(self, inventor: Inventor) -> None:
        self.inventor = inventor
        self.form = Form.PLAIN

    def report(self, case: Case) -> etree._Element:
        """The `<report>`; it has no place for a report number."""
        self.form = self.inventor.pick(tuple(Form))
        root = etree.Element("report", nsmap={"xsi": XSI})
        root.set(f"{{{XSI}}}noNamespaceSchemaLocation", SCHEMA_LOCATION)
        if case.batched_reason:
            _open(root, "batchedReport", reason=case.batched_reason)
        self._add_summary(root, case)
        self._add_details(root, case)
        self._add_police(root, case)
        self._add_reporter(root, case)
        self._add_person(root, "personOrUserReported", case.suspect, case)
        for person in case.recipients:
            self._add_person(root, "intendedRecipient", person, case)
        for person in case.victims:
            self._add_person(root, "victim", person, case)
        _add(root, "additionalInfo", case.narrative)
        return root

    def file_details(self, case: Case, file: FileSeen) -> etree._Element:
        """The `<fileDetails>` of one file; it carries the report number."""
        root = etree.Element("fileDetails")
        _add(root, "reportId", case.report_number)
        _add(root, "fileId", file.file_id)
        _add(root, "fileName", file.name if self.form is not Form.PLAIN else None)
        _add(root, "originalFileName", file.original_name)
        _add(root, "uploadedToEspTimestamp", self._time(file.uploaded_at))
        _add(root, "fileViewedByEsp", _truth(file.is_viewed))
        _add(
            root,
            "exifViewedByEsp",
            _truth(file.is_viewed) if self.form is Form.MILLISECONDS else None,
        )
        _add(root, "publiclyAvailable", _truth(file.is_public))
        _add(root, "fileRelevance", "Supplemental Reported" if file.is_supplemental else None)
        if file.flags == ("potentialMeme",) and self.form is Form.OFFSET:
            _add(root, "potentialMeme", "true")
        elif file.flags or self.form is Form.TERSE:
            self._add_flags(root, "fileAnnotations", file.flags)
        _add(root, "industryClassification", file.classification)
        _add(root, "originalFileHash", file.md5, hashType="MD5")
        _add(root, "originalFileHash", file.sha1, hashType="SHA1")
        if file.ip_event:
            self._add_event(root, file.ip_event)
        return root

    def _add_summary(self, root: etree._Element, case: Case) -> None:
        summary = _open(root, "incidentSummary")
        _add(summary, "incidentType", case.incident_type)
        _add(
            summary,
            "platform",
            HABITS[case.provider]["platform"] if self.form is not Form.TERSE else None,
        )
        _add(summary, "escalateToHighPriority", case.escalation)
        if case.annotations or self.form is Form.MILLISECONDS:
            self._add_flags(summary, "reportAnnotations", case.annotations)
        _add(summary, "incidentDateTime", self._time(case.incident_at))
        if self.form is Form.OFFSET:
            _add(
                summary, "incidentDateTimeDescription", "Time at which our system matched the file"
            )

    def _add_details(self, root: etree._Element, case: Case) -> None:
        if case.web_page:
            page = _open(_open(root, "internetDetails"), "webPageIncident")
            page.set("thirdPartyHostedContent", "false")
            _add(page, "url", case.web_page)
        if case.chat:
            chat = _open(_open(root, "internetDetails"), "chatImIncident")
            _add(chat, "chatClient", HABITS[case.provider]["service"])
            _add(chat, "content", case.chat)

    def _add_police(self, root: etree._Element, case: Case) -> None:
        if not case.police_agency:
            if self.form is Form.MILLISECONDS:
                _add_no_police(root)
            return
        police = _open(root, "lawEnforcement")
        _add(police, "agencyName", case.police_agency)
        _add(police, "caseNumber", case.police_case_number)
        _add(police, "reportedToLe", "true")
        if self.form is Form.MILLISECONDS:
            _add(police, "servedLegalProcessInternational", "true", fleaCountry="NO")
        elif self.form is Form.OFFSET:
            police.set("fleaCountry", "NO")
            _add(police, "servedLegalProcessInternational", "true")

    def _add_reporter(self, root: etree._Element, case: Case) -> None:
        reporter = _open(root, "reporter")
        submitter = _open(reporter, "reportingPerson")
        _add(submitter, "firstName", "Trust")
        _add(submitter, "lastName", "Desk")
        _add(submitter, "email", "trust@example.com")
        _add(reporter, "companyTemplate", HABITS[case.provider]["template"] or None)
        _add(
            reporter,
            "legalURL",
            "https://legal.example.com/police" if self.form is Form.OFFSET else None,
        )

    def _add_person(self, root: etree._Element, name: str, person: Person, case: Case) -> None:
        party = _open(root, name)
        self._add_named_person(party, name, person)
        _add(party, "espIdentifier", person.user_id)
        # Without a platform the reported user's service is the only word on whose report it is.
        is_service_needed = self.form is Form.TERSE and person is case.suspect
        _add(
            party,
            "espService",
            HABITS[case.provider]["service"] if is_service_needed else person.service,
        )
        _add(party, "compromisedAccount", _truth(person.is_compromised))
        _add(party, "screenName", person.screen_name)
        _add(party, "displayName", person.display_name)
        _add(party, "profileUrl", person.profile_url)
        _add(party, "profileBio", person.bio)
        for event in person.ip_events:
            self._add_event(party, event)
        if person.device:
            device = _open(party, "deviceId")
            _add(device, "idType", person.device[0])
            _add(device, "idValue", person.device[1])
        if name == "victim":
            _add(party, "schoolName", person.school)
        _add(party, "thirdPartyUserReported", _truth(person.is_third_party))
        for number in person.prior_reports:
            _add(party, "priorCTReports", number)
        _add(party, "groupIdentifier", person.group)
        self._add_closure(party, person)
        self._add_estimate(party, person)
        for linked in person.linked:
            self._add_linked(party, linked)
        _add(party, "additionalInfo", person.text)

    def _add_linked(self, party: etree._Element, person: Person) -> None:
        """An associated account; clients differ in where they say of which kind."""
        account = _open(party, "associatedAccount")
        account.set("accountType" if self.form is Form.OFFSET else "type", "Linked")
        _add(account, "espIdentifier", person.user_id)
        _add(account, "screenName", person.screen_name)

    def _add_named_person(self, party: etree._Element, name: str, person: Person) -> None:
        wrapper = {"personOrUserReported": "personOrUserReportedPerson"}.get(name, f"{name}Person")
        named = _open(party, wrapper)
        _add(named, "firstName", person.first_name)
        _add(named, "lastName", person.last_name)
        for phone in person.phones:
            self._add_contact(named, "phone", phone)
        for email in person.emails:
            self._add_contact(named, "email", email)
        if person.address:
            address = _open(named, "address")
            address.set("type", "Home")
            _add(address, "address", person.address["street"])
            _add(address, "city", person.address["city"])
            _add(address, "zipCode", person.address["postal_code"])
            _add(address, "country", person.address["country"])
        _add(named, "age", str(person.age) if person.age is not None else None)
        _add(named, "ageAssertionDiscrepancy", _truth(person.is_age_doubted))
        _add(
            named, "dateOfBirth", person.date_of_birth.isoformat() if person.date_of_birth else None
        )

    def _add_contact(self, parent: etree._Element, name: str, contact: Contact) -> None:
        element = _open(parent, name)
        element.text = contact.value
        if name == "phone":
            element.set("type", "Mobile")
        if contact.is_verified is not None:
            element.set("verified", "true" if contact.is_verified else "false")
        if contact.verified_at:
            element.set("verificationDate", str(self._time(contact.verified_at)))

    def _add_event(self, parent: etree._Element, event: IpEvent) -> None:
        capture = _open(parent, "ipCaptureEvent")
        _add(capture, "ipAddress", event.address)
        _add(capture, "eventName", event.name)
        _add(capture, "dateTime", self._time(event.at))
        _add(capture, "possibleProxy", _truth(event.is_proxy))
        _add(capture, "port", str(event.port) if event.port else None)

    def _add_closure(self, party: etree._Element, person: Person) -> None:
        if person.disabled_at:
            closure = _open(party, "accountPermanentlyDisabled")
            closure.text = "true"
            closure.set("disabledDate", str(self._time(person.disabled_at)))
            if person.was_notified is not None:
                closure.set("userNotified", "true" if person.was_notified else "false")

    def _add_estimate(self, party: etree._Element, person: Person) -> None:
        if person.estimated_place:
            estimate = _open(party, "estimatedLocation")
            estimate.set("verified", "false")
            for name, value in person.estimated_place.items():
                _add(estimate, name, value)

    def _add_flags(self, parent: etree._Element, name: str, flags: tuple[str, ...]) -> None:
        """Empty elements in some clients, "true" in others, and no flags at all in a third."""
        group = _open(parent, name)
        for flag in flags:
            _open(group, flag).text = "true" if self.form is Form.MILLISECONDS else None

    def _time(self, moment: datetime | None) -> str | None:
        """Z, milliseconds, an offset or no zone at all."""
        if moment is None:
            return None
        if self.form is Form.MILLISECONDS:
            return moment.strftime("%Y-%m-%dT%H:%M:%S.250Z")
        if self.form is Form.OFFSET:
            return moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")
        if self.form is Form.TERSE:
            return moment.strftime("%Y-%m-%dT%H:%M:%S")
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _add_no_police(root: etree._Element) -> None:
    """Some clients fill in the whole block to say that no police are involved."""
    police = _open(root, "lawEnforcement")
    _open(police, "agencyName")
    _add(police, "reportedToLe", "false")
    _add(police, "servedLegalProcessDomestic", "false")
    _add(police, "servedLegalProcessInternational", "false")


def _truth(value: bool | None) -> str | None:  # noqa: FBT001  a value to write, not a switch
    """Absent where nobody said."""
    return None if value is None else str(value).lower()


def _open(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    """Append an empty child."""
    return etree.SubElement(parent, name, attributes)


def _add(parent: etree._Element, name: str, text: str | None, **attributes: str) -> None:
    """Append a child with this text; None appends nothing."""
    if text is not None:
        etree.SubElement(parent, name, attributes).text = text
