"""Dates, times and numbers in both languages; foreign text that stays text."""

from datetime import UTC, date, datetime

import pytest

from workbench.ui.catalogue import Words
from workbench.ui.formatting import Formats
from workbench.ui.markup import Html, pairs, table, tag
from workbench.ui.signs import Deadline, deadline_title, time_left_sign, urgency_sign

HOSTILE = '![x](https://example.org/a.png) <img src=x onerror="alert(1)"> [y](https://example.org)'
AT = datetime(2026, 11, 21, 13, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "21 Nov 2026", "21 Nov 2026, 14:05"),
        ("nb", "21. nov. 2026", "21. nov. 2026 kl. 14:05"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(
    language: str, day: str, moment: str
) -> None:
    formats = Formats(language, "Europe/Oslo")
    assert formats.day(date(2026, 11, 21)) == day
    assert formats.moment(AT) == moment


def test_connection_times_are_utc_to_the_second() -> None:
    assert Formats("en", "Europe/Oslo").utc(AT) == "21 Nov 2026, 13:05:09 UTC"


def test_norwegian_numbers_have_norwegian_separators() -> None:
    assert Formats("nb", "Europe/Oslo").number(46.4, decimals=1) == "46,4"
    assert Formats("nb", "Europe/Oslo").number(10463) == "10\N{NO-BREAK SPACE}463"


@pytest.mark.parametrize(
    "make",
    [
        lambda value: tag("p", value),
        lambda value: tag("p", "", title=value),
        lambda value: table([value], [[value]]),
        lambda value: pairs([(value, value)]),
    ],
)
def test_foreign_text_cannot_become_markup(make: object) -> None:
    made = make(HOSTILE)  # type: ignore[operator] # one of the four makers above
    assert isinstance(made, Html)
    assert "<img" not in made
    assert "&lt;img" in made or 'title="' in made
    assert 'onerror="' not in made


def test_a_mark_that_turns_the_writing_ends_with_its_own_text() -> None:
    made = tag("p", "name\u202egpj", " ", "river_stone", title="name\u202egpj")
    assert made.count("<bdi>") == 1
    assert "<bdi>name\u202egpj</bdi> river_stone" in made


def test_unknown_urgency_has_its_own_sign_and_never_that_of_routine() -> None:
    words = Words("en")
    assert urgency_sign(words, None).look == "unknown"
    assert urgency_sign(words, "routine").look == "routine"


@pytest.mark.parametrize(
    ("days", "look", "word"),
    [
        (None, "unknown", "Not known"),
        (-1, "expired", "Expired"),
        (0, "soon", "Today"),
        (7, "soon", "7 d"),
        (8, "running", "8 d"),
    ],
)
def test_time_left_says_how_long_and_never_zero_for_unknown(
    days: int | None, look: str, word: str
) -> None:
    kind = None if days is None else "connection_data"
    last_on = None if days is None else date(2026, 11, 21)
    sign = time_left_sign(Words("en"), Formats("en", "Europe/Oslo"), Deadline(last_on, kind, days))
    assert (sign.look, sign.word) == (look, word)


def test_a_deadline_names_its_basis_and_what_was_assumed() -> None:
    deadline = Deadline(
        date(2026, 11, 21),
        "connection_data",
        3,
        "a statute",
        "from_memory",
        is_start_estimated=False,
        is_country_assumed=True,
    )
    title = deadline_title(Words("en"), Formats("en", "Europe/Oslo"), deadline)
    assert "last day 21 Nov 2026" in title
    assert "a statute" in title
    assert "confirm before relying on it" in title
    assert "the unit's own is assumed" in title


def test_a_size_is_written_in_the_unit_that_fits() -> None:
    formats = Formats("nb", "Europe/Oslo")
    assert [formats.size(count) for count in (0, 999, 1_500, 43_000, 3_400_000, 2_000_000_000)] == [
        "0 byte",
        "999 byte",
        "1,5 kB",
        "43 kB",
        "3,4 MB",
        "2,0 GB",
    ]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["45 secs", "2 mins", "22 mins", "2 hrs"]),
        ("nb", ["45 sek", "2 min", "22 min", "2 t"]),
    ],
)
def test_a_duration_is_as_rough_as_a_person_would_say_it(language: str, written: list[str]) -> None:
    formats = Formats(language, "Europe/Oslo")
    assert [formats.duration(seconds) for seconds in (45.2, 130, 1_300, 8_000)] == written
