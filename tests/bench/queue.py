"""How fast 校对 answers with many open findings: ``python -m tests.bench.queue [--findings 20000] [--presses 20]``.

Makes a project of shuffled sentences of real digests, starts the app and Chromium on it, and prints in milliseconds
when the first page takes keys, from the request and from its first paint, and how long a key takes from the press
until the page has changed: J, A, E and Z. *Server* is from the browser's message to the last one of the answer, *CPU*
what the server's process has used for it, where the system tells (Linux); *kB* is what that answer weighs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, Final, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import sync_playwright

from checks import settings
from checks.digest import parse
from checks.files import read_text
from checks.gate import Gate
from checks.text import has_han
from tests.bench.injection import CORPUS
from tests.review_app.browserkit import CHROMIUM, FLAGS, Reviewer, Server

ENTRIES: Final = 25
"""In a file, as in a weekly digest."""
SAMPLE: Final = 4
SETTLE: Final = 150
"""Milliseconds after the answer, for what the server still sends."""
_SENTENCE = re.compile(r"[^。]+。")
_FIRST = "[performance.now(), performance.getEntriesByName('first-contentful-paint')[0].startTime]"
_WATCH = """() => {
    const find = (root) => {
        for (const node of root.querySelectorAll("*")) {
            if (node.matches(".actions")) return node;
            const inner = node.shadowRoot && find(node.shadowRoot);
            if (inner) return inner;
        }
    };
    const bar = find(document);
    window.pressed = 0;
    window.changed = 0;
    document.addEventListener("keydown", () => { window.pressed = performance.now(); }, true);
    new MutationObserver(() => {
        if (bar.dataset.waiting === "no") requestAnimationFrame(() => { window.changed = performance.now(); });
    }).observe(bar, { attributes: true });
}"""


class Press(NamedTuple):
    """One key, in milliseconds and bytes."""

    page: float
    server: float
    cpu: float
    weight: int


class Wire:
    """What goes over the socket, by the browser's clock."""

    def __init__(self, page: Any) -> None:
        self._frames: list[tuple[float, bool, int]] = []
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.webSocketFrameSent", lambda event: self._note(event, sent=True))
        session.on("Network.webSocketFrameReceived", lambda event: self._note(event, sent=False))

    def _note(self, event: dict[str, Any], *, sent: bool) -> None:
        self._frames.append((event["timestamp"] * 1000, sent, len(event["response"]["payloadData"]) * 3 // 4))

    def clear(self) -> None:
        """Forget what went before."""
        self._frames.clear()

    def answer(self) -> tuple[float, int]:
        """From the first message sent to the last one received, and the weight of the answer."""
        first = next(moment for moment, sent, _ in self._frames if sent)
        received = [(moment, weight) for moment, sent, weight in self._frames if not sent and moment >= first]
        return received[-1][0] - first, sum(weight for _, weight in received)


def digests(corpus: Path, dice: random.Random) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Digests without end, made of a corpus's sentences in any order, each with its English."""
    texts = [read_text(path) for path in sorted((corpus / "digests").rglob("*.md"))]
    entries = [entry for text in texts for entry in parse(text).entries if entry.body and has_han(entry.body.text)]
    sentences = [sentence for entry in entries for sentence in _SENTENCE.findall(entry.body.text)]
    titles = [entry.title.text for entry in entries if entry.title]
    lines = read_text(corpus / "sources.jsonl").splitlines()
    english = cycle(dice.sample(records := [json.loads(line) for line in lines], len(records)))
    number = 0
    while True:
        parts, sources = [], []
        for _ in range(ENTRIES):
            number += 1
            name, record = f"{2401 + number // 90000}.{number % 90000 + 10000}", next(english)
            sources.append({**record, "arxiv_id": name})
            body = "".join(dice.sample(sentences, 6)).replace("\n", "")
            link = f"[{dice.choice(titles)}](https://arxiv.org/abs/{name})"
            parts.append(f"## {record['title_en']}\n{link}\n\n{body}\n")
        yield "\n".join(parts), sources


def make(folder: Path, corpus: Path, wanted: int) -> None:
    """A project with about so many open findings: as many files as that takes by what the first four hold."""
    (folder / "digests").mkdir()
    (folder / "yijiao.toml").write_text('digests = "digests"\nsources = ["sources.jsonl"]\n', encoding="utf-8")
    files = digests(corpus, random.Random(7))

    def write(numbers: range) -> None:
        with (folder / "sources.jsonl").open("a", encoding="utf-8") as sources:
            for number in numbers:
                text, records = next(files)
                (folder / f"digests/{number:03}.md").write_text(text, encoding="utf-8")
                sources.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)

    write(range(SAMPLE))
    found = len(list(Gate(settings.load(folder)).check([folder / "digests"]).findings))
    write(range(SAMPLE, -(-wanted * SAMPLE // found)))


def used(pid: int) -> float:
    """Milliseconds of processor time that a process has used."""
    stat = Path(f"/proc/{pid}/stat")
    fields = stat.read_text().rpartition(")")[2].split() if stat.exists() else ["0"] * 13
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def pressed(reviewer: Reviewer, wire: Wire, key: str, pid: int) -> Press:
    """Press a key and wait until the page has changed."""
    editing = key == "e"
    while key == "a" and not reviewer.page.locator('.actions [data-action="accept"]').is_enabled():
        reviewer.press("s")
    wire.clear()
    reviewer.page.evaluate("window.changed = 0")
    before = used(pid)
    if editing:
        reviewer.edit()
        reviewer.ready()
        reviewer.page.locator('.actions[data-editing="yes"]').wait_for(state="attached")
    else:
        reviewer.press(key)
    reviewer.page.wait_for_timeout(SETTLE)
    taken = reviewer.page.evaluate("window.changed - window.pressed")
    server, weight = wire.answer()
    cpu = used(pid) - before
    if editing:
        reviewer.page.keyboard.press("Escape")
        reviewer.closed()
        reviewer.ready()
    return Press(taken, server, cpu, weight)


def measure(url: str, pid: int, presses: int) -> None:
    """Print what an editor waits for."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        firsts = []
        for _ in range(3):
            page = context.new_page()
            reviewer = Reviewer(page)
            reviewer.open(url)
            firsts.append(page.evaluate(_FIRST))
            if len(firsts) < 3:
                page.close()
        times = ", ".join(f"{now:.0f} ms ({now - paint:.0f} after the first paint)" for now, paint in firsts)
        print("first page takes keys after", times)
        print(page.locator(".yj-count b").inner_text(), "· rows in the page:", page.locator(".findings .row").count())
        wire = Wire(page)
        page.evaluate(_WATCH)
        for key in "jaez":
            found = [pressed(reviewer, wire, key, pid) for _ in range(presses)]
            page_time, server, cpu, weight = (statistics.median(column) for column in zip(*found, strict=True))
            worst = max(press.page for press in found)
            line = f"{page_time:.0f} ms (worst {worst:.0f}), server {server:.0f} ms, CPU {cpu:.0f} ms"
            print(f"{key.upper()}: {line}, {weight / 1000:.0f} kB", flush=True)
        browser.close()


def main() -> None:
    """Make the project, start the app, measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--findings", type=int, default=20_000)
    options.add_argument("--presses", type=int, default=20)
    options.add_argument("--project", type=Path, help="a folder to keep the project in; made where it is empty")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.project or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "digests").exists():
            make(folder, CORPUS, given.findings)
        server = Server(folder)
        try:
            measure(server.url, server.pid, given.presses)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
