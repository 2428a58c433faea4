"""When two reports are one: by their number, however it is written, and never by a word for none."""

from pathlib import Path

import pytest

from tests.builders import file_details, police_json, provider_xml, write
from tests.hostile import take
from workbench.store.connection import Store

NUMBERS = "SELECT report_number, report_number_source FROM referral.report_version ORDER BY 1"


@pytest.mark.parametrize(
    "word", ["none", "null", "unknown", "-", "--", "0", "000", "TBD", "ukjent", "na", "n.a.", "?"]
)
def test_a_word_for_no_number_does_not_make_two_reports_one(
    store: Store, tmp_path: Path, word: str
) -> None:
    write(tmp_path, "in/a.json", police_json(word))
    write(tmp_path, "in/b.json", police_json(word, dateReceived="2026-11-21T18:00:00Z"))
    sheet = take(store, tmp_path / "in")
    assert (sheet.read, sheet.loaded, sheet.new_versions) == (2, 2, 0)
    assert store.query(NUMBERS)[1] == [(None, None), (None, None)]


def test_file_details_of_no_number_belong_to_nobody(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "in/a.xml", file_details("none"))
    write(tmp_path, "in/b.xml", file_details("none", "b" * 32))
    write(tmp_path, "in/991000001.xml", provider_xml())
    assert take(store, tmp_path / "in").loaded == 3


def test_one_number_in_any_spelling_is_one_report(store: Store, tmp_path: Path) -> None:
    spellings = [
        991000001,
        "CT991000001",
        "TIP-991000001",
        "991 000 001",
        "991\u202f000\u202f001",
        "９９１０００００１.",
    ]
    for place, number in enumerate(spellings):
        received = f"2026-11-2{place}T18:00:00Z"
        write(tmp_path, f"in/{place}.json", police_json(number, dateReceived=received))
    sheet = take(store, tmp_path / "in")
    assert (sheet.loaded, sheet.new_versions) == (1, len(spellings) - 1)
    assert {row[0] for row in store.query(NUMBERS)[1]} == {"991000001"}
