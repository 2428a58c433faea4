"""Reads a list of address ranges in whatever form it comes; what decides is its content."""

import gzip
import tarfile
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final
from zipfile import ZipFile, is_zipfile

from connectors.ip_intelligence.json_list import read_json
from connectors.ip_intelligence.maxmind import is_maxmind, read_maxmind
from connectors.ip_intelligence.plain_lines import (
    is_tor_exit_list,
    read_plain_lines,
    read_tor_exit_list,
)
from connectors.ip_intelligence.shipped import is_iporigin, read_iporigin
from connectors.ip_intelligence.table import layout_of, read_table
from connectors.tabular.csv_text import text_of
from workbench.errors import SourceLocation, UserError
from workbench.model.limits import raising
from workbench.model.network_list import NetworkList
from workbench.model.record import SourceFile

_GZIP: Final = b"\x1f\x8b"
_TAR_MARK: Final = (257, b"ustar")
_MOST_LAYERS: Final = 3  # a tar in a gzip in a ZIP


def read_network_list(name: str, content: bytes, *, largest_bytes: int) -> NetworkList:
    """Read a list: MaxMind format, iporigin's table, JSON, Tor exit list, CSV or plain lines.

    A list wrapped in gzip, tar or ZIP is read in memory, never unpacked to disk.

    Args:
        name: The file's name, for messages.
        content: What is in it.
        largest_bytes: More than this is not unpacked.

    Raises:
        UserError: It is none of these, damaged, too large, or holds no range.
    """
    inner = content
    for _ in range(_MOST_LAYERS):
        packed = inner
        inner = _unwrapped(name, packed, largest_bytes)
        if inner is packed:
            break
    if is_maxmind(inner):
        return read_maxmind(name, inner)
    if is_iporigin(inner):
        return read_iporigin(name, inner)
    text = text_of(SourceFile(name, inner, folder=""))
    if text is None:
        raise _error(name, "The file is neither text nor a format of address lists we know.")
    return _read_text(name, text)


def _read_text(name: str, text: str) -> NetworkList:
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[{", "[\n", "[ ", '["', "[\r", "[[")):
        return read_json(name, text.lstrip("\ufeff"))
    if is_tor_exit_list(text):
        return read_tor_exit_list(name, text)
    layout = layout_of(text.splitlines()[:1000])
    return read_table(name, text, layout) if layout else read_plain_lines(name, text)


def _unwrapped(name: str, content: bytes, largest_bytes: int) -> bytes:
    """Return what is packed in a content, or the content itself.

    Raises:
        UserError: It is damaged, locked or would be too large.
    """
    try:
        if content.startswith(_GZIP):
            with gzip.open(BytesIO(content)) as stream:
                return _within(name, stream.read(largest_bytes + 1), largest_bytes)
        if content[_TAR_MARK[0] : _TAR_MARK[0] + len(_TAR_MARK[1])] == _TAR_MARK[1]:
            return _largest_of_tar(name, content, largest_bytes)
        if content.startswith(b"PK") and is_zipfile(BytesIO(content)):
            return _largest_of_zip(name, content, largest_bytes)
    except UserError:
        raise
    except Exception as error:  # a forged directory lets the unpackers raise nearly anything
        raise _error(name, "The packed file is damaged or locked.") from error
    return content


def _largest_of_tar(name: str, content: bytes, largest_bytes: int) -> bytes:
    with tarfile.open(fileobj=BytesIO(content)) as archive:
        members = [member for member in archive.getmembers() if member.isfile()]
        if not members:
            raise _error(name, "The packed file is empty.")
        stream = archive.extractfile(max(members, key=lambda member: member.size))
        return _within(name, stream.read(largest_bytes + 1) if stream else b"", largest_bytes)


def _largest_of_zip(name: str, content: bytes, largest_bytes: int) -> bytes:
    with ZipFile(BytesIO(content)) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if not members:
            raise _error(name, "The packed file is empty.")
        lists = [
            m for m in members if PurePosixPath(m.filename).suffix.lower() != ".pdf"
        ] or members
        with archive.open(max(lists, key=lambda member: member.file_size)) as stream:
            return _within(name, stream.read(largest_bytes + 1), largest_bytes)


def _within(name: str, content: bytes, largest_bytes: int) -> bytes:
    if len(content) > largest_bytes:
        raise UserError(
            f"The packed list is larger than {largest_bytes:,} bytes.",
            remedy=raising("Split it", "WORKBENCH_LARGEST_FILE_BYTES", largest_bytes),
            location=SourceLocation(name),
        )
    return content


def _error(name: str, message: str) -> UserError:
    return UserError(
        message,
        remedy="Name a list of addresses, CIDR prefixes or ranges: lines, CSV, JSON or MaxMind.",
        location=SourceLocation(name),
    )
