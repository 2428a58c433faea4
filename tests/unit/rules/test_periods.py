"""Retention periods: every one sourced in both languages, and nothing unsaid between two of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rules.rulebook import load_rulebook
from tests.unit.rules.conftest import change
from workbench.model.rulebook import LANGUAGES, Fault

Check = Callable[[], list[Fault]]
CONNECTION = "retention/connection_data.toml"
POLICY = "retention/provider_policy.toml"
HIDDEN = "retention/hidden_network.toml"


def test_every_period_has_a_source_and_a_basis_in_both_languages() -> None:
    for period in load_rulebook(None).periods:
        assert period.source, period.id
        assert set(period.title) == set(period.legal_basis) == set(LANGUAGES), period.id
        assert set(period.choice) in (set(), set(LANGUAGES)), period.id
        assert period.title["en"] != period.title["nb"], period.id


def test_both_dates_of_the_norwegian_duty_are_cited_and_the_later_one_taken() -> None:
    periods = {period.id: period for period in load_rulebook(None).periods}
    for period in (periods["no-21-days"], periods["no-12-months"]):
        cited = {source.in_force.year for source in period.sources if source.in_force}
        assert cited == {2022, 2023}
        assert "2022" in period.source
        assert "2023" in period.source
        assert all(period.choice[language] for language in LANGUAGES)
    later = periods["no-12-months"].valid_from
    assert later == periods["no-21-days"].valid_until
    assert later is not None
    assert later.isoformat() == "2023-01-01"


def test_all_clocks_of_the_domain_have_an_entry() -> None:
    periods = load_rulebook(None).periods
    countries = {period.country for period in periods if period.kind == "connection_data"}
    assert countries == {"NO", "DK", "SE", "FI", "FR", "BE", "GB", "NL", "DE", None}
    providers = {name for period in periods for name in period.providers}
    assert {
        "LinkedIn",
        "Facebook",
        "Instagram",
        "WhatsApp",
        "Microsoft",
        "Google",
        "X",
    } <= providers
    assert {name for period in periods for name in period.networks} == {"vpn", "tor", "hosting"}


@pytest.mark.parametrize(
    ("file", "before", "after", "code"),
    [
        (CONNECTION, "valid_from = 2023-01-01", "valid_from = 2022-12-01", "overlapping_periods"),
        (CONNECTION, "valid_from = 2023-01-01", "valid_from = 2023-02-01", "gap_between_periods"),
        (CONNECTION, "valid_until = 2023-01-01\n", "", "overlapping_periods"),
        (CONNECTION, 'country = "SE"', 'country = "FI"', "overlapping_periods"),
        (CONNECTION, 'country = "SE"', 'country = "SE"\nvalid_until = 2030-01-01', "gap_between_periods"),
        (CONNECTION, 'country = "SE"', 'country = "SE"\nvalid_from = 2020-01-01', "gap_between_periods"),
        (CONNECTION, "valid_until = 2022-03-30", "valid_from = 2022-03-30\nvalid_until = 2022-03-30", "wrong_dates"),
        (CONNECTION, "in_force = 2023-01-01", "in_force = 2023-06-01", "unexplained_choice"),
        (CONNECTION, "valid_until = 2023-01-01", "valid_until = 2022-06-01", "choice_without_source"),
        (CONNECTION, "length_days = 21", "length_days = 30", "choice_without_source"),
        (CONNECTION, 'certainty = "not_known"', 'certainty = "not_known"\nlength_days = 3', "wrong_content"),
        (CONNECTION, 'source = "From memory; confirm before relying on it"\n', "", "wrong_content"),
        (CONNECTION, 'nb = "Tilkoblingsdata i Sverige, 10 måneder (ikke bekreftet)"\n', "", "wrong_content"),
        (POLICY, '"LinkedIn"', '"Linked Out"', "unknown_provider"),
        (POLICY, '"LinkedIn"', '"Google"', "overlapping_periods"),
        (POLICY, 'starts = "report"\n', "", "missing_start"),
        (POLICY, "choice = {", "# choice = {", "unexplained_choice"),
        (HIDDEN, 'networks = ["tor"]', 'networks = ["vpn"]', "missing_network"),
    ],
)  # fmt: skip
def test_a_spoilt_period_is_found(  # noqa: PLR0917 - one column of the table each
    folder: Path, check: Check, file: str, before: str, after: str, code: str
) -> None:
    path = folder / file
    if code == "unexplained_choice" and file == CONNECTION:
        text = path.read_text(encoding="utf-8")
        start = text.index("[period.choice]")
        path.write_text(text[:start] + text[text.index("[[period.source]]") :], encoding="utf-8")
    else:
        change(path, before, after)
    assert code in {fault.code for fault in check()}
