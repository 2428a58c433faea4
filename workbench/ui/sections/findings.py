"""Why: every finding by axis, with its values, its rule and where in the files it stands."""

from collections.abc import Mapping
from typing import Any, Final

from workbench.desk.referral_view import FindingView, ReferralView
from workbench.model.vocabulary import Axis, Outcome
from workbench.ui.markup import EMPTY, Html, join, tag
from workbench.ui.parts.findings import look_of, missing
from workbench.ui.sections.values import section
from workbench.ui.session import Workplace

_SHOWN_POSITIONS: Final = 6


def why_section(place: Workplace, view: ReferralView) -> Html:
    """Return all findings: met and unknown in sight, not met folded."""
    words = place.words
    if view.header.assessed_at is None:
        return section(words("section.why"), EMPTY, nothing=words("section.why.not_assessed"))
    return section(words("section.why"), join(_axis(place, view, axis) for axis in Axis))


def missing_section(place: Workplace, view: ReferralView) -> Html:
    """Return what to ask for, of whom, and why it is asked."""
    words = place.words
    lines = [
        tag(
            "li",
            tag("span", of="wb-sign", aria_hidden="true"),
            tag("div", tag("strong", ask), " ", tag("span", _reasons(found), of="wb-muted")),
            of="wb-unknown",
        )
        for ask, found in missing(view).items()
    ]
    body = tag("ul", *lines, of="wb-findings") if lines else EMPTY
    return section(words("pane.missing"), body, nothing=words("section.missing.nothing"))


def _reasons(findings: list[FindingView]) -> str:
    return " ".join(found.sentence for found in findings)


def _axis(place: Workplace, view: ReferralView, axis: Axis) -> Html:
    words = place.words
    met, unknown, not_met = (
        [found for found in view.findings if found.axis == axis and found.outcome == outcome]
        for outcome in (Outcome.MET, Outcome.UNKNOWN, Outcome.NOT_MET)
    )
    parts = [tag("h4", words(f"axis.{axis}"), of="wb-section")]
    parts.append(_list(place, view, met) or tag("p", words("section.why.none_met"), of="wb-muted"))
    if unknown:
        head = tag("summary", words.counted("section.why.unknown", len(unknown)))
        fold = tag("details", head, _list(place, view, unknown), of="wb-folded")
        parts.append(fold)
    if not_met:
        head = tag("summary", words.counted("section.why.not_met", len(not_met)))
        parts.append(tag("details", head, _list(place, view, not_met), of="wb-folded"))
    return join(parts)


def _list(place: Workplace, view: ReferralView, findings: list[FindingView]) -> Html:
    lines = [_finding(place, view, found) for found in findings]
    return tag("ul", *lines, of="wb-findings wb-full") if lines else EMPTY


def _finding(place: Workplace, view: ReferralView, found: FindingView) -> Html:
    words = place.words
    rule = words("section.why.rule", id=found.rule_id, version=found.rule_version)
    basis = tag(
        "details",
        tag("summary", rule),
        tag("div", words("section.why.source", source=found.source)),
        tag("div", tag("code", found.expression)),
        _facts(place, found.facts),
        _positions(place, found),
        of="wb-basis",
    )
    body = tag(
        "div",
        tag("strong", found.title, title=words(f"outcome.{found.outcome}")),
        " ",
        tag("span", found.sentence),
        basis,
    )
    shape = tag("span", of="wb-sign", aria_hidden="true")
    return tag("li", shape, body, of=f"wb-{look_of(view, found)}")


def _facts(place: Workplace, facts: Mapping[str, Any]) -> Html:
    entries = (
        join(
            [
                tag("code", name),
                " = ",
                place.words("sign.not_said") if value is None else str(value),
            ]
        )
        for name, value in facts.items()
    )
    return tag("div", join(entries, "; "))


def _positions(place: Workplace, found: FindingView) -> Html:
    if not found.positions:
        return EMPTY
    shown = found.positions[:_SHOWN_POSITIONS]
    places = [tag("li", position.file, " ", tag("code", position.path)) for position in shown]
    if len(shown) < len(found.positions):
        rest = found.positions[_SHOWN_POSITIONS:]
        places.append(tag("li", place.words.counted("section.why.more_positions", len(rest))))
    return tag("ul", *places, of="wb-plain-list")
