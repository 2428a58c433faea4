"""The Import page and the drop folder at work while somebody else reads, and a backup meanwhile."""

import shutil
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import SCREENSHOTS
from tests.builders import police_json, write
from tests.crash import write_inbox
from tests.served import serve
from workbench.keeping.backup import make_backup
from workbench.keeping.restore import restore_backup
from workbench.store.connection import Store

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_one_officer_imports_another_reads_a_backup_is_taken_and_the_folder_is_watched(
    chromium: Browser, demo_store: Path, tmp_path: Path
) -> None:
    store, watched = tmp_path / "unit.duckdb", tmp_path / "watched"
    shutil.copy(demo_store, store)
    inbox = write_inbox(tmp_path / "inbox", 1_200)
    write(watched, "of the night.json", police_json(991777001))
    write(watched, "cut short.json", '{"reportId": ')
    settings = {"drop_folder": watched, "drop_interval_seconds": 0.5, "drop_settle_seconds": 0.5}
    with serve(store, **settings, batch_size=50) as served:
        importing, reading = _window(chromium), _window(chromium)
        importing.goto(f"{served.address}/import")
        expect(importing.get_by_text("in done")).to_be_visible(timeout=60_000)
        expect(importing.get_by_text("in failed")).to_be_visible()
        _keep_pictures(importing)
        importing.get_by_label("Or a folder on this machine").first.fill(str(inbox))
        importing.get_by_role("button", name="Read in").click()
        expect(importing.get_by_text("a second").first).to_be_visible()
        began = time.monotonic()
        reading.goto(served.address)
        expect(reading.get_by_text("ChatterBox").first).to_be_visible()
        read_within = time.monotonic() - began
        ended: dict[str, bool] = {}  # whether the import had, when the backup took its next step

        def note(step: str) -> None:
            ended[step] = importing.locator(".wb-sum").count() > 0

        backup = make_backup(store, tmp_path / "a.backup", replace=False, seconds=60, say=note)
        copying = "Copying the store while the screens are open ..."
        assert not ended[copying], "the import ended before the backup"
        expect(importing.locator(".wb-sum")).to_be_visible(timeout=120_000)
        print(f"read within {read_within:.1f} s, commits waited {backup.commits_waited_seconds} s")
    restored = restore_backup(tmp_path / "a.backup", tmp_path / "b.duckdb", replace=False)
    assert all(audit.holds for audit in restored.audits)
    with Store.open(restored.store) as opened:
        held = opened.query("SELECT report_number FROM analyst.referral")[1]
        assert ("991777001",) in held


def _window(chromium: Browser) -> Page:
    return chromium.new_context(viewport={"width": 1440, "height": 900}).new_page()


def _keep_pictures(page: Page) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / "drop-folder-en.png")
    page.emulate_media(color_scheme="dark")
    page.get_by_text("NO", exact=True).first.click()
    expect(page.get_by_text("i done")).to_be_visible()
    page.wait_for_timeout(500)
    page.screenshot(path=SCREENSHOTS / "drop-folder-nb-dark.png")
    page.get_by_text("EN", exact=True).first.click()
    page.emulate_media(color_scheme="light")
    expect(page.get_by_text("in done")).to_be_visible()
