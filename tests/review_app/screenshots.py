"""Takes the pictures of the documentation from the running app: ``make screenshots``."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from browserkit import CHROMIUM, FLAGS, PATIENCE, ROOT, Server
from playwright.sync_api import sync_playwright

SHOTS = {
    "queue": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "queue-dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "queue-narrow": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "terms": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "terms-dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "terms-narrow": {"viewport": {"width": 390, "height": 1400}, "color_scheme": "light"},
}
PAGES = {
    "queue": ("?code=TRM001", '.actions[data-waiting="no"]'),
    "terms": ("terms?q=agent", ".yj-use"),
}
"""What each page is asked for, and what tells that it is drawn."""


def main(folder: Path) -> None:
    """Write ``<name>.png`` for each shot, on a copy of the sample digests."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        project = Path(name)
        shutil.copytree(ROOT / "data/digests", project / "digests")
        sources = (ROOT / "data/sources").as_posix()
        settings = f'digests = "digests"\nsources = ["{sources}"]\nreview-dir = "review"\n'
        (project / "yijiao.toml").write_text(settings, encoding="utf-8")
        server = Server(project, "digests")
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        try:
            for shot, options in SHOTS.items():
                page = browser.new_context(**options).new_page()
                address, drawn = PAGES[shot.partition("-")[0]]
                page.goto(f"{server.url}/{address}")
                page.locator(drawn).last.wait_for(state="attached", timeout=PATIENCE)
                page.screenshot(path=folder / f"{shot}.png")
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
