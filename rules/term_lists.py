"""Term lists: `terms/<language>.toml` of a rules folder, and a unit's private ones beside them.

A fault names file and place and never a word: a unit's words are nobody else's business.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rules.reading import folder_or_shipped, raise_first, read_document
from rules.term_documents import TermDocument, TermListDocument, TermsDocument
from workbench.model.rulebook import Fault
from workbench.model.terms import Slot, Term, TermList, TermLists

TERMS_FOLDER: Final = "terms"
# Between words, ".." lets up to three words stand there.
_GAP: Final = ".."
_WORDS_IN_GAP: Final = 3
_DEFAULT_DISTANCE: Final = 1
# What a term may be written with: alternatives "a/b", and "*" where endings may follow.
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\*?(?:/[^\W_]+(?:['’][^\W_]+)*\*?)*")
# A word of up to five letters is another word after one wrong letter, one of up to nine after two.
_SHORTEST: Final = {0: 1, 1: 6, 2: 10}
# A single word this short, without a second one beside it, stands in other meanings everywhere.
_SHORTEST_ALONE: Final = 4


@dataclass(frozen=True, slots=True)
class _File:
    """One file of lists, and where its faults are reported."""

    name: str
    document: TermsDocument
    is_own: bool


def load_term_lists(folder: Path | None = None, own: Path | None = None) -> TermLists:
    """Read the lists of a rules folder and a unit's own; None: the shipped ones, and none.

    Raises:
        RulebookError: A file is wrong; the message names file and place, and no word of it.
    """
    place = folder_or_shipped(folder)
    faults: list[Fault] = []
    lists = read_term_lists(place, own, faults)
    raise_first(place, faults)
    return lists


def read_term_lists(folder: Path, own: Path | None, faults: list[Fault]) -> TermLists:
    """Read all lists, collecting faults instead of stopping."""
    files = [*_read_files(folder / TERMS_FOLDER, f"{TERMS_FOLDER}/", faults, is_own=False)]
    if own is not None:
        if not own.is_dir():
            message = "The folder of the unit's own term lists is not there."
            faults.append(Fault(str(own), "", "missing_folder", message, "Correct the setting."))
        files += _read_files(own, f"{own}/", faults, is_own=True)
    endings = _by_language(files, "endings")
    lists = [entry for file in files for entry in _lists_of(file, endings, faults)]
    faults.extend(_duplicate_ids(files))
    everyday = _by_language(files, "everyday_words")
    friends = tuple(sorted({word for file in files for word in file.document.false_friends}))
    for file in files:
        if not everyday.get(file.document.language):
            message = "The language has no everyday words, by which its texts are known."
            faults.append(
                Fault(file.name, "everyday_words", "no_everyday_words", message, "Give them.")
            )
    told = [entry.hash for entry in lists] + [f"{sorted(everyday.items())}{friends}"]
    return TermLists(_digest(*told), tuple(lists), everyday, friends)


def _read_files(folder: Path, shown: str, faults: list[Fault], *, is_own: bool) -> Iterator[_File]:
    for path in sorted(folder.glob("*.toml")):
        found: list[Fault] = []
        document = read_document(folder, path.name, TermsDocument, found)
        for fault in found:
            name = shown + fault.file
            faults.append(Fault(name, fault.place, fault.code, fault.message, fault.remedy))
        if document is not None:
            yield _File(shown + path.name, document, is_own)


def _by_language(files: Sequence[_File], key: str) -> dict[str, tuple[str, ...]]:
    """Return what all files of a language give together: endings or everyday words."""
    found: dict[str, set[str]] = {}
    for file in files:
        words = getattr(file.document, key)
        found.setdefault(file.document.language, set()).update(words)
    return {language: tuple(sorted(words)) for language, words in sorted(found.items())}


def _lists_of(
    file: _File, endings: dict[str, tuple[str, ...]], faults: list[Fault]
) -> Iterator[TermList]:
    language = file.document.language
    for entry in file.document.list:
        terms: dict[str, Term] = {}
        for number, given in enumerate(entry.terms, start=1):
            place = f"{entry.id}.terms[{number}]"
            wrong = _term_fault(given)
            if wrong is None and _plain(given) in terms:
                wrong = ("duplicate_term", "The term stands in this list twice.", "Delete one.")
            if wrong is not None:
                faults.append(Fault(file.name, place, *wrong))
                continue
            terms[_plain(given)] = _term(given, endings.get(language, ()))
        yield _term_list(file, entry, tuple(terms.values()))


def _term_list(file: _File, entry: TermListDocument, terms: tuple[Term, ...]) -> TermList:
    told = (file.document.language, entry.signal, entry.version, entry.date, file.is_own, terms)
    return TermList(
        list_id=entry.id,
        language=file.document.language,
        signal=entry.signal,
        version=entry.version,
        dated_on=entry.date,
        source=entry.source,
        is_own=file.is_own,
        hash=_digest(entry.id, entry.source, repr(told)),
        terms=terms,
    )


def _duplicate_ids(files: Sequence[_File]) -> Iterator[Fault]:
    taken: dict[str, str] = {}
    for file in files:
        for entry in file.document.list:
            if entry.id in taken:
                message = f"The id {entry.id} is taken by {taken[entry.id]}."
                yield Fault(file.name, entry.id, "duplicate_id", message, "Rename this list.")
            taken.setdefault(entry.id, file.name)


def _plain(given: str | TermDocument) -> str:
    text = given if isinstance(given, str) else given.term
    return " ".join(text.casefold().split())


def _distance(given: str | TermDocument) -> int:
    return _DEFAULT_DISTANCE if isinstance(given, str) else given.distance


def _term_fault(given: str | TermDocument) -> tuple[str, str, str] | None:
    """Return code, message and remedy of what is wrong with a term; never a word of it."""
    parts = _plain(given).split()
    words = [part for part in parts if part != _GAP]
    if not words or not all(_WORD.fullmatch(word) for word in words):
        message = 'A term is words with "/" between alternatives, "*" at an end and ".." as a gap.'
        return "wrong_term", message, "Write it without other signs."
    if parts[0] == _GAP or parts[-1] == _GAP or f"{_GAP} {_GAP}" in _plain(given):
        return "wrong_term", 'A ".." stands between two words.', "Move or delete it."
    lengths = [len(form.rstrip("*")) for word in words for form in word.split("/")]
    if len(words) == 1 and min(lengths) < _SHORTEST_ALONE:
        message = f"A single word of fewer than {_SHORTEST_ALONE} letters is found everywhere."
        return "too_short", message, "Make it a phrase."
    asked = 0 if isinstance(given, str) else given.distance
    if max(lengths) < _SHORTEST[asked]:
        message = f"No word of the term has {_SHORTEST[asked]} letters, as distance {asked} needs."
        return "too_short_for_distance", message, "Lower the distance."
    return None


def _term(given: str | TermDocument, endings: Sequence[str]) -> Term:
    parts = _plain(given).split()
    slots = []
    reach = 1
    for part in parts:
        if part == _GAP:
            reach += _WORDS_IN_GAP
            continue
        forms = {form for word in part.split("/") for form in _forms(word, endings)}
        slots.append(Slot(tuple(sorted(forms)), _distance(given), reach))
        reach = 1
    return Term(" ".join(parts), tuple(slots))


def _forms(word: str, endings: Sequence[str]) -> set[str]:
    stem = word.rstrip("*")
    return {stem} if stem == word else {stem, *(stem + ending for ending in endings)}


def _digest(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part.encode())}\0{part}".encode())
    return digest.hexdigest()
