"""The records of a MaxMind-format file: what is preferred in them, and what a forged one may cost."""

import struct
from pathlib import Path
from typing import Any

import pytest
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from connectors.ip_intelligence.reader import read_network_list
from workbench.errors import UserError

NODES = 63  # a whole tree six bits deep, thus 64 records
MARK = b"\xab\xcd\xefMaxMind.com"
POINTER = 5  # bytes


def read(content: bytes) -> list[dict[str, Any]]:
    return read_network_list("made.mmdb", content, largest_bytes=10_000_000).ranges.to_pylist()


def made(tmp_path: Path, record: dict[str, Any]) -> bytes:
    writer = MMDBWriter(4, "Example")
    writer.insert_network(IPSet(["192.0.2.0/24"]), record)
    path = tmp_path / "made.mmdb"
    writer.to_db_file(str(path))
    return path.read_bytes()


@pytest.mark.parametrize("is_code_first", [True, False])
def test_a_code_goes_before_the_name_of_a_country(tmp_path: Path, is_code_first: bool) -> None:
    said = [("country_code", "HK"), ("country", "Hong Kong"), ("as_name", "Example"), ("org", "E")]
    [row] = read(made(tmp_path, dict(said if is_code_first else reversed(said))))
    assert (row["country"], row["owner"]) == ("HK", "E")


def test_a_build_time_without_end_is_called_damage(tmp_path: Path) -> None:
    before, key, after = made(tmp_path, {"country_code": "NO"}).rpartition(b"build_epoch")
    endless = b"\x68" + struct.pack("!d", float("inf")) + after[2 + after[0] % 32 :]
    with pytest.raises(UserError, match="damaged") as refused:
        read(before + key + endless)
    assert isinstance(refused.value.__cause__, OverflowError)


def text(written: str) -> bytes:
    return bytes([2 << 5 | len(written)]) + written.encode()


def members(count: int, encoded: bytes) -> bytes:
    return b"\xfe" + (count - 285).to_bytes(2) + encoded


def pointer(at: int) -> bytes:
    return b"\x38" + at.to_bytes(4)


def of_one_record(record: bytes, at: int = 0) -> bytes:
    """Write a file each of whose 64 networks has a pointer of its own to one record."""

    def child(number: int) -> bytes:
        leaf = NODES + 16 + len(record) + POINTER * (number - NODES)
        return (number if number < NODES else leaf).to_bytes(4)

    tree = b"".join(child(2 * node + 1) + child(2 * node + 2) for node in range(NODES))
    numbers = {"node_count": NODES, "record_size": 32, "ip_version": 4, "build_epoch": 0}
    numbers |= {"binary_format_major_version": 2, "binary_format_minor_version": 0}
    says = b"".join(text(name) + bytes([0xC1, number]) for name, number in numbers.items())
    says += text("database_type") + text("Example") + text("languages") + b"\x00\x04"
    says += text("description") + b"\xe0"
    described = bytes([7 << 5 | len(numbers) + 3]) + says
    return tree + bytes(16) + record + pointer(at) * (NODES + 1) + MARK + described


def test_networks_may_share_a_large_record() -> None:
    shared = members(400, text("country_code") + text("NO") + (text("k") + b"\xc1\x01") * 399)
    assert [row["country"] for row in read(of_one_record(shared))] == ["NO"] * 64


LONG = b"\x5f" + (200_000 - 65_821).to_bytes(3) + b"x" * 200_000
FORGED = {
    "values": (members(5_000, (text("k") + b"\xc1\x01") * 5_000), 0),
    "text": (LONG + b"\xea" + b"".join(text(f"k{no}") + pointer(0) for no in range(10)), len(LONG)),
}


@pytest.mark.parametrize(("record", "at"), FORGED.values(), ids=FORGED)
def test_records_that_come_to_far_more_than_the_file_are_called_damage(
    record: bytes, at: int
) -> None:
    with pytest.raises(UserError, match="damaged") as refused:
        read(of_one_record(record, at))
    assert "size" in str(refused.value.__cause__)
