"""From a story and a provider's habits to one invented referral."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sample_data.case import INCIDENT_TYPES, Case, FileSeen, IpEvent
from sample_data.invent import Inventor
from sample_data.network import NetworkInventor
from sample_data.people import PeopleInventor
from sample_data.words import load_words

SCENARIOS = load_words("scenarios")
HABITS = load_words("inbox_providers")
TEXTS = load_words("texts")
RETURNING = load_words("returning_accounts")["account"]
INBOX_DAYS = 45
# NCMEC's own type, where a story names none.
USUAL_CLASSIFICATION = {"image": "Apparent Child Pornography", "enticement": "Online Enticement"}


class Composer:
    """Makes referrals one after the other; the order is part of the seed."""

    def __init__(self, inventor: Inventor, today: date) -> None:
        self.inventor = inventor
        self.today = today
        self.people = PeopleInventor(inventor)
        self.network = NetworkInventor(inventor, today)

    def all_cases(self) -> list[Case]:
        """Every story as often as it says, oldest first; without report numbers."""
        cases = [
            self.case(name, number)
            for name, story in SCENARIOS["story"].items()
            for number in range(story["count"])
        ]
        return sorted(cases, key=lambda case: (case.received_at, case.story))

    def case(self, name: str, number: int) -> Case:
        """The `number`th referral of the story `name`."""
        story: dict[str, Any] = {**SCENARIOS["default"], **SCENARIOS["story"][name]}
        known = RETURNING[number % len(RETURNING)] if story.get("known_before") else None
        provider = known["provider"] if known else self._provider(story)
        habit = HABITS[provider]
        received_at = self._received(story)
        incident_at = received_at - timedelta(hours=self.inventor.random.uniform(2, 500))
        case = Case(
            story=name,
            provider=provider,
            provider_as_written=self.inventor.weighted(habit["written"]),
            incident_type=INCIDENT_TYPES[story["incident_type"]],
            incident_at=incident_at.replace(microsecond=0),
            received_at=received_at,
        )
        self._say_what_happened(case, story)
        self._say_who(case, story, habit, known)
        self._say_which_files(case, story, habit)
        self._say_what_ncmec_adds(case, story)
        return case

    def _provider(self, story: dict[str, Any]) -> str:
        names = story.get("only") or list(HABITS)
        return self.inventor.weighted({name: HABITS[name]["weight"] for name in names})

    def _received(self, story: dict[str, Any]) -> datetime:
        """Within the last weeks, more of it lately; late arrivals were received over a year ago."""
        days_ago = 1 + int((INBOX_DAYS - 1) * self.inventor.random.betavariate(1.0, 1.6))
        if story.get("is_late"):
            days_ago += 370
        day = datetime.combine(self.today - timedelta(days=days_ago), time(0), tzinfo=UTC)
        return self.inventor.moment_on(day)

    def _say_what_happened(self, case: Case, story: dict[str, Any]) -> None:
        inventor = self.inventor
        filling = {
            "app": case.provider,
            "other_app": inventor.pick(("Snapchat", "Discord", "Telegram")),
            "screen_name": inventor.screen_name(),
        }
        if story["text"]:
            narrative: str = inventor.pick(TEXTS["narrative"][story["text"]])
            case.narrative = narrative.format(**filling)
        if story.get("chat"):
            chat: str = inventor.pick(TEXTS["notes"]["chat"])
            case.chat = chat.format(**filling)
        if story.get("escalate"):
            case.escalation = inventor.pick(TEXTS["escalation"]["texts"])
        if story.get("web_page"):
            case.web_page = f"https://www.example.net/{inventor.screen_name()}"
        case.annotations = tuple(story["annotations"])
        case.country = story["country"] or None
        case.batched_reason = story.get("batched")
        if story.get("police"):
            case.police_agency = inventor.pick(
                ("Sherwood County Sheriff", "Politiet, Vest politidistrikt")
            )
            case.police_case_number = f"SC-{inventor.random.randint(1000, 9999)}"

    def _say_who(
        self, case: Case, story: dict[str, Any], habit: dict[str, Any], known: dict[str, Any] | None
    ) -> None:
        case.suspect = self.people.suspect(story, habit, case.incident_at)
        case.suspect.ip_events = self.network.events(story["network"], habit, case.incident_at)
        if known:
            case.suspect.screen_name = known["screen_name"]
            case.suspect.emails = self.people.known_email(known["email"])
            case.suspect.prior_reports = [known["report_number"]]
        if story.get("victim"):
            case.victims = [self.people.victim(story, habit)]
        if story.get("recipient"):
            case.recipients = [self.people.recipient(habit)]

    def _say_which_files(self, case: Case, story: dict[str, Any], habit: dict[str, Any]) -> None:
        count = self.inventor.random.randint(*story["files"])
        case.files = [self._file(case, story, habit) for _ in range(count)]
        if count > 1 and self.inventor.chance(0.3):
            case.files[-1].is_supplemental = True
            case.files[-1].original_name = "chat_log.csv"

    def _file(self, case: Case, story: dict[str, Any], habit: dict[str, Any]) -> FileSeen:
        inventor = self.inventor
        has_hash = inventor.chance(habit["hashes"])
        uploaded_at = case.incident_at - timedelta(minutes=inventor.random.randint(1, 400))
        # A classification without anybody looking would be a contradiction.
        is_viewed = self._viewed(story, habit)
        classes = story["classes"] if habit["classifies"] and is_viewed is not False else [""]
        return FileSeen(
            name=f"{inventor.hex_text(12)}-{inventor.file_name()}",
            original_name=inventor.file_name() if inventor.chance(0.7) else None,
            file_id=inventor.hex_text(32),
            md5=inventor.hex_text(32) if has_hash else None,
            sha1=inventor.hex_text(40) if has_hash and inventor.chance(0.4) else None,
            is_viewed=is_viewed,
            is_public=inventor.pick((True, False, False, None)),
            classification=inventor.pick(classes) or None,
            flags=tuple(story["flags"]),
            tags=tuple(story["tags"]),
            uploaded_at=uploaded_at if inventor.chance(0.6) else None,
            ip_event=None
            if story["network"] == "gone"
            else self._upload_event(case, habit, uploaded_at),
        )

    def _viewed(self, story: dict[str, Any], habit: dict[str, Any]) -> bool | None:
        if "viewed" in story:
            return {"yes": True, "no": False, "unsaid": None}[story["viewed"]]
        unsaid = 1 - habit["viewed_yes"] - habit["viewed_no"]
        shares = {"yes": habit["viewed_yes"], "no": habit["viewed_no"], "unsaid": unsaid}
        return {"yes": True, "no": False, "unsaid": None}[self.inventor.weighted(shares)]

    def _upload_event(
        self, case: Case, habit: dict[str, Any], uploaded_at: datetime
    ) -> IpEvent | None:
        """The address a file came from: one that the account used anyway."""
        dated = [event for event in case.suspect.ip_events if event.at]
        if not dated or not self.inventor.chance(0.3):
            return None
        event = self.inventor.pick(dated)
        port = self.inventor.port() if self.inventor.chance(habit["ports"]) else None
        return IpEvent(
            event.address, uploaded_at, "Upload", port, event.is_proxy, event.country, event.owner
        )

    def _say_what_ncmec_adds(self, case: Case, story: dict[str, Any]) -> None:
        inventor = self.inventor
        usual = USUAL_CLASSIFICATION.get(story["incident_type"])
        case.classification = story.get("classification", usual)
        if inventor.chance(0.15) and "classification" not in story:
            case.classification = None
        case.priority = (
            story.get("priority") or inventor.weighted({"E": 7, "3": 2, "2": 0.4, "": 1}) or None
        )
        case.is_informational = story.get(
            "informational", inventor.pick((False, False, False, None))
        )
        case.analyst_note = (
            inventor.pick(TEXTS["notes"]["analyst"]) if inventor.chance(0.3) else None
        )
        if story["incident_type"] == "enticement" and inventor.chance(0.4):
            case.additional_types = (INCIDENT_TYPES["image"],)
