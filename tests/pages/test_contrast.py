"""Every word on every ground is readable: WCAG AA, 4.5 to 1, in light and in dark."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOKENS = dict(
    re.findall(
        r"--wb-([a-z-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)",
        (ROOT / "workbench/ui/looks/tokens.css").read_text(encoding="utf-8"),
    )
)
THEME = tomllib.loads((ROOT / "workbench/ui/.streamlit/config.toml").read_text(encoding="utf-8"))[
    "theme"
]
SCHEMES = ("light", "dark")
GROUNDS = ("ground", "panel", "raised", "chosen")
INKS = (
    "ink", "muted", "accent", "immediate", "high", "elevated", "routine",
    "good", "ask", "stopped", "unknown",
)  # fmt: skip
AA = 4.5


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def token(name: str, scheme: str) -> str:
    return TOKENS[name].split(", ")[SCHEMES.index(scheme)]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", INKS)
def test_every_ink_is_readable_on_every_ground(ink: str, ground: str, scheme: str) -> None:
    assert contrast(token(ink, scheme), token(ground, scheme)) >= AA


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_words_of_a_complaint_and_of_the_main_button_are_readable(scheme: str) -> None:
    assert contrast(token("ink", scheme), token("immediate-ground", scheme)) >= AA
    assert contrast("#ffffff", THEME[scheme]["primaryColor"]) >= AA


@pytest.mark.parametrize("scheme", SCHEMES)
def test_page_and_parts_stand_on_the_same_ground(scheme: str) -> None:
    assert THEME[scheme]["backgroundColor"].lower() == token("ground", scheme)
    assert THEME[scheme]["textColor"].lower() == token("ink", scheme)
