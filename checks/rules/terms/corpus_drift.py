"""An unlisted term that other digests render otherwise.

**What.** What the glossary does not list is still worth one rendering. The glosses of the corpus tell how it is
rendered: 多层感知机 (multilayer perceptron). Where at least two other digests agree on a rendering, three times or more
and in most of their glosses of that English, one that has nothing to do with it is reported, with the places of the
others. Reported only in the files that are checked; the rest of the corpus folder is read for comparison.

**Flagged.** 多层感知器 (multilayer perceptron) where three entries of other digests say 多层感知机.

**Clean.** A term of the glossary, of which other rules speak · 深层多层感知机网络: other words round the same
rendering · an English that the corpus glosses once or twice, or in as many ways as there are digests.

**Fix.** None: adding the term to the glossary settles it for good.

**Norm.** House style, *Terms*; MQM *inconsistent-use-of-terminology*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from checks.glosses import agree, bare
from checks.glossplaces import GlossPlace
from checks.model import Text
from checks.registry import Entries, Rule
from checks.renderings import Rendering
from checks.scene import EntryScene, Hit
from glossary.records import NamedTuple

RULE = Rule(
    code="TRM012",
    name="corpus-drift",
    severity="info",
    mqm="terminology/inconsistent-use-of-terminology",
    summary=Text("An unlisted term that other digests render otherwise", "未列入术语表的术语，其他周报另有译法"),
    wake=Entries(),
)
_DRIFT: Final = Text(
    "“{found}” stands for {english} here; {count} glosses in other digests say “{wanted}” ({places})",
    "{english} 此处译为“{found}”，其他周报有 {count} 处译为“{wanted}”（{places}）",
)
_FEWEST_USES: Final = 3
_FEWEST_DIGESTS: Final = 2
_MAJORITY: Final = 0.6
_ALIKE: Final = 0.5
_MOST_NAMED: Final = 2


class _Custom(NamedTuple):
    """The rendering that most glosses share, and the places of those."""

    chinese: str
    uses: tuple[Rendering, ...]


def check(scene: EntryScene) -> Iterator[Hit]:
    """Hold the glosses of what the glossary does not list against those of the corpus."""
    listed = scene.context.glossary.abbreviations
    seen: set[str] = set()
    for found in scene.terms.gloss_places:
        words = found.gloss.words
        if found.terms or words in listed or words in seen or len(found.core) < 2:
            continue
        seen.add(words)
        custom = _custom(_others(scene, found))
        mine = bare(found.core)
        if custom is not None and not agree(mine, custom.chinese):
            alike = len(set(mine).intersection(custom.chinese)) >= _ALIKE * len(custom.chinese)
            # The same letters alone may be another term's.
            if found.gloss.english or alike:
                yield _hit(found, custom)


def _others(scene: EntryScene, found: GlossPlace) -> list[Rendering]:
    """The glosses of the same English outside this entry."""
    path, span = scene.file.digest.path, scene.entry.span
    uses = scene.context.corpus.renderings.of(found.gloss.words)
    return [use for use in uses if use.path != path or not span.start <= use.start < span.end]


def _custom(others: Sequence[Rendering]) -> _Custom | None:
    """The longest ending that most glosses share, if enough digests have it."""
    if len(others) < _FEWEST_USES:
        return None
    endings = Counter(use.chinese[at:] for use in others for at in range(len(use.chinese) - 1))
    enough = max(_FEWEST_USES, _MAJORITY * len(others))
    common = [ending for ending, count in endings.items() if count >= enough]
    if not common:
        return None
    chinese = max(common, key=len)
    uses = tuple(use for use in others if use.chinese.endswith(chinese))
    return _Custom(chinese, uses) if len({use.path for use in uses}) >= _FEWEST_DIGESTS else None


def _hit(found: GlossPlace, custom: _Custom) -> Hit:
    gloss = found.gloss
    return found.scene.hit(
        gloss.core,
        gloss.end,
        _DRIFT,
        english=gloss.words,
        found=found.core,
        wanted=min((use.written for use in custom.uses), key=len),
        count=len(custom.uses),
        places=", ".join(f"{use.path}:{use.line}" for use in custom.uses[:_MOST_NAMED]),
    )
