"""The English abstract of an entry is not at hand.

**What.** The rules of this family hold the Chinese against the English title and abstract. Where no source file has
them, these rules are silent, and silence must not read as praise: once a file it is said for how many entries they
could not speak. An entry without an arXiv id counts, and so does one of which only the title is known.

**Flagged.** A digest with 近期论文 of which one abstract, or all of them, is in no file of `data/sources`.

**Clean.** A digest with an English abstract for each entry; a file without entries.

**Fix.** None here. `python -m checks.sources fetch` brings the abstracts of the entries that have an arXiv id.

**Norm.** House style, *Entry*: each entry names its paper by its arXiv address.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.model import Text
from checks.registry import Files, Rule
from checks.scene import FileScene, Hit

RULE = Rule(
    code="FID011",
    name="source-unknown",
    severity="info",
    mqm="accuracy/omission",
    summary=Text("No English abstract at hand, so fidelity was not checked", "缺少英文摘要，未能核对译文是否忠实"),
    wake=Files(),
)
_UNKNOWN = Text(
    "No English abstract is at hand for {count} of {entries} entries, whose fidelity was not checked; "
    "`python -m checks.sources fetch` brings it",
    "{entries} 个条目中有 {count} 个没有英文摘要，未核对译文是否忠实；运行 `python -m checks.sources fetch` 可获取",
)


def check(scene: FileScene) -> Iterator[Hit]:
    """Count the entries without an abstract."""
    sources = [entry.source for entry in scene.entries]
    count = sum(source is None or not source.abstract.strip() for source in sources)
    if count:
        yield scene.hit(0, 0, _UNKNOWN, count=count, entries=len(sources))
