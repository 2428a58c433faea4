"""The copies of a report as `show` prints them: versions, sources, and how they differ."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from workbench.commands.terminal import out, print_table
from workbench.desk.copies.differences import Comparison, Difference
from workbench.desk.copies.row_words import RowName
from workbench.desk.copies.versions import ComparedVersion, SourceView
from workbench.desk.history_view import VersionView

_KINDS = {
    "added": "only in the second",
    "removed": "only in the first",
    "changed": "differs",
    "same_value": "same value, written otherwise",
    "unsaid": "neither gives a value",
}


def versions_as_json(versions: Sequence[ComparedVersion]) -> list[dict[str, Any]]:
    """Return the versions, each with how it differs from the copy it followed."""
    return [
        asdict(version.view)
        | {
            "standing": _standing(version.view),
            "differences": _listed(version.compared),
            "not_comparable": version.compared.not_comparable if version.compared else 0,
        }
        for version in versions
    ]


def sources_as_json(sources: Sequence[SourceView]) -> list[dict[str, Any]]:
    """Return the sources, each with what it says otherwise than the current version."""
    listed = []
    for source in sources:
        shown = asdict(source)
        del shown["compared"]
        shown["agrees"] = source.agrees
        shown["disagreements"] = _listed(source.compared)
        shown["not_comparable"] = source.compared.not_comparable if source.compared else 0
        listed.append(shown)
    return listed


def print_copies(versions: Sequence[ComparedVersion], sources: Sequence[SourceView]) -> None:
    """Write versions and sources to stdout; nothing where there is one copy only."""
    if len(versions) < 2:  # noqa: PLR2004 - a report that came once has nothing to compare
        return
    out.print("Versions", style="bold")
    print_table(
        ["version", "format", "loaded", "file", "standing"],
        [
            [v.version, v.source_format, f"{v.loaded_at:%Y-%m-%d %H:%M}", v.file, _standing(v)]
            for v in _views(versions)
        ],
    )
    for version in versions:
        if version.compared is not None:
            first = version.view.compared_with
            _print_comparison(f"Version {version.view.version} after {first}", version.compared)
    for source in sources:
        if source.compared is not None:
            title = f"Sources: {sources[0].source_format} (first), {source.source_format} (second)"
            _print_comparison(title, source.compared)


def _views(versions: Sequence[ComparedVersion]) -> list[VersionView]:
    return [version.view for version in versions]


def _standing(version: VersionView) -> str:
    """Say in one sentence which place a copy has, and why."""
    made = f" (made {version.made_at:%Y-%m-%d})" if version.made_at else ""
    if version.passed_over == "older_copy":
        ages = (version.weighed_at, version.weighed_against)
        own, other = (f"{age:%Y-%m-%d %H:%M}" if age else "not said" for age in ages)
        standing = f"version {version.stood_before}"
        return f"arrived later, but is older: made {own}, {standing} made {other}"
    if version.passed_over == "further_source":
        return f"further source beside version {version.stood_before}"
    why = {
        "first": "the first copy",
        "newer_document": "the younger document",
        "changed_copy": "changed copy of the same format",
        "preferred_format": "the format that says more",
        "complete_form": "the complete form of a row in a list",
    }[version.why_current or "first"]
    return f"{'current' if version.is_current else 'was current'}: {why}{made}"


def _listed(compared: Comparison | None) -> list[dict[str, Any]]:
    return [
        asdict(found) | {"row": _named(found.row), "row_name": asdict(found.row)}
        for found in (compared.differences if compared else ())
    ]


def _named(row: RowName) -> str:
    """Return which row, in words."""
    if row.table == "report":
        return "report"
    kind = (row.kind or row.table).replace("_", " ")
    own_no = f" {row.owner_no}" if row.table == "party" else ""
    owner = f" of {(row.owner or '').replace('_', ' ')} {row.owner_no}" if row.owner else ""
    return f"{kind}{own_no} {row.label}".strip() + owner


def _print_comparison(title: str, compared: Comparison) -> None:
    out.print(title, style="bold", markup=False)
    if not compared.differences:
        out.print("  no difference", markup=False)
    else:
        print_table(
            ["row", "field", "what", "first", "second", "where (first; second)"],
            [_row(found) for found in compared.differences],
        )
    if compared.not_comparable:
        count = compared.not_comparable
        out.print(f"  {count} more that only one of the two formats can state", markup=False)


def _row(found: Difference) -> list[Any]:
    places = (found.before_place, found.after_place)
    return [
        _named(found.row),
        found.field or "(whole entry)",
        _KINDS[found.kind],
        _said(found, found.before, found.before_state),
        _said(found, found.after, found.after_state),
        "; ".join(f"{place.file} {place.path}".strip() if place else "-" for place in places),
    ]


def _said(found: Difference, value: str | None, state: str | None) -> str:
    if value is None:
        return f"({state})" if state else ""
    return f"({len(value)} characters)" if found.is_text else value
