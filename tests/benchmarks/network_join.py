"""Measure looking up IP events in a list against the bare range join DuckDB can do.

Run: python tests/benchmarks/network_join.py [EVENTS] [RANGES]

3,000,000 IP events, a tenth of them IPv6, are looked up in a list of 500,000 ranges that overlap,
beside the two lists that are shipped: once with every address in two events, as accounts are used
more than once, and once with no address twice, which is the worst there can be. The floor is one ASOF join of
the same events, their addresses already numbers, with pieces that do not overlap, its result
written to a table. What is measured is all of a first enrichment: finding the distinct addresses,
reading them as numbers, the join, the answers in words, and writing them. Loading the list is
printed beside it. Floor and enrichment take turns; beside the seconds on the clock stand those of the
processors, which a machine that is busy with other things stretches less. Both keep their tables in the store.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from connectors.ip_intelligence.reader import read_network_list
from connectors.ip_intelligence.shipped import shipped_lists
from workbench.enrich.networks import FeedOrigin, load_network_list, look_up_addresses
from workbench.store.connection import Store

AIM = 3.0
ROUNDS = 3  # the best of each counts

EVENTS = """
INSERT INTO referral.ip_event BY NAME
SELECT
    sha256('version' || (event_no // 3)) AS version_id,
    CAST(event_no % 3 AS INTEGER) AS ip_event_no,
    CASE
        WHEN number % 10 = 0
            THEN printf('2001:db8:%x:%x::%x', 1 + hash(number) % 65535, 1 + hash(number + 1) % 65535, 1 + number % 65535)
        ELSE concat_ws('.', 1 + hash(number) % 220, hash(number + 1) % 256, hash(number + 2) % 256, hash(number + 3) % 256)
    END AS ip_address,
    'unknown' AS network_kind,
    false AS is_private_use
FROM (SELECT unnest(range($events)) AS event_no, event_no // $per_address AS number)
"""
KEYED = """
CREATE TABLE desk.keyed AS
SELECT version_id, ip_event_no, referral.address_key(ip_address) AS address_key FROM referral.ip_event
"""
FLOOR = """
CREATE OR REPLACE TABLE desk.floor AS
SELECT
    keyed.version_id,
    keyed.ip_event_no,
    CASE WHEN keyed.address_key <= segment.segment_end THEN segment.range_no END AS range_no
FROM desk.keyed
ASOF LEFT JOIN referral.network_segment AS segment ON keyed.address_key >= segment.segment_start
"""
FORGET = ("network_lookup", "network_answer")


def list_of(ranges: int) -> bytes:
    """Return a CSV of ranges with provider: nine tenths IPv4, one in eight inside another."""
    lines = ["network,provider,country"]
    step = 220 * 256**3 // max(ranges, 1)
    for number in range(ranges):
        length = 20 if number % 8 == 0 else 24
        start = (256**3 + number * step) & ~(2 ** (32 - length) - 1)
        octets = ".".join(str(start >> shift & 255) for shift in (24, 16, 8, 0))
        network = f"2001:db8:{number % 65536:x}::/48" if number % 10 == 0 else f"{octets}/{length}"
        lines.append(f"{network},Example {number % 500},NO")
    return "\n".join(lines).encode()


class Seconds(NamedTuple):
    """What some work took: on the clock, and of all processors together."""

    clock: float
    processors: float


def seconds_of(work: Callable[[], object]) -> Seconds:
    """Do the work."""
    clock, processors = time.monotonic(), time.process_time()
    work()
    return Seconds(time.monotonic() - clock, time.process_time() - processors)


def forget(store: Store) -> None:
    """Forget every answer."""
    for table in FORGET:
        store.run_text(f"DELETE FROM referral.{table}")  # noqa: S608 - our own names
    store.run_text("CHECKPOINT")


def best(rounds: list[Seconds]) -> Seconds:
    """Return the least of each."""
    return Seconds(*(min(column) for column in zip(*rounds, strict=True)))


def load(store: Store, content: bytes) -> None:
    """Load the list and say how long it took."""
    started = time.monotonic()
    read = read_network_list("list.csv", content, largest_bytes=len(content))
    origin = FeedOrigin("vpn", "benchmark", "list.csv", sha256(content).hexdigest())
    done = load_network_list(store, origin, read)
    print(
        f"list of {done.read:,} lines: {time.monotonic() - started:.1f} s, {done.ranges:,} ranges"
    )


def measure(events: int, ranges: int, per_address: int) -> float:
    """Print the best of both times and their ratio; return the ratio."""
    floors, runs = [], []
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "store.duckdb") as store,
    ):
        look_up = partial(look_up_addresses, store, shipped_lists())
        load(store, list_of(ranges))
        store.run_text(EVENTS, {"events": events, "per_address": per_address})
        store.run_text(KEYED)
        # In turn, so that a busy moment of the machine hits both.
        for _ in range(ROUNDS):
            floors.append(seconds_of(partial(store.run_text, FLOOR)))
            forget(store)
            runs.append(seconds_of(look_up))
        nothing_new = seconds_of(look_up)
    floor, run = best(floors), best(runs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{events:,} IP events of {events // per_address:,} addresses, {ranges:,} ranges: enrichment "
        f"{run.clock:.2f} s, bare join {floor.clock:.2f} s, ratio {run.clock / floor.clock:.2f} (aim {AIM:.0f}); "
        f"of processors {run.processors:.2f} s and {floor.processors:.2f} s, ratio "
        f"{run.processors / floor.processors:.2f}; nothing new {nothing_new.clock:.2f} s; peak memory {peak:,.0f} MB"
    )
    return run.clock / floor.clock


def main(events: int, ranges: int) -> list[float]:
    """Measure the usual and the worst; return both ratios."""
    return [measure(events, ranges, per_address) for per_address in (2, 1)]


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:3]]
    main(*(given + [3_000_000, 500_000][len(given) :]))
