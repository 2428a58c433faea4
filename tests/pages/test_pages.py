"""Every page on an empty store and on the invented inbox, without a browser."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape, unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import police_json, write
from tests.hostile import package
from workbench.desk.queue import QueueFilter, QueueSort, count_queue, list_queue
from workbench.desk.referral import glance_at_referral, show_referral
from workbench.enrich.provider_names import list_names_for_review
from workbench.intake import count_sheet
from workbench.ui.session import open_store

PAGES = (
    "queue",
    "calendar",
    "referral",
    "statistics",
    "providers",
    "import",
    "lists",
    "rules",
    "help",
)
TODAY = datetime.now(UTC).date()

OpenScreens = Callable[..., AppTest]

ONE_PAGE = """
from workbench.ui import {page}_page
from workbench.ui.session import open_workplace

{page}_page.render(open_workplace())
"""


def page_of(app: AppTest, page: str) -> AppTest:
    """Return a single page of the same store, without the router around it."""
    return AppTest.from_string(ONE_PAGE.format(page=page), default_timeout=app.default_timeout)


def first_of(path: Path, chosen: QueueFilter | None = None) -> str:
    with open_store(path).cursor() as store:
        rows = list_queue(
            store,
            chosen or QueueFilter(),
            QueueSort(),
            limit=1,
            offset=0,
            today=TODAY,
            language="en",
        )
    return rows[0].referral_id


def html_of(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_page_opens_on_an_empty_store(
    open_screens: OpenScreens, tmp_path: Path, page: str, language: str
) -> None:
    app = page_of(open_screens(tmp_path / "empty.duckdb", language=language), page).run()
    assert not app.exception
    assert html_of(app) or app.get("bidi_component")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_page_opens_on_the_inbox(
    open_screens: OpenScreens, inbox_store: Path, page: str, language: str
) -> None:
    opened = open_screens(inbox_store, language=language)
    app = page_of(opened, page)
    app.query_params["referral"] = first_of(inbox_store)
    assert not app.run().exception


def test_the_router_opens_the_queue_and_counts_what_waits(
    open_screens: OpenScreens, inbox_store: Path
) -> None:
    with open_store(inbox_store).cursor() as store:
        waiting = count_queue(store, QueueFilter(), TODAY).total
    app = open_screens(inbox_store).run()
    assert not app.exception
    assert f"<strong>{waiting}</strong>" in html_of(app)


def test_nothing_of_a_referral_is_shown_before_the_reader_has_a_name(
    open_screens: OpenScreens, inbox_store: Path
) -> None:
    app = open_screens(inbox_store, officer="").run()
    assert not app.exception
    assert not app.get("bidi_component")
    app.text_input(key="officer_at_gate_name").set_value("4712")
    app.button(key="FormSubmitter:officer_at_gate-Continue").click().run()
    assert app.get("bidi_component")


def test_an_empty_filter_says_so_in_words(open_screens: OpenScreens, inbox_store: Path) -> None:
    app = open_screens(inbox_store).run()
    app.text_input(key="text_en_0").set_value("no such number").run()
    assert "<strong>0</strong> referrals" in html_of(app)


def test_deciding_records_who_and_why_and_opens_the_next(
    open_screens: OpenScreens, own_store: Path
) -> None:
    first = first_of(own_store)
    app = open_screens(own_store).run()
    app.button(key="decide_not_imported").click().run()
    app.button(key="reason_age_doubt").click().run()
    app.button(key="confirm").click().run()
    assert not app.exception
    assert app.session_state["cursor"] != first
    with open_store(own_store).cursor() as store:
        [decision, *_] = show_referral(store, first, today=TODAY, language="en").decisions
    assert (decision.disposition, decision.reason_code) == ("not_imported", "age_doubt")
    assert decision.decided_by == "4711"


def test_confirming_without_a_reason_asks_for_one_and_records_nothing(
    open_screens: OpenScreens, own_store: Path
) -> None:
    app = open_screens(own_store).run()
    app.button(key="decide_not_imported").click().run()
    app.button(key="confirm").click().run()
    assert "Choose a reason first" in html_of(app)
    with open_store(own_store).cursor() as store:
        view = show_referral(store, first_of(own_store), today=TODAY, language="en")
    assert view.header.disposition is None


def test_undo_opens_the_referral_again(open_screens: OpenScreens, own_store: Path) -> None:
    first = first_of(own_store)
    app = open_screens(own_store).run()
    app.button(key="decide_imported").click().run()
    app.button(key="confirm").click().run()
    app.button(key="undo").click().run()
    assert app.session_state["cursor"] == first
    with open_store(own_store).cursor() as store:
        header = show_referral(store, first, today=TODAY, language="en").header
    assert header.disposition is None


def test_an_open_decision_does_not_follow_to_another_referral(
    open_screens: OpenScreens, own_store: Path
) -> None:
    app = open_screens(own_store).run()
    app.button(key="decide_imported").click().run()
    app.session_state["cursor"] = first_of(own_store, QueueFilter(urgency=("routine",)))
    app.run()
    assert "confirm" not in [button.key for button in app.button]


def test_the_text_is_veiled_and_unveiling_is_logged(
    open_screens: OpenScreens, own_store: Path
) -> None:
    with open_store(own_store).cursor() as store:
        [row, *_] = store.query(
            "SELECT referral_id, narrative FROM analyst.referral "
            "WHERE length(narrative) > 40 "
            "AND referral_id NOT IN (SELECT referral_id FROM analyst.text_signal) "
            "ORDER BY referral_id"
        )[1]
    referral_id, narrative = row
    words = narrative.split("\n")[0][:30].replace("'", "&#x27;")
    app = page_of(open_screens(own_store), "referral")
    app.query_params["referral"] = referral_id
    assert words not in html_of(app.run())
    app.button(key="unveil").click().run()
    assert words in html_of(app)
    with open_store(own_store).cursor() as store:
        readings = show_referral(store, referral_id, today=TODAY, language="en").readings
    assert {reading.part for reading in readings} == {"referral", "narrative"}
    assert {reading.read_by for reading in readings} == {"4711"}


def test_an_address_of_no_referral_says_so(open_screens: OpenScreens, inbox_store: Path) -> None:
    app = page_of(open_screens(inbox_store), "referral")
    app.query_params["referral"] = "of-another-store"
    assert "No referral is chosen" in html_of(app.run())


def test_a_store_that_cannot_be_opened_is_said_in_one_sentence(
    open_screens: OpenScreens, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.duckdb"
    broken.write_text("not a store", encoding="utf-8")
    app = open_screens(broken).run()
    assert not app.exception
    assert "cannot be opened as a store" in html_of(app)


def test_the_reading_pane_says_what_the_whole_view_says(inbox_store: Path) -> None:
    with open_store(inbox_store).cursor() as store:
        rows = list_queue(
            store,
            QueueFilter(status="all"),
            QueueSort(),
            limit=60,
            offset=0,
            today=TODAY,
            language="nb",
        )
        for row in rows:
            glance = glance_at_referral(store, row.referral_id, today=TODAY, language="nb")
            whole = show_referral(store, row.referral_id, today=TODAY, language="nb")
            assert glance.header == whole.header
            assert [found.sentence for found in glance.findings] == [
                found.sentence for found in whole.findings
            ]
            assert (glance.clocks, glance.links) == (whole.clocks, whole.links)
            assert glance.ip_events == whole.ip_events
            assert len(glance.files) == len(whole.files)
            assert [party.identifiers for party in glance.parties] == [
                party.identifiers for party in whole.parties
            ]


def test_an_import_says_by_code_what_was_rejected_and_keeps_the_readers_own_sentence(
    open_screens: OpenScreens, own_store: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "report.xml").write_text("<!DOCTYPE a><report/>", encoding="utf-8")
    (folder / "pictured").write_bytes(b"\xff\xd8\xff" + bytes(1500))
    app = page_of(open_screens(own_store, language="nb"), "import").run()
    app.text_input(key="folder").set_value(str(folder))
    app.button(key="FormSubmitter:import-Les inn").click().run()
    shown = html_of(app)
    assert not app.exception
    assert "Dokumenttype (DTD)" in shown
    assert "Be avsenderen om rapporten uten DOCTYPE" in shown
    assert "The document brings a document type (DTD)" in shown
    assert "1 bilde (JPEG) (1,5 kB)" in shown


@pytest.mark.parametrize(
    "wording",
    [
        ("en", "Read in", "The limit can be raised: WORKBENCH_LIMITS__VALUES_PER_FILE, now 1,500."),
        ("nb", "Les inn", "Grensen kan heves: WORKBENCH_LIMITS__VALUES_PER_FILE, nå 1 500."),
    ],
)  # fmt: skip
def test_a_file_above_a_limit_names_the_setting_in_the_officers_language(
    open_screens: OpenScreens,
    own_store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wording: tuple[str, str, str],
) -> None:
    language, button, says = wording
    monkeypatch.setenv("WORKBENCH_LIMITS__VALUES_PER_FILE", "1500")
    write(tmp_path, "in/a.json", police_json("991000791", values=[0] * 4_000))
    app = page_of(open_screens(own_store, language=language), "import").run()
    app.text_input(key="folder").set_value(str(tmp_path / "in"))
    app.button(key=f"FormSubmitter:import-{button}").click().run()
    assert not app.exception
    assert says in html_of(app).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "wording",
    [
        ("en", "Read in", "1,198 more are not shown.", "<strong>1,200</strong> Not a report we read", "1,200 members set aside: 1,000 picture (JPEG)", "200 picture (PNG)"),
        ("nb", "Les inn", "1 198 flere vises ikke.", "<strong>1 200</strong> Ikke en rapport vi leser", "1 200 deler lagt til side: 1 000 bilde (JPEG)", "200 bilde (PNG)"),
    ],
)  # fmt: skip
def test_a_long_count_sheet_says_what_the_page_does_not_show(
    open_screens: OpenScreens,
    own_store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wording: tuple[str, ...],
) -> None:
    language, button, *says = wording
    monkeypatch.setattr(count_sheet, "MOST_SHOWN", 2)
    for number in range(1_200):
        write(tmp_path, f"in/{number:04}.json", b"{")
    pictures = [(f"{number}.jpg", b"\xff\xd8\xff invented") for number in range(1_000)]
    pictures += [(f"{number}.png", b"\x89PNG\r\n invented") for number in range(200)]
    write(tmp_path, "in/p.zip", package(*pictures))
    app = page_of(open_screens(own_store, language=language), "import").run()
    app.text_input(key="folder").set_value(str(tmp_path / "in"))
    app.button(key=f"FormSubmitter:import-{button}").click().run()
    assert not app.exception
    shown = html_of(app).replace("\u00a0", " ")
    assert [sentence for sentence in says if sentence not in shown] == []
    assert shown.count("in/00") == 2 * 2  # the first two, each with what it is sorted by
    with open_store(own_store).cursor() as store:
        pattern = r"<code>workbench query &quot;(.*?)&quot; --json --store (.*?)</code>"
        commands = re.findall(pattern, shown)
        assert {path for _, path in commands} == {str(own_store)}
        assert [len(store.query(unescape(query))[1]) for query, _ in commands] == [1_200, 1_200]


def test_the_import_page_lists_the_provider_names_to_confirm(
    open_screens: OpenScreens, inbox_store: Path
) -> None:
    with open_store(inbox_store).cursor() as store:
        names = list_names_for_review(store)
    whole = html_of(page_of(open_screens(inbox_store), "import").run())
    shown = whole[whole.index("Provider names to confirm") :]
    assert names
    assert all(escape(name.name_as_written) in shown for name in names)
    assert shown.count("<tr>") == 1 + len(names)


def test_a_figure_of_the_statistics_shows_the_referrals_it_counts(
    open_screens: OpenScreens, inbox_store: Path
) -> None:
    app = page_of(open_screens(inbox_store), "statistics").run()
    app.toggle(key="all_years").set_value(True).run()
    pressed = re.findall(r'data-event="cell" data-value="([^"]+)">(\d+)<', html_of(app))
    code, count = max(pressed, key=lambda found: int(found[1]))
    app.session_state["statistics_cell"] = unescape(code)
    shown = html_of(app.run())
    assert not app.exception
    assert f"{count} received" in shown
    assert shown.count('data-event="referral"') == min(int(count), 25)
    with open_store(inbox_store).cursor() as store:
        [[undated]] = store.query(
            "SELECT count(*) FROM analyst.referral WHERE received_at IS NULL"
        )[1]
    assert f"{undated} referrals have no received date" in shown


def test_a_leader_rules_about_a_provider_name_and_takes_it_back(
    open_screens: OpenScreens, own_store: Path
) -> None:
    with open_store(own_store).cursor() as store:
        waiting = list_names_for_review(store)
    app = page_of(open_screens(own_store), "providers").run()
    assert not app.exception
    name = waiting[0].name_as_written
    assert escape(name) in html_of(app)
    # A name that fits nothing is offered no provider: a tired officer must not accept one by Enter.
    assert [b.disabled for b in app.button if b.label.startswith("Accept")] == [True]
    [refuse] = [button for button in app.button if button.label.startswith("Confirm")]
    refuse.click().run()
    assert not app.exception
    with open_store(own_store).cursor() as store:
        assert len(list_names_for_review(store)) == len(waiting) - 1
    assert f"“{name}” now stands for itself." in unescape(html_of(app))
