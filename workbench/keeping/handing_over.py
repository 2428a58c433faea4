"""An import asked of the screens, which have the store open; their count sheet comes back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workbench.errors import StoreBusyError, UserError
from workbench.intake.count_sheet import CountSheet, KindCount
from workbench.intake.importer import Progress, ReportProgress
from workbench.keeping.channel import call
from workbench.model.record import UnreadFields


def import_through_screens(
    store: Path, paths: Sequence[Path], *, imported_by: str | None, report_progress: ReportProgress
) -> CountSheet | None:
    """Have the screens import these paths, and wait; None: no screens have this store open.

    Raises:
        StoreBusyError: The screens were closed meanwhile.
        UserError: The import ended with an error, which it says.
    """
    line = call(store)
    if line is None:
        return None
    with line:
        line.say({"ask": "import", "paths": [str(p.absolute()) for p in paths], "by": imported_by})
        while (heard := line.hear()) is not None:
            if "progress" in heard:
                report_progress(Progress(*heard["progress"]))
            elif "sheet" in heard:
                return _sheet_of(heard["sheet"])
            else:
                raise UserError(heard["error"])
    raise StoreBusyError(
        "The screens were closed before the import ended.",
        remedy="Import again: what was loaded stays, nothing is doubled.",
    )


def _sheet_of(said: dict[str, Any]) -> CountSheet:
    fields = said["unread_fields"]
    counts = {(field["source_format"], field["field"]): field["count"] for field in fields}
    names = ("batch_id", "files", "read", "loaded", "new_versions", "duplicates", "rejected")
    return CountSheet(
        **{name: said[name] for name in names},
        rejections=said["rejections"],
        rejected_codes=said["rejected_codes"],
        rejections_not_shown=said["not_shown"].get("rejections", {}).get("count", 0),
        set_aside=said["set_aside"],
        set_aside_kinds={kind["kind"]: KindCount(**kind) for kind in said["set_aside_kinds"]},
        unread=UnreadFields(counts),
        warnings=said["warnings"],
    )
