"""Takes the pictures of the documentation from the running app: ``make screenshots``.

Each page in light, dark and narrow; with ``--light``, as in the documentation, in light alone.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from browserkit import CHROMIUM, FLAGS, PATIENCE, ROOT, Server
from playwright.sync_api import sync_playwright

PAGES = {
    "overview": ("overview", ".vega-embed .mark-symbol", 1240),
    "queue": ("?code=TRM001", '.actions[data-waiting="no"]', 900),
    "bulk": ("bulk?group=TRM001", '.changes[data-waiting="no"]', 900),
    "terms": ("terms?q=agent", ".yj-use", 900),
    "record": ("record", '.record[data-waiting="no"]', 900),
    "settings": ("settings", ".rules .rule", 1000),
}
"""What each page is asked for, what tells that it is drawn, and how high it is."""
LOOKS: dict[str, dict[str, Any]] = {
    "": {"color_scheme": "light"},
    "-dark": {"color_scheme": "dark"},
    "-narrow": {"color_scheme": "light", "narrow": True},
}


def main(folder: Path, looks: list[str]) -> None:
    """Write ``<page><look>.png`` for each of both, on a copy of the sample digests."""
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
            decide(browser, server)
            for look in looks:
                for page in PAGES:
                    take(browser, server, page, look, folder)
        finally:
            browser.close()
            server.stop()


def decide(browser: Any, server: Server) -> None:
    """Something for the record to tell of: one rule's findings accepted at one stroke."""
    page = browser.new_page()
    page.goto(f"{server.url}/bulk?group=FMT001")
    page.locator('.changes[data-waiting="no"]').wait_for(state="attached", timeout=PATIENCE)
    page.keyboard.press("a")
    page.locator(".result").wait_for(timeout=PATIENCE)
    page.close()


def take(browser: Any, server: Server, name: str, look: str, folder: Path) -> None:
    """One picture."""
    address, drawn, height = PAGES[name]
    options = dict(LOOKS[look])
    narrow = options.pop("narrow", False)
    size = {"width": 390, "height": 1400} if narrow else {"width": 1440, "height": height}
    context = browser.new_context(viewport=size, **options)
    page = context.new_page()
    page.goto(f"{server.url}/{address}")
    page.locator(drawn).last.wait_for(state="attached", timeout=PATIENCE)
    # What is drawn last may still be on its way.
    page.wait_for_timeout(400)
    page.screenshot(path=folder / f"{name}{look}.png")
    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), [""] if "--light" in sys.argv else list(LOOKS))
