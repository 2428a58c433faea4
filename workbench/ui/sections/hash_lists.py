"""On which of the unit's hash lists a file stands, with which label, as of when."""

from workbench.desk.file_view import ComparedListView, FileView, HashMatchView, HashView
from workbench.ui.markup import EMPTY, Html, join, tag
from workbench.ui.sections.attributions import added, list_and_day, local_day
from workbench.ui.session import Workplace


def lists_cell(place: Workplace, file: FileView) -> Html:
    """Return every list the file stands on; else whether it was compared at all."""
    if file.list_matches:
        return join([_match(place, match) for match in file.list_matches])
    if file.compared_lists:
        return _on_none(place, file.compared_lists)
    has_hash = any(entry.meaningless is None for entry in file.hashes)
    text = place.words("file.lists.not_compared" if has_hash else "file.lists.no_hash")
    return tag("span", text, of="wb-muted")


def _on_none(place: Workplace, asked: tuple[ComparedListView, ...]) -> Html:
    """Say that no list holds the file: when which lists were asked, and of which day each is."""
    words = place.words
    head = words.counted("file.lists.none", len(asked), written=place.formats.number(len(asked)))
    newest = local_day(place, max(entry.asked_at for entry in asked))
    lines = [
        tag("div", list_and_day(place, entry.list_name, entry.as_of), of="wb-says")
        for entry in asked
    ]
    summary = tag("summary", f"{head}, {newest}")
    return tag("details", summary, *lines, of="wb-place wb-folded", data_added="hash_no_match")


def meaningless_mark(place: Workplace, entry: HashView) -> Html:
    """Return why a hash is never compared; nothing when it is."""
    if entry.meaningless is None:
        return EMPTY
    return tag("div", place.words(f"hash.meaningless.{entry.meaningless}"), of="wb-muted")


def _match(place: Workplace, match: HashMatchView) -> Html:
    words, formats = place.words, place.formats
    basis = words.or_as_written("as_of", match.as_of_basis)
    source = list_and_day(place, match.list_name, match.as_of)
    loaded = words("file.lists.loaded", at=formats.moment(match.loaded_at))
    label = tag("span", words.or_as_written("hash_label", match.label), of="wb-tag")
    says = f"{source} · {match.algorithm.upper()}"
    return added("hash_match", label, says, hover=f"{basis}; {loaded}")
