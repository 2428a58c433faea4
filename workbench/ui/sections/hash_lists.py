"""On which of the unit's hash lists a file stands, with which label, as of when."""

from workbench.desk.referral_view import FileView, HashMatchView, HashView
from workbench.ui.markup import EMPTY, Html, join, tag
from workbench.ui.session import Workplace


def lists_cell(place: Workplace, file: FileView) -> Html:
    """Return every list the file stands on; else whether it was compared at all."""
    if file.list_matches:
        return join([_match(place, match) for match in file.list_matches])
    words = place.words
    if file.compared_list_count:
        count = place.formats.number(file.compared_list_count)
        text = words.counted("file.lists.none", file.compared_list_count, written=count)
    else:
        has_hash = any(entry.meaningless is None for entry in file.hashes)
        text = words("file.lists.not_compared" if has_hash else "file.lists.no_hash")
    return tag("span", text, of="wb-muted")


def meaningless_mark(place: Workplace, entry: HashView) -> Html:
    """Return why a hash is never compared; nothing when it is."""
    if entry.meaningless is None:
        return EMPTY
    return tag("div", place.words(f"hash.meaningless.{entry.meaningless}"), of="wb-muted")


def _match(place: Workplace, match: HashMatchView) -> Html:
    words, formats = place.words, place.formats
    basis = words.or_as_written("as_of", match.as_of_basis)
    if match.as_of is None:
        source = words("ip.says.undated", list=match.list_name)
    else:
        source = words("ip.says", list=match.list_name, day=formats.day(match.as_of))
    loaded = words("file.lists.loaded", at=formats.moment(match.loaded_at))
    return tag(
        "div",
        tag("span", words.or_as_written("hash_label", match.label), of="wb-tag"),
        tag(
            "div", source, " · ", match.algorithm.upper(), of="wb-muted", title=f"{basis}; {loaded}"
        ),
    )
