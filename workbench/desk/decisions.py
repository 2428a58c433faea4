"""What officers decide and read. Rows are only added: a decision is corrected by a further row."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from workbench.desk.referral import find_referral
from workbench.errors import NotFoundError, UserError
from workbench.model.vocabulary import Disposition, Reason
from workbench.store.connection import Row, Store

ReadingPart = Literal["referral", "narrative"]


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided what, when, why and on what.

    `disposition` None: an undo that opened the referral again. `origin` is officer (decided here),
    undo, or source (stated by an imported file). `supersedes` is the row this one replaces.
    """

    decision_id: UUID
    referral_id: str
    decided_at: datetime
    decided_by: str
    disposition: str | None
    reason_code: str | None
    note: str | None
    version_seen: int
    rulebook_hash: str | None
    urgency_seen: str | None
    actionability_seen: str | None
    supersedes: UUID | None
    origin: str


def record_decision(  # noqa: PLR0913 - who, what, why, when and on what, each by its name
    store: Store,
    reference: str,
    *,
    disposition: str,
    reason_code: str | None,
    decided_by: str,
    note: str | None,
    now: datetime,
    version_seen: int | None = None,
) -> Decision:
    """Add an officer's decision on a referral.

    Args:
        store: Where the referral is.
        reference: Referral id or report number.
        disposition: One of `Disposition`.
        reason_code: One of `Reason`; required for not_imported, and only there.
        decided_by: The officer; required.
        note: The officer's own words, if any.
        now: With a zone. A decision never stands before the one it replaces: if the newest row is
            dated later than now, this one follows it by a microsecond.
        version_seen: The version the officer looked at; None means the newest.

    Raises:
        UserError: Somebody or something required is missing or unknown; nothing is written.
        NotFoundError: No such referral, or no such version of it.
    """
    _check(disposition, reason_code, decided_by)
    referral_id = find_referral(store, reference)
    with store.transaction():
        standing = _standing(store, referral_id, version_seen)
        answer = {
            "disposition": disposition,
            "reason_code": reason_code or None,
            "note": (note or "").strip() or None,
            "decided_by": decided_by.strip(),
            "origin": "officer",
        }
        return _add(store, standing, answer, now)


def undo_decision(store: Store, reference: str, *, decided_by: str, now: datetime) -> Decision:
    """Take back the decision that stands, by a further row that restores what stood before it.

    Undoing again goes further back, until nothing stands and the referral is open.

    Raises:
        UserError: No decision stands, or nobody is named; nothing is written.
        NotFoundError: No such referral.
    """
    _check_officer(decided_by)
    referral_id = find_referral(store, reference)
    with store.transaction():
        restored = _before_the_standing(store, referral_id)
        # What stands again was decided on what was seen then: what came since is still new to it.
        seen = restored["version_seen"] if restored else None
        standing = _standing(store, referral_id, seen)
        answer = {
            "disposition": restored["disposition"] if restored else None,
            "reason_code": restored["reason_code"] if restored else None,
            "note": restored["note"] if restored else None,
            "decided_by": decided_by.strip(),
            "origin": "undo",
        }
        return _add(store, standing, answer, now)


def record_reading(  # noqa: PLR0913, PLR0917 - one row of the reading log, column by column
    store: Store, referral_id: str, version: int, read_by: str, part: ReadingPart, now: datetime
) -> None:
    """Note that somebody opened a referral, or unveiled its narrative.

    Raises:
        UserError: Nobody is named, or the part is not one that is logged.
    """
    _check_officer(read_by)
    if part not in ("referral", "narrative"):
        raise UserError(
            f"{part!r} is not a part whose reading is logged.", remedy="Use referral or narrative."
        )
    store.run(
        "desk/insert_reading",
        {
            "referral_id": referral_id,
            "version": version,
            "read_by": read_by.strip(),
            "read_at": now,
            "part": part,
        },
    )


def _check(disposition: str, reason_code: str | None, decided_by: str) -> None:
    _check_officer(decided_by)
    if disposition not in set(Disposition):
        raise UserError(
            f"{disposition!r} is not a disposition.", remedy=f"Use one of {', '.join(Disposition)}."
        )
    if disposition != Disposition.NOT_IMPORTED:
        if reason_code:
            raise UserError(
                f"A reason is given for not importing only, not for {disposition}.",
                remedy="Leave the reason out, or write it as a note.",
            )
    elif reason_code not in set(Reason):
        given = f"{reason_code!r} is not a reason" if reason_code else "The reason is missing"
        raise UserError(f"{given} for not importing.", remedy=f"Give one of {', '.join(Reason)}.")


def _check_officer(name: str) -> None:
    if not name.strip():
        raise UserError("Nobody is named.", remedy="Give the officer's name or number.")


def _standing(store: Store, referral_id: str, version_seen: int | None) -> Row:
    """Return version, rulebook, positions and newest decision as they are now."""
    found = store.row(
        "desk/show_standing", {"referral_id": referral_id, "version_seen": version_seen}
    )
    if found is None:
        raise NotFoundError(
            f"Referral {referral_id} has no version {version_seen}.",
            remedy="Open the referral again and decide on what is shown.",
        )
    return found


def _before_the_standing(store: Store, referral_id: str) -> Row | None:
    """Return the decision that stood before the one in force; None: the referral was open."""
    history = store.rows("desk/list_decisions", {"referral_id": referral_id})
    if not history or history[0]["disposition"] is None:
        raise UserError(
            f"No decision stands on referral {referral_id}.", remedy="There is nothing to undo."
        )
    before = _predecessors(history)
    in_force = _in_force(history[0], before)
    return _in_force(before[in_force["decision_id"]], before) if in_force else None


def _predecessors(history: list[Row]) -> dict[UUID, Row | None]:
    """Map each decision to the row it replaced.

    Decisions from imported files do not say; there the row before in time is meant.
    """
    by_id = {row["decision_id"]: row for row in history}
    older = [*history[1:], None]
    return {
        row["decision_id"]: by_id.get(row["supersedes"]) if row["origin"] != "source" else previous
        for row, previous in zip(history, older, strict=True)
    }


def _in_force(row: Row | None, before: dict[UUID, Row | None]) -> Row | None:
    """Return the decision that a row leaves in force: itself, or for an undo an earlier one."""
    undone = 0
    while row is not None and (row["origin"] == "undo" or undone):
        undone += 1 if row["origin"] == "undo" else -1
        row = before[row["decision_id"]]
    return row


def _add(store: Store, standing: Row, answer: Row, now: datetime) -> Decision:
    newest_at: datetime | None = standing.pop("newest_decided_at")
    if newest_at is not None and newest_at >= now:
        now = newest_at + timedelta(microseconds=1)
    [row] = store.rows("desk/insert_decision", {**standing, **answer, "decided_at": now})
    return Decision(**row)
