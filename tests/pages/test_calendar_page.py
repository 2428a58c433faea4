"""The calendar page without a browser: its choices, what it says, and that it agrees with the queue."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from workbench.desk.queue import QueueFilter, QueueSort, count_queue, list_queue
from workbench.settings import Settings
from workbench.ui.formatting import Formats
from workbench.ui.session import open_store

OpenScreens = Callable[..., AppTest]
ZONE = Settings().time_zone

PAGE = """
from workbench.ui import calendar_page
from workbench.ui.session import open_workplace

calendar_page.render(open_workplace())
"""


def calendar(open_screens: OpenScreens, store: Path, **said: str) -> AppTest:
    open_screens(store, **said)
    return AppTest.from_string(PAGE, default_timeout=60).run()


def today() -> date:
    """Return the day that the page opened next shows; the run may go on past midnight."""
    return Formats("en", ZONE).local_day(datetime.now(UTC))


def text_of(app: AppTest) -> str:
    return unescape("\n".join(element.proto.body for element in app.get("html")))


@pytest.mark.parametrize("language", ["en", "nb"])
def test_an_empty_store_says_what_to_do(
    open_screens: OpenScreens, tmp_path: Path, language: str
) -> None:
    app = calendar(open_screens, tmp_path / "empty.duckdb", language=language)
    assert not app.exception
    wanted = {"en": "Read in referrals", "nb": "Les inn henvisninger"}[language]
    assert wanted in text_of(app)


@pytest.mark.parametrize("expires", ["today", "week", "month", "later", "expired", "unknown"])
def test_every_choice_counts_what_the_queue_counts(
    open_screens: OpenScreens, inbox_store: Path, expires: str
) -> None:
    with open_store(inbox_store).cursor() as store:
        chosen = QueueFilter(expires=expires)  # type: ignore[arg-type] # parametrised
        wanted = count_queue(store, chosen, today()).total
    app = calendar(open_screens, inbox_store)
    button = app.button(key=f"expires_{expires}")
    assert button.label.endswith(f": {wanted}")
    button.click().run()
    assert not app.exception
    shown = sum(
        int(count) for count in re.findall(r">(\d+) referrals?</span></div><table", text_of(app))
    )
    if expires in {"today", "week"}:
        assert shown == wanted
    assert app.session_state["queue_filter"].expires == expires


def test_what_has_expired_undecided_is_said_and_can_be_listed(
    open_screens: OpenScreens, inbox_store: Path
) -> None:
    app = calendar(open_screens, inbox_store)
    assert "have expired. They are listed under Expired, not hidden." in text_of(app)
    app.button(key="expires_expired").click().run()
    assert re.search(r"Expired</span><span[^>]*>\d+ d ago", text_of(app))


def test_a_day_says_weekday_basis_and_by_when_to_ask(
    open_screens: OpenScreens, inbox_store: Path
) -> None:
    with open_store(inbox_store).cursor() as store:
        [row, *_] = list_queue(
            store, QueueFilter(expires="week"), QueueSort("time_left"), limit=1, offset=0,
            today=today(), language="en",
        )  # fmt: skip
    text = text_of(calendar(open_screens, inbox_store))
    assert row.deadline_on is not None
    assert Formats("en", ZONE).weekday(row.deadline_on) in text
    assert row.legal_basis in text
    assert row.ask_by_on is not None
    assert Formats("en", ZONE).weekday(row.ask_by_on) in text


def test_a_report_number_opens_its_referral(open_screens: OpenScreens, inbox_store: Path) -> None:
    text = text_of(calendar(open_screens, inbox_store))
    assert re.search(r'data-event="referral" data-value="\w+"', text)


def test_nothing_is_shown_before_the_reader_has_a_name(
    open_screens: OpenScreens, inbox_store: Path
) -> None:
    app = calendar(open_screens, inbox_store, officer="")
    assert "wb-day" not in text_of(app)
