"""The text section: lists without words, words marked on request, foreign text never markup."""

from html import escape
from pathlib import Path

import pytest

from tests.pages.conftest import OpenScreens
from tests.pages.test_pages import html_of, page_of
from workbench.store.connection import Store

HOSTILE = "<img src=x onerror=alert(1)>"
WITH_WORDS = """
SELECT text_signal.referral_id, text_block.content
FROM analyst.text_signal
INNER JOIN referral.current_version AS version ON text_signal.referral_id = version.referral_id
INNER JOIN referral.text_block
    ON version.version_id = text_block.version_id
    AND text_signal.text_no = text_block.text_no
    AND text_signal.text_kind = text_block.kind
WHERE text_signal.language = 'sv'
ORDER BY ALL
"""
MAKE_HOSTILE = (
    "UPDATE referral.text_block SET content = content || $hostile WHERE content = $content"
)


@pytest.mark.parametrize(
    ("language", "note", "name"),
    [("en", "An indication only", "asking for secrecy"), ("nb", "Bare en indikasjon", "å holde hemmelig")],
)  # fmt: skip
def test_words_are_marked_only_once_the_text_is_asked_for(
    own_store: Path, open_screens: OpenScreens, language: str, note: str, name: str
) -> None:
    with Store.open(own_store) as store:
        referral_id, content = store.query(WITH_WORDS)[1][0]
        store.run_text(MAKE_HOSTILE, {"hostile": HOSTILE, "content": content})
    app = page_of(open_screens(own_store, language=language), "referral")
    app.query_params["referral"] = referral_id
    before = html_of(app.run())
    assert note in before
    assert name in before
    assert "sv-asking-secrecy v1" in before
    assert "<mark" not in before
    assert "vår hemmlighet" not in before
    app.button(key="unveil").click().run()
    after = html_of(app)
    assert f'<mark class="wb-found" title="{name}">vår hemmlighet</mark><sup>' in after
    assert HOSTILE not in after
    assert escape(HOSTILE) in after
    readings = app.session_state["logged_readings"]
    assert "narrative" in readings


def test_the_lists_page_names_the_term_lists_and_no_word(
    inbox_store: Path, open_screens: OpenScreens
) -> None:
    shown = html_of(page_of(open_screens(inbox_store), "lists").run())
    assert "sv-asking-secrecy v1" in shown
    assert "hemlighet" not in shown
