"""`feeds load hashes`: as a person runs it, down to what `show` and `query` say."""

import json
from pathlib import Path

import pytest

from tests.builders import police_json, write
from tests.unit.cli.test_commands import result, workbench

ON_LIST = "0123456789abcdef" * 2


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """A store with one report that names one file."""
    report = police_json()
    report["reportedInformation"]["uploadedFiles"] = {
        "uploadedFiles": [
            {"filename": "1.jpg", "verificationHash": ON_LIST.upper(), "industryClassification": "A2"}
        ]
    }  # fmt: skip
    store = tmp_path / "unit.duckdb"
    result(store, "import", write(tmp_path, "one.json", report))
    return store


def finding(store: Path, rule: str) -> tuple[str, str]:
    rows = result(store, "query", "SELECT rule_id, outcome, sentence FROM analyst.finding")
    [found] = [row for row in rows if row["rule_id"] == rule]
    return found["outcome"], found["sentence"]


def test_a_list_is_loaded_shown_and_taken_back(unit: Path, tmp_path: Path) -> None:
    assert finding(unit, "known-hashes")[0] == "unknown"
    path = write(tmp_path, "old.csv", f"MD5;note\n{ON_LIST};x\nnothing;y\n{ON_LIST};again\n")
    options = ("--label", "Known", "--as-of", "2026-01-31", "--name", "Old material")
    loaded = result(unit, "feeds", "load", "hashes", path, *options)
    assert {key: loaded[key] for key in ("read", "loaded", "repeated", "left_out", "rejected")} == {
        "read": 3, "loaded": 1, "repeated": 1, "left_out": 0, "rejected": 1,
    }  # fmt: skip
    assert (loaded["label"], loaded["matched_referrals"]) == ("known", 1)
    outcome, sentence = finding(unit, "known-hashes")
    assert outcome == "met"
    assert "Old material (2026-01-31)" in sentence
    (file,) = result(unit, "show", "991000602")["files"]
    assert [
        (m["list_name"], m["label"], m["as_of"], m["algorithm"]) for m in file["list_matches"]
    ] == [("Old material", "known", "2026-01-31", "md5")]
    assert result(unit, "feeds", "load", "hashes", path, *options)["is_unchanged"] is True
    listed = {one["name"]: one for one in result(unit, "feeds", "list")}
    assert (listed["Old material"]["kind"], listed["Old material"]["entry_count"]) == ("hashes", 1)
    taken = result(unit, "feeds", "withdraw", "hashes", "Old material")
    assert taken["referrals_to_assess"] == 1
    assert finding(unit, "known-hashes")[0] == "unknown"


def test_a_list_without_a_label_or_without_hashes_is_refused(unit: Path, tmp_path: Path) -> None:
    path = write(tmp_path, "old.csv", f"{ON_LIST}\n")
    assert "--label" in " ".join(
        workbench(unit, "feeds", "load", "hashes", path, expect=10).stderr.split()
    )
    words = write(tmp_path, "words.csv", "name;place\nx;y\n")
    refused = workbench(unit, "feeds", "load", "hashes", words, "--label", "known", expect=10)
    assert "No column of hashes" in refused.stderr


def test_a_salted_list_without_its_salt_is_said_to_be_closed(
    unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "old.csv", f"{ON_LIST}\n")
    monkeypatch.setenv("WORKBENCH_HASH_SALT", "a long invented salt")
    loaded = result(unit, "feeds", "load", "hashes", path, "--label", "viral")
    assert (loaded["is_salted"], loaded["matched_referrals"]) == (True, 1)
    monkeypatch.setenv("WORKBENCH_HASH_SALT", "another invented salt")
    told = workbench(unit, "feeds", "list", "--json")
    assert "not opened by the salt" in " ".join(told.stderr.split())
    assert "old" in {one["name"] for one in json.loads(told.stdout)}
    sheet = result(unit, "import", write(tmp_path, "two.json", police_json("991000603")))
    assert [warning["code"] for warning in sheet["warnings"]] == ["hash_lists_closed"]
    assert result(unit, "imports", sheet["batch_id"])["warnings"] == sheet["warnings"]
    monkeypatch.delenv("WORKBENCH_HASH_SALT")
    refused = workbench(
        unit, "feeds", "load", "hashes", path, "--label", "known", "--name", "b", expect=10
    )
    assert "no salt is set" in " ".join(refused.stderr.split())
    monkeypatch.setenv("WORKBENCH_HASH_SALT", "short")
    short = workbench(unit, "feeds", "list", expect=10)
    assert "too short" in " ".join(short.stderr.split())
    assert "'short'" not in short.stderr
