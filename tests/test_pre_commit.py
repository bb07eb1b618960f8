"""The hooks in a real repository, run by pre-commit itself.

pre-commit would install the distribution into an environment of its own, from the network. Here the hooks are
those of `.pre-commit-hooks.yaml`, run with what the test has installed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from gatekit import CLEAN, MENDED, REPOSITORY, WARNED, WRONG, entry, write
from installkit import Installed

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text())}
SETTINGS = 'digests = "digests"\nexclude = ["drafts/"]\nignore = ["FID011"]\n'


class Repository:
    """A git repository whose pre-commit configuration names some of the hooks."""

    def __init__(self, folder: Path, installed: Installed) -> None:
        self.folder = folder
        self.installed = installed
        self.git("init", "--quiet")
        write(folder, "yijiao.toml", SETTINGS)

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        who = {f"GIT_{role}_{what}": "a@b.c" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        home = {"HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1", "PRE_COMMIT_HOME": str(self.folder / ".cache")}
        return self.installed.run("git", *arguments, folder=self.folder, **who, **home)

    def hook(self, *names: str) -> None:
        """Configure these hooks, and let git run them before each commit."""
        hooks = [{**HOOKS[name], "language": "system"} for name in names]
        config = {"repos": [{"repo": "local", "hooks": hooks}]}
        write(self.folder, ".pre-commit-config.yaml", yaml.safe_dump(config))
        write(self.folder, ".gitignore", ".cache/\n")
        script = f'#!/bin/sh\nexec "{sys.executable}" -m pre_commit run\n'
        write(self.folder, ".git/hooks/pre-commit", script).chmod(0o755)

    def commit(self) -> subprocess.CompletedProcess[str]:
        """Commit everything, and let the hooks judge it."""
        self.git("add", "--all")
        return self.git("commit", "--quiet", "--message", "A week")


@pytest.fixture
def repository(tmp_path: Path, installed: Installed) -> Repository:
    return Repository(tmp_path, installed)


def test_a_digest_with_a_fault_is_not_committed(repository: Repository) -> None:
    repository.hook("yijiao-check")
    write(repository.folder, "digests/bad.md", WRONG)
    refused = repository.commit()
    assert refused.returncode == 1
    assert "digests/bad.md:4:5: TRM001 [*] " in refused.stdout + refused.stderr
    write(repository.folder, "digests/bad.md", CLEAN)
    done = repository.commit()
    assert done.returncode == 0, done.stderr


def test_the_fixing_hook_mends_and_lets_the_next_commit_pass(repository: Repository) -> None:
    repository.hook("yijiao-fix", "yijiao-check")
    path = write(repository.folder, "digests/week.md", WARNED)
    refused = repository.commit()
    assert (refused.returncode, "files were modified by this hook" in refused.stderr) == (1, True)
    assert path.read_text() == MENDED
    assert repository.commit().returncode == 0


def test_only_digests_are_judged(repository: Repository) -> None:
    repository.hook("yijiao-check", "yijiao-fix")
    for name in ("README.md", "docs/notes.md", "digests/drafts/next.md", "digests/README.txt"):
        write(repository.folder, name, WRONG)
    done = repository.commit()
    assert done.returncode == 0, done.stderr


def test_digests_are_compared_with_each_other_and_with_those_that_are_not_staged(repository: Repository) -> None:
    repository.hook()
    write(repository.folder, "digests/a.md", CLEAN)
    repository.commit()
    repository.hook("yijiao-check")
    write(repository.folder, "digests/b.md", CLEAN)
    write(repository.folder, "digests/c.md", entry(number="2504.00002"))
    said = repository.commit().stderr
    assert said.count("DIG009") == 1
    assert "digests/b.md:1:" in said


def test_a_digest_may_be_deleted(repository: Repository) -> None:
    repository.hook()
    path = write(repository.folder, "digests/bad.md", WRONG)
    repository.commit()
    repository.hook("yijiao-check")
    path.unlink()
    done = repository.commit()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("hook", HOOKS)
def test_what_cannot_be_judged_is_not_committed(repository: Repository, hook: str) -> None:
    repository.hook(hook)
    write(repository.folder, "digests/week.md", "## 标题".encode("gb18030"))
    refused = repository.commit()
    assert (refused.returncode, "is not valid UTF-8" in refused.stderr) == (1, True)


def test_the_hooks_are_as_pre_commit_wants_them() -> None:
    names = [str(REPOSITORY / ".pre-commit-hooks.yaml")]
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", *names]
    subprocess.run(command, check=True, timeout=60)
    assert set(HOOKS) == {"yijiao-check", "yijiao-fix"}
