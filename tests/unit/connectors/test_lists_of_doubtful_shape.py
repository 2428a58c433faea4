"""Tables whose columns can be taken for something else: nobody's owner is lost or made up."""

import json

import pytest

from connectors.ip_intelligence.reader import read_network_list
from workbench.model.network_list import NetworkList

Said = tuple[str | None, str | None, str | None]


def read(text: str) -> NetworkList:
    return read_network_list("list", text.encode(), largest_bytes=1_000_000)


def said(found: NetworkList) -> list[Said]:
    """Return kind, owner and country of each line."""
    return [(row["kind"], row["owner"], row["country"]) for row in found.ranges.to_pylist()]


ENDS = ("192.0.2.0,192.0.2.255", "198.51.100.0,198.51.100.255", "203.0.113.0,203.0.113.255")
COUNTRIES = {
    "country and region": (("SA,RI", "SA,MK"), ("SA", "SA")),
    "country and continent": (("NA,AF", "NA,AF"), ("NA", "NA")),
    "countries and their continents": (("NA,AF", "SA,AS"), ("NA", "SA")),
    "a mark of continents alone": (("EU,NO", "EU,SE"), ("NO", "SE")),
    "several continents": (("AS,CN", "SA,BR", "NA,US"), ("CN", "BR", "US")),
    "several continents, one place unknown": (("AS,CN", "OC,AU", "ZZ,ZZ"), ("CN", "AU", None)),
}


@pytest.mark.parametrize(("cells", "countries"), COUNTRIES.values(), ids=COUNTRIES)
def test_a_country_is_not_taken_for_a_continent(
    cells: tuple[str, ...], countries: tuple[str | None, ...]
) -> None:
    text = "".join(f"{ends},{cell}\n" for ends, cell in zip(ENDS, cells, strict=False))
    assert [country for _, _, country in said(read(text))] == list(countries)


OWNERS: dict[str, tuple[str, list[Said]]] = {
    "a score behind the owner": (
        "192.0.2.0/24,Example VPN,0.95\n198.51.100.0/24,Example Net,0.80\n",
        [(None, "Example VPN", None), (None, "Example Net", None)],
    ),
    "two scores behind the owner": (
        "192.0.2.0/24,Example VPN,0.95,0.20\n",
        [(None, "Example VPN", None)],
    ),
    "an owner that ends in digits": (
        "192.0.2.0/24;EXNET77\n198.51.100.0/24;EXNET77\n203.0.113.0/24;EXNET77\n",
        [(None, "EXNET77", None)] * 3,
    ),
    "owners that end in digits": (
        "192.0.2.0/24;EXNET77\n198.51.100.0/24;OTHER2\n203.0.113.0/24;THIRD9\n",
        [(None, "EXNET77", None), (None, "OTHER2", None), (None, "THIRD9", None)],
    ),
    "references to a listing we do not know": (
        "192.0.2.0/24;LIST-1\n198.51.100.0/24;LIST-2\n203.0.113.0/24;LIST-3\n",
        [(None, None, None)] * 3,
    ),
    "a town without a region": (
        "192.0.2.0/24,NO,,Oslo,\n2001:db8::/32,SE,,Stockholm,\n",
        [(None, None, "NO"), (None, None, "SE")],
    ),
    "a town and no postal code": ("192.0.2.0/24,NO,,Oslo\n", [(None, None, "NO")]),
    "a town by its degrees": ("192.0.2.0/24,NO,Oslo,59.91,10.75\n", [(None, None, "NO")]),
    "an owner behind a country": ("192.0.2.0/24,NO,Example\n", [(None, "Example", "NO")]),
    "a use that is not known": (
        "192.0.2.0,192.0.2.255,PUB,NO\n198.51.100.0,198.51.100.9,AIC,NO\n203.0.113.0,203.0.113.9,DCH,NO\n",
        [("vpn", None, "NO"), (None, None, "NO"), ("hosting", None, "NO")],
    ),
    "a use that is not said": (
        "192.0.2.0,192.0.2.255,VPN,NO\n198.51.100.0,198.51.100.9,-,NO\n",
        [("vpn", None, "NO"), (None, None, "NO")],
    ),
    "uses that are mostly not known": (
        "192.0.2.0,192.0.2.255,COM,NO\n198.51.100.0,198.51.100.9,ISP,NO\n203.0.113.0,203.0.113.9,DCH,NO\n",
        [(None, None, "NO")] * 3,
    ),
}


@pytest.mark.parametrize(("text", "expected"), OWNERS.values(), ids=OWNERS)
def test_an_owner_is_neither_lost_nor_made_of_a_town_a_use_or_a_reference(
    text: str, expected: list[Said]
) -> None:
    assert said(read(text)) == expected


def test_a_country_s_code_goes_before_its_name_in_whatever_order_json_has_them() -> None:
    isles = "The Example Isles"
    places = [
        {"country": isles, "country_code": "NO"},
        {"cc": "se", "country_name": isles},
        {"country": "Norway", "country_code": ""},
        {"country": isles, "country_code": 578},
        {"country": isles},
    ]
    entries = [{"prefix": f"192.0.2.{no}", **place} for no, place in enumerate(places)]
    countries = [country for _, _, country in said(read(json.dumps(entries)))]
    assert countries == ["NO", "SE", "NO", isles, isles]


def test_a_name_that_json_only_affirms_is_no_owner() -> None:
    found = read('[{"prefix": "192.0.2.0/24", "vpn": true, "name": "Example VPN"}]')
    assert said(found) == [(None, "Example VPN", None)]


@pytest.mark.parametrize("end", ["", ","])
def test_addresses_alone_on_one_line_are_no_table_of_first_and_last(end: str) -> None:
    found = read(",".join(f"192.0.2.{last}" for last in range(200)) + end)
    assert found.ranges.num_rows == 200


@pytest.mark.parametrize("header", ["", "network,owner\n"])
def test_a_row_with_a_cell_too_long_is_refused_by_its_line(header: str) -> None:
    long = " " * 16_000
    found = read(f"{header}192.0.2.0/24,Example\n198.51.100.0{long}x,Example\n")
    assert said(found) == [(None, "Example", None)]
    [line] = found.rejections
    assert line.place == f"line {2 + bool(header)}"
    assert "1,000 characters" in line.reason
