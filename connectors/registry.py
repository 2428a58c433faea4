"""The connectors there are: a plain tuple, handed to the import by the composing code."""

from pathlib import Path

from connectors.cybertipline_json.reader import CyberTiplineJson
from connectors.cybertipline_xml.reader import CyberTiplineXml
from connectors.tabular.reader import Tabular
from workbench.model.record import Connector


def connectors(column_maps: Path | None) -> tuple[Connector, ...]:
    """Return every reader, in the order in which they are asked whether a file is theirs.

    Args:
        column_maps: A folder of the unit's own column maps for tables; None: only the shipped ones.
    """
    return (CyberTiplineJson(), CyberTiplineXml(), Tabular(column_maps))
