"""Tables through column maps: CSV as people save it, and workbooks."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.drawing.image import Image

from connectors.registry import connectors
from connectors.tabular.column_map import ColumnMapError, read_column_maps
from tests.unit.connectors.conftest import Reading, read_file

MAP = """
id = "our-list"
source_system = "our-unit"
match = ["Number", "Got"]
time_zone = "Europe/Oslo"
date_order = "day_first"

[columns]
"Number" = "report.report_number"
"Got" = "report.received_at"
"Name" = "party.first_name"
"Child's age" = { to = "party.age", party = "victim" }
"E-mail" = { to = "identifier", set = { kind = "email" }, split = ";" }
"Child's phone" = { to = "identifier", set = { kind = "phone" }, party = "victim" }
"IP" = { to = "ip_event.ip_address_as_written", group = "one" }
"IP time" = { to = "ip_event.occurred_at", group = "one" }
"IP 2" = { to = "ip_event.ip_address_as_written", group = "two" }
"Files" = { to = "file_record.original_name", split = "|" }
"MD5" = { to = "file_hash", set = { hash_type = "MD5" }, split = "|" }
"SHA1" = { to = "file_hash", set = { hash_type = "SHA1" }, split = "|" }
"Viewed" = { to = "file_record.is_viewed_by_provider", values = { "Ja" = "true", "Nei" = "false" } }
"Decision" = { to = "recorded_decision.disposition", values = { "Importert" = "imported" } }
"Decided" = "recorded_decision.decided_at"
"Story" = { to = "text_block", set = { kind = "additional_info" } }
"Car" = "attribute"
"Born" = "party.date_of_birth"

[left_out]
"Remark" = "a private working note"
"""

ReadTable = Callable[..., Reading]


@pytest.fixture
def maps_folder(tmp_path: Path) -> Path:
    (tmp_path / "our_list.toml").write_text(MAP, encoding="utf-8")
    return tmp_path


@pytest.fixture
def read_table(maps_folder: Path) -> ReadTable:
    """Read rows of cells as a CSV file with our map."""
    readers = connectors(maps_folder)

    def read_rows(
        *rows: Sequence[str], delimiter: str = ";", encoding: str = "utf-8", name: str = "list.csv"
    ) -> Reading:
        text = "".join(delimiter.join(row) + "\r\n" for row in rows)
        return read_file(text.encode(encoding), name, readers)

    return read_rows


@pytest.fixture
def read_workbook(maps_folder: Path) -> Callable[[Workbook], Reading]:
    readers = connectors(maps_folder)

    def read_one(workbook: Workbook) -> Reading:
        written = io.BytesIO()
        workbook.save(written)
        return read_file(written.getvalue(), "list.xlsx", readers)

    return read_one


HEADER = ("Number", "Got")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_usual_way_of_saving_a_table_is_read(
    read_table: ReadTable, encoding: str, delimiter: str
) -> None:
    reading = read_table(
        (*HEADER, "Name"),
        ("991000001", "31.12.2020 14:05", "Bjørn"),
        delimiter=delimiter,
        encoding=encoding,
    )
    assert reading.record.report_number == "991000001"
    assert reading.record.source_system == "our-unit"
    assert reading.report["received_at"] == "2020-12-31T14:05:00+01:00"
    assert reading.values("party", "first_name") == ["Bjørn"]
    assert reading.unread == {}


def test_a_row_becomes_the_rows_of_a_report(read_table: ReadTable) -> None:
    reading = read_table(
        (*HEADER, "E-mail", "Child's phone", "Child's age", "IP", "IP time", "IP 2"),
        ("1", "", '"a@example.org; b@example.org"', "99999999", "12", "192.0.2.1",
         "1.6.2021 08:00:01", "192.0.2.2"),
    )  # fmt: skip
    assert {row["role"] for row in reading.rows("party")} == {"reported_user", "victim"}
    assert reading.values("party", "age", role="victim") == ["12"]
    number_of = {row["role"]: row["party_no"] for row in reading.rows("party")}
    assert reading.values("identifier", "value_as_written", kind="email") == [
        "a@example.org",
        "b@example.org",
    ]
    assert set(reading.values("identifier", "party_no", kind="email")) == {
        number_of["reported_user"]
    }
    assert reading.values("identifier", "party_no", kind="phone") == [number_of["victim"]]
    assert reading.values("ip_event", "occurred_at", ip_address_as_written="192.0.2.1") == [
        "2021-06-01T08:00:01+02:00"
    ]
    assert reading.values("ip_event", "ip_event_no") == [1, 2]
    assert reading.report["_path"] == "line 2 (our-list)"
    rows = (row for name, table in reading.record.rows.items() if name != "report" for row in table)
    assert {row["_path"] for row in rows} == {"line 2"}


def test_hashes_belong_to_the_file_in_the_same_place(read_table: ReadTable) -> None:
    reading = read_table(
        (*HEADER, "Files", "MD5", "SHA1"),
        ("1", "", "a.jpg|b.jpg", "aa|bb|cc", "dd"),
    )
    assert reading.values("file_record", "original_name") == ["a.jpg", "b.jpg", None]
    hashes = [(row["file_no"], row["value_as_written"]) for row in reading.rows("file_hash")]
    assert hashes == [(1, "aa"), (2, "bb"), (3, "cc"), (1, "dd")]


def test_blank_cells_make_no_rows_and_a_report_notes_them(read_table: ReadTable) -> None:
    reading = read_table((*HEADER, "Name", "E-mail", "IP", "Files"), ("1", "", " ", "", "", ""))
    assert set(reading.record.rows) == {"report"}
    assert reading.report["received_at"] == ""


def test_a_time_without_its_address_is_kept_as_an_attribute(read_table: ReadTable) -> None:
    reading = read_table((*HEADER, "IP", "IP time"), ("1", "", "N/A", "1.6.2021 08:00"))
    assert reading.rows("ip_event") == []
    assert "2021-06-01T08:00:00+02:00" in reading.values("attribute", "value_as_written")


def test_words_are_translated_and_unknown_words_refuse_the_row(read_table: ReadTable) -> None:
    reading = read_table(
        (*HEADER, "Decision", "Decided"),
        ("1", "", "importert", "02.01.2021 10:00"),
        ("2", "", "Maybe", ""),
        ("3", "", "", ""),
    )
    assert [record.report_number for record in reading.records] == ["1", "3"]
    (decision,) = reading.records[0].rows["recorded_decision"]
    assert decision["disposition"] == "imported"
    assert decision["decided_at"] == "2021-01-02T10:00:00+01:00"
    assert (reading.refusal.code, reading.refusal.place.path) == ("row_unknown_word", "line 3")
    assert "Maybe" not in str(reading.refusal)


def test_rows_that_cannot_be_loaded_are_refused_one_by_one(read_table: ReadTable) -> None:
    reading = read_table(
        HEADER, ("", "x"), ("1", ""), ("2", "", "too", "much"), ("9,91E+08", ""), ("", "")
    )
    assert [record.report_number for record in reading.records] == ["1"]
    assert [(refusal.code, refusal.place.path) for refusal in reading.refusals] == [
        ("row_without_number", "line 2"),
        ("row_too_long", "line 4"),
        ("row_number_shortened", "line 5"),
    ]


def test_cells_with_line_breaks_keep_the_count_of_lines(read_table: ReadTable) -> None:
    reading = read_table((*HEADER, "Story"), ("1", "", '"one\r\ntwo"'), ("2", "", "x"))
    assert [record.location.path for record in reading.records] == ["line 2", "line 4"]
    assert reading.records[0].rows["text_block"][0]["content"] == "one\r\ntwo"


def test_columns_nobody_reads_are_counted_where_they_say_something(read_table: ReadTable) -> None:
    reading = read_table(
        (*HEADER, "Colour", "Remark"), ("1", "", "red", "x"), ("2", "", "", "y"), ("3", "", "b", "")
    )
    assert reading.unread == {"Colour": 2}


def test_headers_are_compared_without_case_and_white_space(read_table: ReadTable) -> None:
    assert read_table((" NUMBER", "got  "), ("7", "")).record.report_number == "7"


def test_titles_above_the_header_are_passed_over(read_table: ReadTable) -> None:
    assert read_table(("The list",), ("",), HEADER, ("7", "")).record.report_number == "7"


def test_a_header_that_names_a_column_twice_is_refused(read_table: ReadTable) -> None:
    reading = read_table((*HEADER, "Name", "name"), ("1", "", "", ""))
    assert reading.refusal.code == "duplicate_header"


def test_a_table_without_a_map_is_refused(read_table: ReadTable) -> None:
    reading = read_table(("Alpha", "Beta"), ("1", "2"))
    assert reading.refusal.code == "no_column_map"
    assert "README" in reading.refusal.remedy


def test_maps_that_fit_equally_well_are_named(maps_folder: Path) -> None:
    (maps_folder / "twin.toml").write_text(MAP.replace("our-list", "twin"), encoding="utf-8")
    reading = read_file(b"Number;Got\n1;2\n", "x.csv", connectors(maps_folder))
    assert reading.refusal.code == "several_column_maps"
    assert "our-list, twin" in reading.refusal.message


def test_the_map_that_needs_most_headers_wins(maps_folder: Path) -> None:
    closer = MAP.replace("our-list", "closer").replace('"Got"]', '"Got", "Name"]')
    closer = closer.replace("our-unit", "closer-unit")
    (maps_folder / "closer.toml").write_text(closer, encoding="utf-8")
    readers = connectors(maps_folder)
    assert read_file(b"Number;Got;Name\n1;;\n", "x.csv", readers).record.source_system == (
        "closer-unit"
    )
    assert read_file(b"Number;Got\n1;\n", "x.csv", readers).record.source_system == "our-unit"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("31.12.2020", "2020-12-31"),
        ("1/6/2021 8:05", "2021-06-01T08:05:00+02:00"),
        ("01-06-2021 08:05:09", "2021-06-01T08:05:09+02:00"),
        ("1.6.2021 kl. 08.05", "2021-06-01T08:05:00+02:00"),
        ("1.6.2021 08:05 UTC", "2021-06-01T08:05:00+00:00"),
        ("2021-06-01 08:05", "2021-06-01T08:05:00+02:00"),
        ("2021-06-01T08:05:00.250Z", "2021-06-01T08:05:00.250000+00:00"),
        ("2021-06-01T08:05:00+05:30", "2021-06-01T08:05:00+05:30"),
        ("1.6.2021 8:05 PM", "2021-06-01T20:05:00+02:00"),
        ("31.10.2021 02:30", "2021-10-31T02:30:00"),
        ("31.02.2021 10:00", "31.02.2021 10:00"),
        ("13/14/2021", "13/14/2021"),
        ("last week", "last week"),
        ("N/A", "N/A"),
    ],
)
def test_times_are_rewritten_as_far_as_the_map_says(
    read_table: ReadTable, written: str, iso: str
) -> None:
    assert read_table(HEADER, ("1", written)).report["received_at"] == iso


def test_a_day_of_birth_stays_a_day(read_table: ReadTable) -> None:
    assert read_table((*HEADER, "Born"), ("1", "", "3.4.1990")).values(
        "party", "date_of_birth"
    ) == ["1990-04-03"]


def a_sheet(rows: Sequence[Sequence[Any]]) -> Workbook:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Sheet1"
    for row in rows:
        sheet.append(list(row))
    return workbook


def test_a_workbook_is_read_with_its_kinds_of_cell(
    read_workbook: Callable[[Workbook], Reading],
) -> None:
    reading = read_workbook(
        a_sheet(
            [
                ("A title",),
                (*HEADER, "Car", "Viewed", "Born"),
                (991000001, datetime(2021, 6, 1, 8, 5), 7.0, True, datetime(1990, 4, 3)),  # noqa: DTZ001 - cells have no zone
                (None, None, None, None, None),
                ("991000002", None, "=1+1", "Nei", None),
            ]
        )
    )
    first, second = reading.records
    assert (first.report_number, second.report_number) == ("991000001", "991000002")
    assert (first.location.path, second.location.path) == ("Sheet1!A3", "Sheet1!A5")
    assert first.rows["report"][0]["received_at"] == "2021-06-01T08:05:00+02:00"
    assert first.rows["attribute"][0] | {"_path": ""} == {
        "name": "Car",
        "value_as_written": "7",
        "_path": "",
    }
    assert first.rows["file_record"][0]["is_viewed_by_provider"] is True
    assert second.rows["file_record"][0]["is_viewed_by_provider"] == "false"
    assert second.rows["report"][0]["received_at"] == ""


def test_every_sheet_with_a_fitting_header_is_read(
    read_workbook: Callable[[Workbook], Reading],
) -> None:
    workbook = a_sheet([HEADER, ("1", "")])
    workbook.create_sheet("More").append(list(HEADER))
    workbook["More"].append(["2", ""])
    workbook.create_sheet("Legend").append(["Red", "urgent"])
    reading = read_workbook(workbook)
    assert [record.location.path for record in reading.records] == ["Sheet1!A2", "More!A2"]
    assert [(item.kind, item.file) for item in reading.set_aside] == [
        ("sheet_without_map", "list.xlsx!/Legend")
    ]


def test_a_picture_in_a_workbook_is_named_and_never_unpacked(
    read_workbook: Callable[[Workbook], Reading], tmp_path: Path
) -> None:
    pixel = tmp_path / "dot.png"
    pixel.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
            "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
            "0000000049454e44ae426082"
        )
    )
    workbook = a_sheet([HEADER, ("1", "")])
    workbook["Sheet1"].add_image(Image(str(pixel)), "E5")
    reading = read_workbook(workbook)
    assert [item.kind for item in reading.set_aside] == ["media"]
    assert len(reading.records) == 1


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
@pytest.mark.parametrize("content", [b"not xml", b"<worksheet><sheetData><row><c"])
def test_a_damaged_workbook_is_refused(maps_folder: Path, part: str, content: bytes) -> None:
    written, damaged = io.BytesIO(), io.BytesIO()
    a_sheet([HEADER, ("1", "")]).save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
    reading = read_file(damaged.getvalue(), "list.xlsx", connectors(maps_folder))
    assert reading.refusal.code == "not_well_formed"
    assert reading.records == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("[columns]", "[[columns", ""),
        ('id = "our-list"', "", ""),
        ('"report.report_number"', '"report.no_such"', "Number"),
        ('"report.report_number"', '"no_such_table"', "Number"),
        ('party = "victim" }\n"E', 'party = "hero" }\n"E', "Child's age"),
        ('"Europe/Oslo"', '"Europe/Atlantis"', "time_zone"),
        ('"day_first"', '"year_last"', "date_order"),
        ("[left_out]", "[leave_out]", "leave_out"),
        ('split = ";"', 'splitt = ";"', "E-mail"),
        ('kind = "email"', 'kin = "email"', "E-mail"),
    ],
)
def test_a_wrong_map_is_refused_with_its_place(
    maps_folder: Path, old: str, new: str, place: str
) -> None:
    assert old in MAP
    (maps_folder / "our_list.toml").write_text(MAP.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ColumnMapError) as raised:
        read_column_maps(maps_folder)
    assert raised.value.location is not None
    assert raised.value.location.file.endswith("our_list.toml")
    assert raised.value.location.path == place


def test_a_folder_that_does_not_exist_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ColumnMapError):
        connectors(tmp_path / "gone")


def test_a_units_own_map_replaces_the_shipped_one_of_the_same_id(tmp_path: Path) -> None:
    shipped = {column_map.id for column_map in read_column_maps(None)}
    assert "unit-archive" in shipped
    own = MAP.replace("our-list", "unit-archive")
    (tmp_path / "own.toml").write_text(own, encoding="utf-8")
    maps = {column_map.id: column_map for column_map in read_column_maps(tmp_path)}
    assert maps.keys() == shipped
    assert maps["unit-archive"].source_system == "our-unit"


def test_the_example_map_reads_what_it_explains(tmp_path: Path) -> None:
    example = files("connectors.tabular") / "example_map.toml"
    (tmp_path / "example.toml").write_text(example.read_text(encoding="utf-8"), encoding="utf-8")
    header = "Case;Came in;Child's age;E-mail;Address 1;Time 1;File names;MD5;Outcome;Car;Colour"
    row = (
        "991000001;1.6.2021 08:05;12;'a@example.org';192.0.2.1;1.6.2021 08:00;a|b;aa|bb;Opened;x;y"
    )
    reading = read_file(f"{header}\n{row}\n".encode(), "x.csv", connectors(tmp_path))
    assert reading.unread == {}
    assert {table: len(rows) for table, rows in reading.record.rows.items()} == {
        "report": 1,
        "party": 2,
        "identifier": 1,
        "ip_event": 1,
        "file_record": 2,
        "file_hash": 2,
        "recorded_decision": 1,
        "attribute": 1,
    }


def test_now_is_never_read_from_a_clock(read_table: ReadTable) -> None:
    """A time that is not there is not today's."""
    today = datetime.now(tz=UTC).date().isoformat()
    assert today not in str(read_table(HEADER, ("1", "10:15")).record.rows)
