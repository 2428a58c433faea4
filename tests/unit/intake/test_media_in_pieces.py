"""Media whose letters stand apart is cut from a text; lists, links and language stay whole."""

import base64
import hashlib
import random
import uuid
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.builders import police_json, write
from tests.hostile import notes, take
from workbench.store.connection import Store

_RANDOM = random.Random(991)  # noqa: S311 - the same bytes each time
_BODY = bytes(_RANDOM.randrange(256) for _ in range(3_000))
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + _BODY
PAIRS = [f"{byte:02x}" for byte in JPEG]
JOINS = (",", ".", "\u200b", "\n", "\n> ", '" + "', "\\n", "<br>", " ", "\r\n>> ")


def pieces(size: int, join: str, body: bytes) -> str:
    letters = base64.b64encode(body).decode()
    return join.join(letters[at : at + size] for at in range(0, len(letters), size))


def hashes(kind: str, join: str, count: int = 200) -> str:
    return join.join(hashlib.new(kind, str(number).encode()).hexdigest() for number in range(count))


def accounts() -> str:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789"
    return ", ".join("1" + "".join(_RANDOM.choices(letters, k=33)) for _ in range(100))


def stored(store: Store, folder: Path, text: str) -> tuple[str, set[str]]:
    """Import a report with this text; return what the store holds of it, and what was noted."""
    report = police_json()
    report["reportedInformation"]["reportedPeople"]["reportedPersons"] = [{"occupation": text}]
    write(folder, "in/a.json", report)
    sheet = take(store, folder / "in")
    [(value,)] = store.query("SELECT value_as_written FROM referral.attribute")[1]
    return str(value), notes(sheet)


CUT = {
    **{f"{size} by {join!r}": pieces(size, join, JPEG) for size in (20, 31, 76) for join in JOINS},
    **{f"{join!r} without a beginning": pieces(20, join, _BODY) for join in JOINS},
    "pairs by blanks": " ".join(PAIRS),
    "pairs by colons": ":".join(PAIRS),
    "a dump in lines": "\n".join(" ".join(PAIRS[at : at + 16]) for at in range(0, 3_000, 16)),
    "written bytes": "".join(f"\\x{pair}" for pair in PAIRS),
    "percent signs": "".join(f"%{pair.upper()}" for pair in PAIRS),
    "a list of numbers": ", ".join(f"0x{pair}" for pair in PAIRS),
    "pairs without a beginning": " ".join(PAIRS[20:]),
}


@pytest.mark.parametrize("text", CUT.values(), ids=CUT.keys())
@pytest.mark.parametrize("around", ["{}", "He sent this: {} and then he went away"])
def test_media_in_pieces_is_left_out(store: Store, tmp_path: Path, text: str, around: str) -> None:
    value, noted = stored(store, tmp_path, around.format(text))
    assert len(value) < 150
    assert any(field.endswith(("(base64)", "(bytes)")) for field in noted)
    assert value.startswith("He sent this: ") == around.startswith("He")


KEPT = {
    "chat": "\n".join(
        f"Hei, {number}! Se https://example.org/a/very/long/path/{number}?token=abcDEF123456789012"
        for number in range(100)
    ),
    **{f"{kind} by {join!r}": hashes(kind, join) for kind in ("md5", "sha1", "sha256") for join in ("\n", ", ", ";")},
    "hashes in base64": ", ".join(
        base64.b64encode(hashlib.sha1(str(number).encode()).digest()).decode()  # noqa: S324 - as in lists
        for number in range(200)
    ),
    "hashes with their kind": hashes("md5", "\nMD5: "),
    "a table of numbers": "\n".join(",".join(str(n * 7_919_131 % 10**9) for n in range(i, i + 9)) for i in range(200)),
    "long numbers": ",".join(str(10**16 + n * 7_919_131) for n in range(200)),
    "small numbers": " ".join(f"{n * 37 % 100:02}" for n in range(2_000)),
    "accounts": accounts(),
    "a key": f"-----BEGIN PUBLIC KEY-----\n{pieces(64, chr(10), _BODY[:290])}\n-----END PUBLIC KEY-----\n" + "Some words. " * 150,
    "a long link": "https://example.org/?" + "&".join(f"parameter_number_{n}=value_that_is_long_{n}" for n in range(99)),
    "Russian in percent signs": quote("Привет, как дела сегодня? " * 60),
    "Arabic as written bytes": "".join(f"\\x{byte:02x}" for byte in ("مرحبا كيف حالك اليوم " * 60).encode()),
    "file names": "\n".join(f"IMG_20260101_{number:06}_Holiday" for number in range(20)) + " and more" * 150,
    "UUIDs": "\n".join(str(uuid.UUID(int=number * 7_919**8)) for number in range(100)),
    "hardware addresses": ", ".join(f"02:00:5e:10:{n % 256:02x}:{n * 7 % 256:02x}" for n in range(150)),
    "times": "\n".join(f"2026-11-{n % 28 + 1:02}T10:{n % 60:02}:00" for n in range(200)),
}  # fmt: skip


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_lists_links_and_language_stay(store: Store, tmp_path: Path, text: str) -> None:
    assert len(text) >= 1_500
    value, noted = stored(store, tmp_path, text)
    assert value == text
    assert not any(field.endswith(("(base64)", "(bytes)")) for field in noted)
