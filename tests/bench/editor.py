"""How fast the language server answers: ``python -m tests.bench.editor [DIGEST] [--changes 30]``.

Opens a digest of the corpus, in a project with its year and its English, types a character into one entry after
another, and prints in milliseconds how long it takes from a change until its diagnostics have arrived. The server's
pause, which waits for the end of a burst of keys, is a part of that. Then what hover, completion and all safe fixes
take.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import sys
import tempfile
from collections.abc import Awaitable
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lsp"))

from lspkit import Editor, File, config
from lsprotocol import types
from pytest_lsp import client_capabilities

from checks.digest import parse
from checks.files import read_text
from tests.bench.injection import CORPUS

_YEAR: Final = CORPUS / "digests/2025"
"""Real digests with their English; they are no part of this repository."""
_TYPED: Final = "词"
_ENDS: Final = 8
"""Code points at the end of an abstract by which its place is found again."""


async def measure(project: Path, name: str, changes: int) -> None:
    """Print the figures of one session."""
    path = project / "data/digests" / name
    text = read_text(path)
    editor = await config().start()
    assert isinstance(editor, Editor)
    capabilities = client_capabilities("visual_studio_code")
    await editor.initialize_session(types.InitializeParams(capabilities, root_uri=project.as_uri()))
    began = perf_counter()
    file = await editor.open(path, text)
    found = await file.diagnostics()
    print(f"{name}: {len(parse(text).entries)} entries, {len(text)} characters, {len(found)} findings")
    print(f"opened, settings and glossary read:  {1000 * (perf_counter() - began):6.0f} ms")
    times = sorted([await _typed(file, end) for end in islice(cycle(_ends(text)), changes)])
    print(f"change to diagnostics: median {statistics.median(times):.0f}, worst {times[-1]:.0f} ms of {len(times)}")
    place = file.at("模型")
    await _timed("hover", file.hover(place))
    await _timed("completion", file.complete(place))
    (action,) = await file.actions(types.Position(0, 0), types.CodeActionKind.SourceFixAll)
    if action.edit is None:
        await _timed("all safe fixes", editor.code_action_resolve_async(action))
    await editor.shutdown_session()
    await editor.stop()


def _ends(text: str) -> list[str]:
    """The ends of the abstracts that stand nowhere else."""
    ends = [entry.body.text[-_ENDS:] for entry in parse(text).entries if entry.body is not None]
    return [end for end in ends if text.count(end) == 1]


async def _typed(file: File, end: str) -> float:
    """Milliseconds from a character typed before the end of an abstract until its diagnostics are there."""
    began = perf_counter()
    # One character on, and off again the next time.
    file.change(end, _TYPED + end) if _TYPED + end not in file.text else file.change(_TYPED + end, end)
    await file.diagnostics()
    return 1000 * (perf_counter() - began)


async def _timed(what: str, work: Awaitable[object]) -> None:
    began = perf_counter()
    await work
    print(f"{what}: {1000 * (perf_counter() - began):.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("digest", nargs="?", default="0106-0110.md", help="a file of the corpus's last year")
    parser.add_argument("--changes", type=int, default=30)
    given = parser.parse_args()
    if not _YEAR.is_dir():
        parser.error(f"there is no {_YEAR}")
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "yijiao.toml").touch()
        shutil.copytree(_YEAR, project / "data/digests")
        (project / "data/sources").mkdir()
        shutil.copy(CORPUS / "sources.jsonl", project / "data/sources")
        asyncio.run(measure(project, given.digest, given.changes))


if __name__ == "__main__":
    main()
