"""Where sources name different countries for an address, the page says so, and who names each."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.pages.conftest import OpenScreens
from tests.pages.test_pages import html_of, page_of
from tests.unit.enrich.network_lists import AS_OF, load
from workbench.composition import understand
from workbench.desk.referral import show_referral
from workbench.settings import Settings
from workbench.store.connection import Store

SENTENCES = {
    "en": "Sources name different countries; the earliest last day counts first, here that of SE.",
    "nb": "Kildene oppgir ulike land; den tidligste siste dagen teller først, her den for SE.",
}
SAYS = {
    "en": ("Swedish list, as of 1 Nov 2026", "NCMEC’s look-up, "),
    "nb": ("Swedish list, per 1. nov. 2026", "NCMECs oppslag, "),
}


@pytest.fixture
def placed_twice(own_store: Path) -> tuple[Path, str]:
    """A store with an address that NCMEC places in Norway and our list places in Sweden; its referral."""
    settings = Settings(store=own_store)
    with Store.open(own_store) as store:
        event = store.rows_of(
            "SELECT referral_id, ip_address FROM analyst.ip_event "
            "WHERE ncmec_country = 'NO' AND retention_deadline_on IS NOT NULL "
            "ORDER BY referral_id, ip_event_no LIMIT 1"
        )[0]
        listed = f"network,country\n{event['ip_address']},SE\n"
        load(store, "geo", listed, name="Swedish list", as_of=AS_OF)
        understand(store, settings)
    return own_store, event["referral_id"]


@pytest.mark.parametrize("language", ["en", "nb"])
def test_both_countries_are_cited_and_the_one_that_counts_is_named(
    placed_twice: tuple[Path, str], open_screens: OpenScreens, language: str
) -> None:
    store, referral_id = placed_twice
    app = page_of(open_screens(store, language=language), "referral")
    app.query_params["referral"] = referral_id
    page = html_of(app.run())
    assert not app.exception
    assert SENTENCES[language] in page
    assert all(says in page for says in SAYS[language])


def test_countries_that_agree_are_no_sentence(own_store: Path, open_screens: OpenScreens) -> None:
    with Store.open(own_store) as store:
        [named] = store.rows_of(
            "SELECT referral_id FROM analyst.ip_event WHERE ncmec_country = 'NO' "
            "ORDER BY referral_id LIMIT 1"
        )
        today = datetime.now(UTC).date()
        view = show_referral(store, named["referral_id"], today=today, language="en")
    assert {event.countries_say for event in view.ip_events} == {""}
    app = page_of(open_screens(own_store), "referral")
    app.query_params["referral"] = named["referral_id"]
    assert "name different countries" not in html_of(app.run())
