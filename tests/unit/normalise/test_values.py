"""One table per kind of value: what is written, and what is compared."""

import tracemalloc
from datetime import UTC, date, datetime

import pytest

from workbench.model.vocabulary import NetworkKind
from workbench.normalise.blank import blank_kind
from workbench.normalise.email import normalise_email
from workbench.normalise.hash import normalise_hash
from workbench.normalise.ip_address import is_private_use, network_kind_of, normalise_ip_address
from workbench.normalise.number import normalise_decimal_number, normalise_whole_number
from workbench.normalise.phone import normalise_phone
from workbench.normalise.provider_name import fold_provider_name
from workbench.normalise.report_number import normalise_report_number, report_number_in_name
from workbench.normalise.screen_name import normalise_profile_url, normalise_screen_name
from workbench.normalise.time import normalise_date, normalise_time
from workbench.normalise.truth import normalise_truth


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (None, "null"), ("", "empty"), ("   ", "empty"), ([], "empty"), ("N/A", "n/a"), (" n/a ", "n/a"),
        (False, None), ("0", None), ("NA", None), ("false", None), (["x"], None),
    ],
)  # fmt: skip
def test_a_value_that_says_nothing_says_how(written: object, expected: str | None) -> None:
    assert blank_kind(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (True, True), (False, False), ("true", True), ("1", True), ("0", False), (" TRUE ", True),
        ("Ja", True), ("nei", False), ("maybe", None), ("", None), ("2", None), ([], None),
    ],
)  # fmt: skip
def test_only_what_is_clearly_yes_or_no_is_yes_or_no(written: object, expected: object) -> None:
    assert normalise_truth(written) is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"), (" 192.000.002.007 ", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:0DB8:0:0:0:0:0:1", "2001:db8::1"), ("[2001:db8::1]", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"), ("192.0.2.256", None), ("river_stone", None), ("", None),
        ("192.0.2.0/24", None), ("010.020.030.040", "10.20.30.40"),
    ],
)  # fmt: skip
def test_an_address_has_one_spelling(written: str, expected: str | None) -> None:
    assert normalise_ip_address(written) == expected


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("192.0.2.1", NetworkKind.RESERVED), ("10.0.0.1", NetworkKind.RESERVED),
        ("100.64.3.9", NetworkKind.CARRIER), ("2001:db8::1", NetworkKind.RESERVED),
        ("100.128.0.1", NetworkKind.UNKNOWN), ("nonsense", NetworkKind.UNKNOWN),
    ],
)  # fmt: skip
def test_a_range_says_its_kind_without_a_list(written: str, kind: NetworkKind) -> None:
    assert network_kind_of(written) == kind


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("10.1.2.3", True),
        ("fe80::1", True),
        ("192.0.2.1", False),
        ("100.64.3.9", False),
        ("x", None),
    ],
)
def test_private_use_is_told_apart_from_other_reserved_ranges(
    written: str, expected: bool | None
) -> None:
    assert is_private_use(written) is expected


@pytest.mark.parametrize(
    ("written", "at", "stated"),
    [
        ("2026-11-21T14:05:00Z", datetime(2026, 11, 21, 14, 5, tzinfo=UTC), True),
        ("2026-11-21T14:05:00.123456789Z", datetime(2026, 11, 21, 14, 5, 0, 123456, UTC), True),
        ("2026-11-21T14:05:00-07:00", datetime(2026, 11, 21, 21, 5, tzinfo=UTC), True),
        ("2026-11-21 14:05:00 UTC", datetime(2026, 11, 21, 14, 5, tzinfo=UTC), True),
        ("2026-11-21T14:05:00", datetime(2026, 11, 21, 14, 5, tzinfo=UTC), False),
        ("2026-11-21", datetime(2026, 11, 21, tzinfo=UTC), False),
    ],
)
def test_a_time_knows_whether_its_zone_was_stated(written: str, at: datetime, stated: bool) -> None:
    instant = normalise_time(written)
    assert instant is not None
    assert (instant.at, instant.zone_was_stated) == (at, stated)


@pytest.mark.parametrize(
    "written",
    ["11/12/2026", "21.11.2026", "yesterday", "", "20261121", "0001-01-01T00:00:00Z", "2026-13-01",
     "9999-12-31T23:59:59-23:00"],
)  # fmt: skip
def test_a_time_that_could_be_another_day_is_not_read(written: str) -> None:
    assert normalise_time(written) is None


def test_a_day_drops_its_time_of_day() -> None:
    assert normalise_date("2012-03-04T00:00:00Z") == date(2012, 3, 4)
    assert normalise_date("04.03.2012") is None
    assert normalise_date("20120304") is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [("13", 13), (" 13 ", 13), ("13.0", 13), ("-1", -1), ("13.5", None), ("thirteen", None),
     ("9" * 40, None), ("", None), ("²", None)],
)  # fmt: skip
def test_whole_numbers(written: str, expected: int | None) -> None:
    assert normalise_whole_number(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("59.91", 59.91), ("nan", None), ("inf", None), ("north", None)],
)
def test_decimal_numbers(written: str, expected: float | None) -> None:
    assert normalise_decimal_number(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("Kari.Example@EXAMPLE.org", "kari.example@example.org"), (" a+b@example.org ", "a+b@example.org"),
     ("not an address", None), ("@example.org", None), ("kari@", None),
     ("blåbær@example.org", "blåbær@example.org")],
)  # fmt: skip
def test_emails(written: str, expected: str | None) -> None:
    assert normalise_email(written) == expected


@pytest.mark.parametrize(
    ("written", "code", "expected"),
    [("+47 40 00 00 00", None, "+4740000000"), ("0047 40000000", None, "+4740000000"),
     ("40000000", "+47", "+4740000000"), ("40000000", "47", "+4740000000"),
     ("40000000", None, None), ("+47", None, None), ("call me", "+47", None)],
)  # fmt: skip
def test_a_phone_number_needs_a_stated_country(
    written: str, code: str | None, expected: str | None
) -> None:
    assert normalise_phone(written, code) == expected


def test_hashes_ignore_case_and_other_encodings_stay() -> None:
    assert normalise_hash("AABBCCDDEEFF00112233445566778899") == "aabbccddeeff00112233445566778899"
    assert normalise_hash("Zm9v+/=") == "Zm9v+/="
    assert normalise_hash("  ") is None


def test_names_people_go_by() -> None:
    assert normalise_screen_name(" @River_Stone ") == "river_stone"
    assert normalise_screen_name("@") is None
    assert normalise_profile_url("https://www.Example.org/River/") == "example.org/River"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("CyberTipline Report #991000602", "991000602"), ("991 000 602", "991000602"),
        ("991,000,602", "991000602"), ("991000602", "991000602"), ("0099", "0099"), ("ABC-7", "ABC-7"),
        ("CT991000602", "991000602"), ("TIP-991000602", "991000602"), ("991000602.", "991000602"),
        ("991\u202f000\u202f602", "991000602"), ("991\u2009000\u2009602.", "991000602"),
        ("９９１０００６０２", "991000602"), ("٩٩١٠٠٠٦٠٢", "991000602"),
        ("none", None), ("Unknown", None), ("-", None), ("--", None), ("0", None), ("000", None),
        ("TBD", None), ("n.a.", None), ("?", None), ("CT", None), ("٠", None), ("", None),
    ],
)  # fmt: skip
def test_a_report_number_has_one_spelling(written: str, expected: str | None) -> None:
    assert normalise_report_number(written) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("991000602.xml", "991000602"), ("CyberTip_991000602_report.xml", "991000602"), ("report.xml", None),
        ("CT991000602", "991000602"), ("20261122.xml", None), ("991000602-991000603.xml", None),
        ("export_20261122_991000602.xml", "991000602"), ("report_12.xml", None), ("4740000000123.xml", None),
        ("1763770000.xml", None), ("991000602-991000602.xml", "991000602"), ("deadbeef1234567890.xml", None),
    ],
)  # fmt: skip
def test_a_number_in_a_name_is_taken_only_when_it_is_certain(
    name: str, expected: str | None
) -> None:
    assert report_number_in_name(name) == expected


def test_legal_forms_and_case_do_not_make_another_provider() -> None:
    spellings = [
        "Example Chat, Inc.",
        "EXAMPLE CHAT",
        "Example-Chat LLC",
        "example chat ireland limited",
    ]
    assert {fold_provider_name(name) for name in spellings} == {"example chat"}
    assert fold_provider_name("Company") == "company"


def test_long_texts_that_are_no_address_are_not_kept_in_memory() -> None:
    assert normalise_ip_address(" " * 200 + "192.0.2.7") == "192.0.2.7"
    tracemalloc.start()
    try:
        for number in range(1_000):
            normalise_ip_address(f"{number}" + "x" * 5_000)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 500_000  # all of them are 5 MB
