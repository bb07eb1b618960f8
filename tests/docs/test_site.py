"""The documentation site: it builds without a warning, needs no network, and has a page a rule."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html

from checks.registry import rules
from checks.settings.keys import KEYS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    ran = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return folder


def test_every_rule_has_a_page_with_its_manual(site: Path) -> None:
    for loaded in rules():
        page = html.parse(site / f"rules/{loaded.rule.code}/index.html").getroot()
        (article,) = page.xpath("//article")
        text = article.text_content()
        assert loaded.rule.name in text
        assert loaded.rule.summary.zh in text
        assert article.xpath(".//strong[starts-with(., 'Flagged')]"), loaded.rule.code


def test_every_setting_is_told(site: Path) -> None:
    (article,) = html.parse(site / "settings/index.html").getroot().xpath("//article")
    told = {code.text for code in article.xpath(".//td/code")}
    assert told >= KEYS.keys()


def test_no_page_fetches_anything_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = html.parse(path).getroot()
        fetched = page.xpath("//script/@src | //link[not(@rel='canonical')]/@href | //img/@src | //iframe/@src")
        assert [address for address in fetched if urlsplit(address).netloc] == [], path
