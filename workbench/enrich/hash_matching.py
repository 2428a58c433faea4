"""Every file compared with every list of hashes exactly once.

Files are compared in askings: the versions that one run takes up together. The store notes which
list was compared with which asking, so that a new list is compared with all files, new files with
all lists, and nothing twice; a salted list without its salt stays open until the salt is there.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid4

from workbench.enrich.hash_salt import HashSalt
from workbench.store.connection import Store, statement

_NO_KEYS: Final = {"inner_key": None, "outer_key": None}
_CAUSE: Final = "hash lists"


@dataclass(frozen=True, slots=True)
class HashComparison:
    """What one comparing did. `waiting`: salted lists that the salt at hand does not open."""

    matches: int
    changed_versions: int
    waiting: tuple[str, ...]


def compare_hashes(store: Store, salt: HashSalt | None) -> HashComparison:
    """Compare every file with every list it was not compared with yet.

    Versions whose findings can change by it are noted, so that they are assessed again.
    """
    mark = {"salt_mark": salt.mark if salt else None}
    keys = {"inner_key": salt.inner_key, "outer_key": salt.outer_key} if salt else _NO_KEYS
    now = datetime.now(UTC)
    with store.transaction():
        store.run("enrich/add_file_digests", {"asking_id": uuid4()})
        store.run("enrich/open_hash_asking", mark)
        matches = store.run("enrich/add_hash_matches", {**keys, "matched_at": now})
        store.run("enrich/close_hash_asking", {"asked_at": now})
        changed = _note_changes(store, now)
    return HashComparison(matches, changed, waiting_hash_lists(store, salt))


def waiting_hash_lists(store: Store, salt: HashSalt | None) -> tuple[str, ...]:
    """Return the salted lists that the salt at hand does not open: nothing is known of them."""
    rows = store.rows("enrich/list_waiting_hash_lists", {"salt_mark": salt.mark if salt else None})
    return tuple(row["list_name"] for row in rows)


def note_withdrawal(store: Store, list_id: UUID, now: datetime) -> int:
    """Note the versions whose findings change because a list says nothing any more."""
    store.run("enrich/open_every_hash_asking", {"list_id": list_id})
    return _note_changes(store, now)


def _note_changes(store: Store, now: datetime) -> int:
    asked_before = store.row("enrich/show_asked_before")
    if asked_before is None or not asked_before["is_assessed"]:
        return 0  # what was never assessed will be anyway
    # The facts are computed as the assessment computes them, of every newest version.
    facts = statement("assess/select_hash_facts")
    text = statement("enrich/add_hash_evidence_changes").replace(
        "INNER JOIN hash_fact ON", f"INNER JOIN (\n{facts}\n) AS hash_fact ON"
    )
    given = {"rulebook_hash": "", "everything": True, "changed_at": now, "cause": _CAUSE}
    return store.run_text(text, given)
