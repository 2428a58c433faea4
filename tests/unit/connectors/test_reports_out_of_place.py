"""Reports that do not stand where one looks for them: each is loaded, or rejected by its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import file_details, police_json, write
from tests.hostile import notes, take
from workbench.store.connection import Store

SHAPELESS = police_json(991000002, reportedInformation=[{"a": "1"}, {"b": "2"}])
HOTLINE = {"ReportID": 991006001, "Items": [{"ID": 1, "Url": "https://img.example.net/a"}]}


def numbers(store: Store) -> list[str]:
    _, rows = store.query("SELECT report_number FROM analyst.referral ORDER BY 1")
    return [row[0] for row in rows]


def deep(report: Any, levels: int) -> Any:
    for _ in range(levels):
        report = {"page": report}
    return report


@pytest.mark.parametrize("levels", [3, 5, 200])
def test_a_report_deep_in_a_container_is_loaded_beside_a_shallow_one(
    store: Store, tmp_path: Path, levels: int
) -> None:
    document = {
        "report": police_json(991000001),
        "archive": deep([police_json(991000003)], levels),
    }
    sheet = take(store, write(tmp_path, "a.json", document))
    assert (sheet.read, sheet.loaded) == (2, 2)
    assert numbers(store) == ["991000001", "991000003"]
    assert notes(sheet) == set()


@pytest.mark.parametrize(
    ("reports", "places"),
    [
        ({"1": police_json(991000001), "2": SHAPELESS}, ["reports.2"]),
        ({"first": police_json(991000001), "second": SHAPELESS}, ["reports.second"]),
        ({"1": police_json(991000001), "2": {"reportId": 991000002}}, ["reports.2"]),
        ({"1": HOTLINE, "2": {"ReportID": 991006002}}, ["reports.2"]),
        ({"1": HOTLINE, "2": deep({"ReportID": 2, "Item": []}, 4)}, ["reports.2.page.page.page.page"]),
    ],
    ids=["numbers", "names", "number alone", "hotline", "deep hotline"],
)  # fmt: skip
def test_a_broken_report_of_a_keyed_container_is_rejected_as_in_a_list(
    store: Store, tmp_path: Path, reports: dict[str, Any], places: list[str]
) -> None:
    sheet = take(store, write(tmp_path, "a.json", {"reports": reports}))
    assert (sheet.read, sheet.loaded, sheet.rejected) == (2, 1, 1)
    assert [(row["code"], row["location"]) for row in sheet.rejections] == [
        ("not_a_report", place) for place in places
    ]


def test_what_stands_beside_a_report_and_is_none_is_only_counted(
    store: Store, tmp_path: Path
) -> None:
    around = {"header": {"reportId": 991000001, "exported": "yes"}, "2": [1], "of": {"pages": 1}}
    document = around | {"report": police_json(991000001)}
    sheet = take(store, write(tmp_path, "a.json", document))
    assert (sheet.read, sheet.loaded) == (1, 1)
    assert notes(sheet) == {"header", "2", "of"}


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        (police_json(991000001), [police_json(991000002), SHAPELESS]),
        (HOTLINE, [HOTLINE | {"ReportID": 2}, {"ReportID": 991006003, "Item": []}]),
    ],
    ids=["police", "hotline"],
)
def test_reports_inside_a_report_are_rejected_and_it_is_loaded(
    store: Store, tmp_path: Path, outer: dict[str, Any], inner: list[Any]
) -> None:
    document = outer | {"bundledReports": inner, "linked": {"reports": [{"reportId": 991000007}]}}
    sheet = take(store, write(tmp_path, "a.json", json.dumps([document])))
    assert (sheet.read, sheet.loaded, sheet.rejected) == (3, 1, 2)
    assert [(row["code"], row["location"]) for row in sheet.rejections] == [
        ("report_out_of_place", "[0].bundledReports[0]"),
        ("report_out_of_place", "[0].bundledReports[1]"),
    ]


def test_a_whole_report_among_the_linked_numbers_is_rejected(store: Store, tmp_path: Path) -> None:
    linked = [police_json(991000002), {"reportId": 991000003}]
    people = {"reportedPersons": [{"priorCTReports": linked}]}
    reported = {"reportingEsp": {"espName": "ChatterBox"}, "reportedPeople": people}
    document = police_json(991000001, reportedInformation=reported)
    sheet = take(store, write(tmp_path, "a.json", document))
    assert (sheet.loaded, sheet.rejected) == (1, 1)
    [rejection] = sheet.rejections
    assert rejection["location"].endswith("priorCTReports[0]")


def test_a_part_that_is_a_list_of_one_is_that_part(store: Store, tmp_path: Path) -> None:
    report = police_json(991000002)
    report["reportedInformation"] = [report["reportedInformation"]]
    sheet = take(store, write(tmp_path, "a.json", report))
    assert (sheet.read, sheet.loaded, notes(sheet)) == (1, 1, set())
    _, rows = store.query("SELECT value_as_written FROM referral.identifier ORDER BY 1")
    assert rows == [("cb:00771",), ("river_stone",)]


SAID = "<incidentSummary><incidentType>x</incidentType></incidentSummary>"
PERSON = "<personOrUserReported><screenName>river_stone</screenName>%s</personOrUserReported>"
TEXT = "<additionalInfo>inner</additionalInfo>"


@pytest.mark.parametrize(
    "body",
    [
        file_details("991000001"),
        f"<files>{file_details('991000001')}{file_details('991000001', 'b' * 32)}</files>",
    ],
    ids=["bare", "wrapped"],
)
def test_a_report_around_its_files_is_loaded_with_them(
    store: Store, tmp_path: Path, body: str
) -> None:
    text = f"<report>{SAID}{PERSON % ''}{body}</report>"
    sheet = take(store, write(tmp_path, "a.xml", f"<x>{text}{text.replace('0001<', '0002<')}</x>"))
    assert (sheet.read, sheet.loaded, notes(sheet)) == (2, 2, set())
    _, rows = store.query(
        "SELECT report_number, report_number_source, incident_type, count(file_no) "
        "FROM referral.report_version JOIN referral.file_record USING (version_id) "
        "GROUP BY ALL ORDER BY 1"
    )
    files = body.count("<fileDetails>")
    assert rows == [(f"99100000{one}", "file_details", "x", files) for one in (1, 2)]


def test_files_without_a_number_belong_to_the_report_around_them(
    store: Store, tmp_path: Path
) -> None:
    files = (
        "<fileDetails><fileId>a</fileId></fileDetails><fileDetails><fileId>b</fileId></fileDetails>"
    )
    text = f"<report><reportId>991000001</reportId>{SAID}{files}</report>"
    sheet = take(store, write(tmp_path, "a.xml", text))
    assert (sheet.loaded, notes(sheet)) == (1, set())
    assert store.query("SELECT count(*) FROM referral.file_record")[1] == [(2,)]


def test_a_report_around_a_report_is_one_too(store: Store, tmp_path: Path) -> None:
    text = f"<report><reportId>991000001</reportId>{SAID}<report><reportId>991000002</reportId>"
    sheet = take(store, write(tmp_path, "a.xml", f"{text}{TEXT}</report></report>"))
    assert (sheet.read, sheet.loaded, notes(sheet)) == (2, 2, set())
    assert numbers(store) == ["991000001", "991000002"]


@pytest.mark.parametrize("levels", [4, 5, 200])
def test_a_report_deep_in_wrappers_is_loaded_beside_a_shallow_one(
    store: Store, tmp_path: Path, levels: int
) -> None:
    deep_one = "<a>" * levels + f"<report>{TEXT}</report>" + "</a>" * levels
    sheet = take(store, write(tmp_path, "a.xml", f"<x><report>{SAID}</report>{deep_one}</x>"))
    assert (sheet.read, sheet.loaded, notes(sheet)) == (2, 2, set())


@pytest.mark.parametrize("inner", [f"<report>{TEXT}</report>", file_details()])
def test_a_document_inside_a_part_of_a_report_is_rejected(
    store: Store, tmp_path: Path, inner: str
) -> None:
    text = f"<report>{SAID}{PERSON % f'<more>{inner}</more>'}</report>"
    sheet = take(store, write(tmp_path, "a.xml", text))
    assert (sheet.read, sheet.loaded, sheet.rejected) == (2, 1, 1)
    name = inner[1:].partition(">")[0]
    assert [(row["code"], row["location"]) for row in sheet.rejections] == [
        ("report_out_of_place", f"/report/personOrUserReported/more/{name}")
    ]


def test_text_behind_an_element_is_text_too(store: Store, tmp_path: Path) -> None:
    text = f"<report>{SAID}<additionalInfo>one<b/>two</additionalInfo>three</report>"
    sheet = take(store, write(tmp_path, "a.xml", text))
    assert notes(sheet) == {"/report/#text", "/report/additionalInfo/b"}
    assert store.query("SELECT content FROM referral.text_block")[1] == [("one two",)]
