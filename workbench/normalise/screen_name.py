"""Names people go by at a provider."""

import unicodedata


def normalise_screen_name(text: str) -> str | None:
    """Return the name without case, leading @ and compatibility forms; None if nothing is left."""
    folded = unicodedata.normalize("NFKC", text).strip().removeprefix("@").casefold()
    return folded or None


def normalise_profile_url(text: str) -> str | None:
    """Return the address without scheme, case of the host and a trailing slash; never fetched."""
    stripped = text.strip()
    _, scheme, rest = stripped.rpartition("://")
    host, slash, path = (rest if scheme else stripped).partition("/")
    return (host.lower().removeprefix("www.") + slash + path).rstrip("/") or None
