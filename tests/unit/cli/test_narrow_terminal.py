"""What commands print at 80 columns and less: nothing is cut, and nothing that is read as one."""

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from tests.builders import police_json, write
from tests.unit.cli.test_commands import result, workbench
from workbench.commands.tables import lay_out, write_table

HEADS = ["report", "can act", "ask by", "provider", "why"]
ROWS = [
    ["991000334", "actionable", "2026-11-26", "Granittforum Direct", "A last day that comes soon."],
    ["991000033", "needs_information", "2026-11-30", "X", "Nobody says which network it was."],
    ["991000001", "not_actionable", "", "Pebble & Pine Messenger", "Gone"],
]
WIDE = [
    ["IANA special-purpose address registries", "2026-11-22", "public registry, " * 9, "x" * 150],
    ["Example countries", "2026-11-10", "", ""],
]


def printed(heads: list[str], rows: list[list[str]], room: int) -> list[str]:
    screen = io.StringIO()
    write_table(Console(file=screen, width=room), heads, rows)
    return screen.getvalue().splitlines()


@pytest.mark.parametrize("room", [40, 60, 80, 81, 82, 100, 200])
@pytest.mark.parametrize(
    ("heads", "rows"), [(HEADS, ROWS), (["name", "as of", "licence", "address"], WIDE)]
)
def test_every_letter_is_printed_and_no_line_is_too_long(
    heads: list[str], rows: list[list[str]], room: int
) -> None:
    lines = printed(heads, rows, room)
    assert max(len(line.rstrip()) for line in lines) <= room
    text = "".join("".join(lines).split())
    assert "…" not in text
    words = set(" ".join(lines).split())
    for cell in (cell for row in rows for cell in row):
        assert set(cell.split()) <= words or "".join(cell.split()) in text
    # Dates and codes are never broken over two lines.
    for day in (cell for row in rows for cell in row if re.fullmatch(r"\d{4}-\d\d-\d\d", cell)):
        assert any(day in line for line in lines)


def test_what_fits_is_a_plain_table() -> None:
    assert [line.rstrip() for line in printed(["file", "kind"], [["a.xml", "report"]], 80)] == [
        "file   kind",
        "a.xml  report",
    ]


def test_a_long_text_wraps_beside_short_cells() -> None:
    sentence = "The youngest victim or recipient is stated to be 13: under 14."
    lines = printed(["axis", "finding"], [["urgency", sentence]], 40)
    assert [line.rstrip() for line in lines] == [
        "axis     finding",
        "urgency  The youngest victim or",
        "         recipient is stated to be 13:",
        "         under 14.",
    ]


def test_what_does_not_fit_beside_stands_below_its_row_with_its_name() -> None:
    lines = printed(HEADS, ROWS[:1], 50)
    assert [line.rstrip() for line in lines] == [
        "report     can act     ask by",
        "991000334  actionable  2026-11-26",
        "  provider: Granittforum Direct",
        "  why: A last day that comes soon.",
    ]


def test_the_first_column_names_the_row_and_is_never_below() -> None:
    assert 0 in lay_out(["text", "day"], [["x" * 500, "2026-11-26"]], 80).beside


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one report in two copies, its address named by our list and by NCMEC."""
    folder = tmp_path_factory.mktemp("narrow")
    report = police_json()
    person = report["reportedInformation"]["reportedPeople"]["reportedPersons"][0]
    person["sourceInformation"] = {
        "sourceCaptures": [
            {
                "captureType": "IP Address", "value": "2001:db8:77:1234:5678:9abc:def0:1234",
                "eventName": "Login", "dateTime": "2026-11-01T12:00:00Z",
            }
        ]
    }  # fmt: skip
    store = folder / "unit.duckdb"
    result(store, "import", write(folder, "one.json", report))
    lines = "network,country\n2001:db8::/32,{}\n"
    for name, country in (("Norwegian list of countries", "NO"), ("Swedish list", "SE")):
        day = "2026-11-10" if country == "NO" else "2026-11-01"
        listed = write(folder, f"{country}.csv", lines.format(country))
        result(store, "feeds", "load", "geo", listed, "--name", name, "--as-of", day)
    return store


@pytest.mark.parametrize(
    "command",
    [
        ["queue"],
        ["show", "991000602"],
        ["feeds", "list"],
        ["providers", "review"],
        ["rules", "list"],
        ["check"],
        ["statistics", "import-rate"],
    ],
    ids=" ".join,
)
def test_a_command_cuts_nothing_at_80_columns(unit: Path, command: list[str]) -> None:
    shown = workbench(unit, *command, COLUMNS="80").stdout
    assert "…" not in shown
    assert shown.strip()


def test_show_and_the_lists_have_their_dates_whole(unit: Path) -> None:
    shown = workbench(unit, "show", "991000602", COLUMNS="80").stdout
    # Norway's list is the newer; Sweden's ten months end before Norway's twelve.
    assert "2027-09-01" in shown
    flat = " ".join(shown.split())
    assert "2001:db8:77:1234:5678:9abc:def0:1234" in flat
    assert (
        "sources name different countries; the earliest last day counts first, here that of SE."
        in flat
    )
    assert (
        "NO by Norwegian list of countries, as of 2026-11-10; "
        "SE by Swedish list, as of 2026-11-01" in flat
    )
    listed = workbench(unit, "feeds", "list", COLUMNS="80").stdout
    assert re.search(r"^Norwegian list of countries +geo +2026-11-10", listed, re.MULTILINE)
