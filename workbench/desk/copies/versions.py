"""The copies of one report: which is current and why, and what they say differently."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.desk.copies.differences import Comparison, Statable, compare_copies
from workbench.desk.history_view import VersionView
from workbench.desk.origins import SourceRows, read_source_rows
from workbench.errors import NotFoundError
from workbench.model.provenance import FindPlaces
from workbench.store.connection import Store


@dataclass(frozen=True, slots=True)
class SourceView:
    """One format in which the report is here, by the copy that speaks for it.

    `compared` is what the current version and this copy say differently: before is the current
    version's, after this copy's. None: this copy is the current version.
    """

    version: int
    version_id: str
    source_format: str
    file: str | None
    is_current: bool
    compared: Comparison | None

    @property
    def agrees(self) -> bool:
        """Whether nothing that both can state is said differently."""
        return self.compared is None or not self.compared.disagreements

    @property
    def is_in_conflict(self) -> bool:
        """Whether something that both state is not the same."""
        return self.compared is not None and bool(self.compared.conflicts)


@dataclass(frozen=True, slots=True)
class CopiesView:
    """The rows of the current version, the sources with the current one first, and what came since.

    `since_decision` is how the current version differs from the one that was seen when deciding;
    None: no newer version came.
    """

    current: SourceRows
    sources: tuple[SourceView, ...]
    since_decision: Comparison | None


@dataclass(frozen=True, slots=True)
class ComparedVersion:
    """A version, and how it differs from the copy it followed; None: it followed none."""

    view: VersionView
    compared: Comparison | None


def list_versions(store: Store, referral_id: str) -> tuple[VersionView, ...]:
    """Return every copy of a report, newest first."""
    found = store.rows("desk/list_versions", {"referral_id": referral_id})
    return tuple(VersionView(**row) for row in found)


def current_of(versions: Sequence[VersionView]) -> VersionView:
    """Return the version that officers work on."""
    return next(version for version in versions if version.is_current)


def sources_of(versions: Sequence[VersionView]) -> list[VersionView]:
    """Return the copy that speaks for each format; the current version speaks for its own."""
    current = current_of(versions)
    others = [
        version
        for version in versions
        if version.speaks_for_format and version.source_format != current.source_format
    ]
    return [current, *others]


def read_copies(
    store: Store, versions: Iterable[VersionView], find_places: FindPlaces | None = None
) -> dict[str, SourceRows]:
    """Read all that some versions say; version id -> its rows."""
    read = list(versions)
    files = {version.version_id: version.file or "" for version in read}
    formats = {version.version_id: version.source_format for version in read}
    return read_source_rows(store, files, formats, find_places)


def compare_two(
    before: VersionView, after: VersionView, copies: dict[str, SourceRows], statable: Statable
) -> Comparison:
    """Compare two versions whose rows were read."""
    return compare_copies(
        copies[before.version_id],
        copies[after.version_id],
        statable,
        (before.source_format, after.source_format),
    )


def view_copies(
    store: Store,
    versions: Sequence[VersionView],
    decided_on: int | None,
    statable: Statable,
    find_places: FindPlaces | None = None,
) -> CopiesView:
    """Return the sources of a report, and what came since a decision.

    Args:
        store: Where the versions are.
        versions: Every one of the report.
        decided_on: The version seen when deciding; None: no decision stands.
        statable: What each format can state.
        find_places: Finds the fields that values stand in; None: rows' places are enough.
    """
    current, *others = sources_of(versions)
    is_newer = any(each.is_since_decision and each.passed_over is None for each in versions)
    seen = [each for each in versions if is_newer and each.version == decided_on]
    copies = read_copies(store, [current, *others, *seen], find_places)
    compared = [(other, compare_two(current, other, copies, statable)) for other in others]
    return CopiesView(
        current=copies[current.version_id],
        sources=(_source(current, None), *(_source(*other) for other in compared)),
        since_decision=compare_two(seen[0], current, copies, statable) if seen else None,
    )


def _source(version: VersionView, compared: Comparison | None) -> SourceView:
    return SourceView(
        version.version,
        version.version_id,
        version.source_format,
        version.file,
        version.is_current,
        compared,
    )


def compare_versions(  # noqa: PLR0913 - two copies of one referral, and what is known of formats
    store: Store,
    referral_id: str,
    before: int,
    after: int,
    statable: Statable,
    *,
    find_places: FindPlaces | None = None,
) -> Comparison:
    """Compare two versions of a referral by their numbers.

    Raises:
        NotFoundError: The referral has no such version.
    """
    versions = {version.version: version for version in list_versions(store, referral_id)}
    for number in (before, after):
        if number not in versions:
            raise NotFoundError(
                f"Referral {referral_id} has no version {number}.",
                remedy=f"Choose one from 1 to {len(versions)}.",
            )
    chosen = (versions[before], versions[after])
    return compare_two(*chosen, read_copies(store, chosen, find_places), statable)


def compare_every_version(
    store: Store,
    versions: Sequence[VersionView],
    statable: Statable,
    find_places: FindPlaces | None = None,
) -> tuple[ComparedVersion, ...]:
    """Return how each version differs from the copy it followed, newest first."""
    copies = read_copies(store, versions, find_places)
    by_number = {version.version: version for version in versions}
    return tuple(
        ComparedVersion(
            version,
            compare_two(by_number[version.compared_with], version, copies, statable)
            if version.compared_with is not None
            else None,
        )
        for version in versions
    )
