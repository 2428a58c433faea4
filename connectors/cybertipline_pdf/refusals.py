"""Why a PDF is not loaded, and what the officer can do."""

from typing import Final

from connectors.cybertipline_pdf.isolation import UnreadablePdfError
from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.limits import Limits
from workbench.model.record import SourceFile

_JSON_INSTEAD: Final = "Import the JSON of the same report from the case system."
_FETCH_AGAIN: Final = "Fetch the file again and import it."
# code of the worker -> code of the rejection, sentence, remedy
_REASONS: Final = {
    "encrypted": (
        "encrypted",
        "The PDF is locked with a password that the settings do not hold.",
        "Add the unit's password to the setting WORKBENCH_PDF_PASSWORDS, then import again.",
    ),
    "encryption_unknown": (
        "encrypted",
        "The PDF is locked in a way that cannot be opened, with or without a password.",
        _JSON_INSTEAD,
    ),
    "not_well_formed": (
        "not_well_formed",
        "The PDF is damaged or cut short.",
        _FETCH_AGAIN,
    ),
}
# code of the worker -> code of the rejection, sentence with the limit's value, limit
_ABOVE: Final = {
    "too_large": ("too_large", "The PDF is larger than {:,} bytes.", "pdf_bytes"),
    "too_large_inside": (
        "too_large",
        "Reading the PDF takes more memory than {:,} bytes.",
        "pdf_memory_bytes",
    ),
    "too_many_pages": ("too_large", "The PDF has more than {:,} pages.", "pdf_pages"),
    "too_many_letters": ("too_large", "The PDF has more than {:,} letters.", "pdf_letters"),
    "page_too_full": (
        "too_large",
        "A page of the PDF holds more than {:,} letters.",
        "pdf_letters_per_page",
    ),
    "takes_too_long": (
        "took_too_long",
        "Reading the PDF was stopped after {:,} seconds.",
        "pdf_seconds",
    ),
    "page_takes_too_long": (
        "took_too_long",
        "Reading the PDF was stopped after {:,} seconds on one page.",
        "pdf_page_seconds",
    ),
}


def refusal(error: UnreadablePdfError, file: SourceFile, limits: Limits) -> RecordRejectedError:
    """Return the rejection of a file that could not be read as PDF."""
    if error.code in _ABOVE:
        code, sentence, limit = _ABOVE[error.code]
        remedy = limits.remedy(limit, _JSON_INSTEAD[:-1])
        return _rejected(code, sentence.format(getattr(limits, limit)), remedy, file)
    code, sentence, remedy = _REASONS[error.code]
    detail = f" ({error.detail})" if error.detail else ""
    return _rejected(code, f"{sentence[:-1]}{detail}.", remedy, file)


def no_text(file: SourceFile) -> RecordRejectedError:
    """Return the rejection of pictures of pages."""
    return _rejected(
        "no_text",
        "The PDF holds no text that can be read, as a scan does not.",
        _JSON_INSTEAD,
        file,
    )


def not_a_report(file: SourceFile) -> RecordRejectedError:
    """Return the rejection of some other PDF."""
    return _rejected(
        "not_a_report",
        "This is a PDF, but not a CyberTipline report: no report number with its sections.",
        "Import the report file as NCMEC sent it.",
        file,
    )


def several_reports(file: SourceFile, number: str, another: str, page: int) -> RecordRejectedError:
    """Return the rejection of a file into which two reports were printed."""
    return _rejected(
        "several_reports",
        f"The PDF holds more than one report: {number}, and from page {page} on {another}.",
        "Print or export each report to a PDF of its own, or import the JSON of each.",
        file,
    )


def _rejected(code: str, sentence: str, remedy: str, file: SourceFile) -> RecordRejectedError:
    return RecordRejectedError(
        sentence, code=code, remedy=remedy, location=SourceLocation(file.name)
    )
