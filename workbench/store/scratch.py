"""Notes of one long job that may outgrow memory: a database of its own, gone when the job ends."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from workbench.store.connection import Store

# Sorts the names of ten million files; with half of it DuckDB gave up at four million.
_MEMORY: Final = "128MB"
_ENDING: Final = ".notes"


@contextmanager
def scratch(store: Path | None) -> Iterator[Store]:
    """Open an empty database for as long as the block lasts.

    What does not fit into its small share of memory goes to a folder beside the store, which is
    emptied at both ends: an import that was killed leaves its notes behind.

    Args:
        store: The store's file, which whoever calls holds alone; None keeps all in memory, as a
            store without a file does.
    """
    folder = Path(f"{store}{_ENDING}") if store is not None else None
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
    connection = duckdb.connect(":memory:")
    try:
        connection.execute("SET threads = 1")  # the others are busy with reading
        connection.execute("SET preserve_insertion_order = false")  # which would take memory
        if folder is not None:
            connection.execute("SET temp_directory = $folder", {"folder": str(folder)})
            connection.execute("SET memory_limit = $memory", {"memory": _MEMORY})
        connection.execute("SET enable_external_access = false")
        connection.execute("SET python_enable_replacements = false")
        connection.execute("SET lock_configuration = true")
        yield Store(connection, folder)
    finally:
        connection.close()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
