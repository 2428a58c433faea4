"""Importing through the public door: real files, a real store, a count sheet that adds up."""

import io
import zipfile
from pathlib import Path

import pytest

from connectors.registry import connectors
from tests.builders import file_details, police_json, provider_xml, write
from workbench.intake.count_sheet import CountSheet
from workbench.intake.importer import Progress, import_paths
from workbench.settings import Settings
from workbench.store.audit import run_audits
from workbench.store.connection import Store


def take(store: Store, *paths: Path, **settings: int) -> CountSheet:
    sheet = import_paths(store, paths, connectors=connectors(None), settings=Settings(**settings))
    assert sheet.read == sheet.loaded + sheet.new_versions + sheet.duplicates + sheet.rejected
    assert all(audit.holds for audit in run_audits(store))
    return sheet


def numbers(store: Store) -> list[str | None]:
    return [
        row[0] for row in store.query("SELECT report_number FROM analyst.referral ORDER BY 1")[1]
    ]


def test_reading_the_same_file_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    file = write(tmp_path, "a.json", police_json())
    first, second = take(store, file), take(store, file)
    assert (first.loaded, first.duplicates) == (1, 0)
    assert (second.loaded, second.new_versions, second.duplicates) == (0, 0, 1)
    assert store.query("SELECT count(*) FROM referral.party")[1] == [(1,)]


def test_the_same_report_twice_in_one_import_is_loaded_once(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.json", police_json())
    write(tmp_path, "b.json", police_json())
    sheet = take(store, tmp_path)
    assert (sheet.read, sheet.loaded, sheet.duplicates) == (2, 1, 1)


def test_a_changed_copy_is_a_new_version_and_the_old_one_stays(
    store: Store, tmp_path: Path
) -> None:
    take(store, write(tmp_path, "a.json", police_json()))
    sheet = take(store, write(tmp_path, "b.json", police_json(informational=True)))
    assert (sheet.loaded, sheet.new_versions) == (0, 1)
    rows = store.query(
        "SELECT version, is_informational FROM analyst.referral_version ORDER BY version"
    )[1]
    assert rows == [(1, False), (2, True)]
    assert store.query("SELECT version FROM analyst.referral")[1] == [(2,)]
    again = take(store, tmp_path)
    assert (again.duplicates, again.new_versions) == (2, 0)


def test_versions_of_one_import_are_counted_in_reading_order(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "1.json", police_json(informational=False))
    write(tmp_path, "2.json", police_json(informational=True))
    sheet = take(store, tmp_path)
    assert (sheet.loaded, sheet.new_versions) == (1, 1)
    assert store.query("SELECT is_informational FROM analyst.referral")[1] == [(True,)]


def test_key_order_and_place_in_the_file_do_not_make_a_new_version(
    store: Store, tmp_path: Path
) -> None:
    take(store, write(tmp_path, "a.json", police_json()))
    turned = dict(reversed(police_json().items()))
    sheet = take(store, write(tmp_path, "b.json", {"reports": [turned]}))
    assert sheet.duplicates == 1


@pytest.mark.parametrize("batch_size", [1, 2, 100])
def test_batches_do_not_change_what_is_loaded(
    store: Store, tmp_path: Path, batch_size: int
) -> None:
    for number in range(991000001, 991000006):
        write(tmp_path, f"{number}.json", police_json(number))
    write(tmp_path, "again.json", police_json(991000001))
    sheet = take(store, tmp_path, batch_size=batch_size)
    assert (sheet.loaded, sheet.duplicates) == (5, 1)


class TestReportNumbersOfProviderXml:
    def test_comes_from_the_file_details_beside_it(self, store: Store, tmp_path: Path) -> None:
        write(tmp_path, "in/report.xml", provider_xml())
        write(tmp_path, "in/f1.xml", file_details("991000777"))
        write(tmp_path, "in/f2.xml", file_details("991000777", "b" * 32))
        sheet = take(store, tmp_path / "in")
        assert (sheet.read, sheet.loaded) == (1, 1)
        found = store.query(
            "SELECT report_number, report_number_source FROM referral.report_version"
        )
        assert found[1] == [("991000777", "file_details")]
        files = store.query("SELECT file_no, file_id FROM analyst.file_record ORDER BY file_no")[1]
        assert files == [(1, "a" * 32), (2, "b" * 32)]

    def test_comes_from_siblings_even_when_the_report_alone_is_named(
        self, store: Store, tmp_path: Path
    ) -> None:
        report = write(tmp_path, "in/report.xml", provider_xml())
        write(tmp_path, "in/f1.xml", file_details("991000777"))
        take(store, report)
        assert numbers(store) == ["991000777"]
        assert store.query("SELECT count(*) FROM analyst.file_record")[1] == [(1,)]

    @pytest.mark.parametrize(
        ("name", "number", "source"),
        [
            ("991000602.xml", "991000602", "file_name"),
            ("991000602/report.xml", "991000602", "folder_name"),
            ("report.xml", None, None),
            ("20261120.xml", None, None),
        ],
    )
    def test_comes_from_a_name_or_stays_null(
        self, store: Store, tmp_path: Path, name: str, number: str | None, source: str | None
    ) -> None:
        write(tmp_path / "in", name, provider_xml())
        take(store, tmp_path / "in")
        found = store.query(
            "SELECT report_number, report_number_source FROM referral.report_version"
        )
        assert found[1] == [(number, source)]

    def test_several_reports_in_one_folder_take_their_own_files(
        self, store: Store, tmp_path: Path
    ) -> None:
        for number in ("991000001", "991000002"):
            write(
                tmp_path,
                f"in/{number}.xml",
                provider_xml(f"<additionalInfo>{number}</additionalInfo>"),
            )
            write(tmp_path, f"in/{number}_file.xml", file_details(number))
        take(store, tmp_path / "in")
        rows = store.query(
            "SELECT report_number, count(file_no) FROM analyst.referral "
            "LEFT JOIN analyst.file_record USING (referral_id) GROUP BY 1 ORDER BY 1"
        )[1]
        assert rows == [("991000001", 1), ("991000002", 1)]

    def test_two_reports_without_a_name_never_share_a_number(
        self, store: Store, tmp_path: Path
    ) -> None:
        write(tmp_path, "in/a.xml", provider_xml("<additionalInfo>a</additionalInfo>"))
        write(tmp_path, "in/b.xml", provider_xml("<additionalInfo>b</additionalInfo>"))
        write(tmp_path, "in/f.xml", file_details("991000777"))
        sheet = take(store, tmp_path / "in")
        assert sheet.loaded == 3  # the file details stand alone under their own number
        assert numbers(store) == ["991000777", None, None]

    def test_comes_from_the_file_details_in_the_same_package(
        self, store: Store, tmp_path: Path
    ) -> None:
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as members:
            members.writestr("xml/report.xml", provider_xml())
            members.writestr("files/f.xml", file_details("991000777"))
            members.writestr("files/one.jpg", b"\xff\xd8\xff\xe0invented")
            members.writestr("files/two.mp4", b"\x00\x00\x00\x18ftypmp42invented")
            members.writestr("readme.txt", "Text beside the reports.")
        sheet = take(store, write(tmp_path, "package.zip", package.getvalue()))
        assert (sheet.read, sheet.loaded) == (1, 1)
        assert numbers(store) == ["991000777"]
        assert sorted(aside["kind"] for aside in sheet.set_aside) == ["jpeg", "mp4 video", "text"]
        stored = store.query("SELECT source_path FROM referral.file_record")[1]
        assert stored == [("package.zip!/files/f.xml#/fileDetails",)]


class TestWhatCannotBeRead:
    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("empty.json", b"", "empty_file"),
            ("cut.json", b'{"reportId": 991000602, "reportedInf', "not_well_formed"),
            ("cut.xml", b"<report><incidentSummary>", "not_well_formed"),
            ("other.json", b'{"a": 1}', "not_a_report"),
            ("letter.txt", b"Dear colleague", "not_a_report"),
            ("a.pdf", b"%PDF-1.7 ...", "not_well_formed"),
            ("broken.zip", b"PK\x03\x04 broken", "not_well_formed"),
            ("dtd.xml", b'<!DOCTYPE r [<!ENTITY a "b">]><report>&a;</report>', "dtd_forbidden"),
        ],
    )
    def test_is_one_rejection_and_the_rest_goes_on(
        self, store: Store, tmp_path: Path, name: str, content: bytes, code: str
    ) -> None:
        write(tmp_path, f"in/{name}", content)
        write(tmp_path, "in/good.json", police_json())
        sheet = take(store, tmp_path / "in")
        assert (sheet.read, sheet.loaded, sheet.rejected) == (2, 1, 1)
        [rejection] = sheet.rejections
        assert rejection["code"] == code
        assert rejection["file"].endswith(name)
        assert rejection["message"]
        assert rejection["remedy"]
        assert sheet.exit_code == 20

    def test_nothing_readable_has_its_own_exit_code(self, store: Store, tmp_path: Path) -> None:
        assert take(store, write(tmp_path, "a.json", b"nonsense")).exit_code == 21
        assert take(store, tmp_path / "not-there.json").rejections[0]["code"] == "no_such_file"

    def test_a_package_in_a_package_and_an_endless_member(
        self, store: Store, tmp_path: Path
    ) -> None:
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as members:
            members.writestr("a.json", "{}")
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as members:
            members.writestr("inner.zip", inner.getvalue())
            members.writestr("big.json", b"[" + b" " * 3_000_000)
        file = write(tmp_path, "outer.zip", outer.getvalue())
        sheet = take(store, file, largest_file_bytes=1_000_000)
        assert sorted(r["code"] for r in sheet.rejections) == ["nested_package", "too_large"]

    def test_fields_nobody_reads_are_listed_with_count(self, store: Store, tmp_path: Path) -> None:
        write(tmp_path, "1.json", police_json(991000001, brandNew={"a": 1}))
        write(tmp_path, "2.json", police_json(991000002, brandNew=3))
        fields = {f["field"]: f["count"] for f in take(store, tmp_path).unread_fields()}
        assert sum(count for field, count in fields.items() if "brandNew" in field) >= 2


def test_absent_empty_null_and_not_applicable_stay_apart(store: Store, tmp_path: Path) -> None:
    persons = [
        {"espUserId": "cb:1"},
        {"espUserId": "cb:2", "firstName": "", "accessToChildren": "N/A"},
        {"espUserId": "cb:3", "firstName": None, "accessToChildren": None},
        {"espUserId": "cb:4", "firstName": "N/A", "accessToChildren": False},
        {"espUserId": "cb:5", "firstName": "Kari", "accessToChildren": "perhaps"},
    ]
    report = police_json()
    report["reportedInformation"]["reportedPeople"]["reportedPersons"] = persons
    take(store, write(tmp_path, "a.json", report))
    rows = store.query(
        "SELECT first_name, has_access_to_children, not_stated['first_name'], "
        "not_stated['has_access_to_children'] FROM referral.party ORDER BY party_no"
    )[1]
    assert rows == [
        (None, None, None, None),
        (None, None, "empty", "n/a"),
        (None, None, "null", "null"),
        (None, False, "n/a", None),
        ("Kari", None, None, "unreadable: perhaps"),
    ]


def test_identifiers_are_text_and_keep_their_zeros(store: Store, tmp_path: Path) -> None:
    report = police_json(report_number="0099100602")
    report["reportedInformation"]["reportedPeople"]["reportedPersons"] = [
        {"espUserId": 123456789012345678901234567890, "screenName": "river_stone"}
    ]
    take(store, write(tmp_path, "a.json", report))
    assert numbers(store) == ["0099100602"]
    found = store.query("SELECT provider_user_id FROM analyst.party")[1]
    assert found == [("123456789012345678901234567890",)]


def told_of(store: Store, folder: Path) -> list[Progress]:
    told: list[Progress] = []
    import_paths(
        store,
        [folder],
        connectors=connectors(None),
        settings=Settings(),
        report_progress=told.append,
    )
    return told


def test_progress_ends_at_the_end(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.json", police_json())
    told = told_of(store, tmp_path)
    assert told[-1].fraction == 1.0
    assert told[-1].reports == 1


def test_who_waits_is_told_how_many_files_were_found_before_any_is_read(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.intake.found._FILES_BETWEEN", 1)
    monkeypatch.setattr("workbench.intake.progress._SECONDS_BETWEEN", -1)
    for number in range(991000001, 991000004):
        write(tmp_path, f"{number}/report.json", police_json(number))
    told = told_of(store, tmp_path)
    assert [one.files_found for one in told[:3]] == [1, 2, 3]
    assert {(one.fraction, one.seconds_left) for one in told[:3]} == {(0.0, None)}
    assert not any(one.is_finding for one in told[3:])


def test_a_field_without_a_column_that_says_nothing_is_still_mentioned(
    store: Store, tmp_path: Path
) -> None:
    report = police_json()
    report["reportedInformation"]["reportedPeople"]["reportedPersons"] = [
        {"espUserId": "cb:1", "occupation": None, "vehicleDescription": "N/A"}
    ]
    take(store, write(tmp_path, "a.json", report))
    [(noted,)] = store.query("SELECT not_stated FROM referral.party")[1]
    assert noted == {"occupation": "null", "vehicleDescription": "n/a"}


def test_times_are_read_alike_whether_the_column_is_plain_or_mixed(
    store: Store, tmp_path: Path
) -> None:
    times = [
        "2026-11-20T12:00:00Z",
        "2026-11-20T13:00:00+01:00",
        "2026-02-31T12:00:00Z",
        None,
        "N/A",
    ]
    for number, written in enumerate(times, 991000001):
        summary = {"incidentType": "x", "incidentDateTime": written}
        information = police_json()["reportedInformation"] | {"incidentSummary": summary}
        file = write(
            tmp_path, f"{number}.json", police_json(number, reportedInformation=information)
        )
        take(store, file)  # alone: the plain column of one
    mixed = store.query("SELECT incident_at FROM analyst.referral ORDER BY report_number")[1]
    with Store.open(None) as other:
        take(other, tmp_path)
        assert (
            other.query("SELECT incident_at FROM analyst.referral ORDER BY report_number")[1]
            == mixed
        )
    assert [at is None for (at,) in mixed] == [False, False, True, True, True]
    assert mixed[0] == mixed[1]


def test_every_file_counts_once_whatever_became_of_it(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "in/good.json", police_json())
    write(
        tmp_path, "in/reply.xml", "<reportResponse><responseCode>0</responseCode></reportResponse>"
    )
    write(tmp_path, "in/picture.jpg", b"\xff\xd8\xff\xe0invented")
    write(tmp_path, "in/broken.json", b"{")
    write(tmp_path, "in/large.json", b" " * 9_000)
    sheet = take(store, tmp_path / "in", largest_file_bytes=8_000)
    assert (sheet.files, sheet.read, sheet.rejected, len(sheet.set_aside)) == (5, 3, 2, 2)
