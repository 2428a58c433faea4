"""How another process makes the same connectors: they cannot travel, what makes them can."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import cast

from workbench.model.limits import DEFAULT_LIMITS, Limits
from workbench.model.record import Connector


@dataclass(frozen=True, slots=True)
class Recipe:
    """What the composing code hands in besides the connectors themselves.

    It travels through a pipe to our own process and nowhere else: no command line, no environment,
    no file, and no message shows the passwords.
    """

    maker: str  # "module:function", called with the three values below
    column_maps: Path | None = None
    pdf_passwords: Sequence[str] = field(default=(), repr=False)
    limits: Limits = DEFAULT_LIMITS

    def connectors(self) -> Sequence[Connector]:
        """Make them."""
        module, _, function = self.maker.partition(":")
        make = getattr(import_module(module), function)
        made = make(self.column_maps, self.pdf_passwords, self.limits)
        return cast("Sequence[Connector]", made)
