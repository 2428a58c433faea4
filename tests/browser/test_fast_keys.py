"""Keys typed faster than the server answers: none is lost, none decides on another referral."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import Screens
from tests.browser.test_daily_path import CHOSEN, NUMBER, count_shown, expect_shown, open_queue

pytestmark = pytest.mark.browser

LINES = ".wb-list tbody tr"
TOLD = ".wb-told"


def burst(screens: Screens, *keys: str) -> None:
    """Press keys without waiting for anything between them."""
    for key in keys:
        screens.page.keyboard.press(key)
    screens.page.wait_for_timeout(900)
    screens.settle()


def number_of_row(page: Page, place: int) -> str:
    """Return the report number of a row, by opening it in the pane and going back to the first."""
    first = page.locator(NUMBER).inner_text()
    page.locator(LINES).nth(place).click()
    expect(page.locator(CHOSEN)).to_have_attribute("data-id", id_of_row(page, place))
    expect(page.locator(NUMBER)).not_to_have_text(first)
    page.wait_for_timeout(900)
    number = page.locator(NUMBER).inner_text()
    page.locator(LINES).nth(0).click()
    expect(page.locator(NUMBER)).to_have_text(first)
    page.wait_for_timeout(900)
    return number


def id_of_row(page: Page, place: int) -> str:
    identity = page.locator(LINES).nth(place).get_attribute("data-id")
    assert identity is not None
    return identity


def test_a_reason_typed_right_after_the_key_is_not_lost(screens: Screens) -> None:
    page = open_queue(screens)
    number, before = page.locator(NUMBER).inner_text(), count_shown(page)
    burst(screens, "n", "1", "Enter")
    expect(page.locator(TOLD)).to_have_text(f"Did not import {number}")
    expect_shown(page, before - 1)


def test_a_burst_decides_on_the_row_the_eye_is_on_and_on_no_other(screens: Screens) -> None:
    page = open_queue(screens)
    third, before = number_of_row(page, 2), count_shown(page)
    burst(screens, "j", "j", "n", "2", "Enter", "i", "Enter")
    expect(page.locator(TOLD)).to_have_text(f"Did not import {third}")
    expect_shown(page, before - 1)


def test_a_key_held_down_lands_where_the_eye_is(screens: Screens) -> None:
    page = open_queue(screens)
    wanted = id_of_row(page, 12)
    for _ in range(12):
        page.keyboard.down("j")
        page.wait_for_timeout(33)
    page.keyboard.up("j")
    assert page.locator(CHOSEN).get_attribute("data-id") == wanted
    expect(page).to_have_url(re.compile(wanted))


def test_a_key_held_at_the_end_of_a_page_turns_one_page(screens: Screens) -> None:
    page = open_queue(screens)
    page.locator(LINES).last.click()
    screens.settle()
    for _ in range(6):
        page.keyboard.down("j")
        page.wait_for_timeout(33)
    page.keyboard.up("j")
    page.wait_for_timeout(1200)
    screens.settle()
    expect(page.get_by_test_id("stPaginationPageActive")).to_have_text("2")
