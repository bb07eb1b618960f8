"""Full-width Latin letters and digits.

**What.** Full-width letters and digits come in from an input method, or from a text set in Japan. No search for
GPT finds ＧＰＴ, and no spacing rule sees a Latin word in it. The signs inside such a run (－, ．, ／, ＋) belong to
it, and so do the hyphen between and the plus behind half-width ones.

**Flagged.** 使用ＧＰＴ－４ · 提升１２．５％ · Ｃ＋＋ · GPT－4.

**Clean.** 文本／图像 and 视频－文本 (between Han the sign is the writer's choice), 67%～89%, the marks of a
Chinese sentence, circled and Roman numerals (①, Ⅲ), what stands in code, math and addresses. A full-width mark among
half-width letters and digits (78.5％, 3．5B) is FMT007's.

**Fix.** The half-width form (GPT-4, 12.5%), in the same place; the spaces round it are FMT001's. ＜, ＊, ＿, ｀ and
＄ keep their width, since Markdown would read the half-width sign.

**Norm.** House style, table of punctuation; GB/T 15835-2011 §5.2 (Arabic numerals in half width); Unicode TR 11.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Rule, Segments
from checks.scene import Hit, SegmentScene
from checks.text import URL

_WIDE: Final = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_SIGNS: Final = "＋－．／＝＆＠"
_LATIN: Final = rf"A-Za-z0-9{_WIDE}"
_DIGIT: Final = r"0-9\uff10-\uff19"

RULE = Rule(
    code="FMT016",
    name="full-width-alphanumeric",
    severity="warning",
    mqm="linguistic-conventions/punctuation",
    summary=Text(en="Full-width letters, digits, or signs among them", zh="字母、数字或其中的符号用了全角"),
    wake=Segments(f"{_WIDE}－＋"),
    fix="safe",
)

_FOUND = Text(en="Write “{narrow}” in half width", zh="“{narrow}”应使用半角字符")
_TITLE = Text(en="Write “{narrow}”", zh="改为“{narrow}”")
_RUN = re.compile(
    rf"(?<![{_LATIN}])(?:[＋－](?=[{_DIGIT}])|[{_DIGIT}]{{1,2}}：(?=[{_DIGIT}]))?[{_LATIN}]{{1,200}}+"
    rf"(?:(?:[{_SIGNS}\-+./&@]|(?<=[{_DIGIT}])，(?=[{_DIGIT}]{{3}}(?![{_DIGIT}])))(?=[{_LATIN}])[{_LATIN}]{{1,200}}+){{0,40}}+"
    rf"(?:(?<=[{_DIGIT}])％|＋{{1,2}}(?![{_LATIN}])|(?<=[Ｃｃ])＃|(?<=^[\uff10-\uff19])．|(?<=\n[\uff10-\uff19])．)?"
)
"""Of either width: a sign or the hour, letters and digits, joined by signs and the commas of a number."""
_TELLING = re.compile(rf"[{_WIDE}－]|＋(?![{_LATIN}])")


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    for found in _RUN.finditer(scene.masked):
        start, end = found.span()
        wide = found[0]
        if not _TELLING.search(wide) or scene.char(start - 1) == URL:
            continue
        narrow = unicodedata.normalize("NFKC", wide)
        # Glued to Latin letters an address would not be read as one.
        apart = " " if scene.char(end) == URL else ""
        fix = scene.fix(_TITLE, "safe", (start, end, narrow + apart), narrow=narrow)
        yield scene.hit(start, end, _FOUND, fixes=(fix,), narrow=narrow)
