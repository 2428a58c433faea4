"""Errors, grouped by what the caller does about them.

WorkbenchError
├── UserError               shown plainly, ends the command with its own exit code
│   ├── StoreLockedError        another process holds the store
│   ├── StoreBusyError          the store did not come to rest, or its screens did not answer
│   ├── KeepingError            a backup is not whole, or something would be overwritten or lost
│   ├── NotFoundError           no such referral, rule, officer, ...
│   ├── RulebookError           a rule or facts file is wrong
│   └── QueryRefusedError       a query that is not read-only, or is not SQL
├── RecordRejectedError     this record is set aside with its reason; the import goes on
├── RowsRefusedError        the store does not take these rows; others it may
└── StoreError              the store cannot go on; stop

Every sentence says what, where, and what to do. No message carries a name, handle or address of a
person: messages are logged, and the import's count sheet is passed around.
"""

from typing import NamedTuple


class SourceLocation(NamedTuple):
    """Where in the world's files something stands.

    `path` is the place inside the file in the format's own terms: `reportedPeople[0].screenName`,
    `/report/victim[2]`, `Sheet1!A17`, `line 4, column 12`. Empty means the file as a whole.
    """

    file: str
    path: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.path}" if self.path else self.file


class WorkbenchError(Exception):
    """Anything the workbench raises on purpose."""

    exit_code = 10

    def __init__(
        self, message: str, *, remedy: str = "", location: SourceLocation | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.location = location

    def __str__(self) -> str:
        where = f"{self.location}: " if self.location else ""
        return f"{where}{self.message} {self.remedy}".strip()


class UserError(WorkbenchError):
    """The person at the keyboard can put this right."""

    exit_code = 10


class StoreLockedError(UserError):
    """Another process has the store open; DuckDB lets one process in at a time."""

    exit_code = 11


class StoreBusyError(UserError):
    """The store is being written to for longer than somebody wanted to wait."""

    exit_code = 17


class KeepingError(UserError):
    """A backup is not whole, or something would be overwritten or lost."""

    exit_code = 18


class NotFoundError(UserError):
    """What was asked for is not in the store."""

    exit_code = 12


class RulebookError(UserError):
    """A rule, fact or period file is wrong; `location` names it."""

    exit_code = 13


class QueryRefusedError(UserError):
    """The query would write, or reach outside the store, or is not SQL."""

    exit_code = 14


class RecordRejectedError(WorkbenchError):
    """One report cannot be loaded. `code` is a stable word for counting: `not_well_formed`."""

    def __init__(self, message: str, *, code: str, remedy: str, location: SourceLocation) -> None:
        super().__init__(message, remedy=remedy, location=location)
        self.code = code
        self.place = location


class RowsRefusedError(WorkbenchError):
    """The store does not take a value among these rows; nothing of the transaction was written."""

    exit_code = 15


class StoreError(WorkbenchError):
    """The store refused something it should have taken; nothing further is written."""

    exit_code = 15
