"""A short campaign over every reader: no crash, no hang, no growth; `make fuzz` runs the long one."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.campaign import IMPORT, MEMORY_MB, run, targets
from tests.fuzz.lists import HASHES, NETWORKS, list_seeds, reading_lists

RUNS = {"cybertipline_pdf": 150, NETWORKS: 1_000, "tabular": 1_500, IMPORT: 200}


@pytest.mark.parametrize("target", targets())
def test_no_reader_breaks_its_promises_on_mutated_bytes(target: str, tmp_path: Path) -> None:
    if target != IMPORT and find_spec("atheris") is None:
        pytest.skip("atheris has no wheel for this machine")
    runs = RUNS.get(target, 4_000)
    outcome = run(target, seconds=900, runs=runs, seed=7, keep=tmp_path)
    assert outcome.finding is None, outcome.finding
    assert outcome.executions >= runs
    assert 0 < outcome.peak_mb < MEMORY_MB


@pytest.mark.parametrize("target", [NETWORKS, HASHES])
def test_what_a_campaign_over_lists_begins_with_is_read(target: str, tmp_path: Path) -> None:
    read = reading_lists(tmp_path)[target]
    refused = [content for content in list_seeds()[target] if not read(content)["read"]]
    assert [content[:2] for content in refused] == ([b"\x1f\x8b"] if target == HASHES else [])
