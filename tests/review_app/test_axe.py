"""Every page, in both schemes and with its panels open, by axe-core: nothing serious, nothing critical."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browserkit import PATIENCE, ROOT, WIDE, Reviewer, Server
from screenshots import SHOTS, decide

GRAVE = ("serious", "critical")
HERE = [name for name in SHOTS if name not in ("queue-conflict", "quality")]
"""The conflict is one of files, which all tests here share; quality is a part of the overview."""


@pytest.fixture(scope="module")
def server(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The samples, of which some are decided."""
    folder = tmp_path_factory.mktemp("axe")
    shutil.copytree(ROOT / "data/digests", folder / "digests")
    sources = (ROOT / "data/sources").as_posix()
    settings = f'digests = "digests"\nsources = ["{sources}"]\nreview-dir = "review"\n'
    (folder / "yijiao.toml").write_text(settings, encoding="utf-8")
    found = Server(folder, "digests")
    decide(browser, found)
    yield found
    found.stop()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", HERE)
def test_a_page_has_no_serious_fault(name: str, scheme: str, browser: Any, server: Server) -> None:
    # axe is put into the page from outside, which the page's own policy forbids.
    context = browser.new_context(viewport=WIDE, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{server.url}/{SHOTS[name].address}")
    page.locator(SHOTS[name].drawn).last.wait_for(state="attached", timeout=PATIENCE)
    step = SHOTS[name].step
    if step is not None:
        step(Reviewer(page), server.folder)
    page.wait_for_timeout(500)
    found = Axe().run(page).response["violations"]
    context.close()
    grave = [fault for fault in found if fault["impact"] in GRAVE]
    told = [f"{fault['id']}: {node['html'][:160]} {node['any'][:1]}" for fault in grave for node in fault["nodes"]]
    assert told == []
