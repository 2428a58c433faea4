"""Of every value of a referral: which file, which place in it."""

import json
from pathlib import Path

from typer.testing import CliRunner

from connectors.provenance.places import find_places
from connectors.statable import statable_columns
from tests.builders import provider_xml, write
from tests.unit.connectors.pdf_reports import whole_report
from tests.unit.connectors.pdf_writer import flowing
from tests.unit.desk.copies import NUMBER, changed, report, take
from tests.unit.desk.store_rows import TODAY
from workbench.cli import app
from workbench.composition import take_in, understand
from workbench.desk.origins import SourceRow, SourceRows
from workbench.desk.referral import show_referral
from workbench.desk.referral_view import ReferralView
from workbench.model.provenance import StoredRow
from workbench.settings import Settings
from workbench.store.connection import Store

PERSON = "reportedInformation.reportedPeople.reportedPersons[0]"


def view_of(store: Store, *, language: str = "en") -> ReferralView:
    return show_referral(
        store,
        NUMBER,
        today=TODAY,
        language=language,
        statable=statable_columns(),
        find_places=find_places(None),
    )


def test_a_value_on_the_screen_tells_its_field(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, "a.json", report())
    view = view_of(store)
    [person] = view.parties
    [mail] = (entry for entry in person.identifiers if entry.kind == "email")
    place = view.places.of("identifier", mail, "is_verified")
    assert place is not None
    assert (place.how, place.positions[0].file) == ("exact", "a.json")
    assert place.positions[0].path == f"{PERSON}.emails[0].verified"
    # What we make of a value has the place of that value; what nobody stated has none.
    [event] = view.ip_events
    made = view.places.of("ip_event", event, "ip_address")
    assert made is not None
    assert made.positions[0].path.endswith("sourceCaptures[0].value")
    assert view.places.of("ip_event", event, "source_port") is None
    assert view.places.of("party", person, "gender") is None


def test_several_fields_are_named_and_none_is_guessed(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, "a.json", report())
    view = view_of(store)
    place = view.places.of("file_record", view.files[0], "file_name")
    assert place is not None
    assert place.how == "one_of"
    assert [at.path.rpartition(".")[2] for at in place.positions] == ["filename", "fileName"]


def test_without_the_lists_a_value_has_the_place_of_its_row(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, "a.json", report())
    view = show_referral(store, NUMBER, today=TODAY, language="en")
    place = view.places.of("party", view.parties[0], "first_name")
    assert place is not None
    assert (place.how, place.positions[0].path) == ("row", PERSON)


def test_a_part_with_a_file_of_its_own_is_placed_there(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / NUMBER
    write(folder, "report.xml", provider_xml())
    details = (
        f"<fileDetails><reportId>{NUMBER}</reportId><originalFileName>a.jpg</originalFileName>"
        "<publiclyAvailable>true</publiclyAvailable></fileDetails>"
    )
    write(folder, "file_01.xml", details)
    take_in(store, [folder], Settings(), imported_by="4711", report_progress=lambda _: None)
    view = view_of(store)
    place = view.places.of("file_record", view.files[0], "original_name")
    assert place is not None
    [position] = place.positions
    assert position.file.endswith("file_01.xml")
    assert position.path == "/fileDetails/originalFileName"
    number = view.places.of("report", None, "report_number")
    assert number is not None
    assert number.positions[0].path == "/fileDetails/reportId"


def test_what_two_sources_say_differently_is_placed_by_field(store: Store, tmp_path: Path) -> None:
    take(
        store,
        tmp_path,
        "a.json",
        changed(
            report(), "reportedInformation.reportedPeople.reportedPersons.0.lastName", "Normann"
        ),
    )
    take(store, tmp_path, "b.pdf", flowing(whole_report()))
    [_, pdf] = view_of(store).sources
    assert pdf.compared is not None
    [found] = (d for d in pdf.compared.conflicts if d.field == "last_name")
    assert found.before_place is not None
    assert found.before_place.path == f"{PERSON}.lastName"


def test_a_finding_points_at_fields(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, "a.json", report())
    understand(store, Settings())
    paths = {at.path for found in view_of(store).findings for at in found.positions}
    assert f"{PERSON}.sourceInformation.sourceCaptures[0].dateTime" in paths


def test_show_tells_every_place(tmp_path: Path) -> None:
    path, file = tmp_path / "a.duckdb", write(tmp_path, "a.json", report())
    run = CliRunner().invoke
    assert run(app, ["import", str(file), "--store", str(path)]).exit_code == 0
    shown = run(app, ["show", NUMBER, "--json", "--store", str(path)])
    rows = json.loads(shown.stdout)["places"]
    assert {row["file"] for row in rows} == {"a.json"}
    [party] = (row for row in rows if row["table"] == "party")
    assert party["values"]["last_name"] == {
        "how": "exact",
        "places": [{"file": "a.json", "path": f"{PERSON}.lastName"}],
    }
    written = run(app, ["show", NUMBER, "--store", str(path)]).stdout
    assert f"  last_name = Nordmann  at {PERSON}.lastName" in written
    assert "file_name = second.jpg  one of " in written
    assert "A first account" not in written


def test_findings_that_use_the_same_column_ask_once_for_its_places() -> None:
    rows = [
        SourceRow("report", "", {"incident_type": "Sextortion", "country": "NO"}),
        *(SourceRow("identifier", f"mails[{n}]", {"value_as_written": str(n)}) for n in range(5)),
    ]
    asked: list[tuple[str | None, str]] = []

    def places_of(row: StoredRow, column: str) -> tuple[str, ...]:
        asked.append((row.path, column))
        return (f"{row.path}.{column}",)

    source = SourceRows("a.json", rows, places_of)
    origins = {"mails": ["identifier.value_as_written"], "type": ["report.incident_type"]}
    both = source.positions(["mails", "type"], origins)
    assert [at.path for at in both] == [
        ".incident_type",
        *(f"mails[{n}].value_as_written" for n in range(5)),
    ]
    assert source.positions(["type"], origins) == both[:1]
    assert len(asked) == len(set(asked)) == len(rows)
