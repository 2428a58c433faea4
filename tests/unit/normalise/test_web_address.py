"""Web addresses as they may stand on a screen: nothing takes them for a link."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.normalise.web_address import inert_web_address
from workbench.store.connection import Store

WRITTEN = [
    ("https://www.example.org/a.b?c.d", "hxxps://www[.]example[.]org/a.b?c.d", "www.example.org"),
    ("HTTP://Example.org", "HxxP://Example[.]org", "example.org"),
    ("hxxps://www[.]example[.]org/x", "hxxps://www[.]example[.]org/x", "www.example.org"),
    ("//example.net/a", "//example[.]net/a", "example.net"),
    ("example.com/a", "example[.]com/a", "example.com"),
    ("https://u:p@www.example.org:8080/", "hxxps://u:p@www[.]example[.]org:8080/", "www.example.org"),
    ("http://example.org\\@example.net/", "hxxp://example[.]org\\@example.net/", "example.org"),
    ("http://192.0.2.1/x", "hxxp://192[.]0[.]2[.]1/x", "192.0.2.1"),
    ("http://[2001:db8::1]:80/x", "hxxp://[2001:db8::1]:80/x", "[2001:db8::1]"),
    ("ftp://example.org/", "ftp://example[.]org/", "example.org"),
    ("javascript:alert(1)", "javascript:alert(1)", None),
    ("  ", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "inert", "_host"), WRITTEN)
def test_an_address_is_written_inert(written: str, inert: str, _host: str | None) -> None:
    assert inert_web_address(written) == inert


@pytest.mark.parametrize(("written", "_inert", "host"), WRITTEN)
def test_its_host_is_known_also_when_it_was_made_inert(
    store: Store,
    written: str,
    _inert: str,
    host: str | None,
) -> None:
    [row] = store.rows_of("SELECT referral.host_of($written) AS host", {"written": written})
    assert row["host"] == host


@given(st.text(max_size=60))
def test_twice_is_once_and_no_text_becomes_a_link(text: str) -> None:
    inert = inert_web_address(text)
    assert inert_web_address(inert) == inert
    assert not re.match(r"https?:", inert, re.IGNORECASE)
