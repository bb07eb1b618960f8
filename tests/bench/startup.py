"""What the gate costs before it looks at a digest: ``python tests/bench/startup.py [DIGEST] [--rounds N]``.

Processor time (user and system) of whole processes, run in turn so that a busy machine slows all alike; medians, and
their ratio to that of Python itself. The gate runs from a copy with its bytecode beside it, as where it is installed.
Without DIGEST the digest is one entry, in which no span asks for the segmenter. The parts are measured by programs that
do only so much.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

REPOSITORY = Path(__file__).resolve().parents[2]
DIGEST = """\
## A Study of Things
[关于事物的研究](https://arxiv.org/abs/2504.00001)

本文训练多个大语言模型 (LLM)。
"""
_BARE = "… nothing kept"
PROGRAMS = {
    "python -c pass": ["-c", "pass"],
    "Python's modules": ["-c", "import pathlib, re, runpy, typing"],
    "the gate's modules": ["-c", "import checks.__main__"],
    "… and rules": ["-c", "import checks.__main__; from checks.registry import rules; rules()"],
    "… and glossary": [
        "-c",
        "import checks.__main__; from checks.gate import Gate; from checks.settings import Settings; Gate(Settings())",
    ],
    "python -m checks": ["-m", "checks"],
}


def processor_time(command: list[str], folder: str, environment: dict[str, str]) -> float:
    """Milliseconds of one process."""
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return (usage.ru_utime + usage.ru_stime) * 1000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("digest", nargs="?", type=Path)
    options.add_argument("--rounds", type=int, default=15)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for package in ("checks", "glossary"):
            shutil.copytree(REPOSITORY / package, f"{folder}/installed/{package}")
        environment = {**os.environ, "PYTHONPATH": f"{folder}/installed", "YIJIAO_CACHE_DIR": f"{folder}/cache"}
        for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"):
            environment.pop(name, None)
        digest = Path(folder) / "digest.md"
        digest.write_text(given.digest.read_text() if given.digest else DIGEST)
        programs = {name: [sys.executable, *line] for name, line in PROGRAMS.items()}
        programs["python -m checks"].append(str(digest))
        programs[_BARE] = programs["python -m checks"]
        environments = dict.fromkeys(programs, environment) | {_BARE: {**environment, "YIJIAO_CACHE_DIR": ""}}
        for name, command in programs.items():
            processor_time(command, folder, environments[name])
        times: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(given.rounds):
            for name, command in programs.items():
                times[name].append(processor_time(command, folder, environments[name]))
    bare = median(times["python -c pass"])
    print(f"{'':<24}{'median ms':>10}{'least ms':>10}{'ratio':>8}")
    for name, found in times.items():
        print(f"{name:<24}{median(found):>10.1f}{min(found):>10.1f}{median(found) / bare:>8.1f}")


if __name__ == "__main__":
    main()
