"""Commands about written provider names: providers review, accept, refuse, undo."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from rules.providers import load_provider_table
from workbench.commands.terminal import (
    JsonOption,
    StoreOption,
    open_store,
    out,
    print_json,
    print_table,
)
from workbench.composition import understand
from workbench.enrich.provider_names import list_names_for_review
from workbench.enrich.provider_rulings import (
    ProviderRuling,
    accept_provider_name,
    refuse_provider_name,
    undo_provider_ruling,
)

NameArgument = Annotated[str, typer.Argument(help="The name exactly as the source wrote it.")]
ByOption = Annotated[str, typer.Option("--by", help="Who rules.")]
NoteOption = Annotated[str | None, typer.Option(help="Why.")]


def review(store: StoreOption = None, *, as_json: JsonOption = False) -> None:
    """List names that a person should confirm.

    Example: workbench providers review
    """
    with open_store(store) as (opened, _):
        names = list_names_for_review(opened)
    if as_json:
        print_json([asdict(name) for name in names])
        return
    rows = [[n.name_as_written, n.provider, n.matched_by, n.score, n.referral_count] for n in names]
    print_table(["as written", "taken as", "because", "likeness", "referrals"], rows)


def accept(
    name: NameArgument,
    provider: Annotated[str, typer.Option("--as", help="The provider it stands for.")],
    by: ByOption,
    store: StoreOption = None,
    *,
    note: NoteOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rule that a written name stands for a provider, in the past too.

    Example: workbench providers accept "Instagrm" --as Instagram --by L1
    """
    with open_store(store) as (opened, settings):
        ruling = accept_provider_name(
            opened,
            name,
            provider,
            table=load_provider_table(settings.rules),
            ruled_by=by,
            now=datetime.now(UTC),
            note=note,
        )
        understand(opened, settings)
    _print_ruling(ruling, as_json=as_json)


def refuse(
    name: NameArgument,
    by: ByOption,
    store: StoreOption = None,
    *,
    note: NoteOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rule that a written name stands for itself.

    Example: workbench providers refuse "Instagramm Repair Shop" --by L1
    """
    with open_store(store) as (opened, settings):
        ruling = refuse_provider_name(opened, name, ruled_by=by, now=datetime.now(UTC), note=note)
        understand(opened, settings)
    _print_ruling(ruling, as_json=as_json)


def undo(
    name: NameArgument, by: ByOption, store: StoreOption = None, *, as_json: JsonOption = False
) -> None:
    """Take the standing ruling back: the name is open for review again.

    Example: workbench providers undo "Instagrm" --by L1
    """
    with open_store(store) as (opened, settings):
        ruling = undo_provider_ruling(opened, name, ruled_by=by, now=datetime.now(UTC))
        understand(opened, settings)
    _print_ruling(ruling, as_json=as_json)


def _print_ruling(ruling: ProviderRuling, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(ruling))
    else:
        standing = ruling.provider or "open for review again"
        out.print(f"{ruling.name_as_written}: {standing}, by {ruling.ruled_by}", markup=False)
