"""The same paper stands twice.

Weekly digests are put together from lists that overlap. A paper that was in an earlier issue, or
further up in the same one, is printed twice, and the two translations drift apart: a correction
made to one is never made to the other.

Two entries are the same paper where their arXiv ids agree, whatever the version or the form of the
address; entries without an id, where their English headings agree but for case and white space.
The later entry is reported, by the order of paths and then of lines, and the message names the
first one. Only the digests that the settings name as the corpus are compared.

Flagged (the second)::

    ## A Study of Things
    [关于事物的研究](https://arxiv.org/abs/2504.00001)

    ## A Study of Things
    [事物研究](https://arxiv.org/abs/2504.00001v2)

Clean: two papers whose titles are alike but whose ids differ.

Norm: the house style, "Entry": one entry, one paper. There is no fix, since somebody must choose the
better of the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.model import Text
from checks.registry import Entries, Rule
from checks.scene import EntryScene, Hit

RULE = Rule(
    code="DIG009",
    name="duplicate-entry",
    severity="error",
    mqm="design-and-markup/duplicate-text",
    summary=Text("The same paper stands twice", "同一论文重复收录"),
    wake=Entries(),
)

_TWICE = Text(
    "This paper already stands at {path}:{line}: keep one of the two",
    "这篇论文已见于 {path}:{line}：请只保留一处",
)


def check(scene: EntryScene) -> Iterator[Hit]:
    entry = scene.entry
    if entry.arxiv_id is None and not entry.heading.text.strip():
        return
    # The places are in order: one in another file is an earlier one.
    first = next(iter(scene.context.corpus.occurrences.get(entry.key, ())), None)
    if first is not None and (first.path != scene.file.digest.path or first.start < entry.span.start):
        yield scene.hit("heading", *entry.heading.span, _TWICE, path=first.path, line=first.line)
