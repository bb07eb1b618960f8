"""The link of an entry is not the address of its abstract page.

The link is ``https://arxiv.org/abs/ID``, in half-width brackets right after the title's. With a
full-width bracket, or a space between the brackets, Markdown renders no link at all; a space inside
the target cuts it short. A PDF, a version (``v2``) or another host does lead to the paper, but to a
file on a phone, to a text that will be superseded, to a page that may go away.

Flagged, as errors::

    [关于事物的研究]（https://arxiv.org/abs/2504.00001）
    [关于事物的研究] (https://arxiv.org/abs/2504.00001 )
    [关于事物的研究](https://arxiv.org/abs/2513.00001)
    [关于事物的研究](arxiv.org/abs/2504.00001)

Flagged, as warnings::

    [关于事物的研究](https://arxiv.org/pdf/2504.00001v2)
    [关于事物的研究](https://huggingface.co/papers/2504.00001)
    [关于事物的研究](http://arxiv.org/abs/2504.00001)

Clean::

    [关于事物的研究](https://arxiv.org/abs/2504.00001)
    [关于事物的研究](https://arxiv.org/abs/cs/0112017)

Wrong brackets, spaces, full-width characters and a missing or old ``http://`` scheme are mended
safely: the page stays the same. What changes the page (a PDF, a version, another host) is proposed
only, and only where the arXiv id is in the address. An id that cannot exist (a 13th month, too few
digits) has no fix.

Norm: the house style, "Entry"; the arXiv identifier scheme; CommonMark, "Links".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.model import Edit, Fix, Message, Safety, Severity, Text
from checks.registry import Entries, Rule
from checks.rules.structure._address import Fault, read_address
from checks.scene import EntryScene, Hit

RULE = Rule(
    code="DIG006",
    name="bad-link",
    severity="error",
    mqm="design-and-markup/link",
    summary=Text("The link is not the address of the abstract page", "链接不是论文摘要页的地址"),
    wake=Entries(),
    fix="safe",
)

_SHAPE = Text(
    "A link is `[title](address)`, with half-width brackets and no spaces",
    "链接应写作 `[标题](地址)`：半角括号，不留空格",
)
_SHAPE_FIX = Text("Write `](address)`", "改为 `](地址)`")
_ADDRESS_FIX = Text("Write {canonical}", "改为 {canonical}")

_SAYS: dict[Fault, tuple[Text, Severity, Safety]] = {
    "characters": (Text("A space or a full-width character in the address", "地址中有空格或全角字符"), "error", "safe"),
    "malformed": (Text("No such arXiv address: check the id", "不是有效的 arXiv 地址：请核对编号"), "error", "manual"),
    "no-address": (Text("This is not an address", "这不是网址"), "error", "manual"),
    "no-scheme": (Text("The address lacks its https://", "地址缺少 https://"), "error", "safe"),
    "pdf": (Text("Link to the abstract page (/abs/)", "请链接到摘要页 (/abs/)"), "warning", "unsafe"),
    "host": (Text("The link leads elsewhere than to arxiv.org", "链接指向 arxiv.org 以外的网站"), "warning", "unsafe"),
    "version": (Text("Link to the paper without a version", "链接不要带版本号"), "warning", "unsafe"),
    "extra": (Text("The address goes on after the id", "编号之后有多余的内容"), "warning", "unsafe"),
    "http": (Text("Use https", "请使用 https"), "warning", "safe"),
}

_OPENS = re.compile(r"\](?P<wrong>[ \t]*[(（]\s*)$")
_CLOSES = re.compile(r"\s*[)）]")
_TARGET = re.compile(r"<(?P<inside>[^<>]*)>|(?P<all>.*?)(?:\s+(?:\"[^\"]*\"|'[^']*'))?", re.DOTALL)


def check(scene: EntryScene) -> Iterator[Hit]:
    link, line = scene.entry.link, scene.entry.link_line
    if link is None or line is None:
        return
    start = link.span.start + len(link.text) - len(link.text.lstrip())
    end = link.span.start + len(link.text.rstrip())
    yield from _shape(scene, line.start, start, end)
    target = _TARGET.fullmatch(scene.file.text, start, end)
    group = "all" if target is None or target["inside"] is None else "inside"
    if target is not None:
        yield from _address(scene, *target.span(group))


def _shape(scene: EntryScene, line: int, start: int, end: int) -> Iterator[Hit]:
    """Wrong brackets, and spaces round them; a bare address has none."""
    text = scene.file.text
    opens = _OPENS.search(text[line:start])
    closes = _CLOSES.match(text, end)
    if opens is None or closes is None or (opens["wrong"] == "(" and closes[0] == ")"):
        return
    first = line + opens.start("wrong")
    wanted = ((first, start, "("), (closes.start(), closes.end(), ")"))
    edits = tuple(Edit(*edit) for edit in wanted if text[edit[0] : edit[1]] != edit[2])
    fix = Fix(Message(_SHAPE_FIX), "safe", edits)
    yield scene.hit("link", first - 1, closes.end(), _SHAPE, fixes=(fix,))


def _address(scene: EntryScene, start: int, end: int) -> Iterator[Hit]:
    reading = read_address(scene.file.text[start:end])
    if reading.fault is None:
        return
    message, severity, safety = _SAYS[reading.fault]
    fixes: tuple[Fix, ...] = ()
    if reading.canonical is not None:
        title = Message(_ADDRESS_FIX, {"canonical": reading.canonical})
        fixes = (Fix(title, safety, (Edit(start, end, reading.canonical),)),)
    yield scene.hit("link", start, end, message, fixes=fixes, severity=severity)
