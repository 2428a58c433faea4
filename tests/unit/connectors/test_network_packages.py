"""Several files in one package: MaxMind's CSV packages, and lists that publishers pack together."""

import io
import tarfile
import zipfile
from datetime import date

import pytest

from connectors.ip_intelligence.reader import read_network_list
from workbench.errors import UserError
from workbench.model.network_list import NetworkList

FLAGS = "represented_country_geoname_id,is_anonymous_proxy,is_satellite_provider,is_anycast"
BLOCKS = f"network,geoname_id,registered_country_geoname_id,{FLAGS}\n"
COUNTRIES = (
    "geoname_id,locale_code,continent_code,continent_name,country_iso_code,country_name,is_in_european_union\n"
    "3144096,en,EU,Europe,NO,Norway,0\n2661886,en,EU,Europe,SE,Sweden,1\n6255148,en,EU,Europe,,,0\n"
)
CITIES = (
    "geoname_id,locale_code,country_iso_code,country_name,city_name,time_zone\n"
    '3143244,en,NO,Norway,"Example, by",Europe/Oslo\n'
)
NOTES = {"COPYRIGHT.txt": "Invented.", "LICENSE.txt": "See https://example.org/terms"}


def zipped(files: dict[str, str], folder: str = "GeoLite2-Country-CSV_20260105/") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in files.items():
            archive.writestr(folder + name, text)
    return written.getvalue()


def read(content: bytes, name: str = "package.zip") -> NetworkList:
    return read_network_list(name, content, largest_bytes=1_000_000)


def said(found: NetworkList, column: str) -> dict[str, str | None]:
    rows = found.ranges.to_pylist()
    return {row["as_written"]: row[column] for row in rows}


def country_package(**further: str) -> dict[str, str]:
    return NOTES | {
        "GeoLite2-Country-Blocks-IPv4.csv": BLOCKS
        + "192.0.2.0/25,3144096,2661886,,0,0,\n"
        + "192.0.2.128/25,,2661886,,0,0,\n"
        + "198.51.100.0/24,6255148,3144096,,0,0,\n"
        + "203.0.113.0/24,,,,1,0,\n",
        "GeoLite2-Country-Blocks-IPv6.csv": BLOCKS + "2001:db8::/33,2661886,3144096,,0,0,\n",
        "GeoLite2-Country-Locations-de.csv": COUNTRIES.replace(",en,", ",de,"),
        "GeoLite2-Country-Locations-en.csv": COUNTRIES,
        **further,
    }


def test_a_country_package_says_where_a_network_is_used_else_where_it_is_registered() -> None:
    found = read(zipped(country_package()))
    assert said(found, "country") == {
        "192.0.2.0/25": "NO",  # used in one country, registered in another
        "192.0.2.128/25": "SE",  # only registered
        "198.51.100.0/24": "NO",  # used somewhere in Europe: no country
        "203.0.113.0/24": None,
        "2001:db8::/33": "SE",
    }
    assert (found.source_format, found.as_of) == ("maxmind csv", date(2026, 1, 5))
    assert (found.read_count, found.rejected_count) == (5, 0)


def test_a_place_that_cannot_be_read_is_refused_and_the_rest_loads() -> None:
    places = COUNTRIES.replace("2661886", f"1,en,EU,{'x' * 200_000},NO,Norway,0\n2661886")
    locations = "GeoLite2-Country-Locations-en.csv"
    files = country_package(**{locations: places})
    del files["GeoLite2-Country-Locations-de.csv"]
    found = read(zipped(files))
    assert set(said(found, "country").values()) == {"NO", "SE", None}
    assert [line.place.rpartition("/")[2] for line in found.rejections] == [f"{locations}, line 3"]
    assert found.rejected_count == 1


def test_a_city_package_names_the_country_of_the_city() -> None:
    blocks = BLOCKS.replace("\n", ",postal_code,latitude\n")
    found = read(
        zipped(
            {
                "GeoLite2-City-Blocks-IPv4.csv": blocks + "192.0.2.0/24,3143244,,,0,0,,0150,59.9\n",
                "GeoLite2-City-Blocks-IPv6.csv": blocks + "2001:db8::/32,3143244,,,0,0,,,\n",
                "GeoLite2-City-Locations-en.csv": CITIES,
            }
        )
    )
    assert said(found, "country") == {"192.0.2.0/24": "NO", "2001:db8::/32": "NO"}


def test_an_owner_package_holds_both_kinds_of_address() -> None:
    head = "network,autonomous_system_number,autonomous_system_organization\n"
    found = read(
        zipped(
            NOTES
            | {
                "GeoLite2-ASN-Blocks-IPv4.csv": head + '192.0.2.0/24,64496,"Example Net, AS"\n',
                "GeoLite2-ASN-Blocks-IPv6.csv": head + "2001:db8::/32,64497,\n",
            },
            "GeoLite2-ASN-CSV_20260106/",
        )
    )
    assert said(found, "owner") == {"192.0.2.0/24": "Example Net, AS", "2001:db8::/32": "AS64497"}
    assert (found.source_format, found.as_of) == ("table", date(2026, 1, 6))


@pytest.mark.parametrize("is_packed", [True, False], ids=["package", "one file"])
def test_numbers_of_places_without_their_names_are_refused(is_packed: bool) -> None:
    blocks = BLOCKS + "192.0.2.0/24,3144096,3144096,,0,0,\n"
    content = zipped({"a-IPv4.csv": blocks, "a-IPv6.csv": blocks}) if is_packed else blocks.encode()
    with pytest.raises(UserError, match="only by numbers of places") as caught:
        read(content)
    assert "Locations" in (caught.value.remedy or "")


def test_every_list_of_a_package_is_read_and_what_is_none_is_named() -> None:
    found = read(
        zipped(
            NOTES
            | {
                "ipv4.txt": "# updated 2026-02-01\n192.0.2.0/24\n",
                "ipv6.txt": "# updated 2026-01-30\n2001:db8::/32\nno range\n",
                "letter.txt": "Dear colleague\n",
                "empty.txt": "",
            },
            "lists/",
        )
    )
    assert set(said(found, "owner")) == {"192.0.2.0/24", "2001:db8::/32"}
    assert found.as_of == date(2026, 1, 30)  # the careful one of the two
    assert [line.place for line in found.rejections] == [
        "lists/ipv6.txt, line 3",
        "lists/letter.txt",
        "lists/empty.txt",
    ]
    assert found.rejected_count == 3


def test_a_packed_list_without_a_date_has_that_of_its_name() -> None:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        for name, text in {"README.md": b"Hi", "ranges.csv": b"192.0.2.0/24,Example\n"}.items():
            member = tarfile.TarInfo(f"ranges_20260301/{name}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text))
    assert read(written.getvalue()).as_of == date(2026, 3, 1)
    assert read(b"192.0.2.0/24\n", "ranges-2026-03-02.txt").as_of == date(2026, 3, 2)


HOPELESS = {
    "only notes": (NOTES, "at most notes"),
    "only places": ({"a-en.csv": COUNTRIES, "a-de.csv": COUNTRIES}, "no network"),
    "no list": ({"a.txt": "Dear\n", "b.txt": "colleague\n"}, "no address range"),
    "too many files": ({f"{no}.txt": "192.0.2.1\n" for no in range(300)}, "more than 200"),
    "too large together": ({f"{no}.txt": "192.0.2.1\n" * 60_000 for no in (1, 2)}, "larger than"),
}


@pytest.mark.parametrize(("files", "message"), HOPELESS.values(), ids=HOPELESS)
def test_a_package_without_a_list_says_so(files: dict[str, str], message: str) -> None:
    with pytest.raises(UserError, match=message) as caught:
        read(zipped(files))
    assert caught.value.remedy
