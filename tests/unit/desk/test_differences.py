"""What two copies of one report say differently: told field by field, whichever way they are written."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.statable import statable_columns
from tests.unit.connectors.pdf_reports import whole_report
from tests.unit.connectors.pdf_writer import flowing
from tests.unit.desk.copies import NUMBER, changed, compared, report, take, told
from tests.unit.desk.store_rows import TODAY
from workbench.commands.copies import sources_as_json, versions_as_json
from workbench.desk.copies.differences import Comparison, compare_copies
from workbench.desk.copies.versions import SourceView
from workbench.desk.origins import SourceRow, SourceRows
from workbench.desk.referral import show_referral
from workbench.store.connection import Store

GOLDEN: Final = Path(__file__).parents[2] / "golden"
PERSON: Final = "reportedInformation.reportedPeople.reportedPersons.0"
JSON: Final = ("cybertipline_json", "cybertipline_json")


def second_version(store: Store, folder: Path, second: dict[str, Any]) -> Comparison:
    take(store, folder, "first.json", report())
    take(store, folder, "second.json", second)
    found = compared(store)[1].compared
    assert found is not None
    return found


def further_source(store: Store) -> SourceView:
    view = show_referral(store, NUMBER, today=TODAY, language="en", statable=statable_columns())
    return view.sources[1]


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (
            "reportedInformation.incidentSummary.incidentType",
            "Sextortion",
            (
                "report",
                "incident_type",
                "changed",
                "Online Enticement of Children for Sexual Acts",
                "Sextortion",
            ),
        ),
        (
            "dateReceived",
            "2026-11-09T09:15:30+01:00",
            (
                "report",
                "received_at",
                "same_value",
                "2026-11-09T08:15:30Z",
                "2026-11-09T09:15:30+01:00",
            ),
        ),
        (
            "dateReceived",
            "2026-11-09T08:15:31Z",
            (
                "report",
                "received_at",
                "changed",
                "2026-11-09T08:15:30Z",
                "2026-11-09T08:15:31Z",
            ),
        ),
        (
            "reportedInformation.uploadedFiles.uploadedFiles.0.md5",
            "0CC175B9C0F1B6A831C399E269772661",
            (
                "file_hash",
                "value_as_written",
                "same_value",
                "0cc175b9c0f1b6a831c399e269772661",
                "0CC175B9C0F1B6A831C399E269772661",
            ),
        ),
        (
            f"{PERSON}.sourceInformation.sourceCaptures.0.value",
            "192.000.002.010",
            (
                "ip_event",
                "ip_address_as_written",
                "same_value",
                "192.0.2.10",
                "192.000.002.010",
            ),
        ),
        (
            f"{PERSON}.sourceInformation.sourceCaptures.0.value",
            "192.0.2.11",
            ("ip_event", None, "removed", "192.0.2.10, Login, 2026-11-08T20:00:01Z", None),
        ),
        (f"{PERSON}.lastName", "N/A", ("party", "last_name", "removed", "Nordmann", None)),
        (
            f"{PERSON}.emails.0.value",
            "ola.n@example.org",
            ("identifier", "value_as_written", "changed", "ola@example.org", "ola.n@example.org"),
        ),
        (
            "reportedInformation.uploadedFiles.uploadedFiles.0.viewedByEsp",
            False,
            ("file_record", "is_viewed_by_provider", "changed", "true", "false"),
        ),
    ],
)
def test_one_changed_value_is_told_as_written(
    store: Store, tmp_path: Path, path: str, value: object, expected: tuple[str, ...]
) -> None:
    found = second_version(store, tmp_path, changed(report(), path, value))
    assert told(found.differences[0]) == expected
    assert len(found.disagreements) == (0 if expected[2] == "same_value" else found_rows(expected))


def found_rows(expected: tuple[Any, ...]) -> int:
    return 2 if expected[1] is None else 1  # another address is one gone and one new


def test_how_nothing_is_said_is_told_too(store: Store, tmp_path: Path) -> None:
    found = second_version(store, tmp_path, changed(report(), f"{PERSON}.lastName", "N/A"))
    [gone] = found.differences
    assert (gone.before_state, gone.after_state) == (None, "n/a")
    assert gone.before_place is not None
    assert gone.before_place.file == "first.json"
    assert gone.before_place.path == "reportedInformation.reportedPeople.reportedPersons[0]"


def test_a_person_inserted_at_the_front_moves_nobody(store: Store, tmp_path: Path) -> None:
    second = report()
    people = second["reportedInformation"]["reportedPeople"]["reportedPersons"]
    people.insert(0, {"espUserId": "77", "screenName": {"value": "other.one"}})
    found = second_version(store, tmp_path, second)
    assert {(one.table, one.kind) for one in found.differences} == {
        ("party", "added"),
        ("identifier", "added"),
    }
    assert {one.after for one in found.differences} == {"77", "other.one"}


def test_an_address_that_moves_to_another_person_is_told(store: Store, tmp_path: Path) -> None:
    second = report()
    people = second["reportedInformation"]["reportedPeople"]["reportedPersons"]
    emails = people[0].pop("emails")
    second["reportedInformation"]["childVictims"] = {
        "childVictims": [{"firstName": "Kari", "emails": emails}]
    }
    found = second_version(store, tmp_path, second)
    moved = [one for one in found.differences if one.field == "owner"]
    assert [(one.before, one.after) for one in moved] == [("reported_user 1", "victim 2")]


def test_json_and_pdf_of_one_report_as_a_whole(store: Store, tmp_path: Path) -> None:
    """Versions, sources and every difference of one report, held to a file that a person read."""
    take(store, tmp_path, "first.json", report())
    take(store, tmp_path, "second.json", changed(report(), f"{PERSON}.lastName", "Normann"))
    take(store, tmp_path, "copy.pdf", flowing(whole_report()))
    view = show_referral(store, NUMBER, today=TODAY, language="en", statable=statable_columns())
    shown = {
        "versions": versions_as_json(tuple(reversed(compared(store)))),
        "sources": sources_as_json(view.sources),
    }
    for part in shown.values():
        for entry in part:
            for name in ("version_id", "batch_id", "loaded_at"):
                entry.pop(name, None)
    written = json.dumps(shown, default=str, indent=1, ensure_ascii=False) + "\n"
    assert written == (GOLDEN / "copies_of_one_report.json").read_text(encoding="utf-8")


def test_what_a_format_cannot_say_is_counted_and_not_called_missing(
    store: Store, tmp_path: Path
) -> None:
    take(store, tmp_path, "a.json", report())
    row = (
        "Saksnr,Mottatt,Tilbyder,Hva gjelder det,Brukernavn\n"
        f"{NUMBER},09.11.2026 09:15,ChatterBox,Something else,\n"
    )
    take(store, tmp_path, "list.csv", row.encode())
    found = further_source(store).compared
    assert found is not None
    by_field = {one.field: one.kind for one in found.differences}
    assert by_field == {"incident_type": "changed", "received_at": "changed"}
    assert found.not_comparable > 3


def test_two_sources_that_say_the_same_agree(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, "a.json", report())
    row = (
        "Saksnr,Mottatt,Tilbyder,Hva gjelder det,Brukernavn\n"
        f"{NUMBER},09.11.2026 09:15:30,ChatterBox,"
        "Online Enticement of Children for Sexual Acts,ola.nordmann\n"
    )
    take(store, tmp_path, "list.csv", row.encode())
    source = further_source(store)
    assert source.compared is not None
    assert source.compared.disagreements == ()
    assert source.agrees


def test_a_copy_does_not_differ_from_itself(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, "a.json", report())
    view = show_referral(store, NUMBER, today=TODAY, language="en")
    assert view.sources[0].agrees
    assert view.sources[0].compared is None


WORDS = st.sampled_from(["a", "b", "A", "", None])
IDENTIFIERS = st.lists(
    st.tuples(st.sampled_from(["email", "screen_name"]), st.sampled_from(["x", "y", "z"])),
    max_size=6,
)


def a_copy(name: str, words: list[str | None], identifiers: list[tuple[str, str]]) -> SourceRows:
    rows = [
        SourceRow("report", "r", {"incident_type": words[0], "platform": words[1]}),
        SourceRow("party", "p", {"party_no": 1, "role": "reported_user", "gender": words[2]}),
    ]
    rows += [
        SourceRow(
            "identifier",
            f"i{place}",
            {"party_no": 1, "kind": kind, "value_as_written": value, "value": value},
        )
        for place, (kind, value) in enumerate(identifiers)
    ]
    return SourceRows(name, rows)


COPIES = st.builds(a_copy, st.just("f"), st.lists(WORDS, min_size=3, max_size=3), IDENTIFIERS)


@given(COPIES)
def test_a_copy_compared_with_itself_has_no_difference(copy: SourceRows) -> None:
    assert compare_copies(copy, copy, {}, JSON).differences == ()


@given(COPIES, COPIES)
def test_the_other_way_round_additions_are_removals(one: SourceRows, other: SourceRows) -> None:
    def heart(found: Comparison, *, turned: bool) -> list[str]:
        turn = {"added": "removed", "removed": "added"} if turned else {}
        return sorted(
            str((d.table, d.field, turn.get(d.kind, d.kind)))
            + str((d.after, d.before) if turned else (d.before, d.after))
            for d in found.differences
        )

    there = compare_copies(one, other, {}, JSON)
    back = compare_copies(other, one, {}, JSON)
    assert heart(there, turned=False) == heart(back, turned=True)


@given(IDENTIFIERS, IDENTIFIERS)
def test_no_identifier_is_lost_or_told_twice(
    one: list[tuple[str, str]], other: list[tuple[str, str]]
) -> None:
    before, after = (a_copy("f", [None] * 3, rows) for rows in (one, other))
    found = compare_copies(before, after, {}, JSON).differences
    lost = [d for d in found if d.kind in ("removed", "changed")]
    gained = [d for d in found if d.kind in ("added", "changed")]
    assert len(one) - len(lost) == len(other) - len(gained)
    assert all(asdict(d)["table"] == "identifier" for d in found)
