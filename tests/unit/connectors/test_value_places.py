"""From a stored value back to its field: every place is looked up in the file it names."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from connectors.provenance.places import find_places
from connectors.registry import connectors
from sample_data.inbox import write_inbox
from tests.unit.connectors.conftest import read_file
from tests.unit.connectors.pdf_reports import whole_report
from tests.unit.connectors.pdf_writer import flowing
from workbench.desk.origins import SourceRow
from workbench.model.record import SourceRecord
from workbench.model.tables import NUMBERED, TABLES

FIND = find_places(None)
KINDS_OF_FILE = ("json/*", "providers/*/*", "complete/**/*", "tables/*", "hotline/*", "leads/*", "transactions/*")  # fmt: skip
OURS = {*NUMBERED.values(), "parent_party_no", "is_boilerplate", "origin", "relation", "subject", "amount"}  # fmt: skip
SAID_BY_THE_FIELD = {"role", "kind", "hash_type", "name", "label", "account_type"}


@pytest.fixture(scope="session")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_inbox(tmp_path_factory.mktemp("places") / "inbox", today=date(2026, 11, 22))


def stored(record: SourceRecord) -> list[SourceRow]:
    about = {"report_number_source": record.report_number_source}
    return [
        SourceRow(
            table,
            row.get("_path"),
            {**row, "not_stated": row.get("_not_stated"), **(about if table == "report" else {})},
        )
        for table, rows in record.rows.items()
        for row in rows
    ]


def values_of(record: SourceRecord) -> Iterator[tuple[SourceRow, str, tuple[str, ...]]]:
    rows = stored(record)
    places = FIND(record.source_format, rows)
    for row in rows:
        for column in TABLES[row.table]:
            if column not in OURS and row.values.get(column) not in (None, [], ""):
                yield row, column, places(row, column)


def read_all(folder: Path) -> Iterator[tuple[Path, SourceRecord]]:
    readers = connectors(None)
    for pattern in KINDS_OF_FILE:
        for path in sorted(folder.glob(pattern)):
            if path.is_file() and path.suffix != ".pdf":
                for record in read_file(path.read_bytes(), path.name, readers).records:
                    yield path, record


class Looked:
    """A file of the inbox, in which a place is looked up."""

    def __init__(self, path: Path) -> None:
        content = path.read_bytes()
        self.path = path
        self.kind = "xml" if b"<" in content[:8] else path.suffix[1:]
        if self.kind == "xml":
            self.root = etree.fromstring(content)
        elif self.kind == "csv":
            text = content.decode("utf-8-sig")
            delimiter = max(";,", key=text.partition("\n")[0].count)
            self.lines = list(csv.reader(io.StringIO(text), delimiter=delimiter))
        elif self.kind == "xlsx":
            self.book = load_workbook(io.BytesIO(content), data_only=True)
        else:
            self.kind, self.document = "json", json.loads(content.decode(_encoding(content)))

    def at(self, place: str) -> list[Any]:
        """Return what stands at a place: nothing, or its values."""
        if self.kind == "json":
            return [leaf for found in _steps(self.document, place) for leaf in _leaves(found)]
        if self.kind == "xml":
            found = self.root.xpath(place)
            return [text for one in found for text in _texts(one)]
        cell = re.fullmatch(r"(?:line (?P<line>\d+)|(?P<sheet>.*)!A(?P<row>\d+)), \"(?P<head>.*)\"", place)  # fmt: skip
        assert cell is not None, place
        return self._cell(**cell.groupdict())

    def _cell(self, line: str | None, sheet: str | None, row: str | None, head: str) -> list[Any]:
        if line is not None:
            header = next(cells for cells in self.lines if head in cells)
            return [self.lines[int(line) - 1][header.index(head)]]
        table = list(self.book[str(sheet)].values)
        header = next(cells for cells in table if head in cells)
        return [table[int(str(row)) - 1][header.index(head)]]


def _encoding(content: bytes) -> str:
    return "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _steps(value: Any, place: str) -> list[Any]:
    found = [value]
    for key in (step for step in re.split(r"\.|(?=\[)", place) if step):
        if key.startswith("["):
            found = [one[int(key[1:-1])] for one in found]
            continue
        entries = (one for held in found for one in (held if isinstance(held, list) else [held]))
        found = [one[key] for one in entries if isinstance(one, dict) and key in one]
    return found


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)
        yield str(len(value))  # the length of a list is a value too
    else:
        yield value


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    else:
        yield "".join(found.itertext())
        yield from (etree.QName(one).localname for one in found.iter())


def _says(found: list[Any], wanted: Any, *, exactly: bool) -> bool:
    plain = [" ".join(str(one).split()) for one in found]
    for one in wanted if isinstance(wanted, list) else [wanted]:
        text = " ".join(str(one).split())
        if not (text in plain if exactly else any(text in said for said in plain)):
            return False
    return True


def test_every_value_of_the_inbox_has_a_place_where_it_stands(inbox: Path) -> None:
    exact = several = 0
    looked: dict[Path, Looked] = {}
    for path, record in read_all(inbox):
        file = looked.setdefault(path, Looked(path))
        for row, column, places in values_of(record):
            named = (path.name, row.table, row.path, column, places)
            assert places, named
            if column in SAID_BY_THE_FIELD and places == (row.path,):
                continue
            found = [file.at(place) for place in places if not place.startswith("(")]
            exact, several = exact + (len(places) == 1), several + (len(places) > 1)
            is_rewritten = file.kind in ("csv", "xlsx") and (
                TABLES[row.table][column] in ("time", "date", "list")
                or row.table == "recorded_decision"
            )
            value = row.values[column]
            if is_rewritten:
                assert any(cell not in ("", None) for cells in found for cell in cells), named
            elif row.table == "address" and column == "street":  # two lines joined to one
                assert any(str(line) in value for lines in found for line in lines), named
            else:
                said = [_says(cells, value, exactly=file.kind == "json") for cells in found]
                assert any(said) or not found, (*named, value, found)
    # Which fields there are is the allow-lists'; that most places are certain is what is promised.
    assert exact > 10 * several > 0


def places(record: SourceRecord, table: str, column: str, **wanted: object) -> list[Any]:
    return [
        found
        for row, name, found in values_of(record)
        if (row.table, name) == (table, column)
        and all(row.values.get(key) == value for key, value in wanted.items())
    ]


def report(**person: object) -> bytes:
    people = {"reportedPeople": {"reportedPersons": [person]}}
    written = {"reportId": 1, "reportedInformation": {"reportingEsp": {"espName": "A"}, **people}}
    return json.dumps(written).encode()


PERSON = "reportedInformation.reportedPeople.reportedPersons[0]"


def test_a_bare_text_and_one_in_a_container_are_told_apart() -> None:
    bare = read_file(report(screenName="river"), "a.json").record
    assert places(bare, "identifier", "value_as_written") == [(f"{PERSON}.screenName",)]
    held = read_file(report(screenName={"value": "river", "verified": True}), "a.json").record
    assert places(held, "identifier", "value_as_written") == [(f"{PERSON}.screenName.value",)]
    assert places(held, "identifier", "is_verified") == [(f"{PERSON}.screenName.verified",)]


def test_what_says_its_own_type_is_more_than_a_text() -> None:
    capture = {"captureType": "Profile URL", "value": "https://example.org/a"}
    record = read_file(report(sourceInformation={"sourceCaptures": [capture]}), "a.json").record
    place = f"{PERSON}.sourceInformation.sourceCaptures[0].value"
    assert places(record, "identifier", "value_as_written") == [(place,)]


def test_of_two_fields_the_one_that_opened_a_row_is_named() -> None:
    record = read_file(report(espIdentifier="000123"), "a.json").record
    assert places(record, "party", "provider_user_id") == [(f"{PERSON}.espIdentifier",)]


def test_two_fields_that_nothing_tells_apart_are_both_named() -> None:
    record = read_file(report(age=13), "a.json").record
    assert places(record, "party", "age") == [(f"{PERSON}.approximateAge", f"{PERSON}.age")]


def test_a_pdf_is_placed_by_page_and_line_and_the_label_to_look_for() -> None:
    record = read_file(flowing(whole_report()), "a.pdf").record
    [(born,)] = places(record, "party", "date_of_birth", role="reported_user")
    assert re.fullmatch(r'page \d+, line \d+, "Date of Birth"', born)
    assert places(record, "report", "incident_at") == [('Section A, "Incident Time"',)]
    [(mail,), *_] = places(record, "identifier", "value_as_written", kind="email", party_no=1)
    assert re.fullmatch(r"page \d+, line \d+", mail)
    assert all(found for _, _, found in values_of(record))


def table(*lines: str) -> SourceRecord:
    return read_file("\n".join(lines).encode(), "a.csv").record


LIST = ("Saksnr;Mottatt;Tilbyder;Hva gjelder det;Brukernavn", "1;01.11.2026;A;B;river")


def test_a_cell_is_named_by_its_line_and_header() -> None:
    assert places(table(*LIST), "identifier", "value_as_written") == [('line 2, "Brukernavn"',)]


def test_where_nobody_noted_the_map_those_that_fit_are_named() -> None:
    record = table(*LIST)
    record.rows["report"][0]["_path"] = "line 2"  # as stores have it that were filled before
    [found] = places(record, "identifier", "value_as_written")
    assert set(found) == {'line 2, "Brukernavn"', 'line 2, "Screen name"'}


def test_a_map_that_is_gone_leaves_the_line_without_a_cell() -> None:
    record = table(*LIST)
    record.rows["report"][0]["_path"] = "line 2 (a-map-of-ours)"
    assert places(record, "report", "provider_as_written") == [()]


def test_what_several_lines_fill_names_each_line() -> None:
    head = "Lead ID,IP address,Port,Observed (UTC),File hash,Client,Files seen"
    lines = [f"L-1,192.0.2.{n},4662,2026-11-19T10:00:00Z,{'a' * 40},X,{n}" for n in (1, 2)]
    record = table(head, *lines)
    of_lead = ('line 2, "Files seen"', 'line 3, "Files seen"')
    assert places(record, "report", "stated_file_count") == [of_lead]
    assert places(record, "ip_event", "ip_address_as_written") == [
        ('line 2, "IP address"',),
        ('line 3, "IP address"',),
    ]


class CountedRows(list[SourceRow]):
    """Rows that count how often they are walked."""

    walks = 0

    def __iter__(self) -> Iterator[SourceRow]:
        self.walks += 1
        return super().__iter__()


def test_a_long_report_is_not_walked_for_every_value() -> None:
    person = "reportedInformation.reportedPeople.reportedPersons[0]"
    rows = CountedRows(
        [
            SourceRow("report", "", {"report_number": "991000001"}),
            SourceRow("party", person, {"role": "reported_user", "provider_user_id": "0001"}),
            SourceRow(
                "identifier",
                f"{person}.espUserId",
                {"kind": "provider_user_id", "value_as_written": "0001", "value": "0001"},
            ),
            *(
                SourceRow(
                    "identifier",
                    f"{person}.emails[{number}]",
                    {"kind": "email", "value_as_written": f"a{number}@example.org"},
                )
                for number in range(50)
            ),
        ]
    )
    places = FIND("cybertipline_json", rows)
    opening = rows.walks
    # What the person's own field says opens a row beside it: that one is found all the same.
    assert places(rows[1], "provider_user_id") == (f"{person}.espUserId",)
    for row in rows[3:]:
        assert places(row, "value_as_written") == (row.path,)
    assert rows.walks == opening
