"""Import: files or a folder in, four numbers that add up out, and what was not loaded and why."""

import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Final

import streamlit
from streamlit.runtime.uploaded_file_manager import UploadedFile

from workbench.enrich.provider_names import list_names_for_review
from workbench.intake.presence import list_standing_breaks
from workbench.keeping.attendant import attendant_of, make_uploads_folder
from workbench.ui.markup import tag
from workbench.ui.parts import past_imports
from workbench.ui.parts.frame import complain, show, word_uploaders
from workbench.ui.parts.import_at_work import run_import
from workbench.ui.parts.small_things import listen_for_sorting
from workbench.ui.sections.count_sheet import (
    count_sheet_html,
    names_for_review_html,
)
from workbench.ui.sections.drop_folder import drop_folder_html
from workbench.ui.sections.warnings import standing_breaks_html
from workbench.ui.session import Workplace

_LOOK_AGAIN_SECONDS: Final = 5


def render(place: Workplace) -> None:
    """Draw what to read in, and what came of it."""
    words = place.words
    left, right = streamlit.columns([38, 62], gap="medium")
    with left, streamlit.form("import", border=False):
        # Any suffix: a format is recognised by what a file holds, never by its name.
        uploads = streamlit.file_uploader(
            words("import.files"), accept_multiple_files=True, key="uploads"
        )
        word_uploaders(place)
        folder = streamlit.text_input(
            words("import.folder"), key="folder", placeholder=words("import.folder.example")
        )
        wanted = streamlit.form_submit_button(words("import.start"), type="primary")
        show(tag("p", words("import.never_media"), of="wb-muted"))
    with left:
        _draw_drop_folder(place)
    with right:
        above = streamlit.container()
        # What stood there is gone at once: nobody chooses from a list that is about to change.
        below = streamlit.empty() if wanted else streamlit.container()
        if wanted:
            with above:
                _import(place, uploads or [], folder or "")
        with below.container():
            _draw_outcome(place)


@streamlit.fragment(run_every=_LOOK_AGAIN_SECONDS)
def _draw_drop_folder(place: Workplace) -> None:
    attendant = attendant_of(place.settings.store)
    show(drop_folder_html(place, attendant.drop_status if attendant else None))


def _import(place: Workplace, uploads: Sequence[UploadedFile], folder: str) -> None:
    streamlit.session_state.pop("import_outcome", None)
    past_imports.forget_chosen()
    if not uploads and not folder.strip():
        complain(place.words("import.nothing_named"))
        return
    # Uploads lie on disk only as long as they are read; the folder is gone when the block ends, and
    # what a killed server leaves is taken away when the store is next opened.
    uploaded = make_uploads_folder(place.settings.store)
    with tempfile.TemporaryDirectory(dir=uploaded) as kept:
        paths = [_keep(Path(kept), number, upload) for number, upload in enumerate(uploads)]
        if folder.strip():
            paths.append(Path(folder.strip()))
        missing = [path for path in paths if not path.exists()]
        if missing:
            complain(place.words("import.no_such_folder"))
            return
        streamlit.session_state["import_outcome"] = run_import(place, paths)


def _keep(folder: Path, number: int, upload: UploadedFile) -> Path:
    """Write an upload under its own name, which may carry the report number."""
    name = PurePath(upload.name).name
    path = folder / name
    if path.exists():
        path = folder / str(number) / name
        path.parent.mkdir()
    path.write_bytes(upload.getbuffer())
    return path


def _draw_outcome(place: Workplace) -> None:
    if not past_imports.draw_chosen(place):
        _draw_new(place)
    past_imports.draw_list(place)
    standing = standing_breaks_html(place, list_standing_breaks(place.store))
    names = names_for_review_html(place, list_names_for_review(place.store))
    for section in filter(None, (standing, names)):
        show(section)
    listen_for_sorting()


def _draw_new(place: Workplace) -> None:
    outcome = streamlit.session_state.get("import_outcome")
    if outcome is None:
        show(tag("div", place.words("import.nothing_yet"), of="wb-nothing"))
    elif isinstance(outcome, str):
        complain(outcome)
    else:
        show(count_sheet_html(place, *outcome))
