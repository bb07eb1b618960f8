"""Takes the pictures of the documentation from the running app: ``make screenshots``.

Each page, and what can be opened on it, in light, dark and narrow; with ``--light`` in light alone.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from browserkit import CHROMIUM, FLAGS, PATIENCE, ROOT, Reviewer, Server
from PIL import Image
from playwright.sync_api import sync_playwright

OVERVIEW = "body:has(.st-key-csv-entries) .vega-embed .mark-symbol"
"""Plots, once what is worked out last is there."""
QUEUE = ("?code=TRM001", '.actions[data-waiting="no"]')


def beside(reviewer: Reviewer, _: Path) -> None:
    for key, name in (("l", "terms"), ("n", "neighbours"), ("h", "history")):
        reviewer.page.keyboard.press(key)
        reviewer.page.locator(f".aside .content.{name}").wait_for()


def edit(reviewer: Reviewer, _: Path) -> None:
    reviewer.edit()
    reviewer.page.locator(".editor .found b").wait_for()
    reviewer.page.keyboard.press("Control+k")


def comment(reviewer: Reviewer, _: Path) -> None:
    page = reviewer.page
    if not page.locator(".comments .thread").count():
        page.keyboard.press("p")
        page.keyboard.type("“代理”在这里指 agent，标题也一并改？")
        page.keyboard.press("Control+Enter")
        page.locator('.comments [data-action="answer"]').click()
        page.keyboard.type("一并改，全文统一。")
        page.keyboard.press("Control+Enter")
        page.locator(".comments .remark + .remark").wait_for()
    page.keyboard.press("p")
    page.keyboard.type("末句语气偏强，请看原文的 may。")


def show_help(reviewer: Reviewer, _: Path) -> None:
    reviewer.page.keyboard.press("?")


def filters(reviewer: Reviewer, _: Path) -> None:
    reviewer.page.locator("details.code summary").click()


def conflict(reviewer: Reviewer, project: Path) -> None:
    reviewer.edit()
    reviewer.page.keyboard.type("大模型")
    for path in (project / "digests").glob("*.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("代理", "智能代理"), encoding="utf-8")
    reviewer.page.keyboard.press("Control+Enter")
    reviewer.page.locator(".yj-conflict").wait_for()
    reviewer.ready()


def quality(reviewer: Reviewer, _: Path) -> None:
    # To the top of the page, below its bar.
    reviewer.page.get_by_role("heading", name="译文质量").evaluate(
        "found => { found.style.scrollMarginTop = '5rem'; found.scrollIntoView(); }"
    )


class Shot(NamedTuple):
    """An address, what tells that the page is drawn, and what is done there before the picture is taken."""

    address: str
    drawn: str
    height: int = 900
    step: Callable[[Reviewer, Path], None] | None = None


SHOTS = {
    "overview": Shot("overview", OVERVIEW, 1240),
    "quality": Shot("overview", OVERVIEW, 1500, quality),
    "queue": Shot(*QUEUE),
    "queue-beside": Shot(*QUEUE, 1100, beside),
    "queue-edit": Shot(*QUEUE, 900, edit),
    "queue-help": Shot(*QUEUE, 900, show_help),
    "queue-filters": Shot(*QUEUE, 900, filters),
    "bulk": Shot("bulk?group=TRM001", '.changes[data-waiting="no"]'),
    "terms": Shot("terms?q=agent", ".yj-use"),
    "record": Shot("record", '.record[data-waiting="no"]'),
    "settings": Shot("settings", ".keys dl", 1000),
    # The last, as they change the files of all.
    "queue-comments": Shot(*QUEUE, 900, comment),
    "queue-conflict": Shot(*QUEUE, 900, conflict),
}
LOOKS: dict[str, dict[str, Any]] = {
    "": {"color_scheme": "light"},
    "-dark": {"color_scheme": "dark"},
    "-narrow": {"color_scheme": "light", "narrow": True},
}


def main(folder: Path, looks: list[str]) -> None:
    """Write ``<shot><look>.png`` for each of both, on a copy of the sample digests."""
    folder.mkdir(parents=True, exist_ok=True)
    for look in looks:
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
                for shot in SHOTS:
                    take(browser, server, shot, look, folder)
            finally:
                browser.close()
                server.stop()


def decide(browser: Any, server: Server) -> None:
    """Something for the record and the figures to tell of: two rules, all findings of each accepted at one stroke."""
    page = browser.new_page()
    for code in ("FMT001", "FMT003"):
        page.goto(f"{server.url}/bulk?group={code}")
        page.locator('.changes[data-waiting="no"]').wait_for(state="attached", timeout=PATIENCE)
        page.keyboard.press("a")
        page.locator(".result").wait_for(timeout=PATIENCE)
    page.close()


def take(browser: Any, server: Server, name: str, look: str, folder: Path) -> None:
    """One picture."""
    shot, options = SHOTS[name], dict(LOOKS[look])
    narrow = options.pop("narrow", False)
    size = {"width": 390, "height": 1400} if narrow else {"width": 1440, "height": shot.height}
    context = browser.new_context(viewport=size, **options)
    page = context.new_page()
    page.goto(f"{server.url}/{shot.address}")
    page.locator(shot.drawn).last.wait_for(state="attached", timeout=PATIENCE)
    if shot.step is not None:
        shot.step(Reviewer(page), server.folder)
    # What is drawn last may still be on its way.
    page.wait_for_timeout(500)
    picture = Image.open(BytesIO(page.screenshot()))
    # What a page draws has few colours, and a picture of so many is a third as large.
    picture.convert("RGB").quantize(160).save(folder / f"{name}{look}.png", optimize=True)
    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), [""] if "--light" in sys.argv else list(LOOKS))
