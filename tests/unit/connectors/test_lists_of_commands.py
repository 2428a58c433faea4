"""Lines of firewalls and servers: what they keep out is the list, what they except from it is not."""

import pytest

from connectors.ip_intelligence.reader import read_network_list
from workbench.model.network_list import NetworkList


def read(text: str) -> NetworkList:
    return read_network_list("list", text.encode(), largest_bytes=1_000_000)


def written(found: NetworkList) -> list[str]:
    return [row["as_written"] for row in found.ranges.to_pylist()]


SET = """create example hash:net family inet hashsize 1024 timeout 0 comment
add example 192.0.2.0/25 timeout 86400
add example 198.51.100.0/24 packets 0 bytes 0 comment "Example VPN" timeout 5
add example 198.51.100.128/25 timeout 600 nomatch
add example 203.0.113.9 comment "nomatch"
"""


def test_options_of_a_set_are_no_owners_and_its_exceptions_no_members() -> None:
    found = read(SET)
    assert [(row["as_written"], row["owner"]) for row in found.ranges.to_pylist()] == [
        ("192.0.2.0/25", None),
        ("198.51.100.0/24", "Example VPN"),
        ("203.0.113.9", "nomatch"),
    ]
    assert [line.place for line in found.rejections] == ["line 4"]
    assert "exception" in found.rejections[0].reason
    assert "without it" in found.rejections[0].remedy


def test_what_a_server_lets_in_is_not_read_beside_what_it_keeps_out() -> None:
    found = read("allow 192.0.2.0/25; # office\ndeny 192.0.2.0/24;\ndeny all;\n")
    assert written(found) == ["192.0.2.0/24"]
    assert [line.place for line in found.rejections] == ["line 1", "line 3"]
    assert "exception" in found.rejections[0].reason


def test_what_a_server_lets_in_and_nothing_else_is_a_list() -> None:
    assert written(read("allow 192.0.2.0/24;\nAllow from 198.51.100.0/24\ndeny all;\n")) == [
        "192.0.2.0/24", "198.51.100.0/24",
    ]  # fmt: skip


LONG = " " * 16_000


@pytest.mark.parametrize(
    "text",
    [
        f"192.0.2.0/24\n198.51.100.0{LONG}x\n",
        f"192.0.2.0/24\ndeny{LONG}x\n",
        f"ExitAddress 192.0.2.0\nExitAddress 198.51.100.0{LONG}x\n",
    ],
)
def test_a_line_too_long_to_be_a_range_is_refused_by_its_number(text: str) -> None:
    found = read(text)
    assert found.ranges.num_rows == 1
    [line] = found.rejections
    assert line.place == f"line {text.count(chr(10))}"
    assert "1,000 characters" in line.reason
