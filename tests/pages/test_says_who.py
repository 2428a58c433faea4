"""Every value we added says who says it, as of when: in the page's model and on the page."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.hash_list.reader import CsvHashList
from connectors.provenance.places import find_places
from connectors.statable import statable_columns
from sample_data.hash_lists import write_hash_lists
from tests.pages.conftest import OpenScreens
from tests.pages.test_pages import html_of, page_of
from workbench.composition import understand
from workbench.desk.deadlines import ClockView, DeadlineView
from workbench.desk.file_view import ComparedListView, FileView, HashMatchView, HashView
from workbench.desk.history_view import DecisionView, LinkView, ReadingView, VersionView
from workbench.desk.kinds_view import (
    TransactionView,
    WebActionView,
    WebAddressView,
    WebAssessmentView,
)
from workbench.desk.network_view import IpEventView, NcmecLookup, NetworkStatement
from workbench.desk.people_view import AddressView, AttributeView, IdentifierView, PartyView
from workbench.desk.referral import show_referral
from workbench.desk.referral_view import (
    FindingView,
    Header,
    ProviderNameView,
    ReferralView,
    TextView,
    WorkingCalendarView,
)
from workbench.desk.text_signals import TextScanView, TextSignalView
from workbench.enrich.hash_lists import HashListNote, load_hash_list
from workbench.model.provenance import stated_column
from workbench.model.tables import TABLES
from workbench.settings import Settings
from workbench.store.connection import Store
from workbench.ui.session import open_store

FORMATS = (
    "cybertipline_json",
    "cybertipline_xml",
    "tabular",
    "iccam_v2",
    "iccam_v3",
    "connection_lead_table",
    "transaction_table",
)
# What a source states has its place in a file: these show rows of that table.
SHOWS = {
    Header: "report",
    PartyView: "party",
    IdentifierView: "identifier",
    AddressView: "address",
    AttributeView: "attribute",
    IpEventView: "ip_event",
    FileView: "file_record",
    HashView: "file_hash",
    TextView: "text_block",
    WebAddressView: "web_address",
    WebAssessmentView: "web_assessment",
    WebActionView: "web_action",
    TransactionView: "transaction_record",
}
# The log of what people did names who and when by itself; so do the lists' own rows.
SAYS_SO_ITSELF = (
    DecisionView,
    ReadingView,
    VersionView,
    DeadlineView,
    WorkingCalendarView,
)
BOOKKEEPING = {
    "referral_id", "version_id", "version", "source_system", "report_number_source", "source_path",
    "version_decided_on", "disposition", "reason_code", "length",
}  # fmt: skip

Says = Callable[[ReferralView, Any], tuple[object, object]]


def by_assessment(view: ReferralView, _: Any) -> tuple[object, object]:
    return view.header.rulebook_hash, view.header.assessed_at


def by_provider_table(view: ReferralView, _: Any) -> tuple[object, object]:
    named = view.provider_name
    return (named.said_by, named.said_at) if named else (None, None)


def of_row(who: str, when: str) -> Says:
    return lambda _, row: (getattr(row, who), getattr(row, when))


def by(who: str, when: str) -> Says:
    return lambda _, row: (who, getattr(row, when))


def by_kind_list(_: ReferralView, event: IpEventView) -> tuple[object, object]:
    """In no list is said by all lists, when they were asked."""
    if event.network_kind == "unknown":
        return "our lists", event.looked_up_at
    return event.kind_source, event.kind_as_of


def by_mailbox(_: ReferralView, entry: IdentifierView) -> tuple[object, object]:
    return entry.mail_kind_source or "our lists", entry.mail_kind_at


def by_code_list(view: ReferralView, _: Any) -> tuple[object, object]:
    """The page says of which day the list of codes is."""
    return "ICCAM", "2026-11-21" if view.sources[0].source_format == "iccam_v2" else None


def itself(_: ReferralView, row: Any) -> tuple[object, object]:
    return row, "its own fields"


def compared_now(_: ReferralView, link: LinkView) -> tuple[object, object]:
    """The page compares when it is drawn, and says so."""
    return link.evidence, "now"


ADDED: Mapping[type, Mapping[str, Says]] = {
    Header: {
        "provider": by_provider_table,
        "kind": by_assessment,
        "assessed_at": by_assessment,
        "rulebook_hash": by_assessment,
        "urgency": by_assessment,
        "actionability": by_assessment,
        "deadline_on": by_assessment,
        "deadline_kind": by_assessment,
        "days_left": by_assessment,
    },
    IdentifierView: {
        "mail_kind": by_mailbox,
        "mail_provider": by_mailbox,
        "mail_kind_source": by_mailbox,
        "mail_kind_at": by_mailbox,
    },
    IpEventView: {
        "network_kind": by_kind_list,
        "is_shared": by_kind_list,
        "kind_range": by_kind_list,
        "kind_source": by_kind_list,
        "kind_as_of": by_kind_list,
        "looked_up_at": by("our lists", "looked_up_at"),
        **dict.fromkeys(
            ("country", "country_source", "country_as_of"),
            of_row("country_source", "country_as_of"),
        ),
        **dict.fromkeys(
            ("network_owner", "owner_source", "owner_as_of"), of_row("owner_source", "owner_as_of")
        ),
        **dict.fromkeys(
            ("last_on", "last_on_country", "days_left", "is_country_assumed"), by_assessment
        ),
    },
    # When it was stated, else when the report came.
    AddressView: {"said_at": by("the report", "said_at")},
    HashView: {"meaningless": itself},
    **{
        view: dict.fromkeys(columns, by_code_list)
        for view, columns in {
            WebAddressView: ("site_type_word", "commerciality_word"),
            WebActionView: ("action_word",),
            WebAssessmentView: (
                "classification_word",
                "age_group_word",
                "gender_word",
                "content_type_word",
                "commerciality_word",
            ),
        }.items()
    },
}
# Every field of these is added, and all of a row is said by one.
ADDED_WHOLE: Mapping[type, Says] = {
    NetworkStatement: lambda _, row: (
        row.list_name,
        row.list_as_of or (row.list_as_of_basis == "not_known" and "said to be undated"),
    ),
    NcmecLookup: by("NCMEC", "as_of"),
    HashMatchView: lambda _, row: (row.list_name, row.as_of or row.loaded_at),
    ComparedListView: of_row("list_name", "asked_at"),
    TextSignalView: of_row("list_id", "dated_on"),
    TextScanView: of_row("list_names", "scanned_at"),
    ProviderNameView: of_row("said_by", "said_at"),
    ClockView: by_assessment,
    FindingView: by_assessment,
    LinkView: compared_now,
}


@pytest.fixture(scope="session")
def listed_store(inbox_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The inbox, compared with hash lists."""
    folder = tmp_path_factory.mktemp("listed")
    copy = folder / "listed.duckdb"
    copy.write_bytes(inbox_store.read_bytes())
    with Store.open(copy) as store:
        for made in write_hash_lists(folder / "lists", today=datetime.now(UTC).date()):
            note = HashListNote(made.name, made.label, made.as_of, "stated", licence="", loaded_by="4711")  # fmt: skip
            load_hash_list(store, CsvHashList(made.path), note, None)
        understand(store, Settings(store=copy))
    return copy


def referrals_of(store: Store, source_format: str, limit: int) -> list[str]:
    find = (
        "SELECT referral_id FROM referral.current_version WHERE source_format = $source_format "
        "ORDER BY referral_id LIMIT $limit"
    )
    rows = store.rows_of(find, {"source_format": source_format, "limit": limit})
    return [row["referral_id"] for row in rows]


def views(store: Store, source_format: str, limit: int) -> Iterator[ReferralView]:
    for referral_id in referrals_of(store, source_format, limit):
        yield show_referral(
            store,
            referral_id,
            today=datetime.now(UTC).date(),
            language="en",
            statable=statable_columns(),
            find_places=find_places(None),
        )


def rows_in(value: object) -> Iterator[Any]:
    """Yield every row of a view, however deep."""
    if isinstance(value, tuple | list):
        for one in value:
            yield from rows_in(one)
    elif is_dataclass(value):
        if not isinstance(value, ReferralView):
            yield value
        if not isinstance(value, SAYS_SO_ITSELF):
            for each in fields(value):
                yield from rows_in(getattr(value, each.name))


def unsourced(view: ReferralView, row: Any) -> Iterator[tuple[str, str]]:
    kind = type(row)
    if kind in ADDED_WHOLE:
        who, when = ADDED_WHOLE[kind](view, row)
        if not who or not when:
            yield kind.__name__, "whole"
        return
    table = SHOWS.get(kind)
    if table is None:
        return
    for each in fields(row):
        value = getattr(row, each.name)
        if value in (None, (), "") or each.name in BOOKKEEPING or (isinstance(value, tuple) and is_dataclass(value[0])):  # fmt: skip
            continue
        says = ADDED[kind].get(each.name) if kind in ADDED else None
        if says is not None:
            who, when = says(view, row)
            if not who or not when:
                yield kind.__name__, each.name
        elif stated_column(table, each.name, TABLES[table]) not in TABLES[table]:
            yield kind.__name__, f"{each.name}: neither stated nor said to be added"
        elif not each.name.endswith("_no") and view.places.of(table, row, each.name) is None:
            yield kind.__name__, f"{each.name}: no place in the source"


@pytest.mark.parametrize("source_format", FORMATS)
def test_every_value_of_the_page_has_a_place_or_a_source_and_a_date(
    listed_store: Path, source_format: str
) -> None:
    with open_store(listed_store).cursor() as store:
        seen = list(views(store, source_format, 25))
    assert seen
    for view in seen:
        missing = [found for row in rows_in(view) for found in unsourced(view, row)]
        assert missing == [], view.header.report_number


def test_no_row_of_the_page_is_forgotten_here(listed_store: Path) -> None:
    known = {*SHOWS, *ADDED_WHOLE, *SAYS_SO_ITSELF}
    with open_store(listed_store).cursor() as store:
        found = {type(row).__name__ for view in views(store, "cybertipline_json", 25) for row in rows_in(view)}  # fmt: skip
    about_copies = {"SourceView", "Comparison", "Difference", "RowName", "SourcePosition", "NotStated"}  # fmt: skip
    assert found - {kind.__name__ for kind in known} - about_copies == set()


ALWAYS = {"bands", "provider", "links"}
ON_THE_PAGE = {
    "cybertipline_json": ALWAYS
    | {"clocks", "network_kind", "ncmec_country", "mail_kind", "search"},
    "cybertipline_xml": ALWAYS | {"clocks", "network_kind", "search"},
    "tabular": ALWAYS | {"clocks"},
    "iccam_v2": {"bands", "links", "codes"},
    "iccam_v3": {"bands", "links"},
    "connection_lead_table": {"bands", "links", "network_kind", "hash_no_match"},
    "transaction_table": {"bands", "links", "search"},
}


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("source_format", FORMATS)
def test_the_page_says_beside_what_we_added_who_says_it_and_when(
    listed_store: Path, open_screens: OpenScreens, source_format: str, language: str
) -> None:
    with open_store(listed_store).cursor() as store:
        referral_ids = referrals_of(store, source_format, 6)
    shown: set[str] = set()
    for referral_id in referral_ids:
        app = page_of(open_screens(listed_store, language=language), "referral")
        app.query_params["referral"] = referral_id
        page = html_of(app.run())
        assert not app.exception
        for piece in page.split('data-added="')[1:]:
            kind = piece.partition('"')[0]
            shown.add(kind)
            assert re.search(r"\b20\d\d\b", piece[:900]), (kind, piece[:300])
    assert ON_THE_PAGE[source_format] <= shown
