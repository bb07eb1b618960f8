"""Asking the arXiv API, as its terms of use want it asked.

One request in three seconds over one connection, by all processes of this user together
(https://info.arxiv.org/help/api/tou.html); failures are tried again after growing pauses, and never sooner than the
server says.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError, InvalidHeader, LocationParseError, ReadTimeoutError
from urllib3.util import Retry

from checks.errors import InputError
from checks.model import SourceText
from checks.sources.atom import ApiError, BadAnswer, RefusedId, papers
from checks.sources.turns import turn
from checks.verdict import VERSION

ATTEMPTS: Final = 5
PAUSE: Final = 5.0
"""Seconds before the second attempt; each further pause is twice as long."""
LONGEST_PAUSE: Final = 600.0
"""A server that wants a longer one is left alone until the user asks again."""
TIMEOUT: Final = (15.0, 60.0)
"""Seconds for a connection, and between two pieces of an answer."""
LARGEST: Final = 32_000_000
"""Bytes; a hundred papers are some three hundred thousand."""
SENTINEL: Final = "0704.0001"
"""A paper that exists.

The API sometimes answers a good request with an empty feed. Asked along with the others, this one tells such an answer
from one that does not know them.
"""
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})


class FetchError(InputError):
    """The API could not be asked, or did not answer."""


class _Fault(Exception):
    """What may be over at the next attempt."""

    def __init__(self, problem: str, wait: float = 0.0) -> None:
        super().__init__(problem)
        self.wait = wait


class Client:
    """One user of the API; ``say`` gets a sentence where there is a wait that a person would wonder about."""

    def __init__(
        self,
        api: str,
        delay: float,
        say: Callable[[str], None],
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._api = api
        self._host = urlsplit(api).hostname or api
        self._delay = delay
        self._say = say
        self._sleep = sleep
        self._clock = clock
        self._session = requests.Session()
        self._session.max_redirects = 3
        self._session.headers["User-Agent"] = f"yijiao/{VERSION} (python -m checks.sources fetch)"

    def papers(self, numbers: Sequence[str]) -> dict[str, SourceText]:
        """The English of the papers that arXiv knows, by canonical identifier, in which they must be given.

        Raises :class:`FetchError` where it cannot be asked, or answers nothing that can be used.
        """
        left = list(numbers)
        while left:
            try:
                return self._patiently(left)
            except RefusedId as error:
                if error.number not in left:
                    problem = f"does not know {error.number}, which arXiv knows; check --api"
                    raise FetchError(self._host, None, problem) from None
                # One such identifier fails the whole request.
                left.remove(error.number)
        return {}

    def _patiently(self, numbers: Sequence[str]) -> dict[str, SourceText]:
        attempt = 1
        while True:
            try:
                return self._once(numbers)
            except ApiError as error:
                raise FetchError(self._host, None, f"{error}; check --api, or report it") from None
            except _Fault as fault:
                pause = max(PAUSE * 2 ** (attempt - 1), fault.wait)
                if attempt == ATTEMPTS:
                    raise FetchError(self._host, None, f"{fault}, {ATTEMPTS} times in a row; try again later") from None
                if pause > LONGEST_PAUSE:
                    problem = f"{fault} and wants to be left alone for {pause / 60:.0f} minutes; try again then"
                    raise FetchError(self._host, None, problem) from None
                attempt += 1
                self._say(f"{self._host} {fault}; attempt {attempt} of {ATTEMPTS} in {pause:.0f} s")
                self._sleep(pause)

    def _once(self, numbers: Sequence[str]) -> dict[str, SourceText]:
        asked = dict.fromkeys([*numbers, SENTINEL])
        with turn(self._host, self._delay, clock=self._clock, sleep=self._sleep), self._translated():
            status, data = self._get(list(asked))
        try:
            found = papers(data, asked)
        except BadAnswer as error:
            if status == requests.codes.ok:
                raise _Fault(str(error)) from None
            found = {}
        if status != requests.codes.ok:
            raise ApiError(f"answered {status} without a reason")
        if SENTINEL not in found:
            raise _Fault("sent an empty answer")
        return {number: found[number] for number in numbers if number in found}

    def _get(self, numbers: Sequence[str]) -> tuple[int, bytes]:
        """The status of an answer that should be a feed, and its body."""
        # Without max_results it answers with ten.
        query = {"id_list": ",".join(numbers), "max_results": str(len(numbers))}
        with self._session.get(self._api, params=query, timeout=TIMEOUT, stream=True) as response:
            # A bad request is answered with a feed that says why.
            if response.status_code not in (requests.codes.ok, requests.codes.bad_request):
                raise self._refusal(response)
            data = bytearray()
            for piece in response.iter_content(1 << 16):
                data += piece
                if len(data) > LARGEST:
                    raise _Fault("sent far more than was asked for")
            return response.status_code, bytes(data)

    def _refusal(self, response: requests.Response) -> Exception:
        answered = f"answered {response.status_code} {response.reason or ''}".rstrip()
        if response.status_code not in _PASSING:
            return FetchError(self._host, None, f"{answered}; check --api and your network")
        wait = 0.0
        with suppress(InvalidHeader):
            wait = Retry().parse_retry_after(response.headers.get("Retry-After", ""))
        return _Fault(answered, wait)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """What the network does, as faults; what the user did, as errors."""
        try:
            yield
        except (requests.exceptions.InvalidSchema, requests.exceptions.InvalidURL, LocationParseError) as error:
            raise FetchError(self._api, None, f"is no address ({error}); check --api") from None
        except requests.TooManyRedirects:
            raise FetchError(self._host, None, "sends us from one address to the next; check --api") from None
        except requests.exceptions.SSLError:
            problem = "cannot be reached securely; check the network, and REQUESTS_CA_BUNDLE behind a proxy"
            raise FetchError(self._host, None, problem) from None
        except (requests.Timeout, requests.ConnectionError) as error:
            raise _Fault(_unreached(error)) from None
        except (requests.RequestException, HTTPError):
            raise _Fault("broke off its answer") from None


def _unreached(error: BaseException) -> str:
    """Why there is no answer, from the system's own error at the root of the libraries'."""
    cause: BaseException | None = error
    reason = "no connection"
    while cause is not None:
        if isinstance(cause, requests.Timeout | TimeoutError | ReadTimeoutError):
            return "did not answer in time"
        reason = getattr(cause, "strerror", None) or reason
        cause = cause.__cause__ or cause.__context__
    return f"cannot be reached ({reason})"
