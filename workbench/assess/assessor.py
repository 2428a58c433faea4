"""Facts, findings, positions and clocks for every referral that needs them, in one statement."""

import hashlib
import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from workbench.assess.compile import (
    NO_FACTS,
    assessment_statement,
    fact_statement,
)
from workbench.assess.countries import country_names
from workbench.assess.outcomes import SOURCE_FACTS
from workbench.assess.rulebook_record import record_rulebook
from workbench.errors import RulebookError
from workbench.model.rulebook import Rulebook
from workbench.store.connection import Params, Store
from workbench.store.migrate import schema_hash


@dataclass(frozen=True, slots=True)
class AssessmentSummary:
    """What one run of the assessment did."""

    assessed: int  # referrals, each with all its sources
    rulebook_hash: str
    seconds: float


def assess(
    store: Store,
    rulebook: Rulebook,
    *,
    everything: bool,
    unit_country: str,
    assumes_unit_country: bool = False,
) -> AssessmentSummary:
    """Assess every current source of each referral and keep what was found.

    The current version then stands where all of them together put it.

    Args:
        store: Where the referrals are.
        rulebook: What to look for.
        everything: All referrals; otherwise those this rulebook has not yet assessed, unless the
            program or a setting changed since: what was assessed before may stand elsewhere now.
        unit_country: Two letters; what is hosted or assigned there is the unit's own to act on.
        assumes_unit_country: Whether its connection-data clock runs where nobody states a country;
            else the last day is not known there.

    Raises:
        RulebookError: The rulebook declares a fact that this workbench does not compute.
    """
    started = time.monotonic()
    now = datetime.now(tz=UTC)
    params = fact_params(
        rulebook,
        everything=everything,
        unit_country=unit_country,
        assumes_unit_country=assumes_unit_country,
    )
    check_facts(store, rulebook, params)
    text = assessment_statement(rulebook)
    with store.transaction():
        record_rulebook(store, rulebook, recorded_at=now)
        if _is_new_basis(store, text, params, now):
            params = {**params, "everything": True}
        store.run_text(text, {**params, "assessed_at": now})
        (counted,) = store.rows("assess/count_assessed", {"assessed_at": now})
    return AssessmentSummary(counted["assessed"], rulebook.hash, time.monotonic() - started)


def _is_new_basis(store: Store, text: str, params: Params, now: datetime) -> bool:
    """Say whether assessing goes by something else than the last time, and keep by what."""
    given = {name: value for name, value in params.items() if name != "everything"}
    basis = hashlib.sha256(
        json.dumps([text, schema_hash(), given], sort_keys=True).encode()
    ).hexdigest()
    known = store.row("assess/show_basis")
    if known is not None and known["basis"] == basis:
        return False
    store.run("assess/add_basis", {"basis": basis, "since": now})
    return True


def fact_params(
    rulebook: Rulebook, *, everything: bool, unit_country: str, assumes_unit_country: bool = False
) -> Params:
    """Return what the fact statement asks for."""
    countries = country_names()
    return {
        "rulebook_hash": rulebook.hash,
        "everything": everything,
        "unit_country": unit_country,
        "assumed_country": unit_country if assumes_unit_country else None,
        "country_names": list(countries),
        "country_codes": list(countries.values()),
    }


def computed_facts(store: Store, params: Params) -> dict[str, str]:
    """Return the name and type of every fact the assessment computes."""
    described = store.rows_of(f"DESCRIBE {fact_statement()}", params)
    types = {row["column_name"]: row["column_type"] for row in described}
    found = {
        name: "TIMESTAMPTZ" if type_ == "TIMESTAMP WITH TIME ZONE" else type_
        for name, type_ in types.items()
        if name not in NO_FACTS
    }
    return found | SOURCE_FACTS


def check_facts(store: Store, rulebook: Rulebook, params: Params) -> None:
    """Refuse a rulebook whose facts are not the ones this workbench computes.

    Raises:
        RulebookError: Naming the first fact that is missing or of another type.
    """
    computed = computed_facts(store, params)
    for fact in rulebook.facts:
        found = computed.get(fact.name, "nothing")
        if found != fact.type:
            raise RulebookError(
                f"facts.toml declares {fact.name} as {fact.type}; the workbench computes {found}.",
                remedy="Correct facts.toml, or use the facts of the rulebook that is shipped.",
            )
