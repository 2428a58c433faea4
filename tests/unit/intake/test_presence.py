"""What a provider fills, import by import, and what breaks with the past."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sample_data.inbox import write_inbox
from tests.builders import police_json
from workbench.composition import take_in
from workbench.intake.count_sheet import CountSheet
from workbench.intake.imports import find_import, read_count_sheet
from workbench.intake.presence import (
    PresenceBreak,
    chance_of_so_few,
    find_breaks,
    list_standing_breaks,
    presence_sentence,
    shipped_limits,
)
from workbench.settings import Settings
from workbench.store.connection import Row, Store

START = datetime(2026, 9, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class Unit:
    """A store that takes in reports of one provider, day after day."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder, self.number = store, folder, 991_000_000

    def take(
        self, count: int, *, day: int, addresses: bool = True, of: str = "Discord"
    ) -> CountSheet:
        place = self.folder / f"batch{self.number}"
        place.mkdir()
        for place_in_day in range(count):
            self.number += 1
            at = START + day * DAY + place_in_day * timedelta(minutes=1)
            report = a_report(self.number, at, has_address=addresses, provider=of)
            (place / f"{self.number}.json").write_text(json.dumps(report), encoding="utf-8")
        sheet = take_in(
            self.store, [place], Settings(readers=1), imported_by=None, report_progress=lambda _: None
        )  # fmt: skip
        again = read_count_sheet(self.store, find_import(self.store, sheet.batch_id))
        assert again.as_json() == sheet.as_json()
        return sheet

    def told(self, sheet: CountSheet) -> list[tuple[str, str]]:
        return [(warning["code"], warning["field"]) for warning in sheet.warnings]


def a_report(number: int, at: datetime, *, has_address: bool, provider: str) -> dict[str, Any]:
    report = police_json(number, dateReceived=f"{at:%Y-%m-%dT%H:%M:%SZ}")
    told = report["reportedInformation"]
    told["reportingEsp"]["espName"] = provider
    if has_address:
        told["reportedPeople"]["reportedPersons"][0]["sourceInformation"] = {
            "sourceCaptures": [
                {"captureType": "IP Address", "value": "198.51.100.7", "eventName": "LOGIN",
                 "dateTime": f"{at:%Y-%m-%dT%H:%M:%SZ}", "port": 4711}
            ]
        }  # fmt: skip
    return report


@pytest.fixture
def unit(store: Store, tmp_path: Path) -> Unit:
    return Unit(store, tmp_path)


def test_the_profile_of_an_import_is_kept(unit: Unit) -> None:
    sheet = unit.take(3, day=0)
    rows = unit.store.query(
        "SELECT field, base_count, filled_count FROM analyst.presence "
        "WHERE provider = 'Discord' AND source_format = 'cybertipline_json' "
        "AND field IN ('ip_event', 'ip_event.source_port', 'email') ORDER BY field"
    )[1]
    assert rows == [("email", 3, 0), ("ip_event", 3, 3), ("ip_event.source_port", 3, 3)]
    assert sheet.warnings == []  # nothing to hold it against


def test_a_field_that_stops_is_told_once_with_its_day_and_again_when_it_is_back(unit: Unit) -> None:
    for day in range(5):
        assert unit.told(unit.take(12, day=day)) == []
    stopped = unit.take(10, day=5, addresses=False)
    # The ports of addresses that are not there are no second break.
    assert unit.told(stopped) == [("field_gone", "ip_event")]
    (warning,) = stopped.as_json()["warnings"]
    assert warning["message"] == (
        "Discord (cybertipline_json) sends no IP events since 2026-09-06: "
        "0 of the last 10 reports, 60 of 60 before."
    )
    (standing,) = list_standing_breaks(unit.store)
    assert (standing.batch_id, standing.found.change) == (stopped.batch_id, "gone")
    assert unit.told(unit.take(10, day=6, addresses=False)) == []
    back = unit.take(12, day=7)
    assert unit.told(back) == [("field_back", "ip_event")]
    assert list_standing_breaks(unit.store) == []
    assert unit.told(unit.take(12, day=8)) == []


def test_a_stop_in_the_midst_of_an_import_is_dated(unit: Unit) -> None:
    unit.take(40, day=0)
    place = unit.folder / "mixed"
    place.mkdir()
    for number in range(30):
        at = START + (10 + number) * DAY
        report = a_report(992_000_000 + number, at, has_address=number < 18, provider="Discord")
        (place / f"{number}.json").write_text(json.dumps(report), encoding="utf-8")
    sheet = take_in(
        unit.store, [place], Settings(readers=1), imported_by=None, report_progress=lambda _: None
    )
    (warning,) = sheet.warnings
    found = PresenceBreak.from_warning(json.loads(json.dumps(warning)))
    assert (warning["code"], found.since_at) == ("field_gone", START + 28 * DAY)
    assert (warning["recent_count"], warning["past_count"]) == (12, 58)


def test_reports_that_come_one_by_one_are_taken_together(unit: Unit) -> None:
    unit.take(60, day=0)
    told = [unit.told(unit.take(1, day=day, addresses=False)) for day in range(1, 12)]
    days = [day for day, found in enumerate(told, 1) if found]
    assert len(days) == 1
    (standing,) = list_standing_breaks(unit.store)
    assert standing.found.since_at == START + DAY


def test_other_providers_and_formats_are_held_against_themselves(unit: Unit) -> None:
    unit.take(60, day=0)
    assert unit.take(30, day=1, addresses=False, of="Snapchat").warnings == []


def test_an_import_that_died_gets_its_profile_with_the_next(unit: Unit) -> None:
    unit.take(30, day=0)
    unit.store.run_text("DELETE FROM referral.presence")
    assert unit.told(unit.take(12, day=1, addresses=False)) == [("field_gone", "ip_event")]


@pytest.mark.parametrize(
    ("found", "drawn", "filled", "total", "expected"),
    [
        (0, 1, 1, 2, 0.5),
        (0, 2, 2, 4, 1 / 6),
        (1, 2, 2, 4, 5 / 6),
        (2, 2, 2, 4, 1.0),
        (0, 5, 3, 5, 0.0),
        (3, 5, 3, 5, 1.0),
        (0, 10, 60, 70, 1 / 396_704_524_216),
    ],
)
def test_the_chance_is_fishers(
    found: int, drawn: int, filled: int, total: int, expected: float
) -> None:
    assert chance_of_so_few(found, drawn, filled, total) == pytest.approx(expected, rel=1e-9)


def dice_of(*seed: object) -> random.Random:
    return random.Random(str(seed))  # noqa: S311 - dice that fall alike each time, no secret


def counts(share: float, past: int, recent: int, fields: int, dice: random.Random) -> list[Row]:
    """Counts of reports drawn alike, in the order in which they were received."""
    rows = []
    for number in range(fields):
        old = sum(dice.random() < share for _ in range(past))
        new = [dice.random() < share for _ in range(recent)]
        run = next((n for n, filled in enumerate(reversed(new)) if filled), recent)
        rows.append(
            {
                "provider": "Discord", "source_format": "police_json", "source_system": "cybertipline",
                "field": f"field-{number}", "past_count": past, "past_filled_count": old,
                "recent_count": recent, "recent_filled_count": sum(new), "run_count": run,
                "run_since_at": START, "last_filled_at": START, "recent_missing_at": START,
                "told_change": None, "told_past_share": None,
            }
        )  # fmt: skip
    return rows


@pytest.mark.parametrize("share", [0.35, 0.6, 0.9, 0.98])
@pytest.mark.parametrize(("past", "recent"), [(20, 10), (100, 10), (500, 40), (500, 400)])
def test_reports_like_the_past_are_almost_never_called_broken(
    share: float, past: int, recent: int
) -> None:
    # 400 imports of 20 fields each, at a chance of 1 in 1,000 an import: 0.4 are expected at most;
    # 4 or more would come by bad luck once in a thousand runs.
    dice = dice_of(share, past, recent)
    limits = shipped_limits()
    alarms = sum(
        bool(list(find_breaks(counts(share, past, recent, 20, dice), limits))) for _ in range(400)
    )
    assert alarms < 4


@pytest.mark.parametrize("recent", [10, 40])
@pytest.mark.parametrize(("share", "change"), [(0.0, "gone"), (0.1, "rarer")])
def test_a_real_break_is_found(recent: int, share: float, change: str) -> None:
    dice = dice_of(share, recent)
    limits = shipped_limits()
    found = 0
    for _ in range(100):
        rows = counts(0.95, 300, recent, 20, dice)
        broken = counts(share, 300, recent, 1, dice)[0]
        rows[7] |= {name: broken[name] for name in ("recent_filled_count", "run_count")}
        told = list(find_breaks(rows, limits))
        found += [one.field for one in told] == ["field-7"]
        assert {one.change for one in told} <= {"gone", change}
    assert found >= 95


@pytest.mark.parametrize("recent", [1, 2, 3])
def test_a_few_reports_do_not_cry_wolf(recent: int) -> None:
    dice = dice_of(recent)
    rows = counts(0.95, 500, recent, 20, dice)
    for row in rows:
        row |= {"recent_filled_count": 0, "run_count": recent}
    assert list(find_breaks(rows, shipped_limits())) == []


@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_field_and_change_has_its_words(unit: Unit, language: str) -> None:
    sheet = unit.take(1, day=0)
    rows = unit.store.rows_of(
        "SELECT DISTINCT field FROM referral.field_presence([$batch_id])",
        {"batch_id": sheet.batch_id},
    )
    assert len(rows) > 20
    for row in rows:
        for change in ("gone", "rarer", "back"):
            said = sentence(row["field"], change, language)
            assert "{" not in said
            assert "Discord" in said


def test_two_halves_of_the_sample_inbox_break_with_nothing(store: Store, tmp_path: Path) -> None:
    inbox = write_inbox(tmp_path / "inbox", today=date(2026, 11, 20))
    for half in (0, 1):
        place = tmp_path / f"half{half}"
        for number, path in enumerate(sorted((inbox / "json").iterdir())):
            if number % 2 == half:
                place.mkdir(exist_ok=True)
                (place / path.name).write_bytes(path.read_bytes())
        sheet = take_in(
            store, [place], Settings(readers=1), imported_by=None, report_progress=lambda _: None
        )
        assert sheet.loaded > 50
        assert sheet.warnings == []


def sentence(field: str, change: str, language: str) -> str:
    found = PresenceBreak(
        "Discord", "police_json", "cybertipline", field, change, None, 60, 60, 10, 0
    )
    return presence_sentence(found, language, format_title="police JSON", day="6 Sep 2026")
