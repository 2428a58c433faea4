"""E-mail addresses -> what our lists say of their domain or name; the sender's words stay."""

from dataclasses import asdict
from datetime import UTC, datetime

import pyarrow as pa

from workbench.model.mail_domains import MailDomains
from workbench.store.connection import Store


def place_email_addresses(store: Store, known: MailDomains) -> int:
    """Ask the lists about every address they have not been asked about; return how many there were.

    Where newer lists say something else than the ones before, the versions are assessed again.
    """
    now = datetime.now(UTC)
    domains = pa.Table.from_pylist([asdict(domain) for domain in known.domains], schema=_COLUMNS)
    params = {
        "role_names": list(known.role_names),
        "role_source": known.role_source,
        "list_hash": known.hash,
        "recorded_at": now,
    }
    with store.transaction(), store.columns("mail_domain", domains):
        added = store.run("enrich/add_email_kinds", params)
        if added:
            store.run("enrich/add_changes_by_email_kind", {"recorded_at": now})
    return added


_COLUMNS = pa.schema(
    [
        ("domain", pa.string()),
        ("kind", pa.string()),
        ("provider", pa.string()),
        ("source", pa.string()),
    ]
)
