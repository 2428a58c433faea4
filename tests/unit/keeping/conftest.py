"""A small inbox of all kinds, and a store that has read it."""

import shutil
from pathlib import Path

import pytest

from tests.crash import run_import, write_inbox


@pytest.fixture(scope="session")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_inbox(tmp_path_factory.mktemp("kept") / "inbox", 60)


@pytest.fixture(scope="session")
def read_once(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "store.duckdb"
    run_import(path, inbox)
    return path


@pytest.fixture
def unit(read_once: Path, tmp_path: Path) -> Path:
    """The path of a store that a test may write to."""
    return Path(shutil.copy(read_once, tmp_path / "unit.duckdb"))
