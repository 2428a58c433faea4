"""Referrals as tables that people keep: CSV by hand in Norwegian, XLSX in English, decided ones."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from openpyxl import Workbook

from sample_data.archive import HEADERS, REASON_WORDS, oslo_text
from sample_data.case import Case
from sample_data.invent import NAMES, Inventor

# The moment written into packages; a ZIP cannot hold anything before 1980.
FIXED_MOMENT = (2020, 1, 1, 0, 0, 0)

WEEKLY_HEADERS = (
    "Saksnr",
    "Mottatt",
    "Tilbyder",
    "Hva gjelder det",
    "Brukernavn",
    "E-post",
    "Telefon",
    "IP-adresse",
    "IP-tidspunkt",
    "Kildeport",
    "Antall filer",
    "Filnavn",
    "MD5",
    "Merknad",
    "Ansvarlig",
)
SPREADSHEET_HEADERS = (
    "CyberTip number",
    "Date received (UTC)",
    "ESP",
    "Incident type",
    "ESP user ID",
    "Screen name",
    "IP address 1",
    "IP time 1 (UTC)",
    "Port 1",
    "IP address 2",
    "IP time 2 (UTC)",
    "Port 2",
    "File name",
    "MD5",
    "Viewed by ESP",
    "Victim age",
    "Analyst remark",
    "Row colour",
)
DECISIONS = {
    "Importert": 5.0,
    "Ikke importert": 6.0,
    "Venter på opplysninger": 2.0,
    "Oversendt": 2.0,
}


def weekly_list(cases: Sequence[Case]) -> bytes:
    """A list kept by hand: semicolons, Norwegian headers, days first, Oslo time."""
    rows = [_weekly_row(case) for case in cases]
    rows.insert(3, ("",) * len(WEEKLY_HEADERS))  # somebody left a line blank
    nameless = list(_weekly_row(cases[0]))
    nameless[0] = ""  # and forgot a number
    rows.append(tuple(nameless))
    return _csv_bytes([WEEKLY_HEADERS, *rows], encoding="utf-8-sig")


def _weekly_row(case: Case) -> tuple[str, ...]:
    events = [event for event in case.suspect.ip_events if event.at]
    event = events[-1] if events else None
    file = case.files[0] if case.files else None
    return (
        case.report_number,
        oslo_text(case.received_at),
        case.provider_as_written,
        case.incident_type,
        case.suspect.screen_name or "",
        "; ".join(contact.value for contact in case.suspect.emails),
        "; ".join(contact.value for contact in case.suspect.phones),
        event.address if event else "N/A",
        oslo_text(event.at) if event and event.at else "",
        str(event.port) if event and event.port else "",
        str(len(case.files)),
        (file.original_name or file.name) if file else "",
        (file.md5 or "") if file else "",
        case.narrative or "",
        "",
    )


def decided_list(cases: Sequence[Case], inventor: Inventor) -> bytes:
    """The last weeks' decisions in the archive's layout, every disposition among them."""
    rows = [_decided_row(case, place, inventor) for place, case in enumerate(cases)]
    return _csv_bytes([HEADERS, *rows], encoding="utf-8")


def _decided_row(case: Case, place: int, inventor: Inventor) -> tuple[str, ...]:
    first = list(DECISIONS)
    decision = first[place] if place < len(first) else inventor.weighted(DECISIONS)
    reason = inventor.pick(tuple(REASON_WORDS.values())) if decision == "Ikke importert" else ""
    events = [event for event in case.suspect.ip_events if event.at]
    decided_at = case.received_at + timedelta(hours=inventor.random.uniform(1, 20))
    return (
        case.report_number,
        oslo_text(case.received_at),
        case.provider_as_written,
        case.incident_type,
        str(len(case.files)),
        "|".join(file.original_name or file.name for file in case.files),
        case.suspect.screen_name or "",
        case.suspect.emails[0].value if case.suspect.emails else "",
        events[0].address if events else "",
        oslo_text(events[0].at) if events and events[0].at else "",
        decision,
        reason,
        oslo_text(decided_at),
        inventor.pick(NAMES["officers"]),
    )


def _csv_bytes(rows: Iterable[Sequence[str]], *, encoding: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def spreadsheet(cases: Sequence[Case]) -> bytes:
    """A workbook with real date cells, numbers as numbers, and a text that looks like a formula."""
    workbook = Workbook()
    sheet = workbook.active
    if sheet is None:
        raise RuntimeError("A new workbook has a sheet.")
    sheet.title = "Reports"
    sheet.append(SPREADSHEET_HEADERS)
    for line, case in enumerate(cases, start=2):
        for column, value in enumerate(_spreadsheet_row(case), start=1):
            cell = sheet.cell(line, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # "=1+1" in a report is a text
    written = io.BytesIO()
    workbook.save(written)
    return _undated(written.getvalue())


def _spreadsheet_row(case: Case) -> tuple[str | int | datetime | None, ...]:
    events = [event for event in case.suspect.ip_events if event.at]
    captured: list[str | int | datetime | None] = []
    for event in events[:2]:
        captured += [event.address, _plain(event.at), event.port]
    captured += [None] * (6 - len(captured))
    file = case.files[0] if case.files else None
    viewed = {True: "Yes", False: "No", None: None}[file.is_viewed if file else None]
    return (
        int(case.report_number),
        _plain(case.received_at),
        case.provider_as_written,
        case.incident_type,
        case.suspect.user_id,
        case.suspect.screen_name,
        *captured,
        (file.original_name or file.name) if file else None,
        file.md5 if file else None,
        viewed,
        case.victims[0].age if case.victims else None,
        "=1+1 is a remark, not a formula",
        "yellow",
    )


def _plain(moment: datetime | None) -> datetime | None:
    """A workbook cell holds no zone; the header says UTC."""
    return moment.replace(tzinfo=None) if moment else None


def _undated(package: bytes) -> bytes:
    """The same workbook without the moment it was written at: equal seeds give equal bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2020-01-01T00:00:00Z", content
                )
            member = zipfile.ZipInfo(name, FIXED_MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, content)
    return written.getvalue()
