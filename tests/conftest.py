"""Fixtures every test may use: a real, empty, migrated store."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.store.connection import Store


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
