"""Commands about the rulebook: rules list, rules check."""

from dataclasses import asdict

import typer

from rules.rulebook import load_rulebook
from workbench.commands.terminal import (
    JsonOption,
    StoreOption,
    err,
    out,
    print_json,
    print_table,
    settings_for,
)
from workbench.composition import check_rules
from workbench.errors import RulebookError


def rules_list(store: StoreOption = None, *, as_json: JsonOption = False) -> None:
    """List the rulebook.

    Example: workbench rules list
    """
    settings = settings_for(store)
    book = load_rulebook(settings.rules)
    if as_json:
        print_json(asdict(book))
        return
    out.print(f"Rulebook {book.hash}")
    language = settings.language
    print_table(
        ["rule", "version", "axis", "effect", "title"],
        [[r.id, r.version, r.axis, r.effect, r.wording[language].title] for r in book.rules],
    )


def rules_check(store: StoreOption = None, *, as_json: JsonOption = False) -> None:
    """Check every rule, fact and example; exit code 13 on a fault.

    Example: workbench rules check
    """
    faults = check_rules(settings_for(store))
    if as_json:
        print_json([asdict(fault) for fault in faults])
    else:
        for fault in faults:
            out.print(str(fault), markup=False)
        err.print(f"{len(faults)} faults" if faults else "The rulebook holds.")
    if faults:
        raise typer.Exit(RulebookError.exit_code)
