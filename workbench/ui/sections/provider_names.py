"""The tables of the Providers page: names for review, effect, rulings, the canonical table."""

from collections.abc import Sequence

from workbench.enrich.provider_names import NameForReview
from workbench.enrich.provider_rulings import ProviderRuling
from workbench.model.rulebook import ProviderEntry
from workbench.statistics.import_rate import ImportRateRow
from workbench.statistics.provider_effect import RulingEffect
from workbench.ui.markup import EMPTY, Html, join, table, tag
from workbench.ui.parts.small_things import choice
from workbench.ui.sections.values import headed, section
from workbench.ui.session import Workplace


def names_table(
    place: Workplace, names: Sequence[NameForReview], chosen: NameForReview | None
) -> Html:
    """Return the names that wait, each a button that takes it in hand."""
    words, number = place.words, place.formats.number
    if not names:
        return tag("div", words("providers.nothing"), of="wb-nothing")
    heads = [words(f"providers.column.{head}") for head in ("name", "taken_as", "referrals")]
    rows = [
        (
            _button(place, name, is_chosen=chosen == name),
            _proposal(place, name),
            number(name.referral_count),
        )
        for name in names
    ]
    return table(heads, rows)


def _button(place: Workplace, name: NameForReview, *, is_chosen: bool) -> Html:
    button = choice(
        name.name_as_written, "name", name.name_as_written, title=place.words("providers.take")
    )
    return join(["▸ ", button]) if is_chosen else button


def _proposal(place: Workplace, name: NameForReview) -> Html:
    if name.score is None:
        return tag("span", place.words("providers.itself"), of="wb-muted")
    score = place.formats.number(name.score, decimals=1)
    return tag("span", place.words("providers.likeness", name=name.provider, score=score))


def effect_table(place: Workplace, effect: RulingEffect) -> Html:
    """Return what a ruling would change in the published table, before and after."""
    words, number = place.words, place.formats.number
    if not effect.referral_count:
        return tag("p", words("providers.effect.no_referrals"), of="wb-muted")
    moved = words.counted(
        "providers.effect.moved", effect.referral_count, written=number(effect.referral_count)
    )
    if not effect.rows:
        unchanged = words("providers.effect.same_row")
        return tag("p", moved, " ", unchanged, of="wb-muted")
    heads = [words(f"providers.effect.{head}") for head in ("row", "year", "before", "after")]
    rows = [
        (
            row.before.provider,
            str(row.before.year),
            _figures(place, row.before),
            _figures(place, row.after),
        )
        for row in effect.rows
    ]
    return join([tag("p", moved, of="wb-muted"), table(heads, rows)])


def _figures(place: Workplace, row: ImportRateRow) -> str:
    number = place.formats.number
    return place.words(
        "providers.effect.figures",
        received=number(row.received),
        percent=number(row.percent, decimals=1),
    )


def rulings_table(place: Workplace, rulings: Sequence[ProviderRuling]) -> Html:
    """Return what was ruled, newest first; what stands can be undone."""
    words = place.words
    rows = [
        (
            ruling.name_as_written,
            words(f"providers.ruling.{ruling.ruling}", provider=ruling.provider or ""),
            ruling.ruled_by,
            place.formats.moment(ruling.ruled_at),
            ruling.note or "",
            _undo_button(place, ruling),
        )
        for ruling in rulings
    ]
    heads = ("name", "ruling", "by", "at", "note", "undo")
    return section(
        words("providers.rulings"),
        headed(place, "providers.column.", heads, rows),
        count=place.formats.number(len(rulings)),
        nothing=words("providers.no_rulings"),
    )


def _undo_button(place: Workplace, ruling: ProviderRuling) -> Html:
    if not ruling.stands:
        return EMPTY
    title = place.words("providers.undo_title")
    return choice(place.words("providers.undo"), "undo", ruling.name_as_written, title=title)


def table_of(place: Workplace, entries: Sequence[ProviderEntry]) -> Html:
    """Return the canonical table: what each provider is called, and where it is counted."""
    words = place.words
    rows = [
        (
            entry.name,
            entry.company,
            entry.published_row or words("providers.rest_row"),
            ", ".join(entry.aliases),
            ", ".join(entry.legal_names),
            ", ".join(entry.services),
        )
        for entry in entries
    ]
    heads = ("provider", "company", "row", "aliases", "legal_names", "services")
    return section(
        words("providers.table"),
        headed(place, "providers.column.", heads, rows),
        count=place.formats.number(len(rows)),
        is_open=False,
    )
