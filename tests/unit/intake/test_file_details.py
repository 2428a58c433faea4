"""`<fileDetails>` and their `<report>`: what belongs to whom, and what is never hidden by it."""

from pathlib import Path
from typing import Any

import pytest

from tests.builders import file_details, police_json, provider_xml, write
from tests.hostile import package, take
from workbench.store.connection import Store

NUMBER = "991000602"
_WHO = "<personOrUserReported><screenName>{}</screenName></personOrUserReported>"


def report(name: str) -> str:
    """Return a provider's report about one screen name."""
    return provider_xml(_WHO.format(name))


def held(store: Store) -> list[tuple[Any, ...]]:
    """Return number, format, whether current, names and files of every version, in its order."""
    return store.query(
        "SELECT version.report_number, version.source_format, version.passed_over IS NULL, "
        "(SELECT string_agg(value, ',' ORDER BY value) FROM referral.identifier "
        "WHERE identifier.version_id = version.version_id AND kind = 'screen_name'), "
        "(SELECT count(*) FROM referral.file_record WHERE file_record.version_id = version.version_id) "
        "FROM referral.report_version AS version ORDER BY 4 NULLS LAST, version.version, 1"
    )[1]


def test_details_that_come_later_never_stand_before_the_whole_report(
    store: Store, tmp_path: Path
) -> None:
    one = write(tmp_path / "one", f"{NUMBER}.xml", report("alice"))
    two = write(tmp_path / "two", "details.xml", file_details(NUMBER))
    assert take(store, one).loaded == 1
    assert take(store, two).new_versions == 1
    assert held(store) == [
        (NUMBER, "cybertipline_xml", True, "alice", 0),
        (NUMBER, "cybertipline_file_details", False, None, 1),
    ]
    counting = store.query("SELECT count(*) FROM referral.current_source")[1]
    assert counting == [(2,)]  # what they say of files is assessed as well
    assert take(store, two).duplicates == 1


def test_the_whole_report_takes_the_place_of_details_that_came_first(
    store: Store, tmp_path: Path
) -> None:
    take(store, write(tmp_path / "two", "details.xml", file_details(NUMBER)))
    take(store, write(tmp_path / "one", f"{NUMBER}.json", police_json(NUMBER)))
    [(current,)] = store.query("SELECT source_format FROM referral.current_version")[1]
    assert current == "cybertipline_json"


@pytest.mark.parametrize("first", [True, False])
def test_a_report_and_its_details_in_one_file_are_one(
    store: Store, tmp_path: Path, *, first: bool
) -> None:
    whole, details = report("alice"), file_details(NUMBER)
    pieces = (whole, details) if first else (details, whole)
    write(tmp_path / "in", "all.xml", f"<all>{''.join(pieces)}</all>")
    assert take(store, tmp_path / "in").loaded == 1
    assert held(store) == [(NUMBER, "cybertipline_xml", True, "alice", 1)]


@pytest.mark.parametrize("where", ["a folder", "a package"])
def test_several_reports_are_not_all_called_like_their_folder(
    store: Store, tmp_path: Path, where: str
) -> None:
    names = ("alice", "bob", "carl")
    members = [(f"{name}.xml", report(name)) for name in names]
    if where == "a folder":
        for file, content in members:
            write(tmp_path / "in" / "991000777", file, content)
    else:
        write(tmp_path / "in", "991000777.zip", package(*members))
    assert take(store, tmp_path / "in").loaded == 3
    assert held(store) == [(None, "cybertipline_xml", True, name, 0) for name in names]


def test_a_report_alone_is_called_like_its_folder(store: Store, tmp_path: Path) -> None:
    write(tmp_path / "in" / "991000777", "alice.xml", report("alice"))
    take(store, tmp_path / "in")
    assert held(store) == [("991000777", "cybertipline_xml", True, "alice", 0)]


def test_two_reports_named_one_after_the_other_do_not_share_the_details_beside_them(
    store: Store, tmp_path: Path
) -> None:
    for name in ("alice", "bob"):
        write(tmp_path, f"{name}.xml", report(name))
    write(tmp_path, "details.xml", file_details(NUMBER))
    for name in ("alice", "bob"):
        assert take(store, tmp_path / f"{name}.xml").loaded == 1
    assert [row[0] for row in held(store)] == [None, None]


def test_details_go_to_a_whole_report_and_never_to_a_row_of_a_list(
    store: Store, tmp_path: Path
) -> None:
    header = "Report number;Received;Provider;Decision;Decided by;Screen name\n"
    write(
        tmp_path / "in", "a_list.csv", f"{header}{NUMBER};1.2.2026 10:00;X;Importert;Kari;listed\n"
    )
    write(tmp_path / "in", "x.xml", report("alice"))
    write(tmp_path / "in", "details.xml", file_details(NUMBER))
    take(store, tmp_path / "in")
    assert held(store) == [
        (NUMBER, "cybertipline_xml", True, "alice", 1),
        (NUMBER, "tabular", True, "listed", 0),
    ]


@pytest.mark.parametrize("text", ["<!-- of <fileDetails> -->", "<![CDATA[ <fileDetails> ]]>"])
def test_a_report_that_speaks_of_details_keeps_its_number(
    store: Store, tmp_path: Path, text: str
) -> None:
    content = provider_xml(_WHO.format(f"alice{text}"))
    write(tmp_path / "in", f"{NUMBER}.xml", content)
    take(store, tmp_path / "in")
    [(number, source_format, *_)] = held(store)
    assert (number, source_format) == (NUMBER, "cybertipline_xml")


def test_a_number_in_another_spelling_is_the_same(store: Store, tmp_path: Path) -> None:
    write(tmp_path / "in", f"{NUMBER}.json", police_json(NUMBER))
    write(tmp_path / "in", "details.xml", file_details("991,000,602"))
    assert take(store, tmp_path / "in").loaded == 1
    assert [row[4] for row in held(store)] == [1]


def test_a_report_named_alone_finds_its_details_whatever_its_format(
    store: Store, tmp_path: Path
) -> None:
    file = write(tmp_path / "in", "r.json", police_json(NUMBER))
    write(tmp_path / "in", "details.xml", file_details(NUMBER))
    assert take(store, tmp_path / "in").loaded == 1
    assert take(store, file).duplicates == 1
