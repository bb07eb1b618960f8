"""The report as a page, in a real browser: it stands alone, runs nothing of a digest, and can be used by anybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browserkit import PATIENCE

from checks.gate import Gate
from checks.model import Language
from checks.report import writer
from checks.settings import Settings
from checks.view import View

PLAIN = """\
## A Study of Things
[关于事物的研究](https://arxiv.org/abs/2504.00001)

本文训练大型语言模型，也训练多个 LLMs 的。

## Another Study
[另一研究](https://arxiv.org/abs/2504.00002)

我们评测多个 VLMs，共两次。
"""
HOSTILE = """\
## <script>window.ran = 1</script> A Study </style></script><script>window.ran = 2</script>
[<img src=x onerror="window.ran = 3">题目](https://arxiv.org/abs/2504.00003)

训练大型语言模型<img src="https://example.org/x.png" onerror="window.ran = 4"><svg onload="window.ran = 5">
<style>body { display: none }</style><a href="javascript:window.ran = 6" onclick="window.ran = 7">x</a>
<form action="https://example.org/"><input name=q autofocus onfocus="window.ran = 8"></form> "'><b onclick=a>
<meta http-equiv="refresh" content="0;url=https://example.org/"><iframe src="https://example.org/"></iframe>
\u202e反\u202c \u200b了 &lt;script&gt;多个 LLMs 的。
"""


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate(Settings(select=("TRM001", "TRM006", "CHR003")))


class Reader:
    """Somebody who has opened a report, and what went on meanwhile."""

    def __init__(self, page: Any, path: Path) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.goto(path.as_uri())

    def shown(self) -> list[str]:
        """The codes of the findings that can be seen."""
        codes = self.page.locator("li[data-code]:visible").evaluate_all("all => all.map(one => one.dataset.code)")
        return [str(code) for code in codes]

    def until(self, count: str) -> None:
        """Wait until the page says how many findings it shows."""
        self.page.locator("#shown", has_text=count).wait_for()


@pytest.fixture
def open_(browser: Any, gate: Gate, tmp_path: Path) -> Iterator[Any]:
    contexts: list[Any] = []

    def open_it(*texts: str, lang: Language = "en", name: str = "week", **options: Any) -> Reader:
        files = [gate.check_text(text, f"{name}{number}.md") for number, text in enumerate(texts)]
        report = gate.report(files, [])
        path = tmp_path / "a report.html"
        path.write_text("\n".join(writer("html")(report, View(lang))), encoding="utf-8")
        contexts.append(browser.new_context(**options))
        return Reader(contexts[-1].new_page(), path)

    yield open_it
    for context in contexts:
        context.close()


def test_it_asks_for_nothing_but_itself(open_: Any) -> None:
    reader = open_(PLAIN)
    assert len(reader.requests) == 1
    assert reader.complaints == []
    assert reader.shown() == ["TRM001", "TRM006", "TRM006"]


@pytest.mark.parametrize("name", ["week", '"><script>window.ran = 9</script>', "x' onmouseover='window.ran = 10"])
def test_nothing_of_a_digest_runs_loads_or_draws(open_: Any, name: str) -> None:
    reader = open_(HOSTILE, PLAIN, name=name)
    page = reader.page
    page.locator("mark").first.hover()
    page.locator("h2").first.hover()
    page.locator("#q").fill("<script>window.ran = 1")
    hostile = page.locator("section").first.locator("li").count()
    reader.until(f"{hostile} of {hostile + 3} ")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert len(reader.requests) == 1
    assert reader.complaints == []
    assert page.locator("article img, article svg, article a, article form, article iframe, article style").count() == 0
    assert page.locator("script").count() == 1
    text = page.locator(".text").first.inner_text()
    assert "<svg onload=" in text
    assert "U+202E" in text
    assert "\u202e" not in text


def test_the_policy_lets_no_other_script_run(open_: Any) -> None:
    reader = open_(PLAIN)
    reader.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = 1";
            document.body.append(script);
            const image = document.createElement("img");
            image.setAttribute("onerror", "window.ran = 2");
            image.src = "https://example.org/x.png";
            document.body.append(image);
        }"""
    )
    reader.page.wait_for_timeout(200)
    assert reader.page.evaluate("window.ran") is None
    assert len(reader.complaints) >= 2
    assert all("Content Security Policy" in complaint for complaint in reader.complaints)


def test_search_looks_at_findings_and_at_the_text_round_them(open_: Any) -> None:
    reader = open_(PLAIN)
    page = reader.page
    page.locator("#q").fill("共两次")
    reader.until("1 of 3")
    assert reader.shown() == ["TRM006"]
    page.locator("#reset").click()
    reader.until("3 of 3")
    page.locator("#q").fill("IS NOT rendered")
    reader.until("1 of 3")
    assert reader.shown() == ["TRM001"]
    page.locator("#q").fill("nowhere to be found")
    reader.until("0 of 3")
    assert page.locator(".nothing").is_visible()
    page.locator("#reset").click()
    reader.until("3 of 3")


def test_filters_by_severity_rule_and_file(open_: Any) -> None:
    reader = open_(PLAIN, PLAIN.replace("大型", "大"))
    page = reader.page
    reader.until("5 of 5")
    page.locator("input[value=error]").uncheck()
    reader.until("4 of 5")
    assert page.locator("mark.yj-error").get_attribute("class").split() == ["yj-m", "yj-error", "off"]
    page.locator("#file").select_option("1")
    reader.until("2 of 5")
    assert page.locator("section:visible h2").all_inner_texts() == ["week1.md"]
    page.locator("#rule").select_option("TRM001")
    reader.until("0 of 5")


def test_what_is_answered_is_out_of_sight_until_asked_for(open_: Any) -> None:
    reader = open_("<!-- yijiao: ignore[TRM001] 引文如此 -->\n" + PLAIN)
    page = reader.page
    reader.until("2 of 3")
    assert reader.shown() == ["TRM006", "TRM006"]
    assert page.locator("mark.yj-error").count() == 0
    page.locator("input[value=answered]").check()
    reader.until("3 of 3")
    assert "引文如此" in page.locator("li[data-kind=answered]").inner_text()


def test_the_keyboard_is_enough(open_: Any) -> None:
    reader = open_(PLAIN)
    page = reader.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "findings"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "place"
    page.keyboard.press("Enter")
    assert page.locator("mark.seen").inner_text() == "大型语言模型"
    page.keyboard.press("/")
    page.keyboard.type("VLMs")
    reader.until("1 of 3")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.value") == "error"
    assert not page.locator("input[value=error]").is_checked()


def test_a_place_and_its_finding_lead_to_each_other(open_: Any) -> None:
    page = open_(PLAIN).page
    page.locator("mark", has_text="LLMs").click()
    assert page.locator("li.seen b").inner_text() == "TRM006"
    page.locator("button.place").first.click()
    assert page.locator(".seen").inner_text() == "大型语言模型"


@pytest.mark.parametrize(("lang", "tag", "title"), [("zh", "zh-Hans", "译校报告"), ("en", "en", "Yijiao report")])
def test_the_page_and_its_texts_say_their_language(open_: Any, lang: Language, tag: str, title: str) -> None:
    page = open_(PLAIN, lang=lang).page
    assert (page.locator("html").get_attribute("lang"), page.title()) == (tag, title)
    assert page.locator("h3 span").first.get_attribute("lang") == "en"
    assert page.locator(".text").first.get_attribute("lang") == "zh-Hans"
    assert page.locator("#shown").inner_text().count("3") == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_on_a_narrow_screen_in_light_and_dark(open_: Any, scheme: str) -> None:
    long = "很长的路径名" * 12
    page = open_(PLAIN, HOSTILE, name=long, viewport={"width": 390, "height": 800}, color_scheme=scheme).page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for place in ("body", "li span.error", "mark.yj-error", ".fix", "output"):
        assert _contrast(page, place) >= 4.5


def _contrast(page: Any, place: str) -> float:
    """The contrast of a text with its ground, by WCAG 2."""
    return float(
        page.locator(place).first.evaluate(
            """node => {
                const parse = text => text.match(/[\\d.]+/g).map(Number);
                const light = ([r, g, b]) => [r, g, b]
                    .map(value => value / 255)
                    .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
                let ground = node;
                while (parse(getComputedStyle(ground).backgroundColor)[3] === 0) ground = ground.parentElement;
                const one = light(parse(getComputedStyle(node).color));
                const other = light(parse(getComputedStyle(ground).backgroundColor));
                return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
            }"""
        )
    )


def test_without_its_script_everything_can_be_read(open_: Any) -> None:
    reader = open_(PLAIN, java_script_enabled=False)
    assert reader.page.locator("li[data-code]:visible").count() == 3
    assert not reader.page.locator(".filters").is_visible()
