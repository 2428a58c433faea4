"""The calendar in a real browser: choose, read, open a referral, come back to the queue."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.screens import Screens
from tests.browser.test_daily_path import NUMBER, count_shown

pytestmark = pytest.mark.browser


def test_from_a_day_of_the_calendar_to_its_referral_and_to_the_same_queue(
    screens: Screens,
) -> None:
    page = screens.page
    page.goto(f"{screens.address}/calendar")
    expect(page.locator(".wb-day").first).to_be_visible()
    screens.settle()
    screens.keep_picture("calendar")

    week = page.get_by_role("button", name=re.compile("^7 days or less"))
    counted = int(re.sub(r"\D", "", week.inner_text().partition(":")[2]))
    week.click()
    screens.settle()
    expect(page).to_have_url(re.compile("expires=week"))

    page.get_by_role("button", name="Show these in the queue").click()
    expect(page.locator(".wb-list")).to_be_visible()
    screens.settle()
    assert count_shown(page) == counted
    page.get_by_role("link", name="Calendar").click()
    expect(page.locator(".wb-day").first).to_be_visible()
    screens.settle()

    report = page.locator(".wb-day .wb-choose").first
    number = report.inner_text()
    report.click()
    expect(page.locator(NUMBER)).to_have_text(number)
    expect(page.locator(".wb-deadline").first).to_contain_text(re.compile("Lost first|Expired"))
