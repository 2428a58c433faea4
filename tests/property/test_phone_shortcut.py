"""A phone number that is taken as it stands is one the library would have left as it stands."""

import phonenumbers
from hypothesis import given
from hypothesis import strategies as st

from workbench.normalise.phone import normalise_phone

_CODES = st.sampled_from([str(code) for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE])


@given(code=_CODES, rest=st.from_regex(r"[0-9]{1,14}", fullmatch=True))
def test_the_shortcut_says_what_the_library_says(code: str, rest: str) -> None:
    try:
        number = phonenumbers.parse(f"+{code}{rest}")
    except phonenumbers.NumberParseException:
        number = None
    expected = (
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if number is not None and phonenumbers.is_possible_number(number)
        else None
    )
    assert normalise_phone(f"+{code} {rest}") == expected
