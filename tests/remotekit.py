"""A web server with digests, and with what goes wrong on web servers."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

PASSWORD: Final = "pass-word-1"
_ENTRY: Final = f"Basic {base64.b64encode(f'editor:{PASSWORD}'.encode()).decode()}"


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder, lists it, and has some pages that no folder has."""

    def do_GET(self) -> None:
        page = self.path.strip("/").partition("/")[0]
        if page.isdecimal():
            self.send_error(int(page))
        elif page == "slow":
            # Longer than the test has patience; a byte now and then keeps the connection alive.
            self.send_response(200)
            self.end_headers()
            self._trickle()
        elif page == "endless":
            self._page('<a href="deeper/">deeper</a><a href="w.txt">text</a>')
        elif page == "elsewhere":
            self._page('<a href="http://198.51.100.1/x.md">x</a><a href="../secret.md">y</a><a href="?C=N">z</a>')
        elif page == "locked" and self.headers["Authorization"] != _ENTRY:
            self.send_error(401)
        else:
            self.path = self.path.removeprefix("/locked")
            super().do_GET()

    def _page(self, body: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def _trickle(self) -> None:
        for _ in range(50):
            try:
                self.wfile.write(b"#")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    def log_message(self, *args: Any) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The host and port of a server over a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
