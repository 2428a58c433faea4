"""Lists: what the workbench looks up, as of when; and a form that loads one."""

import tempfile
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Final

import streamlit
from streamlit.runtime.uploaded_file_manager import UploadedFile

from workbench.composition import closed_hash_lists, load_hash_feed, load_network_feed
from workbench.desk.lists import list_loaded_lists
from workbench.enrich.hash_lists import HashListNote
from workbench.enrich.networks import RANGE_KINDS, FeedOrigin
from workbench.enrich.text_signals import list_term_lists
from workbench.errors import WorkbenchError
from workbench.ui.markup import tag
from workbench.ui.parts.frame import complain, show, word_uploaders
from workbench.ui.sections.lists import hash_load_outcome, lists_table, load_outcome, refusal
from workbench.ui.sections.term_lists import term_lists_table
from workbench.ui.session import Workplace

_HASHES: Final = "hashes"


def render(place: Workplace) -> None:
    """Draw the lists that speak now, and the form below."""
    words = place.words
    with streamlit.container(key="lists"):
        table = streamlit.container()
        _draw_form(place)
    limit = place.settings.list_age_limit_days
    lists = list_loaded_lists(place.store, today=place.today, age_limit_days=limit)
    with table:
        show(tag("p", words("lists.intro", days=limit), of="wb-muted"))
        closed = closed_hash_lists(place.store, place.settings)
        if closed:
            complain(words("lists.hashes.closed", names=", ".join(closed)))
        show(lists_table(place, lists) or tag("p", words("lists.nothing"), of="wb-nothing"))
        show(term_lists_table(place, list_term_lists(place.store)))


def _draw_form(place: Workplace) -> None:
    words = place.words
    show(tag("h2", words("lists.load")))
    with streamlit.form("load_list", border=False, width=640):
        upload = streamlit.file_uploader(words("lists.file"), key="list_file")
        word_uploaders(place)
        kind = streamlit.selectbox(
            words("lists.kind"),
            [*RANGE_KINDS, _HASHES],
            format_func=lambda kind: words(f"lists.kind.{kind}"),
            key="list_kind",
        )
        name = streamlit.text_input(words("lists.name"), key="list_name")
        label = streamlit.text_input(
            words("lists.label"), key="list_label", help=words("lists.label.help")
        )
        as_of = streamlit.date_input(
            words("lists.as_of"), None, key="list_as_of", max_value=place.today, format="DD.MM.YYYY"
        )
        licence = streamlit.text_input(words("lists.licence"), key="list_licence")
        wanted = streamlit.form_submit_button(words("lists.start"), type="primary")
    if not wanted:
        return
    if upload is None:
        complain(words("lists.nothing_named"))
        return
    listed = name.strip() or _name_of(upload)
    if kind == _HASHES:
        basis = "stated" if as_of else "not_known"
        note = HashListNote(
            listed, label, as_of, basis, licence.strip() or None, place.officer or None
        )
        _load_hashes(place, note, upload)
        return
    content = upload.getvalue()
    origin = FeedOrigin(
        kind=kind,
        name=listed,
        label=label.strip() or None,
        file_name=PurePath(upload.name).name,
        sha256=sha256(content).hexdigest(),
        as_of=as_of,
        as_of_basis="stated" if as_of else "not_known",
        licence=licence.strip() or None,
        loaded_by=place.officer or None,
    )
    _load(place, origin, content)


def _load(place: Workplace, origin: FeedOrigin, content: bytes) -> None:
    try:
        load = load_network_feed(place.store, place.settings, origin, content)
    except WorkbenchError as error:
        complain(refusal(place, error))
        return
    show(load_outcome(place, load))


def _load_hashes(place: Workplace, note: HashListNote, upload: UploadedFile) -> None:
    # On disk only as long as it is read; the folder is gone when the block ends.
    with tempfile.TemporaryDirectory() as kept:
        path = Path(kept) / PurePath(upload.name).name
        path.write_bytes(upload.getbuffer())
        try:
            sheet = load_hash_feed(place.store, place.settings, note, path, algorithm="")
        except WorkbenchError as error:
            complain(refusal(place, error))
            return
    show(hash_load_outcome(place, sheet))


def _name_of(upload: UploadedFile) -> str:
    """Return the file's name without its endings."""
    return PurePath(upload.name).name.partition(".")[0] or upload.name
