"""Web addresses and payments on the referral page: inert, in words, nothing where there is none."""

from html import escape
from pathlib import Path

import pytest

from tests.pages.conftest import OpenScreens
from tests.pages.test_pages import first_of, html_of, page_of
from workbench.desk.queue import QueueFilter
from workbench.store.connection import Store

FIND = "SELECT version.referral_id FROM referral.current_version AS version"
OF_VERSION_2 = f"{FIND} WHERE version.report_number = '991006004'"
OF_VERSION_3 = f"{FIND} WHERE version.report_number = '991006501'"
OF_PAYMENTS = f"{FIND} WHERE version.report_number = 'STR-991008005'"
HOSTILE = "javascript:alert(1)//<a href=x>"


def shown(path: Path, screens: OpenScreens, find: str, language: str = "en") -> str:
    with Store.open(path) as store:
        [[referral_id]] = store.query(find)[1]
    app = page_of(screens(path, language=language), "referral")
    app.query_params["referral"] = referral_id
    app.run()
    assert not app.exception
    return html_of(app)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Web addresses", "hosted", "illegal by national law", "content removed", "infant")),
        ("nb", ("Nettadresser", "driftet", "ulovlig etter nasjonal lov", "innhold fjernet", "spedbarn")),
    ],
)  # fmt: skip
def test_a_hotline_report_shows_its_addresses_inert_and_in_words(
    own_store: Path, open_screens: OpenScreens, language: str, words: tuple[str, ...]
) -> None:
    page = shown(own_store, open_screens, OF_VERSION_2, language)
    assert [word for word in words if word not in page] == []
    assert "hxxps://img3[.]example[.]net/" in page
    assert "https://img3" not in page
    assert "<a " not in page


def test_a_code_without_a_public_meaning_stays_a_code(
    own_store: Path, open_screens: OpenScreens
) -> None:
    page = shown(own_store, open_screens, OF_VERSION_3)
    assert "Assessment: code 2, meaning not public" in page
    assert "illegal by national law" not in page


def test_a_hostile_address_is_text(own_store: Path, open_screens: OpenScreens) -> None:
    with Store.open(own_store) as store:
        store.run_text(
            "UPDATE referral.web_address SET url_as_written = $hostile", {"hostile": HOSTILE}
        )
    page = shown(own_store, open_screens, OF_VERSION_2)
    assert "<a href=x>" not in page
    assert escape("<a href=x>", quote=False) in page


@pytest.mark.parametrize(("language", "title"), [("en", "Payments"), ("nb", "Betalinger")])
def test_payments_are_shown_with_the_amount_as_it_is(
    own_store: Path, open_screens: OpenScreens, language: str, title: str
) -> None:
    page = shown(own_store, open_screens, OF_PAYMENTS, language)
    assert title in page
    assert "about 400" in page
    assert "hxxp" not in page


def test_other_referrals_have_neither_section(inbox_store: Path, open_screens: OpenScreens) -> None:
    app = page_of(open_screens(inbox_store), "referral")
    app.query_params["referral"] = first_of(inbox_store, QueueFilter(kind=("image",)))
    page = html_of(app.run())
    assert "Web addresses" not in page
    assert "Payments" not in page


@pytest.mark.parametrize("kind", ["hotline_report", "connection_lead", "transaction_report"])
def test_the_queue_can_be_narrowed_to_a_kind(inbox_store: Path, kind: str) -> None:
    assert first_of(inbox_store, QueueFilter(kind=(kind,)))
