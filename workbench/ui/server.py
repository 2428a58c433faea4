"""The screens' process: the attendant first, then Streamlit, then the attendant's end.

`python -m workbench.ui.server run ...` takes what `streamlit` takes.
"""

import signal
import sys
from types import FrameType

from streamlit.web.cli import main as streamlit_main

from workbench.errors import WorkbenchError
from workbench.keeping.attendant import attend
from workbench.settings import read_settings


def main() -> None:
    """Serve until stopped; the store is let go before the process ends."""
    signal.signal(signal.SIGTERM, _stop)  # until Streamlit listens for it itself
    try:
        attendant = attend(read_settings())
    except WorkbenchError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)
    try:
        streamlit_main(args=sys.argv[1:], prog_name="streamlit")
    finally:
        attendant.stop()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
