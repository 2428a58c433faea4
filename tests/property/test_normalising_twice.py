"""Normalising what is normalised changes nothing, and nothing wild makes it fail."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbench.normalise.email import normalise_email
from workbench.normalise.hash import normalise_hash
from workbench.normalise.ip_address import network_kind_of, normalise_ip_address
from workbench.normalise.number import normalise_whole_number
from workbench.normalise.phone import normalise_phone
from workbench.normalise.provider_name import fold_provider_name
from workbench.normalise.report_number import normalise_report_number, report_number_in_name
from workbench.normalise.screen_name import normalise_profile_url, normalise_screen_name
from workbench.normalise.time import normalise_date, normalise_time

_NORMALISERS = [
    normalise_email, normalise_hash, normalise_ip_address, normalise_phone, fold_provider_name,
    normalise_report_number, normalise_screen_name,
]  # fmt: skip

_TEXTS = st.one_of(
    st.text(max_size=40),
    st.ip_addresses().map(str),
    st.emails(),
    st.datetimes().map(str),
    st.from_regex(r"[+0-9 ()-]{0,16}", fullmatch=True),
    st.from_regex(r"@?[A-Za-z0-9_.,# ]{0,16}", fullmatch=True),
)


@pytest.mark.parametrize("normalise", _NORMALISERS, ids=lambda function: function.__name__)
@given(text=_TEXTS)
@example("@ 0")
@example("@@x")
def test_twice_is_once(normalise: Callable[[str], str | None], text: str) -> None:
    once = normalise(text)
    assert once is None or normalise(once) == once


@given(text=_TEXTS)
def test_wild_text_is_refused_not_raised(text: str) -> None:
    normalise_time(text)
    normalise_date(text)
    normalise_whole_number(text)
    network_kind_of(text)
    normalise_profile_url(text)
    report_number_in_name(text)
