"""What a campaign found once: each file is read, or refused with its reason, for ever after."""

from pathlib import Path

import pytest

from connectors.registry import connectors
from tests.fuzz.judge import judge
from workbench.model.record import SourceFile, UnreadFields

FOUND = sorted((Path(__file__).parent / "found").iterdir())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_stays_mended(path: Path) -> None:
    file = SourceFile(path.name, path.read_bytes(), ".")
    unread = UnreadFields()
    reader = next(reader for reader in connectors(None) if reader.recognises(file))
    assert judge(file, reader.read(file, unread), unread).total() > 0
