"""The officer's place in the queue: filter, order, page and the referral in hand.

The cursor is the referral id, never a position: rows come and go while an officer reads. It stands
in the session and in the address, so that a page can be sent to a colleague and reloaded.
"""

from collections.abc import Sequence
from typing import Final, Literal, cast

import streamlit

from workbench.desk.queue import QueueFilter, QueueSort, SortColumn
from workbench.ui.parts import address

_PAGE: Final = "queue_page"

# What an event asks of the next drawing: the first or last row of the page, another page of the
# screens, or nothing but another row.
Wish = Literal["first", "last", "open", "queue", "walk"]


def queue_filter() -> QueueFilter:
    """Return what the queue was last filtered by; the address names it when the session is new."""
    if "queue_filter" not in streamlit.session_state:
        streamlit.session_state["queue_filter"] = address.filter_of_address()
    return cast("QueueFilter", streamlit.session_state["queue_filter"])


def keep_filter(chosen: QueueFilter) -> bool:
    """Remember the filter; say whether an officer changed it, in which case page 1 opens."""
    before = queue_filter()
    streamlit.session_state["queue_filter"] = chosen
    if before == chosen:
        return False
    streamlit.session_state[_PAGE] = 1
    return True


def queue_sort() -> QueueSort:
    """Return the order of the queue; the address names it when the session is new."""
    if "queue_sort" not in streamlit.session_state:
        streamlit.session_state["queue_sort"] = address.sort_of_address()
    return cast("QueueSort", streamlit.session_state["queue_sort"])


def sort_by(column: SortColumn) -> None:
    """Put a column first; the one that already is turns round."""
    sort = queue_sort()
    turned = sort.column == column and not sort.is_descending
    streamlit.session_state["queue_sort"] = QueueSort(column, is_descending=turned)
    streamlit.session_state[_PAGE] = 1
    wish("first")


def keep_page(page_count: int) -> int:
    """Return the page to show, which is the last one when there are fewer than before."""
    page = min(_page(), page_count)
    streamlit.session_state[_PAGE] = page
    return page


def _page() -> int:
    if _PAGE not in streamlit.session_state:
        streamlit.session_state[_PAGE] = address.page_of_address()
    return cast("int", streamlit.session_state[_PAGE])


def open_page(page: int) -> None:
    """Go to a page; the choice enters it at the top."""
    streamlit.session_state[_PAGE] = page
    wish("first")


def turn_page(step: int) -> None:
    """Go one page on or back; the choice enters it at the near end."""
    page = _page()
    if page + step >= 1:
        streamlit.session_state[_PAGE] = page + step
        wish("first" if step > 0 else "last")


def wish(what: Wish) -> None:
    """Ask something of the next drawing."""
    streamlit.session_state["wish"] = what


def take_wish(what: Wish) -> bool:
    """Say whether this was asked for, and forget it."""
    if streamlit.session_state.get("wish") != what:
        return False
    streamlit.session_state["wish"] = None
    return True


def cursor() -> str | None:
    """Return the referral in hand; the address names it when the session is new."""
    if "cursor" not in streamlit.session_state:
        streamlit.session_state["cursor"] = streamlit.query_params.get(address.REFERRAL)
    return cast("str | None", streamlit.session_state["cursor"])


def pick(referral_id: str | None) -> None:
    """Take a referral in hand because the officer chose it in the list."""
    streamlit.session_state["cursor"] = referral_id


def move_cursor(referral_id: str | None) -> None:
    """Take a referral in hand because something else led there; the list follows."""
    pick(referral_id)
    streamlit.session_state["cursor_turn"] = turn() + 1


def turn() -> int:
    """Return how often the cursor was moved by something other than the list."""
    return cast("int", streamlit.session_state.get("cursor_turn", 0))


def settle(listed: Sequence[str]) -> None:
    """Give the cursor a place on a page that was just listed, unless it has one somewhere."""
    if take_wish("last"):
        move_cursor(listed[-1] if listed else None)
    elif take_wish("first") or cursor() is None:
        move_cursor(listed[0] if listed else None)


def take_address() -> None:
    """Remember what the address says before another page of the screens opens."""
    queue_filter()
    queue_sort()
    _page()
    cursor()


def write_address() -> None:
    """Put the place in the queue into the address."""
    address.write_address(queue_filter(), queue_sort(), _page(), cursor())
