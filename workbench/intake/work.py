"""How long reading a file takes, known from what it is called and how large it is."""

from typing import Final

from workbench.intake.sources import PendingFile

# What is enough for one unit.
ENOUGH_FILES: Final = 1_000
ENOUGH_WORK: Final = 6_000_000
# By suffix: how much longer a byte takes than one of JSON; a PDF takes as long as this much JSON,
# whatever its size.
_TIMES_AS_LONG: Final = {"csv": 6, "zip": 5, "xlsx": 50}
WORK_OF_PDF: Final = 700_000
# A package of more bytes may well hold one: so police get their reports.
_SMALLEST_WITH_PDF: Final = 4_000


def work_of(file: PendingFile) -> int:
    """Return what reading a file costs, as so many bytes of JSON."""
    suffix = file.path[-5:].lower().rpartition(".")[2]
    work = file.byte_count * _TIMES_AS_LONG.get(suffix, 1)
    if suffix == "pdf" or (suffix == "zip" and file.byte_count > _SMALLEST_WITH_PDF):
        work += WORK_OF_PDF
    return work
