"""The readers of lists in a campaign: address ranges and hashes, their seeds and what must hold."""

import base64
import gzip
import hashlib
import io
import json
import struct
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mmdb_writer import MMDBWriter
from netaddr import IPSet

from connectors.hash_list.reader import CsvHashList
from connectors.ip_intelligence.reader import read_network_list
from tests.fuzz.judge import BreachError
from workbench.errors import UserError
from workbench.model.hash_list import WrittenHashes
from workbench.model.network_list import MOST_REJECTIONS_LISTED, RANGE_COLUMNS, NetworkList

NETWORKS, HASHES = "ip_intelligence", "hash_list"
_LARGEST_BYTES = 4_000_000
_KINDS = {None, "tor", "vpn", "hosting", "carrier", "access", "reserved"}
_FAULTS = {"", "no_hash", "line_too_long"}
_LONGEST_TEXT = 200
_ROWS_OF_A_BYTE = 1  # no list says more ranges, or hashes, than it has bytes


def reading_lists(folder: Path) -> dict[str, Callable[[bytes], Counter[str]]]:
    """Return target -> what reads one input as a list, judges it and says what it was.

    Args:
        folder: Where an input is written that is read from a file.
    """
    path = folder / "input"

    def networks(content: bytes) -> Counter[str]:
        return _judged(lambda: _networks(content))

    def hashes(content: bytes) -> Counter[str]:
        path.write_bytes(content)
        return _judged(lambda: _hashes(len(content), path)) + _judged(
            lambda: _hashes(len(content), path, "md5")
        )

    return {NETWORKS: networks, HASHES: hashes}


def _judged(read: Callable[[], int]) -> Counter[str]:
    try:
        return Counter(read=read())
    except UserError as refusal:
        if not (refusal.message and refusal.remedy and refusal.location):
            raise BreachError(
                f"a refusal without reason, remedy or place: {refusal!r}"
            ) from refusal
        return Counter(refused=1)


def _networks(content: bytes) -> int:
    found = read_network_list("input", content, largest_bytes=_LARGEST_BYTES)
    rows = found.ranges.to_pylist()
    if not rows or found.ranges.schema != RANGE_COLUMNS:
        raise BreachError(f"{len(rows)} rows of {found.ranges.schema}")
    for row in rows:
        _judge_range(row)
    _judge_rejections(found)
    return found.read_count


def _judge_range(row: dict[str, Any]) -> None:
    start, end = ((row[f"{side}_high"] << 64) + row[f"{side}_low"] for side in ("start", "end"))
    if start > end or row["kind"] not in _KINDS or not row["as_written"]:
        raise BreachError(f"no range: {row}")
    texts = (row["as_written"], row["owner"] or "", row["country"] or "")
    if max(map(len, texts)) > _LONGEST_TEXT:
        raise BreachError("a text without end")


def _judge_rejections(found: NetworkList) -> None:
    listed = found.rejections
    if len(listed) > MOST_REJECTIONS_LISTED or len(listed) > found.rejected_count:
        raise BreachError(f"{len(listed)} of {found.rejected_count} refusals listed")
    if not all(one.place and one.reason and one.remedy for one in listed):
        raise BreachError("a refusal without place, reason or remedy")


def _hashes(byte_count: int, path: Path, algorithm: str = "") -> int:
    count, last = 0, 0
    for block in CsvHashList(path, algorithm).blocks():
        count += len(block)
        last = _judge_block(block, last)
    if count > _ROWS_OF_A_BYTE * byte_count:
        raise BreachError(f"{count} hashes of {byte_count} bytes")
    return count


def _judge_block(block: WrittenHashes, last: int) -> int:
    columns = (block.line_no, block.stated, block.written, block.fault)
    for line_no, stated, written, fault in zip(*columns, strict=True):
        if line_no < last or fault not in _FAULTS or bool(fault) == bool(written):
            raise BreachError(f"line {line_no} after {last}: {stated!r} {written!r} {fault!r}")
        last = line_no
    return last


def list_seeds() -> dict[str, list[bytes]]:
    """Return target -> small lists in every form that its reader takes."""
    return {NETWORKS: _network_seeds(), HASHES: _hash_seeds()}


def _network_seeds() -> list[bytes]:
    plain = b"# Last updated: 2026-11-20\r\n192.0.2.0/24 # Oslo\r\n198.51.100.7-198.51.100.9\r\n2001:db8::/48 Example\n"
    texts = (
        "network,country_code,asn,as_name\n192.0.2.0/24,NO,64500,Example AS\n2001:db8::/32,SE,64501,Six\n",
        '"first";"last";"country"\n"192.0.2.0";"192.0.2.255";"Norway"\n',
        "3221225984\t3221226239\tNO\tExample\n3405803776\t3405804031\tSE\tExample\n",
        "ExitNode AAAA\nPublished 2026-11-20 04:00:00\nExitAddress 192.0.2.9 2026-11-20 05:00:00\n",
        "cidr,hosting,vpn,tor\n192.0.2.0/25,true,false,false\n192.0.2.128/25,0,1,0\n",
        "Example Net:203.0.113.32-203.0.113.63\n192.0.2.9, 192.0.2.10\n192.0.2.0 255.255.255.0\n",
        json.dumps({"syncToken": "1", "createDate": "2026-11-20-04-00-00", "prefixes": [{"ip_prefix": "192.0.2.0/24", "region": "no", "service": "X"}], "ipv6_prefixes": [{"ipv6_prefix": "2001:db8::/32"}]}),
        json.dumps(["192.0.2.0/24", "2001:db8::/32"]),
        '{"start_ip":"192.0.2.0","end_ip":"192.0.2.255","country":"NO"}\n{"start_ip":"192.0.2.9","end_ip":"x"}\n',
    )  # fmt: skip
    maxminds = [_maxmind(version) for version in (4, 6)]
    lists = [plain, *(text.encode() for text in texts), *maxminds, _iporigin()]
    packed = [gzip.compress(plain, mtime=0), gzip.compress(maxminds[0], mtime=0)]
    packed += [
        _tar(plain),
        gzip.compress(_tar(maxminds[1]), mtime=0),
        _zip(plain),
        _zip(_tar(plain)),
        _zip(*_MAXMIND_CSV),
    ]
    return [*lists, plain.decode().encode("utf-16"), *packed]


def _maxmind(version: int) -> bytes:
    writer = MMDBWriter(version, "Example-City", ipv4_compatible=version == 6)
    writer.insert_network(
        IPSet(["192.0.2.0/24"]), {"country": {"iso_code": "NO"}, "is_hosting_provider": True}
    )
    writer.insert_network(
        IPSet(["198.51.100.0/25"]),
        {"autonomous_system_number": 64500, "autonomous_system_organization": "Example AS"},
    )
    writer.insert_network(IPSet(["203.0.113.9/32"]), {"traits": {"isp": "Example", "is_tor_exit_node": True}})  # fmt: skip
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.mmdb"
        writer.to_db_file(str(path))
        return path.read_bytes()


def _iporigin() -> bytes:
    label = b"Example\thosting"
    head = struct.pack("<8sHQHII", b"IPORIGIN", 1, 1_760_000_000, 1, 1, 1)
    ipv4 = struct.pack("<4s4sH", bytes((0, 0, 0, 20)), bytes((255, 0, 0, 20)), 0)
    ipv6 = struct.pack("<16s16sH", bytes((0x2A,)) + bytes(15), bytes((0x2B,)) + bytes(15), 0)
    return head + struct.pack("<H", len(label)) + label + ipv4 + ipv6


def _tar(content: bytes) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        member = tarfile.TarInfo("lists/list")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return written.getvalue()


def _zip(*contents: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("LICENSE.txt", "free")
        for number, content in enumerate(contents):
            archive.writestr(f"lists/list-{number}.csv", content)
    return written.getvalue()


_MAXMIND_CSV = (  # networks name places, which another file of the package names countries
    b"geoname_id,locale_code,country_iso_code,country_name\n7,en,NO,Norway\n8,en,SE,Sweden\n",
    b"network,geoname_id,registered_country_geoname_id\n192.0.2.0/24,7,7\n198.51.100.0/24,,8\n",
    b"network,geoname_id,registered_country_geoname_id\n2001:db8::/32,8,7\n",
)


def _hash_seeds() -> list[bytes]:
    md5, sha1, sha256 = (
        hashlib.new(name, b"a", usedforsecurity=False) for name in ("md5", "sha1", "sha256")
    )
    a, b, c = md5.hexdigest(), sha1.hexdigest(), sha256.hexdigest()
    photo = ",".join(str(number % 256) for number in range(144))
    texts = (
        f"{a}\n{b}\r\n\r\n{c}",
        f"id;MD5;SHA-1;PhotoDNA\n1;{a};{b};\n2;;{b};{base64.b64encode(bytes(144)).decode()}\n",
        f"type,value\nSHA1,{b}\nmd5,{a}\n",
        f"Our list of 2026\nHash Value\tHash Type\n{a.upper()}\tMD5\n",
        f"md5:{a}\nsha1:{b}\n0x{a}\n",
        f"{a}  one.jpg\n{a} *two.jpg\n# note\n",
        f'"md5","note"\n"{a}","a, b"\n{a},"never closed\n{a},x\n',
        f'photodna\n{photo}\n"{photo}"\n',
        f"{base64.b64encode(md5.digest()).decode()}\n",
        f"pdq|label\n{c}|x\n",
    )  # fmt: skip
    encoded = [text.encode() for text in texts]
    return [*encoded, texts[1].encode("utf-16"), texts[3].encode("utf-8-sig"), gzip.compress(encoded[0], mtime=0)]  # fmt: skip
