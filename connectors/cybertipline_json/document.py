"""JSON bytes to plain values: numbers stay text, because identifiers lose digits as numbers."""

import json
from collections import Counter
from json import detect_encoding
from typing import Final, NoReturn

from connectors.limits import refuse_overfull
from connectors.walk import SourceValue
from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.limits import Limits
from workbench.model.record import SourceFile

_EXPORT_AGAIN: Final = "Export the report again from the system it came from."
_BEGINNINGS_OF_VALUES: Final = (b"{", b"[", b",")
_LONGEST_NAME: Final = 40  # characters of a doubled name that the refusal shows


def parse(file: SourceFile, limits: Limits) -> SourceValue:
    """Return the document; documents that follow each other, one a line say, become a list.

    Raises:
        RecordRejectedError: not well-formed, wrong encoding, a name twice in one object, or too
            deep; the location names line and column.
    """
    refuse_overfull(file, _BEGINNINGS_OF_VALUES, limits)
    text = _text_of(file)
    try:
        documents = _documents(text)
    except json.JSONDecodeError as error:
        raise RecordRejectedError(
            f"The file is not well-formed JSON: {error.msg.removesuffix(' starting at')}.",
            code="not_well_formed",
            remedy=f"{_EXPORT_AGAIN} A file that was cut short ends like this too.",
            location=SourceLocation(file.name, f"line {error.lineno}, column {error.colno}"),
        ) from error
    except RecursionError as error:
        raise too_deep(file) from error
    except _UnfitError as error:
        raise RecordRejectedError(
            str(error),
            code=error.code,
            remedy=_EXPORT_AGAIN,
            location=SourceLocation(file.name),
        ) from error
    return documents[0] if len(documents) == 1 else documents


def too_deep(file: SourceFile) -> RecordRejectedError:
    """Return the refusal of a document that is nested without end.

    How deep that is, the interpreter's stack decides and no setting: a report has ten levels.
    """
    return RecordRejectedError(
        "The document is nested deeper than any report.",
        code="too_deep",
        remedy=_EXPORT_AGAIN,
        location=SourceLocation(file.name),
    )


def _text_of(file: SourceFile) -> str:
    try:
        text = file.content.decode(detect_encoding(file.content))
    except UnicodeDecodeError as error:
        raise RecordRejectedError(
            f"The text is not {error.encoding} as its first bytes say (byte {error.start + 1}).",
            code="encoding",
            remedy="Save the file as UTF-8 and import it again.",
            location=SourceLocation(file.name),
        ) from error
    return text.removeprefix("\ufeff")


def _documents(text: str) -> list[SourceValue]:
    documents: list[SourceValue] = []
    place, end = _next_text(text, 0), len(text)
    while place < end or not documents:
        document, place = _DECODER.raw_decode(text, place)
        documents.append(document)
        place = _next_text(text, place)
    return documents


def _next_text(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


class _UnfitError(ValueError):
    """Well-formed by the letter, and yet it cannot be read without guessing."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _once_each(pairs: list[tuple[str, SourceValue]]) -> dict[str, SourceValue]:
    container = dict(pairs)
    if len(container) != len(pairs):
        counted = Counter(name for name, _ in pairs)
        twice = next(name for name, count in counted.items() if count > 1)[:_LONGEST_NAME]
        raise _UnfitError(
            "duplicate_key", f"The name {twice!r} stands twice in one object; which one counts?"
        )
    return container


def _no_constant(word: str) -> NoReturn:
    raise _UnfitError("not_well_formed", f"{word} is not a JSON number.")


# Raw control characters inside texts are let through: exports wrap free text carelessly.
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_once_each,
    parse_int=str,
    parse_float=str,
    parse_constant=_no_constant,
    strict=False,
)
