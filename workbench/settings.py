"""Settings: one frozen object, built by `cli` and `ui/app.py` and passed down."""

from datetime import time
from pathlib import Path
from typing import Annotated, Any, Final

from platformdirs import user_data_path
from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict, SettingsError

from workbench.errors import UserError
from workbench.model.limits import DEFAULT_LIMITS, Limits

_DAY_SECONDS: Final = 86_400


def _listed(value: object) -> object:
    """Read what the environment gives, `07:00,15:00`, as a list."""
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


class Settings(BaseSettings):
    """Read from the environment as `WORKBENCH_...`; every field has a working default."""

    model_config = SettingsConfigDict(
        env_prefix="WORKBENCH_", env_nested_delimiter="__", frozen=True, extra="forbid"
    )

    store: Path = Field(
        default_factory=lambda: user_data_path("referral-workbench") / "workbench.duckdb",
        description="The DuckDB file that holds everything.",
    )
    rules: Path | None = Field(
        default=None, description="A rulebook folder of the unit's own; none means the one shipped."
    )
    term_lists: Path | None = Field(
        default=None,
        description="A folder of the unit's own term lists, outside the rulebook; their words are "
        "never logged.",
    )
    column_maps: Path | None = Field(
        default=None, description="A folder of the unit's own column maps for tables."
    )
    pdf_passwords: tuple[SecretStr, ...] = Field(
        default=(),
        description="Passwords tried in turn when a PDF report is locked, as a JSON list: "
        '\'["first", "second"]\'. They are never shown or logged.',
    )
    hash_salt: SecretStr | None = Field(
        default=None,
        description="With it, hash lists are kept as salted digests only, and loading and "
        "comparing takes it. Any text of 16 letters or more; keep it apart from the store. It is "
        "never shown, logged or stored.",
    )
    unit_country: str = Field(
        default="NO",
        pattern="^[A-Z]{2}$",
        description="The unit's country, whose holidays move what is asked for.",
    )
    assumes_unit_country: bool = Field(
        default=False,
        description="Whether the connection-data clock of the unit's country runs for an address "
        "whose country nobody stated, marked as assumed; else its last day is not known.",
    )
    time_zone: str = Field(
        default="Europe/Oslo", description="The zone in which screens write times."
    )
    shift_starts: Annotated[tuple[time, ...], NoDecode, BeforeValidator(_listed)] = Field(
        default=(time(7), time(15), time(23)),
        min_length=1,
        description="When shifts begin, by the unit's clock, as 07:00,15:00,23:00. What is lost "
        "before the next one is this shift's to ask for.",
    )
    language: str = Field(
        default="en", pattern="^(en|nb)$", description="The language screens open in."
    )
    officer: str = Field(
        default="", description="The officer's name or number; empty asks on the screen."
    )
    port: int = Field(default=8501, ge=1, le=65535, description="Where the screens listen.")
    batch_size: int = Field(
        default=10_000,
        ge=1,
        le=100_000,
        description="Reports written to the store in one transaction.",
    )
    readers: int = Field(
        default=0,
        ge=0,
        le=64,
        description="Processes that read files during an import; 1: the import reads by itself, "
        "so that no limit of time or memory reaches its readers; 0: as many as there are cores "
        "where that is quicker, one where a file is packed or large, else none.",
    )
    drop_folder: Path | None = Field(
        default=None,
        description="A folder that `workbench serve` watches; what lies in it is imported.",
    )
    drop_interval_seconds: float = Field(
        default=5.0,
        gt=0,
        le=_DAY_SECONDS,
        description="How long the drop folder is left alone between two looks.",
    )
    drop_settle_seconds: float = Field(
        default=10.0,
        ge=0,
        le=_DAY_SECONDS,
        description="How long a dropped file must be unchanged before it counts as whole.",
    )
    list_age_limit_days: int = Field(
        default=60,
        ge=1,
        le=36_500,  # a hundred years
        description="A list of addresses that is older is marked as old.",
    )
    largest_file_bytes: int = Field(
        default=256 * 1024 * 1024,
        ge=1,
        le=2**40,
        description="A larger file is rejected, and what a package unpacks to beyond it; lists of "
        "addresses too.",
    )
    limits: Limits = Field(
        default=DEFAULT_LIMITS,
        description="What else one file may ask of an import, each as WORKBENCH_LIMITS__NAME.",
    )


def read_settings(**given: Any) -> Settings:  # noqa: ANN401 - what the fields are, the class says
    """Return the settings; what is given wins over the environment.

    Raises:
        UserError: One cannot be used. The message names it and never its value: some are secret.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        wrong = (
            f"WORKBENCH_{'__'.join(map(str, one['loc'])).upper()}: {one['msg']}."
            for one in error.errors(include_input=False, include_url=False)
        )
        sentence = " ".join(wrong).replace("..", ".")
    except SettingsError as error:
        sentence = f"{error}."
    raise UserError(
        f"A setting cannot be used. {sentence}",
        remedy="Correct it, or take it out of the environment; the README lists the limits.",
    )
