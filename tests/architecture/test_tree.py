"""What must stay true of the tree itself."""

import ast
import re
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("workbench", "connectors", "rules", "sample_data")
MODULES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "__pycache__" not in path.parts
)
MAX_MODULE_LINES = 300
MAX_PAGE_LINES = 150
MAX_FUNCTION_LINES = 50


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    limit = MAX_PAGE_LINES if path.name.endswith("_page.py") else MAX_MODULE_LINES
    assert text.count("\n") <= limit
    long = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION_LINES
    }
    assert not long


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=name_of)
def test_packages_hold_a_docstring_only(path: Path) -> None:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    assert all(isinstance(node, ast.Expr) for node in body)


def test_rooms_see_only_what_they_may() -> None:
    found = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout


def test_no_package_host_and_no_machine_path_is_named() -> None:
    hosts = re.compile(
        r"py[p]i\.org|python[h]osted|npm[j]s|debian\.o[r]g|/h[o]me/[a-z]+/|/r[o]ot/|/w[o]rk/"
    )
    named = [
        name_of(path)
        for path in tracked_files()
        if path.suffix not in {".png", ".xlsx", ".zip"}
        and hosts.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert named == []


def test_only_reserved_addresses_stand_in_the_tree() -> None:
    shape = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
    allowed = (
        "192.0.2.",
        "198.51.100.",
        "203.0.113.",
        "100.64.",
        "100.128.",
        "100.6",
        "100.7",
        "100.8",
        "100.9",
        "100.1",
    )
    found = set()
    for path in tracked_files():
        if path.suffix in {".py", ".toml", ".md", ".json", ".xml", ".csv", ".po"}:
            for text in shape.findall(path.read_text(encoding="utf-8", errors="replace")):
                try:
                    address = ip_address(text)
                except ValueError:
                    continue
                if address.is_global and not text.startswith(allowed):
                    found.add((name_of(path), text))
    assert not found


def test_no_sql_and_no_arithmetic_words_in_the_screens() -> None:
    sql = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b")
    screens = sorted((ROOT / "workbench" / "ui").rglob("*.py"))
    assert [name_of(path) for path in screens if sql.search(path.read_text(encoding="utf-8"))] == []


def test_readme_names_every_command() -> None:
    from typer.main import get_command

    from workbench.cli import app

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = []
    for name, command in get_command(app).commands.items():
        below = getattr(command, "commands", {})
        names += [f"{name} {inner}" for inner in below] or [name]
    assert [name for name in names if f"workbench {name}" not in readme] == []
