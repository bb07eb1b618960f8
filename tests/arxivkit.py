"""The API of arXiv on the loopback, as it answers and as it fails."""

from __future__ import annotations

import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final, NamedTuple
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from checks.sources.client import SENTINEL
from checks.sources.identifiers import canonical


class Paper(NamedTuple):
    """What arXiv knows of one paper."""

    title: str
    abstract: str
    version: int = 1


KNOWN: Final = {SENTINEL: Paper("A paper that has always been there", "We prove that it exists.")}


def feed(entries: Sequence[str] = (), total: int | None = None) -> str:
    """A feed with these entries."""
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns="http://www.w3.org/2005/Atom">\n'
        "  <id>https://arxiv.org/api/UYD++GGrMRBcNyYZKVyqJHdTM3s</id>\n"
        "  <title>arXiv Query: search_query=&amp;id_list=&amp;start=0&amp;max_results=100</title>\n"
        "  <updated>2026-05-11T23:51:23Z</updated>\n"
        '  <link href="https://arxiv.org/api/query?search_query=&amp;start=0" type="application/atom+xml"/>\n'
        "  <opensearch:itemsPerPage>100</opensearch:itemsPerPage>\n"
        f"  <opensearch:totalResults>{len(entries) if total is None else total}</opensearch:totalResults>\n"
        "  <opensearch:startIndex>0</opensearch:startIndex>\n" + "".join(entries) + "</feed>\n"
    )


def entry(number: str, paper: Paper) -> str:
    """The entry of a paper, with all that is beside its title and abstract."""
    versioned = f"{number}v{paper.version}"
    return (
        f"  <entry>\n    <id>http://arxiv.org/abs/{versioned}</id>\n    <title>{escape(paper.title)}</title>\n"
        "    <updated>2025-04-22T17:59:46Z</updated>\n"
        f'    <link href="https://arxiv.org/abs/{versioned}" rel="alternate" type="text/html"/>\n'
        f'    <link href="https://arxiv.org/pdf/{versioned}" rel="related" type="application/pdf" title="pdf"/>\n'
        f"    <summary>  {escape(paper.abstract)}\n</summary>\n"
        '    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>\n'
        "    <published>2025-04-21T17:59:46Z</published>\n    <arxiv:comment>12 pages &amp; a poster</arxiv:comment>\n"
        '    <arxiv:primary_category term="cs.CL"/>\n'
        "    <author>\n      <name>A. Author</name>\n      <arxiv:affiliation>Somewhere</arxiv:affiliation>\n"
        "    </author>\n  </entry>\n"
    )


def error(summary: str) -> str:
    """The entry that says what is wrong with a request."""
    address = f"https://arxiv.org/api/errors#{summary.replace(' ', '_')}"
    return (
        f"  <entry>\n    <id>{address}</id>\n    <title>Error</title>\n    <updated>2026-04-12T22:59:06Z</updated>\n"
        f'    <link href="{address}" rel="alternate" type="text/html"/>\n    <summary>{summary}</summary>\n'
        "    <author>\n      <name>arXiv api core</name>\n    </author>\n  </entry>\n"
    )


Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    api: Api

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        self.ids = query.get("id_list", [""])[0].split(",")
        with self.api.guard:
            self.api.asked.append(self.ids)
            self.api.agents.append(self.headers["User-Agent"])
            answer = self.api.script.popleft() if self.api.script else known
        assert int(query["max_results"][0]) >= len(self.ids)
        answer(self)

    def send(self, status: int, body: str | bytes, headers: dict[str, str] | None = None) -> None:
        """A whole answer."""
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/atom+xml; charset=utf-8",
            "Content-Length": str(len(data)),
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@dataclass
class Api:
    """A server, what it knows and how it will answer; without a script it answers as arXiv does."""

    address: str
    papers: dict[str, Paper] = field(default_factory=lambda: dict(KNOWN))
    script: deque[Answer] = field(default_factory=deque)
    asked: list[list[str]] = field(default_factory=list)
    """The identifiers of each request."""
    agents: list[str] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def numbers(self) -> list[list[str]]:
        """The identifiers of each request, without the one that is always asked for."""
        return [[number for number in ids if number != SENTINEL] for ids in self.asked]


@contextmanager
def serving() -> Iterator[Api]:
    """Serve on a free port."""

    class handler(Handler):  # noqa: N801
        pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    api = Api(f"http://127.0.0.1:{server.server_port}/api/query")
    handler.api = api
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def known(handler: Handler) -> None:
    """The papers that there are, in an order of arXiv's own; those that there are not are left out."""
    papers = handler.api.papers
    wrong = next((number for number in handler.ids if number.startswith("bad")), None)
    if wrong is not None:
        handler.send(400, feed([error(f"incorrect id format for {wrong}")]))
        return
    found = [entry(number, papers[number]) for number in map(canonical, reversed(handler.ids)) if number in papers]
    handler.send(200, feed(found))


def body(text: str | bytes, status: int = 200, **headers: str) -> Answer:
    """Answer with this."""
    return lambda handler: handler.send(
        status, text, {name.replace("_", "-"): value for name, value in headers.items()}
    )


def cut(handler: Handler) -> None:
    """Announce more than is sent."""
    data = feed([entry(number, Paper("T", "A")) for number in handler.ids]).encode()
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data[: len(data) // 2])


def reset(handler: Handler) -> None:
    """Reset the connection."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    # The last reference to the socket, or it stays open.
    handler.rfile.close()
    handler.connection.close()


def stall(event: threading.Event) -> Answer:
    """Do not answer before the event."""

    def answer(handler: Handler) -> None:
        event.wait(60)

    return answer
