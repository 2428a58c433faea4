"""What a referral without a suspect is about, in a few lines: web addresses, payments."""

from typing import Final

from workbench.desk.kinds_view import TransactionView, WebAddressView
from workbench.desk.referral_view import ReferralGlance
from workbench.normalise.web_address import inert_web_address
from workbench.ui.markup import Html, join, tag
from workbench.ui.session import Workplace

_SHOWN: Final = 3


def subject(place: Workplace, view: ReferralGlance) -> list[tuple[str, str]]:
    """Return a name and its lines for web addresses and for payments; empty where none is named."""
    words = place.words
    entries: list[tuple[str, str]] = []
    contents = [each for each in view.web_addresses if each.relation != "referrer"]
    if contents:
        lines = [_address(place, each) for each in contents]
        entries.append((words("section.web"), _first(place, lines)))
    if view.transactions:
        lines = [_payment(place, each) for each in view.transactions]
        entries.append((words("section.payments"), _first(place, lines)))
    return entries


def _first(place: Workplace, lines: list[Html]) -> Html:
    left = len(lines) - _SHOWN
    rest = [tag("div", place.words("pane.and_more", count=left), of="wb-muted")] if left > 0 else []
    return join([*(tag("div", line) for line in lines[:_SHOWN]), *rest])


def _address(place: Workplace, address: WebAddressView) -> Html:
    host = inert_web_address(address.host or address.url_as_written or "")
    where = address.hosting_country or address.assigned_country
    country = place.words("pane.hosted", country=where or place.words("sign.not_said"))
    return join([tag("span", host, of="wb-mono"), tag("span", country, of="wb-muted")], " ")


def _payment(place: Workplace, payment: TransactionView) -> Html:
    amount = payment.amount or payment.amount_as_written or place.words("sign.not_said")
    text = f"{amount} {payment.currency or ''}".strip()
    countries = [payment.sender_country, payment.recipient_country]
    way = " → ".join(country or "?" for country in countries) if any(countries) else ""
    return join([tag("span", text, of="wb-mono"), tag("span", way, of="wb-muted")], " ")
