"""Statistics: the two tables a leader knows, one chart or what a figure counts, and downloads."""

from datetime import date
from typing import Final

import streamlit

from rules.providers import load_provider_table
from workbench.export.csv_table import write_import_rate_csv
from workbench.export.workbook import write_import_rate_workbook
from workbench.statistics.cell import count_undated
from workbench.statistics.import_rate import ImportRate, ImportRateRow, ImportRateTotal, import_rate
from workbench.statistics.provider_rate import provider_rates
from workbench.ui.markup import join, tag
from workbench.ui.parts import cursor
from workbench.ui.parts.frame import go_to, show
from workbench.ui.parts.rate_chart import rate_chart
from workbench.ui.parts.small_things import listen_for_choices
from workbench.ui.sections.cell import draw_cell
from workbench.ui.sections.rate_tables import Cell, by_provider_table, by_year_table
from workbench.ui.session import Workplace

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def render(place: Workplace) -> None:
    """Draw the import rate by provider and year."""
    if cursor.take_wish("open"):
        go_to("referral")
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
        _draw_downloads(place, rate, as_of)
    _draw_rules(place, rate, as_of)
    if not rate.years:
        show(tag("div", words("statistics.nothing"), of="wb-nothing"))
        return
    chosen = _chosen_cell(rate)
    left, right = streamlit.columns([58, 42], gap="medium")
    with left:
        by_provider = by_provider_table(place, rate, chosen)
        show(join([tag("h2", words("statistics.by_provider")), by_provider]))
        show(join([tag("h2", words("statistics.by_year")), by_year_table(place, rate)]))
    with right:
        if chosen:
            _draw_chosen(place, rate, chosen, as_of)
        else:
            _draw_chart(place, rate)
    listen_for_choices(cell=_choose, referral=_open)


def _draw_rules(place: Workplace, rate: ImportRate, as_of: date) -> None:
    """Say how is counted, what is left out, and what stands in no year."""
    words = place.words
    sentences = [words("statistics.counting_rule", day=place.formats.day(as_of))]
    if rate.left_out_years:
        years = ", ".join(str(year) for year in rate.left_out_years)
        sentences.append(words("statistics.left_out", years=years))
    undated = count_undated(place.store, as_of=as_of, time_zone=place.settings.time_zone)
    if undated:
        written = place.formats.number(undated)
        sentences.append(words.counted("statistics.undated", undated, written=written))
    show(tag("p", " ".join(sentences), of="wb-muted"))


def _draw_downloads(place: Workplace, rate: ImportRate, as_of: date) -> None:
    name = f"{place.words('statistics.file_name')}-{as_of.isoformat()}"
    for kind, mime, write in (
        ("xlsx", _XLSX, write_import_rate_workbook),
        ("csv", "text/csv", write_import_rate_csv),
    ):
        streamlit.download_button(
            place.words(f"statistics.download.{kind}"),
            data=write(rate, place.language),
            file_name=f"{name}.{kind}",
            mime=mime,
            key=f"download_{kind}",
            icon=":material/download:",
            on_click="ignore",
            disabled=not rate.years,
        )


def _draw_chart(place: Workplace, rate: ImportRate) -> None:
    words = place.words
    show(tag("h2", words("statistics.chart")))
    chart = rate_chart(place, provider_rates(rate))
    streamlit.altair_chart(chart, alt=words("statistics.chart.alt"))
    show(tag("p", words("statistics.chart.note"), of="wb-muted"))


def _draw_chosen(place: Workplace, rate: ImportRate, chosen: Cell, as_of: date) -> None:
    counts: dict[Cell, ImportRateRow | ImportRateTotal] = {
        **{Cell(row.provider, row.year): row for row in rate.rows},
        **{Cell(None, total.year): total for total in rate.totals},
    }
    count = counts[chosen]
    streamlit.button(
        place.words("statistics.cell.close"), key="close_cell", on_click=_choose, args=("",)
    )
    draw_cell(place, chosen, received=count.received, imported=count.imported, as_of=as_of)


def _chosen_cell(rate: ImportRate) -> Cell | None:
    """Return the cell whose referrals are shown, if the table still has it."""
    code = streamlit.session_state.get("statistics_cell")
    cell = Cell.of_code(code) if code else None
    if cell is None or cell.year not in rate.years:
        return None
    return cell if cell.row_name in {None, *rate.providers} else None


def _choose(code: str) -> None:
    streamlit.session_state["statistics_cell"] = code


def _open(referral_id: str) -> None:
    cursor.move_cursor(referral_id)
    cursor.wish("open")
