"""``/health``: whether decisions can be kept just now. The body is ``ok``, or says what is wrong with status 503."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from checks import dismissals
from checks.errors import InputError
from checks.files import state_dir
from review_app.service import Service

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route


def route(service: Service) -> Route:
    """Where a probe asks. Streamlit answers 200 on every path that it does not know, so the body tells."""
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    def answer(_request: Request) -> Response:
        found = troubles(service)
        never = {"cache-control": "no-store"}
        return PlainTextResponse("\n".join(found) or "ok", status_code=503 if found else 200, headers=never)

    return Route("/health", answer, methods=["GET"])


def troubles(service: Service) -> list[str]:
    """What is wrong, a line each; nothing here tells where things are, as anybody may ask."""
    if service.read_only:
        return []
    asked = {
        "store": service.store.trouble(),
        "review directory": _folder(service),
        "roles": "the file cannot be used" if service.access.error is not None else None,
    }
    return [f"{name}: {trouble}" for name, trouble in asked.items() if trouble is not None]


def _folder(service: Service) -> str | None:
    """Why decisions cannot be kept in the review directory: they, and the locks that every write takes, lie there."""
    review_dir = service.gate.settings.review_dir
    try:
        state = state_dir(review_dir)
        for folder in (review_dir, state):
            with tempfile.TemporaryFile(dir=folder) as file:
                # What a full disk does not take.
                file.write(b"\n" * 4096)
        dismissals.load(review_dir)
    except OSError as error:
        return error.strerror or type(error).__name__
    except InputError as error:
        return f"{dismissals.FILE_NAME} cannot be read" + (f" (line {error.line})" if error.line else "")
    return None
