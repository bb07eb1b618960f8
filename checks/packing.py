"""What the engine says of a digest, as bytes: between processes, in the cache, and on the shelf of a long run.

A line of JSON that counts the findings, so that who only counts need not make them, and one with a table of wordings,
as most findings of a digest share a few. It gives back equal objects, or refuses: what a rule puts into a message must
be text, a number, a truth value, nothing, or a message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks.engine import Checked
from checks.errors import RuleCrashed
from checks.model import Edit, Finding, Fix, Message, Related, Safety, Span, Text
from checks.verdict import Counts, counts_of, kind_of
from glossary.records import NamedTuple

if TYPE_CHECKING:
    from checks.suppression import Suppression

_PLAIN: Final = (str, int, bool, type(None))
_END: Final = b"\n"
"""Of the line that counts; JSON writes those inside texts otherwise."""


class Unpackable(ValueError):
    """A message holds something that would not come back equal."""


class Sum(NamedTuple):
    """How much the engine said of a digest."""

    findings: Counts
    suppressed: int
    crashes: int


def pack(checked: Checked) -> bytes:
    """A digest's findings without its path. Raises :class:`Unpackable`."""
    import orjson

    packer = _Packer()
    counts = [[*kind, count] for kind, count in counts_of(checked.findings).items()]
    head = [counts, len(checked.suppressed), len(checked.crashes)]
    findings = [packer.finding(finding) for finding in checked.findings]
    suppressed = [[packer.finding(finding), packer.comment(comment)] for finding, comment in checked.suppressed]
    crashes = [[crash.line, crash.message] for crash in checked.crashes]
    try:
        texts = [list(text) for text in packer.texts]
        body = [texts, list(packer.rules), packer.comments, findings, suppressed, crashes]
        return orjson.dumps(head, option=orjson.OPT_APPEND_NEWLINE) + orjson.dumps(body)
    except (TypeError, orjson.JSONEncodeError) as error:
        # Lone surrogates, integers beyond 64 bits.
        raise Unpackable(str(error)) from None


def summed(data: bytes) -> Sum:
    """How much there is."""
    import orjson

    counts, suppressed, crashes = orjson.loads(memoryview(data)[: data.index(_END)])
    return Sum({kind_of(*kind): count for *kind, count in counts}, suppressed, crashes)


def unpack(data: bytes, path: str) -> Checked:
    """The findings again, under a path."""
    import orjson

    texts, rules, comments, findings, suppressed, crashes = orjson.loads(memoryview(data)[data.index(_END) + 1 :])
    reader = _Reader([Text(*text) for text in texts], rules, path)
    known = [reader.comment(comment) for comment in comments]
    return Checked(
        tuple(map(reader.finding, findings)),
        tuple(RuleCrashed(path, line, message) for line, message in crashes),
        tuple((reader.finding(finding), known[comment]) for finding, comment in suppressed),
    )


class _Packer:
    def __init__(self) -> None:
        self.texts: dict[Text, int] = {}
        self.rules: dict[tuple[str, str, str, str], int] = {}
        self.comments: list[object] = []
        self._numbers: dict[int, int] = {}

    def finding(self, finding: Finding) -> list[object]:
        rule = (finding.code, finding.name, finding.severity, finding.mqm)
        return [
            self.rules.setdefault(rule, len(self.rules)),
            finding.entry,
            finding.field,
            *finding.span,
            finding.quote,
            self._message(finding.message),
            finding.term,
            [[self._message(fix.title), fix.safety, *map(list, fix.edits)] for fix in finding.fixes],
            [[*related.span, self._message(related.message)] for related in finding.related],
            finding.before,
            finding.after,
            finding.nth,
            finding.fingerprint,
        ]

    def comment(self, comment: Suppression) -> int:
        """Its number: findings that one comment silences share it."""
        if id(comment) not in self._numbers:
            self._numbers[id(comment)] = len(self.comments)
            self.comments.append(
                [
                    list(comment.span),
                    [[each.code, *each.span] for each in comment.selectors],
                    comment.reason,
                    list(comment.target),
                    comment.whole_file,
                    self._message(comment.problem) if comment.problem is not None else None,
                    sorted(comment.used),
                    [[each.code, *each.span] for each in comment.idle],
                ]
            )
        return self._numbers[id(comment)]

    def _message(self, message: Message) -> list[object]:
        number = self.texts.setdefault(message.text, len(self.texts))
        return [number, {name: self._argument(value) for name, value in message.args.items()}]

    def _argument(self, value: object) -> object:
        if isinstance(value, Message):
            return self._message(value)
        if type(value) in _PLAIN or (type(value) is float and value - value == 0):
            return value
        raise Unpackable(f"{type(value).__name__} in a message")


class _Reader:
    def __init__(self, texts: list[Text], rules: list[Any], path: str) -> None:
        self.texts = texts
        self.rules = rules
        self.path = path
        self._bare = [Message(text) for text in texts]

    def finding(self, packed: list[Any]) -> Finding:
        rule, entry, field, start, end, quote, message, term, fixes, related, *identity = packed
        code, name, severity, mqm = self.rules[rule]
        return Finding(
            code,
            name,
            severity,
            mqm,
            self.path,
            entry,
            field,
            Span(start, end),
            quote,
            self._message(message),
            term,
            tuple([self._fix(*fix) for fix in fixes]) if fixes else (),
            tuple([Related(Span(first, last), self._message(said)) for first, last, said in related]),
            *identity,
        )

    def _fix(self, title: list[Any], safety: Safety, *edits: list[Any]) -> Fix:
        return Fix(self._message(title), safety, tuple([Edit(*edit) for edit in edits]))

    def comment(self, packed: list[Any]) -> Suppression:
        from checks.suppression import Selector, Suppression

        span, selectors, reason, target, whole_file, problem, used, idle = packed
        return Suppression(
            Span(*span),
            tuple(Selector(code, Span(start, end)) for code, start, end in selectors),
            reason,
            Span(*target),
            whole_file,
            self._message(problem) if problem is not None else None,
            set(used),
            tuple(Selector(code, Span(start, end)) for code, start, end in idle),
        )

    def _message(self, packed: list[Any]) -> Message:
        number: int
        args: dict[str, object]
        number, args = packed
        if not args:
            return self._bare[number]
        for name, value in args.items():
            if type(value) is list:
                args[name] = self._message(value)
        return Message(self.texts[number], args)
