"""One browser window on the screens."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
DRAWING = "[data-test-script-state]"


@dataclass
class Screens:
    """One browser window on the server, and every address it asked for."""

    page: Page
    address: str
    asked_for: list[str] = field(default_factory=list)

    def keep_picture(self, name: str) -> None:
        """Keep what the screen shows, for somebody to look at."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")

    def settle(self) -> None:
        """Wait until the server has drawn what it was last asked for.

        Looked at twice: on a busy machine it may begin late.
        """
        for _ in range(2):
            self.page.wait_for_timeout(150)
            expect(self.page.locator(DRAWING).first).to_have_attribute(
                "data-test-script-state", "notRunning"
            )
