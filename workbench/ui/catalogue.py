"""Every word on the screens, by symbolic key, from `locale/<language>.po`."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

LANGUAGES: Final = {"nb": "NO", "en": "EN"}

# A text, or its singular and plural.
Entry = str | tuple[str, str]


@cache
def entries(language: str) -> dict[str, Entry]:
    """Read the catalogue of a language: key -> text, or (singular, plural)."""
    with (files("workbench.ui") / "locale" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    return dict(_entry(message) for message in catalogue if message.id)


def _entry(message: Message) -> tuple[str, Entry]:
    texts = message.string
    if isinstance(texts, str):
        return str(message.id), texts
    singular, plural = texts or ("", "")
    return message.id[0], (singular, plural)


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue of one language. A key it lacks is an error, never a blank on the screen."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key, with `{name}` filled in."""
        entry = entries(self.language)[key]
        return (entry if isinstance(entry, str) else entry[1]).format(**values)

    def counted(self, key: str, count: int, **values: object) -> str:
        """Return the singular or plural text of a key; `{count}` is the number as given."""
        entry = entries(self.language)[key]
        singular, plural = (entry, entry) if isinstance(entry, str) else entry
        return (singular if count == 1 else plural).format(**{"count": count, **values})

    def knows(self, key: str) -> bool:
        """Say whether there is a text for a key; source words often have none."""
        return key in entries(self.language)

    def or_as_written(self, prefix: str, word: str | None) -> str:
        """Return our word for a source's word, or the source's own where we have none."""
        if word is None:
            return self("sign.not_said")
        key = f"{prefix}.{word}"
        return self(key) if self.knows(key) else word
