"""Invented hash lists that fit the inbox: some of its files stand on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import md5
from pathlib import Path

from sample_data.case import FileSeen
from sample_data.inbox import plan_inbox
from sample_data.invent import Inventor

_OTHERS = 400  # hashes of nothing in the inbox, as on any real list
_KNOWN_EACH = 4  # every how many-th file is known
_VIRAL_FLAGS = ("viral", "potentialMeme")


@dataclass(frozen=True, slots=True)
class SampleHashList:
    """One invented list and what whoever loads it says about it."""

    path: Path
    name: str
    label: str
    as_of: date


def write_hash_lists(folder: Path, *, today: date, seed: int = 7) -> tuple[SampleHashList, ...]:
    """Write a known list, a viral list and a list of files without relevance below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    files = list(_files(today, seed))
    inventor = Inventor(seed)
    viral = [file.md5 for file in files if file.md5 and set(file.flags) & set(_VIRAL_FLAGS)]
    known = [file for file in files if file.md5 and not int(file.md5[:8], 16) % _KNOWN_EACH]
    known_lines = [f"{(file.md5 or '').upper()};{file.sha1 or ''};seen before" for file in known]
    nothing = [f"MD5,{md5(b'', usedforsecurity=False).hexdigest()}", "MD5,cut short"]
    lists = (
        ("known.csv", "Example known material", "known", 6, ["MD5;SHA1;Note", *known_lines]),
        ("viral.txt", "Example viral material", "viral", 20, viral),
        ("logos.csv", "Example logos", "not_relevant", 90, ["type,value", *nothing]),
    )
    written = []
    for file_name, name, label, age_days, lines in lists:
        written.append(
            SampleHashList(folder / file_name, name, label, today - timedelta(days=age_days))
        )
        prefix = "MD5," if label == "not_relevant" else ""
        others = [f"{prefix}{inventor.hex_text(32)}" for _ in range(_OTHERS)]
        (folder / file_name).write_text("\n".join([*lines, *others]) + "\n", encoding="utf-8")
    return tuple(written)


def _files(today: date, seed: int) -> Iterator[FileSeen]:
    inbox = plan_inbox(today=today, seed=seed)
    for cases in (inbox.json_cases, inbox.xml_cases, inbox.package_cases):
        for case in cases:
            yield from case.files
