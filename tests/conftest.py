"""Fixtures every test may use: a real, empty, migrated store."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from workbench.store.connection import Store

# A machine that is busy with something else is slow, not wrong: no property here is about speed.
settings.register_profile(
    "workbench",
    settings.get_profile("default"),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("workbench")


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    with Store.open(None) as opened:
        yield opened


@pytest.fixture(autouse=True)
def leaves_the_folder_it_found() -> Iterator[None]:
    """Fail the test that moves elsewhere and stays there, not one of those that come after it."""
    found = Path.cwd()
    yield
    assert Path.cwd() == found


@pytest.fixture(autouse=True)
def leaves_the_program_it_found() -> Iterator[None]:
    """Put `__main__` back: a page that was tried stays there, and new processes would run it."""
    found = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = found
