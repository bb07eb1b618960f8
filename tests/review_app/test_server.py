"""What the server answers: headers, health, and under which names."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browserkit import ROOT, Server
from reviewkit import Opener

from review_app import health
from review_app.headers import policy
from review_app.service import Service

SCRIPT = b"\n  window.x = false\n"


@pytest.fixture
def server(project: Path) -> Iterator[Server]:
    running = Server(project)
    yield running
    running.stop()


def ask(server: Server, path: str) -> tuple[int, str, http.client.HTTPMessage]:
    try:
        with urllib.request.urlopen(server.url + path, timeout=60) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers


def test_every_answer_has_the_headers_of_a_careful_server(server: Server) -> None:
    for path in ("/", "/health", "/_stcore/health", "/no/such/page", "/_stcore/no-such"):
        _, _, headers = ask(server, path)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        told = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
        assert told["frame-ancestors"] == told["object-src"] == "'none'"
        assert told["default-src"] == told["base-uri"] == told["form-action"] == "'self'"
        assert "unsafe" not in told["script-src"]


def test_health_tells_the_truth_and_recovers(server: Server, project: Path) -> None:
    status, body, headers = ask(server, "/health")
    assert (status, body, headers["Cache-Control"]) == (200, "ok", "no-store")
    decisions = project / "data/review/dismissals.jsonl"
    decisions.write_text("<<<<<<< ours\n", encoding="utf-8")
    assert ask(server, "/health")[:2] == (503, "review directory: dismissals.jsonl cannot be read (line 1)")
    decisions.unlink()
    (store,) = (project / "data/review/.state").glob("store.sqlite")
    store.rename(project / "aside")
    store.mkdir()
    assert ask(server, "/health")[:2] == (503, "store: unable to open database file")
    store.rmdir()
    assert ask(server, "/health")[:2] == (200, "ok")


def test_health_names_each_trouble_and_no_place(project: Path, opener: Opener) -> None:
    service = opener()
    assert health.troubles(service) == []
    (project / "data/review/roles.toml").write_text("nonsense", encoding="utf-8")
    assert health.troubles(service) == []
    # Roles are read where somebody asks to do something.
    assert service.may("lin")
    assert health.troubles(service) == ["roles: the file cannot be used"]
    (project / "data/review/roles.toml").unlink()
    state = project / "data/review/.state"
    shutil.rmtree(state)
    state.write_text("in the way", encoding="utf-8")
    found = health.troubles(service)
    assert "review directory: File exists" in found
    assert str(project) not in "".join(found)


def test_who_only_looks_needs_nothing(opener: Opener) -> None:
    service: Service = opener(read_only=True)
    assert health.troubles(service) == []


def upgrade(server: Server, host: str, origin: str) -> int:
    """Ask for a WebSocket; the status that comes back."""
    parts = urlsplit(server.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    connection.putrequest("GET", "/_stcore/stream", skip_host=True)
    for name, value in (
        ("Host", host),
        ("Origin", origin),
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("Sec-WebSocket-Protocol", "streamlit, x"),
    ):
        connection.putheader(name, value)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_page_of_another_site_does_not_come_in_under_a_name_of_its_own(server: Server) -> None:
    port = urlsplit(server.url).port
    for name in ("127.0.0.1", "localhost"):
        assert upgrade(server, f"{name}:{port}", f"http://{name}:{port}") == 101
    # Its name points here now, as its owner has the say over that.
    assert upgrade(server, f"evil.example:{port}", f"http://evil.example:{port}") == 403


def test_the_command_serves_until_it_is_told_to_stop(project: Path) -> None:
    command = [sys.executable, "-m", "review_app", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        with urllib.request.urlopen(f"{url}/health", timeout=60) as answer:
            assert answer.read() == b"ok"
        process.terminate()
        assert process.wait(60) in (0, -signal.SIGTERM)


def test_only_scripts_that_stand_in_the_page_may_run() -> None:
    told = policy(b"<html><script>%b</script><script src='x.js'></script></html>" % SCRIPT)
    (run,) = re.findall(r"script-src ([^;]*)", told)
    assert run == f"'self' blob: 'sha256-{b64encode(sha256(SCRIPT).digest()).decode()}'"
