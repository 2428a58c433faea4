"""Forged lists of a megabyte or two that used to take minutes, or for ever: now the time that they need."""

import io
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from connectors.hash_list.reader import CsvHashList
from connectors.ip_intelligence.reader import read_network_list
from workbench.errors import UserError
from workbench.model.network_list import NetworkList

Read = TypeVar("Read")
SECONDS = 10.0  # of a processor; each takes half of one, and took many times these
HALF = 500_000
BLOCK = 512  # bytes of a tar's header


def within_time(read: Callable[[], Read]) -> Read:
    before = time.process_time()
    found = read()
    assert time.process_time() - before < SECONDS
    return found


def read_list(content: bytes | str) -> NetworkList:
    written = content.encode() if isinstance(content, str) else content
    return read_network_list("list", written, largest_bytes=100_000_000)


def of_json(said: str, ranges: str) -> str:
    """Write JSON that says one long thing of a great many ranges."""
    many = ranges * (HALF // len(ranges))
    return f'{{"{said}":"' + "k" * (4 * HALF) + f'","p":[{many}"192.0.2.1"]}}'


READ = {
    "a table with a great many columns of countries": (
        f"network,{'cc,' * (HALF // 3)}\n" + "192.0.2.1,\n" * (HALF // 11)
    ),
    "a table without a header and as many columns": (
        f"192.0.2.1,{'NO,' * (HALF // 3)}\n" + "192.0.2.1,\n" * (HALF // 11)
    ),
    "a long key in JSON": '{"' + "k" * HALF + '":[' + '"x",' * (HALF // 4) + '"192.0.2.1"]}',
    "a long owner in JSON": of_json("owner", '"192.0.2.1",'),
    "a long number in JSON": of_json("asn", '"192.0.2.1",'),
    "a long flag in JSON": of_json("is_vpn", '"192.0.2.1",'),
    "a long beginning in JSON": of_json("start", '{"end":"1"},'),
    "a long date in JSON": '{"updated":"' + "jan 1 " * (HALF // 6) + '","p":["192.0.2.1"]}',
}


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_what_a_list_says_of_all_costs_no_more_for_each_range(text: str) -> None:
    within_time(lambda: read_list(text))


def test_a_day_is_looked_for_once_in_the_first_line_of_delegations() -> None:
    line = "ripencc|NO|ipv4|192.0.2.0|256|20200101|allocated\n"
    within_time(lambda: read_list(f"2|ripencc|{'jan 1 ' * (HALF // 6)}|1|2|3\n{line}"))


def test_a_line_with_a_great_many_addresses_is_a_list_of_them() -> None:
    found = read_list("192.0.2.1," * 2_000)
    assert found.ranges.num_rows == 2_000


def test_places_are_not_written_out_for_every_column_that_a_line_does_not_have() -> None:
    names = "geoname_id,locale_code,country_iso_code" + "".join(f",{no}" for no in range(100_000))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a-Locations.csv", f"{names}\n1,en,NO\n" + "1\n" * HALF)
        archive.writestr("b.csv", "network,geoname_id\n192.0.2.0/24,1\n")
    found = within_time(lambda: read_list(written.getvalue()))
    assert found.ranges.column("country").to_pylist() == ["NO"]


def member(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0) -> bytes:
    """Write a member's header alone, whatever size it states."""
    header = bytearray(tarfile.TarInfo(name).tobuf(tarfile.USTAR_FORMAT)[:BLOCK])
    header[124:136] = (b"\xff" if size < 0 else b"\x80") + size.to_bytes(11, signed=True)
    header[156:157] = kind
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


LIST = b"192.0.2.1\n".ljust(BLOCK, b"\0")
TARS = {
    "a header of digits only": (
        member("x", tarfile.XHDTYPE, HALF) + b"1" * HALF + bytes(-HALF % BLOCK)
    ),
    "a header that ends before it begins": member("x", tarfile.XHDTYPE, -2 * BLOCK) + b"1" * HALF,
    "a member that leads back": (
        member("a", tarfile.DIRTYPE)
        + member("b", tarfile.DIRTYPE)
        + member("README.md", size=-2 * BLOCK)
    ),
}


@pytest.mark.parametrize("forged", TARS.values(), ids=TARS)
def test_a_forged_tar_is_called_damaged(forged: bytes) -> None:
    whole = forged + member("list.txt", size=10) + LIST + bytes(2 * BLOCK)

    def read() -> None:
        with pytest.raises(UserError, match="damaged"):
            read_list(whole)

    within_time(read)


def test_a_tar_with_a_long_name_and_many_folders_is_read() -> None:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for no in range(100):
            folder = tarfile.TarInfo(f"{no}/{'folder ø/' * 100}")
            folder.type = tarfile.DIRTYPE
            archive.addfile(folder)
        found = tarfile.TarInfo(f"{'folder ø/' * 100}list.txt")
        found.size = 10
        archive.addfile(found, io.BytesIO(LIST))
    assert read_list(written.getvalue()).ranges.num_rows == 1


def test_a_line_of_hashes_is_asked_for_no_column_that_it_does_not_have(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("md5," * 16_000 + "\n" + "x\n" * HALF)
    within_time(lambda: [len(block) for block in CsvHashList(path).blocks()])
