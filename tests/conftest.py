"""Fixtures every test may use: a real, empty, migrated store."""

from collections.abc import Iterator

import pytest

from workbench.store.connection import Store


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    with Store.open(None) as opened:
        yield opened
