"""Hash lists as units, hotlines and tools write them."""

import hashlib
from pathlib import Path

import pytest

from connectors.hash_list.reader import CsvHashList
from workbench.errors import UserError

MD5 = hashlib.md5(b"a", usedforsecurity=False).hexdigest()
SHA1 = hashlib.sha1(b"a", usedforsecurity=False).hexdigest()
SHA256 = hashlib.sha256(b"a").hexdigest()
BASE64 = "kYOv9dUzMtzb6uGl/CxjUQ=="


def read(
    folder: Path, content: str | bytes, algorithm: str = ""
) -> list[tuple[int, str, str, str]]:
    """Return (line, kind of hash, as written, fault) of every entry."""
    path = folder / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [
        entry
        for block in CsvHashList(path, algorithm).blocks()
        for entry in zip(block.line_no, block.stated, block.written, block.fault, strict=True)
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"{MD5}\n{SHA1}\n", [(1, "", MD5, ""), (2, "", SHA1, "")]),
        (f"{MD5.upper()}\r\n\r\n{SHA1}", [(1, "", MD5.upper(), ""), (3, "", SHA1, "")]),
        (f"MD5\n{MD5}\n", [(2, "MD5", MD5, "")]),
        (f"hash\n{MD5}\n", [(2, "", MD5, "")]),
        (f"id;MD5;SHA-1;PhotoDNA\n1;{MD5};{SHA1};\n", [(2, "MD5", MD5, ""), (2, "SHA-1", SHA1, "")]),
        (f"type,value\nSHA1,{SHA1}\nmd5,{MD5}\n", [(2, "SHA1", SHA1, ""), (3, "md5", MD5, "")]),
        (f"Hash Value\tHash Type\n{MD5}\tMD5\n", [(2, "MD5", MD5, "")]),
        (f"md5,{MD5}\nsha1,{SHA1}\n", [(1, "md5", MD5, ""), (2, "sha1", SHA1, "")]),
        (f"md5:{MD5}\n", [(1, "md5", MD5, "")]),
        (f"md5:{MD5}\nsha1:\n", [(1, "md5", MD5, ""), (2, "", "", "no_hash")]),
        (f"0x{MD5}\n", [(1, "", MD5, "")]),
        (f"{MD5}  one.jpg\n", [(1, "", MD5, "")]),
        (f"{BASE64}\n", [(1, "", BASE64, "")]),
        (f'"md5","note"\n"{MD5}","a, b"\n', [(2, "md5", MD5, "")]),
        (f'md5,note\n{MD5},"never closed\n{MD5},x\n', [(2, "md5", MD5, ""), (3, "md5", MD5, "")]),
        (f"# made 2026-01-01\nOur list\nMD5\n{MD5}\n", [(2, "", "", "no_hash"), (4, "MD5", MD5, "")]),
        (f"MD5;SHA1\n;\n{MD5}\n", [(2, "", "", "no_hash"), (3, "MD5", MD5, "")]),
        (f"md5\n{'x' * 70_000}\n{MD5}\n", [(2, "", "", "line_too_long"), (3, "md5", MD5, "")]),
        (f"md5\n{'x' * 3_000_000}\n{MD5}\n", [(2, "", "", "line_too_long"), (3, "md5", MD5, "")]),
        (f"md5\n{MD5}\n{'x' * 3_000_000}", [(2, "md5", MD5, ""), (3, "", "", "line_too_long")]),
    ],
)  # fmt: skip
def test_each_way_of_writing_a_list(
    tmp_path: Path, content: str, expected: list[tuple[int, str, str, str]]
) -> None:
    assert read(tmp_path, content) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_their_marks(tmp_path: Path, encoding: str) -> None:
    content = f"MD5;merknad\r\n{MD5};på liste\r\n".encode(encoding)
    assert read(tmp_path, content) == [(2, "MD5", MD5, "")]


def test_the_kind_that_is_stated_counts_where_the_list_names_none(tmp_path: Path) -> None:
    assert read(tmp_path, f"{SHA256}\n", "pdq") == [(1, "pdq", SHA256, "")]
    assert read(tmp_path, f"sha256;hash\n{SHA256};{SHA256}\n", "pdq") == [
        (2, "sha256", SHA256, ""),
        (2, "pdq", SHA256, ""),
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"name;place\nx;y\n", b"PK\x03\x04rest", b"\x1f\x8brest", b"\0\1\2\3"],
)
def test_what_is_no_list_is_refused_with_a_remedy(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UserError) as refused:
        read(tmp_path, content)
    assert refused.value.remedy


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        next(CsvHashList(tmp_path / "none.csv").blocks())


def test_a_long_list_comes_in_blocks(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("".join(f"{number:032x}\n" for number in range(450_001)), encoding="utf-8")
    sizes = [len(block) for block in CsvHashList(path).blocks()]
    assert sizes == [200_000, 200_000, 50_001]
