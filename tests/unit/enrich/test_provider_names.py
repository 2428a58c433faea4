"""Which provider a written name stands for, and that nothing is merged in silence."""

from pathlib import Path

import pytest

from connectors.registry import connectors
from rules.providers import load_provider_table
from tests.builders import police_json, write
from workbench.enrich.provider_names import (
    ProviderNames,
    list_names_for_review,
    place_provider_names,
)
from workbench.intake.importer import import_paths
from workbench.settings import Settings
from workbench.store.connection import Store


@pytest.fixture(scope="module")
def names() -> ProviderNames:
    return ProviderNames(load_provider_table(None))


@pytest.mark.parametrize(
    ("written", "provider", "matched_by"),
    [
        ("Facebook", "Facebook", "table"),
        ("FACEBOOK, INC.", "Facebook", "table"),
        ("Instagram, Inc.", "Instagram", "table"),
        ("Snap Inc.", "Snapchat", "table"),
        ("Snapchatt", "Snapchat", "similar"),
        ("Instgram", "Instagram", "similar"),
        ("Nobody Knows Us Ltd", "Nobody Knows Us Ltd", "itself"),
        ("Kikk", "Kikk", "itself"),
        ("電報", "電報", "itself"),
    ],
)
def test_names_are_placed(
    names: ProviderNames, written: str, provider: str, matched_by: str
) -> None:
    match = names.match(written)
    assert (match.provider, match.matched_by) == (provider, matched_by)
    assert match.needs_review == (matched_by != "table")


def test_no_provider_of_the_table_is_taken_for_another(names: ProviderNames) -> None:
    table = load_provider_table(None)
    wrong = [
        (written, names.match(written).provider, entry.name)
        for entry in table
        for written in (entry.name, *entry.aliases, *entry.legal_names)
        if names.match(written).provider != entry.name
    ]
    assert wrong == []


def test_placing_is_done_once_a_name_and_shows_in_the_views(store: Store, tmp_path: Path) -> None:
    information = police_json()["reportedInformation"]
    for number, name in enumerate(
        ["Facebok", "Facebook Ireland Limited", "Granittforum"], 991000001
    ):
        report = police_json(
            number, reportedInformation=information | {"reportingEsp": {"espName": name}}
        )
        write(tmp_path, f"{number}.json", report)
    import_paths(store, [tmp_path], connectors=connectors(None), settings=Settings())
    assert place_provider_names(store, load_provider_table(None)) == 3
    assert place_provider_names(store, load_provider_table(None)) == 0
    rows = store.query(
        "SELECT provider, provider_as_written FROM analyst.referral ORDER BY report_number"
    )[1]
    assert rows == [
        ("Facebook", "Facebok"), ("Facebook", "Facebook Ireland Limited"), ("Granittforum", "Granittforum"),
    ]  # fmt: skip
    review = list_names_for_review(store)
    assert {(row.name_as_written, row.referral_count) for row in review} == {
        ("Facebok", 1),
        ("Granittforum", 1),
    }
