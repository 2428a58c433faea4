"""The store's own audits: each statement in sql/audit returns offending rows, so none is good."""

from dataclasses import dataclass
from importlib.resources import files

from workbench.store.connection import Store


@dataclass(frozen=True, slots=True)
class Audit:
    """What one audit found."""

    name: str
    offending_rows: int

    @property
    def holds(self) -> bool:
        """Whether nothing offends."""
        return self.offending_rows == 0


def run_audits(store: Store) -> list[Audit]:
    """Run every audit, in the order of their names."""
    folder = files("workbench.store") / "sql" / "audit"
    names = sorted(entry.name.removesuffix(".sql") for entry in folder.iterdir())
    return [Audit(name, len(store.rows(f"audit/{name}"))) for name in names]
