"""The sample hash lists fit the sample inbox."""

from datetime import date
from pathlib import Path

from connectors.hash_list.reader import CsvHashList
from connectors.registry import connectors
from sample_data.hash_lists import write_hash_lists
from sample_data.inbox import write_inbox
from workbench.enrich.hash_lists import HashListNote, load_hash_list
from workbench.intake.importer import import_paths
from workbench.settings import Settings
from workbench.store.connection import Store

TODAY = date(2026, 11, 20)


def test_some_files_of_the_inbox_stand_on_each_list_of_material(
    store: Store, tmp_path: Path
) -> None:
    inbox = write_inbox(tmp_path / "inbox", today=TODAY)
    import_paths(store, [inbox], connectors=connectors(None), settings=Settings(readers=1))
    sheets = {
        made.label: load_hash_list(
            store, CsvHashList(made.path), HashListNote(made.name, made.label, made.as_of, "stated"), None
        )
        for made in write_hash_lists(tmp_path / "lists", today=TODAY)
    }  # fmt: skip
    assert sheets["known"].matched_referrals > 10
    assert sheets["viral"].matched_referrals > 10
    # The hash of an empty file is left out, the line that is no hash is named.
    assert (sheets["not_relevant"].left_out, sheets["not_relevant"].rejected) == (1, 1)


def test_the_same_day_gives_the_same_lists(tmp_path: Path) -> None:
    one = write_hash_lists(tmp_path / "one", today=TODAY)
    two = write_hash_lists(tmp_path / "two", today=TODAY)
    assert [made.path.read_bytes() for made in one] == [made.path.read_bytes() for made in two]
