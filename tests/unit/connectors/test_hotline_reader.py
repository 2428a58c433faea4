"""Hotline reports, versions 2 and 3: addresses and hosting, whatever wraps them, never a suspect."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectors.shapes import read_allow_list
from tests.unit.connectors.conftest import Reading, read_file

GOLDEN = Path(__file__).parents[2] / "golden"
FORMATS = """
ReportID HotlineID Analyst Received RefererUrl SiteTypeID Memo Items ID Url Assessments ClassificationID
ClassifiedBy ActionID Country reportId reportContents contentId urlString url isSourceUrl memo assessments
countryAssignmentDate sourceUrlSiteType referrerUrl hotlineReceivedDate reportingHotlineId
reportingAnalystName IsVirtual IsChildModeling IsUserGC
""".split()  # noqa: SIM905 - as FORMATS lists them


def version_2(**changes: Any) -> dict[str, Any]:
    report: dict[str, Any] = {
        "ReportID": 991006001,
        "HotlineID": 7,
        "Analyst": "Kari Prøve",
        "Received": "2026-11-01T10:00:00Z",
        "RefererUrl": "https://www.example.com/links",
        "SiteTypeID": 5,
        "HostingCountry": "NO",
        "HostingIP": "203.0.113.9",
        "Memo": "Seen twice.",
        "Items": [
            {
                "ID": 11,
                "Url": "https://img.example.net/a",
                "Memo": None,
                "Assessments": [
                    {"ClassificationID": 1, "ClassifiedBy": "Ola", "IsVirtual": False},
                    {"ClassificationID": 3, "ClassifiedBy": "Per"},
                ],
                "Actions": [{"ActionID": 2, "Country": "NO", "Date": "2026-11-02T00:00:00Z"}],
            },
            {"ID": 12, "Url": "https://img.example.net/b", "Assessments": []},
        ],
    }
    return report | changes


def version_3(**changes: Any) -> dict[str, Any]:
    report: dict[str, Any] = {
        "reportId": "991006501",
        "hotlineReceivedDate": "2026-11-01T10:00:00+01:00",
        "reportingHotlineId": 12,
        "sourceUrlSiteType": 6,
        "sitePassword": "hunter2",
        "memo": None,
        "reportContents": [
            {"contentId": 1, "urlString": "https://board.example.org/1"},
            {"contentId": 2, "urlString": "https://board.example.org/2"},
        ],
        "contents": [
            {
                "contentId": 2,
                "url": {"urlString": "https://board.example.org/2", "isSourceUrl": True},
                "memo": "the page",
                "assignedCountryCode": "NO",
                "countryAssignmentDate": "2026-11-03T00:00:00Z",
                "assessments": [{"classification": 2, "virtualContentCategorization": 1}],
            }
        ],
    }
    return report | changes


def read(document: Any) -> Reading:
    return read_file(json.dumps(document, ensure_ascii=False).encode())


def test_every_field_that_formats_names_is_read_or_left_out() -> None:
    assert set(FORMATS) - read_allow_list("connectors.hotline").names() == set()


@pytest.mark.parametrize(
    ("document", "name"),
    [(version_2(), "hotline_version_2.json"), (version_3(), "hotline_version_3.json")],
    ids=["version 2", "version 3"],
)
def test_a_whole_report_gives_these_rows(document: Any, name: str) -> None:
    reading = read(document)
    written = json.dumps(reading.record.rows, indent=1, ensure_ascii=False) + "\n"
    assert written == (GOLDEN / name).read_text(encoding="utf-8")
    assert reading.unread == {}


def test_numbers_are_the_hotline_networks_own() -> None:
    for document, number in ((version_2(), "991006001"), (version_3(), "991006501")):
        record = read(document).record
        assert (record.source_system, record.report_number) == ("iccam", number)
        assert record.report_number_source == "document"


def test_no_suspect_is_made() -> None:
    for document in (version_2(), version_3()):
        rows = read(document).record.rows
        assert rows.keys().isdisjoint({"party", "identifier", "ip_event", "file_record"})


@pytest.mark.parametrize(
    ("wrap", "count"),
    [
        (lambda one, two: [one, two], 2),
        (lambda one, two: {"reports": [one, two]}, 2),
        (lambda one, two: {"value": {"data": [one, two]}, "@odata.count": 2}, 2),
        (lambda one, two: [[one], [two]], 2),
        (lambda one, _: one, 1),
    ],
    ids=["list", "wrapped", "wrapped twice", "lists", "bare"],
)
def test_both_versions_are_told_apart_in_whatever_wraps_them(
    wrap: Callable[[Any, Any], Any], count: int
) -> None:
    reading = read(wrap(version_2(), version_3()))
    formats = [record.source_format for record in reading.records]
    assert formats == ["iccam_v2", "iccam_v3"][:count]
    assert reading.refusals == []


def test_what_the_report_says_of_the_page_goes_to_the_source_address() -> None:
    reading = read(version_3(sourceUrlCommerciality=2, sourceUrlPaymentMethods=[6, 13]))
    found = {row["content_id"]: row for row in reading.rows("web_address")}
    assert (found["2"]["site_type"], found["2"]["commerciality"]) == ("6", "2")
    assert found["2"]["payment_methods"] == ["6", "13"]
    assert "site_type" not in found["1"]


def test_what_an_address_says_of_its_own_hosting_stands() -> None:
    items = [{"ID": 1, "Url": "https://example.net/a", "HostingCountry": "NL"}]
    [row] = read(version_2(Items=items, RefererUrl=None)).rows("web_address")
    assert (row["hosting_country"], row["hosting_ip_as_written"]) == ("NL", "203.0.113.9")


def test_what_the_report_says_otherwise_than_its_address_is_kept() -> None:
    items = [{"ID": 1, "Url": "https://example.net/a", "HostingCountry": "NL"}]
    reading = read(version_2(Items=items, Url="https://example.net/page"))
    kept = [
        (row["_path"], row["name"], row["value_as_written"]) for row in reading.rows("attribute")
    ]
    assert ("Url", "Url", "https://example.net/page") in kept
    assert ("HostingCountry", "HostingCountry", "NO") in kept


def test_one_content_in_short_and_in_full_is_one_address() -> None:
    rows = read(version_3()).rows("web_address")
    assert [(row["web_address_no"], row["content_id"]) for row in rows] == [(1, "1"), (2, "2")]


def test_two_contents_of_one_id_that_disagree_stay_two() -> None:
    contents = [{"contentId": 2, "urlString": "https://board.example.org/other"}]
    rows = read(version_3(contents=contents)).rows("web_address")
    assert len(rows) == 3


def test_assessments_and_steps_belong_to_their_address() -> None:
    reading = read(version_2(Actions=[{"ActionID": 3, "Country": "NO"}]))
    assert reading.values("web_assessment", "web_address_no") == [2, 2]
    assert reading.values("web_action", "web_address_no") == [2, None]


def test_a_number_of_version_3_is_no_yes_or_no() -> None:
    reading = read(version_3())
    assert reading.values("attribute", "value_as_written", name="virtualContentCategorization") == [
        "1"
    ]
    assert "is_virtual" not in reading.rows("web_assessment")[0]


def test_a_way_into_a_site_is_left_out() -> None:
    reading = read(version_3())
    assert "hunter2" not in str(reading.record.rows)
    assert reading.unread == {}


def test_a_content_by_itself_is_known_by_what_it_says() -> None:
    content = version_3()["contents"][0]
    reading = read(content)
    assert reading.record.report_number is None
    [row] = reading.rows("web_address")
    assert (row["_path"], row["content_id"]) == ("", "2")
    assert reading.values("web_assessment", "_path") == ["assessments[0]"]
    assert read({**content, "reportId": 991006777}).record.report_number == "991006777"


@pytest.mark.parametrize("items", [None, [], {}, "", "N/A"], ids=str)
def test_a_report_without_addresses_is_a_report(items: Any) -> None:
    reading = read(version_2(Items=items, RefererUrl=None, HostingCountry=None, HostingIP=None))
    assert reading.record.report_number == "991006001"


def test_what_stands_beside_and_is_no_report_is_refused_by_place() -> None:
    reading = read([version_2(), {"x": 1}, 7])
    assert len(reading.records) == 1
    assert [refusal.place.path for refusal in reading.refusals] == ["[1]", "[2]"]
    assert {refusal.code for refusal in reading.refusals} == {"not_a_report"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"ReportID": 1, "ReportID": 2, "Items": []}', "duplicate_key"),
        (b'{"ReportID": NaN, "Items": []}', "not_well_formed"),
        (b'{"ReportID": 1, "Items": [', "not_well_formed"),
        (b'{"ReportID": 1, "Items": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too_deep"),
        (b'{"ReportID": 1, "Items": ["\xff"]}', "encoding"),
    ],
    ids=["key twice", "NaN", "cut short", "deep", "encoding"],
)
def test_what_is_hostile_is_refused_as_everywhere(content: bytes, code: str) -> None:
    assert read_file(content).refusal.code == code


def test_unknown_fields_are_counted_and_not_kept() -> None:
    reading = read(version_2(SecretScore=5))
    assert reading.unread == {"SecretScore": 1}


def test_media_in_a_memo_or_address_goes() -> None:
    picture = f"data:image/png;base64,{'iVBORw0KGgo' * 40}"
    reading = read(version_2(Memo=picture, Items=[{"ID": 1, "Url": picture}]))
    assert "iVBOR" not in str(reading.record.rows)
    assert sum(reading.unread.values()) == 2
