"""The list of imports on the Import page, and the count sheet of the one that is chosen."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import police_json, write
from tests.pages.conftest import OpenScreens
from tests.pages.test_pages import html_of, page_of
from workbench.composition import take_in
from workbench.intake.imports import list_imports
from workbench.intake.progress import Progress
from workbench.settings import Settings
from workbench.store.connection import Store


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """A store with one whole import of a good and a broken file, and one that was interrupted."""
    path = tmp_path / "unit.duckdb"
    write(tmp_path / "in", "991000602.json", police_json())
    write(tmp_path / "in", "broken.json", b"{")
    settings = Settings(batch_size=1)

    def give_up(_: Progress) -> None:
        if list_imports(store.cursor()).imports[0].version_count:
            raise KeyboardInterrupt

    with Store.open(path) as store:
        take_in(
            store, [tmp_path / "in"], settings, imported_by="Ola", report_progress=lambda _: None
        )
        write(tmp_path / "more", "991000603.json", police_json("991000603"))
        write(tmp_path / "more", "991000604.json", police_json("991000604"))
        with pytest.raises(KeyboardInterrupt):
            take_in(store, [tmp_path / "more"], settings, imported_by=None, report_progress=give_up)
    return path


def chosen(app: AppTest, store: Path, nth: int) -> str:
    """Return what the page shows of one of the imports; 0 is the newest."""
    with Store.open(store) as opened:
        batch_id = list_imports(opened).imports[nth].batch_id
    page = page_of(app, "import")
    page.session_state["import_chosen"] = batch_id
    page.run()
    assert not page.exception
    return html_of(page)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ("<h3>Imports</h3>", "by Ola", "This is not a report", "Rejected")),
        ("nb", ("<h3>Innlesinger</h3>", "ved Ola", "This is not a report", "Avvist")),
    ],
)
def test_the_count_sheet_of_an_earlier_import_is_there_to_read(
    unit: Path, open_screens: OpenScreens, language: str, says: tuple[str, ...]
) -> None:
    shown = chosen(open_screens(unit, language=language), unit, 1)
    for words in says:
        assert words in shown
    assert 'class="wb-sum"' in shown


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ("⚠ interrupted", "Read the same files in again", "1 report or version")),
        ("nb", ("⚠ avbrutt", "Les inn de samme filene", "1 henvisning eller versjon")),
    ],
)
def test_an_interrupted_one_says_so_and_claims_no_sum(
    unit: Path, open_screens: OpenScreens, language: str, says: tuple[str, ...]
) -> None:
    shown = chosen(open_screens(unit, language=language), unit, 0)
    for words in says:
        assert words in shown
    assert 'class="wb-sum"' not in shown


def test_a_page_of_the_list_that_there_is_not_is_the_last(
    unit: Path, open_screens: OpenScreens
) -> None:
    page = page_of(open_screens(unit), "import")
    page.session_state["imports_page"] = 7
    assert html_of(page.run()).count('data-event="batch"') == 2


def test_after_an_import_the_list_is_on_its_first_page(
    unit: Path, open_screens: OpenScreens, tmp_path: Path
) -> None:
    with Store.open(unit) as store:
        for _ in range(9):
            take_in(
                store, [tmp_path / "none"], Settings(), imported_by=None,
                report_progress=lambda _: None,
            )  # fmt: skip
        oldest = list_imports(store, page=2).imports[0].batch_id
    page = page_of(open_screens(unit), "import")
    page.session_state["imports_page"] = 2
    page.session_state["import_chosen"] = oldest
    page.run()
    shown = html_of(page)
    assert shown.count('data-event="batch"') == shown.count('aria-current="true"') == 1
    assert f"this import: {oldest}" in shown
    page.text_input(key="folder").input(str(tmp_path / "in"))
    next(button for button in page.button if button.label == "Read in").click()
    page.run()
    assert not page.exception
    shown = html_of(page)
    assert shown.count('data-event="batch"') == 10
    assert 'aria-current="true"' not in shown


def test_before_the_first_import_there_is_no_list(
    open_screens: OpenScreens, tmp_path: Path
) -> None:
    app = page_of(open_screens(tmp_path / "new.duckdb"), "import").run()
    assert not app.exception
    assert "wb-imports" not in html_of(app)
