"""Referrals of other kinds: hotline reports, connection leads and transaction reports."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from sample_data.invent import Inventor
from sample_data.words import load_words

RETURNING = load_words("returning_accounts")["account"]

HOTLINE_REPORTS = {"iccam_v2": 5, "iccam_v3": 4}
LEADS = 8
SIGHTINGS = 4
TRANSACTION_REPORTS = 5
LOADED = sum(HOTLINE_REPORTS.values()) + LEADS + SIGHTINGS + TRANSACTION_REPORTS
FIRST_HOTLINE_NUMBER = 991006001
FIRST_LEAD_NUMBER = 991007001
FIRST_TRANSACTION_NUMBER = 991008001

LEAD_HEADERS = (
    "Lead ID",
    "Exported (UTC)",
    "Network",
    "Files seen",
    "IP address",
    "Port",
    "Observed (UTC)",
    "Client",
    "Client GUID",
    "File name",
    "File hash",
    "Hash list",
    "Internet provider",
)
SIGHTING_HEADERS = ("IP", "Time (UTC)", "Source port", "Hash", "Client software", "Received (UTC)")
TRANSACTION_HEADERS = (
    "Reference",
    "Received (UTC)",
    "Reporting institution",
    "Transaction ID",
    "Date",
    "Amount",
    "Currency",
    "Channel",
    "Sender country",
    "Recipient country",
    "Keywords",
    "Payer first name",
    "Payer last name",
    "Payer account",
    "Payer e-mail",
    "Payee last name",
    "Reason for suspicion",
)
CLIENTS = ("MuleLike 0.50", "ShareBit 4.2", "Torrentelle 2.9")
NETWORKS = ("ed2k", "bittorrent")
COUNTRIES = ("NO", "NL", "SE")
ENDING_SOON = 3  # so many leads whose connection data is deleted these days
LEAD_WITHOUT_FILE = 5
REPORT_WITHOUT_PAYER = 3
REPORT_WITH_ODD_AMOUNT = 4


@dataclass(frozen=True, slots=True)
class HotlineCase:
    """What one hotline report shows. `hosting`: a country, or empty when nobody said."""

    hosting: str
    classification: int
    age: int
    is_gone: bool
    site: int


# Ours, elsewhere and unsaid; illegal, doubtful and not illegal; there and gone; each age group.
HOTLINE_CASES = (
    HotlineCase("NO", 1, 3, is_gone=False, site=5),
    HotlineCase("NL", 1, 4, is_gone=False, site=3),
    HotlineCase("", 3, 1, is_gone=False, site=2),
    HotlineCase("NO", 2, 2, is_gone=True, site=20),
    HotlineCase("NO", 4, 1, is_gone=False, site=22),
)


def kind_files(*, today: date, seed: int) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Every file of these kinds with its path, dated relative to `today`."""
    kinds = Kinds(Inventor(seed), today)
    yield PurePosixPath("hotline/iccam_v2.json"), _as_json(kinds.version_2())
    yield PurePosixPath("hotline/iccam_v3.json"), _as_json({"reports": kinds.version_3()})
    yield PurePosixPath("leads/leads.csv"), _as_csv(LEAD_HEADERS, kinds.leads())
    yield PurePosixPath("leads/sightings.csv"), _as_csv(SIGHTING_HEADERS, kinds.sightings())
    yield (
        PurePosixPath("transactions/str_list.csv"),
        _as_csv(TRANSACTION_HEADERS, kinds.transactions()),
    )


class Kinds:
    """Makes them one after the other; the order is part of the seed."""

    def __init__(self, inventor: Inventor, today: date) -> None:
        self.inventor = inventor
        self.midnight = datetime(today.year, today.month, today.day, tzinfo=UTC)

    def ago(self, days: float) -> datetime:
        """A moment so many days before today."""
        return (self.midnight - timedelta(days=days)).replace(microsecond=0)

    def version_2(self) -> list[dict[str, Any]]:
        """Reports of ICCAM version 2: numbers as numbers, codes as numbers."""
        return [self._version_2(place, case) for place, case in enumerate(HOTLINE_CASES)]

    def _version_2(self, place: int, case: HotlineCase) -> dict[str, Any]:
        report: dict[str, Any] = {
            "ReportID": FIRST_HOTLINE_NUMBER + place,
            "HotlineID": 40 + place,
            "Analyst": " ".join(self.inventor.person()),
            "Received": _iso(self.ago(place + 1.4)),
            "RefererUrl": "https://www.example.com/links" if place == 1 else None,
            "SiteTypeID": case.site,
            "Memo": "Reported by the public." if place % 2 else "",
            "Items": [self._item(place, case, number) for number in range(1 + place % 2)],
        }
        if case.hosting:
            report |= {
                "HostingCountry": case.hosting,
                "HostingIP": f"203.0.113.{20 + place}",
                "HostingNetName": "Granittvert AS" if case.hosting == "NO" else "Duinhost BV",
            }
        return report

    def _item(self, place: int, case: HotlineCase, number: int) -> dict[str, Any]:
        actions = []
        if case.is_gone:
            actions.append({"ActionID": 3, "Country": "NO", "Date": _iso(self.ago(0.5))})
        if case.hosting == "NO":
            actions.insert(0, {"ActionID": 1, "Country": "NO", "Date": _iso(self.ago(1.0))})
        item = {
            "ID": 7000 + 10 * place + number,
            "Url": f"https://img{place}.example.net/{self.inventor.hex_text(10)}",
            "Memo": None,
            "Assessments": [
                {
                    "ClassificationID": case.classification,
                    "ClassifiedBy": " ".join(self.inventor.person()),
                    "AgeGroupID": case.age,
                    "GenderID": 1 + place % 4,
                    "CommercialityID": 3,
                    "ContentType": place % 3,
                    "IsVirtual": False,
                    "IsUserGC": None,
                }
            ],
            "Actions": actions,
        }
        return item | ({"HostingCountry": case.hosting} if case.hosting else {})

    def version_3(self) -> list[dict[str, Any]]:
        """Reports of version 3: contents in short and in full, codes nobody has published."""
        return [self._version_3(place) for place in range(HOTLINE_REPORTS["iccam_v3"])]

    def _version_3(self, place: int) -> dict[str, Any]:
        urls = [f"https://board{place}.example.org/thread/{n}" for n in range(1, 3)]
        full = {
            "contentId": 9000 + 10 * place,
            "url": {"urlString": urls[0], "isSourceUrl": True},
            "memo": None,
            "assignedCountryCode": COUNTRIES[place % 3],
            "countryAssignmentDate": _iso(self.ago(place + 2.2)),
            "assessments": [{"classification": 2 + place, "ageCategorization": 3}],
        }
        short = [
            {"contentId": 9000 + 10 * place + n, "urlString": url} for n, url in enumerate(urls)
        ]
        return {
            "reportId": str(FIRST_HOTLINE_NUMBER + 500 + place),
            "hotlineReceivedDate": _iso(self.ago(place + 3.1)),
            "reportingHotlineId": 12,
            "reportingAnalystName": " ".join(self.inventor.person()),
            "sourceUrlSiteType": 6,
            "referrerUrl": None,
            "memo": "Thread with several pictures." if place == 0 else None,
            "reportContents": short,
            "contents": [full],
        }

    def leads(self) -> Iterator[Sequence[str]]:
        """One line an observation; every second lead was seen twice, one names no file."""
        inventor = self.inventor
        for place in range(LEADS):
            guid = inventor.hex_text(32).upper()
            client = inventor.pick(CLIENTS)
            address = inventor.carrier_address() if place % 3 == 0 else f"198.51.100.{place + 10}"
            has_port = place % 4 != 1
            days_ago = (365.4 - place) if place < ENDING_SOON else 3.0 + place
            for seen in range(1 + place % 2):
                yield (
                    f"L-{FIRST_LEAD_NUMBER + place}",
                    _iso(self.ago(1.0)),
                    NETWORKS[place % 2],
                    str(12 + place),
                    address,
                    str(inventor.port()) if has_port else "",
                    _iso(self.ago(days_ago) + timedelta(minutes=17 * seen)),
                    client,
                    guid,
                    *self._file(place),
                    "Fjordnett AS",
                )

    def _file(self, place: int) -> tuple[str, str, str]:
        if place == LEAD_WITHOUT_FILE:
            return "", "", ""
        return self.inventor.file_name(), self.inventor.hex_text(40), "example list 3"

    def sightings(self) -> Iterator[Sequence[str]]:
        """Leads without a number."""
        for place in range(SIGHTINGS):
            yield (
                f"192.0.2.{100 + place}",
                _iso(self.ago(6.0 + place)),
                str(self.inventor.port()),
                self.inventor.hex_text(40),
                self.inventor.pick(CLIENTS),
                _iso(self.ago(2.0)),
            )

    def transactions(self) -> Iterator[Sequence[str]]:
        """One line a payment; one report names no payer, one amount cannot be read."""
        inventor = self.inventor
        for place in range(TRANSACTION_REPORTS):
            given, last = inventor.person()
            account = (
                f"0000.{inventor.random.randint(10, 99)}.{inventor.random.randint(0, 99999):05d}"
            )
            for payment in range(1 + place % 3):
                is_known = place != REPORT_WITHOUT_PAYER
                yield (
                    f"STR-{FIRST_TRANSACTION_NUMBER + place}",
                    _iso(self.ago(2.0 + place)),
                    "Eksempelbanken ASA",
                    f"T{place}{payment}-{inventor.hex_text(6)}",
                    _iso(self.ago(20.0 + 5 * place + payment)),
                    "about 400"
                    if place == REPORT_WITH_ODD_AMOUNT
                    else f"{inventor.random.randint(150, 2400)}.50",
                    "NOK" if place % 2 else "EUR",
                    inventor.pick(("money transfer", "gift card", "crypto exchange")),
                    "NO",
                    inventor.pick(("PH", "RO", "KE")),
                    "show; cam" if payment else "private show",
                    given if is_known else "",
                    last if is_known else "",
                    account if is_known else "",
                    RETURNING[0]["email"] if place == 0 else "",
                    inventor.person()[1],
                    "Several small payments to persons the customer does not know.",
                )


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _as_json(document: object) -> bytes:
    return json.dumps(document, indent=2, ensure_ascii=False).encode()


def _as_csv(headers: Sequence[str], lines: Iterator[Sequence[str]]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows(lines)
    return written.getvalue().encode("utf-8-sig")
