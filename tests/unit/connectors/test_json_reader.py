"""The police JSON, with what FORMATS 2.2 to 2.6 say of its variations."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.connectors.conftest import Reading

Read = Callable[..., Reading]

REPORT = {
    "reportId": 991000001,
    "informational": False,
    "dateReceived": "2026-01-02T03:04:05.678+02:00",
    "reportedInformation": {"reportingEsp": {"espName": "Examplebook", "lastName": "Chat"}},
}


def test_the_numbers_of_a_report_stay_text(read_json: Read) -> None:
    reading = read_json(REPORT)
    assert reading.record.report_number == "991000001"
    assert reading.record.report_number_source == "document"
    assert reading.report["report_number"] == "991000001"
    assert reading.report["received_at"] == "2026-01-02T03:04:05.678+02:00"
    assert reading.report["is_informational"] is False
    assert reading.report["provider_as_written"] == "Examplebook"
    assert reading.values("attribute", "value_as_written", name="espProduct") == ["Chat"]
    assert reading.unread == {}


def test_a_long_number_keeps_its_digits_and_a_text_its_zeros(read: Read) -> None:
    text = (
        '{"reportId": "00991000001", "reportedInformation": {"reportingEsp": {}, "reportedPeople"'
    )
    text += ': {"reportedPersons": [{"espUserId": 123456789012345678901234567890.10}]}}}'
    reading = read(text.encode())
    assert reading.record.report_number == "00991000001"
    assert reading.values("party", "provider_user_id") == ["123456789012345678901234567890.10"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_unicode_encoding_is_read(read_json: Read, encoding: str) -> None:
    document = {"reportId": 1, "reportedInformation": {"reportingEsp": {"espName": "Blåbær"}}}
    assert read_json(document, encoding).report["provider_as_written"] == "Blåbær"


@pytest.mark.parametrize(
    ("document", "paths"),
    [
        ([REPORT, REPORT], ["[0]", "[1]"]),
        ({"reports": [REPORT]}, ["reports[0]"]),
        ({"count": 1, "page": {"items": [REPORT]}}, ["page.items[0]"]),
        ({"report": REPORT}, ["report"]),
        ([{"report": REPORT}], ["[0].report"]),
    ],
    ids=["bare list", "wrapped list", "deep list", "one wrapped", "list of wrapped"],
)
def test_reports_are_found_in_lists_and_containers(
    read_json: Read, document: Any, paths: list[str]
) -> None:
    reading = read_json(document)
    assert [record.location.path for record in reading.records] == paths
    assert [record.report_number for record in reading.records] == ["991000001"] * len(paths)


def test_reports_that_follow_each_other_line_by_line_are_read(read: Read) -> None:
    lines = "\n".join(json.dumps(REPORT) for _ in range(3))
    assert len(read(lines.encode()).records) == 3


def test_an_item_that_is_no_report_is_refused_and_the_others_are_read(read_json: Read) -> None:
    reading = read_json([REPORT, {"something": "else"}, REPORT])
    assert len(reading.records) == 2
    assert (reading.refusal.code, reading.refusal.place.path) == ("not_a_report", "[1]")


@pytest.mark.parametrize("number", [None, "", " ", "N/A"])
def test_a_number_that_is_not_stated_is_not_invented(read_json: Read, number: object) -> None:
    reading = read_json(REPORT | {"reportId": number})
    assert reading.record.report_number is None
    assert reading.report["report_number"] == number


def test_absent_null_empty_and_not_available_stay_apart(read_person: Read) -> None:
    reading = read_person(gender=None, lastName="", firstName="N/A", accessToChildren=False)
    (party,) = reading.rows("party")
    assert party["gender"] is None
    assert party["last_name"] == ""
    assert party["first_name"] == "N/A"
    assert party["has_access_to_children"] is False
    assert "middle_name" not in party


def test_fields_without_a_column_note_how_they_were_not_stated(read_person: Read) -> None:
    reading = read_person(occupation=None, races="N/A", emails=None, vehicleDescription="")
    (party,) = reading.rows("party")
    assert party["_not_stated"] == {
        "occupation": "null",
        "races": "n/a",
        "emails": "null",
        "vehicleDescription": "empty",
    }
    assert reading.rows("attribute") == []


@pytest.mark.parametrize(
    "screen_name", ["night_owl", {"value": "night_owl"}, ["night_owl"], [{"value": "night_owl"}]]
)
def test_a_screen_name_is_text_or_an_object(read_person: Read, screen_name: object) -> None:
    reading = read_person(screenName=screen_name)
    assert reading.values("identifier", "value_as_written", kind="screen_name") == ["night_owl"]
    assert reading.unread == {}


@pytest.mark.parametrize(
    "emails",
    [
        {"emails": [{"value": "a@example.org", "verified": True}]},
        [{"value": "a@example.org", "verified": True}],
        {"value": "a@example.org", "verified": True},
    ],
    ids=["wrapped", "bare", "single"],
)
def test_lists_may_be_wrapped_bare_or_single(read_person: Read, emails: object) -> None:
    (row,) = read_person(emails=emails).rows("identifier")
    assert (row["kind"], row["value_as_written"], row["is_verified"]) == (
        "email",
        "a@example.org",
        True,
    )
    assert row["party_no"] == 1


@pytest.mark.parametrize("wrapped", [True, False], ids=["wrapped", "bare"])
def test_captures_may_stand_without_their_container(read_person: Read, wrapped: bool) -> None:
    captures = [{"captureType": "IP Address", "value": "192.0.2.1", "port": 443}]
    reading = read_person(sourceInformation={"sourceCaptures": captures} if wrapped else captures)
    (row,) = reading.rows("ip_event")
    assert (row["ip_address_as_written"], row["source_port"]) == ("192.0.2.1", "443")
    assert row["_path"].endswith("sourceCaptures[0]" if wrapped else "sourceInformation[0]")


def test_bare_texts_are_values(read_person: Read) -> None:
    reading = read_person(phones=["+4799999999"], emails="a@example.org")
    assert reading.values("identifier", "value_as_written") == ["+4799999999", "a@example.org"]


@pytest.mark.parametrize("nothing", [None, {"reportedPersons": None}, {"reportedPersons": []}, []])
def test_a_list_of_people_may_be_nothing(read_reported: Read, nothing: object) -> None:
    assert read_reported(reportedPeople=nothing).rows("party") == []


def test_each_person_has_a_role_and_a_number(read_reported: Read) -> None:
    reading = read_reported(
        reportedPeople={"reportedPersons": [{"firstName": "A"}, {"firstName": "B"}]},
        childVictims={"childVictims": [{"approximateAge": 12}]},
        intendedRecipients={"intendedRecipients": [{}]},
    )
    assert [(row["party_no"], row["role"]) for row in reading.rows("party")] == [
        (1, "reported_user"),
        (2, "reported_user"),
        (3, "victim"),
        (4, "intended_recipient"),
    ]
    assert reading.rows("party")[2]["age"] == "12"
    assert reading.rows("party")[1]["_path"] == (
        "reportedInformation.reportedPeople.reportedPersons[1]"
    )


def captures(*items: dict[str, Any]) -> dict[str, Any]:
    return {"sourceCaptures": list(items)}


def test_captures_go_where_their_type_says(read_person: Read) -> None:
    reading = read_person(
        sourceInformation=captures(
            {
                "captureType": "IP Address",
                "value": "192.0.2.7",
                "eventName": "LOGIN",
                "dateTime": "2026-01-01T00:00:00Z",
                "port": 40001,
                "possibleProxy": None,
            },
            {"captureType": "Profile URL", "value": "https://example.org/u"},
            {"captureType": "URL", "value": "https://example.org/v"},
            {"captureType": "Device ID", "value": "0012", "valueType": "IDFA", "dateTime": None},
            {"captureType": "Phone Number", "value": "+4799999999"},
            {"captureType": "E-mail", "value": "a@example.org"},
            {"captureType": "Shipping label", "value": "7", "dateTime": "2026-01-01"},
        )
    )
    (event,) = reading.rows("ip_event")
    assert event["ip_address_as_written"] == "192.0.2.7"
    assert (event["source_port"], event["event_name"]) == ("40001", "LOGIN")
    assert (event["party_no"], event["ip_event_no"]) == (1, 1)
    assert event["is_possible_proxy"] is None
    kinds = [(row["kind"], row["value_as_written"]) for row in reading.rows("identifier")]
    assert kinds == [
        ("profile_url", "https://example.org/u"),
        ("profile_url", "https://example.org/v"),
        ("device_id", "0012"),
        ("phone", "+4799999999"),
        ("email", "a@example.org"),
    ]
    assert reading.values("identifier", "label", kind="device_id") == ["IDFA"]
    assert [(row["name"], row["value_as_written"]) for row in reading.rows("attribute")] == [
        ("Shipping label", "7"),
        ("Shipping label.dateTime", "2026-01-01"),
    ]
    assert reading.unread == {}


@pytest.mark.parametrize("kind", ["Description", "Zip", "Recipient", "Ship to"])
def test_letters_that_only_look_like_an_address_do_not_make_one(
    read_person: Read, kind: str
) -> None:
    reading = read_person(sourceInformation=captures({"captureType": kind, "value": "x"}))
    assert reading.rows("ip_event") == []
    assert reading.values("attribute", "name") == [kind]


@pytest.mark.parametrize("address", [None, "", "N/A", {"value": None}])
def test_an_address_that_nobody_gave_is_no_ip_event(read_person: Read, address: object) -> None:
    reading = read_person(ipAddress=address)
    assert reading.rows("ip_event") == []
    assert "ipAddress" in reading.rows("party")[0]["_not_stated"]


def test_a_capture_with_a_time_and_no_address_keeps_the_time(read_person: Read) -> None:
    reading = read_person(
        sourceInformation=captures({"captureType": "IP Address", "value": None, "dateTime": "x"})
    )
    assert reading.rows("ip_event") == []
    assert reading.values("attribute", "value_as_written", name="IP Address.dateTime") == ["x"]


def test_a_lone_address_is_an_event_without_a_time(read_person: Read) -> None:
    (event,) = read_person(ipAddress="192.0.2.9").rows("ip_event")
    assert event["ip_address_as_written"] == "192.0.2.9"
    assert "occurred_at" not in event


def test_the_account_number_fills_the_party_and_an_identifier(read_person: Read) -> None:
    reading = read_person(espUserId="000123")
    assert reading.values("party", "provider_user_id") == ["000123"]
    assert reading.values("identifier", "value_as_written", kind="provider_user_id") == ["000123"]


@pytest.mark.parametrize(
    "files",
    [
        {"uploadedFiles": [{"filename": "a.jpg", "viewedByEsp": None}]},
        [{"fileName": "a.jpg", "viewedByEsp": None}],
    ],
    ids=["wrapped", "bare"],
)
def test_both_shapes_of_uploaded_files_are_read(read_reported: Read, files: object) -> None:
    reading = read_reported(uploadedFiles=files)
    (row,) = reading.rows("file_record")
    assert (row["file_no"], row["file_name"], row["is_viewed_by_provider"]) == (1, "a.jpg", None)
    assert reading.report["stated_file_count"] == "1"


def test_an_empty_list_of_files_is_not_a_missing_one(read_reported: Read) -> None:
    assert read_reported(uploadedFiles=[]).report["stated_file_count"] == "0"
    null = read_reported(uploadedFiles=None).report
    assert "stated_file_count" not in null
    assert null["_not_stated"]["uploadedFiles"] == "null"


def test_every_hash_of_a_file_is_kept_under_its_name(read_upload: Read) -> None:
    reading = read_upload(verificationHash="a", md5="b", sha1="c", fileHash="d", hash="e")
    hashes = [
        (row["file_no"], row["hash_type"], row["value_as_written"])
        for row in reading.rows("file_hash")
    ]
    assert hashes == [
        (1, "verificationHash", "a"),
        (1, "MD5", "b"),
        (1, "SHA1", "c"),
        (1, "fileHash", "d"),
        (1, "hash", "e"),
    ]


def test_tags_metadata_and_captures_of_a_file_are_kept(read_upload: Read) -> None:
    reading = read_upload(
        ncmecTags={"groups": [{"tags": [{"value": "A"}, {"value": "B"}]}, {"tags": ["C"]}]},
        espMetadata={"metadatas": [{"name": "Upload Date and Time", "value": "2026-01-01"}]},
        sourceInformation=captures({"captureType": "IP Address", "value": "192.0.2.1"}),
        additionalInformations=[{"value": "seen in a group"}],
    )
    assert reading.rows("file_record")[0]["ncmec_tags"] == ["A", "B", "C"]
    assert reading.values("attribute", "value_as_written", name="Upload Date and Time") == [
        "2026-01-01"
    ]
    assert reading.values("ip_event", "file_no") == [1]
    assert reading.values("text_block", "content", file_no=1) == ["seen in a group"]


@pytest.mark.parametrize("name", ["additionalInformations", "additonalInformations"])
def test_the_misspelt_free_text_is_read_too(read_reported: Read, name: str) -> None:
    details = {"chatIncident": [{name: [{"value": "a"}], "notes": [{"value": "b"}]}]}
    reading = read_reported(incidentDetails=details, **{name: [{"value": "c"}]})
    assert sorted(reading.values("text_block", "content")) == ["a", "b", "c"]
    assert {row["origin"] for row in reading.rows("text_block")} == {"provider"}


def test_what_ncmec_adds_keeps_its_origin(read_json: Read) -> None:
    reading = read_json(
        REPORT
        | {
            "additionalNcmecInformation": {
                "priority": {"priorityId": "E", "value": "words"},
                "ncmecClassification": "Apparent",
                "internationalCountry": "Norway",
                "dateTimeProcessed": "2026-01-03T00:00:00Z",
                "executiveSummary": {"value": "summary"},
                "notes": {"notes": [{"value": "note"}]},
            },
            "automatedInformation": {
                "autoGeneratedNotes": {
                    "geoLookups": {
                        "reportedPersonGeoLookups": [
                            {"ipAddress": "192.0.2.1", "country": "NO", "types": ["LOGIN"]}
                        ]
                    },
                    "autoRefers": [],
                }
            },
        }
    )
    assert reading.report["priority_id"] == "E"
    assert reading.report["priority_text"] == "words"
    assert reading.report["country"] == "Norway"
    (look_up,) = reading.rows("geo_lookup")
    assert (look_up["subject"], look_up["types"]) == ("reported_user", ["LOGIN"])
    assert {row["origin"] for row in reading.rows("text_block")} == {"ncmec_staff"}


def test_estimated_and_stated_places_stay_apart(read_person: Read) -> None:
    reading = read_person(
        addresses={"addresses": [{"street1": "Way 1", "street2": "Floor 2", "city": "Oslo"}]},
        espEstimatedLocations={
            "espEstimatedLocations": [{"city": "Oslo", "timestamp": "2026-01-01T00:00:00Z"}]
        },
    )
    assert reading.values("address", "origin") == ["stated", "provider_estimate"]
    assert reading.values("address", "street", origin="stated") == ["Way 1, Floor 2"]


@pytest.mark.parametrize("languages", ["Norwegian", ["Norwegian"]])
def test_one_or_several_values_become_attributes(read_person: Read, languages: object) -> None:
    reading = read_person(languages=languages)
    assert reading.values("attribute", "value_as_written", name="languages") == ["Norwegian"]


def test_prior_reports_may_be_numbers_or_objects(read_person: Read) -> None:
    reading = read_person(priorCybertipReports=[991000002, "991000003", {"reportId": 991000004}])
    assert reading.values("prior_report", "prior_report_number") == [
        "991000002",
        "991000003",
        "991000004",
    ]


def test_unknown_fields_are_counted_without_positions_and_dropped(read_reported: Read) -> None:
    people = [{"moodRing": "blue"}, {"moodRing": {"deep": "secret"}}]
    reading = read_reported(reportedPeople={"reportedPersons": people}, newSection={"a": 1})
    assert reading.unread == {
        "reportedInformation.reportedPeople.reportedPersons.moodRing": 2,
        "reportedInformation.newSection": 1,
    }
    assert "secret" not in str(reading.record.rows)


def test_a_name_in_other_case_is_the_same_name(read_person: Read) -> None:
    reading = read_person(FirstName="A", ESPUserID="7")
    assert reading.values("party", "first_name") == ["A"]
    assert reading.values("party", "provider_user_id") == ["7"]


def test_a_second_different_value_is_kept_as_an_attribute(read_person: Read) -> None:
    reading = read_person(gender=["Male", "Female"])
    assert reading.values("party", "gender") == ["Male"]
    assert reading.values("attribute", "value_as_written", name="gender") == ["Female"]


def test_data_uris_never_pass(read_person: Read, read_upload: Read) -> None:
    media = "data:image/png;base64," + "iVBORw0KGgo" * 20
    reading = read_person(
        profileBio=f"before {media} after",
        occupation=media.replace("data", "DATA"),
        firstName=media,
        screenName={"value": media},
        languages=[media],
    )
    assert "iVBORw0KGgo" not in str(reading.record.rows)
    assert reading.values("text_block", "content") == ["before [data URI left out] after"]
    assert sum(count for path, count in reading.unread.items() if "data URI" in path) == 5
    assert "AAAA" not in str(read_upload(thumbnail="AAAA").record.rows)


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (b'{"reportId": 1, "reportedInformation": {"a": [', "not_well_formed", "line 1, column 47"),
        (b'{"reportId": 1,\n "reportedInformation" }', "not_well_formed", "line 2, column 24"),
        (b'{"reportId": 1, "reportId": 2}', "duplicate_key", ""),
        (b'{"reportId": NaN}', "not_well_formed", ""),
        (b'{"reportId": 1}', "not_a_report", ""),
        (b'{"reportId": 1, "reportedInformation": null}', "not_a_report", ""),
        (b'{"reportId": "\xff\xfe\xfa"}', "encoding", ""),
        (b'{"reportId": ' + b"[" * 100_000, "too_deep", ""),
    ],
    ids=["cut", "comma", "twice", "nan", "number only", "null", "bytes", "deep"],
)
def test_what_cannot_be_read_is_refused_with_place_and_remedy(
    read: Read, content: bytes, code: str, place: str
) -> None:
    reading = read(content)
    assert (reading.refusal.code, reading.refusal.place.path) == (code, place)
    assert reading.refusal.remedy
    assert reading.records == []


def test_deep_nesting_inside_a_report_does_not_break_the_reader(read_person: Read) -> None:
    deep: Any = "end"
    for _ in range(300):
        deep = {"deeper": deep}
    reading = read_person(occupation=deep)
    assert reading.rows("attribute") == []
    assert len(reading.unread) == 1


def test_raw_line_breaks_inside_texts_are_let_through(read: Read) -> None:
    content = b'{"reportId": 1, "reportedInformation": {"reportingEsp": {"espName": "a\nb"}}}'
    assert read(content).report["provider_as_written"] == "a\nb"


def test_what_stands_beside_a_tag_is_kept(read_reported: Read) -> None:
    tags = {"sextortion": {"value": True, "comment": "said twice"}, "viral": {"value": False}}
    reading = read_reported(incidentSummary={"reportAnnotations": tags})
    assert reading.report["annotations"] == ["sextortion"]
    assert reading.values("attribute", "value_as_written", name="sextortion.comment") == [
        "said twice"
    ]
    assert reading.values("attribute", "value_as_written", name="viral") == [False]


@pytest.mark.parametrize("word", ["not determined", "Unknown", "n.a.", "?", "nei"])
def test_a_tag_of_which_nobody_knows_is_no_yes(read_reported: Read, word: str) -> None:
    reading = read_reported(incidentSummary={"reportAnnotations": {"liveStreaming": word}})
    assert reading.report["annotations"] == []
    assert reading.values("attribute", "value_as_written", name="liveStreaming") == [word]
