"""What rows are compared by: identifiers, hashes and addresses in one spelling each."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import pyarrow as pa

from workbench.intake.staging import StagedColumns
from workbench.model.vocabulary import NetworkKind
from workbench.normalise.email import normalise_email
from workbench.normalise.hash import normalise_hash
from workbench.normalise.ip_address import is_private_use, network_kind_of, normalise_ip_address
from workbench.normalise.phone import normalise_phone
from workbench.normalise.screen_name import normalise_profile_url, normalise_screen_name

_Facts = tuple[str | None, bool | None, NetworkKind]
_NO_ADDRESS: Final = (None, None, NetworkKind.UNKNOWN)
_LONGEST_KEPT: Final = 64  # letters; what is longer is hardly an address


def compared_columns(
    table: str, source: StagedColumns, columns: dict[str, pa.Array]
) -> dict[str, pa.Array]:
    """Return the columns that are made of others.

    Args:
        table: Which rows these are.
        source: What they say.
        columns: What was read of it.
    """
    if table == "identifier":
        texts = columns["value_as_written"].to_pylist()
        said = source.all("kind"), texts, source.all("country_calling_code")
        return {"value": pa.array(list(map(_matching_value, *said)), pa.string())}
    if table == "file_hash":
        hashes, which = _of_distinct(normalise_hash, "value_as_written", source, columns)
        return {"value": pa.array(hashes, pa.string()).take(which)}
    if table not in {"ip_event", "geo_lookup"}:
        return {}
    known, which = _of_distinct(_address_facts, "ip_address_as_written", source, columns)
    # The last of them is for a row without an address.
    addresses, is_private, kinds = zip(*known, _NO_ADDRESS, strict=True)
    which = which.fill_null(len(known))
    made = {"ip_address": pa.array(addresses, pa.string()).take(which)}
    if table == "ip_event":
        made["is_private_use"] = pa.array(is_private, pa.bool_()).take(which)
        made["network_kind"] = pa.array(map(str, kinds), pa.string()).take(which)
    return made


def _of_distinct(
    function: Callable[[str], Any],
    name: str,
    source: StagedColumns,
    columns: dict[str, pa.Array],
) -> tuple[list[Any], pa.Array]:
    """Apply a function to each distinct text of a column; return the results and whose they are."""
    if name not in columns:
        return [], pa.nulls(source.length, pa.int32())
    distinct = columns[name].dictionary_encode()
    return [function(text) for text in distinct.dictionary.to_pylist()], distinct.indices


def _address_facts(text: str) -> _Facts:
    return _facts_kept(text) if len(text) <= _LONGEST_KEPT else _facts_kept.__wrapped__(text)


@lru_cache(maxsize=100_000)  # one address is met in piece after piece
def _facts_kept(text: str) -> _Facts:
    return normalise_ip_address(text), is_private_use(text), network_kind_of(text)


def _matching_value(kind: object, text: str | None, calling_code: object) -> str | None:
    """Return the form of an identifier that is compared; None when it is not of its kind."""
    if text is None:
        return None
    match kind:
        case "email":
            return normalise_email(text)
        case "phone":
            is_stated = isinstance(calling_code, str) and calling_code
            return normalise_phone(text, str(calling_code) if is_stated else None)
        case "screen_name" | "display_name":
            return normalise_screen_name(text)
        case "profile_url":
            return normalise_profile_url(text)
        case _:
            return text.strip() or None
