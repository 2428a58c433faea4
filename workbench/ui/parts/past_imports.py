"""Imports that were made: the list to choose from, and the count sheet of the chosen one."""

from typing import Final, cast

import streamlit

from workbench.errors import NotFoundError
from workbench.intake.imports import find_import, list_imports, read_count_sheet
from workbench.ui.markup import join
from workbench.ui.parts.frame import complain, show
from workbench.ui.parts.small_things import listen_for_choices
from workbench.ui.sections.count_sheet import count_lists_html, count_sheet_html
from workbench.ui.sections.past_imports import past_import_head_html, past_imports_html
from workbench.ui.session import Workplace

_CHOSEN: Final = "import_chosen"
_PAGE: Final = "imports_page"


def forget_chosen() -> None:
    """Show none of them, and the first page of the list: another one begins."""
    streamlit.session_state.pop(_CHOSEN, None)
    streamlit.session_state.pop(_PAGE, None)


def draw_chosen(place: Workplace) -> bool:
    """Draw the count sheet of the chosen import; say whether one is chosen."""
    batch_id = cast("str | None", streamlit.session_state.get(_CHOSEN))
    if batch_id is None:
        return False
    try:
        past = find_import(place.store, batch_id)
    except NotFoundError as error:  # another store stands there now
        complain(str(error))
        return True
    sheet = read_count_sheet(place.store, past)
    is_whole = past.state == "ended"  # of another there are lists, and no sum
    body = count_sheet_html(place, sheet) if is_whole else count_lists_html(place, sheet)
    show(join([past_import_head_html(place, past), body]))
    return True


def draw_list(place: Workplace) -> None:
    """List the imports that were made, newest first."""
    page = cast("int", streamlit.session_state.get(_PAGE, 1))
    listed = list_imports(place.store, page=page)
    chosen = streamlit.session_state.get(_CHOSEN)
    if listed.imports:
        show(past_imports_html(place, listed.imports, chosen))
    if listed.page_count > 1:
        key = f"imports_pages_{listed.page}_{listed.page_count}"
        streamlit.pagination(
            listed.page_count,
            default=listed.page,
            key=key,
            on_change=lambda: streamlit.session_state.update({_PAGE: streamlit.session_state[key]}),
        )
    listen_for_choices(batch=_choose)


def _choose(batch_id: str) -> None:
    streamlit.session_state[_CHOSEN] = batch_id
