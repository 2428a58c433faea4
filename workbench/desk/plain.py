"""Views as plain JSON values, for `--json`."""

from dataclasses import fields, is_dataclass
from datetime import date
from uuid import UUID


def plain(value: object) -> object:
    """Return dataclasses as objects, times, dates and ids as text, and the rest as it is."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
