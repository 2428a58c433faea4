"""A rules folder that a test may spoil."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from rules.check import check_rulebook
from rules.reading import SHIPPED
from workbench.assess.examples import run_examples
from workbench.model.rulebook import Fault
from workbench.store.connection import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped rulebook."""
    copy = tmp_path / "rules"
    shutil.copytree(SHIPPED, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


@pytest.fixture
def check(folder: Path) -> Iterator[Callable[[], list[Fault]]]:
    """Check the copy, its examples run in a real database."""
    with Store.open(None) as store:
        yield partial(check_rulebook, folder, run_examples=partial(run_examples, store))


def change(path: Path, before: str, after: str) -> None:
    """Replace one piece of a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
