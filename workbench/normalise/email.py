"""E-mail addresses, for matching; nothing is looked up."""

import re
from typing import Final

from email_validator import EmailNotValidError, validate_email

# The common shape, read without the library's cost; everything else goes to the library.
_PLAIN: Final = re.compile(
    r"[a-z0-9_]+(?:[.+-][a-z0-9_]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,24}"
)


def normalise_email(text: str) -> str | None:
    """Return the address in lower case; None if the text is no e-mail address."""
    folded = text.strip().lower().removeprefix("mailto:")
    if _PLAIN.fullmatch(folded):
        return folded
    try:
        checked = validate_email(folded, check_deliverability=False, test_environment=True)
    except (EmailNotValidError, UnicodeError):
        return None
    return checked.normalized.lower()
