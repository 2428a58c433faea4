"""One chart that answers one question: how much of what each provider sends can be used?"""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit

from workbench.statistics.provider_rate import ProviderRate
from workbench.ui.session import Workplace

_ROW_HEIGHT: Final = 26
_FONT: Final = 13
_INKS: Final = {False: "#4d5b68", True: "#a3b1be"}  # --wb-muted in light and in dark
_GREY: Final = "#7d8a97"  # stands out on light and dark ground


def rate_chart(place: Workplace, rates: Sequence[ProviderRate]) -> alt.LayerChart | alt.FacetChart:
    """Draw each provider's rate with its 95 % interval; a hollow point rests on few referrals."""
    words = place.words
    shown = [rate for rate in rates if rate.received]
    values = pd.DataFrame([_values(place, rate) for rate in shown])
    base = alt.Chart(values).encode(
        y=alt.Y(
            "provider:N",
            title=None,
            sort=[rate.provider for rate in shown],
            axis=alt.Axis(labelOverlap=False, labelFlush=False, labelLimit=200, **_text()),
        ),
        tooltip=[
            alt.Tooltip("provider:N", title=words("column.provider")),
            alt.Tooltip("percent:Q", title=words("statistics.imported_percent"), format=".1f"),
            alt.Tooltip("counts:N", title=words("statistics.counts")),
        ],
    )
    scale = alt.Scale(domain=[0, 100])
    axis = alt.Axis(titleFontSize=_FONT, titleColor=_text()["labelColor"], **_text())
    title = words("statistics.chart.axis")
    interval = base.mark_rule(strokeWidth=2, color=_GREY).encode(
        x=alt.X("low:Q", title=title, scale=scale, axis=axis), x2="high:Q"
    )
    few, enough = words("statistics.few"), words("statistics.enough")
    point = base.mark_point(size=75, filled=True, opacity=1).encode(
        x=alt.X("percent:Q", title=title, scale=scale, axis=axis),
        shape=alt.Shape(
            "few:N",
            title=None,
            scale=alt.Scale(domain=[enough, few], range=["circle", "diamond"]),
            legend=alt.Legend(orient="top", **_text()),
        ),
    )
    return alt.layer(interval, point).properties(height=alt.Step(_ROW_HEIGHT))


def _text() -> dict[str, Any]:
    """Return size and ink of the words beside the chart; the theme's own are too faint to be AA."""
    is_dark = streamlit.context.theme.type == "dark"
    return {"labelFontSize": _FONT, "labelColor": _INKS[is_dark]}


def _values(place: Workplace, rate: ProviderRate) -> dict[str, str | float | None]:
    words, number = place.words, place.formats.number
    return {
        "provider": rate.provider,
        "percent": rate.percent,
        "low": rate.low_percent,
        "high": rate.high_percent,
        "few": words("statistics.few" if rate.is_small else "statistics.enough"),
        "counts": words(
            "statistics.chart.counts",
            imported=number(rate.imported),
            received=number(rate.received),
        ),
    }
