"""What one file may ask of an import before it is refused: settings, each with a working default.

A limit is here when a real file can meet it and somebody then reads a rejection. What only tunes
the inner working (how much is read at once, how far a look goes, how long a place is written out)
stays a constant where it is used: no file is refused because of it. So does what a parser cannot
be talked out of, such as how deep documents may be nested.
"""

import re
from dataclasses import dataclass, field, fields
from typing import Any, Final

_PREFIX: Final = "WORKBENCH_LIMITS__"
_MEBIBYTE: Final = 1024**2
# Far beyond any use, and what each reader, parser and system call still takes.
_MOST: Final = 2**31 - 1
_MOST_BYTES: Final = 2**40
_MOST_SECONDS: Final = 86_400  # a day
_NAMED: Final = re.compile(r"raise (WORKBENCH_\w+), now ([\d.,]+)\.")


def _limit(default: float, *, least: float, most: float = _MOST, says: str) -> Any:  # noqa: ANN401 - as `field` has it
    return field(default=default, metadata={"least": least, "most": most, "says": says})


@dataclass(frozen=True, slots=True)
class Limits:
    """How large, long and slow a file may be. Every field is a setting, `WORKBENCH_LIMITS__...`."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - pydantic looks for it on the class

    seconds_without_result: int = _limit(
        180,
        least=1,
        most=_MOST_SECONDS,
        says="How long a process that reads may work on one file, or one member of a package, "
        "without ending it and without another thousand reports; then it is stopped, and at the "
        "second stop the file is refused and the others go on. Not where the import reads by "
        "itself (WORKBENCH_READERS=1, or a few small plain files), and not on Windows.",
    )
    reader_memory_bytes: int = _limit(
        640 * _MEBIBYTE,
        least=256 * _MEBIBYTE,
        most=_MOST_BYTES,
        says="Memory of one process that reads. Not where the import reads by itself, and not on "
        "Windows.",
    )
    package_members: int = _limit(100_000, least=1, says="Members of a ZIP package.")
    package_levels: int = _limit(
        1,
        least=1,
        most=50,
        says="Packages that may stand one inside the other; 1: a package inside a package is not "
        "opened. All levels together may unpack to WORKBENCH_LARGEST_FILE_BYTES.",
    )
    values_per_file: int = _limit(
        2_000_000, least=1_000, says="Values of a JSON or XML file, each taking memory."
    )
    xml_attributes_per_element: int = _limit(
        2_000, least=50, says="Attributes of one XML element; reading takes their square."
    )
    xml_text_characters: int = _limit(
        10_000_000, least=1_000, says="Characters of one text or attribute of an XML file."
    )
    table_cell_characters: int = _limit(
        1_000_000, least=1_000, says="Characters of one cell, and of one line of a CSV file."
    )
    table_lines_per_referral: int = _limit(
        50_000, least=1, says="Lines of a table that are joined to one referral."
    )
    workbook_bytes: int = _limit(
        512 * _MEBIBYTE,
        least=100_000,
        most=_MOST_BYTES,
        says="What a workbook (XLSX) unpacks to; it can be packed a thousandfold.",
    )
    sheet_rows: int = _limit(
        1_048_576, least=1, says="Rows of one sheet of a workbook; spreadsheet programs end here."
    )
    sheet_cells: int = _limit(25_000_000, least=1, says="Cells of one sheet of a workbook.")
    workbook_texts: int = _limit(1_048_576, least=1, says="Different texts of a workbook.")
    workbook_styles: int = _limit(
        500_000, least=1_000, says="Styles, names and merged ranges of a workbook."
    )
    pdf_bytes: int = _limit(
        64 * _MEBIBYTE,
        least=1_000,
        most=_MOST_BYTES,
        says="Size of a PDF; a larger one carries pictures.",
    )
    pdf_pages: int = _limit(3_000, least=1, says="Pages of a PDF.")
    pdf_letters_per_page: int = _limit(200_000, least=1_000, says="Letters on a page of a PDF.")
    pdf_letters: int = _limit(20_000_000, least=1_000, says="Letters of a whole PDF.")
    pdf_page_seconds: float = _limit(
        20, least=0.1, most=_MOST_SECONDS, says="Time for one page of a PDF."
    )
    pdf_seconds: float = _limit(
        120, least=0.1, most=_MOST_SECONDS, says="Time for all pages of a PDF."
    )
    pdf_memory_bytes: int = _limit(
        2048 * _MEBIBYTE,
        least=256 * _MEBIBYTE,
        most=_MOST_BYTES,
        says="Memory of the process that opens PDFs. Not on Windows.",
    )
    rejections_listed: int = _limit(
        1_000,
        least=1,
        says="Rejections of one file and reason that an import lists one by one; further ones are "
        "counted.",
    )

    def __post_init__(self) -> None:
        """Refuse a limit that would let nothing in, or that is none.

        Raises:
            ValueError: A value is out of its range; the message names the setting and the range.
        """
        for one in fields(self):
            least, most = one.metadata["least"], one.metadata["most"]
            if not least <= getattr(self, one.name) <= most:  # nan is neither
                raise ValueError(
                    f"{variable(one.name)} is at least {least:,} and at most {most:,}."
                )

    def remedy(self, name: str, instead: str) -> str:
        """Return what to do about a file above a limit: something else, or raise the setting."""
        return raising(instead, variable(name), getattr(self, name))


def variable(name: str) -> str:
    """Return the environment variable that sets a limit."""
    return f"{_PREFIX}{name.upper()}"


def raising(instead: str, setting: str, value: float) -> str:
    """Return a remedy that names the setting which would let the file in.

    Args:
        instead: What else helps, without a full stop: "Split the file".
        setting: The environment variable.
        value: What it is now.
    """
    return f"{instead}, or raise {setting}, now {value:,}."


def setting_named_in(remedy: str) -> tuple[str, float] | None:
    """Return the setting and the value that a remedy by `raising` names; None if it names none."""
    found = _NAMED.search(remedy)
    return (found[1], float(found[2].replace(",", ""))) if found else None


DEFAULT_LIMITS: Final = Limits()
