"""A server of the app and a browser on it."""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

_BROWSERS: Final = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
# The first is the same engine without a window's trimmings, which cost as much again.
CHROMIUM: Final = next((path for path in _BROWSERS if path.exists()), _BROWSERS[-1])
FLAGS: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE: Final = 30_000
"""Milliseconds that a slow machine may take for one step."""
ROOT: Final = Path(__file__).resolve().parents[2]
REQUIRED: Final = os.environ.get("YIJIAO_REQUIRE_BROWSER") == "1"
WIDE: Final = {"width": 1440, "height": 900}
NARROW: Final = {"width": 390, "height": 844}


def why_no_browser() -> str | None:
    """What the browser tests lack here."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "playwright is not installed"
    return None if CHROMIUM.exists() else f"there is no {CHROMIUM}"


class Server:
    """``python -m review_app`` in a folder, on a free port: forked off a process that has imported what it needs."""

    def __init__(self, folder: Path, *arguments: str, editor: str | None = "lin") -> None:
        self.folder = folder
        name = ["--editor", editor] if editor is not None else []
        hears, says = _forks.Pipe(duplex=False)
        self._process = _forks.Process(target=_serve, args=(folder, ["--port", "0", *name, *arguments], says))
        self._process.start()
        says.close()
        with open(hears.fileno(), encoding="utf-8", closefd=False) as said:
            line = said.readline()
        # Kept open: who writes more than that must not fail.
        self._hears = hears
        found = re.search(r"http://\S+", line)
        assert found, (folder / "server.log").read_text()
        self.url = found[0]
        assert self._process.pid is not None
        self.pid = self._process.pid

    def stop(self) -> None:
        """Stop it and wait until it has gone."""
        self._process.terminate()
        self._process.join(20)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(20)


_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(
    [
        "review_app.__main__",
        "review_app.current",
        "review_app.pages.overview",
        "review_app.pages.queue",
        "streamlit.web.bootstrap",
        "pandas",
    ]
)


def _serve(folder: Path, arguments: list[str], says: Connection) -> None:
    os.chdir(folder)
    sys.argv = ["python -m review_app", *arguments]
    with (
        os.fdopen(says.fileno(), "w", encoding="utf-8", closefd=False) as out,
        (folder / "server.log").open("w") as log,
        redirect_stdout(out),
        redirect_stderr(log),
    ):
        from review_app.__main__ import main

        sys.exit(main(arguments))


class Reviewer:
    """Somebody at the keyboard."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)
        self.bar = page.locator(".actions")
        self.area = page.locator(".editor textarea")

    def open(self, url: str) -> None:
        """Open the app and wait for the bar."""
        self.page.goto(url)
        self.ready()

    def ready(self) -> None:
        """Wait until nothing is under way."""
        self.page.locator('.actions[data-waiting="no"]').wait_for(state="attached")

    @property
    def id(self) -> str:
        """The finding on the screen; empty where there is none."""
        return self.bar.get_attribute("data-id") or ""

    @property
    def code(self) -> str:
        """The code of the finding on the screen."""
        return str(self.page.locator(".yj-card .yj-code").inner_text())

    def press(self, *keys: str) -> None:
        """Press keys and wait for the answer."""
        before = self.bar.get_attribute("data-seq")
        for key in keys:
            self.page.keyboard.press(key)
        self.answered(before)

    def answered(self, before: str | None) -> None:
        """Wait until the page has been drawn again; the bar is drawn last."""
        self.page.locator(f'.actions[data-waiting="no"]:not([data-seq="{before}"])').wait_for(state="attached")

    def notice(self) -> str:
        """What the bar says."""
        # While a bar gives way to another, both are there.
        return str(self.page.locator(".actions .notice").last.inner_text())

    def until(self, number: str) -> None:
        """Wait until another finding than this one is on the screen."""
        self.page.locator(f'.actions:not([data-id="{number}"])').wait_for(state="attached")

    def edit(self) -> None:
        """Open the editor, once the bar knows that none is open."""
        self.page.locator('.actions[data-waiting="no"][data-editing="no"]').wait_for(state="attached")
        self.page.keyboard.press("e")
        self.area.wait_for()

    def closed(self) -> None:
        """Wait until the editor has gone."""
        self.area.wait_for(state="detached")


Starter = Callable[..., Server]
"""Starts the app in the project, with arguments of its command line."""
Someone = Callable[..., Reviewer]
"""Opens a browser window for somebody, with nothing shared with the others; the options are those of a context."""
