"""Lists of address ranges -> what each address's network is, who says so, and as of when.

Rows are only added: a list that is loaded again replaces its earlier load, which stays as history,
and an address whose answer changes gets a further look-up. `network_step` alone is derived and is
written anew whenever a list changes.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Final

import pyarrow as pa

from workbench.enrich.network_segments import Ranges, cut, first_of_each
from workbench.errors import NotFoundError
from workbench.model.network_list import ListRejection, NetworkList, ShippedList
from workbench.store.connection import Row, Store

RANGE_KINDS: Final = ("vpn", "hosting", "tor", "carrier", "access", "geo")
_REJECTION_COLUMNS: Final = pa.schema(
    [(name, pa.string()) for name in ("place", "reason", "remedy")]
)


@dataclass(frozen=True, slots=True)
class FeedOrigin:
    """Where a list comes from and what it is called.

    `as_of_basis` says whose word `as_of` is: stated, in_file, file_date or not_known. `kind` is one
    of a range list's kinds, or several or reserved for the lists that are shipped.
    """

    kind: str
    name: str
    file_name: str
    sha256: str
    as_of: date | None = None
    as_of_basis: str = "not_known"
    label: str | None = None
    licence: str | None = None
    loaded_by: str | None = None


@dataclass(frozen=True, slots=True)
class FeedLoad:
    """What loading a list did: read = ranges + duplicates + rejected.

    `is_unchanged`: the same content was the list already, and nothing was written.
    """

    kind: str
    name: str
    source_format: str
    as_of: date | None
    as_of_basis: str
    read: int
    ranges: int
    duplicates: int
    rejected: int
    rejections: tuple[ListRejection, ...]
    is_unchanged: bool
    addresses_changed: int
    versions_changed: int


def find_unchanged(store: Store, origin: FeedOrigin) -> FeedLoad | None:
    """Return what the list is, if this very content is loaded under its name already; else None.

    A stated date, label or licence that differs makes it another load. So no file is read twice.
    """
    [*found] = store.rows("enrich/find_network_feed", {"kind": origin.kind, "name": origin.name})
    if not found or found[0]["is_withdrawn"] or found[0]["sha256"] != origin.sha256:
        return None
    [feed] = found
    stated_day = origin.as_of if origin.as_of_basis == "stated" else None
    stated = (("label", origin.label), ("licence", origin.licence), ("as_of", stated_day))
    if any(value is not None and feed[name] != value for name, value in stated):
        return None
    listed = store.rows("enrich/list_network_rejections", {"feed_id": feed["feed_id"]})
    return FeedLoad(
        kind=origin.kind,
        name=origin.name,
        source_format=feed["source_format"],
        as_of=feed["as_of"],
        as_of_basis=feed["as_of_basis"],
        read=feed["read_count"],
        ranges=feed["range_count"],
        duplicates=feed["duplicate_count"],
        rejected=feed["rejected_count"],
        rejections=tuple(ListRejection(**row) for row in listed),
        is_unchanged=True,
        addresses_changed=0,
        versions_changed=0,
    )


def load_network_list(store: Store, origin: FeedOrigin, network_list: NetworkList) -> FeedLoad:
    """Load a list in place of an earlier load of its kind and name; ask about known addresses."""
    ranges = Ranges.of_table(network_list.ranges)
    places = first_of_each(ranges)
    kept = network_list.ranges.take(pa.array(places))
    counts = {
        "read_count": network_list.read_count,
        "range_count": len(places),
        "duplicate_count": network_list.ranges.num_rows - len(places),
        "rejected_count": network_list.rejected_count,
    }
    with store.transaction():
        loads = _replace(store, origin, network_list.source_format, counts)
        _add_ranges(store, str(loads[-1]), origin.kind, kept)
        _add_rejections(store, str(loads[-1]), network_list.rejections)
        addresses, versions = _ask_again(store, loads, origin.name)
    return FeedLoad(
        kind=origin.kind,
        name=origin.name,
        source_format=network_list.source_format,
        as_of=origin.as_of,
        as_of_basis=origin.as_of_basis,
        read=counts["read_count"],
        ranges=counts["range_count"],
        duplicates=counts["duplicate_count"],
        rejected=counts["rejected_count"],
        rejections=network_list.rejections,
        is_unchanged=False,
        addresses_changed=addresses,
        versions_changed=versions,
    )


def withdraw_network_list(store: Store, kind: str, name: str, *, by: str | None) -> int:
    """Take a list back: it says nothing from now on; its loads stay as history.

    Returns:
        How many addresses have another answer now.

    Raises:
        NotFoundError: There is no such list.
    """
    found = store.rows("enrich/find_network_feed", {"kind": kind, "name": name})
    if not found or found[0]["is_withdrawn"]:
        raise NotFoundError(
            f"There is no {kind} list named {name}.", remedy="See `workbench feeds list`."
        )
    feed = found[0]
    origin = FeedOrigin(
        kind, name, feed["file_name"], feed["sha256"], feed["as_of"], feed["as_of_basis"],
        loaded_by=by,
    )  # fmt: skip
    counts = dict.fromkeys(("read_count", "range_count", "duplicate_count", "rejected_count"), 0)
    with store.transaction():
        loads = _replace(store, origin, feed["source_format"], counts, is_withdrawn=True)
        return _ask_again(store, loads, name)[0]


def look_up_addresses(store: Store, shipped: Sequence[ShippedList]) -> int:
    """Ask every list about the addresses that were never asked about.

    The lists that are shipped are loaded when the first address comes, and again when a newer
    edition is shipped; a unit that withdrew one does not get the same edition back.

    Returns:
        How many addresses were looked up.
    """
    if not store.rows("enrich/find_address"):
        return 0
    for one in shipped:
        _load_shipped(store, one)
    # What is staged inside the transaction that reads it takes twice as long to read; whoever
    # writes lists or addresses waits for this turn, so nothing changes in between.
    store.run("enrich/stage_new_addresses")
    with store.transaction():
        return _answer(store, cause="network lists")[0]


def _load_shipped(store: Store, shipped: ShippedList) -> None:
    found = store.rows("enrich/find_network_feed", {"kind": shipped.kind, "name": shipped.name})
    if found and found[0]["sha256"] == shipped.sha256:
        return
    network_list = shipped.read()
    origin = FeedOrigin(
        kind=shipped.kind,
        name=shipped.name,
        file_name=shipped.file_name,
        sha256=shipped.sha256,
        as_of=network_list.as_of,
        as_of_basis="in_file" if network_list.as_of else "not_known",
        licence=shipped.licence or None,
    )
    load_network_list(store, origin, network_list)


def _replace(
    store: Store,
    origin: FeedOrigin,
    source_format: str,
    counts: dict[str, int],
    *,
    is_withdrawn: bool = False,
) -> list[object]:
    """Add a load of a list; return the ids of the load it replaces, if any, and of the new one."""
    named = {"kind": origin.kind, "name": origin.name}
    earlier = store.rows("enrich/find_network_feed", named)
    load = asdict(origin) | counts
    load |= {
        "source_format": source_format,
        "loaded_at": datetime.now(UTC),
        "is_withdrawn": is_withdrawn,
    }
    store.run("enrich/add_network_feed", load)
    [new] = store.rows("enrich/find_network_feed", named)
    return [row["feed_id"] for row in (*earlier, new)]


def _add_ranges(store: Store, feed_id: str, kind: str, kept: pa.Table) -> None:
    numbered = kept.append_column("range_no", pa.array(range(1, kept.num_rows + 1), pa.int32()))
    with store.columns("staged_row", numbered):
        store.run("enrich/add_network_ranges", {"feed_id": feed_id, "kind": kind})
    segments = cut(Ranges.of_table(kept))
    columns = dict(zip(Ranges._fields, segments.ends, strict=True))
    pieces = pa.table({**columns, "range_no": pa.array(segments.range_no + 1, pa.int32())})
    with store.columns("staged_row", pieces):
        store.run("enrich/add_network_segments", {"feed_id": feed_id})


def _add_rejections(store: Store, feed_id: str, rejections: Sequence[ListRejection]) -> None:
    rows = [asdict(rejection) for rejection in rejections]
    if rows:
        with store.columns("staged_row", pa.Table.from_pylist(rows, schema=_REJECTION_COLUMNS)):
            store.run("enrich/add_network_rejections", {"feed_id": feed_id})


def _ask_again(store: Store, loads: Sequence[object], cause: str) -> tuple[int, int]:
    """Ask about the known addresses inside these loads, the only ones whose answer can change."""
    for rebuild in ("clear_network_mentions", "clear_network_steps", "add_network_steps"):
        store.run(f"enrich/{rebuild}")
    store.run("enrich/add_network_mentions")
    store.run("enrich/stage_touched_addresses", {"feed_ids": loads})
    return _answer(store, cause=cause)


def _answer(store: Store, *, cause: str) -> tuple[int, int]:
    """Answer what was asked; return how many addresses, and versions, have another answer now."""
    now = datetime.now(UTC)
    store.run("enrich/stage_answers")
    store.run("enrich/add_network_answers")
    store.run("enrich/end_network_lookups", {"looked_up_at": now})
    addresses = store.run("enrich/add_network_lookups", {"looked_up_at": now})
    versions = 0
    if store.rows("enrich/find_assessment"):
        versions = store.run("enrich/add_network_changes", {"changed_at": now, "cause": cause})
    store.run("enrich/drop_found_addresses")
    return addresses, versions


def list_network_feeds(store: Store) -> list[Row]:
    """Return the lists that speak now, by kind and name."""
    return store.rows("enrich/list_network_feeds")
