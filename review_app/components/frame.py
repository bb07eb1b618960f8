"""What stands round the findings, as HTML: the strip at the top, the end of the queue, what cannot be judged."""

from __future__ import annotations

import html
import shlex
from collections.abc import Sequence

from checks.errors import InputError
from checks.markedtext import escaped
from checks.quality.likeness import FALLING
from checks.view import visible
from review_app.current import Current
from review_app.fate import last_fate
from review_app.locale import Words
from review_app.overview import command
from review_app.service import Service


def strip(here: Current, words: Words, page: str, path: str | None = None) -> str:
    """A page's title, progress, and the gate's verdict on the file in hand, or on everything."""
    service, editor = here.service, here.editor
    left, done = len(service.queue()), service.decided()
    share = round(100 * done / (left + done)) if left + done else 100
    code = service.verdict(path) if path is not None else service.report().exit_code
    title = html.escape(words("verdict.title", path=path or shlex.join(map(str, service.paths)), code=code))
    name = escaped(path.rsplit("/", 1)[-1] if path is not None else words("verdict.all"))
    said = escaped(words(f"verdict.{code}"))
    verdict = f'<span class="yj-verdict yj-exit{code}" title="{title}"><span>{name}</span>{said} ({code})</span>'
    locked = f'<span class="yj-locked">{escaped(words("read-only"))}</span>' if not service.may(editor) else ""
    label = html.escape(words("progress.label"))
    return (
        f'<div class="yj-strip" lang="{words.tag}"><h1>{escaped(words(f"page.{page}"))}</h1>'
        f'<span class="yj-count" role="status"><b>{escaped(words("progress.open", count=left))}</b>'
        f"<span>{escaped(words('progress.decided', count=done))}</span></span>"
        f'<span class="yj-bar" role="progressbar" aria-label="{label}" aria-valuemin="0" aria-valuemax="100" '
        f'aria-valuenow="{share}"><span style="width:{share}%"></span></span>{locked}'
        f'<span class="yj-editor">{escaped(words("editor", name=editor))}</span>{verdict}</div>'
    )


def errors(found: Sequence[InputError], words: Words) -> str:
    """What cannot be judged, and why."""
    items = "".join(f"<li>{escaped(str(error))}</li>" for error in found)
    return f'<div class="yj-errors" role="alert"><b>{escaped(words("errors.title"))}</b><ul>{items}</ul></div>'


def done(service: Service, elsewhere: int, words: Words) -> str:
    """The end of the queue: counts, the verdict, how to ask the gate, and what was changed."""
    if elsewhere:
        text = escaped(words("done.filtered", count=elsewhere))
        clear = f'<a href="/" target="_self">{escaped(words("done.clear"))}</a>'
        return f'<section class="yj-done" lang="{words.tag}"><p>{text}</p><p>{clear}</p></section>'
    report = service.report()
    counts = words(
        "done.counts",
        files=len(report.files),
        entries=sum(len(file.digest.entries) for file in report.files),
        open=sum(1 for _ in report.findings),
        dismissed=sum(len(file.dismissed) for file in report.files),
        decided=service.decided(),
    )
    title = escaped(words("done.title")) if report.exit_code == 0 else escaped(words(f"verdict.{report.exit_code}"))
    return (
        f'<section class="yj-done" lang="{words.tag}"><h2>{title}</h2><p>{escaped(counts)}</p>'
        f'<p class="yj-exit{report.exit_code}"><b>{escaped(words("done.verdict", code=report.exit_code))}</b>'
        f" — {escaped(words(f'verdict.{report.exit_code}'))}</p>"
        f"<p>{escaped(words('done.run'))}</p><pre><code>{escaped(command(service))}</code></pre>"
        f'<p><a href="/overview" target="_self">{escaped(words("done.overview"))}</a></p>'
        f"{_efforts(service, words)}</section>"
    )


def settled(service: Service, entry: str, words: Words) -> str:
    """What there is to say of an entry that a link names, where nothing is open in it."""
    known = any(found.key == entry for checked in service.files.values() for found in checked.report.digest.entries)
    text = words("settled.none-open" if known else "settled.unknown", entry=visible(entry))
    fate = last_fate(service, entry) if known else None
    last = words(f"settled.last-{fate.kind}", name=visible(fate.by), at=fate.at) if fate is not None else ""
    return (
        f'<section class="yj-done" lang="{words.tag}"><p><b>{escaped(text)}</b></p>'
        f"{f'<p>{escaped(last)}</p>' if last else ''}</section>"
    )


def _efforts(service: Service, words: Words) -> str:
    found = {path: effort for path, effort in service.efforts().items() if effort.changed}
    if not found:
        return ""
    first = next(iter(found.values()))
    signature = html.escape(" · ".join(f"{measure.name} {measure.signature}" for measure in first.measures))
    rows = "".join(
        f"<tr><td>{escaped(path)}</td><td>{effort.changed}</td>"
        + "".join(f"<td>{measure.score:.1f}</td>" for measure in effort.measures)
        + "</tr>"
        for path, effort in found.items()
    )
    names = [f"{measure.name} {'↓' if measure.name in FALLING else '↑'}" for measure in first.measures]
    head = "".join(
        f'<th scope="col">{escaped(name)}</th>' for name in (words("done.file"), words("done.entries"), *names)
    )
    return (
        f'<h3>{escaped(words("done.effort"))}</h3><table title="{signature}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
