"""Names people go by at a provider."""

import re
import unicodedata

_BEFORE = re.compile(r"\A[@\s]+")  # all of them: another @ may stand behind a space


def normalise_screen_name(text: str) -> str | None:
    """Return the name without case, leading @ and compatibility forms; None if nothing is left."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if not folded.isascii():  # small letters may have a compatibility form again
        folded = unicodedata.normalize("NFKC", folded)
    return _BEFORE.sub("", folded).rstrip() or None


def normalise_profile_url(text: str) -> str | None:
    """Return the address without scheme, case of the host and a trailing slash; never fetched."""
    stripped = text.strip()
    _, scheme, rest = stripped.rpartition("://")
    host, slash, path = (rest if scheme else stripped).partition("/")
    return (host.lower().removeprefix("www.") + slash + path).rstrip("/") or None
