"""Whatever stands where, reading goes on: known names with values of any shape."""

import json
from typing import Any
from xml.sax.saxutils import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.shapes import read_allow_list
from tests.unit.connectors.conftest import Reading, read_file
from workbench.model.tables import NUMBERED, TABLES

JSON_NAMES = sorted(read_allow_list("connectors.cybertipline_json").names())
XML_NAMES = sorted(read_allow_list("connectors.cybertipline_xml").names() - {"#text"})
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.sampled_from(["", "N/A", "192.0.2.1", "x", "HASH"])
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from([*JSON_NAMES, "unknown"]), inner, max_size=5),
    ),
    max_leaves=25,
)
HOTLINE_NAMES = sorted(
    name
    for name in read_allow_list("connectors.hotline").names()
    if name.casefold() not in {"reportid", "items", "reportcontents", "(content)"}
)
HOTLINE_VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from([*HOTLINE_NAMES, "unknown"]), inner, max_size=5),
    ),
    max_leaves=25,
)
ELEMENTS = st.recursive(
    st.sampled_from(["", "false", "true", "N/A", "x", "192.0.2.1"]).map(escape),
    lambda inner: st.lists(
        st.tuples(st.sampled_from([*XML_NAMES, "unknown"]), inner, st.booleans()).map(
            lambda part: (
                f'<{part[0]} type="HASH">{part[1]}</{part[0]}>'
                if part[2]
                else f"<{part[0]}>{part[1]}</{part[0]}>"
            )
        ),
        max_size=4,
    ).map("".join),
    max_leaves=25,
)
EVERY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def assert_rows_are_sound(reading: Reading) -> None:
    for table, rows in reading.record.rows.items():
        for place, row in enumerate(rows, start=1):
            said = {key for key in row if not key.startswith("_")}
            assert said <= TABLES[table].keys(), table
            assert "_path" in row
            if table in NUMBERED:
                assert row[NUMBERED[table]] == place
            for column in said:
                assert_value_is_plain(row[column], TABLES[table][column])


def assert_value_is_plain(value: Any, kind: str) -> None:
    if isinstance(value, list):
        assert kind == "list"
        assert all(isinstance(item, str | bool) for item in value)
    else:
        assert value is None or isinstance(value, str | bool | int)


@EVERY
@given(st.dictionaries(st.sampled_from(JSON_NAMES), VALUES, max_size=6))
def test_json_of_any_shape_is_read(parts: dict[str, Any]) -> None:
    document = {"reportId": 991000001} | {"reportedInformation": parts | {"reportingEsp": {}}}
    assert_rows_are_sound(read_file(json.dumps(document).encode()))


@EVERY
@given(
    st.sampled_from(["reportedPeople", "childVictims", "uploadedFiles", "incidentDetails"]), VALUES
)
def test_json_parts_of_any_shape_are_read(name: str, part: Any) -> None:
    document = {"reportId": 1, "reportedInformation": {"reportingEsp": {}, name: part}}
    assert_rows_are_sound(read_file(json.dumps(document).encode()))


@EVERY
@given(
    st.dictionaries(st.sampled_from(HOTLINE_NAMES), HOTLINE_VALUES, max_size=6),
    st.sampled_from(["Items", "reportContents"]),
    HOTLINE_VALUES,
)
def test_hotline_reports_of_any_shape_are_read(parts: dict[str, Any], name: str, part: Any) -> None:
    document = parts | {"reportId" if name == "reportContents" else "ReportID": 1, name: part}
    assert_rows_are_sound(read_file(json.dumps(document).encode()))


@EVERY
@given(ELEMENTS, ELEMENTS)
def test_xml_of_any_shape_is_read(inner: str, person: str) -> None:
    text = (
        f"<report><additionalInfo>x</additionalInfo><victim>{person}</victim>"
        f"<personOrUserReported>{inner}</personOrUserReported></report>"
    )
    assert_rows_are_sound(read_file(text.encode()))


@EVERY
@given(ELEMENTS)
def test_file_details_of_any_shape_are_read(inner: str) -> None:
    assert_rows_are_sound(read_file(f"<fileDetails>{inner}</fileDetails>".encode()))
