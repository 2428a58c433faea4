"""The term lists that texts were searched for: whose, as of when, how often found; no word."""

from collections.abc import Sequence

from workbench.enrich.text_signals import TermListView
from workbench.ui.markup import Html, join, tag
from workbench.ui.sections.values import headed
from workbench.ui.session import Workplace

_HEADS = ("list", "signal", "language", "dated_on", "source", "terms", "referrals", "asked_on")


def term_lists_table(place: Workplace, lists: Sequence[TermListView]) -> Html:
    """Return the lists in force when texts were last asked, or what to do to have some."""
    words = place.words
    table = headed(place, "term_lists.head.", _HEADS, [_row(place, entry) for entry in lists])
    body = table or tag("p", words("term_lists.nothing"), of="wb-nothing")
    note = tag("p", words("term_lists.note"), of="wb-muted")
    return join([tag("h2", words("term_lists.title")), note, body])


def _row(place: Workplace, entry: TermListView) -> list[str]:
    words, formats = place.words, place.formats
    own = [tag("span", words("signals.own"), of="wb-tag")] if entry.is_own else []
    return [
        join([tag("span", f"{entry.list_id} v{entry.list_version}"), *own], " "),
        words(f"signals.signal.{entry.signal}"),
        words(f"signals.language.{entry.language}"),
        formats.day(entry.dated_on),
        words.or_as_written("list_word", entry.source),
        formats.number(entry.term_count),
        formats.number(entry.referral_count),
        formats.day(formats.local_day(entry.recorded_at)),
    ]
