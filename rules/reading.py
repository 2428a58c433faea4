"""Files of a rules folder -> documents, or faults that name the file and the place."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from workbench.errors import RulebookError, SourceLocation
from workbench.model.rulebook import Fault

SHIPPED = Path(__file__).parent
DocumentT = TypeVar("DocumentT", bound=BaseModel)


def folder_or_shipped(folder: Path | None) -> Path:
    """Return the unit's own folder, or the one that comes with the workbench."""
    return SHIPPED if folder is None else folder


def read_document(
    folder: Path, name: str, kind: type[DocumentT], faults: list[Fault]
) -> DocumentT | None:
    """Read `folder/name`; on failure add what is wrong to `faults` and return None."""
    try:
        content = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(Fault(name, "", "missing_file", "The file is missing.", "Add it."))
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(Fault(name, "", "not_toml", f"{error}.", "Correct the TOML."))
        return None
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        faults.extend(_schema_faults(name, error))
        return None


def _schema_faults(name: str, error: ValidationError) -> list[Fault]:
    return [
        Fault(
            name,
            ".".join(str(part) for part in found["loc"]),
            "wrong_content",
            f"{found['msg']}.",
            "Correct this entry.",
        )
        for found in error.errors(include_url=False, include_input=False)
    ]


def raise_first(folder: Path, faults: list[Fault]) -> None:
    """Stop at the first fault, saying how many more there are.

    Raises:
        RulebookError: There is at least one; `location` names its file and place.
    """
    if not faults:
        return
    first = faults[0]
    more = f" ({len(faults) - 1} more.)" if len(faults) > 1 else ""
    raise RulebookError(
        f"{first.message}{more}",
        remedy=first.remedy,
        location=SourceLocation(str(folder / first.file), first.place),
    )
