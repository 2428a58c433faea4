"""What a campaign found once: each file is read, or refused with its reason, for ever after."""

from pathlib import Path

import pytest

from connectors.registry import connectors
from tests.fuzz.judge import judge
from tests.fuzz.lists import reading_lists
from workbench.model.record import SourceFile, UnreadFields

FOUND = sorted((Path(__file__).parent / "found").iterdir())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_stays_mended(path: Path, tmp_path: Path) -> None:
    lists = reading_lists(tmp_path)
    of_lists = next((read for target, read in lists.items() if path.name.startswith(target)), None)
    if of_lists is not None:
        assert of_lists(path.read_bytes()).total() > 0
        return
    file = SourceFile(path.name, path.read_bytes(), ".")
    unread = UnreadFields()
    reader = next(reader for reader in connectors(None) if reader.recognises(file))
    assert judge(file, reader.read(file, unread), unread).total() > 0
