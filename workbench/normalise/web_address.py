"""Web addresses: written so that no program takes them for a link."""

import re
from typing import Final

_PARTS: Final = re.compile(r"(?P<scheme>[A-Za-z][\w+.-]*:)?(?P<slashes>/{0,2})(?P<host>[^/?#\\]*)")


def inert_web_address(text: str) -> str:
    """Return `hxxps://www[.]example[.]org/a` for `https://www.example.org/a`; twice is once.

    Only scheme and host are rewritten: the rest is what has to be compared letter by letter.
    """
    bare = text.strip()
    found = _PARTS.match(bare)
    if found is None:
        return bare
    scheme = re.sub(r"^(h)tt(ps?:)$", r"\1xx\2", found["scheme"] or "", flags=re.IGNORECASE)
    host = found["host"].replace("[.]", ".").replace(".", "[.]")
    return f"{scheme}{found['slashes']}{host}{bare[found.end() :]}"
