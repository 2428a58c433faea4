"""Statistics: the two tables a leader knows, one chart, and the workbook."""

from datetime import date
from typing import Final

import streamlit

from rules.providers import load_provider_table
from workbench.export.workbook import TOTAL_ROW, write_import_rate_workbook
from workbench.statistics.import_rate import ImportRate, import_rate
from workbench.statistics.provider_rate import provider_rates
from workbench.ui.markup import Html, join, tag
from workbench.ui.parts.frame import show
from workbench.ui.parts.rate_chart import rate_chart
from workbench.ui.session import Workplace

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def render(place: Workplace) -> None:
    """Draw the import rate by provider and year."""
    words = place.words
    with streamlit.container(key="statistics_top", horizontal=True, vertical_alignment="bottom"):
        as_of = streamlit.date_input(
            words("statistics.as_of"),
            place.today,
            key="as_of",
            max_value=place.today,
            format="DD.MM.YYYY",
            width=150,
        )
        all_years = streamlit.toggle(words("statistics.all_years"), key="all_years")
        rate = import_rate(
            place.store,
            as_of=as_of,
            provider_table=load_provider_table(place.settings.rules),
            all_years=all_years,
            time_zone=place.settings.time_zone,
        )
        _draw_download(place, rate, as_of)
    show(tag("p", words("statistics.counting_rule", day=place.formats.day(as_of)), of="wb-muted"))
    _draw_left_out(place, rate)
    if not rate.years:
        show(tag("div", words("statistics.nothing"), of="wb-nothing"))
        return
    left, right = streamlit.columns([58, 42], gap="medium")
    with left:
        show(join([tag("h2", words("statistics.by_provider")), _by_provider(place, rate)]))
        show(join([tag("h2", words("statistics.by_year")), _by_year(place, rate)]))
    with right:
        show(tag("h2", words("statistics.chart")))
        rates = provider_rates(rate)
        streamlit.altair_chart(rate_chart(place, rates), alt=words("statistics.chart.alt"))
        show(tag("p", words("statistics.chart.note"), of="wb-muted"))


def _draw_download(place: Workplace, rate: ImportRate, as_of: date) -> None:
    streamlit.download_button(
        place.words("statistics.download"),
        data=write_import_rate_workbook(rate, place.language),
        file_name=f"{place.words('statistics.file_name')}-{as_of.isoformat()}.xlsx",
        mime=_XLSX,
        key="download_workbook",
        icon=":material/download:",
        on_click="ignore",
        disabled=not rate.years,
    )


def _draw_left_out(place: Workplace, rate: ImportRate) -> None:
    if rate.left_out_years:
        years = ", ".join(str(year) for year in rate.left_out_years)
        show(tag("p", place.words("statistics.left_out", years=years), of="wb-muted"))


def _by_provider(place: Workplace, rate: ImportRate) -> Html:
    words, number = place.words, place.formats.number
    cells = {(row.provider, row.year): row for row in rate.rows}
    heads = [tag("th", words("statistics.received_from"), scope="col")]
    for year in rate.years:
        heads.append(tag("th", str(year), scope="col", of="wb-figure"))
        heads.append(tag("th", words("statistics.imported_percent"), scope="col", of="wb-figure"))
    lines = [
        _line(
            provider,
            [
                figure
                for year in rate.years
                for figure in (
                    number(cells[provider, year].received),
                    number(cells[provider, year].percent, decimals=1),
                )
            ],
        )
        for provider in rate.providers
    ]
    sums = [
        figure
        for total in rate.totals
        for figure in (number(total.received), number(total.percent, decimals=1))
    ]
    lines.append(_line(TOTAL_ROW, sums, of="wb-total"))
    return tag(
        "table",
        tag("thead", tag("tr", *heads)),
        tag("tbody", *lines),
        of="wb-table wb-figures",
        data_table="by_provider",
    )


def _by_year(place: Workplace, rate: ImportRate) -> Html:
    words, number = place.words, place.formats.number
    names = ("year", "globally", "received", "imported", "imported_percent")
    heads = [
        tag(
            "th", words(f"statistics.{name}"), scope="col", of="" if name == "year" else "wb-figure"
        )
        for name in names
    ]
    lines = [
        _line(
            str(total.year),
            [
                number(total.ncmec_reports_globally)
                if total.ncmec_reports_globally is not None
                else words("statistics.no_value"),
                number(total.received),
                number(total.imported),
                number(total.percent, decimals=1),
            ],
        )
        for total in rate.totals
    ]
    return tag(
        "table",
        tag("thead", tag("tr", *heads)),
        tag("tbody", *lines),
        of="wb-table wb-figures",
        data_table="by_year",
    )


def _line(name: str, figures: list[str], *, of: str = "") -> Html:
    cells = (tag("td", figure, of="wb-figure") for figure in figures)
    return tag("tr", tag("th", name, scope="row"), *cells, of=of)
