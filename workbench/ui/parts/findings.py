"""Findings as lists: what speaks for the place in the queue, and what is missing."""

from collections.abc import Iterable
from typing import Final

from workbench.desk.referral_view import FindingView, ReferralView
from workbench.ui.markup import EMPTY, Html, tag

# The shape before a finding, by its effect. An unknown outcome always has the dashed ring.
_LOOKS: Final = {
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


def why(view: ReferralView) -> list[FindingView]:
    """Return what is met on danger and ability to act, strongest first, as the queue's chips."""
    met = (found for found in view.findings if found.outcome == "met" and found.effect != "none")
    return sorted(
        (found for found in met if found.axis != "quality"),
        key=lambda found: (found.axis != "urgency", _rank(found.effect), found.rule_id),
    )


def missing(view: ReferralView) -> list[FindingView]:
    """Return what nobody said and somebody can be asked for."""
    return [found for found in view.findings if found.outcome == "unknown" and found.ask_for]


def findings_list(findings: Iterable[FindingView], *, asks: bool = False) -> Html:
    """Return findings as sentences, with what to ask for if wished."""
    lines = [_line(found, asks=asks) for found in findings]
    return tag("ul", *lines, of="wb-findings") if lines else EMPTY


def look_of(finding: FindingView) -> str:
    """Return the sign of a finding: unknown has its own, not met never that of a danger."""
    if finding.outcome == "unknown":
        return "unknown"
    return _LOOKS.get(finding.effect, "met") if finding.outcome == "met" else "not_met"


def _rank(effect: str) -> int:
    return list(_LOOKS).index(effect) if effect in _LOOKS else len(_LOOKS)


def _line(finding: FindingView, *, asks: bool) -> Html:
    sentence = tag("span", finding.ask_for if asks else finding.sentence, title=finding.title)
    shape = tag("span", of="wb-sign", aria_hidden="true")
    return tag("li", shape, sentence, of=f"wb-{look_of(finding)}")
