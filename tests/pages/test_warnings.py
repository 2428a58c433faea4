"""What an import warns of, on the Import page."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from tests.pages.conftest import OpenScreens
from tests.pages.test_pages import html_of, page_of
from workbench.store.connection import Store


def a_break(change: str, told_day: int) -> pa.Table:
    row = {
        "batch_id": f"20261106T1200{told_day:02d}Z-00000000",
        "told_at": datetime(2026, 11, told_day, 12, tzinfo=UTC),
        "provider": "Discord",
        "source_format": "cybertipline_json",
        "source_system": "cybertipline",
        "field": "ip_event",
        "change": change,
        "since_at": datetime(2026, 11, 3, 9, tzinfo=UTC),
        "past_count": 480,
        "past_filled_count": 470,
        "recent_count": 12,
        "recent_filled_count": 0,
    }
    return pa.Table.from_pylist([row])


def tell(path: Path, *changes: str) -> None:
    with Store.open(path) as store:
        for day, change in enumerate(changes, start=6):
            with store.columns("staged_row", a_break(change, day)):
                store.run("intake/add_presence_breaks")


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "Discord (Police JSON) sends no IP events since 3 Nov 2026: 0 of the last 12 reports"),
        ("nb", "Discord (Politi-JSON) sender ikke IP-hendelser siden 3. nov. 2026: 0 av de siste 12"),
    ],
)  # fmt: skip
def test_a_leader_sees_later_what_a_provider_stopped_sending(
    open_screens: OpenScreens, tmp_path: Path, language: str, says: str
) -> None:
    path = tmp_path / "unit.duckdb"
    tell(path, "gone")
    app = page_of(open_screens(path, language=language), "import").run()
    assert not app.exception
    assert says in html_of(app)
    assert "20261106T120006Z-00000000" in html_of(app)


def test_what_is_sent_again_goes_from_the_page(open_screens: OpenScreens, tmp_path: Path) -> None:
    path = tmp_path / "unit.duckdb"
    tell(path, "gone", "back")
    app = page_of(open_screens(path), "import").run()
    assert not app.exception
    assert "IP events" not in html_of(app)
