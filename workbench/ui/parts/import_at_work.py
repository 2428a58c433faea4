"""The import that a page began: its bar, and its end also when nobody looks any more."""

from pathlib import Path

import streamlit
from streamlit.runtime import Runtime, RuntimeState
from streamlit.runtime.scriptrunner import RerunException, StopException

from workbench.assess.assessor import AssessmentSummary
from workbench.composition import take_in, understand
from workbench.errors import WorkbenchError
from workbench.intake.count_sheet import CountSheet
from workbench.intake.importer import Progress
from workbench.ui.session import Workplace

Outcome = tuple[CountSheet, AssessmentSummary] | str


def run_import(place: Workplace, paths: list[Path]) -> Outcome:
    """Import under a bar; return what came of it, or what went wrong.

    Who goes elsewhere meanwhile does not end it: it ends whole, and stands on the list.
    """
    bar = _Bar(place)
    try:
        sheet = take_in(
            place.store,
            paths,
            place.settings,
            imported_by=place.officer or None,
            report_progress=bar.tell,
        )
        bar.draw(1.0, place.words("import.assessing"))
        outcome: Outcome = (sheet, understand(place.store, place.settings))
    except WorkbenchError as error:
        outcome = str(error)
    bar.end()
    return outcome


class _Bar:
    """How far an import is, as long as somebody looks.

    Streamlit ends a drawing that is no longer wanted by an exception out of the next thing drawn.
    That would end the import as well, so it waits here until the import has ended; except when the
    server is closed, for then all that is under way ends at its next whole step.
    """

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._bar = streamlit.progress(0.0, place.words("import.reading"))
        self._ended: RerunException | StopException | None = None

    def tell(self, progress: Progress) -> None:
        """Draw how far it is."""
        self.draw(progress.fraction, _progress_text(self._place, progress))

    def draw(self, fraction: float, text: str) -> None:
        """Draw a bar and what stands above it."""
        if self._ended is None:
            try:
                self._bar.progress(fraction, text)
            except (RerunException, StopException) as ended:
                self._ended = ended
        if self._ended is not None and _is_server_closing():
            raise self._ended

    def end(self) -> None:
        """Take the bar away, or end the drawing that should have ended before."""
        if self._ended is not None:
            raise self._ended
        self._bar.empty()


def _is_server_closing() -> bool:
    # A test that draws a page alone has no server.
    return Runtime.exists() and Runtime.instance().state in (
        RuntimeState.STOPPING,
        RuntimeState.STOPPED,
    )


def _progress_text(place: Workplace, progress: Progress) -> str:
    words, number = place.words, place.formats.number
    if progress.files_found is not None:
        return words.counted(
            "import.finding", progress.files_found, written=number(progress.files_found)
        )
    left = progress.seconds_left
    return words(
        "import.progress",
        reports=number(progress.reports),
        rate=number(progress.reports_per_second),
        left=words("import.progress.unknown") if left is None else place.formats.duration(left),
    )
