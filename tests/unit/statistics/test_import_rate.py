"""Import rates: the published tables to the digit, the counting rule, and runs as of a day."""

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.desk.store_rows import add_decision, add_provider_name, add_referral
from workbench.model.rulebook import ProviderEntry
from workbench.statistics.import_rate import (
    ImportRate,
    import_rate,
    ncmec_reports_globally,
    percent_of,
)
from workbench.store.connection import Store

PUBLISHED = Path(__file__).parents[3] / "sample_data" / "published"
LATER = date(2026, 11, 22)
MIDSUMMER = datetime(2020, 6, 24, 12, tzinfo=UTC)


def entry(name: str, published_row: str | None) -> ProviderEntry:
    return ProviderEntry(name, name, "social", published_row, (), (), ())


TABLE = (
    entry("TikTok", "TikTok"),
    entry("KIK", "KIK"),
    entry("Discord", "Discord"),
    entry("Yahoo", None),
)


def rate(store: Store, as_of: date = LATER, *, all_years: bool = False) -> ImportRate:
    return import_rate(store, as_of=as_of, provider_table=TABLE, all_years=all_years)


def cells(found: ImportRate) -> dict[tuple[str, int], tuple[int, int, float]]:
    return {(r.provider, r.year): (r.received, r.imported, r.percent) for r in found.rows}


def published(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def add_published_referrals(store: Store, cells_of_table_2: list[dict[str, str]]) -> None:
    """Add as many referrals and imports per provider and year as Kripos published."""
    referral_ids, providers, received, imported = [], [], [], []
    for cell in cells_of_table_2:
        for number in range(int(cell["received"])):
            referral_ids.append(f"{cell['provider']}-{cell['year']}-{number}")
            # Who has no row of their own has some name or other.
            is_rest = cell["provider"] == "Øvrige"
            providers.append(f"Site {number % 30}" if is_rest else cell["provider"])
            day = datetime(int(cell["year"]), 1, 1, 12, tzinfo=UTC) + timedelta(days=number % 365)
            received.append(day)
            imported.append(number < int(cell["imported_reconstructed"]))
    rows = pa.table(
        {"id": referral_ids, "provider": providers, "received_at": received, "imported": imported}
    )
    with store.columns("wanted", rows):
        store.run_text(
            "INSERT INTO referral.report_version (version_id, referral_id, version, batch_id, "
            "source_file_id, source_format, source_system, loaded_at, provider_as_written, "
            "received_at) SELECT id, id, 1, 'b', 'f', 'table', 'archive', now(), provider, "
            "received_at FROM wanted"
        )
        store.run_text(
            "INSERT INTO desk.decision (decision_id, referral_id, decided_at, decided_by, "
            "disposition, reason_code, version_seen, origin) "
            "SELECT uuidv7(), id, received_at + INTERVAL 20 DAY, 'officer 7', "
            "CASE WHEN imported THEN 'imported' ELSE 'not_imported' END, "
            "CASE WHEN NOT imported THEN 'other' END, 1, 'source' FROM wanted"
        )


def test_both_published_tables_come_out_to_the_digit_and_in_order(store: Store) -> None:
    table_2 = published("kripos_table2_provider_year.csv")
    add_published_referrals(store, table_2)
    names = dict.fromkeys(cell["provider"] for cell in table_2 if cell["provider"] != "Øvrige")
    table = tuple(entry(name, name) for name in reversed(names))
    found = import_rate(store, as_of=LATER, provider_table=table)
    assert [
        (r.provider, str(r.year), str(r.received), str(r.imported), str(r.percent))
        for r in found.rows
    ] == [
        (
            cell["provider"],
            cell["year"],
            cell["received"],
            cell["imported_reconstructed"],
            cell["imported_percent_published"],
        )
        for cell in table_2
    ]
    assert [
        (
            str(t.year),
            "" if t.ncmec_reports_globally is None else str(t.ncmec_reports_globally),
            str(t.received),
            str(t.imported),
            str(t.percent),
        )
        for t in found.totals
    ] == [tuple(row.values()) for row in published("kripos_table1_year.csv")]
    assert found.left_out_years == ()


def test_an_empty_store_has_empty_tables(store: Store) -> None:
    assert rate(store) == ImportRate(as_of=LATER, rows=(), totals=(), left_out_years=())


def test_every_provider_has_a_row_for_every_year_and_the_rest_comes_last(store: Store) -> None:
    add_referral(store, "a", provider="Discord", received_at=MIDSUMMER)
    found = rate(store, all_years=True)
    assert cells(found) == {
        ("Discord", 2020): (1, 0, 0.0),
        ("KIK", 2020): (0, 0, 0.0),
        ("TikTok", 2020): (0, 0, 0.0),
        ("Øvrige", 2020): (0, 0, 0.0),
    }
    assert found.providers == ("Discord", "KIK", "TikTok", "Øvrige")


def test_spellings_count_under_their_provider_and_strangers_under_the_rest(store: Store) -> None:
    add_provider_name(store, "discord inc.", "Discord")
    for number, name in enumerate(("discord inc.", "Discord", "Yahoo", "unheard of", None)):
        add_referral(store, f"r{number}", provider=name, received_at=MIDSUMMER)
    found = cells(rate(store, all_years=True))
    assert found["Discord", 2020][0] == 2
    assert found["Øvrige", 2020][0] == 3


def test_a_referral_counts_once_however_many_versions_and_decisions(store: Store) -> None:
    for version in (1, 2, 3):
        add_referral(store, "a", version=version, provider="KIK", received_at=MIDSUMMER)
    add_decision(store, "a", "awaiting_information", MIDSUMMER + timedelta(days=1))
    add_decision(store, "a", "imported", MIDSUMMER + timedelta(days=2))
    assert cells(rate(store))["KIK", 2020] == (1, 1, 100.0)


def test_an_undone_import_is_not_an_import(store: Store) -> None:
    add_referral(store, "a", provider="KIK", received_at=MIDSUMMER)
    add_decision(store, "a", "imported", MIDSUMMER + timedelta(days=2))
    add_decision(store, "a", None, MIDSUMMER + timedelta(days=3), origin="undo")
    assert cells(rate(store, all_years=True))["KIK", 2020] == (1, 0, 0.0)


def test_the_figures_can_be_run_again_as_of_an_earlier_day(store: Store) -> None:
    add_referral(store, "a", provider="KIK", received_at=MIDSUMMER)
    add_referral(store, "b", provider="KIK", received_at=MIDSUMMER + timedelta(days=10))
    add_decision(store, "a", "imported", datetime(2020, 7, 1, 21, 59, tzinfo=UTC))
    add_decision(store, "a", "not_imported", datetime(2020, 7, 1, 22, 0, tzinfo=UTC))

    def then(day: date) -> tuple[int, int, float] | None:
        return cells(rate(store, day, all_years=True)).get(("KIK", 2020))

    assert then(date(2020, 6, 23)) is None
    assert then(date(2020, 6, 24)) == (1, 0, 0.0)
    # 1 July ends at 22:00 UTC in Oslo: the import stood then, and was replaced the day after.
    assert then(date(2020, 7, 1)) == (1, 1, 100.0)
    assert then(date(2020, 7, 2)) == (1, 0, 0.0)
    assert then(date(2020, 7, 4)) == (2, 0, 0.0)


def test_a_later_version_does_not_change_what_was_counted_before_it_came(store: Store) -> None:
    for version, name in ((1, "KIK"), (2, "Discord")):
        loaded_at = MIDSUMMER + timedelta(days=100 * version)
        add_referral(
            store, "a", version=version, provider=name, received_at=MIDSUMMER, loaded_at=loaded_at
        )
    assert cells(rate(store, all_years=True))["Discord", 2020][0] == 1
    between = (MIDSUMMER + timedelta(days=150)).date()
    assert cells(rate(store, between, all_years=True))["KIK", 2020][0] == 1
    # An archive loaded years later still counts for the years it tells of.
    before = (MIDSUMMER + timedelta(days=50)).date()
    assert cells(rate(store, before, all_years=True))["KIK", 2020][0] == 1


def test_the_year_is_the_units_own_not_utc(store: Store) -> None:
    new_year = datetime(2018, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight in Oslo
    add_referral(store, "a", provider="KIK", received_at=new_year)
    add_decision(store, "a", "transferred", new_year + timedelta(days=1))
    assert [total.year for total in rate(store).totals] == [2019]
    in_utc = import_rate(store, as_of=LATER, provider_table=TABLE, time_zone="UTC")
    assert [total.year for total in in_utc.totals] == [2018]


def test_a_year_is_shown_unasked_only_ninety_days_after_its_end(store: Store) -> None:
    add_referral(store, "a", provider="KIK", received_at=MIDSUMMER)
    add_referral(store, "b", provider="KIK", received_at=MIDSUMMER + timedelta(days=365))
    for name in ("a", "b"):
        add_decision(store, name, "not_imported", MIDSUMMER + timedelta(days=400))
    early = rate(store, date(2022, 3, 30))
    assert [total.year for total in early.totals] == [2020]
    assert early.left_out_years == (2021,)
    assert {row.year for row in early.rows} == {2020}
    settled = rate(store, date(2022, 3, 31))
    assert [total.year for total in settled.totals] == [2020, 2021]
    assert settled.left_out_years == ()
    asked = rate(store, date(2022, 3, 30), all_years=True)
    assert [total.year for total in asked.totals] == [2020, 2021]


def test_a_year_in_which_nothing_is_decided_has_no_rate_to_show(store: Store) -> None:
    add_referral(store, "a", provider="KIK", received_at=MIDSUMMER)
    assert rate(store).left_out_years == (2020,)
    assert [total.received for total in rate(store, all_years=True).totals] == [1]
    add_decision(store, "a", "awaiting_information", MIDSUMMER + timedelta(days=1))
    assert rate(store).left_out_years == ()
    add_decision(store, "a", None, MIDSUMMER + timedelta(days=2), origin="undo")
    assert rate(store).left_out_years == (2020,)


def test_a_referral_without_received_time_is_in_no_year(store: Store) -> None:
    add_referral(store, "a", received_at=None)
    assert rate(store, all_years=True).totals == ()


@pytest.mark.parametrize(
    ("imported", "received", "expected"),
    [
        (0, 0, 0.0),
        (0, 4, 0.0),
        (3, 4, 75.0),
        (1, 3, 33.3),
        (2, 3, 66.7),
        (1, 2000, 0.1),  # 0.05 goes up
        (257, 400, 64.3),  # 64.25 goes up, though its binary fraction lies below
    ],
)
def test_percent_has_one_decimal_halves_up(imported: int, received: int, expected: float) -> None:
    assert percent_of(imported, received) == expected


@given(received=st.integers(1, 100_000), share=st.floats(0, 1))
def test_percent_is_what_decimal_arithmetic_says(received: int, share: float) -> None:
    imported = int(received * share)
    exact = Decimal(100 * imported) / Decimal(received)
    expected = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    assert str(percent_of(imported, received)) == str(expected)


def test_the_global_figures_are_the_published_ones() -> None:
    expected = {
        int(row["year"]): int(row["ncmec_reports_globally"])
        for row in published("kripos_table1_year.csv")
        if row["ncmec_reports_globally"]
    }
    assert ncmec_reports_globally() == expected
