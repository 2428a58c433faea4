"""What an officer does in a day, in a real browser, on the real server."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.screens import Screens

pytestmark = pytest.mark.browser

CHOSEN = ".wb-list tr[aria-selected=true]"
NUMBER = ".wb-head .wb-number"
COUNTED = ".wb-counts strong"


def open_queue(screens: Screens) -> Page:
    page = screens.page
    page.goto(screens.address)
    expect(page.locator(CHOSEN)).to_have_count(1)
    screens.settle()
    return page


def press(screens: Screens, *keys: str) -> None:
    for key in keys:
        screens.page.keyboard.press(key)
        screens.settle()


def count_shown(page: Page) -> int:
    """Return how many referrals the line above the list says there are."""
    return int(re.sub(r"\D", "", page.locator(COUNTED).first.inner_text()))


def expect_shown(page: Page, count: int) -> None:
    """Wait until the line above the list says that there are so many."""
    expect(page.locator(COUNTED).first).to_have_text(f"{count:,}")


def test_an_officer_works_a_day_by_keyboard(screens: Screens) -> None:
    page = open_queue(screens)
    everything = count_shown(page)
    screens.keep_picture("1-queue")

    page.get_by_label("Urgency").first.click()
    page.get_by_role("option", name="High").click()
    page.keyboard.press("Escape")
    screens.settle()
    filtered = count_shown(page)
    assert 0 < filtered < everything
    expect(page.locator(".wb-list tbody .wb-mark.wb-immediate")).to_have_count(0)
    screens.keep_picture("2-filtered")

    press(screens, "j", "o")
    expect(page).to_have_url(re.compile(r"/referral\?referral="))
    number = page.locator(NUMBER).first.inner_text()
    screens.keep_picture("3-referral")

    press(screens, "n", "1")
    expect(page.locator(".st-key-reason_age_doubt button[kind=primary]")).to_be_visible()
    press(screens, "Enter")
    expect(page.locator(".wb-told")).to_contain_text(number)
    expect(page.locator(NUMBER).first).not_to_have_text(number)
    following = page.locator(NUMBER).first.inner_text()
    screens.keep_picture("4-decided")

    press(screens, "b")
    expect(page.locator(CHOSEN)).to_have_count(1)
    expect(page.locator(NUMBER).first).to_have_text(following)
    expect_shown(page, filtered - 1)

    page.get_by_role("radio", name="NO").click()
    expect(page.get_by_role("button", name="Hastegrad")).to_be_visible()
    screens.settle()
    expect_shown(page, filtered - 1)
    screens.keep_picture("5-norwegian")


def test_deciding_in_the_queue_lands_on_the_next_and_undo_comes_back(screens: Screens) -> None:
    page = open_queue(screens)
    before = count_shown(page)
    lines = page.locator(".wb-list tbody tr")
    first = page.locator(NUMBER).inner_text()
    second_id = lines.nth(1).get_attribute("data-id")
    press(screens, "i")
    expect(page.locator(".st-key-confirm button")).to_be_visible()
    press(screens, "Enter")
    expect(page.locator(".wb-told")).to_have_text(f"Imported {first}")
    assert page.locator(CHOSEN).get_attribute("data-id") == second_id
    expect_shown(page, before - 1)
    press(screens, "z")
    expect(page.locator(NUMBER)).to_have_text(first)
    expect_shown(page, before)


def test_a_key_that_decides_takes_the_row_the_eye_is_on(screens: Screens) -> None:
    page = open_queue(screens)
    third = page.locator(".wb-list tbody tr").nth(2).get_attribute("data-id")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("w")
    expect(page.locator(".st-key-deciding strong").first).to_be_visible()
    screens.settle()
    assert page.locator(CHOSEN).get_attribute("data-id") == third
    asked = page.locator(".st-key-deciding strong").first.inner_text()
    assert page.locator(NUMBER).inner_text() in asked


def test_the_workbook_holds_the_table_on_the_screen(screens: Screens, tmp_path: Path) -> None:
    page = screens.page
    page.goto(f"{screens.address}/statistics")
    shown = page.locator("table[data-table=by_provider]")
    expect(shown).to_be_visible()
    screens.settle()
    on_screen = [row.split() for row in shown.locator("tbody tr").all_inner_texts()]
    with page.expect_download() as download:
        page.get_by_role("button", name="Download workbook (XLSX)").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    sheet = load_workbook(BytesIO(path.read_bytes())).worksheets[1]
    names = [row[0] for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]]
    assert names[: len(on_screen)] == [row[0] for row in on_screen]
    facebook = next(row for row in on_screen if row[0] == "Facebook")
    assert facebook == [
        "Facebook",
        "7,982",
        "6.6",
        "4,341",
        "11.1",
        "3,819",
        "20.2",
        "2,013",
        "14.0",
    ]
    screens.keep_picture("6-statistics")


def test_an_identifier_is_copied_and_is_no_link(screens: Screens) -> None:
    page = open_queue(screens)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    press(screens, "o")
    copied = page.locator(".wb-copied").first
    expect(copied).to_be_visible()
    screens.settle()  # a page that is still being drawn takes the button away under the click
    copied.locator("button").click()
    expect(copied.locator("button")).to_have_class(re.compile("wb-done"))
    text = page.evaluate("() => navigator.clipboard.readText()")
    assert text == copied.locator(".wb-mono").inner_text()
    assert page.locator(".wb-fold a").count() == 0


def test_nothing_is_asked_of_any_other_machine(screens: Screens) -> None:
    page = open_queue(screens)
    for name in ("referral", "statistics", "import", "rules", "help"):
        page.goto(f"{screens.address}/{name}")
        page.wait_for_timeout(500)
        screens.settle()
    outside = [
        url for url in screens.asked_for if not url.startswith((screens.address, "data:", "blob:"))
    ]
    assert outside == []


def test_a_reloaded_address_opens_the_same_referral(screens: Screens) -> None:
    page = open_queue(screens)
    press(screens, "j", "j", "j")
    number = page.locator(NUMBER).inner_text()
    page.reload()
    expect(page.locator(NUMBER)).to_have_text(number)


def test_an_address_names_the_list_and_opens_it_again_for_a_colleague(screens: Screens) -> None:
    page = open_queue(screens)
    page.get_by_label("Urgency").first.click()
    page.get_by_role("option", name="High").click()
    page.keyboard.press("Escape")
    screens.settle()
    page.get_by_role("button", name="Received").click()
    screens.settle()
    press(screens, "j")
    page.wait_for_timeout(900)
    shown, number = count_shown(page), page.locator(NUMBER).inner_text()
    address = page.url
    assert "urgency=high" in address
    assert "sort=received" in address

    page.goto(address.replace("/?", "/queue?"))
    expect(page.locator(NUMBER)).to_have_text(number)
    screens.settle()
    expect_shown(page, shown)
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Received")
    expect(page.locator(".wb-list tbody .wb-mark.wb-immediate")).to_have_count(0)


def test_the_queue_has_an_address_by_its_name(screens: Screens) -> None:
    page = screens.page
    page.goto(f"{screens.address}/queue")
    expect(page.locator(CHOSEN)).to_have_count(1)
    expect(page.get_by_text("Page not found")).to_have_count(0)
