"""What the workers are told, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from checks.crew import Hands, Killed
from checks.errors import InputError
from checks.glosses import key_of
from checks.renderings import Rendering
from checks.scene import Context
from checks.tasks import Checking, Done, Means, Task

if TYPE_CHECKING:
    from checks.running import Work

_KILLS = (
    "checking it killed a process twice, so it was not judged; see whether there is memory enough, and try it with -j 1"
)


class Sharing:
    """Digests of a run, given to workers."""

    def __init__(self, works: Sequence[Work], contexts: Mapping[int, Context], text: Callable[[Work], str]) -> None:
        """``contexts`` are those of the works' benches, by the benches' ids."""
        self._works = works
        self._contexts = contexts
        self._text = text
        self._numbers = {bench: number for number, bench in enumerate(contexts)}
        self._listed = {bench: _listed(context) for bench, context in contexts.items()}

    def check(
        self, numbers: Sequence[int], hands: Hands[Task, Done | None]
    ) -> Iterator[tuple[int, Done | InputError | None]]:
        """Have these works checked.

        Gives what comes back by the number of the work, in any order: why a digest cannot be judged; None for one
        that must be checked where the whole corpus is at hand.
        """
        benches = {id(work.bench): work.bench for work in self._works}
        means = [
            Means(
                frozenset(loaded.rule.code for loaded in benches[bench].rules),
                benches[bench].engine.severities,
                context.glossary,
                context.style,
                _renderings(context, self._listed[bench]),
            )
            for bench, context in self._contexts.items()
        ]
        for task, done in hands((self._task(number) for number in numbers), Checking(means)):
            yield task.number, InputError(task.path, None, _KILLS) if isinstance(done, Killed) else done

    def _task(self, number: int) -> Task:
        work = self._works[number]
        bench = id(work.bench)
        context, listed = self._contexts[bench], self._listed[bench]
        keys = set(work.survey.keys)
        glossed = {key for key, _ in work.survey.renderings()}
        return Task(
            number,
            self._numbers[bench],
            work.path,
            self._text(work),
            {key: context.corpus.occurrences.get(key) for key in keys},
            {key: context.corpus.renderings.of(key) for key in glossed.difference(listed)},
            {key: context.sources.get(key) for key in keys},
        )


def _listed(context: Context) -> frozenset[str]:
    """The glosses that the glossary speaks of, by key: everybody has some of them, and the answers are long."""
    return frozenset(
        key_of(form) for term in context.glossary.terms for form in (term.source, *term.abbr, *term.variants)
    )


def _renderings(context: Context, listed: Iterable[str]) -> Mapping[str, Sequence[Rendering]]:
    found = ((key, context.corpus.renderings.of(key)) for key in sorted(listed))
    return {key: places for key, places in found if places}
