"""`feeds load`, `list`, `withdraw`: as a person runs them, down to what `show` and `query` say."""

from pathlib import Path

import pytest

from tests.builders import police_json, write
from tests.unit.cli.test_commands import result, workbench

VPN = "# updated 2026-11-20\n192.0.2.0/25,Example VPN\n192.0.2.0/25,Example VPN\nnot a range,x\n"
GEO = "start_ip;end_ip;owner;country\n192.0.2.0;192.0.2.255;Example Net;NO\n"


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """A store with one report that has an address; the address is zero-padded and mapped."""
    report = police_json()
    person = report["reportedInformation"]["reportedPeople"]["reportedPersons"][0]
    person["sourceInformation"] = {
        "sourceCaptures": [
            {
                "captureType": "IP Address", "value": "::ffff:192.000.002.007", "eventName": "Login",
                "dateTime": "2026-11-01T12:00:00Z", "possibleProxy": "false",
            }
        ]
    }  # fmt: skip
    store = tmp_path / "unit.duckdb"
    result(store, "import", write(tmp_path, "one.json", report))
    return store


def test_a_list_is_loaded_listed_shown_and_taken_back(unit: Path, tmp_path: Path) -> None:
    vpn = write(tmp_path, "exits.csv", VPN)
    loaded = result(unit, "feeds", "load", "vpn", vpn, "--licence", "own")
    assert [loaded[key] for key in ("name", "as_of", "as_of_basis", "read", "ranges", "duplicates", "rejected")] == [
        "exits", "2026-11-20", "in_file", 3, 1, 1, 1,
    ]  # fmt: skip
    assert (loaded["addresses_changed"], loaded["versions_changed"]) == (1, 1)
    assert loaded["rejections"][0]["place"] == "line 4"
    assert result(unit, "feeds", "load", "vpn", vpn)["is_unchanged"] is True
    geo = write(tmp_path, "geo.csv", GEO)
    result(
        unit,
        "feeds",
        "load",
        "geo",
        geo,
        "--name",
        "Example geo",
        "--as-of",
        "2026-01-31",
        "--by",
        "4711",
    )

    lists = {one["name"]: one for one in result(unit, "feeds", "list")}
    assert set(lists) == {
        "exits",
        "Example geo",
        "iporigin",
        "IANA special-purpose address registries",
    }
    assert lists["Example geo"]["is_old"] is True
    assert (lists["Example geo"]["as_of_basis"], lists["Example geo"]["loaded_by"]) == (
        "stated",
        "4711",
    )

    [event] = result(unit, "show", "991000602")["ip_events"]
    assert (event["ip_address"], event["ip_address_as_written"]) == (
        "192.0.2.7",
        "::ffff:192.000.002.007",
    )
    assert (event["network_kind"], event["kind_source"], event["kind_as_of"], event["kind_range"]) == (
        "vpn", "exits", "2026-11-20", "192.0.2.0/25",
    )  # fmt: skip
    assert event["is_possible_proxy"] is False
    assert [(said["list_name"], said["kind"], said["country"]) for said in event["statements"]] == [
        ("exits", "vpn", None),
        ("IANA special-purpose address registries", "reserved", None),
        ("Example geo", None, "NO"),
    ]
    [row] = result(
        unit, "query", "SELECT network_kind, country, network_owner FROM analyst.ip_event"
    )
    assert row == {"network_kind": "vpn", "country": "NO", "network_owner": "Example Net"}
    facts = result(
        unit, "query", "SELECT facts->>'open_ip_count' AS n FROM referral.current_assessment"
    )
    assert facts == [{"n": "0"}]

    assert result(unit, "feeds", "withdraw", "vpn", "exits")["addresses_changed"] == 1
    [row] = result(unit, "query", "SELECT network_kind FROM analyst.ip_event")
    assert row == {"network_kind": "reserved"}
    workbench(unit, "check")


def test_a_country_that_another_list_names_moves_the_last_day_and_back(
    unit: Path, tmp_path: Path
) -> None:
    """Norway's twelve months, and Sweden's ten where an older list names it."""
    for country, day in (("NO", "2026-11-10"), ("SE", "2026-11-01")):
        listed = write(tmp_path, f"{country}.csv", f"network,country\n192.0.2.0/24,{country}\n")
        loaded = result(unit, "feeds", "load", "geo", listed, "--as-of", day)
        assert loaded["versions_changed"] == 1

    def last_days() -> tuple[str, str, str]:
        [event] = result(unit, "show", "991000602")["ip_events"]
        [row] = result(unit, "queue")
        return event["country"], event["last_on"], row["deadline_on"]

    assert last_days() == ("NO", "2027-09-01", "2027-09-01")
    # The same country in other words changes nothing that anybody is to assess again.
    again = write(tmp_path, "again.csv", "network,country\n192.0.2.0/24,Sverige\n")
    assert result(unit, "feeds", "load", "geo", again, "--as-of", "2026-10-01")["versions_changed"] == 0  # fmt: skip
    result(unit, "feeds", "withdraw", "geo", "again")
    result(unit, "feeds", "withdraw", "geo", "SE")
    assert last_days() == ("NO", "2027-11-01", "2027-11-01")


def test_the_files_own_day_is_the_lists_date_where_nothing_else_is_known(tmp_path: Path) -> None:
    import os

    path = write(tmp_path, "list.txt", "192.0.2.0/24\n")
    os.utime(path, (1_793_500_000, 1_793_500_000))
    loaded = result(tmp_path / "unit.duckdb", "feeds", "load", "tor", path)
    assert (loaded["as_of"], loaded["as_of_basis"]) == ("2026-11-01", "file_date")


def test_what_cannot_be_loaded_says_what_to_do(tmp_path: Path) -> None:
    store = tmp_path / "unit.duckdb"
    prose = write(tmp_path, "letter.txt", "Dear colleague\n")
    assert "no address range" in workbench(store, "feeds", "load", "vpn", prose, expect=10).stderr
    assert "One of:" in workbench(store, "feeds", "load", "vnp", prose, expect=10).stderr
    assert (
        "cannot be read"
        in workbench(store, "feeds", "load", "vpn", tmp_path / "none", expect=10).stderr
    )
    assert "no vpn list" in workbench(store, "feeds", "withdraw", "vpn", "none", expect=12).stderr
    assert result(store, "feeds", "list") == []
