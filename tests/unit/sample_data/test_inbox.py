"""The inbox is invented, dated relative to today, and holds the forms readers must cope with."""

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from sample_data.inbox import Inbox, inbox_files, plan_inbox, write_inbox
from sample_data.kinds import LOADED as LOADED_OF_OTHER_KINDS
from sample_data.words import load_words

TODAY = date(2026, 11, 22)
RESERVED = [
    ip_network(text)
    for text in (
        "192.0.2.0/24",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "2001:db8::/32",
        "100.64.0.0/10",
    )
]


@pytest.fixture(scope="module")
def inbox() -> Inbox:
    return plan_inbox(today=TODAY)


@pytest.fixture(scope="module")
def files() -> dict[PurePosixPath, bytes]:
    return dict(inbox_files(today=TODAY))


def every_file(files: dict[PurePosixPath, bytes]) -> Iterator[tuple[str, bytes]]:
    """Files, and members of packages."""
    for path, content in files.items():
        yield str(path), content
        if path.suffix in {".zip", ".xlsx"}:
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                for name in package.namelist():
                    yield f"{path}!/{name}", package.read(name)


def text_of(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return content.decode(encoding, errors="replace")


def documents(files: dict[PurePosixPath, bytes]) -> list[dict[str, Any]]:
    return [
        json.loads(text_of(content)) for path, content in files.items() if path.parts[0] == "json"
    ]


def test_the_same_seed_and_day_give_the_same_bytes(files: dict[PurePosixPath, bytes]) -> None:
    assert dict(inbox_files(today=TODAY)) == files
    assert dict(inbox_files(today=TODAY, seed=8)) != files


def test_another_day_moves_every_date_and_nothing_else_of_the_plan(inbox: Inbox) -> None:
    later = plan_inbox(today=TODAY + timedelta(days=100))
    stories = [case.story for case in inbox.json_cases]
    assert [case.story for case in later.json_cases] == stories
    for earlier_case, later_case in zip(inbox.json_cases, later.json_cases, strict=True):
        assert later_case.received_at - earlier_case.received_at == timedelta(days=100)


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2027, 1, 1), date(2027, 3, 28)])
def test_any_day_will_do(today: date, inbox: Inbox) -> None:
    assert plan_inbox(today=today).loaded == inbox.loaded
    assert len(dict(inbox_files(today=today))) > inbox.loaded


def test_about_three_hundred_were_received_within_the_last_weeks(inbox: Inbox) -> None:
    assert 290 <= inbox.loaded - LOADED_OF_OTHER_KINDS <= 340
    cases = [*inbox.json_cases, *inbox.xml_cases, *inbox.package_cases]
    midnight = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    for case in cases:
        age_days = (midnight - case.received_at).total_seconds() / 86_400
        assert (365 < age_days < 420) if case.story == "late_arrival" else (0 < age_days < 46)
        assert case.incident_at < case.received_at


def test_no_address_was_seen_after_its_report_came_in(inbox: Inbox) -> None:
    for case in [*inbox.json_cases, *inbox.xml_cases, *inbox.package_cases]:
        seen = [*case.suspect.ip_events, *(file.ip_event for file in case.files if file.ip_event)]
        assert all(event.at < case.received_at for event in seen if event.at)


def test_escalations_are_rare_and_every_story_is_told(inbox: Inbox) -> None:
    cases = [*inbox.json_cases, *inbox.xml_cases, *inbox.package_cases]
    cases += [case for table in inbox.table_cases.values() for case in table]
    told = Counter(case.story for case in cases)
    assert set(told) == set(load_words("scenarios")["story"])
    assert 0 < sum(bool(case.escalation) for case in cases) < len(cases) / 50


def test_numbers_are_ours_and_each_referral_has_one(inbox: Inbox) -> None:
    cases = [*inbox.json_cases, *inbox.xml_cases, *inbox.package_cases]
    cases += [case for table in inbox.table_cases.values() for case in table]
    numbers = [case.report_number for case in cases]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("99100") and len(number) == 9 for number in numbers)


def test_every_address_mail_and_link_is_one_nobody_has(files: dict[PurePosixPath, bytes]) -> None:
    dotted = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
    mail = re.compile(r"[\w.+-]+@([\w.-]*\w)")
    host = re.compile(r"https?://([\w.-]+)")
    found: Counter[str] = Counter()
    for name, content in every_file(files):
        if name.endswith((".jpg", ".mp4", ".zip", ".xlsx")) or ".xlsx!/" in name:
            continue
        text = text_of(content)
        for written in dotted.findall(text):
            plain = ".".join(str(int(part)) for part in written.split("."))
            assert any(ip_address(plain) in network for network in RESERVED), (name, written)
            found["address"] += 1
        for domain in mail.findall(text):
            assert re.fullmatch(r"example\.(org|com|net)", domain), (name, domain)
            found["mail"] += 1
        for domain in host.findall(text):
            is_schema = domain == "www.w3.org"
            assert is_schema or re.search(r"(^|\.)example\.(org|com|net)$", domain), (name, domain)
            found["link"] += 1
    assert min(found[kind] for kind in ("address", "mail", "link")) > 100


def test_json_comes_in_the_shapes_that_exports_have(files: dict[PurePosixPath, bytes]) -> None:
    found = documents(files)
    informed = [document["reportedInformation"] for document in found]
    people = [person for one in informed for person in one["reportedPeople"]["reportedPersons"]]
    assert {type(document["reportId"]) for document in found} == {int, str}
    assert {type(one["uploadedFiles"]) for one in informed} == {dict, list, type(None)}
    assert {str, dict} <= {type(person.get("screenName")) for person in people}
    assert {type(person["languages"]) for person in people} == {str, list}
    assert {None, "N/A", "", True} <= {
        person.get("accountPermanentlyDisabled") for person in people
    }
    assert any("accountPermanentlyDisabled" not in person for person in people)
    misspelt = [chat for one in informed for chat in one["incidentDetails"].get("chatIncident", ())]
    assert any("additonalInformations" in chat for chat in misspelt)
    endings = {document["dateReceived"][19:] for document in found}
    assert endings == {"Z", ".000Z", "+00:00"}


def test_some_events_have_no_zone_and_some_no_time(files: dict[PurePosixPath, bytes]) -> None:
    times = re.findall(r'"dateTime": (null|"[^"]+")', "".join(map(json.dumps, documents(files))))
    assert "null" in times
    assert any(re.fullmatch(r'"[-\d]+T[:\d]+"', written) for written in times)


def test_byte_order_marks_and_utf_16_occur_in_json_and_xml(
    files: dict[PurePosixPath, bytes],
) -> None:
    for suffix in (".json", ".xml"):
        heads = {content[:3] for path, content in files.items() if path.suffix == suffix}
        assert b"\xef\xbb\xbf" in heads
        assert any(head[:2] == b"\xff\xfe" for head in heads)


def test_provider_reports_are_well_formed_and_carry_no_number(
    inbox: Inbox, files: dict[PurePosixPath, bytes]
) -> None:
    for case in inbox.xml_cases:
        folder = PurePosixPath("providers") / case.report_number
        root = etree.fromstring(files[folder / "report.xml"])
        assert root.tag == "report"
        assert root.find("reportId") is None
        parts = [path for path in files if path.parent == folder and path.name != "report.xml"]
        assert len(parts) == len(case.files)
        for path in parts:
            assert etree.fromstring(files[path]).findtext("reportId") == case.report_number


def test_the_workbook_holds_dates_as_dates_and_a_formula_as_text(
    files: dict[PurePosixPath, bytes],
) -> None:
    workbook = load_workbook(io.BytesIO(files[PurePosixPath("tables/provider_reports.xlsx")]))
    row = next(workbook["Reports"].iter_rows(min_row=2))
    assert isinstance(row[1].value, datetime)
    assert (row[16].value, row[16].data_type) == ("=1+1 is a remark, not a formula", "s")


def test_writing_puts_every_file_where_the_plan_says(
    tmp_path: Path, files: dict[PurePosixPath, bytes]
) -> None:
    folder = write_inbox(tmp_path / "inbox", today=TODAY)
    written = {
        PurePosixPath(path.relative_to(folder).as_posix()): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert written == files
