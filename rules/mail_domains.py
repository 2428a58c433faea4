"""What the domain or name of an e-mail address says: our own table, and a kept list of domains."""

import datetime as dt
import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from disposable_email_domains import blocklist
from pydantic import BaseModel, ConfigDict, Field

from rules.documents import Text
from rules.reading import folder_or_shipped, raise_first, read_document
from workbench.model.mail_domains import MailDomain, MailDomains
from workbench.model.rulebook import Fault

MAIL_DOMAINS_FILE = "mail_domains.toml"
_PACKAGE = "disposable-email-domains"


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _MailProvider(_Document):
    provider: Text
    domains: tuple[Text, ...] = Field(strict=False)
    source: Text


class _Role(_Document):
    names: tuple[Text, ...] = Field(strict=False)
    source: Text


class _Disposable(_Document):
    domains: tuple[Text, ...] = Field(default=(), strict=False)
    source: Text


class MailDomainsDocument(_Document):
    """`mail_domains.toml`."""

    as_of: dt.date
    mail_provider: tuple[_MailProvider, ...] = Field(strict=False)
    role: _Role
    disposable: _Disposable


def load_mail_domains(folder: Path | None = None) -> MailDomains:
    """Return what is known of mail domains and role names; None is the table shipped.

    Raises:
        RulebookError: The file is wrong, or two providers claim one domain.
    """
    place = folder_or_shipped(folder)
    faults: list[Fault] = []
    document = read_document(place, MAIL_DOMAINS_FILE, MailDomainsDocument, faults)
    faults.extend(_shared_domains(document))
    raise_first(place, faults)
    if document is None:  # raise_first has told why
        raise AssertionError
    return _mail_domains(document)


def check_mail_domains(folder: Path) -> list[Fault]:
    """Return what is wrong with the file."""
    faults: list[Fault] = []
    document = read_document(folder, MAIL_DOMAINS_FILE, MailDomainsDocument, faults)
    return [*faults, *_shared_domains(document)]


def _mail_domains(document: MailDomainsDocument) -> MailDomains:
    ours = f"{MAIL_DOMAINS_FILE} {document.as_of.isoformat()}"
    package = f"{_PACKAGE} {version(_PACKAGE)}"
    known = {domain: MailDomain(domain, "disposable", None, package) for domain in blocklist}
    known |= {
        domain: MailDomain(domain, "disposable", None, ours)
        for domain in document.disposable.domains
    }
    # A provider of our table wins: a list of disposable domains that names it is wrong.
    known |= {
        domain: MailDomain(domain, "mail_provider", entry.provider, ours)
        for entry in document.mail_provider
        for domain in entry.domains
    }
    domains = tuple(known[domain] for domain in sorted(known))
    names = tuple(sorted(document.role.names))
    content = json.dumps([[asdict(domain) for domain in domains], names, ours])
    digest = hashlib.sha256(content.encode()).hexdigest()
    return MailDomains(domains=domains, role_names=names, role_source=ours, hash=digest)


def _shared_domains(document: MailDomainsDocument | None) -> list[Fault]:
    owners: dict[str, str] = {}
    faults = []
    for entry in document.mail_provider if document is not None else ():
        for domain in entry.domains:
            owner = owners.setdefault(domain.casefold(), entry.provider)
            if owner != entry.provider:
                message = f"{domain} belongs to both {owner} and {entry.provider}."
                remedy = "Leave it with one of them."
                place = f"mail_provider.{entry.provider}"
                faults.append(Fault(MAIL_DOMAINS_FILE, place, "shared_domain", message, remedy))
    return faults
