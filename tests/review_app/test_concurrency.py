"""Eight editors at once, as threads and as processes: nothing is lost, and nothing happens twice."""

from __future__ import annotations

import ast
import json
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from worker import ENTRIES, Starter, check_store, count, digest, edit, open_service, use_store

from review_app.store import Store, Wanted

NAMES = [f"editor{number}" for number in range(8)]


def told(running: subprocess.Popen[str]) -> str:
    """What a process has printed, once it has ended well."""
    out, err = running.communicate(timeout=300)
    assert (running.returncode, err) == (0, "")
    return out


def test_threads_on_one_store(database: str) -> None:
    store = Store(database)
    with ThreadPoolExecutor(len(NAMES)) as pool:
        for done in [pool.submit(use_store, store, name, 30) for name in NAMES]:
            done.result()
    check_store(store, NAMES, 30)
    store.close()


def test_processes_on_one_database(database: str, process: Starter) -> None:
    for running in [process("store", database, name, "30") for name in NAMES]:
        told(running)
    store = Store(database)
    check_store(store, NAMES, 30)
    store.close()


def check_service(project: Path, database: str, done: list[Counter[str]], rounds: int) -> None:
    text = (project / "data/digests/week.md").read_text(encoding="utf-8")
    expected = digest().replace("第0版", f"第{rounds}版").replace("（GPT-4）", " (GPT-4) ")
    assert text == expected
    assert [count(text, number) for number in range(ENTRIES)] == [rounds] * ENTRIES
    everybody = sum(done, Counter())
    saves = ENTRIES * (rounds + rounds // 3)
    assert everybody == {
        "edited": saves,
        "undone": ENTRIES * (rounds // 3),
        "accepted": 1,
        "dismissed": 1,
        "already": 2 * (ENTRIES - 1),
    }
    store = Store(database)
    kinds = Counter(event.kind for event in store.each(Wanted()))
    assert kinds == {"edit": saves, "undo": ENTRIES * (rounds // 3), "accept": 1, "dismiss": 1}
    store.close()
    records = (project / "data/review/dismissals.jsonl").read_text(encoding="utf-8").splitlines()
    assert len([json.loads(line) for line in records]) == 1
    assert sorted(path.name for path in (project / "data/digests").iterdir()) == ["week.md"]


def test_threads_on_one_service(shared: Path, database: str) -> None:
    service = open_service(database)
    with ThreadPoolExecutor(ENTRIES) as pool:
        started = [pool.submit(partial(edit, service, name, number, 3)) for number, name in enumerate(NAMES)]
        check_service(shared, database, [each.result() for each in started], 3)
    service.store.close()


def test_processes_on_one_file(shared: Path, database: str, process: Starter) -> None:
    running = [process("edit", database, name, str(number), "3") for number, name in enumerate(NAMES)]
    for each in running:
        assert each.stdout is not None
        assert each.stdout.readline() == "open\n"
    done = []
    for each in running:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in running:
        done.append(Counter(ast.literal_eval(told(each))))
    check_service(shared, database, done, 3)
