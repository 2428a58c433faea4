"""A folder that is too large to be read as one gives what it would give as one."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connectors.registry import connectors
from tests.builders import file_details, police_json, provider_xml, write
from workbench.intake import large_folder, units
from workbench.intake.importer import import_paths
from workbench.settings import Settings
from workbench.store.connection import Store

NUMBERS = ("991000001", "991000002", "991000003")
KINDS = ("report", "part", "part without number", "json")
# What a file holds, which number it states, and which one its name states, if any.
File = tuple[str, str, str | None]
FILES = st.lists(
    st.tuples(
        st.sampled_from(KINDS), st.sampled_from(NUMBERS), st.none() | st.sampled_from(NUMBERS)
    ),
    min_size=1,
    max_size=14,
)


def write_files(folder: Path, files: Sequence[File]) -> None:
    for index, (kind, number, in_name) in enumerate(files):
        name = f"{index:02d}_{in_name or 'file'}"
        match kind:
            case "report":
                body = f"<additionalInfo>Invented {index}.</additionalInfo>"
                write(folder, f"{name}.xml", provider_xml(body))
            case "part":
                write(folder, f"{name}.xml", file_details(number, f"{index:032x}"))
            case "part without number":
                write(folder, f"{name}.xml", file_details("", f"{index:032x}"))
            case _:
                write(folder, f"{name}.json", police_json(number, brandNew=index))


def brought(folder: Path) -> list[tuple[Any, ...]]:
    """Return number, where it stood and content of all that an import of the folder brings."""
    with Store.open(None) as store:
        sheet = import_paths(store, [folder], connectors=connectors(None), settings=Settings())
        assert sheet.rejected == 0
        return store.query(
            "SELECT report_number, report_number_source, version_id"
            " FROM referral.report_version ORDER BY ALL"
        )[1]


@settings(max_examples=25)
@given(files=FILES)
# One report that nothing names, and the only number left when another report has taken its own.
@example(
    files=[
        ("json", NUMBERS[0], None),
        ("part", NUMBERS[0], None),
        ("part", NUMBERS[1], None),
        ("report", NUMBERS[0], None),
    ]
)
# The only report takes the only number beside it, whatever it is called.
@example(
    files=[
        ("report", NUMBERS[0], NUMBERS[2]),
        *[("json", NUMBERS[2], None)] * 5,
        ("part", NUMBERS[1], None),
    ]
)
def test_a_folder_gives_the_same_whole_and_in_parts(files: list[File]) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name) / "in"
        write_files(folder, files)
        whole = brought(folder)
        patch.setattr(units, "MOST_TOGETHER", 1)
        patch.setattr(large_folder, "ENOUGH_FILES", 1)
        assert brought(folder) == whole
