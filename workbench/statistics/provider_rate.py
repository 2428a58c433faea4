"""Each provider's import rate over the years shown, with how sure one can be of it."""

from dataclasses import dataclass
from math import sqrt

from workbench.statistics.import_rate import ImportRate, percent_of

SMALL_COUNT = 20
"""Below this many referrals a rate says little, and screens mark it."""

_Z = 1.959963984540054
"""Two-sided 95 % of the normal distribution."""


@dataclass(frozen=True, slots=True)
class ProviderRate:
    """One provider over all years shown.

    `low_percent` and `high_percent` bound the Wilson 95 % interval; None: nothing was received.
    """

    provider: str
    received: int
    imported: int
    percent: float
    low_percent: float | None
    high_percent: float | None
    is_small: bool


def provider_rates(rate: ImportRate) -> tuple[ProviderRate, ...]:
    """Sum each provider's years; rows in the order of the table."""
    return tuple(_provider_rate(rate, provider) for provider in rate.providers)


def wilson_interval(imported: int, received: int) -> tuple[float, float] | None:
    """Return the 95 % Wilson score interval as percentages; None where nothing was received.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927).
    """
    if received == 0:
        return None
    share = imported / received
    centre = share + _Z**2 / (2 * received)
    spread = _Z * sqrt(share * (1 - share) / received + _Z**2 / (4 * received**2))
    scale = 100 / (1 + _Z**2 / received)
    return max(0.0, (centre - spread) * scale), min(100.0, (centre + spread) * scale)


def _provider_rate(rate: ImportRate, provider: str) -> ProviderRate:
    years = [row for row in rate.rows if row.provider == provider]
    received = sum(row.received for row in years)
    imported = sum(row.imported for row in years)
    low, high = wilson_interval(imported, received) or (None, None)
    return ProviderRate(
        provider=provider,
        received=received,
        imported=imported,
        percent=percent_of(imported, received),
        low_percent=low,
        high_percent=high,
        is_small=received < SMALL_COUNT,
    )
