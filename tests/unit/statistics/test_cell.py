"""The referrals behind a figure: as many as the figure says, and none that stands elsewhere."""

from datetime import UTC, date, datetime, timedelta

from tests.unit.desk.store_rows import add_decision, add_provider_name, add_referral
from workbench.model.rulebook import ProviderEntry
from workbench.statistics.cell import CellReferral, count_undated, list_cell
from workbench.statistics.import_rate import REST_ROW, import_rate
from workbench.store.connection import Store

LATER = date(2026, 11, 22)
MIDSUMMER = datetime(2020, 6, 24, 12, tzinfo=UTC)
TABLE = tuple(
    ProviderEntry(name, name, "social", row, (), (), ())
    for name, row in (("KIK", "KIK"), ("Discord", "Discord"), ("Yahoo", None))
)


def cell(
    store: Store, row_name: str | None, year: int, *, as_of: date = LATER, **page: int
) -> list[CellReferral]:
    return list_cell(
        store,
        as_of=as_of,
        provider_table=TABLE,
        row_name=row_name,
        year=year,
        limit=page.get("limit", 100),
        offset=page.get("offset", 0),
    )


def add_some(store: Store) -> None:
    add_provider_name(store, "Kik Messenger", "KIK")
    for number, provider in enumerate(
        ("Kik Messenger", "Discord", "Yahoo", "Nobody we know", None)
    ):
        for year in (2019, 2020, 2020):
            received = MIDSUMMER.replace(year=year) + timedelta(hours=number)
            add_referral(
                store, f"{number}-{year}-{received.hour}", provider=provider, received_at=received
            )


def test_every_cell_lists_as_many_as_the_table_counts(store: Store) -> None:
    add_some(store)
    rate = import_rate(store, as_of=LATER, provider_table=TABLE, all_years=True)
    assert sum(row.received for row in rate.rows) > 0
    for row in rate.rows:
        assert len(cell(store, row.provider, row.year)) == row.received
    for total in rate.totals:
        assert len(cell(store, None, total.year)) == total.received


def test_a_provider_without_a_row_or_a_name_stands_in_the_last_row(store: Store) -> None:
    add_some(store)
    assert {found.provider for found in cell(store, REST_ROW, 2019)} == {
        "Yahoo",
        "Nobody we know",
        None,
    }


def test_pages_follow_each_other_newest_first(store: Store) -> None:
    add_some(store)
    whole = cell(store, None, 2020)
    pages = [cell(store, None, 2020, limit=2, offset=offset) for offset in range(0, len(whole), 2)]
    assert [found for page in pages for found in page] == whole
    assert [found.received_at for found in whole] == sorted(
        (found.received_at for found in whole), reverse=True
    )


def test_the_decision_is_the_one_that_stood_at_the_end_of_the_day(store: Store) -> None:
    add_referral(store, "a", provider="Discord", received_at=MIDSUMMER)
    add_decision(store, "a", "not_imported", decided_at=MIDSUMMER, reason_code="no_files")
    add_decision(store, "a", "imported", decided_at=MIDSUMMER + timedelta(days=9))
    [then] = cell(store, "Discord", 2020, as_of=date(2020, 6, 25))
    [later] = cell(store, "Discord", 2020)
    assert (then.disposition, then.reason_code) == ("not_imported", "no_files")
    assert (later.disposition, later.decided_at) == ("imported", MIDSUMMER + timedelta(days=9))


def test_a_referral_without_a_received_date_stands_in_no_year_and_is_counted(store: Store) -> None:
    add_some(store)
    assert count_undated(store, as_of=LATER) == 0
    add_referral(store, "undated", provider="Discord", received_at=None)
    assert count_undated(store, as_of=LATER) == 1
    assert not [found for found in cell(store, None, 2020) if found.referral_id == "undated"]
