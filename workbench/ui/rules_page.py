"""Rules: what the workbench looks for, readable by everybody, changeable only in its files."""

from collections.abc import Iterator

import streamlit

from rules.rulebook import load_rulebook
from workbench.errors import RulebookError
from workbench.model.rulebook import Band, RetentionPeriod, Rule, Rulebook
from workbench.model.vocabulary import Axis
from workbench.ui.markup import Html, join, pairs, tag
from workbench.ui.parts.frame import complain, show
from workbench.ui.sections.values import headed, section
from workbench.ui.session import Workplace


def render(place: Workplace) -> None:
    """Draw the rulebook in use."""
    words = place.words
    try:
        rulebook = load_rulebook(place.settings.rules)
    except RulebookError as error:
        complain(str(error))
        return
    intro = words("rules.intro", count=len(rulebook.rules), hash=rulebook.hash[:12])
    show(tag("p", intro, of="wb-muted"))
    with streamlit.container(key="rulebook"):
        show(join([*(_axis(place, rulebook, axis) for axis in Axis), _periods(place, rulebook)]))


def _axis(place: Workplace, rulebook: Rulebook, axis: Axis) -> Html:
    rules = [rule for rule in rulebook.rules if rule.axis == axis]
    bands = [band for band in rulebook.bands if band.axis == axis]
    body = [_bands(place, bands)] if bands else []
    body += [_rule(place, rule) for rule in rules]
    return section(place.words(f"axis.{axis}"), join(body), count=place.formats.number(len(rules)))


def _bands(place: Workplace, bands: list[Band]) -> Html:
    words = place.words
    rows = [
        (
            words(f"{band.axis}.{band.name}"),
            band.sentence[place.language],
            tag("code", band.expression),
        )
        for band in bands
    ]
    heads = ("band", "sentence", "expression")
    return headed(place, "rules.column.", heads, rows)


def _rule(place: Workplace, rule: Rule) -> Html:
    words, wording = place.words, rule.wording[place.language]
    head = tag(
        "summary",
        tag("strong", wording.title),
        " ",
        tag("span", words.or_as_written("effect", rule.effect), of="wb-tag"),
        " ",
        tag("span", words("section.why.rule", id=rule.id, version=rule.version), of="wb-muted"),
    )
    entries = [
        (words("outcome.met"), wording.met),
        (words("outcome.not_met"), wording.not_met),
        (words("outcome.unknown"), wording.unknown),
        (words("rules.ask_for"), wording.ask_for),
        (words("rules.expression"), tag("code", rule.expression)),
        (words("rules.source"), rule.source),
    ]
    body = pairs((name, value) for name, value in entries if value)
    return tag("details", head, body, of="wb-folded")


def _periods(place: Workplace, rulebook: Rulebook) -> Html:
    words = place.words
    rows = [
        (
            period.title[place.language],
            _length(place, period),
            words.or_as_written("certainty", period.certainty),
            join(
                [
                    tag("div", period.legal_basis[place.language]),
                    *(tag("div", line, of="wb-muted") for line in _sources(place, period)),
                ]
            ),
        )
        for period in rulebook.periods
    ]
    heads = ("period", "length", "certainty", "basis")
    body = headed(place, "rules.column.", heads, rows)
    return section(words("rules.periods"), body, count=place.formats.number(len(rows)))


def _sources(place: Workplace, period: RetentionPeriod) -> Iterator[str]:
    """Return who says so, each with what it says, and why this was chosen."""
    for source in period.sources:
        says = source.says[place.language]
        yield f"{source.title}: {says}" if says else source.title
    if period.choice:
        yield period.choice[place.language]


def _length(place: Workplace, period: RetentionPeriod) -> str:
    words = place.words
    if period.length_months is not None:
        return words.counted("rules.months", period.length_months)
    if period.length_days is not None:
        return words.counted("rules.days", period.length_days)
    return words("certainty.not_known")
