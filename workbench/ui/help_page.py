"""help."""
from workbench.ui.session import Workplace


def render(place: Workplace) -> None:
    """Draw."""
