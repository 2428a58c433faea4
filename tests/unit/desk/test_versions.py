"""Which copy of a report is current: by its age, its format and its arrival, in this order."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.statable import statable_columns
from tests.builders import provider_xml
from tests.unit.connectors.pdf_reports import a_field, whole_report
from tests.unit.connectors.pdf_writer import flowing
from tests.unit.desk.copies import (
    MAY_3,
    MAY_9,
    MAY_20,
    NUMBER,
    TYPE,
    changed,
    decide,
    places,
    report,
    take,
    versions,
)
from tests.unit.desk.store_rows import TODAY
from workbench.composition import understand
from workbench.desk.copies.versions import compare_versions
from workbench.desk.decisions import undo_decision
from workbench.desk.queue import count_changed
from workbench.desk.referral import glance_at_referral, show_referral
from workbench.errors import NotFoundError
from workbench.settings import Settings
from workbench.store.audit import run_audits
from workbench.store.connection import Store
from workbench.store.migrate import migrations

LATE = "2026-11-25T10:00:00Z"  # younger than the PDF
A_LIST = (
    "Saksnr,Mottatt,Tilbyder,Hva gjelder det,Brukernavn\n"
    f"{NUMBER},09.11.2026 09:15,ChatterBox,Enticement,ola.nordmann\n"
).encode()


def audits_hold(store: Store) -> bool:
    return all(audit.holds for audit in run_audits(store))


def classified(store: Store, at: str | None = None) -> Any:
    view = "analyst.referral" if at is None else "analyst.referral_as_of($at)"
    [row] = store.rows_of(
        f"SELECT version, incident_type FROM {view}",  # noqa: S608 - one of two texts above
        None if at is None else {"at": at},
    )
    return row["version"], row["incident_type"]


def test_a_changed_copy_of_the_same_format_is_current(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, "a.json", report())
    sheet = take(store, tmp_path, "b.json", changed(report(), TYPE, "Sextortion"))
    assert (sheet.loaded, sheet.new_versions, sheet.duplicates) == (0, 1, 0)
    assert places(store) == [("json", "first", False), ("json", "changed_copy", True)]
    assert classified(store) == (2, "Sextortion")
    assert audits_hold(store)


def test_an_older_copy_that_arrives_late_does_not_become_current(
    store: Store, tmp_path: Path
) -> None:
    take(store, tmp_path, "may9.json", report(processed=MAY_9))
    late = changed(report(processed=MAY_3), TYPE, "As it was called before")
    take(store, tmp_path, "may3.json", late)
    assert places(store) == [("json", "first", True), ("json", "older_copy", False)]
    assert [version.version for version in versions(store)] == [1, 2]
    assert classified(store)[0] == 1
    take(store, tmp_path, "may20.json", report(processed=MAY_20))
    assert places(store)[2] == ("json", "newer_document", True)
    assert audits_hold(store)


def test_an_older_copy_is_not_current_even_after_one_that_does_not_say_its_age(
    store: Store, tmp_path: Path
) -> None:
    take(store, tmp_path, "dated.json", report(processed=MAY_9))
    take(store, tmp_path, "undated.json", report())
    take(store, tmp_path, "older.json", report(processed=MAY_3))
    assert [found[2] for found in places(store)] == [False, True, False]


def test_made_available_tells_the_age_where_one_copy_was_not_processed(
    store: Store, tmp_path: Path
) -> None:
    take(store, tmp_path, "a.json", report(processed=MAY_3, made_available=MAY_20))
    take(store, tmp_path, "b.json", report(made_available=MAY_9))
    assert places(store)[1] == ("json", "older_copy", False)


@pytest.mark.parametrize("together", [True, False])
def test_copies_of_one_import_are_weighed_like_copies_of_several(
    store: Store, tmp_path: Path, *, together: bool
) -> None:
    copies = [report(processed=MAY_9), report(processed=MAY_3), report(processed=MAY_20)]
    if together:
        take(store, tmp_path, "all.json", _list(copies))
    else:
        for number, copy in enumerate(copies):
            take(store, tmp_path, f"{number}.json", copy)
    assert [found[1:] for found in places(store)] == [
        ("first", False),
        ("older_copy", False),
        ("newer_document", True),
    ]
    assert audits_hold(store)


def _list(copies: list[dict[str, Any]]) -> bytes:
    return json.dumps(copies).encode()


def test_the_exact_bytes_of_an_old_version_again_change_nothing(
    store: Store, tmp_path: Path
) -> None:
    take(store, tmp_path, "a.json", report())
    take(store, tmp_path, "b.json", changed(report(), TYPE, "Sextortion"))
    before = versions(store)
    sheet = take(store, tmp_path, "a_again.json", report())
    assert (sheet.loaded, sheet.new_versions, sheet.duplicates) == (0, 0, 1)
    assert versions(store) == before


def test_a_pdf_after_the_json_is_a_further_source(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, "a.json", report())
    sheet = take(store, tmp_path, "a.pdf", flowing(whole_report()))
    assert (sheet.loaded, sheet.new_versions) == (0, 1)
    assert places(store) == [("json", "first", True), ("pdf", "further_source", False)]
    view = show_referral(store, NUMBER, today=TODAY, language="en", statable=statable_columns())
    assert view.header.version == 1
    assert [source.source_format for source in view.sources] == [
        "cybertipline_json",
        "cybertipline_pdf",
    ]
    assert audits_hold(store)


def test_the_json_takes_the_place_of_a_pdf_that_came_first(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, "a.pdf", flowing(whole_report()))
    take(store, tmp_path, "a.json", report())
    assert places(store) == [("pdf", "first", False), ("json", "preferred_format", True)]


def test_json_comes_before_xml_whichever_came_first(store: Store, tmp_path: Path) -> None:
    xml = provider_xml().encode()
    take(store, tmp_path / NUMBER, f"{NUMBER}/report.xml", xml)
    take(store, tmp_path, "a.json", report())
    other = provider_xml(body="<additionalInfo>More.</additionalInfo>").encode()
    take(store, tmp_path / "later", f"{NUMBER}/report.xml", other)
    assert places(store) == [
        ("xml", "first", False),
        ("json", "preferred_format", True),
        ("xml", "further_source", False),
    ]
    [own, further] = show_referral(store, NUMBER, today=TODAY, language="en").sources
    assert (own.version, further.version) == (2, 3)  # of the XML, the copy that came last


def test_a_younger_document_is_current_whichever_format_it_is_in(
    store: Store, tmp_path: Path
) -> None:
    with_date = [*whole_report(), *_made_available("05-20-2026 10:00:00 UTC")]
    take(store, tmp_path, "a.json", report(made_available=MAY_9))
    take(store, tmp_path, "a.pdf", flowing(with_date))
    assert places(store)[1] == ("pdf", "newer_document", True)
    take(store, tmp_path, "late.json", report(made_available=MAY_3))
    assert places(store)[2] == ("json", "older_copy", False)


def test_formats_that_round_a_time_are_of_one_age(store: Store, tmp_path: Path) -> None:
    with_date = [*whole_report(), *_made_available("05-09-2026 16:00:00 UTC")]
    take(store, tmp_path, "a.json", report(made_available=MAY_9))
    take(store, tmp_path, "a.pdf", flowing(with_date))
    assert places(store)[1] == ("pdf", "further_source", False)


def _made_available(at: str) -> list[Any]:
    return [a_field("Date/Time Made Available", at)]


@pytest.mark.parametrize("list_first", [True, False])
def test_a_row_of_a_list_never_hides_the_form(
    store: Store, tmp_path: Path, *, list_first: bool
) -> None:
    steps = [("list.csv", A_LIST), ("a.pdf", flowing(whole_report()))]
    for name, content in steps if list_first else reversed(steps):
        take(store, tmp_path, name, content)
    current = next(found for found in places(store) if found[2])
    assert current[0] == "pdf"
    assert current[1] == ("complete_form" if list_first else "first")


def test_what_was_current_then_is_what_the_rule_said_then(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, "may9.json", report(processed=MAY_9))
    take(store, tmp_path, "may3.json", changed(report(processed=MAY_3), TYPE, "Earlier"))
    take(store, tmp_path, "may20.json", changed(report(processed=MAY_20), TYPE, "Later"))
    first, late, newest = (version.loaded_at.isoformat() for version in versions(store))
    assert classified(store, first)[0] == 1
    assert classified(store, late)[0] == 1
    assert classified(store, newest) == (3, "Later")
    assert classified(store) == (3, "Later")


def test_a_decision_names_the_version_seen_and_what_came_after_is_told(
    store: Store, tmp_path: Path
) -> None:
    take(store, tmp_path, "may9.json", report(processed=MAY_9))
    take(store, tmp_path, "may3.json", report(processed=MAY_3))
    decision = decide(store)
    assert decision.version_seen == 1  # not the late copy
    view = show_referral(store, NUMBER, today=TODAY, language="en")
    assert view.since_decision is None
    take(store, tmp_path, "may20.json", changed(report(processed=MAY_20), TYPE, "Later"))
    view = show_referral(store, NUMBER, today=TODAY, language="en")
    assert view.header.version_decided_on == 1
    assert view.since_decision is not None
    assert [found.field for found in view.since_decision.disagreements] == [
        "incident_type",
        "processed_at",
    ]


def came_since(store: Store) -> list[tuple[int, str | None]]:
    """Return what page and pane say came since, which the queue's list must agree with."""
    view = show_referral(store, NUMBER, today=TODAY, language="en")
    glance = glance_at_referral(store, NUMBER, today=TODAY, language="en")
    assert glance.came_since == view.came_since
    assert (view.since_decision is not None) is view.has_newer_version
    assert bool(view.came_since) is (count_changed(store) == 1)
    return [(version.version, version.passed_over) for version in view.came_since]


def test_a_further_source_that_came_after_a_decision_is_told(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, "a.json", report(processed=MAY_9))
    assert came_since(store) == []
    decide(store)
    assert came_since(store) == []
    take(store, tmp_path, "a.pdf", flowing(whole_report()))
    assert came_since(store) == [(2, "further_source")]
    # Whoever decides again has seen it; what was not seen then is the version that follows.
    decide(store)
    assert came_since(store) == []
    take(store, tmp_path, "b.json", changed(report(processed=MAY_20), TYPE, "Later"))
    assert came_since(store) == [(3, None)]


def test_an_older_copy_of_another_format_that_came_after_a_decision_is_told(
    store: Store, tmp_path: Path
) -> None:
    take(store, tmp_path, "a.json", report(processed=LATE, made_available=LATE))
    decide(store)
    take(store, tmp_path, "older.json", report(processed=MAY_3, made_available=MAY_3))
    assert came_since(store) == []  # of the same format: it says nothing new
    take(
        store,
        tmp_path,
        "a.pdf",
        flowing([*whole_report(), a_field("Date/Time Made Available", "11-01-2026 10:00:00 UTC")]),
    )
    assert [version.passed_over for version in versions(store)] == [
        None,
        "older_copy",
        "older_copy",
    ]
    assert came_since(store) == [(3, "older_copy")]


def test_nothing_came_since_a_decision_that_was_undone(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, "a.json", report(processed=MAY_9))
    decide(store)
    take(store, tmp_path, "a.pdf", flowing(whole_report()))
    undo_decision(store, NUMBER, decided_by="A1", now=datetime.now(UTC))
    assert came_since(store) == []


def test_what_a_newer_copy_replaced_is_not_assessed(store: Store, tmp_path: Path) -> None:
    settings = Settings()
    take(store, tmp_path, "may9.json", report(processed=MAY_9))
    assert understand(store, settings).assessed == 1
    take(store, tmp_path, "may3.json", report(processed=MAY_3))
    assert understand(store, settings).assessed == 0


def test_a_further_source_is_assessed_and_its_referral_once(store: Store, tmp_path: Path) -> None:
    settings = Settings()
    take(store, tmp_path, "a.json", report())
    understand(store, settings)
    take(store, tmp_path, "a.pdf", flowing(whole_report()))
    assert understand(store, settings).assessed == 1
    assert understand(store, settings).assessed == 0


def test_a_version_that_is_not_there_cannot_be_compared(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, "a.json", report())
    [only] = versions(store)
    referral_id = store.rows_of("SELECT referral_id FROM analyst.referral")[0]["referral_id"]
    with pytest.raises(NotFoundError, match="no version 2"):
        compare_versions(store, referral_id, only.version, 2, {})


# The rule of migration 0008 said a second time, plainly, to hold the SQL to it.
RANKS = {"cybertipline_json": 1, "cybertipline_xml": 2, "iccam_v3": 3, "cybertipline_pdf": 4}
DAY_ONE = datetime(2026, 5, 1, tzinfo=UTC)
AGES = st.one_of(
    st.none(), st.integers(0, 8).map(lambda halves: DAY_ONE + timedelta(days=halves / 2))
)
COPIES = st.lists(
    st.tuples(st.sampled_from([*RANKS, "tabular"]), AGES, AGES), min_size=1, max_size=7
)
Ages = tuple[datetime | None, datetime | None]


def compare_age(own: Ages, other: Ages, margin: timedelta) -> int:
    for mine, theirs in zip(own, other, strict=True):
        if mine is not None and theirs is not None and abs(mine - theirs) > margin:
            return 1 if mine > theirs else -1
    return 0


def weigh(copies: list[tuple[str, datetime | None, datetime | None]]) -> list[str | None]:
    standing, *ages = copies[0]
    verdicts: list[str | None] = [None]
    for name, *own in copies[1:]:
        is_list, was_list = name == "tabular", standing == "tabular"
        margin = timedelta(0) if name == standing else timedelta(days=1)
        age = compare_age((own[0], own[1]), (ages[0], ages[1]), margin)
        verdict = None
        if is_list != was_list:
            verdict = "further_source" if is_list else None
        elif age < 0:
            verdict = "older_copy"
        elif age == 0 and RANKS.get(name, 9) > RANKS.get(standing, 9):
            verdict = "further_source"
        verdicts.append(verdict)
        if verdict is None:
            kept = [None, None] if was_list else ages
            standing = name
            ages = [
                max((at for at in pair if at is not None), default=None)
                for pair in zip(own, kept, strict=True)
            ]
    return verdicts


@pytest.fixture(scope="module")
def shared_store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened


@settings(deadline=None)
@given(COPIES)
def test_the_rule_is_the_plain_rule(
    shared_store: Store, copies: list[tuple[str, datetime | None, datetime | None]]
) -> None:
    columns = {
        "formats": [name for name, _, _ in copies],
        "processed": [at for _, at, _ in copies],
        "available": [at for _, _, at in copies],
    }
    [row] = shared_store.rows_of(
        "SELECT referral.weigh_copies(list(referral.copy_to_weigh(f, p, a) ORDER BY n)) AS verdicts "
        "FROM (SELECT unnest(CAST($formats AS VARCHAR[])) AS f, "
        "unnest(CAST($processed AS TIMESTAMPTZ[])) AS p, "
        "unnest(CAST($available AS TIMESTAMPTZ[])) AS a, "
        "generate_subscripts(CAST($formats AS VARCHAR[]), 1) AS n)",
        columns,
    )
    assert row["verdicts"] == weigh(copies)
    assert row["verdicts"][0] is None  # somebody is always current


def test_a_store_from_before_the_rule_is_weighed_when_it_is_opened(
    store: Store, tmp_path: Path
) -> None:
    """The migration's own UPDATE, run on versions as an earlier workbench left them."""
    take(store, tmp_path, "may9.json", report(processed=MAY_9))
    take(store, tmp_path, "may3.json", report(processed=MAY_3))
    take(store, tmp_path, "a.pdf", flowing(whole_report()))
    expected = places(store)
    store.run_text("UPDATE referral.report_version SET passed_over = NULL")
    assert not audits_hold(store)
    migration = dict(migrations())["0008_sources.sql"]
    start = migration.index("UPDATE referral.report_version")
    store.run_text(migration[start : migration.index(";", start)])
    assert places(store) == expected
    assert audits_hold(store)
