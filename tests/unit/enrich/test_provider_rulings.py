"""A leader rules about a written name: seen before it is made, counted everywhere, taken back."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from rules.providers import load_provider_table
from tests.builders import police_json, write
from workbench.composition import take_in, understand
from workbench.desk.decisions import record_decision
from workbench.enrich.provider_names import list_names_for_review
from workbench.enrich.provider_rulings import (
    accept_provider_name,
    list_rulings,
    nearest_providers,
    refuse_provider_name,
    undo_provider_ruling,
)
from workbench.errors import NotFoundError, UserError
from workbench.settings import Settings
from workbench.statistics.import_rate import REST_ROW, import_rate
from workbench.statistics.provider_effect import ruling_effect
from workbench.store.connection import Store

TABLE = load_provider_table(None)
RULED = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def report_of(number: str, provider: str) -> dict[str, object]:
    report = police_json(number)
    report["reportedInformation"]["reportingEsp"]["espName"] = provider
    return report


@pytest.fixture
def unit(store: Store, tmp_path: Path) -> Store:
    """Two referrals of `Snapchatt`, one imported, one of Snapchat and one that fits nothing."""
    written = {"991000701": "Snapchatt", "991000702": "Snapchatt", "991000703": "Snapchat"}
    for number, provider in (written | {"991000704": "Blue Lantern Ltd"}).items():
        write(tmp_path, f"{number}.json", report_of(number, provider))
    settings = Settings(store=tmp_path / "unused.duckdb")
    take_in(store, [tmp_path], settings, imported_by=None, report_progress=lambda _: None)
    understand(store, settings)
    decided = {"disposition": "imported", "reason_code": None, "decided_by": "A1", "note": None}
    record_decision(store, "991000701", **decided, now=RULED - timedelta(hours=3))
    return store


def providers_of(store: Store) -> dict[str, str]:
    _, rows = store.query("SELECT report_number, provider FROM analyst.referral ORDER BY 1")
    return dict(rows)


def counted(store: Store, as_of: date = TODAY) -> dict[str, tuple[int, int]]:
    rate = import_rate(store, as_of=as_of, provider_table=TABLE, all_years=True)
    return {row.provider: (row.received, row.imported) for row in rate.rows}


def test_accepting_moves_the_past_and_closes_the_review(unit: Store) -> None:
    assert [name.name_as_written for name in list_names_for_review(unit)] == [
        "Snapchatt",
        "Blue Lantern Ltd",
    ]
    ruling = accept_provider_name(
        unit, "Blue Lantern Ltd", "Discord", table=TABLE, ruled_by="L1", now=RULED, note="their app"
    )
    assert (ruling.provider, ruling.stands) == ("Discord", True)
    assert providers_of(unit)["991000704"] == "Discord"
    assert counted(unit)["Discord"] == (1, 0)
    assert [name.name_as_written for name in list_names_for_review(unit)] == ["Snapchatt"]


def test_refusing_a_likeness_lets_the_name_stand_for_itself(unit: Store) -> None:
    assert providers_of(unit)["991000701"] == "Snapchat"
    refuse_provider_name(unit, "Snapchatt", ruled_by="L1", now=RULED)
    assert providers_of(unit)["991000701"] == "Snapchatt"
    assert counted(unit)["Snapchat"] == (1, 0)
    assert counted(unit)[REST_ROW] == (3, 1)


def test_undo_opens_the_name_for_review_again_and_every_row_stays(unit: Store) -> None:
    before = counted(unit)
    refuse_provider_name(unit, "Snapchatt", ruled_by="L1", now=RULED)
    undo_provider_ruling(unit, "Snapchatt", ruled_by="L2", now=RULED + timedelta(minutes=1))
    assert counted(unit) == before
    assert "Snapchatt" in {name.name_as_written for name in list_names_for_review(unit)}
    assert [(r.ruling, r.ruled_by, r.stands) for r in list_rulings(unit)] == [
        ("undone", "L2", False),
        ("refused", "L1", False),
    ]
    with pytest.raises(UserError, match="No ruling stands"):
        undo_provider_ruling(unit, "Snapchatt", ruled_by="L2", now=RULED)


def test_the_effect_shown_before_is_what_comes_out_after(unit: Store) -> None:
    effect = ruling_effect(
        unit, "Snapchatt", from_provider="Snapchat", to_provider="Snapchatt",
        as_of=TODAY, provider_table=TABLE,
    )  # fmt: skip
    assert effect.referral_count == 2
    shown = {row.after.provider: (row.after.received, row.after.imported) for row in effect.rows}
    assert shown == {"Snapchat": (1, 0), REST_ROW: (3, 1)}
    refuse_provider_name(unit, "Snapchatt", ruled_by="L1", now=RULED)
    assert {name: counted(unit)[name] for name in shown} == shown


def test_what_no_provider_sent_is_no_part_of_the_effect(unit: Store) -> None:
    """A bank or a monitor can bear a provider's name; the published table never counts it."""
    unit.run_text(
        "UPDATE referral.report_version SET source_format = 'connection_lead_table' "
        "WHERE report_number = '991000702'"
    )
    assert unit.rows_of(
        "SELECT DISTINCT referral.kind_of_format(source_format) AS kind FROM referral.report_version "
        "WHERE report_number = '991000702'"
    ) == [{"kind": "connection_lead"}]
    before = counted(unit)["Snapchat"]
    effect = ruling_effect(
        unit, "Snapchatt", from_provider="Snapchat", to_provider="Snapchatt",
        as_of=TODAY, provider_table=TABLE,
    )  # fmt: skip
    assert (before, effect.referral_count) == ((2, 1), 1)


def test_a_ruling_within_one_row_changes_no_published_figure(unit: Store) -> None:
    effect = ruling_effect(
        unit, "Blue Lantern Ltd", from_provider="Blue Lantern Ltd", to_provider="Imgur",
        as_of=TODAY, provider_table=TABLE,
    )  # fmt: skip
    assert (effect.referral_count, effect.rows) == (1, ())


def test_a_figure_of_an_earlier_day_keeps_the_ruling_of_that_day(unit: Store) -> None:
    day_before = (RULED - timedelta(days=1)).date()
    before = counted(unit, day_before)
    refuse_provider_name(unit, "Snapchatt", ruled_by="L1", now=RULED)
    assert counted(unit, day_before) == before != counted(unit)


def test_what_the_ruling_touches_is_assessed_again_and_nothing_else(
    unit: Store, tmp_path: Path
) -> None:
    write(tmp_path, "other.json", _with_other_account(report_of("991000705", "Discord")))
    settings = Settings(store=tmp_path / "unused.duckdb")
    take_in(unit, [tmp_path], settings, imported_by=None, report_progress=lambda _: None)
    understand(unit, settings)
    # The account name is shared by the first four: whether it is the same account may change.
    accept_provider_name(
        unit, "Blue Lantern Ltd", "Snapchat", table=TABLE, ruled_by="L1", now=datetime.now(UTC)
    )
    assert understand(unit, settings).assessed == 4


def _with_other_account(report: dict[str, object]) -> dict[str, object]:
    people = report["reportedInformation"]["reportedPeople"]["reportedPersons"]  # type: ignore[index]
    people[0] = {"screenName": {"value": "quiet_harbour"}, "espUserId": "q:1"}
    return report


def test_the_nearest_providers_come_with_their_likeness() -> None:
    nearest = nearest_providers("Instagrm", TABLE)
    assert nearest[0][0] == "Instagram"
    assert len({name for name, _ in nearest}) == 3
    assert [score for _, score in nearest] == sorted((s for _, s in nearest), reverse=True)


@pytest.mark.parametrize(
    ("name", "provider", "officer", "error"),
    [
        ("Nobody wrote this", "Discord", "L1", NotFoundError),
        ("Snapchatt", "Not in the table", "L1", UserError),
        ("Snapchatt", "Snapchat", " ", UserError),
    ],
)
def test_what_cannot_be_ruled_is_said_and_nothing_is_written(
    unit: Store, name: str, provider: str, officer: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        accept_provider_name(unit, name, provider, table=TABLE, ruled_by=officer, now=RULED)
    assert list_rulings(unit) == []
