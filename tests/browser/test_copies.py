"""A report that changed after its decision, in a real browser: seen, compared, traced to its file."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.screens import Screens
from tests.unit.desk.copies import take_four_copies
from workbench.store.connection import Store


@pytest.fixture(scope="module")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In place of the demonstration: one report with four copies, decided on after the first."""
    folder = tmp_path_factory.mktemp("copies")
    path = folder / "copies.duckdb"
    with Store.open(path) as store:
        take_four_copies(store, folder)
    return path


def test_an_officer_sees_what_changed_since_the_decision_and_where_it_stands(
    screens: Screens, demo_store: Path
) -> None:
    with Store.open(demo_store) as store:
        [[referral_id]] = store.query("SELECT referral_id FROM analyst.referral")[1]
    page = screens.page
    page.goto(f"{screens.address}/referral?referral={referral_id}")
    expect(page.locator(".wb-newer")).to_have_text(
        [re.compile("New version since the decision"), re.compile("New source since the decision")]
    )
    notices = ["was seen when deciding", "came after it", "disagree"]
    expect(page.locator(".wb-notices li")).to_contain_text(notices)
    screens.settle()
    chosen = page.locator(".st-key-copies")
    chosen.scroll_into_view_if_needed()
    changed_type = chosen.locator("tr", has_text="Incident type")
    expect(changed_type).to_contain_text("A later name")
    expect(changed_type).to_contain_text("changed")  # in words, whatever the colour
    screens.keep_picture("copies_compared")

    mark = changed_type.locator(".wb-place summary")
    assert "may9.json" in (mark.get_attribute("title") or "")
    mark.focus()
    page.keyboard.press("Enter")
    expect(changed_type.locator(".wb-place code").last).to_be_visible()
    expect(changed_type.locator(".wb-place code").last).to_contain_text("may20.json")

    conflict = page.locator("details.wb-folded[open] tr", has_text="ChatterBox")
    expect(conflict).to_contain_text("Examplebook")
    expect(conflict).to_contain_text("disagree")
    folded = page.locator("details.wb-folded summary", has_text="only in one of them").last
    folded.focus()
    page.keyboard.press("Enter")
    only = page.locator("tr", has_text="only in CyberTipline PDF").first
    expect(only).to_be_visible()
    screens.keep_picture("copies_sources")
