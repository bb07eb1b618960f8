"""What goes wrong with a URL, as an error of the user's: file systems raise what they like."""

from __future__ import annotations

from http import HTTPStatus

from glossary.errors import InputError
from glossary.remote import opening
from glossary.remote.urls import told


def refusal(url: str, error: BaseException) -> InputError:
    """The error that names the URL, without its credentials, and the remedy."""
    # fsspec takes any failure of the request for the size for a file that is not there.
    if isinstance(error, FileNotFoundError) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    # As aiohttp says it, and requests.
    status = getattr(error, "status", getattr(getattr(error, "response", None), "status_code", None))
    reason = _answered(status) if isinstance(status, int) else _reason(url, error)
    return InputError(told(url), None, reason)


def _answered(status: int) -> str:
    """What a web server means by refusing."""
    if status == HTTPStatus.NOT_FOUND:
        return "no such file or folder; check the URL"
    remedy = "try again later" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "check the URL"
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED):
        remedy = "check the credentials"
    known = status in {each.value for each in HTTPStatus}
    return f"the server answered {status}{' ' + HTTPStatus(status).phrase if known else ''}; {remedy}"


def _reason(url: str, error: BaseException) -> str:
    # The text of an error may hold the URL.
    said = str(error) if told(url) == url else ""
    reason = f"cannot be read ({said or type(error).__name__}); check the URL"
    match error:
        case FileNotFoundError():
            reason = "no such file or folder; check the URL"
        case IsADirectoryError():
            reason = "is a folder, not a file"
        case PermissionError():
            reason = "access was refused; check the credentials that this machine has for it"
        case TimeoutError():
            reason = f"no answer in time (over HTTP {opening.SECONDS:.0f} s); try again later, or fetch it first"
        case ImportError():
            reason = f"cannot be opened: {error}"
        case OSError(strerror=str(problem)) if problem:
            reason = f"cannot be reached ({problem}); check the URL and the network"
        case ValueError() if "Protocol not known" in str(error):
            scheme = url.partition(":")[0]
            reason = f"no protocol is called {scheme}; check the URL, or write ./ before the name of a file"
    return reason
