"""Where what was imported goes: done or failed, under a free name, its count sheet beside it."""

import json
import os
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Final

from workbench.intake.count_sheet import CountSheet

DONE: Final = "done"
FAILED: Final = "failed"
_SHEET: Final = ".count-sheet.json"
_LONGEST_NAME: Final = 180  # bytes; a prefix and the sheet's ending must fit beside it


def put_away(folder: Path, path: Path, sheet: CountSheet) -> str:
    """Move a file or sub-folder to where it belongs, its count sheet beside it; return which.

    Done: everything in it is loaded, or was before. Failed: something in it was rejected, or there
    was nothing to read. The sheet is written first: killed in between, the file is still there, is
    imported again as a duplicate, and is moved.

    Raises:
        OSError: The sheet could not be written or the file moved; it is where it was.
    """
    outcome = FAILED if sheet.exit_code else DONE
    place = folder / outcome
    name = _free_name(place, f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}", path.name)
    written = place / (name + _SHEET)
    _write_sheet(written, sheet)
    try:
        os.rename(path, place / name)  # noqa: PTH104 - rename, not replace: the name is free
    except OSError:
        written.unlink()
        raise
    return outcome


def _free_name(place: Path, moment: str, name: str) -> str:
    """Return a name that nothing has: the moment, a number where needed, and the file's own."""
    short = _shortened(name)
    for number in count(1):
        found = f"{moment}-{short}" if number == 1 else f"{moment}-{number}-{short}"
        if not any(os.path.lexists(place / (found + ending)) for ending in ("", _SHEET)):
            return found
    raise AssertionError  # there is always a further number


def _shortened(name: str) -> str:
    """Cut a name that would be too long with a prefix, and keep its suffix."""
    stem, suffix = os.path.splitext(os.fsencode(name))  # noqa: PTH122 - in bytes, as disks count
    room = _LONGEST_NAME - len(suffix[:20])
    return os.fsdecode(stem[:room] + suffix[:20]) if len(stem) > room else name


def _write_sheet(path: Path, sheet: CountSheet) -> None:
    # Exclusively: a sheet never takes the place of another.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(sheet.as_json(), stream, ensure_ascii=False, indent=2)
            stream.flush()
            os.fsync(descriptor)
    except BaseException:
        path.unlink()
        raise
