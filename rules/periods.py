"""Retention periods: reading them, and what can be wrong between entries that look right alone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from rules.documents import PeriodDocument, PeriodSourceDocument, RetentionDocument
from rules.reading import read_document
from workbench.model.rulebook import Fault, PeriodSource, RetentionPeriod

NETWORKS = ("tor", "vpn", "hosting")
_ALWAYS = date.min


def retention_file_names(folder: Path) -> list[str]:
    """Return every file of retention/ in a stable order."""
    return [f"retention/{path.name}" for path in sorted((folder / "retention").glob("*.toml"))]


def read_periods(folder: Path, faults: list[Fault]) -> tuple[RetentionPeriod, ...]:
    """Read every period, collecting faults instead of stopping."""
    periods: dict[str, RetentionPeriod] = {}
    for name in retention_file_names(folder):
        document = read_document(folder, name, RetentionDocument, faults)
        for entry in document.period if document is not None else ():
            if entry.id in periods:
                message = f"The period id {entry.id} stands twice."
                faults.append(Fault(name, entry.id, "duplicate_id", message, "Rename one."))
                continue
            kind = document.kind if document is not None else ""
            periods[entry.id] = _period(kind, entry)
    return tuple(periods.values())


def _period(kind: str, entry: PeriodDocument) -> RetentionPeriod:
    sources = tuple(_sources(entry))
    return RetentionPeriod(
        id=entry.id,
        kind=kind,
        country=entry.country,
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
        length_months=entry.length_months,
        length_days=entry.length_days,
        certainty=entry.certainty,
        legal_basis={"en": entry.legal_basis, "nb": entry.legal_basis_nb or entry.legal_basis},
        source=_one_line(sources, "en"),
        title={"en": entry.en, "nb": entry.nb},
        providers=entry.providers,
        networks=entry.networks,
        starts=entry.starts,
        is_counted=entry.counts,
        sources=sources,
        choice=entry.choice.model_dump() if entry.choice else {},
    )


def _sources(entry: PeriodDocument) -> Iterator[PeriodSource]:
    if isinstance(entry.source, str):
        yield PeriodSource(entry.source, {"en": "", "nb": ""}, None, "")
        return
    for source in entry.source:
        yield _source(source)


def _source(source: PeriodSourceDocument) -> PeriodSource:
    says = {"en": source.en, "nb": source.nb}
    return PeriodSource(source.title, says, source.in_force, source.length or "")


def _one_line(sources: Sequence[PeriodSource], language: str) -> str:
    said = (
        f"{source.title}: {source.says[language]}" if source.says[language] else source.title
        for source in sources
    )
    return "; ".join(said)


def period_faults(
    periods: Sequence[RetentionPeriod], provider_names: Iterable[str]
) -> Iterator[Fault]:
    """Return what is wrong with each period, and between those about the same thing."""
    known = set(provider_names)
    for period in periods:
        yield from _own_faults(period, known)
    timelines: dict[tuple[str, ...], list[RetentionPeriod]] = {}
    for period in periods:
        for subject in _subjects(period):
            timelines.setdefault(subject, []).append(period)
    for timeline in timelines.values():
        yield from _timeline_faults(timeline)
    named = {network for period in periods for network in period.networks}
    for network in NETWORKS:
        if network not in named:
            yield Fault(
                "retention",
                network,
                "missing_network",
                f"No entry says which clock helps with a {network} address.",
                "Add an entry of the kind hidden_network; without a length it says that none does.",
            )


def _subjects(period: RetentionPeriod) -> Iterator[tuple[str, ...]]:
    """Return whose timeline a period stands in: a country's, a provider's, a network kind's."""
    names = period.providers or period.networks or (period.country or "",)
    for name in names:
        yield (period.kind, name, period.starts or "")


def _own_faults(period: RetentionPeriod, known: set[str]) -> Iterator[Fault]:
    def fault(place: str, code: str, message: str, remedy: str) -> Fault:
        return Fault("retention", f"{period.id}.{place}", code, message, remedy)

    has_length = period.length_months is not None or period.length_days is not None
    if period.certainty == "not_known" and has_length:
        yield fault(
            "certainty", "wrong_content", "A length that nobody knows.", "Leave the length out."
        )
    for name in period.providers:
        if name not in known:
            message = f"providers.toml does not know {name}."
            yield fault("providers", "unknown_provider", message, "Write its canonical name.")
    if has_length and period.kind == "provider_policy" and period.starts is None:
        yield fault("starts", "missing_start", "It does not say what starts it.", "Give starts.")
    if not period.is_counted and has_length and not period.choice:
        message = "It does not say why its date is not a last day."
        yield fault("choice", "unexplained_choice", message, "Give choice.en and choice.nb.")
    yield from _disagreements(period)


def _disagreements(period: RetentionPeriod) -> Iterator[Fault]:
    """Where sources disagree the entry must take what one of them says, and explain why."""
    place = f"{period.id}.choice"
    in_force = {source.in_force for source in period.sources if source.in_force}
    lengths = {source.length for source in period.sources if source.length}
    if (len(in_force) > 1 or len(lengths) > 1) and not period.choice:
        message = "Its sources disagree and nothing says which was chosen, and why."
        remedy = "Give choice.en and choice.nb."
        yield Fault("retention", place, "unexplained_choice", message, remedy)
    if in_force and not in_force & {period.valid_from, period.valid_until}:
        message = "It starts or ends on a day that none of its sources names."
        remedy = "Take the date of a source, the careful one."
        yield Fault("retention", place, "choice_without_source", message, remedy)
    if lengths and length_of(period) not in lengths:
        message = f"None of its sources says {length_of(period) or 'that nobody knows'}."
        remedy = "Take the length of a source, the careful one."
        yield Fault("retention", place, "choice_without_source", message, remedy)


def length_of(period: RetentionPeriod) -> str:
    """Return the length as sources write it; empty: none."""
    if period.length_months is not None:
        return f"{period.length_months} months"
    return f"{period.length_days} days" if period.length_days is not None else ""


def _timeline_faults(timeline: Sequence[RetentionPeriod]) -> Iterator[Fault]:
    """One thing's entries must follow each other, from the first day to this one."""
    ordered = sorted(timeline, key=lambda period: period.valid_from or _ALWAYS)
    for period in ordered:
        if period.valid_from and period.valid_until and period.valid_from >= period.valid_until:
            message = "It ends before it begins."
            yield Fault("retention", period.id, "wrong_dates", message, "Correct its dates.")
    if ordered[0].valid_from is not None:
        yield _gap(ordered[0], "Before its first day nothing is said.")
    if ordered[-1].valid_until is not None:
        yield _gap(ordered[-1], "After its last day nothing is said.")
    for earlier, later in pairwise(ordered):
        if (
            earlier.valid_until is None
            or later.valid_from is None
            or (later.valid_from < earlier.valid_until)
        ):
            yield Fault(
                "retention",
                later.id,
                "overlapping_periods",
                f"{earlier.id} and {later.id} apply on the same day.",
                "Give the earlier one a valid_until, the first day on which it no longer applies.",
            )
        elif later.valid_from > earlier.valid_until:
            yield _gap(later, f"Between {earlier.id} and {later.id} nothing is said.")


def _gap(period: RetentionPeriod, message: str) -> Fault:
    remedy = 'Add an entry for those days; without a length and with certainty "not_known" if so.'
    return Fault("retention", period.id, "gap_between_periods", message, remedy)
