"""The page of the queue in hand, read again only when something may have changed it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

import streamlit

from workbench.desk.queue import QueueCounts, QueueFilter, QueueRow, count_queue, list_queue
from workbench.ui.parts import cursor
from workbench.ui.session import Workplace

ROWS_A_PAGE: Final = 50
_KEPT_FOR: Final = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the queue as it was read, and what it was read for."""

    asked: tuple[object, ...]
    at: datetime
    counts: QueueCounts
    page: int
    page_count: int
    rows: Sequence[QueueRow]


def list_page(place: Workplace, chosen: QueueFilter) -> Listed:
    """Return the page in hand.

    Walking from row to row changes nothing in the list, so it is not read again for that; what
    other officers decide meanwhile shows a few seconds later.
    """
    sort = cursor.queue_sort()
    asked = (
        place.settings.store,
        place.language,
        place.today,
        place.shift_at,
        chosen,
        sort,
    )
    last = cast("Listed | None", streamlit.session_state.get("listed"))
    only_walked = cursor.take_wish("walk")
    if only_walked and last and last.asked == asked and place.now - last.at < _KEPT_FOR:
        return last
    counts = count_queue(place.store, chosen, place.today, place.shift_at)
    page_count = max(1, math.ceil(counts.total / ROWS_A_PAGE))
    page = cursor.keep_page(page_count)
    rows = list_queue(
        place.store,
        chosen,
        sort,
        limit=ROWS_A_PAGE,
        offset=(page - 1) * ROWS_A_PAGE,
        today=place.today,
        language=place.language,
        shift_at=place.shift_at,
    )
    listed = Listed(asked, place.now, counts, page, page_count, rows)
    streamlit.session_state["listed"] = listed
    return listed
