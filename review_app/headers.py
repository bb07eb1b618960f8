"""What tells a browser to be strict with the app: the headers that Streamlit leaves out."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE: Final = re.compile(rb"<script>([^<]*)</script>")
_POLICY: Final[Mapping[str, str]] = {
    "default-src": "'self'",
    # The app's own widgets are handed to the browser as blobs.
    "script-src": "'self' blob:",
    "worker-src": "'self' blob:",
    # Streamlit writes its styles into the page.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
}
_UNUSED: Final = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
_FIXED: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join(f"{name}=()" for name in _UNUSED),
}


class SecurityHeaders:
    """Adds headers to every answer that lacks them; ``page`` is the page whose own scripts may run."""

    def __init__(self, app: ASGIApp, page: Path) -> None:
        self._app = app
        found = {**_FIXED, "content-security-policy": policy(page.read_bytes())}
        self._headers = [(name.encode(), value.encode()) for name, value in found.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in self._headers if pair[0] not in present)]
            await send(message)

        await self._app(scope, receive, add)


def policy(page: bytes) -> str:
    """The content security policy: of the scripts inside a page, it lets run only those that stand in it now."""
    hashes = [f"'sha256-{b64encode(hashlib.sha256(script).digest()).decode()}'" for script in _INLINE.findall(page)]
    allowed = {**_POLICY, "script-src": " ".join([_POLICY["script-src"], *hashes])}
    return "; ".join(f"{name} {value}" for name, value in allowed.items())
