"""Start the screens: Streamlit by path, never by import, with nothing sent anywhere."""

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import as_file, files

from workbench.settings import Settings

_OPTIONS = (
    "--browser.gatherUsageStats=false",
    "--server.enableAgentApi=false",
    "--server.showEmailPrompt=false",
    "--server.address=localhost",
    "--client.toolbarMode=minimal",
)


def serve_screens(settings: Settings, *, say: Callable[[str], None]) -> None:
    """Run the screens on the settings' store until the officer stops them."""
    say(f"Open http://localhost:{settings.port} (stop with Ctrl-C)")
    with as_file(files("workbench.ui") / "app.py") as script:
        command = [
            *(sys.executable, "-m", "streamlit", "run", str(script)),
            f"--server.port={settings.port}",
            f"--server.headless={'false' if _has_display() else 'true'}",
            *_OPTIONS,
        ]
        environment = os.environ | {
            "WORKBENCH_STORE": str(settings.store),
            "WORKBENCH_OFFICER": settings.officer,
        }
        try:
            subprocess.run(command, env=environment, check=False)  # noqa: S603 - our own script
        except KeyboardInterrupt:
            say("Stopped.")


def _has_display() -> bool:
    return sys.platform in {"darwin", "win32"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
