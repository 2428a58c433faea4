"""Start the screens: a process of their own, with nothing sent anywhere."""

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import as_file, files
from typing import Final

from workbench.settings import Settings

_OPTIONS = (
    "--browser.gatherUsageStats=false",
    "--server.enableAgentApi=false",
    "--server.showEmailPrompt=false",
    "--server.address=localhost",
    "--client.toolbarMode=minimal",
)
_MEBIBYTE: Final = 1024**2  # what Streamlit calls a megabyte


def serve_screens(settings: Settings, *, say: Callable[[str], None]) -> None:
    """Run the screens on the settings' store until the officer stops them.

    Raises:
        SystemExit: They could not begin, as when the store is open elsewhere; they said why.
    """
    say(f"Open http://localhost:{settings.port} (stop with Ctrl-C)")
    with as_file(files("workbench.ui") / "app.py") as script:
        command = [
            *(sys.executable, "-m", "workbench.ui.server", "run", str(script)),
            f"--server.port={settings.port}",
            f"--server.maxUploadSize={max(settings.largest_file_bytes // _MEBIBYTE, 1)}",
            f"--server.headless={'false' if _has_display() else 'true'}",
            *_OPTIONS,
        ]
        environment = os.environ | {
            "WORKBENCH_STORE": str(settings.store),
            "WORKBENCH_OFFICER": settings.officer,
        }
        if settings.drop_folder is not None:
            environment["WORKBENCH_DROP_FOLDER"] = str(settings.drop_folder)
        _become(command, environment)


def _become(command: list[str], environment: dict[str, str]) -> None:
    """Let the screens take this process's place: who stops it stops them, and no store stays open.

    Windows cannot do that; there this process waits for theirs.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform == "win32":
        ended = subprocess.run(command, env=environment, check=False)  # noqa: S603 - our own module
        sys.exit(ended.returncode)
    os.execve(command[0], command, environment)  # noqa: S606 - our own module, no shell


def _has_display() -> bool:
    return sys.platform in {"darwin", "win32"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
