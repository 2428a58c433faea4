"""The people of a referral: the reported user, victims and recipients, with what providers send."""

from datetime import date, datetime, timedelta
from typing import Any

from sample_data.case import Contact, Person
from sample_data.invent import Inventor
from sample_data.words import load_words

STREETS = load_words("names")["streets"]
REMARKS = load_words("texts")["account"]["remarks"]
DEVICE_KINDS = ("IDFA", "GAID", "IMEI")


class PeopleInventor:
    """Makes the people of one report after its story and its provider's habits."""

    def __init__(self, inventor: Inventor) -> None:
        self.inventor = inventor

    def suspect(
        self, story: dict[str, Any], habit: dict[str, Any], incident_at: datetime
    ) -> Person:
        """The reported user."""
        inventor = self.inventor
        if story.get("nameless"):
            return Person(service=habit["service"])
        person = self._account(habit)
        if story["contacts"]:
            self._add_contacts(person, habit, incident_at)
        if "suspect_age" in story:
            person.age = inventor.random.randint(*story["suspect_age"])
        elif inventor.chance(0.3):
            person.date_of_birth = self._birthday(incident_at, inventor.random.randint(18, 60))
        if story.get("full_person"):
            self._add_name_and_address(person)
        if story.get("access"):
            person.has_access_to_children = True
            person.has_access_to_victim = True if story.get("victim") else None
            person.relationship = "uncle" if story.get("victim") else None
        elif inventor.chance(0.15):
            person.has_access_to_children = False
            person.has_access_to_victim = False if story.get("victim") else None
        self._add_claims(person, story)
        if inventor.chance(habit.get("links", 0.0)):
            person.linked = [self._account(habit)]
        if inventor.chance(0.4):
            person.disabled_at = incident_at + timedelta(minutes=inventor.random.randint(2, 3000))
            person.was_notified = inventor.pick((True, False, None))
        return person

    def victim(self, story: dict[str, Any], habit: dict[str, Any]) -> Person:
        """A stated victim, with age unless the provider left it out."""
        person = self._account(habit)
        person.age = self.inventor.random.randint(*story["victim"])
        person.is_age_doubted = self.inventor.pick((True, False, None, None, None, None))
        person.gender = self.inventor.pick(("Female", "Female", "Male", None))
        person.device = None
        if self.inventor.chance(0.2):
            person.school = f"{self.inventor.place()['city']} ungdomsskole"
        return person

    def recipient(self, habit: dict[str, Any]) -> Person:
        """Somebody the content was meant for, about whom no age is said."""
        return self._account(habit)

    def _add_claims(self, person: Person, story: dict[str, Any]) -> None:
        """What few providers say at all, now and then a plain no."""
        seldom = (False, None, None, None, None, None)
        person.is_compromised = story.get("compromised", self.inventor.pick(seldom))
        person.is_convicted = story.get("convicted", self.inventor.pick(seldom))
        person.is_third_party = story.get("third_party", self.inventor.pick(seldom))
        person.group = story.get("group")
        person.bio = story.get("bio")
        if self.inventor.chance(0.2):
            person.text = self.inventor.pick(REMARKS)

    def known_email(self, value: str) -> list[Contact]:
        """The address under which an account was known before, verified this time."""
        return [Contact(value, is_verified=True)]

    def _account(self, habit: dict[str, Any]) -> Person:
        inventor = self.inventor
        screen_name = inventor.screen_name()
        host = f"{habit['service'].lower().replace(' ', '')}.example.com"
        return Person(
            user_id=self._user_id(habit["user_id"]),
            service=habit["service"] if inventor.chance(0.7) else None,
            screen_name=screen_name,
            display_name=screen_name.split("_")[0].title() if inventor.chance(0.5) else None,
            profile_url=f"https://{host}/{screen_name}" if inventor.chance(0.4) else None,
            device=(inventor.pick(DEVICE_KINDS), f"0{inventor.random.getrandbits(46):014d}")
            if inventor.chance(0.25)
            else None,
        )

    def _user_id(self, shape: str) -> str:
        inventor = self.inventor
        if shape == "uuid":
            text = inventor.hex_text(32)
            return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
        if shape == "snowflake":
            return str(inventor.random.randint(10**17, 10**18 - 1))
        if shape == "padded":
            return f"00{inventor.random.randint(10**10, 10**11 - 1)}"
        if shape == "digits":
            return str(inventor.random.randint(10**14, 10**15 - 1))
        return f"u:{inventor.hex_text(8)}"

    def _add_contacts(self, person: Person, habit: dict[str, Any], incident_at: datetime) -> None:
        inventor = self.inventor
        if inventor.chance(habit["emails"]):
            stem = person.screen_name or "post"
            person.emails = [self._contact(inventor.email(stem), habit, incident_at)]
            if inventor.chance(0.2):
                person.emails.append(Contact(inventor.email(f"{stem}.reserve"), is_verified=False))
        if inventor.chance(habit["phones"]):
            person.phones = [self._contact(inventor.phone(), habit, incident_at)]
        if inventor.chance(0.3):
            first_name, last_name = inventor.person()
            person.first_name = first_name
            person.last_name = last_name if inventor.chance(0.4) else None
        if inventor.chance(0.25):
            place = inventor.place()
            person.estimated_place = {
                "city": place["city"],
                "region": place["region"],
                "countryCode": "NO",
            }

    def _contact(self, value: str, habit: dict[str, Any], incident_at: datetime) -> Contact:
        if self.inventor.chance(habit["verified"]):
            days = self.inventor.random.randint(20, 900)
            return Contact(value, is_verified=True, verified_at=incident_at - timedelta(days=days))
        return Contact(value, is_verified=self.inventor.pick((False, None)))

    def _add_name_and_address(self, person: Person) -> None:
        place = self.inventor.place()
        person.first_name, person.last_name = self.inventor.person()
        person.address = {
            "street": f"{self.inventor.pick(STREETS)} {self.inventor.random.randint(1, 60)}",
            "city": place["city"],
            "postal_code": place["postal_code"],
            "country": "NO",
        }

    def _birthday(self, moment: datetime, age: int) -> date:
        born = moment - timedelta(days=365 * age + self.inventor.random.randint(20, 300))
        return born.date()
