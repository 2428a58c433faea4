"""The canonical table: whose row each written name is counted in."""

import csv
from pathlib import Path

import pytest

from rules.providers import load_provider_table
from workbench.model.rulebook import ProviderEntry

PUBLISHED = Path(__file__).parents[3] / "sample_data/published/kripos_table2_provider_year.csv"


def owner_of(written: str) -> ProviderEntry:
    (entry,) = [
        entry
        for entry in load_provider_table(None)
        if written in (entry.name, *entry.aliases, *entry.legal_names, *entry.services)
    ]
    return entry


def test_every_published_row_but_the_rest_has_exactly_one_provider() -> None:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        published = {row["provider"] for row in csv.DictReader(file)} - {"Øvrige"}
    rows = [entry.published_row for entry in load_provider_table(None) if entry.published_row]
    assert sorted(rows) == sorted(published)


@pytest.mark.parametrize(
    ("written", "name", "row"),
    [
        ("Meta Platforms Ireland Limited", "Facebook", "Facebook"),
        ("Instagram, Inc.", "Instagram", "Instagram"),
        ("WhatsApp LLC", "WhatsApp", None),
        ("Twitter", "X", None),
        ("Microsoft BingImage", "Microsoft", "Microsoft"),
        ("Kik Interactive Inc.", "KIK", "KIK"),
        ("Snap Inc.", "Snapchat", "Snapchat"),
    ],
)
def test_names_legal_names_and_products_lead_to_their_provider(
    written: str, name: str, row: str | None
) -> None:
    entry = owner_of(written)
    assert (entry.name, entry.published_row) == (name, row)


def test_one_company_may_own_providers_that_are_counted_apart() -> None:
    assert owner_of("Facebook").company == owner_of("Instagram").company == "Meta"
