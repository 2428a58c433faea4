"""The referrals behind one figure of the statistics."""

import math
from datetime import date
from typing import Final

import streamlit

from rules.providers import load_provider_table
from workbench.export.workbook import TOTAL_ROW
from workbench.statistics.cell import CellReferral, list_cell
from workbench.ui.markup import join, table, tag
from workbench.ui.parts.frame import show
from workbench.ui.parts.small_things import choice
from workbench.ui.parts.summary import decision_text
from workbench.ui.sections.rate_tables import Cell
from workbench.ui.session import Workplace

_ROWS_A_PAGE: Final = 25


def draw_cell(place: Workplace, cell: Cell, *, received: int, imported: int, as_of: date) -> None:
    """Draw which referrals a cell counts, a page at a time, each with a way to open it."""
    words, number = place.words, place.formats.number
    title = words("statistics.cell.title", row=cell.row_name or TOTAL_ROW, year=cell.year)
    counts = words("statistics.cell.counts", received=number(received), imported=number(imported))
    show(join([tag("h2", title), tag("p", counts, of="wb-muted")]))
    pages = max(1, math.ceil(received / _ROWS_A_PAGE))
    page = 1
    if pages > 1:
        page = streamlit.pagination(pages, key=f"cell_page_{cell.code}")
    found = list_cell(
        place.store,
        as_of=as_of,
        provider_table=load_provider_table(place.settings.rules),
        row_name=cell.row_name,
        year=cell.year,
        limit=_ROWS_A_PAGE,
        offset=(page - 1) * _ROWS_A_PAGE,
        time_zone=place.settings.time_zone,
    )
    heads = [words(f"statistics.cell.{name}") for name in ("referral", "received", "decision")]
    show(table(heads, [_row(place, referral) for referral in found]))


def _row(place: Workplace, referral: CellReferral) -> tuple[str, str, str]:
    words = place.words
    number = referral.report_number or words("referral.without_number", id=referral.referral_id[:8])
    button = choice(number, "referral", referral.referral_id, title=words("statistics.cell.open"))
    provider = tag("span", referral.provider or words("sign.not_said"), of="wb-muted")
    decided = (
        f"{decision_text(place, referral.disposition, referral.reason_code)}, "
        f"{place.formats.day(place.formats.local_day(referral.decided_at))}"
        if referral.disposition and referral.decided_at
        else words("statistics.cell.undecided")
    )
    received = place.formats.day(place.formats.local_day(referral.received_at))
    return join([button, " ", provider]), received, decided
