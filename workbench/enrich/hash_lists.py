"""Lists of hashes: loading, replacing and taking back. Comparing is in `hash_matching`."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

import pyarrow as pa

from workbench.enrich.hash_matching import compare_hashes, note_withdrawal
from workbench.enrich.hash_salt import HashSalt
from workbench.errors import NotFoundError, SourceLocation, UserError
from workbench.model.hash_list import KNOWN, NOT_RELEVANT, VIRAL, HashListFile, WrittenHashes
from workbench.store.connection import Row, Store, statement

MOST_LISTED: Final = 1_000  # lines that could not be read; a list is put right from the first
_LONGEST_LABEL: Final = 60
_NO_KEYS: Final = {"inner_key": None, "outer_key": None}
_KEPT_ON_WITHDRAWAL: Final = (
    *("list_name", "label", "as_of", "as_of_basis", "licence", "file_name", "sha256", "salt_mark"),
    *("read_count", "entry_count", "repeated_count", "left_out_count", "rejected_count"),
)
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
    """What whoever loads a list says about it.

    `as_of_basis` is stated, file_date or not_known; `as_of` None goes with not_known.
    """

    name: str
    label: str
    as_of: date | None = None
    as_of_basis: str = "not_known"
    licence: str | None = None
    loaded_by: str | None = None


@dataclass(slots=True)
class HashListSheet:
    """What one loading did: read = loaded + repeated + left_out + rejected.

    `left_out` are hashes that say nothing, such as that of an empty file: they never match.
    `is_unchanged`: this very list stands already, and nothing was written.
    """

    name: str
    label: str
    as_of: date | None
    as_of_basis: str
    is_salted: bool
    kind: str = "hashes"
    read: int = 0
    loaded: int = 0
    repeated: int = 0
    left_out: int = 0
    rejected: int = 0
    rejections: list[dict[str, Any]] = field(default_factory=list)
    is_unchanged: bool = False
    matched_referrals: int = 0
    referrals_to_assess: int = 0


def canonical_label(written: str | None) -> str:
    """Return a label as the store keeps it: `Not relevant` is `not_relevant`, own ones stay.

    Raises:
        UserError: It is empty or too long.
    """
    stripped = " ".join((written or "").split())
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
    sheet = HashListSheet(note.name, label, note.as_of, note.as_of_basis, salt is not None)
    before = standing.get(note.name)
    if before is not None and _is_same(before, file, note, salt):
        return _unchanged(store, sheet, before)
    list_id = uuid4()
    # Millions of rows in one transaction would be held in memory. A list counts from the moment its
    # note stands, which is written last; what a loading left that never got there goes first.
    store.run("enrich/drop_unfinished_hash_lists")
    _read_blocks(store, file, list_id, sheet, salt)
    if not sheet.loaded:
        raise _without_hashes(file, sheet)
    with store.transaction():
        store.run("enrich/add_hash_list_algorithms", {"list_id": list_id})
        _keep_rejections(store, list_id, sheet)
        row = {"list_id": list_id, **_note_row(note, sheet, file, salt)}
        store.run("enrich/add_hash_list", row)
    sheet.referrals_to_assess = compare_hashes(store, salt).changed_versions
    listed = {row["list_id"]: row for row in store.rows("enrich/list_hash_lists")}
    sheet.matched_referrals = listed[list_id]["referral_count"]
    return sheet


def withdraw_hash_list(store: Store, name: str, *, by: str | None) -> int:
    """Take a list back: it says nothing any more, and what it said stays as history.

    Returns:
        How many versions have to be assessed again.

    Raises:
        NotFoundError: No list of that name is in use.
    """
    standing = [r for r in store.rows("enrich/list_hash_lists") if r["list_name"] == name]
    if not standing:
        raise NotFoundError(
            f"No list of hashes named {name} is in use.",
            remedy="`workbench feeds list` names those that are.",
        )
    [row] = standing
    list_id = uuid4()
    now = datetime.now(UTC)
    with store.transaction():
        store.run(
            "enrich/add_hash_list",
            {column: row[column] for column in _KEPT_ON_WITHDRAWAL}
            | {"list_id": list_id, "loaded_at": now, "loaded_by": by, "is_withdrawn": True},
        )
        return note_withdrawal(store, list_id, now)


def _is_same(before: Row, file: HashListFile, note: HashListNote, salt: HashSalt | None) -> bool:
    """Say whether this list stands already; a day, licence or salt that differs makes it another.

    The date of a file is no statement: a copy of the same list is the same list.
    """
    is_day_stated = note.as_of_basis == "stated"
    return (
        before["sha256"] == file.sha256
        and before["label"] == canonical_label(note.label)
        and before["salt_mark"] == (salt.mark if salt else None)
        and (not is_day_stated or before["as_of"] == note.as_of)
        and (note.licence is None or before["licence"] == note.licence)
    )


def _unchanged(store: Store, sheet: HashListSheet, before: Row) -> HashListSheet:
    sheet.is_unchanged = True
    sheet.as_of, sheet.as_of_basis = before["as_of"], before["as_of_basis"]
    sheet.read, sheet.loaded = before["read_count"], before["entry_count"]
    sheet.repeated, sheet.left_out = before["repeated_count"], before["left_out_count"]
    sheet.rejected = before["rejected_count"]
    listed = store.rows("enrich/list_hash_list_rejections", {"list_id": before["list_id"]})
    sheet.rejections = [_rejection(row["line_no"], row["code"]) for row in listed]
    sheet.matched_referrals = before["referral_count"]
    return sheet


def _note_row(
    note: HashListNote, sheet: HashListSheet, file: HashListFile, salt: HashSalt | None
) -> Row:
    return {
        "list_name": note.name,
        "label": sheet.label,
        "as_of": note.as_of,
        "as_of_basis": note.as_of_basis,
        "licence": note.licence,
        "file_name": file.name,
        "sha256": file.sha256,
        "loaded_at": datetime.now(UTC),
        "loaded_by": note.loaded_by,
        "is_withdrawn": False,
        "salt_mark": salt.mark if salt else None,
        "read_count": sheet.read,
        "entry_count": sheet.loaded,
        "repeated_count": sheet.repeated,
        "left_out_count": sheet.left_out,
        "rejected_count": sheet.rejected,
    }


def _read_blocks(
    store: Store,
    file: HashListFile,
    list_id: UUID,
    sheet: HashListSheet,
    salt: HashSalt | None,
) -> None:
    keys = {"inner_key": salt.inner_key, "outer_key": salt.outer_key} if salt else _NO_KEYS
    for block in file.blocks():
        # Not a table of the store, not even a passing one: a list kept salted leaves no trace.
        with store.columns("staged_row", _as_columns(block)):
            read = store.arrow_of(statement("enrich/read_hash_rows"))
        with store.columns("hash_row", read), store.transaction():
            added = store.run("enrich/add_hash_list_entries", {**keys, "list_id": list_id})
            _count(store, sheet, added)


def _count(store: Store, sheet: HashListSheet, added: int) -> None:
    counts = Counter(
        {row["fault"]: row["hash_count"] for row in store.rows("enrich/count_hash_rows")}
    )
    sheet.read += counts.total()
    sheet.loaded += added
    sheet.repeated += counts[None] - added
    sheet.left_out += counts["meaningless"]
    rejected = counts.total() - counts[None] - counts["meaningless"]
    sheet.rejected += rejected
    room = MOST_LISTED - len(sheet.rejections)
    if room > 0 and rejected:
        for row in store.rows("enrich/list_hash_row_faults", {"most": room}):
            sheet.rejections.append(_rejection(row["line_no"], row["fault"]))


def _rejection(line_no: int, code: str) -> dict[str, Any]:
    reason, remedy = _REMEDIES[code]
    return {"place": f"line {line_no}", "code": code, "reason": reason, "remedy": remedy}


def _keep_rejections(store: Store, list_id: UUID, sheet: HashListSheet) -> None:
    if not sheet.rejections:
        return
    rows = pa.table(
        {
            "line_no": [int(row["place"].removeprefix("line ")) for row in sheet.rejections],
            "code": [row["code"] for row in sheet.rejections],
        }
    )
    with store.columns("staged_row", rows):
        store.run("enrich/add_hash_list_rejections", {"list_id": list_id})


def _as_columns(block: WrittenHashes) -> pa.Table:
    return pa.table(
        {
            "line_no": pa.array(block.line_no, pa.int64()),
            "stated": pa.array(block.stated, pa.string()),
            "written": pa.array(block.written, pa.string()),
            "fault": pa.array(block.fault, pa.string()),
        }
    )


def _refuse_unsalted(lists: Iterable[Row], salt: HashSalt | None) -> None:
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
