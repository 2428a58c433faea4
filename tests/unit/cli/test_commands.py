"""The commands as a person runs them: a process, an exit code, stdout for results only."""

import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest
from openpyxl import load_workbook

from tests.builders import police_json, write
from workbench import cli
from workbench.commands import receiving
from workbench.settings import Settings

PUBLISHED = Path(__file__).parents[3] / "sample_data" / "published"
ZONE = ZoneInfo(Settings().time_zone)


def workbench(
    store: Path, *arguments: object, expect: int = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    found = subprocess.run(
        [sys.executable, "-m", "workbench", *map(str, arguments)],
        env=os.environ | {"WORKBENCH_STORE": str(store)} | environment,
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert found.returncode == expect, found.stderr + found.stdout
    return found


def result(store: Path, *arguments: object, expect: int = 0, **environment: str) -> Any:
    return json.loads(workbench(store, *arguments, "--json", expect=expect, **environment).stdout)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration store, as a stranger gets it."""
    store = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    workbench(store, "demo", "--no-serve")
    return store


@pytest.fixture(scope="session")
def one_referral(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one referral, to be copied."""
    folder = tmp_path_factory.mktemp("unit")
    store = folder / "unit.duckdb"
    result(store, "import", write(folder, "in/a.json", police_json()))
    return store


@pytest.fixture
def unit(one_referral: Path, tmp_path: Path) -> Path:
    """A store with one referral."""
    return Path(shutil.copy(one_referral, tmp_path / "unit.duckdb"))


class TestDemonstration:
    def test_reproduces_both_published_tables_in_every_cell(self, demo: Path) -> None:
        rate = result(demo, "statistics", "import-rate")
        with (PUBLISHED / "kripos_table2_provider_year.csv").open(encoding="utf-8") as file:
            published = [
                (row["provider"], int(row["year"]), int(row["received"]), int(row["imported_reconstructed"]),
                 float(row["imported_percent_published"]))
                for row in csv.DictReader(file)
            ]  # fmt: skip
        columns = ("provider", "year", "received", "imported", "percent")
        assert [tuple(row[name] for name in columns) for row in rate["rows"]] == published
        with (PUBLISHED / "kripos_table1_year.csv").open(encoding="utf-8") as file:
            years = [
                {
                    "year": int(row["year"]),
                    "received": int(row["ncmec_reports_to_norway"]),
                    "imported": int(row["imported"]),
                    "percent": float(row["imported_percent_published"]),
                    "ncmec_reports_globally": int(row["ncmec_reports_globally"] or 0) or None,
                }
                for row in csv.DictReader(file)
            ]
        assert rate["totals"] == years

    def test_is_kept_when_it_was_built_today(self, demo: Path) -> None:
        marker, today = demo.with_name(f"{demo.name}.demo.json"), datetime.now(UTC).date()
        marked = json.loads(marker.read_text(encoding="utf-8"))
        assert date.fromisoformat(marked["built_on"]) in {today, today - timedelta(days=1)}
        # It is this run's; where the run has gone on past midnight it is not today's any more.
        marker.write_text(json.dumps(marked | {"built_on": today.isoformat()}), encoding="utf-8")
        assert "built today" in workbench(demo, "demo", "--no-serve").stderr

    def test_passes_its_own_audits(self, demo: Path) -> None:
        workbench(demo, "check")

    def test_queue_begins_with_danger_and_every_position_has_a_reason(self, demo: Path) -> None:
        rows = result(demo, "queue", "--limit", 300)
        order = ["immediate", "high", "elevated", "routine"]
        ranks = [order.index(row["urgency"]) for row in rows]
        assert ranks == sorted(ranks)
        assert len(set(ranks)) == 4
        assert all(row["chips"] for row in rows if row["urgency"] != "routine")

    def test_findings_are_rebuilt_from_stored_facts_alone(self, demo: Path) -> None:
        first = result(demo, "queue", "--limit", 3)[0]["referral_id"]
        shown = result(demo, "show", first, WORKBENCH_RULES="/nowhere")
        rebuilt = {finding["rule_id"]: finding["outcome"] for finding in shown["rebuilt_findings"]}
        recorded = {finding["rule_id"]: finding["outcome"] for finding in shown["findings"]}
        assert rebuilt == recorded
        assert all(finding["agrees"] for finding in shown["rebuilt_findings"])

    def test_workbook_holds_values_only(self, demo: Path, tmp_path: Path) -> None:
        file = tmp_path / "rates.xlsx"
        workbench(demo, "statistics", "import-rate", "--xlsx", file)
        cells = [cell for sheet in load_workbook(file) for row in sheet.iter_rows() for cell in row]
        assert any(cell.value in {32220, 10463} for cell in cells)
        assert not [cell for cell in cells if cell.data_type == "f"]


def test_import_says_by_its_exit_code_how_it_went(tmp_path: Path) -> None:
    store = tmp_path / "unit.duckdb"
    good = write(tmp_path, "in/good.json", police_json())
    bad = write(tmp_path, "in/bad.json", b"{")
    sheet = result(store, "import", good)
    assert set(sheet) >= {
        "files", "read", "loaded", "new_versions", "duplicates", "rejected", "unread_fields", "rejections",
    }  # fmt: skip
    assert result(store, "import", good.parent, expect=20)["duplicates"] == 1
    [rejection] = result(store, "import", bad, expect=21)["rejections"]
    assert set(rejection) == {"file", "location", "code", "message", "remedy"}


def test_decide_and_undo_are_rows_that_stay(unit: Path) -> None:
    arguments = ("decide", "991000602", "--disposition", "not_imported", "--by", "A1")
    assert "reason" in workbench(unit, *arguments, expect=10).stderr
    decided = result(unit, *arguments, "--reason", "age_doubt", "--note", "Seen twice")
    assert (decided["version_seen"], decided["decided_by"]) == (1, "A1")
    assert result(unit, "queue") == []
    assert result(unit, "undo", "991000602", "--by", "A2")["disposition"] is None
    assert len(result(unit, "queue")) == 1
    rows = result(
        unit, "query", "SELECT disposition, decided_by FROM analyst.decision ORDER BY decided_at"
    )
    assert [(row["disposition"], row["decided_by"]) for row in rows] == [
        ("not_imported", "A1"),
        (None, "A2"),
    ]


def test_a_changed_rulebook_has_another_hash_and_changes_nothing_recorded(
    unit: Path, tmp_path: Path
) -> None:
    import shutil

    recorded = "SELECT rulebook_hash, facts::VARCHAR AS facts, outcomes::VARCHAR AS outcomes FROM referral.assessment ORDER BY assessment_id"
    before = result(unit, "query", recorded)
    rules = tmp_path / "rules"
    shutil.copytree(Path(__file__).parents[3] / "rules", rules)
    book = min((rules / "quality").glob("*.toml"))
    book.write_text(
        book.read_text(encoding="utf-8").replace('title = "', 'title = "Now ', 1), encoding="utf-8"
    )
    summary = result(unit, "assess", WORKBENCH_RULES=str(rules))
    after = result(unit, "query", recorded)
    assert summary["rulebook_hash"] != before[0]["rulebook_hash"]
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("DROP TABLE referral.party", "Only one reading statement"),
        ("SELECT 1; SELECT 2", "Only one reading statement"),
        ("SELECT * FROM read_csv('/etc/passwd')", "disabled by configuration"),
        ("SELEC 1", "Correct the SQL"),
    ],
)
def test_query_refuses_what_is_not_reading(unit: Path, sql: str, words: str) -> None:
    refused = workbench(unit, "query", sql, expect=14)
    assert words in refused.stderr
    assert refused.stdout == ""


def test_what_is_not_there_is_said_plainly(unit: Path) -> None:
    assert "Traceback" not in workbench(unit, "show", "991999999", expect=12).stderr
    assert (
        "Traceback"
        not in workbench(
            unit, "decide", "991999999", "--disposition", "imported", "--by", "A", expect=12
        ).stderr
    )


def test_a_store_held_by_another_process_is_said_plainly(unit: Path) -> None:
    from workbench.store.connection import Store

    with Store.open(unit):
        assert "another process" in workbench(unit, "queue", expect=11).stderr


def test_the_demonstration_leaves_foreign_stores_alone(unit: Path) -> None:
    assert (
        "not made by the demonstration" in workbench(unit, "demo", "--no-serve", expect=10).stderr
    )
    assert len(result(unit, "queue")) == 1


def test_rules_are_listed_and_hold(unit: Path) -> None:
    assert len(result(unit, "rules", "list")["rules"]) >= 25
    assert result(unit, "rules", "check") == []


def test_a_report_cannot_steer_the_terminal(unit: Path) -> None:
    sql = "SELECT '[bold]' || chr(27) || '[31m' || chr(8238) || 'x[/nothing]' AS text"
    printed = workbench(unit, "query", sql).stdout
    assert "[bold]\\u001b[31m\\u202ex[/nothing]" in printed


class TestTimeLeft:
    def test_the_queue_can_be_asked_for_what_expires(self, demo: Path) -> None:
        def rows_of(choice: str) -> Any:
            return result(demo, "queue", "--expires", choice, "--limit", 1000)

        asked_on = None
        while asked_on != (asked_on := datetime.now(ZONE).date()):  # once more if midnight passed
            week, today, expired = map(rows_of, ("week", "today", "expired"))
        assert {row["days_left"] for row in week} <= set(range(8))
        # There may be none: no deadline of the demonstration ends on a leap day.
        assert today == [row for row in week if row["days_left"] == 0]
        assert len(today) < len(week)
        assert all(row["days_left"] < 0 for row in expired)
        assert all(row["ask_by_on"] <= row["deadline_on"] for row in week)

    def test_what_the_next_shift_cannot_ask_for_depends_on_when_it_begins(self, demo: Path) -> None:
        # One second of every day is a shift's start: the next one is a day away at most.
        late = result(
            demo, "queue", "--expires", "shift", "--limit", 1000, WORKBENCH_SHIFT_STARTS="00:00"
        )
        assert {row["days_left"] for row in late} <= {0, 1}

    def test_a_choice_nobody_knows_is_refused_with_the_choices(self, demo: Path) -> None:
        refused = workbench(demo, "queue", "--expires", "soon", expect=10)
        assert "shift, today, week" in refused.stderr

    def test_show_says_what_is_lost_first_and_by_when_to_ask(self, demo: Path) -> None:
        [first] = result(demo, "queue", "--expires", "week", "--limit", 1)
        deadline = result(demo, "show", first["referral_id"])["deadline"]
        assert deadline["last_on"] == first["deadline_on"]
        assert deadline["ask_by_on"] == first["ask_by_on"]
        assert deadline["lost"][0]["legal_basis"] == first["legal_basis"]
        assert "lost first" in workbench(demo, "show", first["referral_id"]).stdout


@pytest.mark.parametrize(
    "said",
    [RuntimeError("Query interrupted"), duckdb.Error("KeyboardInterrupt: <EMPTY MESSAGE>")],
)
def test_ctrl_c_in_the_middle_of_a_statement_ends_a_command_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], said: Exception
) -> None:
    """DuckDB makes either of these of it; which one depends on what it was doing."""

    def interrupted() -> None:
        raise said

    monkeypatch.setattr(cli, "app", interrupted)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 130
    assert capsys.readouterr().err.strip() == "Aborted."


def test_ctrl_c_anywhere_else_says_so_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(receiving, "open_store", interrupted)
    monkeypatch.setattr(sys, "argv", ["workbench", "import", "inbox"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 130
    assert capsys.readouterr().err.strip() == "Aborted."


def test_ctrl_c_while_python_still_loads_says_so_too(tmp_path: Path) -> None:
    """Loading all that a command needs takes a second."""
    (tmp_path / "typer.py").write_text("raise KeyboardInterrupt")
    ended = subprocess.run(
        [sys.executable, "-m", "workbench", "check"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (130, "Aborted.\n")
