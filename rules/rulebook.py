"""A rules folder -> the rulebook that assesses referrals."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rules.documents import (
    EFFECTS,
    BandDocument,
    BandsDocument,
    FactsDocument,
    ReasonsDocument,
    RuleDocument,
    WordingDocument,
)
from rules.expression import Expression, ExpressionError, read_expression
from rules.periods import read_periods, retention_file_names
from rules.reading import folder_or_shipped, raise_first, read_document
from workbench.model.rulebook import (
    Band,
    Example,
    Fact,
    Fault,
    ReasonEntry,
    Rule,
    Rulebook,
    Wording,
)

FACTS_FILE = "facts.toml"
BANDS_FILE = "bands.toml"
REASONS_FILE = "reasons.toml"
OUTCOMES = ("met", "not_met", "unknown")


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule with the file it stands in and the examples it gives."""

    file: str
    rule: Rule
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rules folder holds, and what is wrong with it."""

    rulebook: Rulebook
    files: tuple[RuleFile, ...]
    faults: list[Fault]


def load_rulebook(folder: Path | None = None) -> Rulebook:
    """Read and check a rules folder; None is the one shipped.

    Raises:
        RulebookError: A file is wrong; the message names file, place and remedy.
    """
    place = folder_or_shipped(folder)
    reading = read_rules_folder(place)
    raise_first(place, reading.faults)
    return reading.rulebook


def load_reasons(folder: Path | None = None) -> tuple[ReasonEntry, ...]:
    """Return the reasons for not importing, in the order officers see them.

    Raises:
        RulebookError: The file is wrong.
    """
    place = folder_or_shipped(folder)
    faults: list[Fault] = []
    document = read_document(place, REASONS_FILE, ReasonsDocument, faults)
    raise_first(place, faults)
    reasons = document.reason if document is not None else ()
    entries = [
        ReasonEntry(
            reason.id, reason.order, reason.title.model_dump(), reason.sentence.model_dump()
        )
        for reason in reasons
    ]
    return tuple(sorted(entries, key=lambda reason: (reason.order, reason.id)))


def read_rules_folder(folder: Path) -> Reading:
    """Read everything that can change an assessment, collecting faults instead of stopping."""
    faults: list[Fault] = []
    facts = _read_facts(folder, faults)
    files = _read_rules(folder, {fact.name: fact.type for fact in facts}, faults)
    rulebook = Rulebook(
        hash=_hash(folder),
        facts=facts,
        rules=tuple(file.rule for file in files),
        bands=_read_bands(folder, faults),
        periods=read_periods(folder, faults),
    )
    return Reading(rulebook, files, faults)


def rule_file_names(folder: Path) -> list[str]:
    """Return every rule file, `<axis>/<id>.toml`, in a stable order."""
    return [
        f"{axis}/{path.name}" for axis in EFFECTS for path in sorted((folder / axis).glob("*.toml"))
    ]


def _hash(folder: Path) -> str:
    """Return one hash over every file that can change an assessment or its words."""
    digest = hashlib.sha256()
    shared = [name for name in (FACTS_FILE, BANDS_FILE) if (folder / name).exists()]
    for name in shared + rule_file_names(folder) + retention_file_names(folder):
        # Line ends differ between machines and change nothing.
        content = (folder / name).read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _read_facts(folder: Path, faults: list[Fault]) -> tuple[Fact, ...]:
    document = read_document(folder, FACTS_FILE, FactsDocument, faults)
    if document is None:
        return ()
    return tuple(
        Fact(
            name=name,
            type=fact.type,
            unit=fact.unit,
            origin=fact.origin,
            null_means=fact.null_means,
            title={"en": fact.en, "nb": fact.nb},
        )
        for name, fact in document.fact.items()
    )


def _read_rules(
    folder: Path, types: Mapping[str, str], faults: list[Fault]
) -> tuple[RuleFile, ...]:
    found: dict[str, RuleFile] = {}
    for name in rule_file_names(folder):
        document = read_document(folder, name, RuleDocument, faults)
        if document is None:
            continue
        faults.extend(_place_faults(name, document, found))
        rule = _rule_of(name, document, types, faults)
        if rule is not None:
            found.setdefault(rule.id, RuleFile(name, rule, tuple(_examples(document))))
    return tuple(sorted(found.values(), key=_order_of))


def _order_of(file: RuleFile) -> tuple[int, int, str]:
    axes = tuple(EFFECTS)
    rule = file.rule
    return axes.index(rule.axis), EFFECTS[rule.axis].index(rule.effect), rule.id


def _place_faults(
    name: str, document: RuleDocument, found: Mapping[str, RuleFile]
) -> Iterator[Fault]:
    if name != f"{document.axis}/{document.id}.toml":
        yield Fault(
            name,
            "id",
            "mismatched_id",
            f"The rule calls itself {document.id} on the axis {document.axis}.",
            f"Name the file {document.axis}/{document.id}.toml, or correct id and axis.",
        )
    if document.id in found:
        yield Fault(
            name,
            "id",
            "duplicate_id",
            f"The id {document.id} is taken by {found[document.id].file}.",
            "Give this rule an id of its own; an id is never used twice.",
        )


def _rule_of(
    name: str, document: RuleDocument, types: Mapping[str, str], faults: list[Fault]
) -> Rule | None:
    expression = _expression_of(name, "when", document.when, types, faults)
    beside = _expression_of(name, "beside", document.beside or "true", types, faults)
    if expression is None or beside is None:
        return None
    shown = [fact for fact in document.shows if fact not in expression.names]
    for fact in shown:
        if fact not in types:
            message = f"{fact} is not declared in {FACTS_FILE}."
            faults.append(
                Fault(name, "shows", "unknown_fact", message, "Declare it, or leave it out.")
            )
    return Rule(
        id=document.id,
        version=document.version,
        axis=document.axis,
        effect=document.effect,
        source=document.source,
        expression=expression.text,
        fact_names=(*expression.names, *shown),
        wording={"en": _wording(document.en), "nb": _wording(document.nb)},
        beside=beside.text if document.beside else "",
    )


def _expression_of(
    name: str, key: str, text: str, types: Mapping[str, str], faults: list[Fault]
) -> Expression | None:
    try:
        return read_expression(text, types)
    except ExpressionError as error:
        faults.append(Fault(name, key, error.code, str(error), "Correct the expression."))
        return None


def _wording(document: WordingDocument) -> Wording:
    return Wording(
        title=document.title,
        met=document.met,
        not_met=document.not_met,
        unknown=document.unknown,
        ask_for=document.ask_for,
    )


def _examples(document: RuleDocument) -> Iterator[Example]:
    for number, example in enumerate(document.example, start=1):
        yield Example(document.id, number, dict(example.facts), example.outcome)


def count_names(axis: str) -> dict[str, str]:
    """Return what a band of this axis may count, each a whole number."""
    return {f"{outcome}_{effect}": "BIGINT" for outcome in OUTCOMES for effect in EFFECTS[axis]}


def _read_bands(folder: Path, faults: list[Fault]) -> tuple[Band, ...]:
    document = read_document(folder, BANDS_FILE, BandsDocument, faults)
    if document is None:
        return ()
    return (
        *_bands_of("urgency", document.urgency, faults),
        *_bands_of("actionability", document.actionability, faults),
    )


def _bands_of(axis: str, documents: Sequence[BandDocument], faults: list[Fault]) -> Iterator[Band]:
    for number, document in enumerate(documents, start=1):
        try:
            expression = read_expression(document.when, count_names(axis))
        except ExpressionError as error:
            place = f"{axis}[{number}].when"
            faults.append(Fault(BANDS_FILE, place, error.code, str(error), "Correct it."))
            continue
        yield Band(axis, document.name, expression.text, {"en": document.en, "nb": document.nb})
    if documents[-1].when.lower() != "true":
        faults.append(
            Fault(
                BANDS_FILE,
                f"{axis}[{len(documents)}].when",
                "no_default_band",
                "The last band must hold for everything that is left.",
                'Write when = "true".',
            )
        )
