"""The Lists page, and what the referral page says of an address: who says it, as of when."""

from datetime import date
from pathlib import Path

import pytest

from tests.pages.conftest import OpenScreens
from tests.pages.test_pages import html_of, page_of
from tests.unit.enrich.network_lists import load
from workbench.demo import load_lists
from workbench.store.connection import Store


@pytest.mark.parametrize(
    ("language", "says"), [("en", "No list is loaded yet"), ("nb", "Ingen liste er lastet inn")]
)
def test_without_any_list_the_page_says_how_to_load_one(
    open_screens: OpenScreens, tmp_path: Path, language: str, says: str
) -> None:
    app = page_of(open_screens(tmp_path / "empty.duckdb", language=language), "lists").run()
    assert not app.exception
    assert says in html_of(app)
    assert "workbench feeds load" in html_of(app)


def test_each_list_stands_there_with_its_date_and_an_old_one_is_marked(
    open_screens: OpenScreens, tmp_path: Path
) -> None:
    path = tmp_path / "unit.duckdb"
    with Store.open(path) as store:
        load(store, "vpn", "192.0.2.0/24\nbad\n", name="Example exits", as_of=date(2020, 1, 31))
        load(store, "tor", "192.0.2.0/24\n", name="Undated exits", as_of=None)
        load(store, "access", "192.0.2.0/24\n", name="Today's", as_of=date(2999, 1, 1))
    html = html_of(page_of(open_screens(path), "lists").run())
    for text in ("Example exits", "31 Jan 2020", "1 line refused", "⚠ old:", "⚠ age not known"):
        assert text in html
    assert html.count("⚠") == 2


@pytest.mark.parametrize(
    ("language", "says", "not_said"),
    [("en", "invented", "oppdiktet"), ("nb", "oppdiktet", "invented")],
)
def test_the_lists_of_the_demonstration_say_in_both_languages_that_they_are_invented(
    open_screens: OpenScreens, tmp_path: Path, language: str, says: str, not_said: str
) -> None:
    path = tmp_path / "demo.duckdb"
    with Store.open(path) as store:
        load_lists(store, tmp_path / "lists", date(2026, 11, 22))
    html = html_of(page_of(open_screens(path, language=language), "lists").run())
    loaded = ("known material", "viral material", "Example logos", "Example countries")
    assert all(name in html for name in loaded)
    assert html.count(f">{says}<") == len(loaded)
    assert not_said not in html


def test_loading_without_a_file_asks_for_one(open_screens: OpenScreens, tmp_path: Path) -> None:
    app = page_of(open_screens(tmp_path / "empty.duckdb"), "lists").run()
    app.button[0].click().run()
    assert not app.exception
    assert "Choose a file first." in html_of(app)


def test_the_referral_page_says_who_says_what_of_an_address_as_of_when(
    open_screens: OpenScreens, own_store: Path
) -> None:
    with Store.open(own_store) as store:
        [first] = store.rows_of(
            "SELECT referral_id, ip_address FROM analyst.ip_event "
            "WHERE ip_address LIKE '192.0.2.%' AND is_possible_proxy ORDER BY ALL LIMIT 1"
        )
        load(
            store,
            "vpn",
            f"network,owner\n{first['ip_address']},Example VPN\n",
            name="Example exits",
        )
        load(store, "geo", "network,country\n192.0.2.0/24,SE\n", name="Example geo")
    app = page_of(open_screens(own_store), "referral")
    app.query_params["referral"] = first["referral_id"]
    html = html_of(app.run())
    for text in (
        "Example exits, as of 1 Nov 2026",
        "Example geo, as of 1 Nov 2026",
        "Our list Example exits",
        "Our list IANA special-purpose address registries",
        "NCMEC (its look-up)",
        "The provider (its claim)",
        "possible proxy",
        "192.0.2.0/24",
    ):
        assert text in html, text
