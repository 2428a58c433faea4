"""What the address says of the queue: a reload or a colleague with the address sees the same list.

Only what differs from the unfiltered queue stands there; what it cannot mean is left out. The words
searched for stay out as well: they can be somebody's e-mail or phone, and addresses are shared.
"""

from collections.abc import Iterable
from typing import Final, cast, get_args

import streamlit

from workbench.desk.queue import Expires, QueueFilter, QueueSort, SortColumn, Status

REFERRAL: Final = "referral"
_PAGE: Final = "page"
_SORT: Final = "sort"
_DOWN: Final = "-"  # before a column: sorted downwards


def filter_of_address() -> QueueFilter:
    """Return the filter that the address names."""
    given = streamlit.query_params
    return QueueFilter(
        status=cast("Status", _one_of(given.get("status"), get_args(Status), "open")),
        urgency=tuple(given.get_all("urgency")),
        actionability=tuple(given.get_all("actionability")),
        expires=cast("Expires", _one_of(given.get("expires"), get_args(Expires), "")),
        provider=tuple(given.get_all("provider")),
        kind=tuple(given.get_all("kind")),
    )


def sort_of_address() -> QueueSort:
    """Return the order that the address names."""
    written = streamlit.query_params.get(_SORT, "")
    column = _one_of(written.removeprefix(_DOWN), get_args(SortColumn), QueueSort().column)
    return QueueSort(cast("SortColumn", column), is_descending=written.startswith(_DOWN))


def page_of_address() -> int:
    """Return the page of the list that the address names; the first unless it is a number."""
    written = streamlit.query_params.get(_PAGE, "")
    return max(1, int(written)) if written.isdecimal() and written.isascii() else 1


def write_address(chosen: QueueFilter, sort: QueueSort, page: int, referral_id: str | None) -> None:
    """Put the place in the queue into the address."""
    usual = QueueFilter()
    wanted: dict[str, str | list[str]] = {
        REFERRAL: referral_id or "",
        "status": "" if chosen.status == usual.status else chosen.status,
        "urgency": list(chosen.urgency),
        "actionability": list(chosen.actionability),
        "expires": chosen.expires,
        "provider": list(chosen.provider),
        "kind": list(chosen.kind),
        _SORT: "" if sort == QueueSort() else f"{_DOWN * sort.is_descending}{sort.column}",
        _PAGE: "" if page == 1 else str(page),
    }
    said = {name: value for name, value in wanted.items() if value}
    if said != _as_it_is(said):
        streamlit.query_params.from_dict(said)


def _as_it_is(said: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    """Return the address in the shape of what is to be said, so that the two can be compared."""
    given = streamlit.query_params
    return {
        name: given.get_all(name) if isinstance(said.get(name), list) else given[name]
        for name in given
    }


def _one_of(written: str | None, allowed: Iterable[str], usual: str) -> str:
    return written if written in set(allowed) else usual
