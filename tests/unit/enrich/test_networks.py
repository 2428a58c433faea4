"""Lists of address ranges: who says what of an address, and what a further list changes."""

import time
from datetime import date

import pytest

from tests.unit.assess.referral_rows import add_version, address, assess_all, clocks_of, facts_of
from tests.unit.enrich.network_lists import AS_OF, count, kind_of, load, networks, see
from workbench.enrich.networks import withdraw_network_list
from workbench.errors import NotFoundError
from workbench.store.audit import run_audits
from workbench.store.connection import Store

REGISTRY = "IANA special-purpose address registries"


def test_every_address_gets_kind_range_list_date_country_and_owner(store: Store) -> None:
    load(store, "vpn", "network,provider\n192.0.2.0/25,Example VPN\n")
    load(
        store,
        "geo",
        "network,owner,country\n192.0.2.0/24,Example Net,NO\n",
        as_of=date(2026, 10, 1),
    )
    see(store, "192.0.2.7")
    row = networks(store)["192.0.2.7"]
    assert (row["network_kind"], row["kind_source"], row["kind_as_of"], row["kind_range"]) == (
        "vpn", "vpn", AS_OF, "192.0.2.0/25",
    )  # fmt: skip
    assert (row["country"], row["country_source"], row["country_as_of"]) == (
        "NO",
        "geo",
        date(2026, 10, 1),
    )
    assert (row["network_owner"], row["owner_source"]) == ("Example Net", "geo")
    assert [(said["kind"], said["list_name"], said["owner"]) for said in row["statements"]] == [
        ("vpn", "vpn", "Example VPN"),
        ("reserved", REGISTRY, None),
        (None, "geo", "Example Net"),
    ]


def test_the_kind_is_the_first_that_any_list_says_and_all_are_kept(store: Store) -> None:
    order = ["tor", "vpn", "hosting", "carrier", "access"]
    for kind in reversed(order):
        load(store, kind, "192.0.2.0/24\n", name=f"list of {kind}")
    see(store, "192.0.2.7")
    for place, kind in enumerate(order):
        assert kind_of(store, "192.0.2.7") == (kind, f"list of {kind}", "192.0.2.0/24")
        said = [one["kind"] for one in networks(store)["192.0.2.7"]["statements"]]
        assert said == [*order[place:], "reserved"]
        withdraw_network_list(store, kind, f"list of {kind}", by=None)
    assert kind_of(store, "192.0.2.7") == ("reserved", REGISTRY, "192.0.2.0/24")


def test_of_two_lists_of_one_kind_the_newer_is_named_and_both_are_shown(store: Store) -> None:
    load(store, "vpn", "192.0.2.0/24\n", name="older", as_of=date(2026, 1, 1))
    load(store, "vpn", "192.0.2.0/28\n", name="newer", as_of=date(2026, 2, 1))
    load(store, "vpn", "192.0.2.0/30\n", name="undated", as_of=None)
    see(store, "192.0.2.1")
    names = [one["list_name"] for one in networks(store)["192.0.2.1"]["statements"]]
    assert names == ["newer", "older", "undated", REGISTRY]


def test_inside_one_list_the_most_specific_range_speaks(store: Store) -> None:
    load(
        store, "vpn",
        "network,provider\n192.0.2.0/24,Wide\n192.0.2.64/26,Narrow\n192.0.2.70-192.0.2.71,Narrowest\n192.0.2.0/24,Again\n",
    )  # fmt: skip
    see(store, "192.0.2.1", "192.0.2.65", "192.0.2.70", "192.0.2.127", "192.0.2.128")
    owners = {address: row["network_owner"] for address, row in networks(store).items()}
    assert list(owners.values()) == ["Wide", "Narrow", "Narrowest", "Narrow", "Wide"]
    assert all(len(row["statements"]) == 2 for row in networks(store).values())


def test_reserved_shared_and_unlisted_addresses_without_any_list_of_ours(store: Store) -> None:
    see(store, "203.0.113.9", "100.64.3.9", "2001:db8::9", "2a00::1")
    assert kind_of(store, "203.0.113.9")[0] == "reserved"
    assert kind_of(store, "100.64.3.9") == ("carrier", REGISTRY, "100.64.0.0/10")
    assert networks(store)["100.64.3.9"]["is_shared"] is True
    assert kind_of(store, "2001:db8::9")[0] == "reserved"
    unlisted = networks(store)["2a00::1"]
    assert (unlisted["network_kind"], unlisted["kind_source"], unlisted["statements"]) == (
        "unknown",
        None,
        [],
    )


def test_the_shipped_ranges_answer_with_their_build_date(store: Store) -> None:
    import iporigin

    known = next(str(iporigin.classify(f"2600:1f00::{number:x}").ip) for number in range(1, 9))
    see(store, known)
    kind, source, _ = kind_of(store, known)
    assert kind == {"cdn": "hosting", "bot": "hosting"}.get(
        iporigin.classify(known).kind, iporigin.classify(known).kind
    )
    assert source == ("iporigin" if kind != "unknown" else None)
    [feed] = store.rows_of(
        "SELECT as_of, as_of_basis FROM analyst.network_feed WHERE name = 'iporigin'"
    )
    assert (feed["as_of"] is not None, feed["as_of_basis"]) == (True, "in_file")


def test_ranges_that_their_owner_flags_are_carriers_ranges(store: Store) -> None:
    load(
        store,
        "geo",
        "network,owner,country\n192.0.2.0/25,Example Mobile CGNAT,NO\n192.0.2.128/25,Example,NO\n",
    )
    see(store, "192.0.2.1", "192.0.2.200")
    assert kind_of(store, "192.0.2.1")[0] == "carrier"
    assert kind_of(store, "192.0.2.200")[0] == "reserved"


def test_ipv6_and_ipv4_ranges_in_one_list(store: Store) -> None:
    load(store, "tor", "2001:db8:1::/48\n192.0.2.0/24\n2001:db8::ffff:1\n::ffff:203.0.113.0/120\n")
    see(
        store,
        "2001:db8:1:5::9",
        "192.0.2.9",
        "2001:db8::ffff:1",
        "2001:db8::ffff:2",
        "203.0.113.77",
    )
    kinds = [row["network_kind"] for row in networks(store).values()]
    assert kinds == ["tor", "tor", "tor", "reserved", "tor"]


def test_loading_the_same_content_twice_changes_nothing(store: Store) -> None:
    see(store, "192.0.2.1")
    first = load(store, "vpn", "192.0.2.0/24\n192.0.2.0/24\nbad\n")
    before = [count(store, table) for table in ("network_feed", "network_range", "network_lookup")]
    again = load(store, "vpn", "192.0.2.0/24\n192.0.2.0/24\nbad\n")
    assert (first.read, first.ranges, first.duplicates, first.rejected) == (3, 1, 1, 1)
    assert again.is_unchanged
    assert (again.read, again.rejections) == (first.read, first.rejections)
    assert [
        count(store, table) for table in ("network_feed", "network_range", "network_lookup")
    ] == before
    assert not load(
        store, "vpn", "192.0.2.0/24\n192.0.2.0/24\nbad\n", as_of=date(2026, 11, 2)
    ).is_unchanged
    assert networks(store)["192.0.2.1"]["kind_as_of"] == date(2026, 11, 2)


def test_a_list_of_the_same_name_replaces_the_earlier_which_stays_as_history(store: Store) -> None:
    see(store, "192.0.2.1", "192.0.2.200")
    load(store, "vpn", "192.0.2.0/25\n")
    load(store, "vpn", "192.0.2.128/25\n", as_of=date(2026, 11, 8))
    assert kind_of(store, "192.0.2.1")[0] == "reserved"
    assert kind_of(store, "192.0.2.200")[0] == "vpn"
    loads = store.rows_of(
        "SELECT is_current, as_of FROM analyst.network_feed WHERE kind = 'vpn' ORDER BY feed_id"
    )
    assert [(row["is_current"], row["as_of"]) for row in loads] == [
        (False, AS_OF),
        (True, date(2026, 11, 8)),
    ]
    assert count(store, "network_range") > 2


def test_a_further_list_asks_again_only_where_it_can_change_something(store: Store) -> None:
    see(store, "192.0.2.1", "192.0.2.200", "198.51.100.1", "2001:db8::1")
    before = count(store, "network_lookup")
    assert load(store, "vpn", "192.0.2.0/25\n").addresses_changed == 1
    assert count(store, "network_lookup") == before + 1
    # One range stays as it was, one goes, one comes: only those two are answered anew.
    done = load(store, "vpn", "192.0.2.0/25\n198.51.100.0/24\n")
    assert done.addresses_changed == 1
    assert count(store, "network_lookup") == before + 2
    assert count(store, "network_lookup_end") == 2
    assert len(networks(store)) == 4
    assert [
        audit.name for audit in run_audits(store) if "looked_up" in audit.name and not audit.holds
    ] == []


def test_an_import_looks_up_only_what_is_new(store: Store) -> None:
    see(store, "192.0.2.1")
    before = count(store, "network_lookup")
    see(store, "192.0.2.1", "192.0.2.2")
    assert count(store, "network_lookup") == before + 1
    assert count(store, "network_feed") == 2  # those that are shipped, once


def test_a_store_without_addresses_loads_no_list(store: Store) -> None:
    see(store)
    assert count(store, "network_feed") == 0


def test_withdrawing_what_is_not_there_says_so(store: Store) -> None:
    with pytest.raises(NotFoundError):
        withdraw_network_list(store, "vpn", "none", by=None)


def changed(store: Store) -> list[str]:
    return [
        row["version_id"]
        for row in store.rows_of("SELECT version_id FROM referral.evidence_change ORDER BY ALL")
    ]


def test_only_what_an_assessment_uses_makes_a_version_assessed_again(store: Store) -> None:
    for number in (1, 2):
        add_version(
            store,
            number,
            ip_event=[address(ip_address=f"192.0.2.{number}", network_kind="reserved")],
        )
    see(store)
    assess_all(store)
    assert changed(store) == []
    load(store, "access", "network,owner\n192.0.2.1,Example Access\n", name="one")
    assert changed(store) == ["version-1"]
    # Another list that says the same changes nothing; another owner is whom to ask.
    same = "network,owner\n192.0.2.1,Example Access\n"
    load(store, "access", same, name="two", as_of=date(2026, 12, 1))
    assert changed(store) == ["version-1"]
    load(store, "access", same.replace("Access", "Other"), name="two", as_of=date(2026, 12, 2))
    assert changed(store) == ["version-1"] * 2
    load(store, "geo", "network,country\n192.0.2.2,SE\n")
    assert changed(store) == ["version-1", "version-1", "version-2"]
    withdraw_network_list(store, "access", "one", by=None)
    assert changed(store) == ["version-1", "version-1", "version-2"]


def test_what_a_finding_cites_is_assessed_again_when_the_list_is_replaced(store: Store) -> None:
    add_version(store, 1, ip_event=[address(ip_address="192.0.2.1", network_kind="reserved")])
    see(store)
    load(store, "vpn", "192.0.2.1\n", name="old", as_of=date(2026, 9, 15))
    assess_all(store)
    assert "vpn, old, 2026-09-15" in str(facts_of(store, 1)["hidden_addresses"])
    load(store, "vpn", "192.0.2.1\n", name="new", as_of=date(2026, 10, 15))
    withdraw_network_list(store, "vpn", "old", by=None)
    assess_all(store)
    assert "vpn, new, 2026-10-15" in str(facts_of(store, 1)["hidden_addresses"])


def test_an_assessment_hears_the_lists(store: Store) -> None:
    for number, last in ((1, 10), (2, 20), (3, 30)):
        add_version(
            store, number, ip_event=[address(ip_address=f"192.0.2.{last}", network_kind="reserved")]
        )
    load(store, "carrier", "192.0.2.10\n")
    load(store, "vpn", "192.0.2.20\n")
    load(store, "geo", "network,country\n192.0.2.30,Sverige\n")
    see(store)
    time.sleep(0.01)
    assess_all(store)
    assert facts_of(store, 1)["is_shared_without_port"] is True
    assert facts_of(store, 2)["open_ip_count"] == 0
    [clock] = [one for one in clocks_of(store, 3) if one["ip_event_no"] == 1]
    assert clock["is_country_assumed"] is False
    assert networks(store)["192.0.2.30"]["country"] == "SE"


def test_what_is_said_by_others_stays_apart_in_the_public_view(store: Store) -> None:
    add_version(
        store, 1,
        ip_event=[address(ip_address="192.0.2.1", ip_address_as_written="192.000.002.001", is_possible_proxy=False)],
        geo_lookup=[{"ip_address": "192.0.2.1", "country": "Norway", "organization": "Example Org"}],
    )  # fmt: skip
    see(store)

    def shown() -> dict[str, object]:
        return store.rows_of("SELECT * FROM analyst.ip_event")[0]

    assert (shown()["country"], shown()["country_source"]) == (
        "Norway",
        "NCMEC look-up in the report",
    )
    load(store, "geo", "network,country,owner\n192.0.2.0/24,SE,Example Net\n")
    load(store, "vpn", "192.0.2.0/24\n")
    row = shown()
    assert (row["country"], row["country_source"], row["ncmec_country"]) == ("SE", "geo", "Norway")
    assert (row["network_owner"], row["ncmec_organization"]) == ("Example Net", "Example Org")
    assert (row["network_kind"], row["kind_source"], row["is_possible_proxy"]) == (
        "vpn",
        "vpn",
        False,
    )
