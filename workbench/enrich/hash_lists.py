"""Lists of hashes: loading them, and comparing every file with every list exactly once.

Files are compared in askings: the versions that one run takes up together. The store notes which
list was compared with which asking, so that a new list is compared with all files, new files with
all lists, and nothing twice; a salted list without its salt stays open until the salt is there.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

import pyarrow as pa

from workbench.enrich.hash_salt import HashSalt
from workbench.errors import SourceLocation, UserError
from workbench.model.hash_list import KNOWN, NOT_RELEVANT, VIRAL, HashListFile, WrittenHashes
from workbench.store.connection import Store, statement

MOST_LISTED: Final = 1_000  # lines that could not be read; a list is put right from the first
_LONGEST_LABEL: Final = 60
_NO_KEYS: Final = {"inner_key": None, "outer_key": None}
_REMEDIES: Final[Mapping[str, tuple[str, str]]] = {
    "not_a_hash": (
        "The cell is no hash: neither hexadecimal nor base64 of a known length.",
        "Correct or delete the line.",
    ),
    "wrong_length": (
        "The hash does not have the length of the kind it is said to be.",
        "Correct the kind or the hash.",
    ),
    "unknown_algorithm": (
        "This kind of hash is not known here.",
        "Known are MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512, PhotoDNA, PDQ and ed2k.",
    ),
    "no_hash": ("The line holds no hash.", "Fill it in or delete the line."),
    "line_too_long": ("The line is too long to be an entry.", "Look for a missing line end."),
}


@dataclass(frozen=True, slots=True)
class HashListNote:
    """What whoever loads a list says about it. `as_of` None: the day of its state is not known."""

    name: str
    label: str
    as_of: date | None = None
    licence: str | None = None


@dataclass(slots=True)
class HashListSheet:
    """What one loading did: read = loaded + repeated + left_out + rejected.

    `left_out` are hashes that say nothing, such as that of an empty file: they never match.
    `is_unchanged`: this very list stands already, and nothing was written.
    """

    name: str
    label: str
    as_of: date | None
    is_salted: bool
    read: int = 0
    loaded: int = 0
    repeated: int = 0
    left_out: int = 0
    rejected: int = 0
    rejections: list[dict[str, Any]] = field(default_factory=list)
    is_unchanged: bool = False
    matched_referrals: int = 0


@dataclass(frozen=True, slots=True)
class HashComparison:
    """What one comparing did. `waiting`: salted lists that the salt at hand does not open."""

    matches: int
    changed_versions: int
    waiting: tuple[str, ...]


def canonical_label(written: str) -> str:
    """Return a label as the store keeps it: `Not relevant` is `not_relevant`, own ones stay.

    Raises:
        UserError: It is empty or too long.
    """
    stripped = " ".join(written.split())
    if not 0 < len(stripped) <= _LONGEST_LABEL:
        raise UserError(
            f"A hash list needs a label of at most {_LONGEST_LABEL} letters.",
            remedy="Give --label known, viral, not_relevant or a word of your own.",
        )
    folded = stripped.lower().replace(" ", "_").replace("-", "_")
    return folded if folded in (KNOWN, VIRAL, NOT_RELEVANT) else stripped


def load_hash_list(
    store: Store, file: HashListFile, note: HashListNote, salt: HashSalt | None
) -> HashListSheet:
    """Load a list and compare every file in the store with it.

    A list of the same name is replaced, the earlier one stays as history. The same file with the
    same words changes nothing.

    Raises:
        UserError: The file holds no hash, or the store keeps salted lists and there is no salt.
    """
    label = canonical_label(note.label)
    standing = {row["list_name"]: row for row in store.rows("enrich/list_hash_lists")}
    _refuse_unsalted(standing.values(), salt)
    sheet = HashListSheet(note.name, label, note.as_of, is_salted=salt is not None)
    mark = salt.mark if salt else None
    before = standing.get(note.name)
    if before is not None and (
        file.sha256,
        label,
        note.as_of,
        note.licence,
        mark,
    ) == (
        before["sha256"],
        before["label"],
        before["as_of"],
        before["licence"],
        before["salt_mark"],
    ):
        sheet.is_unchanged = True
        sheet.matched_referrals = before["referral_count"]
        return sheet
    list_id = uuid4()
    with store.transaction():
        _read_blocks(store, file, list_id, sheet, salt)
        if not sheet.loaded:
            raise _without_hashes(file, sheet)
        store.run("enrich/add_hash_list_algorithms", {"list_id": list_id})
        store.run(
            "enrich/add_hash_list",
            {
                "list_id": list_id,
                "list_name": note.name,
                "label": label,
                "as_of": note.as_of,
                "licence": note.licence,
                "file_name": file.name,
                "sha256": file.sha256,
                "loaded_at": datetime.now(UTC),
                "salt_mark": mark,
                "read_count": sheet.read,
                "entry_count": sheet.loaded,
                "repeated_count": sheet.repeated,
                "left_out_count": sheet.left_out,
                "rejected_count": sheet.rejected,
            },
        )
    compare_hashes(store, salt)
    listed = {row["list_id"]: row for row in store.rows("enrich/list_hash_lists")}
    sheet.matched_referrals = listed[list_id]["referral_count"]
    return sheet


def compare_hashes(store: Store, salt: HashSalt | None) -> HashComparison:
    """Compare every file with every list it was not compared with yet.

    Versions whose findings can change by it are noted, so that they are assessed again.
    """
    mark = {"salt_mark": salt.mark if salt else None}
    keys = {"inner_key": salt.inner_key, "outer_key": salt.outer_key} if salt else _NO_KEYS
    now = datetime.now(UTC)
    changed = 0
    with store.transaction():
        store.run("enrich/add_file_digests", {"asking_id": uuid4()})
        store.run("enrich/open_hash_asking", mark)
        matches = store.run("enrich/add_hash_matches", {**keys, "matched_at": now})
        store.run("enrich/close_hash_asking", {"asked_at": now})
        asked_before = store.row("enrich/show_asked_before")
        if asked_before is not None and asked_before["is_assessed"]:
            changed = _note_changes(store, now)
    waiting = store.rows("enrich/list_waiting_hash_lists", mark)
    return HashComparison(matches, changed, tuple(row["list_name"] for row in waiting))


def _note_changes(store: Store, now: datetime) -> int:
    # The facts are computed as the assessment computes them, of every newest version.
    facts = statement("assess/select_hash_facts")
    text = statement("enrich/add_hash_evidence_changes").replace(
        "INNER JOIN hash_fact ON", f"INNER JOIN (\n{facts}\n) AS hash_fact ON"
    )
    given = {"rulebook_hash": "", "everything": True, "changed_at": now, "cause": "hash lists"}
    return store.run_text(text, given)


def _read_blocks(
    store: Store,
    file: HashListFile,
    list_id: UUID,
    sheet: HashListSheet,
    salt: HashSalt | None,
) -> None:
    keys = {"inner_key": salt.inner_key, "outer_key": salt.outer_key} if salt else _NO_KEYS
    for block in file.blocks():
        with store.columns("staged_row", _as_columns(block)):
            store.run("enrich/read_hash_rows")
        added = store.run("enrich/add_hash_list_entries", {**keys, "list_id": list_id})
        _count(store, sheet, added)
    store.run("enrich/drop_hash_rows")


def _count(store: Store, sheet: HashListSheet, added: int) -> None:
    counts = Counter(
        {row["fault"]: row["hash_count"] for row in store.rows("enrich/count_hash_rows")}
    )
    sheet.read += counts.total()
    sheet.loaded += added
    sheet.repeated += counts[None] - added
    sheet.left_out += counts["meaningless"]
    sheet.rejected += counts.total() - counts[None] - counts["meaningless"]
    room = MOST_LISTED - len(sheet.rejections)
    if room > 0 and sheet.rejected > len(sheet.rejections):
        for row in store.rows("enrich/list_hash_row_faults", {"most": room}):
            message, remedy = _REMEDIES[row["fault"]]
            sheet.rejections.append(
                {
                    "line": row["line_no"],
                    "code": row["fault"],
                    "message": message,
                    "remedy": remedy,
                }
            )


def _as_columns(block: WrittenHashes) -> pa.Table:
    return pa.table(
        {
            "line_no": pa.array(block.line_no, pa.int64()),
            "stated": pa.array(block.stated, pa.string()),
            "written": pa.array(block.written, pa.string()),
            "fault": pa.array(block.fault, pa.string()),
        }
    )


def _refuse_unsalted(lists: Any, salt: HashSalt | None) -> None:  # noqa: ANN401 - rows
    if salt is None and any(row["salt_mark"] is not None for row in lists):
        raise UserError(
            "This store keeps hash lists as salted digests, and no salt is set.",
            remedy="Set WORKBENCH_HASH_SALT to the unit's salt, then load the list again.",
        )


def _without_hashes(file: HashListFile, sheet: HashListSheet) -> UserError:
    return UserError(
        f"None of the {sheet.read:,} entries is a hash that can be compared.",
        remedy="Look at the first lines of the file; name the kind of hash with --algorithm "
        "if the list does not.",
        location=SourceLocation(file.name),
    )
