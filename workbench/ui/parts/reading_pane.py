"""The reading pane: why the referral stands here, what is missing, who, and the decision."""

from typing import Final

import streamlit

from workbench.desk.referral import glance_at_referral
from workbench.desk.referral_view import FindingView, ReferralGlance
from workbench.errors import NotFoundError
from workbench.ui.markup import Html, join, tag
from workbench.ui.parts.deadline import deadline_sentences
from workbench.ui.parts.deciding import draw_deciding, draw_told
from workbench.ui.parts.findings import findings_list, requests_list, why
from workbench.ui.parts.frame import show
from workbench.ui.parts.reading import log_reading
from workbench.ui.parts.summary import head, known_before, marks, who
from workbench.ui.session import Workplace

_SHOWN_REQUESTS: Final = 3
# So many signs of each kind are in sight; what is missing and who it is about must be, too.
_SHOWN_SIGNS: Final = {"urgency": 5, "actionability": 3}


def draw_reading_pane(place: Workplace, referral_id: str | None) -> None:
    """Draw the pane for the referral in hand, or say that there is none."""
    draw_told(place)
    view = _find(place, referral_id)
    if view is None:
        show(tag("div", place.words("pane.nothing"), of="wb-nothing"))
        return
    log_reading(place, view, "referral")
    with streamlit.container(key="reading"):
        show(_pane(place, view))
    with streamlit.container(key="deciding"):
        draw_deciding(place, view.header, can_open=True)


def _find(place: Workplace, referral_id: str | None) -> ReferralGlance | None:
    """Return what the pane says of a referral; None when the id is of no referral here."""
    if referral_id is None:
        return None
    try:
        return glance_at_referral(
            place.store, referral_id, today=place.today, language=place.language
        )
    except NotFoundError:
        return None  # an address from another store, or from before a purge


def _pane(place: Workplace, view: ReferralGlance) -> Html:
    words = place.words
    sections = (
        ("pane.why", _why(place, view)),
        ("pane.missing", requests_list(place, view, shown=_SHOWN_REQUESTS)),
        ("pane.who", who(place, view)),
        ("pane.known_before", known_before(place, view)),
    )
    said = [join([tag("h4", words(key), of="wb-section"), body]) for key, body in sections if body]
    deadline = deadline_sentences(place, view.deadline)
    return join([head(place, view), marks(place, view), deadline, *said])


def _why(place: Workplace, view: ReferralGlance) -> Html:
    """Return the strongest signs of danger and of ability to act, the others folded."""
    shown: list[FindingView] = []
    folded: list[FindingView] = []
    for axis, most in _SHOWN_SIGNS.items():
        found = [finding for finding in why(view) if finding.axis == axis]
        # One more line instead of a fold of one.
        in_sight = len(found) if len(found) <= most + 1 else most
        shown += found[:in_sight]
        folded += found[in_sight:]
    if not folded:
        return findings_list(view, shown)
    more = tag("summary", place.words.counted("pane.why.more", len(folded)))
    return join(
        [
            findings_list(view, shown),
            tag("details", more, findings_list(view, folded), of="wb-folded"),
        ]
    )
