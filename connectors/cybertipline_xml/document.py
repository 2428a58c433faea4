"""XML bytes to plain values: no DTD, no entities, no network, names without namespaces."""

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from lxml import etree

from connectors.limits import refuse_overfull
from connectors.walk import SourceValue
from workbench.errors import RecordRejectedError, SourceLocation
from workbench.model.limits import Limits
from workbench.model.record import SourceFile

if TYPE_CHECKING:
    from collections.abc import Sequence

_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_NIL: Final = frozenset({(f"{_XSI}nil", "true"), (f"{_XSI}nil", "1")})
_EXPORT_AGAIN: Final = "Export the report again from the system it came from."
# What may stand before a document type; each is skipped once, so that no prologue takes long.
_BETWEEN: Final = ((b"<?", b"?>"), (b"<!--", b"-->"))
_BLANKS: Final = re.compile(rb"\s*+")
_DOCTYPE: Final = b"<!DOCTYPE"
_BEGINNINGS_OF_VALUES: Final = (b"<", b"=")
# Reading attributes one by one takes the square of their number.
_CROWDED: Final = etree.XPath("boolean(//*[count(@*) > $most])")
_BYTES_OF_AN_ATTRIBUTE: Final = 6  # written as short as can be: beyond 62, names have two letters
# Not one path for both: bringing their nodes into order takes the square of their number.
_LONG_TEXT: Final = etree.XPath(
    "boolean(//text()[string-length() > $most] or //@*[string-length() > $most])"
)
# The parser itself ends at longer texts, unless it is told to let huge documents in. Then it also
# lets in what is nested deeper than our walk can follow, so that is looked at here.
_PARSER_ENDS_AT: Final = 10_000_000
_DEEPEST: Final = 256  # levels, which is also where the parser ends by itself
_TOO_DEEP: Final = etree.XPath(f"boolean(/*{'/*' * _DEEPEST})")
_DECLARED: Final = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_LONGEST_DECLARATION: Final = 200  # bytes
_PLAIN_BEGINNINGS: Final = (b"<?xml", b"<report", b"<fileDetails")  # one byte a letter, no mark
_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def _parser(encoding: str | None, *, is_huge: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=is_huge,
        remove_blank_text=True,
        remove_comments=True,
        remove_pis=True,
    )


# By encoding (None: as the document declares) and whether the parser lets huge documents in.
_PARSERS: Final = {
    (encoding, is_huge): _parser(encoding, is_huge=is_huge)
    for encoding in (None, "utf-8")
    for is_huge in (False, True)
}


def parse(file: SourceFile, limits: Limits) -> etree._Element:
    """Return the root of the document.

    Raises:
        RecordRejectedError: not well-formed, a document type, wrong encoding, too large or too
            deep; the location names line and column.
    """
    refuse_overfull(file, _BEGINNINGS_OF_VALUES, limits)
    content, encoding = _in_one_encoding(file)
    if _DOCTYPE in content:
        _refuse_document_type(file, content)
    is_huge = limits.xml_text_characters > _PARSER_ENDS_AT
    try:
        root = etree.fromstring(content, _PARSERS[encoding, is_huge])
    except etree.XMLSyntaxError as error:
        raise _rejection(file, error, limits) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _dtd_forbidden(file, "")
    _refuse_unfit(file, root, len(content), limits)
    return root


def _refuse_unfit(file: SourceFile, root: etree._Element, byte_count: int, limits: Limits) -> None:
    """Refuse what the parser let in and no reader should have to walk through."""
    if limits.xml_text_characters > _PARSER_ENDS_AT and _TOO_DEEP(root):
        raise _refused(file, "", "too_deep", *_NESTED)
    if byte_count > limits.xml_text_characters and _LONG_TEXT(
        root, most=float(limits.xml_text_characters)
    ):
        raise _refused(file, "", "too_large", *_long_text(limits))
    most = limits.xml_attributes_per_element
    if byte_count > _BYTES_OF_AN_ATTRIBUTE * most and _CROWDED(root, most=float(most)):
        sentence = f"An element has more than {most:,} attributes, which no report's has."
        remedy = limits.remedy("xml_attributes_per_element", _EXPORT_AGAIN[:-1])
        raise _refused(file, "", "too_large", sentence, remedy)


def _in_one_encoding(file: SourceFile) -> tuple[bytes, str | None]:
    """Trust what the bytes are over what the declaration says: clients copy declarations."""
    content = file.content
    encoding = None if content.startswith(_PLAIN_BEGINNINGS) else _encoding_of_bytes(content)
    if encoding is None:
        content = content.lstrip()
        declared = _DECLARED.match(content, 0, _LONGEST_DECLARATION)
        if declared is None or not declared[1].lower().startswith((b"utf-16", b"utf-32", b"ucs")):
            return content, None
        encoding = "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise RecordRejectedError(
            f"The text is not {encoding} as its first bytes say (byte {error.start + 1}).",
            code="encoding",
            remedy="Save the file as UTF-8 and import it again.",
            location=SourceLocation(file.name),
        ) from error
    return text.lstrip("\ufeff \t\r\n").encode("utf-8"), "utf-8"


def _encoding_of_bytes(content: bytes) -> str | None:
    """Return the encoding that a byte-order mark or the place of zero bytes gives away."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    head = content[:4]
    if head[:2] == b"\0\0":
        return "utf-32-be"
    if head[2:] == b"\0\0":
        return "utf-32-le"
    if head[:1] == b"\0":
        return "utf-16-be"
    return "utf-16-le" if head[1:2] == b"\0" else None


def _refuse_document_type(file: SourceFile, content: bytes) -> None:
    """Refuse before parsing: a document type can make a small file grow without end."""
    place = _after_prologue(content)
    if content.startswith(_DOCTYPE, place):
        before = content[:place].decode("utf-8", errors="replace")
        line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        raise _dtd_forbidden(file, f"line {line}, column {column}")


def _after_prologue(content: bytes) -> int:
    """Return where the white space, instructions and comments at the beginning end."""
    place = 0
    while True:
        blank = _BLANKS.match(content, place)
        place = blank.end() if blank else place
        for beginning, end in _BETWEEN:
            if content.startswith(beginning, place):
                closed = content.find(end, place + len(beginning))
                if closed < 0:
                    return place
                place = closed + len(end)
                break
        else:
            return place


_NESTED: Final = ("The document is nested deeper than any report.", _EXPORT_AGAIN)


def _long_text(limits: Limits) -> tuple[str, str]:
    sentence = f"One text is longer than {limits.xml_text_characters:,} characters."
    return sentence, limits.remedy("xml_text_characters", _EXPORT_AGAIN[:-1])


def _dtd_forbidden(file: SourceFile, path: str) -> RecordRejectedError:
    sentence = "The document brings a document type (DTD), which no report needs."
    remedy = "Ask the sender for the report without DOCTYPE; do not open this file elsewhere."
    return _refused(file, path, "dtd_forbidden", sentence, remedy)


def _rejection(
    file: SourceFile, error: etree.XMLSyntaxError, limits: Limits
) -> RecordRejectedError:
    # The parser's own sentence can quote the document, so only its kind is passed on.
    line, column = error.position
    kind = etree.ErrorTypes._getName(getattr(error, "code", 0), "")  # noqa: SLF001 - lxml has no other way to name it
    explained = _explained(str(kind), error.msg or "", limits)
    return _refused(file, f"line {line}, column {column}", *explained)


def _refused(
    file: SourceFile, path: str, code: str, sentence: str, remedy: str
) -> RecordRejectedError:
    location = SourceLocation(file.name, path)
    return RecordRejectedError(sentence, code=code, remedy=remedy, location=location)


def _explained(kind: str, message: str, limits: Limits) -> tuple[str, str, str]:
    if "Excessive depth" in message:
        return "too_deep", *_NESTED
    if "too long: NCName" in message:  # which no setting of the parser changes
        return "too_large", "A name in the document is longer than any report's.", _EXPORT_AGAIN
    if "huge" in message.lower() or "too long" in message.lower():
        return "too_large", *_long_text(limits)
    if kind in ("ERR_INVALID_ENCODING", "ERR_UNKNOWN_ENCODING", "ERR_UNSUPPORTED_ENCODING"):
        sentence = "The text is not in the encoding that the document declares."
        return "encoding", sentence, "Save the file as UTF-8 and import it again."
    why = _REASONS.get(kind, kind.removeprefix("ERR_").replace("_", " ").lower())
    sentence = f"The file is not well-formed XML: {why}."
    return "not_well_formed", sentence, _EXPORT_AGAIN


_REASONS: Final = {
    "ERR_NAME_REQUIRED": "a name is missing, often because of an & that is not written &amp;",
    "ERR_ENTITYREF_SEMICOL_MISSING": "an & is not written &amp;",
    "ERR_UNDECLARED_ENTITY": "it uses an entity that nothing declares",
    "ERR_TAG_NAME_MISMATCH": "an element is closed under another name",
    "ERR_GT_REQUIRED": "a tag is not closed, as at the end of a file that was cut short",
    "ERR_TAG_NOT_FINISHED": "it ends inside an element, as a file does that was cut short",
    "ERR_DOCUMENT_END": "something stands after its end",
    "ERR_DOCUMENT_EMPTY": "it is empty",
}


def local_name(tag: str) -> str:
    """Return an element's name without its namespace."""
    return tag.rpartition("}")[2]


def plain(element: etree._Element) -> dict[str, SourceValue]:
    """Return an element as a dict: `@name`, children by name, a repeated child as a list.

    A child without attributes and children is its text, without outer white space; text behind a
    child belongs to the element's own. The body is written out rather than split into functions:
    it runs for every element of every report.
    """
    items = element.items()
    found: dict[str, SourceValue] = _attributes(items) if items else {}
    is_mixed = False
    for child in element:
        if child.tail is not None:
            is_mixed = True
        tag = child.tag
        if tag[0] == "{":
            tag = local_name(tag)
        value: SourceValue
        if len(child):
            value = plain(child)
        elif attributes := child.items():
            value = _leaf(attributes, child.text)
        else:
            value = text.strip() if (text := child.text) else ""
        if tag in found:
            held = found[tag]
            if isinstance(held, list):
                held.append(value)
            else:
                found[tag] = [held, value]
        else:
            found[tag] = value
    text = _text_around(element) if is_mixed else element.text
    if text and (text := text.strip()):
        found["#text"] = text
    return found


def _text_around(element: etree._Element) -> str:
    texts = (element.text, *(child.tail for child in element))
    return " ".join(text.strip() for text in texts if text and not text.isspace())


# lxml's type stubs leave it open whether names are bytes; of a parsed document they are text.
Attributes: TypeAlias = "Sequence[tuple[str | bytes, str | bytes]]"


def _attributes(items: Attributes) -> dict[str, SourceValue]:
    return {
        f"@{local_name(str(name))}": str(text)
        for name, text in items
        if not str(name).startswith(_XSI)
    }


def _leaf(items: Attributes, text: str | None) -> SourceValue:
    if not _NIL.isdisjoint(items):
        return None
    found = _attributes(items)
    own = text.strip() if text else ""
    if not found:
        return own
    if own:
        found["#text"] = own
    return found
