"""Everything that can be wrong with a rules folder, as a list: the life insurance of a rulebook."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from rules.documents import FactValue
from rules.mail_domains import check_mail_domains
from rules.periods import period_faults
from rules.providers import load_provider_table
from rules.reading import folder_or_shipped
from rules.rulebook import (
    BANDS_FILE,
    FACTS_FILE,
    OUTCOMES,
    REASONS_FILE,
    Reading,
    RuleFile,
    load_reasons,
    read_rules_folder,
)
from rules.term_lists import read_term_lists
from rules.versions import read_locks, version_faults
from workbench.errors import RulebookError
from workbench.model.rulebook import Band, Example, ExampleRunner, Fact, Fault, Rulebook
from workbench.model.vocabulary import Actionability, Reason, Urgency

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BAND_NAMES: dict[str, set[str]] = {
    "urgency": {str(name) for name in Urgency},
    "actionability": {str(name) for name in Actionability},
}
_VALUE_TYPES: dict[str, tuple[type, ...]] = {
    "BOOLEAN": (bool,),
    "BIGINT": (int,),
    "VARCHAR": (str,),
    "DATE": (str,),
    "TIMESTAMPTZ": (str,),
    "VARCHAR[]": (list,),
}


def check_rulebook(
    folder: Path | None, *, run_examples: ExampleRunner, own_terms: Path | None = None
) -> list[Fault]:
    """Return every fault of a rules folder, by file; none means that it can be used.

    Args:
        folder: The folder; None is the rulebook shipped.
        run_examples: Puts examples through the statement that assesses referrals. It is handed in
            because rules do not know the database: `workbench.assess.examples.run_examples` with a
            store in memory.
        own_terms: A folder of the unit's own term lists, if it has any.
    """
    place = folder_or_shipped(folder)
    reading = read_rules_folder(place)
    faults = [
        *reading.faults,
        *_unused_facts(reading),
        *_band_faults(reading.rulebook.bands),
        *(fault for file in reading.files for fault in _wording_faults(file)),
        *_example_faults(reading, run_examples),
        *_table_faults(place),
        *_term_faults(place, own_terms),
        *_period_faults(place, reading),
    ]
    locks = read_locks(place, faults)
    if locks is not None:
        faults.extend(version_faults(reading.files, locks))
    return sorted(faults, key=lambda fault: (fault.file, fault.place, fault.code))


def _unused_facts(reading: Reading) -> Iterator[Fault]:
    if reading.faults:
        return  # a rule that could not be read may be the one that uses it
    used = {name for file in reading.files for name in file.rule.fact_names}
    for fact in reading.rulebook.facts:
        if fact.name not in used:
            message = f"No rule uses {fact.name}."
            remedy = "Use it in a rule, or delete it."
            yield Fault(FACTS_FILE, f"fact.{fact.name}", "unused_fact", message, remedy)


def _band_faults(bands: Sequence[Band]) -> Iterator[Fault]:
    for axis, names in _BAND_NAMES.items():
        found = [band.name for band in bands if band.axis == axis]
        if sorted(found) != sorted(names):
            yield Fault(
                BANDS_FILE,
                axis,
                "wrong_bands",
                f"The bands are {', '.join(found) or 'missing'}.",
                f"Give each of these once: {', '.join(sorted(names))}.",
            )


def _wording_faults(file: RuleFile) -> Iterator[Fault]:
    for language, wording in file.rule.wording.items():
        for key in ("title", "met", "not_met", "unknown", "ask_for"):
            text = getattr(wording, key)
            for name in _PLACEHOLDER.findall(text):
                if name not in file.rule.fact_names:
                    yield Fault(
                        file.file,
                        f"{language}.{key}",
                        "unused_placeholder",
                        f"The sentence shows {{{name}}}, which the rule does not use.",
                        "Show only facts that stand in `when` or `shows`.",
                    )


def _example_faults(reading: Reading, run_examples: ExampleRunner) -> Iterator[Fault]:
    facts = {fact.name: fact for fact in reading.rulebook.facts}
    sound: list[tuple[RuleFile, Example]] = []
    for file in reading.files:
        yield from _missing_examples(file)
        for example in file.examples:
            wrong = list(_example_fact_faults(file, example, facts))
            yield from wrong
            if not wrong:
                sound.append((file, example))
    yield from _failing_examples(reading.rulebook, sound, run_examples)


def _missing_examples(file: RuleFile) -> Iterator[Fault]:
    given = {example.outcome for example in file.examples}
    for outcome in OUTCOMES:
        if outcome not in given:
            message = f"No example shows the outcome {outcome}."
            yield Fault(file.file, "example", "missing_example", message, "Add an [[example]].")


def _example_fact_faults(
    file: RuleFile, example: Example, facts: dict[str, Fact]
) -> Iterator[Fault]:
    place = f"example[{example.number}]"
    for name, value in example.facts.items():
        if name not in file.rule.fact_names:
            message = f"The example gives {name}, which the rule does not use."
            yield Fault(file.file, place, "unknown_fact", message, "Leave it out.")
        elif not _fits(value, facts[name].type):
            message = f"{name} is {facts[name].type}."
            yield Fault(file.file, place, "wrong_type", message, "Give a value of that type.")


def _fits(value: FactValue, type_: str) -> bool:
    # bool is an int to Python and not to a rule.
    return isinstance(value, _VALUE_TYPES[type_]) and (
        type_ == "BOOLEAN" or not isinstance(value, bool)
    )


def _failing_examples(
    rulebook: Rulebook, examples: list[tuple[RuleFile, Example]], run_examples: ExampleRunner
) -> Iterator[Fault]:
    outcomes = run_examples(rulebook, [example for _, example in examples])
    for (file, example), outcome in zip(examples, outcomes, strict=True):
        if outcome != example.outcome:
            yield Fault(
                file.file,
                f"example[{example.number}]",
                "failing_example",
                f"The rule says {outcome}; the example expects {example.outcome}.",
                "Correct the expression or the example.",
            )


def _period_faults(folder: Path, reading: Reading) -> Iterator[Fault]:
    try:
        names = [provider.name for provider in load_provider_table(folder)]
    except RulebookError:
        return  # `_table_faults` says so
    yield from period_faults(reading.rulebook.periods, names)


def _term_faults(folder: Path, own_terms: Path | None) -> list[Fault]:
    faults: list[Fault] = []
    read_term_lists(folder, own_terms, faults)
    return faults


def _table_faults(folder: Path) -> Iterator[Fault]:
    try:
        reasons = {reason.id for reason in load_reasons(folder)}
        load_provider_table(folder)
    except RulebookError as error:
        file = Path(error.location.file).name if error.location else ""
        place = error.location.path if error.location else ""
        yield Fault(file, place, "wrong_content", error.message, error.remedy)
        return
    if reasons != set(Reason):
        wrong = ", ".join(sorted(reasons ^ set(Reason)))
        message = f"Missing or not known to the workbench: {wrong}."
        yield Fault(REASONS_FILE, "reason", "wrong_reasons", message, "Give each reason once.")
    yield from check_mail_domains(folder)
