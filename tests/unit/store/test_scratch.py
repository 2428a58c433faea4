"""Notes of an import: as many as there are, in little memory, and gone when it ends."""

from pathlib import Path

import pyarrow as pa
import pytest

from workbench.errors import StoreError
from workbench.intake.notes import NotedRows
from workbench.store import scratch as scratch_module
from workbench.store.connection import Store
from workbench.store.scratch import scratch

SCHEMA = pa.schema([("place", pa.int64()), ("number", pa.string())])
MORE_THAN_FITS = 600_000


def note(notes: Store, count: int) -> None:
    notes.run("intake/make_stated_number")
    rows = NotedRows(notes, "intake/add_stated_numbers", SCHEMA)
    for place in range(count):
        rows.add(place, f"invented number {place} of a report")
    rows.write()


def test_what_does_not_fit_goes_beside_the_store_and_is_gone_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch_module, "_MEMORY", "24MB")
    store = tmp_path / "unit.duckdb"
    with scratch(store) as notes:
        note(notes, MORE_THAN_FITS)
        [beside] = tmp_path.iterdir()
        assert beside.name == "unit.duckdb.notes"
        assert sum(file.stat().st_size for file in beside.iterdir()) > 0
        notes.run("intake/make_wanted_number", {"near": []})
        [counted] = notes.rows_of("SELECT count(*) AS numbers FROM wanted_number")
        assert counted["numbers"] == MORE_THAN_FITS
    assert not list(tmp_path.iterdir())


def test_what_a_killed_import_left_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / "unit.duckdb.notes"
    left.mkdir()
    (left / "left.tmp").write_text("invented")
    with scratch(tmp_path / "unit.duckdb") as notes:
        assert not left.exists()
        note(notes, 3)
    assert not list(tmp_path.iterdir())


def test_notes_that_fit_nowhere_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch_module, "_MEMORY", "2MB")
    with (
        pytest.raises(StoreError, match=r"unit\.duckdb\.notes cannot be written to"),
        scratch(tmp_path / "unit.duckdb") as notes,
    ):
        note(notes, MORE_THAN_FITS)
    assert not list(tmp_path.iterdir())
