"""The server: Streamlit with its production settings and security headers, on a socket bound beforehand."""

from __future__ import annotations

import logging
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checks.errors import SettingsError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FONT: Final = (
    "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', "
    "'Microsoft YaHei', sans-serif"
)
_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    (b"content-security-policy", b"frame-ancestors 'none'; object-src 'none'; base-uri 'self'"),
)


def bind(host: str, port: int) -> socket.socket:
    """A listening socket. Raises :class:`SettingsError` where there is none to be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        bound = socket.socket(family, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(128)
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "name another with --port, or take any free one with --port 0"
        raise SettingsError(f"{host}:{port}", None, f"cannot listen here ({reason}); {hint}") from None
    return bound


def address(bound: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = bound.getsockname()[:2]
    # Whoever listens everywhere is reached here too.
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{name}:{port}"


def options(host: str, port: int) -> dict[str, Any]:
    """Streamlit's settings; they win over any configuration file in the working folder."""
    light = {
        "primaryColor": "#1f5f8b",
        "backgroundColor": "#fbfbf9",
        "secondaryBackgroundColor": "#f1f1ec",
        "textColor": "#1e2326",
    }
    dark = {
        "primaryColor": "#7db7dd",
        "backgroundColor": "#15181b",
        "secondaryBackgroundColor": "#1f2327",
        "textColor": "#e4e6e3",
    }
    return {
        "server.address": host,
        "server.port": port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.runOnSave": False,
        "server.enableXsrfProtection": True,
        "server.enableStaticServing": False,
        "server.maxUploadSize": 1,
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "global.developmentMode": False,
        # The style is the same at each run: the browser keeps what is larger than this.
        "global.minCachedMessageSize": 4000,
        "logger.level": "warning",
        "theme.font": _FONT,
        "theme.baseFontSize": 15,
        **{f"theme.light.{name}": value for name, value in light.items()},
        **{f"theme.dark.{name}": value for name, value in dark.items()},
    }


def serve(bound: socket.socket) -> None:
    """Serve the app until it is told to stop."""
    # Late: Streamlit takes a quarter of a second, and bad usage should be told at once.
    import uvicorn
    from starlette.middleware import Middleware
    from streamlit import App
    from streamlit.web import bootstrap

    host, port = bound.getsockname()[:2]
    app = App(Path(__file__).with_name("app.py"), middleware=[Middleware(SecurityHeaders)])
    bootstrap.load_config_options(options(host, port))
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="websockets-sansio")).run(
        sockets=[bound]
    )


class SecurityHeaders:
    """Adds the headers that Streamlit leaves out to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in _HEADERS if pair[0] not in present)]
            await send(message)

        await self._app(scope, receive, add)
