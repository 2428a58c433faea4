"""The demonstration store, the real server on a free port, and Chromium."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.screens import Screens
from tests.served import start_on_free_port
from workbench.demo import build_demo
from workbench.settings import Settings

APP = Path(__file__).parents[2] / "workbench" / "ui" / "app.py"
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ENDS_WITHIN_SECONDS = 60
# A machine that runs other tests meanwhile is slow, not wrong: no test here is about speed.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the demonstration store."""
    settings = Settings(store=tmp_path_factory.mktemp("demo") / "demo.duckdb")
    build_demo(settings, report_progress=lambda _: None, say=lambda _: None)
    return settings.store


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium; where there is none the tests say that they were not run."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("not run: Chromium is not installed on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def server(demo_store: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a real server on a copy of the demonstration store."""
    store = tmp_path / "demo.duckdb"
    shutil.copy(demo_store, store)
    environment = os.environ | {"WORKBENCH_STORE": str(store), "WORKBENCH_OFFICER": "4711"}
    command = [sys.executable, "-m", "workbench.ui.server", "run", str(APP)]
    log = tmp_path / "server.log"
    with log.open("wb") as written:

        def start_on(port: int) -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                [*command, f"--server.port={port}"],
                env=environment, cwd=APP.parents[2], stdout=written, stderr=written,
            )  # fmt: skip

        running, address = start_on_free_port(start_on)
        try:
            yield address
        finally:
            running.terminate()
            running.wait(ENDS_WITHIN_SECONDS)
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.fixture
def screens(chromium: Browser, server: str) -> Iterator[Screens]:
    """A window of an officer's size, in light."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    opened = Screens(context.new_page(), server)
    opened.page.on("request", lambda request: opened.asked_for.append(request.url))
    yield opened
    context.close()
