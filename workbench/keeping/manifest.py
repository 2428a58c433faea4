"""What stands beside a backup: which store, when, how much, and the hash that proves it whole."""

import json
import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from workbench.errors import KeepingError
from workbench.keeping.copying import beside, sha256_of, to_disk


class Manifest(BaseModel):
    """One backup."""

    model_config = ConfigDict(frozen=True)

    made_at: str
    store_id: str
    migration: str
    sha256: str
    byte_count: int
    referrals: int
    decisions: int
    rows: dict[str, int]
    failing_audits: list[str]
    commits_waited_seconds: float


def _names(backup: Path) -> tuple[Path, Path]:
    return beside(backup, ".json"), beside(backup, ".next.json")


def put_in_place(part: Path, backup: Path, manifest: Manifest) -> None:
    """Give a finished file and its manifest their names, so that no moment leaves them unmatched.

    The manifest stands beside the old one until the file has its name; `read_manifest` asks both.
    """
    current, coming = _names(backup)
    coming.unlink(missing_ok=True)
    descriptor = os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(manifest.model_dump(), stream, indent=2)
        stream.flush()
        os.fsync(stream.fileno())
    to_disk(part)
    part.replace(backup)
    coming.replace(current)
    to_disk(backup.parent)


def read_manifest(backup: Path) -> Manifest:
    """Return the manifest whose hash is the backup's.

    Raises:
        KeepingError: There is no backup, no manifest, or the file is not what the manifest says.
    """
    if not backup.is_file():
        raise KeepingError(
            f"There is no backup {backup}.", remedy="Name a file made by `workbench backup`."
        )
    manifests = [_parsed(path) for path in _names(backup) if path.is_file()]
    if not manifests:
        raise KeepingError(
            f"{beside(backup, '.json')} is missing: nobody can say whether the backup is whole.",
            remedy="Put the manifest beside the backup; `workbench backup` wrote both.",
        )
    digest = sha256_of(backup)
    for manifest in manifests:
        if manifest.sha256 == digest:
            return manifest
    raise KeepingError(
        f"{backup} is not what its manifest says: it was changed or is damaged.",
        remedy="Use another backup. Nothing was restored.",
    )


def _parsed(path: Path) -> Manifest:
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise KeepingError(
            f"{path} is not a backup's manifest.", remedy="Use another backup."
        ) from error
