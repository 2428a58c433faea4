"""Findings as lists: what speaks for the place in the queue, and what is missing."""

from collections.abc import Iterable
from typing import Final

from workbench.desk.referral_view import FindingView, ReferralGlance
from workbench.ui.markup import EMPTY, Html, join, tag
from workbench.ui.session import Workplace

# The shape before a finding, by its effect. An unknown outcome always has the dashed ring.
_LOOKS: Final = {
    "elsewhere": "met",  # see `look_of`
    "immediate": "immediate",
    "high": "high",
    "elevated": "elevated",
    "lowers": "routine",
    "offence": "actionable",
    "person": "actionable",
    "obstacle": "not_actionable",
    "lead": "met",
    "caution": "needs_information",
    "good": "good",
    "poor": "needs_information",
}

_ASKED_FIRST: Final = ("actionability", "urgency", "quality")


def why(view: ReferralGlance) -> list[FindingView]:
    """Return what is met on danger and ability to act, strongest first, as the queue's chips."""
    met = (found for found in view.findings if found.outcome == "met" and found.effect != "none")
    return sorted(
        (found for found in met if found.axis != "quality"),
        key=lambda found: (found.axis != "urgency", _rank(found.effect), found.rule_id),
    )


def missing(view: ReferralGlance) -> dict[str, list[FindingView]]:
    """Return what somebody can be asked for, each request once, with the findings it would settle.

    What could make the referral actionable comes first.
    """
    requests: dict[str, list[FindingView]] = {}
    for found in sorted(view.findings, key=lambda each: _ASKED_FIRST.index(each.axis)):
        if found.ask_for:
            requests.setdefault(found.ask_for, []).append(found)
    return requests


def requests_list(place: Workplace, view: ReferralGlance, *, shown: int | None = None) -> Html:
    """Return the requests, at most `shown` of them, and how many more there are."""
    requests = missing(view)
    lines = [_request(ask, found) for ask, found in list(requests.items())[:shown]]
    if not lines:
        return EMPTY
    rest = len(requests) - len(lines)
    more = place.words.counted("missing.more", rest) if rest else ""
    listed = tag("ul", *lines, of="wb-findings")
    return join([listed, tag("div", more, of="wb-muted wb-more")]) if more else listed


def _request(ask: str, findings: list[FindingView]) -> Html:
    shape = tag("span", of="wb-sign", aria_hidden="true")
    reasons = " ".join(found.sentence for found in findings)
    return tag("li", shape, tag("span", ask, title=reasons), of="wb-unknown")


def findings_list(view: ReferralGlance, findings: Iterable[FindingView]) -> Html:
    """Return findings of a referral as sentences."""
    lines = [_line(view, found) for found in findings]
    return tag("ul", *lines, of="wb-findings") if lines else EMPTY


def look_of(view: ReferralGlance, finding: FindingView) -> str:
    """Return the sign of a finding: unknown has its own, not met never that of a danger.

    What another source says has the sign of the position that it brought about.
    """
    if finding.outcome == "unknown":
        return "unknown"
    if finding.outcome == "met" and finding.effect == "elsewhere":
        header = view.header
        band = header.urgency if finding.axis == "urgency" else header.actionability
        return band or "unknown"
    return _LOOKS.get(finding.effect, "met") if finding.outcome == "met" else "not_met"


def _rank(effect: str) -> int:
    return list(_LOOKS).index(effect) if effect in _LOOKS else len(_LOOKS)


def _line(view: ReferralGlance, finding: FindingView) -> Html:
    sentence = tag("span", finding.sentence, title=finding.title)
    shape = tag("span", of="wb-sign", aria_hidden="true")
    return tag("li", shape, sentence, of=f"wb-{look_of(view, finding)}")
