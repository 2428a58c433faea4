"""A store of invented referrals in every format, read and assessed once, and screens over it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sample_data.inbox import write_inbox
from workbench.composition import take_in, understand
from workbench.settings import Settings
from workbench.store.connection import Store

APP = Path(__file__).parents[2] / "workbench" / "ui" / "app.py"

OpenScreens = Callable[..., AppTest]


@pytest.fixture(scope="session")
def inbox_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a store with the whole invented inbox; tests copy it before they write."""
    folder = tmp_path_factory.mktemp("inbox")
    settings = Settings(store=folder / "inbox.duckdb")
    paths = [write_inbox(folder / "files", today=datetime.now(UTC).date())]
    with Store.open(settings.store) as store:
        take_in(store, paths, settings, imported_by="4711", report_progress=lambda _: None)
        understand(store, settings)
    return settings.store


@pytest.fixture
def own_store(inbox_store: Path, tmp_path: Path) -> Path:
    """A copy of the inbox that a test may write to."""
    copy = tmp_path / "own.duckdb"
    copy.write_bytes(inbox_store.read_bytes())
    return copy


@pytest.fixture
def open_screens(monkeypatch: pytest.MonkeyPatch) -> OpenScreens:
    """Return a function that opens the screens on a store."""

    def open_app(store: Path, *, officer: str = "4711", language: str = "en") -> AppTest:
        monkeypatch.setenv("WORKBENCH_STORE", str(store))
        monkeypatch.setenv("WORKBENCH_OFFICER", officer)
        monkeypatch.setenv("WORKBENCH_LANGUAGE", language)
        return AppTest.from_file(str(APP), default_timeout=60)

    return open_app
