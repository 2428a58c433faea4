"""The import page inside the running server, which is no place to start processes carelessly."""

import os
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.screens import Screens
from tests.builders import file_details, police_json, provider_xml, write

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("several_read")]
REPORTS = 5_000
ENDS_WITHIN_SECONDS = 120


@pytest.fixture
def several_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_READERS", "2")


def test_several_processes_read_for_the_import_page(screens: Screens, tmp_path: Path) -> None:
    for number in range(991_700_000, 991_700_000 + REPORTS):
        write(tmp_path, f"in/{number}.json", police_json(number))
    write(tmp_path, "in/991800001/report.xml", provider_xml())
    write(tmp_path, "in/991800001/file.xml", file_details("991800001"))
    page = screens.page
    page.goto(f"{screens.address}/import")
    page.get_by_label("Or a folder on this machine").first.fill(str(tmp_path / "in"))
    page.get_by_role("button", name="Read in").click()
    _wait_for_readers()
    # The page says how fast and how long while the processes read.
    expect(page.get_by_text("a second").first).to_be_visible()
    # Whoever chose from the list now would draw the page anew.
    expect(page.locator(".wb-imports")).to_have_count(0)
    screens.keep_picture("import_with_readers_running")
    expect(page.locator(".wb-sum")).to_contain_text(f"{REPORTS + 1:,}", timeout=120_000)
    screens.settle()
    screens.keep_picture("import_with_readers_done")
    _wait_until_none_reads()


def test_who_goes_to_another_page_does_not_end_the_import(screens: Screens, tmp_path: Path) -> None:
    for number in range(991_700_000, 991_700_000 + REPORTS):
        write(tmp_path, f"in/{number}.json", police_json(number))
    page = screens.page
    page.goto(f"{screens.address}/import")
    page.get_by_label("Or a folder on this machine").first.fill(str(tmp_path / "in"))
    page.get_by_role("button", name="Read in").click()
    _wait_for_readers()
    page.get_by_role("link", name="Help").click()
    expect(page).to_have_url(f"{screens.address}/help")
    newest = _newest_import(screens)
    until = time.monotonic() + ENDS_WITHIN_SECONDS
    while "at work" in newest and time.monotonic() < until:
        page.wait_for_timeout(1_000)
        newest = _newest_import(screens)
    assert newest.count(f"{REPORTS:,}") == 2  # read and new
    _wait_until_none_reads()


def _newest_import(screens: Screens) -> str:
    screens.page.goto(f"{screens.address}/import")
    row = screens.page.locator(".wb-imports tbody tr").first
    expect(row).to_be_visible()
    return row.inner_text()


def _wait_for_readers() -> None:
    """Wait until processes read: they may have ended before the page has said so."""
    until = time.monotonic() + ENDS_WITHIN_SECONDS
    while not _readers():
        assert time.monotonic() < until, "no process reads"
        time.sleep(0.02)


def _wait_until_none_reads() -> None:
    """Wait for the processes, which end a moment after what they read is shown."""
    until = time.monotonic() + 10
    while _readers():
        assert time.monotonic() < until, "processes read on"
        time.sleep(0.1)


def _readers() -> list[int]:
    """Return the processes that read for the server of this test; other tests have their own."""
    # The number of the parent comes second after the name, which stands in brackets.
    stated = {int(path.parent.name): _text_of(path) for path in Path("/proc").glob("[0-9]*/stat")}
    parents = {pid: int(text.rpartition(")")[2].split()[1]) for pid, text in stated.items() if text}
    below = {os.getpid()}
    while found := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= found
    commands = {pid: _text_of(Path(f"/proc/{pid}/cmdline")) for pid in below}
    return [pid for pid, command in commands.items() if "workbench.intake.worker" in command]


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended meanwhile
        return ""
