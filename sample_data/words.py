"""The word lists and tables the samples are made from."""

import csv
import tomllib
from pathlib import Path
from string import Template
from typing import Any

HERE = Path(__file__).resolve().parent


def load_words(name: str) -> dict[str, Any]:
    """Read `words/<name>.toml`."""
    with (HERE / "words" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def load_published(name: str) -> list[dict[str, str]]:
    """Read `published/<name>.csv`, a table as Kripos published it, row by row."""
    with (HERE / "published" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill_template(name: str, **values: str) -> str:
    """Read `templates/<name>` and fill in its `$words`; one that is missing is an error."""
    text = (HERE / "templates" / name).read_text(encoding="utf-8")
    return Template(text).substitute(values)
