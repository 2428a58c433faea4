"""Lists of address ranges as they are published -> ranges, whatever the form."""

import gzip
import io
import tarfile
import zipfile
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Any

import pytest
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from connectors.ip_intelligence.addresses import NotARangeError, range_of
from connectors.ip_intelligence.reader import read_network_list
from connectors.ip_intelligence.shipped import shipped_lists
from workbench.errors import UserError
from workbench.model.network_list import NetworkList
from workbench.normalise.ip_address import network_kind_of

MAPPED = 0xFFFF << 32


def read(content: str | bytes) -> NetworkList:
    """Read a list from its content."""
    written = content.encode() if isinstance(content, str) else content
    return read_network_list("list", written, largest_bytes=10_000_000)


def written(key: int) -> str:
    """Write a 128-bit number as an address."""
    return str(IPv4Address(key - MAPPED) if key >> 32 == 0xFFFF else IPv6Address(key))


def ends(found: NetworkList) -> list[str]:
    """Return the ranges as first-last."""
    rows = found.ranges.to_pylist()
    return [
        "-".join(
            written((row[f"{end}_high"] << 64) + row[f"{end}_low"]) for end in ("start", "end")
        )
        for row in rows
    ]


def said(found: NetworkList, *columns: str) -> list[Any]:
    """Return columns of the ranges."""
    rows = found.ranges.select(list(columns)).to_pylist()
    return [row[columns[0]] if len(columns) == 1 else tuple(row.values()) for row in rows]


WHOLE = "192.0.2.0-192.0.2.255"
RANGES = {
    "192.0.2.0/24": WHOLE,
    "192.0.2.77/24": WHOLE,  # host bits
    "192.0.2.0/255.255.255.0": WHOLE,
    "192.0.2.*": WHOLE,
    "192.0.2.0-192.0.2.255": WHOLE,
    "192.0.2.0 - 192.0.2.255": WHOLE,
    "192.0.2.0–192.0.2.255": WHOLE,
    "192.0.2.0-255": WHOLE,
    "192.000.002.000/24": WHOLE,
    "::ffff:192.0.2.0/120": WHOLE,
    "::ffff:c000:200/120": WHOLE,
    "::ffff:192.000.002.001": "192.0.2.1-192.0.2.1",
    "192.0.2.1": "192.0.2.1-192.0.2.1",
    "192.0.2.1:9001": "192.0.2.1-192.0.2.1",
    "[2001:db8::1]:443": "2001:db8::1-2001:db8::1",
    "2001:DB8::/126": "2001:db8::-2001:db8::3",
    "2001:db8::1-2001:db8::2": "2001:db8::1-2001:db8::2",
    "fe80::1%eth0": "fe80::1-fe80::1",
}


@pytest.mark.parametrize(("text", "expected"), RANGES.items(), ids=RANGES)
def test_a_range_is_read_in_every_spelling(text: str, expected: str) -> None:
    assert "-".join(map(written, range_of(text))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "192.0.2.0/33", "2001:db8::/129", "192.0.2.300", "192.0.2", "192.0.2.9-192.0.2.1", "0.0.0.0/0",
        "::/0", "192.0.2.1-2001:db8::1", "192.0.2.0/255.0.255.0", "/24", "-", "", "example.org", "192.0.2.0/-1",
    ],
)  # fmt: skip
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(NotARangeError):
        range_of(text)


def test_plain_lines_with_comments_blank_lines_and_bad_lines() -> None:
    found = read(
        "\ufeff# Example VPN exits\r\n# Last updated: 2026-11-20 04:00 UTC\r\n\r\n192.0.2.0/25 # Oslo\r\n"
        "198.51.100.7 Example VPN Bergen\r\n; old\r\nnot a range\r\n192.0.2.128 255.255.255.128\r\n"
        "203.0.113.1 203.0.113.9\r\n2001:db8::/48\r\nExample Net:203.0.113.32-203.0.113.63\r\n"
        "192.0.2.9, 192.0.2.10\r\n192.0.2.0/99\r\n"
    )
    assert found.source_format == "lines"
    assert str(found.as_of) == "2026-11-20"
    assert ends(found) == [
        "192.0.2.0-192.0.2.127",
        "198.51.100.7-198.51.100.7",
        "192.0.2.128-192.0.2.255",
        "203.0.113.1-203.0.113.9",
        "2001:db8::-2001:db8:0:ffff:ffff:ffff:ffff:ffff",
        "203.0.113.32-203.0.113.63",
        "192.0.2.9-192.0.2.9",
        "192.0.2.10-192.0.2.10",
    ]
    assert said(found, "owner")[1] == "Example VPN Bergen"
    assert said(found, "owner")[0] is None
    assert [(one.place, one.reason) for one in found.rejections] == [
        ("line 7", "There is no address or range here."),
        ("line 13", "The prefix length is not a number from 0 to 32."),
    ]
    assert found.read_count == 10
    assert all(one.remedy for one in found.rejections)


TABLES = {
    "network,provider,country\n192.0.2.0/24,Example Access AS,NO\n": (WHOLE, "Example Access AS", "NO"),
    "CIDR;Eier;Landkode\n192.0.2.0/24;Example Access AS;no\n": (WHOLE, "Example Access AS", "NO"),
    "prefix\tasn\tas_name\n192.0.2.0/24\t64500\tExample Access AS\n": (WHOLE, "Example Access AS", None),
    "range|org\n192.0.2.0-192.0.2.255|Example Access AS\n": (WHOLE, "Example Access AS", None),
    "start_ip,end_ip,country,asn\n192.0.2.0,192.0.2.255,Norway,AS64500\n": (WHOLE, "AS64500", "NO"),
    "ip_from,ip_to,country_code,country_name\n3221225984,3221226239,SE,Sweden\n": (WHOLE, None, "SE"),
    '"3221225984","3221226239","SE","Sweden"\n': (WHOLE, None, "SE"),
    "192.0.2.0,192.0.2.255,64500,Example Access AS\n": (WHOLE, "Example Access AS", None),
    "192.0.2.0\t192.0.2.255\t64500\tNone\tNot routed\n": (WHOLE, None, None),
    "192.0.2.0/24,Example Access AS\n": (WHOLE, "Example Access AS", None),
    "# as of 2026-11-01\nip,netmask,isp\n192.0.2.0,255.255.255.0,Example Access AS\n": (WHOLE, "Example Access AS", None),
    "ip,prefix_length\n192.0.2.0,24\n": (WHOLE, None, None),
    "network,autonomous_system_number,autonomous_system_organization\n192.0.2.0/24,64500,Example Access AS\n": (WHOLE, "Example Access AS", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TABLES.items(), ids=range(len(TABLES)))
def test_tables_are_read_by_header_or_by_what_stands_in_them(
    text: str, expected: tuple[Any, ...]
) -> None:
    for content in (
        text,
        text.replace("\n", "\r\n"),
        text.encode("utf-16"),
        text.encode("utf-8-sig"),
    ):
        found = read(content)
        assert found.source_format == "table"
        assert (ends(found)[0], *said(found, "owner", "country")[0]) == expected


def test_ranges_whose_owner_says_they_are_shared_are_marked() -> None:
    found = read(
        "network,owner,cgnat\n192.0.2.0/24,Example,true\n198.51.100.0/24,Example,no\n"
        "203.0.113.0/24,EXAMPLE-CGNAT-POOL,\n"
    )
    assert said(found, "is_shared") == [True, False, True]


def test_a_bad_line_of_a_table_is_named_and_the_rest_loads() -> None:
    found = read('network,owner\n192.0.2.0/24,"Example, Inc"\nx,y\n\n198.51.100.0/24\n')
    assert said(found, "owner") == ["Example, Inc", None]
    assert [one.place for one in found.rejections] == ["line 3"]
    assert found.read_count == 3


def test_tor_exit_lists_in_both_forms() -> None:
    own = read(
        "@type tordnsel 1.0\nDownloaded 2026-11-21 03:00:00\nExitNode 00AA\nPublished 2026-11-20 11:00:00\n"
        "LastStatus 2026-11-20 12:00:00\nExitAddress 192.0.2.1 2026-11-21 02:11:21\n"
        "ExitNode 00BB\nExitAddress 2001:db8::5 2026-11-20 02:11:21\nExitAddress broken\n"
    )
    assert ends(own) == ["192.0.2.1-192.0.2.1", "2001:db8::5-2001:db8::5"]
    assert str(own.as_of) == "2026-11-21"
    assert (own.read_count, own.rejected_count) == (3, 1)
    bare = read("192.0.2.1\n2001:db8::5\n")
    assert ends(bare) == ends(own)
    assert bare.as_of is None


CLOUDS = {
    '{"createDate":"2026-11-01-12-00-00","prefixes":[{"ip_prefix":"192.0.2.0/24","service":"EC2"}],'
    '"ipv6_prefixes":[{"ipv6_prefix":"2001:db8::/32","service":"S3"}]}': ["EC2", "S3"],
    '{"creationTime":"2026-11-01T08:00:00","prefixes":[{"ipv4Prefix":"192.0.2.0/24","service":"Example Cloud"},'
    '{"ipv6Prefix":"2001:db8::/32"}]}': ["Example Cloud", None],
    '{"changeNumber":7,"updated":"2026-11-01","values":[{"name":"Storage","properties":'
    '{"addressPrefixes":["192.0.2.0/24","2001:db8::/32"]}}]}': ["Storage", "Storage"],
    '{"last_updated_timestamp":"2026-11-01T01:02:03","regions":[{"region":"x","cidrs":[{"cidr":"192.0.2.0/24"},'
    '{"cidr":"2001:db8::/32"}]}]}': [None, None],
    '{"generated":1793491200,"addresses":["192.0.2.0/24"],"ipv6_addresses":["2001:db8::/32"]}': [None, None],
    '{"date":"2026-11-01","relays":[{"start_ip":"192.0.2.0","end_ip":"192.0.2.255","as_name":"A"},'
    '{"network":"2001:db8::/32","as_name":"B"}]}': ["A", "B"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "owners"), CLOUDS.items(), ids=range(len(CLOUDS)))
def test_json_as_clouds_publish_it(text: str, owners: list[str | None]) -> None:
    found = read(text)
    assert ends(found) == [WHOLE, "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"]
    assert said(found, "owner") == owners
    assert str(found.as_of) == "2026-11-01"


def test_json_without_a_frame_and_one_object_a_line() -> None:
    assert ends(read('["192.0.2.0/24"]')) == [WHOLE]
    assert ends(read('{"network":"192.0.2.0/24"}\n{"network":"198.51.100.1"}\n'))[0] == WHOLE
    broken = read('{"prefixes":["192.0.2.0/24","nonsense"]}')
    assert [one.place for one in broken.rejections] == ["prefixes[1]"]


def maxmind(tmp_path: Path, records: dict[str, Any], kind: str, ip_version: int = 6) -> Path:
    """Write a real MaxMind-format file."""
    writer = MMDBWriter(ip_version, kind, ipv4_compatible=ip_version == 6)
    for network, record in records.items():
        writer.insert_network(IPSet([network]), record)
    path = tmp_path / "made.mmdb"
    writer.to_db_file(str(path))
    return path


@pytest.mark.parametrize("ip_version", [4, 6])
def test_a_maxmind_file_of_country_and_owner(tmp_path: Path, ip_version: int) -> None:
    records = {
        "192.0.2.0/24": {"country": {"iso_code": "NO"}, "registered_country": {"iso_code": "SE"}},
        "198.51.100.0/24": {"autonomous_system_number": 64500, "autonomous_system_organization": "Example AS"},
        "203.0.113.0/24": {"registered_country": {"iso_code": "DK"}, "traits": {"isp": "Example ISP"}},
    }  # fmt: skip
    if ip_version == 6:
        records["2001:db8::/32"] = {"country_code": "FI", "as_name": "Example Six"}
    path = maxmind(tmp_path, records, "Example-City", ip_version)
    for found in (read(path.read_bytes()), read(gzip.compress(path.read_bytes()))):
        assert found.source_format == "maxmind Example-City"
        assert found.as_of == datetime.now(UTC).date()
        rows = {
            row["as_written"]: (row["country"], row["owner"]) for row in found.ranges.to_pylist()
        }
        expected = {
            "192.0.2.0/24": ("NO", None),
            "198.51.100.0/24": (None, "Example AS"),
            "203.0.113.0/24": ("DK", "Example ISP"),
            "2001:db8::/32": ("FI", "Example Six"),
        }
        assert rows == {key: expected[key] for key in records}
        assert WHOLE in ends(found)


def test_a_maxmind_file_of_anonymous_addresses_says_each_kind(tmp_path: Path) -> None:
    records = {
        "192.0.2.0/25": {"is_anonymous": True, "is_anonymous_vpn": True, "is_hosting_provider": True},
        "192.0.2.128/25": {"is_hosting_provider": True},
        "198.51.100.1/32": {"is_anonymous": True, "is_tor_exit_node": True, "is_anonymous_vpn": True},
        "198.51.100.2/32": {"is_anonymous": True},
    }  # fmt: skip
    path = maxmind(tmp_path, records, "Example-Anonymous-IP")
    found = read(path.read_bytes())
    kinds = {row["as_written"]: row["kind"] for row in found.ranges.to_pylist()}
    assert kinds == {
        "192.0.2.0/25": "vpn",
        "192.0.2.128/25": "hosting",
        "198.51.100.1/32": "tor",
        "198.51.100.2/32": None,  # the kind of the list it is loaded as
    }


def test_a_list_may_be_wrapped_and_is_never_unpacked_to_disk() -> None:
    plain = b"192.0.2.0/24\n"
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("LICENSE.txt", "free")
        archive.writestr("lists/vpn.txt", plain)
    with tarfile.open(fileobj=tarred, mode="w") as tar:
        member = tarfile.TarInfo("lists/vpn.txt")
        member.size = len(plain)
        tar.addfile(member, io.BytesIO(plain))
    for content in (gzip.compress(plain), zipped.getvalue(), gzip.compress(tarred.getvalue())):
        assert ends(read(content)) == [WHOLE]


HOPELESS = {
    "nothing": b"",
    "only comments": b"# nothing\n",
    "prose": b"Dear colleague,\nhere is the list.\n",
    "bytes": b"\x00\x01\x02\x03\x00\xff\xfe",
    "broken gzip": gzip.compress(b"192.0.2.0/24\n")[:-6],
    "broken JSON": b'{"prefixes": [',
    "deep JSON": b'{"a":' * 100_000,
    "broken MaxMind": b"\x00" * 400 + b"\xab\xcd\xefMaxMind.com" + b"\xe0\x00",
    "broken iporigin": b"IPORIGIN" + b"\x01\x00" + b"\x00" * 40,
    "too large inside": gzip.compress(b"192.0.2.1\n" * 2_000_000),
}


@pytest.mark.parametrize("content", HOPELESS.values(), ids=HOPELESS)
def test_a_file_with_nothing_usable_is_an_error_with_a_remedy(content: bytes) -> None:
    with pytest.raises(UserError) as caught:
        read(content)
    assert caught.value.remedy
    assert caught.value.location


def test_the_lists_that_are_shipped() -> None:
    registry, iporigin = (one.read() for one in shipped_lists())
    assert registry.as_of
    assert iporigin.as_of
    assert iporigin.ranges.num_rows > 30_000
    assert set(said(iporigin, "kind")) == {"tor", "vpn", "hosting"}
    # Documentation ranges that stand in a provider's feed say nothing.
    assert not {
        row for row in said(iporigin, "as_written") if row.startswith(("192.0.2.", "2001:db8:"))
    }
    for row in registry.ranges.to_pylist():
        first = written((row["start_high"] << 64) + row["start_low"])
        if first not in {
            "64:ff9b:1::",
            "3fff::",
            "5f00::",
            "ff00::",
            "2001:2::",
        }:  # newer than some Pythons
            assert network_kind_of(first) == row["kind"], first


def test_the_shipped_ranges_answer_as_the_package_does() -> None:
    import iporigin as package

    found = shipped_lists()[1].read()
    rows = found.ranges.slice(0, found.ranges.num_rows).to_pylist()[::400]
    kinds = {"cdn": "hosting", "bot": "hosting"}
    for row in rows:
        origin = package.classify(written((row["start_high"] << 64) + row["start_low"]))
        assert (kinds.get(origin.kind, origin.kind), origin.provider) == (row["kind"], row["owner"])
