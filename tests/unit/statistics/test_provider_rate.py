"""Each provider over all years, with the interval a small count needs."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.statistics.import_rate import ImportRate, ImportRateRow
from workbench.statistics.provider_rate import provider_rates, wilson_interval


def test_years_are_added_before_the_share_is_taken() -> None:
    rows = (
        ImportRateRow("Reddit", 2018, 4, 3, 75.0),
        ImportRateRow("Reddit", 2019, 1, 0, 0.0),
        ImportRateRow("KIK", 2018, 0, 0, 0.0),
        ImportRateRow("KIK", 2019, 0, 0, 0.0),
    )
    reddit, kik = provider_rates(ImportRate(date(2026, 1, 1), rows, (), ()))
    assert (reddit.received, reddit.imported, reddit.percent) == (5, 3, 60.0)
    assert reddit.is_small
    assert (kik.percent, kik.low_percent, kik.high_percent) == (0.0, None, None)


@pytest.mark.parametrize(
    ("imported", "received", "low", "high"),
    [(3, 4, 30.06, 95.44), (0, 10, 0.0, 27.75), (10, 10, 72.25, 100.0), (50, 100, 40.38, 59.62)],
)
def test_the_interval_is_wilsons(imported: int, received: int, low: float, high: float) -> None:
    assert wilson_interval(imported, received) == pytest.approx((low, high), abs=0.01)


@given(received=st.integers(1, 50_000), share=st.floats(0, 1))
def test_the_interval_holds_the_share_and_stays_within_bounds(received: int, share: float) -> None:
    imported = int(received * share)
    found = wilson_interval(imported, received)
    assert found is not None
    low, high = found
    assert 0 <= low <= 100 * imported / received + 1e-9
    assert 100 * imported / received - 1e-9 <= high <= 100
