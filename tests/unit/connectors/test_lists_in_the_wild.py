"""Forms that registries, address services, firewalls and servers publish, each with what it says."""

from datetime import date
from ipaddress import ip_address

import pytest

from connectors.ip_intelligence.reader import read_network_list
from workbench.errors import UserError
from workbench.model.network_list import NetworkList

Row = tuple[str, str | None, str | None, str | None]


def read(text: str) -> NetworkList:
    return read_network_list("list", text.encode(), largest_bytes=1_000_000)


def rows(found: NetworkList) -> list[Row]:
    """Return range, kind, owner and country of each line."""
    return [
        (row["as_written"], row["kind"], row["owner"], row["country"])
        for row in found.ranges.to_pylist()
    ]


def number(address: str) -> int:
    found = ip_address(address)
    return int(found) + (0xFFFF << 32 if found.version == 4 else 0)


DELEGATION = """2|ripencc|1793522340|4|19830705|20261031|+0100
ripencc|*|ipv4|*|3|summary
ripencc|NO|asn|64496|1|19930901|allocated|a
ripencc|NO|ipv4|192.0.2.0|256|20200101|allocated|a
ripencc|SE|ipv4|198.51.100.0|192|20200101|assigned|b
ripencc||ipv4|203.0.113.0|256||available|
ripencc|DK|ipv6|2001:db8::|40|20200101|allocated|c
ripencc|DK|ipv4|nowhere|256|20200101|allocated|c
ripencc|DK|ipv4|192.0.2.0
ripencc|DK|ipv4|192.0.2.0|²|20200101|allocated|c
ripencc|DK|ipv4|192.0.2.0|{many_digits}|20200101|allocated|c
ripencc|DK|ipv4|192.0.2.0|4294968064|20200101|allocated|c
192.0.2.0/24
""".replace("{many_digits}", "9" * 5_000)


def test_delegations_of_a_registry_say_country_and_count_of_addresses() -> None:
    found = read(DELEGATION)
    assert rows(found) == [
        ("192.0.2.0-192.0.2.255", None, None, "NO"),
        ("198.51.100.0-198.51.100.191", None, None, "SE"),  # no power of two
        ("203.0.113.0-203.0.113.255", None, None, None),
        ("2001:db8::/40", None, None, "DK"),
    ]
    assert [line.place for line in found.rejections] == [f"line {no}" for no in range(8, 14)]


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("2|ripencc|1793522340|4|19830705|20261031|+0100", date(2026, 10, 31)),
        ("2.3|arin|1793522340123|4|19830705|20261031|-0500", date(2026, 10, 31)),
        ("2|nro|20261101|4|00000000|00000000|+0000", date(2026, 11, 1)),
        ("2|apnic|20261101|4||", date(2026, 11, 1)),
        ("2|lacnic|1793522340|4|19830705||+0000", None),
    ],
)
def test_delegations_are_as_old_as_their_last_day(header: str, day: date | None) -> None:
    found = read(f"{header}\nripencc|NO|ipv4|192.0.2.0|256|20200101|allocated|a\n")
    assert (found.as_of, found.rejected_count) == (day, 0)


OBJECTS = """% an answer

inetnum:        192.0.2.0 - 192.0.2.255
netname:        EXAMPLE-NET
descr:          Example
                on two lines
country:        NO

person:         Invented Name
address:        Example street 1

inet6num:       2001:db8::/32
org-name:       Example Six
country:        EU # Country is really world wide

route:          nowhere
"""


def test_objects_of_a_registry_name_the_network_and_nobody_else() -> None:
    found = read_network_list("list", OBJECTS.encode("utf-16"), largest_bytes=1_000_000)
    assert rows(found) == [
        ("192.0.2.0 - 192.0.2.255", None, "EXAMPLE-NET", "NO"),
        ("2001:db8::/32", None, "Example Six", None),
    ]
    assert [line.place for line in found.rejections] == ["line 16"]


def test_objects_without_a_blank_line_between_them_are_still_several() -> None:
    found = read(
        "inetnum: 192.0.2.0 - 192.0.2.255 # laboratory\ncountry: NO\n+ continued\n"
        "inetnum: 198.51.100.0 - 198.51.100.255\ncountry: SE\n"
        "route: 203.0.113.0/24\norigin: AS64496\n203.0.113.9\n2001:db8::/32\ndb8::1\n"
    )
    assert rows(found) == [
        ("192.0.2.0 - 192.0.2.255", None, None, "NO"),
        ("198.51.100.0 - 198.51.100.255", None, None, "SE"),
        ("203.0.113.0/24", None, "AS64496", None),
    ]
    assert [line.place for line in found.rejections] == ["line 8", "line 9", "line 10"]


@pytest.mark.parametrize(
    "written", ["192.0.2.0/25\n192.0.2.128/25\n", "Example Net:192.0.2.0-192.0.2.9\nabc::1\n"]
)
def test_one_line_like_an_object_makes_no_plain_list_objects(written: str) -> None:
    found = read(f"{written}route: 198.51.100.0/24\n")
    assert (found.source_format, found.read_count) == ("lines", 3)
    assert len(rows(found)) > 1


COMMANDS = """create example hash:net family inet hashsize 1024
add example 192.0.2.0/25
set_real_ip_from 2001:db8::/40;
deny from 198.51.100.0/24
deny 203.0.113.9;
"""


def test_ranges_in_lines_of_firewalls_and_servers() -> None:
    assert [row[0] for row in rows(read(COMMANDS))] == [
        "192.0.2.0/25", "2001:db8::/40", "198.51.100.0/24", "203.0.113.9",
    ]  # fmt: skip


def test_zones_and_brackets_are_passed_over() -> None:
    found = read("[2001:db8::1]\n2001:db8:1::5%eth0\n[2001:db8:ffff::]/48\n")
    assert found.rejected_count == 0
    lows = [(row["start_high"] << 64) + row["start_low"] for row in found.ranges.to_pylist()]
    assert lows == [number("2001:db8::1"), number("2001:db8:1::5"), number("2001:db8:ffff::")]


def test_a_list_of_numbers_counts_ipv6_from_nothing() -> None:
    text = (
        '"0","281470681743359","-","-"\n'
        f'"{number("192.0.2.0")}","{number("192.0.2.255")}","NO","Norway"\n'
        f'"{number("2001:db8::")}","{number("2001:db8::ffff")}","SE","Sweden"\n'
    )
    found = read(text)
    assert [row[3] for row in rows(found)] == [None, "NO", "SE"]
    assert found.rejected_count == 0


@pytest.mark.parametrize(
    "ends",
    ["0,4294967296", "3221225984,32212262390", "²,4294967296", "9" * 5_000 + ",4294967296"],
    ids=["counted from 0", "a digit too many", "raised digit", "thousands of digits"],
)
def test_a_number_written_wrong_is_refused_and_the_rest_loads(ends: str) -> None:
    good = "".join(f"{first},{first + 255},NO\n" for first in (3221225984, 3325256704))
    found = read(f"{good}{ends},NO\n")
    assert [row[3] for row in rows(found)] == ["NO", "NO"]
    assert [line.place for line in found.rejections] == ["line 3"]


TABLES: dict[str, tuple[str, list[Row]]] = {
    "a word for the use": (
        "192.0.2.5,192.0.2.5,VPN,NO\n203.0.113.9,203.0.113.9,TOR,SE\n198.51.100.0,198.51.100.9,DCH,-\n",
        [
            ("192.0.2.5-192.0.2.5", "vpn", None, "NO"),
            ("203.0.113.9-203.0.113.9", "tor", None, "SE"),
            ("198.51.100.0-198.51.100.9", "hosting", None, None),
        ],
    ),
    "continent, country and town": (
        "192.0.2.0,192.0.2.255,EU,NO,Oslo,Oslo,59.9,10.7\n198.51.100.0,198.51.100.255,EU,SE,,,59.3,18.0\n",
        [
            ("192.0.2.0-192.0.2.255", None, None, "NO"),
            ("198.51.100.0-198.51.100.255", None, None, "SE"),
        ],
    ),
    "where a network is used": (
        "192.0.2.0/24,NO,NO-03,Oslo,\n2001:db8::/32,DK,DK-84,Copenhagen,\n",
        [("192.0.2.0/24", None, None, "NO"), ("2001:db8::/32", None, None, "DK")],
    ),
    "references behind ranges": (
        "192.0.2.0/24 ; SBL1234\n198.51.100.0/24 ; SBL12345\n",
        [("192.0.2.0/24", None, None, None), ("198.51.100.0/24", None, None, None)],
    ),
    "an owner that is often unknown": (
        "192.0.2.0,192.0.2.255,64496,Example Net\n198.51.100.0,198.51.100.255,0,-\n",
        [
            ("192.0.2.0-192.0.2.255", None, "Example Net", None),
            ("198.51.100.0-198.51.100.255", None, None, None),
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), TABLES.values(), ids=TABLES)
def test_tables_without_a_header_are_told_by_what_stands_in_them(
    text: str, expected: list[Row]
) -> None:
    assert rows(read(text)) == expected


def test_one_object_a_line_with_one_that_describes_the_list() -> None:
    found = read('{"cidr":"192.0.2.0/24","rir":"x"}\n{"type":"metadata","timestamp":1793959200}\n')
    assert (rows(found)[0][0], found.as_of) == ("192.0.2.0/24", date(2026, 11, 6))


def test_a_web_page_saved_as_a_list_is_called_one() -> None:
    page = "<!DOCTYPE html>\n<html><body>Your address 192.0.2.5, sent 1, 2, 3</body></html>\n"
    with pytest.raises(UserError, match="web page"):
        read(page)
