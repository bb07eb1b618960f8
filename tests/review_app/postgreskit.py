"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket there, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final

INSTALLED: Final = Path("/usr/lib/postgresql")
REQUIRED: Final = os.environ.get("YIJIAO_REQUIRE_POSTGRES") == "1"


def programs() -> Path | None:
    """The folder of the newest server's programs."""
    found = [path.parent for path in INSTALLED.glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name), default=None)


def why_no_postgres() -> str | None:
    """What the tests on PostgreSQL lack here."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "psycopg is not installed"
    return None if programs() is not None else f"there is no PostgreSQL server under {INSTALLED}"


class Cluster:
    """A running server. It refuses to run as root, so root lends it another user."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = pwd.getpwnam("nobody")
            self._as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            os.chown(folder, user.pw_uid, user.pw_gid)
        self._run("initdb", "--no-sync", "--auth=trust", "--username=yijiao", "--encoding=UTF8", "--locale=C.UTF-8")
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=60"
        self._run("pg_ctl", "start", "--wait", f"--log={folder / 'log'}", f"--options={settings}")

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        self._run("pg_ctl", "stop", "--wait", "--mode=immediate")

    def new(self) -> str:
        """The URL of a new, empty database."""
        import psycopg

        name = f"store{next(self._numbers)}"
        with psycopg.connect(f"host={self._folder} user=yijiao dbname=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql+psycopg://yijiao@/{name}?host={self._folder}"

    def _run(self, program: str, *arguments: str) -> None:
        folder = programs()
        assert folder is not None
        command = [str(folder / program), f"--pgdata={self._folder / 'data'}", *arguments]
        with (self._folder / "said").open("a+") as said:
            # To a file: the server keeps what it inherits, and a pipe would never end.
            done = subprocess.run(command, cwd=self._folder, stdout=said, stderr=said, check=False, **self._as)
            said.seek(0)
            assert done.returncode == 0, said.read()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server for as long as it is needed."""
    # Short, as the name of a socket must be, and not below pytest's folders, which only their owner may enter.
    folder = Path(tempfile.mkdtemp(prefix="yijiao-pg-"))
    try:
        running = Cluster(folder)
        try:
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
