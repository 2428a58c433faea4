"""One chart that answers one question: how much of what each provider sends can be used?"""

from collections.abc import Sequence
from typing import Final

import altair

from workbench.statistics.provider_rate import ProviderRate
from workbench.ui.session import Workplace

_ROW_HEIGHT: Final = 26


def rate_chart(place: Workplace, rates: Sequence[ProviderRate]) -> altair.LayerChart:
    """Draw each provider's rate with its 95 % interval; a hollow point rests on few referrals."""
    words = place.words
    shown = [rate for rate in rates if rate.received]
    values = altair.Data(
        values=[
            {
                "provider": rate.provider,
                "percent": rate.percent,
                "low": rate.low_percent,
                "high": rate.high_percent,
                "few": words("statistics.few" if rate.is_small else "statistics.enough"),
                "counts": words(
                    "statistics.chart.counts",
                    imported=place.formats.number(rate.imported),
                    received=place.formats.number(rate.received),
                ),
            }
            for rate in shown
        ]
    )
    base = altair.Chart(values).encode(
        y=altair.Y("provider:N", title=None, sort=[rate.provider for rate in shown]),
        tooltip=[
            altair.Tooltip("provider:N", title=words("column.provider")),
            altair.Tooltip("percent:Q", title=words("statistics.imported_percent"), format=".1f"),
            altair.Tooltip("counts:N", title=words("statistics.counts")),
        ],
    )
    scale = altair.Scale(domain=[0, 100])
    title = words("statistics.chart.axis")
    interval = base.mark_rule(strokeWidth=2, opacity=0.55).encode(
        x=altair.X("low:Q", title=title, scale=scale), x2="high:Q"
    )
    few, enough = words("statistics.few"), words("statistics.enough")
    point = base.mark_point(size=75, filled=True, opacity=1).encode(
        x=altair.X("percent:Q", title=title, scale=scale),
        shape=altair.Shape(
            "few:N",
            title=None,
            scale=altair.Scale(domain=[enough, few], range=["circle", "diamond"]),
            legend=altair.Legend(orient="top"),
        ),
    )
    return altair.layer(interval, point).properties(height=_ROW_HEIGHT * len(shown))
