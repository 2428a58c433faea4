"""What is known of mail domains: whom to ask about an address, or that it leads to nobody."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class MailDomain:
    """One domain. `provider` is whom to ask; None: nobody is known. `source` names the list."""

    domain: str
    kind: Literal["mail_provider", "disposable"]
    provider: str | None
    source: str


@dataclass(frozen=True, slots=True)
class MailDomains:
    """Every known domain, and the names before the @ that are an office's."""

    domains: tuple[MailDomain, ...]
    role_names: tuple[str, ...]
    role_source: str
    hash: str
