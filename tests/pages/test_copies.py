"""Versions and sources on the referral page: what an officer reads before deciding."""

import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenScreens
from tests.pages.test_pages import html_of, page_of
from tests.unit.connectors.pdf_reports import whole_report
from tests.unit.connectors.pdf_writer import flowing
from tests.unit.desk.copies import MAY_9, NUMBER, decide, report, take, take_four_copies
from workbench.composition import understand
from workbench.desk.referral import find_referral
from workbench.model.tables import NUMBERED, TABLES
from workbench.settings import Settings
from workbench.store.connection import Store
from workbench.ui.catalogue import entries


@pytest.fixture
def copies_store(tmp_path: Path) -> Path:
    """A report decided on, then changed, with a late older copy and a PDF."""
    path = tmp_path / "copies.duckdb"
    with Store.open(path) as store:
        take_four_copies(store, tmp_path)
    return path


def referral_page(open_screens: OpenScreens, store: Path, language: str) -> AppTest:
    with Store.open(store) as opened:
        referral_id = find_referral(opened, NUMBER)
    app = page_of(open_screens(store, language=language), "referral")
    app.query_params["referral"] = referral_id
    app.run()
    assert not app.exception
    return app


def words_of(app: AppTest) -> str:
    """Return what the page says, without its markup."""
    return " ".join(re.sub("<[^>]*>", " ", unescape(html_of(app))).split())


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "Version 1 was seen when deciding; version 3 differs in 3 places.",
                "New version since the decision",
                "Police JSON and CyberTipline PDF disagree on",
                "Current : a younger document than version 1",
                "arrived later, but is older: made 3 May 2026, version 1 made 9 May 2026",
                "further source beside version 3",
            ],
        ),
        (
            "nb",
            [
                "Versjon 1 ble sett da saken ble avgjort; versjon 3 er annerledes på 3 steder.",
                "Ny versjon siden avgjørelsen",
                "Gjeldende : et nyere dokument enn versjon 1",
                "kom senere, men er eldre: laget 3. mai 2026, versjon 1 laget 9. mai 2026",
            ],
        ),
    ],
)
def test_the_page_says_which_copy_is_current_and_what_came_since(
    open_screens: OpenScreens, copies_store: Path, language: str, sentences: list[str]
) -> None:
    shown = words_of(referral_page(open_screens, copies_store, language))
    for sentence in sentences:
        assert sentence in shown


def test_two_versions_are_compared_in_words_and_texts_stay_veiled(
    open_screens: OpenScreens, copies_store: Path
) -> None:
    app = referral_page(open_screens, copies_store, "en")
    before, after = app.selectbox
    assert (before.value, after.value) == (1, 3)
    shown = words_of(app)
    assert (
        "Report Incident type Online Enticement of Children for Sexual Acts A later name" in shown
    )
    assert "Veiled words." not in shown
    before.select(2).run()
    assert "Report Incident type An earlier name A later name" in words_of(app)
    app.button(key="unveil").click().run()
    assert "Veiled words." in words_of(app)


def test_what_one_of_two_chosen_formats_has_no_word_for_is_not_called_gone(
    open_screens: OpenScreens, copies_store: Path
) -> None:
    app = referral_page(open_screens, copies_store, "en")
    app.selectbox[1].select(4).run()
    tables = [e.proto.body for e in app.get("html") if "wb-differences" in e.proto.body]
    for compared in tables:  # of the sources, and of the two versions that were chosen
        assert "only in CyberTipline PDF" in compared
        assert "gone" not in compared
    assert len(tables) == 2


def test_every_row_of_the_page_says_from_which_file_and_place(
    open_screens: OpenScreens, copies_store: Path
) -> None:
    shown = html_of(referral_page(open_screens, copies_store, "en"))
    person = "may20.json reportedInformation.reportedPeople.reportedPersons[0]"
    for place in (
        person,
        f"{person}.emails[0]",
        f"{person}.sourceInformation.sourceCaptures[0]",
        "may20.json reportedInformation.uploadedFiles.uploadedFiles[0].md5",
        "copy.pdf page 2, line 16",
    ):
        assert f"<code>{place}</code>" in shown


def test_a_report_that_came_once_has_nothing_to_compare(
    open_screens: OpenScreens, tmp_path: Path
) -> None:
    path = tmp_path / "once.duckdb"
    with Store.open(path) as store:
        take(store, tmp_path, "once.json", report())
    app = referral_page(open_screens, path, "en")
    assert not app.selectbox
    assert "the first copy" in words_of(app)


def test_what_stands_in_the_catalogues_covers_every_field() -> None:
    numbers = {*NUMBERED.values(), "parent_party_no"}
    wanted = {f"field.{name}" for columns in TABLES.values() for name in columns} - {
        f"field.{name}" for name in numbers
    }
    wanted |= {f"row.{table}" for table in TABLES}
    for language in ("en", "nb"):
        assert wanted - entries(language).keys() == set()


def test_the_queue_offers_what_changed_since_it_was_decided(
    open_screens: OpenScreens, copies_store: Path
) -> None:
    app = page_of(open_screens(copies_store), "queue").run()
    assert "1 referral" not in words_of(app)
    offer = app.button(key="changed_since")
    assert offer.label == "1 changed since decided"
    offer.click().run()
    assert not app.exception
    assert "1 referral" in words_of(app)
    assert app.selectbox[0].value == "changed"


@pytest.mark.parametrize(
    ("language", "badge", "sentence"),
    [
        (
            "en",
            "New source since the decision",
            "Version 1 was seen when deciding; the CyberTipline PDF (version 2) came after it.",
        ),
        (
            "nb",
            "Ny kilde siden avgjørelsen",
            "Versjon 1 ble sett da saken ble avgjort; CyberTipline PDF (versjon 2) kom etterpå.",
        ),
    ],
)
def test_page_and_pane_say_that_a_further_source_came_after_the_decision(
    open_screens: OpenScreens, tmp_path: Path, language: str, badge: str, sentence: str
) -> None:
    path = tmp_path / "source.duckdb"
    with Store.open(path) as store:
        take(store, tmp_path, "a.json", report(processed=MAY_9))
        decide(store)
        take(store, tmp_path, "a.pdf", flowing(whole_report()))
        understand(store, Settings(store=path))
    app = referral_page(open_screens, path, language)
    shown = words_of(app)
    assert badge in shown
    assert sentence in shown
    assert not app.selectbox  # what two sources say differently stands there already
    for newer in ("New version since", "Ny versjon siden"):
        assert newer not in shown
    queue = page_of(open_screens(path, language=language), "queue").run()
    queue.button(key="changed_since").click().run()
    assert badge in words_of(queue)
