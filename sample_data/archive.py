"""The archive: 32,220 invented referrals whose decisions give Kripos' published tables."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sample_data.invent import NAMES, Inventor
from sample_data.words import load_published, load_words

OSLO = ZoneInfo("Europe/Oslo")
FILE_NAME = "kripos_archive_2018_2021.csv"
FIRST_NUMBER = 991010000
HEADERS = (
    "Report number",
    "Received",
    "Provider",
    "Incident type",
    "Files",
    "File names",
    "Screen name",
    "Reported user e-mail",
    "IP address",
    "IP time",
    "Decision",
    "Reason",
    "Decided",
    "Decided by",
)
# The archive was kept by hand, so a small share of the provider names is mistyped.
TYPING_ERROR_SHARE = 0.004
ENTICEMENT = "Online Enticement of Children for Sexual Acts"
IMAGES = "Child Pornography (possession, manufacture, and distribution)"
INCIDENT_TYPES = {
    IMAGES: 93.0,
    ENTICEMENT: 4.0,
    "Unsolicited Obscene Material Sent to a Child": 1.5,
    "Child Sexual Molestation": 1.0,
    "Child Sex Trafficking": 0.5,
}
REASON_WORDS = {
    "age_doubt": "Alderstvil",
    "no_files": "Ingen vedlagte filer",
    "identity_hidden": "Skjult identitet (VPN)",
    "insufficient_information": "For lite opplysninger",
    "not_criminal": "Ikke straffbart",
    "duplicate": "Duplikat",
    "viral_or_meme": "Viralt eller meme",
    "outside_jurisdiction": "Utenfor norsk jurisdiksjon",
    "evidence_expired": "Sporene er slettet",
    "other": "Annet",
}


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """One line of the archive; times are UTC and written as Oslo time."""

    report_number: str
    received_at: datetime
    provider: str
    incident_type: str
    files: tuple[str, ...]
    screen_name: str
    email: str
    ip_address: str
    ip_at: datetime | None
    reason: str  # empty: imported
    decided_at: datetime
    decided_by: str

    def cells(self) -> tuple[str, ...]:
        """The line as text, in the order of `HEADERS`."""
        return (
            self.report_number,
            oslo_text(self.received_at),
            self.provider,
            self.incident_type,
            str(len(self.files)),
            "|".join(self.files),
            self.screen_name,
            self.email,
            self.ip_address,
            oslo_text(self.ip_at) if self.ip_at else "",
            "Ikke importert" if self.reason else "Importert",
            REASON_WORDS[self.reason] if self.reason else "",
            oslo_text(self.decided_at),
            self.decided_by,
        )


def oslo_text(moment: datetime) -> str:
    """Day first, Oslo time, no zone written: the way the archive's keepers typed it."""
    return moment.astimezone(OSLO).strftime("%d.%m.%Y %H:%M")


def write_archive(folder: Path, *, seed: int = 2021) -> Path:
    """Write the archive as one CSV file for the shipped column map `unit_archive`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEADERS)
        writer.writerows(row.cells() for row in archive_rows(seed))
    return path


def archive_rows(seed: int) -> list[ArchiveRow]:
    """Every line, oldest first; numbers rise with the time, except the returning accounts'."""
    inventor = Inventor(seed)
    habits = load_words("archive_providers")
    returning = load_words("returning_accounts")["account"]
    rows: list[ArchiveRow] = []
    for cell in load_published("kripos_table2_provider_year"):
        known = [
            account
            for account in returning
            if (account["provider"], str(account["year"])) == (cell["provider"], cell["year"])
        ]
        rows.extend(_rows_of_cell(inventor, habits[cell["provider"]], cell, known))
    rows.sort(key=lambda row: (row.received_at, row.screen_name, row.ip_address))
    return [
        row if row.report_number else replace(row, report_number=str(FIRST_NUMBER + place))
        for place, row in enumerate(rows)
    ]


def _rows_of_cell(
    inventor: Inventor, habit: dict[str, Any], cell: dict[str, str], known: list[dict[str, Any]]
) -> Iterator[ArchiveRow]:
    """As many lines as the published cell counts, the first ones imported."""
    imported = int(cell["imported_reconstructed"])
    accounts = {
        False: [a for a in known if not a["is_imported"]],
        True: [a for a in known if a["is_imported"]],
    }
    for place in range(int(cell["received"])):
        is_imported = place < imported
        row = _invent_row(inventor, habit, int(cell["year"]), is_imported=is_imported)
        if accounts[is_imported]:
            account = accounts[is_imported].pop()
            row = replace(
                row,
                report_number=account["report_number"],
                screen_name=account["screen_name"],
                email=account["email"],
            )
        yield row


def _invent_row(
    inventor: Inventor, habit: dict[str, Any], year: int, *, is_imported: bool
) -> ArchiveRow:
    received_at = _received_in(inventor, year)
    reason = "" if is_imported else inventor.weighted(habit["reasons"])
    has_files = reason != "no_files" and (is_imported or inventor.chance(habit["share_with_files"]))
    has_ip = is_imported or reason == "identity_hidden" or inventor.chance(habit["share_with_ip"])
    screen_name = inventor.screen_name()
    file_count = min(12, 1 + int(inventor.random.expovariate(0.9))) if has_files else 0
    return ArchiveRow(
        report_number="",
        received_at=received_at,
        provider=_spelling(inventor, habit),
        incident_type=inventor.weighted(INCIDENT_TYPES),
        files=tuple(inventor.file_name() for _ in range(file_count)),
        screen_name=screen_name,
        email=inventor.email(screen_name) if inventor.chance(habit["share_with_email"]) else "",
        ip_address=inventor.ip_address() if has_ip else "",
        ip_at=received_at - timedelta(hours=inventor.random.uniform(1, 900)) if has_ip else None,
        reason=reason,
        decided_at=received_at + timedelta(hours=inventor.random.uniform(3, 1700)),
        decided_by=inventor.pick(NAMES["officers"]),
    )


def _received_in(inventor: Inventor, year: int) -> datetime:
    """A moment of that year, in Oslo and in UTC alike; more of them towards the year's end."""
    first = datetime(year, 1, 1, 12, tzinfo=UTC)
    day = first + timedelta(days=int(364 * inventor.random.betavariate(1.25, 1.0)))
    moment = inventor.moment_on(day)
    return moment.replace(hour=12) if moment.astimezone(OSLO).year != year else moment


def _spelling(inventor: Inventor, habit: dict[str, Any]) -> str:
    if habit["typing_errors"] and inventor.chance(TYPING_ERROR_SHARE):
        return str(inventor.pick(habit["typing_errors"]))
    return inventor.weighted(habit["spellings"])
