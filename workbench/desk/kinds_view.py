"""What other kinds of referral say: web addresses of hotlines, payments of institutions."""

from dataclasses import dataclass
from datetime import datetime

from workbench.store.connection import Store


@dataclass(frozen=True, slots=True)
class WebAssessmentView:
    """One hotline's word on one address; a `..._word` is None when the code's is not public."""

    web_address_no: int | None
    classification: str | None
    classification_word: str | None
    classified_by: str | None
    classified_at: datetime | None
    classified_at_zone_stated: bool | None
    age_group: str | None
    age_group_word: str | None
    gender: str | None
    gender_word: str | None
    content_type: str | None
    content_type_word: str | None
    commerciality: str | None
    commerciality_word: str | None
    payment_methods: tuple[str, ...]
    is_virtual: bool | None
    is_child_modeling: bool | None
    is_user_generated: bool | None
    source_path: str | None


@dataclass(frozen=True, slots=True)
class WebActionView:
    """One step taken about an address; `web_address_no` None: about the whole report."""

    web_address_no: int | None
    action: str | None
    action_word: str | None
    country: str | None
    acted_at: datetime | None
    acted_at_as_written: str | None
    acted_at_zone_stated: bool | None
    actor: str | None
    reason: str | None
    source_path: str | None


@dataclass(frozen=True, slots=True)
class WebAddressView:
    """One web address; to be shown inert, never as a link."""

    web_address_no: int | None
    relation: str | None
    content_id: str | None
    url_as_written: str | None
    host: str | None
    is_source_url: bool | None
    site_type: str | None
    site_type_word: str | None
    commerciality: str | None
    commerciality_word: str | None
    payment_methods: tuple[str, ...]
    hosting_country: str | None
    hosting_ip_as_written: str | None
    hosting_network: str | None
    assigned_country: str | None
    country_assigned_at: datetime | None
    country_assigned_at_zone_stated: bool | None
    checked_at: datetime | None
    checked_at_zone_stated: bool | None
    status: str | None
    source_path: str | None
    assessments: tuple[WebAssessmentView, ...]
    actions: tuple[WebActionView, ...]


@dataclass(frozen=True, slots=True)
class TransactionView:
    """One payment. `amount` is exact decimal text; None: `amount_as_written` cannot be read."""

    transaction_no: int | None
    reference: str | None
    occurred_at: datetime | None
    occurred_at_as_written: str | None
    occurred_at_zone_stated: bool | None
    amount_as_written: str | None
    amount: str | None
    currency: str | None
    channel: str | None
    sender_country: str | None
    recipient_country: str | None
    keywords: tuple[str, ...]
    source_path: str | None


def list_web_addresses(store: Store, version_id: str) -> tuple[WebAddressView, ...]:
    """Return a version's web addresses with what was said and done about each.

    A step about the whole report stands with every address.
    """
    here = {"version_id": version_id}
    found = store.rows("desk/list_web_addresses", here)
    if not found:
        return ()
    assessments = [
        WebAssessmentView(**{**row, "payment_methods": tuple(row["payment_methods"] or ())})
        for row in store.rows("desk/list_web_assessments", here)
    ]
    actions = [WebActionView(**row) for row in store.rows("desk/list_web_actions", here)]
    return tuple(
        WebAddressView(
            **{**row, "payment_methods": tuple(row["payment_methods"] or ())},
            assessments=tuple(
                x for x in assessments if x.web_address_no in (None, row["web_address_no"])
            ),
            actions=tuple(x for x in actions if x.web_address_no in (None, row["web_address_no"])),
        )
        for row in found
    )


def list_transactions(store: Store, version_id: str) -> tuple[TransactionView, ...]:
    """Return a version's payments, newest first."""
    return tuple(
        TransactionView(**{**row, "keywords": tuple(row["keywords"] or ())})
        for row in store.rows("desk/list_transactions", {"version_id": version_id})
    )
