"""The distribution as other people have it: installed, and outside of this repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from gatekit import REPOSITORY


class Installed(NamedTuple):
    """A folder that pip has installed the distribution into, without what it requires: that is here already."""

    site: Path

    @property
    def environment(self) -> dict[str, str]:
        """In which its console scripts are on the path, and its packages in the place of the repository's."""
        here = {"PATH": f"{self.site / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(self.site)}
        return {**os.environ, **here, "LC_ALL": "C.UTF-8"}

    def run(self, *command: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a program to its end."""
        return subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def tracked() -> list[str]:
    """The files of the repository, as they are now."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in names if (REPOSITORY / name).is_file()]


def install(folder: Path) -> Installed:
    """Build the distribution from a copy of the tracked files, and install it, in a folder."""
    for name in tracked():
        if name.partition("/")[0] not in ("data", "docs", "tests"):
            (folder / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(REPOSITORY / name, folder / "tree" / name)
    offline = ("--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", *offline, "--target", folder / "site", folder / "tree"]
    subprocess.run(pip, check=True, capture_output=True, timeout=300)
    return Installed(folder / "site")
