"""The lock: rule id -> version and a hash of its logic, so that logic never changes unannounced.

An id stays in the lock for good: a rule that was retired and comes back needs a higher version.
`python -m rules.versions [FOLDER]` writes the lock anew after a version was raised.
"""

import hashlib
import json
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rules.reading import folder_or_shipped, raise_first
from rules.rulebook import RuleFile, read_rules_folder
from workbench.errors import RulebookError
from workbench.model.rulebook import Fault, Rule

LOCK_FILE = "versions.toml"
_UPDATE = "Run `python -m rules.versions` and commit the lock with the rule."


@dataclass(frozen=True, slots=True)
class Lock:
    """The newest version of a rule that was ever committed, and its logic."""

    version: int
    logic: str


def logic_hash(rule: Rule) -> str:
    """Return a short hash of what decides a position; wording and source are left out."""
    logic = json.dumps([rule.axis, rule.effect, rule.expression, *filter(None, [rule.beside])])
    return hashlib.sha256(logic.encode()).hexdigest()[:16]


def read_locks(folder: Path, faults: list[Fault]) -> dict[str, Lock] | None:
    """Return the lock of a rules folder; None, with a fault, when it cannot be read."""
    try:
        content = tomllib.loads((folder / LOCK_FILE).read_text(encoding="utf-8"))
        return {
            rule_id: Lock(int(entry["version"]), str(entry["logic"]))
            for rule_id, entry in content["rule"].items()
        }
    except FileNotFoundError:
        faults.append(Fault(LOCK_FILE, "", "missing_file", "The file is missing.", _UPDATE))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        faults.append(Fault(LOCK_FILE, "", "not_toml", f"It cannot be read: {error}.", _UPDATE))
    return None


def version_faults(files: Iterable[RuleFile], locks: Mapping[str, Lock]) -> list[Fault]:
    """Return a fault for each rule whose version does not fit its logic."""
    faults = (_version_fault(file, locks.get(file.rule.id)) for file in files)
    return [fault for fault in faults if fault is not None]


def _version_fault(file: RuleFile, lock: Lock | None) -> Fault | None:
    rule = file.rule
    if lock is None:
        return Fault(file.file, "version", "not_locked", "The lock does not know it.", _UPDATE)
    if rule.version < lock.version:
        return Fault(
            file.file,
            "version",
            "version_went_back",
            f"Version {rule.version} is lower than {lock.version}, which was used before.",
            f"Use {lock.version + 1} or higher.",
        )
    is_same = logic_hash(rule) == lock.logic
    if rule.version == lock.version and not is_same:
        return Fault(
            file.file,
            "version",
            "logic_without_version",
            "Axis, effect or expression changed and the version did not.",
            f"Raise version to {lock.version + 1}. {_UPDATE}",
        )
    if rule.version > lock.version:
        return Fault(file.file, "version", "lock_behind", f"The lock says {lock.version}.", _UPDATE)
    return None


def write_locks(folder: Path) -> Path:
    """Bring the lock up to date.

    Raises:
        RulebookError: A rule is wrong, or its logic changed without a higher version.
    """
    reading = read_rules_folder(folder)
    raise_first(folder, reading.faults)
    locks = (read_locks(folder, []) if (folder / LOCK_FILE).exists() else {}) or {}
    refused = [
        fault
        for fault in version_faults(reading.files, locks)
        if fault.code in ("logic_without_version", "version_went_back")
    ]
    raise_first(folder, refused)
    locks |= {
        file.rule.id: Lock(file.rule.version, logic_hash(file.rule)) for file in reading.files
    }
    lines = [
        "# Written by `python -m rules.versions`. Rule id -> version and hash of its logic.",
        "",
    ]
    for rule_id, lock in sorted(locks.items()):
        lines.append(f'rule.{rule_id} = {{ version = {lock.version}, logic = "{lock.logic}" }}')
    path = folder / LOCK_FILE
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def main(arguments: list[str]) -> int:
    """Write the lock of the folder named, or of the rulebook shipped."""
    folder = folder_or_shipped(Path(arguments[0]) if arguments else None)
    try:
        path = write_locks(folder)
    except RulebookError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stderr.write(f"Wrote {path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
