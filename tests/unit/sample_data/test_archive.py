"""The archive gives the published tables, and nobody in it exists."""

import csv
from collections import Counter
from ipaddress import ip_address, ip_network
from itertools import pairwise
from pathlib import Path

import pytest

from sample_data.archive import HEADERS, ArchiveRow, archive_rows, oslo_text, write_archive
from sample_data.words import load_published, load_words

HABITS = load_words("archive_providers")


@pytest.fixture(scope="module")
def rows() -> list[ArchiveRow]:
    return archive_rows(2021)


def published_row(written: str) -> str:
    """Which published provider a spelling belongs to, by the generator's own lists."""
    (name,) = (
        name
        for name, habit in HABITS.items()
        if written in habit["spellings"] or written in habit["typing_errors"]
    )
    return name


def test_every_cell_of_the_published_provider_table_comes_out(rows: list[ArchiveRow]) -> None:
    received: Counter[tuple[str, int]] = Counter()
    imported: Counter[tuple[str, int]] = Counter()
    for row in rows:
        cell = (published_row(row.provider), row.received_at.year)
        received[cell] += 1
        imported[cell] += not row.reason
    for line in load_published("kripos_table2_provider_year"):
        cell = (line["provider"], int(line["year"]))
        assert received[cell] == int(line["received"])
        assert imported[cell] == int(line["imported_reconstructed"])


def test_every_cell_of_the_published_year_table_comes_out(rows: list[ArchiveRow]) -> None:
    received = Counter(row.received_at.year for row in rows)
    imported = Counter(row.received_at.year for row in rows if not row.reason)
    assert len(rows) == 32_220
    for line in load_published("kripos_table1_year"):
        assert received[int(line["year"])] == int(line["ncmec_reports_to_norway"])
        assert imported[int(line["year"])] == int(line["imported"])


def test_the_year_received_is_the_same_in_oslo_and_in_utc(rows: list[ArchiveRow]) -> None:
    assert all(str(row.received_at.year) == oslo_text(row.received_at)[6:10] for row in rows)


def test_numbers_are_ours_and_each_stands_once(rows: list[ArchiveRow]) -> None:
    numbers = [row.report_number for row in rows]
    assert len(set(numbers)) == len(numbers)
    assert all(len(number) == 9 and number.startswith("9910") for number in numbers)
    dated = [row for row in rows if row.report_number >= "991010000"]
    assert all(one.report_number < other.report_number for one, other in pairwise(dated))


def test_nothing_is_received_before_it_happened_or_decided_before_it_came(
    rows: list[ArchiveRow],
) -> None:
    assert all(row.received_at < row.decided_at for row in rows)
    assert all(row.ip_at < row.received_at for row in rows if row.ip_at)


def test_addresses_lie_in_ranges_set_aside_for_documentation(rows: list[ArchiveRow]) -> None:
    allowed = [
        ip_network(text)
        for text in (
            "192.0.2.0/24",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "2001:db8::/32",
            "100.64.0.0/10",
        )
    ]
    for row in rows:
        if row.ip_address:
            address = ip_address(row.ip_address)
            assert any(address in network for network in allowed)
        if row.email:
            assert row.email.rsplit("@")[1] in {"example.org", "example.com", "example.net"}


def test_a_referral_without_files_is_not_turned_down_for_them_unless_it_has_none(
    rows: list[ArchiveRow],
) -> None:
    assert not any(row.files for row in rows if row.reason == "no_files")
    assert all(row.ip_address for row in rows if row.reason == "identity_hidden")


def test_every_spelling_and_every_returning_account_occurs(rows: list[ArchiveRow]) -> None:
    written = {row.provider for row in rows}
    spellings = {spelling for habit in HABITS.values() for spelling in habit["spellings"]}
    assert spellings <= written
    assert written - spellings, "somebody must have mistyped"
    by_number = {row.report_number: row for row in rows}
    for account in load_words("returning_accounts")["account"]:
        row = by_number[account["report_number"]]
        assert (row.screen_name, row.email) == (account["screen_name"], account["email"])
        assert row.received_at.year == account["year"]
        assert (not row.reason) == account["is_imported"]
        assert published_row(row.provider) == account["provider"]


def test_the_same_seed_writes_the_same_lines(tmp_path: Path, rows: list[ArchiveRow]) -> None:
    with write_archive(tmp_path).open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, delimiter=";"))
    assert tuple(lines[0]) == HEADERS
    assert [tuple(line) for line in lines[1:]] == [row.cells() for row in rows]


def test_another_seed_gives_another_archive_with_the_same_counts(rows: list[ArchiveRow]) -> None:
    others = archive_rows(4)
    assert others[0] != rows[0]
    assert len(others) == len(rows)
    assert sum(not row.reason for row in others) == sum(not row.reason for row in rows)
