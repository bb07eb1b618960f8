"""The server: Streamlit with its production settings, on a socket bound beforehand."""

from __future__ import annotations

import gc
import logging
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checks.errors import SettingsError
from review_app.signin import SignIn

if TYPE_CHECKING:
    from review_app.service import Service

_FONT: Final = (
    "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', "
    "'Microsoft YaHei', sans-serif"
)


def resolved(host: str, port: int) -> str:
    """The address of a host, as numbers. Raises :class:`SettingsError` for a name that has none."""
    try:
        return str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SettingsError(f"{host}:{port}", None, f"cannot listen here ({reason}); check --host") from None


def bind(host: str, port: int) -> socket.socket:
    """A listening socket at an address. Raises :class:`SettingsError` where there is none to be had."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
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


def options(host: str, port: int, sign_in: SignIn | None, hosts: list[str]) -> dict[str, Any]:
    """Streamlit's settings; they win over any configuration file in the working folder.

    ``hosts`` are the names under which a browser may ask, empty for any.
    """
    light = {
        "primaryColor": "#1f5f8b",
        "backgroundColor": "#fbfbf9",
        "secondaryBackgroundColor": "#f1f1ec",
        "textColor": "#1e2326",
        "chartCategoricalColors": ["#1f5f8b", "#c47f17", "#8a9296"],
    }
    dark = {
        "primaryColor": "#7db7dd",
        "backgroundColor": "#15181b",
        "secondaryBackgroundColor": "#1f2327",
        "textColor": "#e4e6e3",
        "chartCategoricalColors": ["#7db7dd", "#e8bd6a", "#9aa2a6"],
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
        "server.allowedHosts": hosts,
        # Behind a proxy that keeps the name it was asked under to itself.
        "server.corsAllowedOrigins": [sign_in.origin] if sign_in is not None and sign_in.origin else [],
        # What signs in is handed over by us, whatever lies about in the working or the home folder.
        "secrets.files": [],
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "global.developmentMode": False,
        # A text that stands alone in a script is a comment, not something to be shown.
        "runner.magicEnabled": False,
        # The style is the same at each run: the browser keeps what is larger than this.
        "global.minCachedMessageSize": 4000,
        "logger.level": "warning",
        "theme.font": _FONT,
        "theme.baseFontSize": 15,
        **{f"theme.light.{name}": value for name, value in light.items()},
        **{f"theme.dark.{name}": value for name, value in dark.items()},
    }


def serve(bound: socket.socket, service: Service, sign_in: SignIn | None, hosts: list[str]) -> None:
    """Serve the app until it is told to stop."""
    # Late: Streamlit takes a quarter of a second, and bad usage should be told at once.
    import uvicorn
    from starlette.middleware import Middleware
    from streamlit import App
    from streamlit.file_util import get_static_dir
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.web import bootstrap

    from review_app import health
    from review_app.headers import SecurityHeaders

    # Otherwise the first visitor's address may be taken for a file of pages/, which Streamlit would run by itself.
    PagesManager.uses_pages_directory = False
    host, port = bound.getsockname()[:2]
    app = App(
        Path(__file__).with_name("app.py"),
        middleware=[Middleware(SecurityHeaders, page=Path(get_static_dir(), "index.html"))],
        routes=[health.route(service)],
        secrets={"auth": dict(sign_in.auth)} if sign_in is not None and sign_in.auth is not None else None,
    )
    bootstrap.load_config_options(options(host, port, sign_in, hosts))
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    # Streamlit collects garbage after each run of a page; findings by the ten thousand are none, and looking
    # through them would take longer than the page.
    gc.collect()
    gc.freeze()
    uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="websockets-sansio")).run(
        sockets=[bound]
    )
