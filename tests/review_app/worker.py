"""An editor in a process of his own: ``python worker.py TASK …``. Each line that is printed says what is done.

``store URL NAME ROUNDS`` uses the store alone, ``edit URL NAME NUMBER ROUNDS`` decides through the
service in the working folder, ``terms URL NAME ROUNDS`` changes its glossary, ``save URL LAST`` counts
up in the first entry until it is killed, ``say URL NAME`` comments on it and answers everybody until
then, ``bulk URL`` accepts everything at one stroke, and ``fail URL
LIMIT`` edits and accepts once where no file can grow beyond so many bytes (0 for no limit).
"""

from __future__ import annotations

import itertools
import json
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from storekit import draft, event, place

from checks import settings
from checks.gate import Gate
from glossary import Term
from review_app.access import Access
from review_app.outcome import Shown
from review_app.service import Service
from review_app.store import Store, Wanted
from review_app.store.store import now

ENTRIES = 8
Starter = Callable[..., subprocess.Popen[str]]


def digest() -> str:
    """A digest with an entry for each editor, which a finding keeps open, and one for all."""
    texts = [f"我们用LLM处理，这是第{number}条，第0版。" for number in range(ENTRIES)]
    texts.append("树结构在RL中很常见，速度更快（GPT-4）了。")
    parts = [
        f"## A Study of {number}\n[研究{number}](https://arxiv.org/abs/2504.{number:05})\n\n{text}\n"
        for number, text in enumerate(texts)
    ]
    return "\n".join(parts)


def count(text: str, number: int) -> int:
    """The version of an entry in the text of the digest."""
    return int(text.partition(f"这是第{number}条，第")[2].partition("版")[0])


def use_store(store: Store, name: str, rounds: int) -> None:
    """Record, draft, undo and look, as fast as it goes."""
    for number in range(rounds):
        store.save_draft(draft(f"{number}", editor=name))
        store.record([(event(by=name, quote=f"{name}-{number}"), None)])
        store.look(place(name, now()))
        if number % 3 == 2:
            last = store.last(name, {"../digests/week.md"})
            assert last is not None
            assert last.quote == f"{name}-{number}"
            store.record([(event(by=name, kind="undo", quote=last.quote), last.id)])
        if number % 4 == 3:
            store.drop_draft(name, "week.md", "2504.00001+0", "body")


def open_service(database: str) -> Service:
    """The project in the working folder."""
    found = settings.load(Path())
    return Service(Gate(found), [Path("data/digests")], Store(database), access=Access(found.review_dir))


def finding(service: Service, entry: int, quote: str) -> Shown | None:
    """An open finding of an entry."""
    row = next((row for row in service.queue() if row.entry == f"2504.{entry:05}" and row.quote == quote), None)
    return service.finding(row.id) if row is not None else None


def save(service: Service, name: str, entry: int, version: int) -> str:
    """Edit an entry to another version; what became of it."""
    service.refresh()
    shown = finding(service, entry, "用L")
    assert shown is not None
    opened = service.drafts.open(name, shown)
    before = count(shown.digest.text, entry)
    outcome = service.edit(name, shown, opened, opened.base.replace(f"第{before}版", f"第{version}版"))
    assert not outcome.unrecorded
    return outcome.kind


def edit(service: Service, name: str, entry: int, rounds: int) -> Counter[str]:
    """Edit an entry of one's own, take some of it back, and decide what everybody decides."""
    done: Counter[str] = Counter()
    for number in range(1, rounds + 1):
        done[save(service, name, entry, number)] += 1
        if number % 3 == 0:
            done[service.undo(name).kind] += 1
            done[save(service, name, entry, number)] += 1
    for quote, decide in (
        ("（GPT-4）", lambda shown: service.accept(name, shown)),
        ("在R", lambda shown: service.dismiss(name, shown, "quotation")),
    ):
        shown = finding(service, ENTRIES, quote)
        done[decide(shown).kind if shown is not None else "already"] += 1
    return done


def change_terms(service: Service, name: str, rounds: int) -> int:
    """Add terms of one's own, and count up in the note of one that all share; how often that was refused."""
    refused = 0
    for number in range(rounds):
        mine = service.terms.change(None, Term(f"{name} {number}", f"网格{number}"))
        assert mine is not None
        assert service.terms.save(name, mine).changed
        while True:
            service.refresh()
            concept = service.terms.base().get("grid")
            assert concept is not None
            seen = concept.own()[0]
            change = service.terms.change(concept, seen._replace(note=str(int(seen.note or 0) + 1)))
            assert change is not None
            answer = service.terms.save(name, change)
            if answer.changed:
                break
            assert answer.kind == "term-conflict"
            refused += 1
    return refused


def say(service: Service, name: str) -> Iterator[str]:
    """Comment without end, answer the latest comment and resolve one's own; each text that was taken."""
    for number in itertools.count():
        text = f"{name} {number}"
        assert service.comments.say(name, "data/digests/week.md", "2504.00000", text).kind == "commented"
        yield text
        latest = service.comments.on("2504.00000")[-1]
        assert service.comments.answer(name, latest.id, f"{text}+").kind == "answered"
        yield f"{text}+"
        service.comments.resolve(
            name, next(thread.id for thread in service.comments.threads if thread.said[0].by == name)
        )


def fail(service: Service, limit: int) -> Iterator[tuple[str, str, bool]]:
    """Work where something cannot be written."""
    shown = finding(service, 0, "用L")
    assert shown is not None
    opened = service.drafts.open("lin", shown)
    service.drafts.save("lin", opened.place, opened.field, opened.base, opened.base.replace("第0版", "草稿"))
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    outcome = service.edit("lin", shown, opened, opened.base.replace("第0版", "第1版"))
    yield outcome.kind, outcome.detail, outcome.unrecorded
    shown = finding(service, ENTRIES, "（GPT-4）")
    assert shown is not None
    outcome = service.accept("lin", shown)
    yield outcome.kind, outcome.detail, outcome.unrecorded
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    yield "draft", service.drafts.open("lin", finding(service, 0, "用L") or shown).text, False


def main(task: str, database: str, *rest: str) -> None:
    """Do a task."""
    if task == "store":
        use_store(Store(database), rest[0], int(rest[1]))
        return
    service = open_service(database)
    print("open", flush=True)
    sys.stdin.readline()
    if task == "fail":
        for kind, detail, unrecorded in fail(service, int(rest[0])):
            print(json.dumps([kind, detail, unrecorded]), flush=True)
        return
    if task == "say":
        for text in say(service, rest[0]):
            print(text, flush=True)
    if task == "terms":
        print(change_terms(service, rest[0], int(rest[1])), flush=True)
        return
    if task == "bulk":
        found = [service.finding(row.id) for row in service.queue()]
        print(service.accept_all("lin", [each for each in found if each is not None]).outcome.kind, flush=True)
        return
    if task == "edit":
        print(dict(edit(service, rest[0], int(rest[1]), int(rest[2]))), flush=True)
        return
    for version in range(count(Path("data/digests/week.md").read_text(encoding="utf-8"), 0) + 1, int(rest[0]) + 1):
        assert save(service, "lin", 0, version) == "edited"
        print(version, flush=True)


def check_store(store: Store, names: list[str], rounds: int) -> None:
    """Say what :func:`use_store` must leave: nothing lost, nothing twice."""
    everything = list(store.each(Wanted()))
    made = Counter((found.by, found.quote) for found in everything if found.kind != "undo")
    assert made == Counter({(name, f"{name}-{number}"): 1 for name in names for number in range(rounds)})
    undone = {found.id: found for found in everything if found.undone_by is not None}
    reversals = {found.id: found for found in everything if found.kind == "undo"}
    assert sorted(found.undone_by or 0 for found in undone.values()) == sorted(reversals)
    for found in undone.values():
        assert reversals[found.undone_by or 0].quote == found.quote
    wanted = {f"{name}-{number}" for name in names for number in range(2, rounds, 3)}
    assert {found.quote for found in undone.values()} == wanted
    for name in names:
        kept = store.draft(name, "week.md", "2504.00001+0", "body")
        assert (kept.text if kept is not None else None) == (str(rounds - 1) if rounds % 4 else None)
    assert {found.editor for found in store.looking("")} == set(names)


if __name__ == "__main__":
    main(*sys.argv[1:])
