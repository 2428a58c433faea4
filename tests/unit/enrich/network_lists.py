"""Loads small invented lists and says what they make of an address."""

from datetime import date
from hashlib import sha256
from typing import Any

from connectors.ip_intelligence.reader import read_network_list
from connectors.ip_intelligence.shipped import shipped_lists
from workbench.enrich.networks import (
    FeedLoad,
    FeedOrigin,
    find_unchanged,
    load_network_list,
    look_up_addresses,
)
from workbench.store.connection import Store

AS_OF = date(2026, 11, 1)


def load(
    store: Store, kind: str, lines: str, *, name: str = "", as_of: date | None = AS_OF
) -> FeedLoad:
    """Load a list as a command does; its name is its kind unless said."""
    content = lines.encode()
    origin = FeedOrigin(
        kind=kind,
        name=name or kind,
        file_name=f"{name or kind}.txt",
        sha256=sha256(content).hexdigest(),
        as_of=as_of,
        as_of_basis="stated",
    )
    known = find_unchanged(store, origin)
    if known:
        return known
    read = read_network_list("list", content, largest_bytes=1_000_000)
    return load_network_list(store, origin, read)


def see(store: Store, *addresses: str) -> None:
    """Let IP events with these addresses come in, version-1 first, and look them up."""
    for address in addresses:
        store.run_text(
            "INSERT INTO referral.ip_event (version_id, ip_event_no, ip_address, network_kind) "
            "SELECT 'version-' || (count(*) + 1), 1, $address, 'unknown' FROM referral.ip_event",
            {"address": address},
        )
    look_up_addresses(store, shipped_lists())


def networks(store: Store) -> dict[str, dict[str, Any]]:
    """Return what is known of each address."""
    rows = store.rows_of("SELECT * FROM referral.current_network ORDER BY version_id")
    return {row["ip_address"]: row for row in rows}


def kind_of(store: Store, address: str) -> tuple[str, str | None, str | None]:
    """Return an address's kind, the list that says so and the range."""
    row = networks(store)[address]
    return row["network_kind"], row["kind_source"], row["kind_range"]


def count(store: Store, table: str) -> int:
    """Return how many rows a table has."""
    (row,) = store.rows_of(f"SELECT count(*) AS n FROM referral.{table}")  # noqa: S608 - our own names
    return int(row["n"])
