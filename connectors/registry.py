"""The connectors there are: a plain tuple, handed to the import by the composing code."""

from collections.abc import Sequence
from pathlib import Path

from connectors.cybertipline_json.reader import CyberTiplineJson
from connectors.cybertipline_pdf.reader import CyberTiplinePdf
from connectors.cybertipline_xml.reader import CyberTiplineXml
from connectors.hotline.reader import HotlineJson
from connectors.tabular.reader import Tabular
from workbench.model.limits import DEFAULT_LIMITS, Limits
from workbench.model.record import Connector


def connectors(
    column_maps: Path | None, pdf_passwords: Sequence[str] = (), limits: Limits = DEFAULT_LIMITS
) -> tuple[Connector, ...]:
    """Return every reader, in the order in which they are asked whether a file is theirs.

    Args:
        column_maps: A folder of the unit's own column maps for tables; None: only the shipped ones.
        pdf_passwords: Tried in turn when a PDF is locked.
        limits: What one file may ask of them.
    """
    return (
        HotlineJson(limits),
        CyberTiplineJson(limits),
        CyberTiplineXml(limits),
        CyberTiplinePdf(pdf_passwords, limits),
        Tabular(column_maps, limits),
    )
