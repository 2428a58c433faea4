"""The commands: which there are, and under which name. Results go to stdout, the rest to stderr."""

import sys

import typer

from workbench.commands import (
    auditing,
    feeds,
    figures,
    keeping,
    providers,
    receiving,
    rulebook,
    screens,
    working,
)
from workbench.commands.terminal import err
from workbench.errors import WorkbenchError
from workbench.store.connection import is_interruption

_ABORTED = 130  # the exit code of a Ctrl-C

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Referral triage by metadata: every position in the queue explains itself.",
)
statistics_app = typer.Typer(no_args_is_help=True, help="Figures a unit leader can run again.")
rules_app = typer.Typer(no_args_is_help=True, help="The rulebook.")
feeds_app = typer.Typer(no_args_is_help=True, help="The unit's own lists: address ranges.")
providers_app = typer.Typer(no_args_is_help=True, help="Written provider names.")
app.add_typer(statistics_app, name="statistics")
app.add_typer(providers_app, name="providers")
app.add_typer(feeds_app, name="feeds")
app.add_typer(rules_app, name="rules")

app.command()(screens.demo)
app.command()(screens.serve)
app.command(name="import")(receiving.import_)
app.command()(receiving.imports)
app.command()(receiving.assess)
app.command()(working.queue)
app.command()(working.show)
app.command()(working.decide)
app.command()(working.undo)
app.command()(auditing.query)
app.command()(auditing.check)
app.command()(keeping.backup)
app.command()(keeping.restore)
statistics_app.command(name="import-rate")(figures.import_rate_)
providers_app.command()(providers.review)
providers_app.command()(providers.accept)
providers_app.command()(providers.refuse)
providers_app.command()(providers.undo)
feeds_app.command()(feeds.load)
feeds_app.command(name="list")(feeds.list_)
feeds_app.command()(feeds.withdraw)
rules_app.command(name="list")(rulebook.rules_list)
rules_app.command(name="check")(rulebook.rules_check)


def main() -> None:
    """Run a command; an error we know ends in one plain sentence and its own exit code."""
    try:
        app()
    except SystemExit as ended:
        if ended.code == _ABORTED:  # Typer ends a Ctrl-C without a word
            err.print("Aborted.", style="red")
        raise
    except WorkbenchError as error:
        err.print(str(error), style="bold red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except Exception as error:
        if not is_interruption(error):
            raise
        err.print("Aborted.", style="red")
        sys.exit(_ABORTED)
