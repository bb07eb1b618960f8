"""Asking the arXiv API: politely, patiently, and believing nothing that is not an answer."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path

import pytest
from arxivkit import Answer, Api, Handler, Paper, body, cut, entry, error, feed, known, reset, serving, stall

from checks.errors import InputError
from checks.model import SourceText
from checks.sources import client
from checks.sources.client import ATTEMPTS, LONGEST_PAUSE, PAUSE, SENTINEL, Client, FetchError

NUMBER = "2504.15120"
FOUND = {NUMBER: SourceText(NUMBER, "A Title", "An abstract.")}


@dataclass
class Clock:
    """A clock that only sleeping moves."""

    now: float = 1_750_000_000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Api]:
    """A server of its own, its turns kept apart from those of others."""
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with serving() as served:
        served.papers[NUMBER] = Paper("A\n  Title", "An\nabstract.", 2)
        yield served


@pytest.fixture
def clock() -> Clock:
    return Clock()


def user(api: Api, clock: Clock, delay: float = 3.0, said: list[str] | None = None) -> Client:
    return Client(api.address, delay, ([] if said is None else said).append, sleep=clock.sleep, clock=clock)


def test_papers_of_both_schemes_come_without_version_and_line_breaks(api: Api, clock: Clock) -> None:
    api.papers["math/0309136"] = Paper("Old <i>&", "$a<b$ & c")
    found = user(api, clock).papers([NUMBER, "math/0309136", "2504.00009"])
    assert found == {**FOUND, "math/0309136": SourceText("math/0309136", "Old <i>&", "$a<b$ & c")}
    assert api.asked == [[NUMBER, "math/0309136", "2504.00009", SENTINEL]]
    assert all(agent.startswith("yijiao/") for agent in api.agents)


def test_the_paper_that_is_always_asked_for_can_be_wanted(api: Api, clock: Clock) -> None:
    assert user(api, clock).papers([SENTINEL]).keys() == {SENTINEL}
    assert api.asked == [[SENTINEL]]


def test_requests_are_three_seconds_apart_whoever_makes_them(api: Api, clock: Clock) -> None:
    first, second = user(api, clock), user(api, clock)
    first.papers([NUMBER])
    second.papers([NUMBER])
    clock.now += 1
    first.papers([NUMBER])
    clock.now += 10
    second.papers([NUMBER])
    assert clock.slept == [3.0, 2.0]


def test_a_failed_request_counts_as_one(api: Api, clock: Clock) -> None:
    api.script.append(body("", 404))
    with pytest.raises(FetchError):
        user(api, clock).papers([NUMBER])
    user(api, clock).papers([NUMBER])
    assert clock.slept == [3.0]


def test_a_clock_that_was_set_back_does_not_stop_us(api: Api, clock: Clock) -> None:
    user(api, clock).papers([NUMBER])
    clock.now -= 86_400
    user(api, clock).papers([NUMBER])
    assert clock.slept == [3.0]


def test_one_connection_at_a_time(api: Api, clock: Clock) -> None:
    running: list[int] = []
    most: list[int] = []

    def answer(handler: Handler) -> None:
        running.append(1)
        most.append(len(running))
        time.sleep(0.05)
        running.pop()
        known(handler)

    api.script.extend([answer] * 4)
    users = [user(api, Clock(), 0.0) for _ in range(4)]
    threads = [threading.Thread(target=each.papers, args=([NUMBER],)) for each in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1, 1]


HTML = "<!DOCTYPE html>\n<html><head><title>Log in</title></head><body><p>Wi-Fi</body></html>"
XHTML = '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/{NUMBER}v1</id><title>&b;</title>'
    "<summary>x</summary></entry></feed>"
)
FILE = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/{NUMBER}v1</id><title>&f;</title>'
    "</entry></feed>"
)
OTHERS = [entry(SENTINEL, Paper("T", "A")), entry("2504.99999", Paper("Not asked for", "A"))]
UNTITLED = [entry(SENTINEL, Paper("T", "A")), entry(NUMBER, Paper(" ", "A"))]
PASSING: list[tuple[Answer, str]] = [
    (body("Rate exceeded.", 429), "answered 429 Too Many Requests"),
    (body("", 503), "answered 503 Service Unavailable"),
    (body("", 500), "answered 500"),
    (body(feed()), "sent an empty answer"),
    (body(feed(total=1)), "sent an empty answer"),
    (body(""), "sent nothing"),
    (body(HTML), "sent a web page instead of an Atom feed"),
    (body(XHTML), "sent something else than an Atom feed"),
    (body(feed(OTHERS)[:-30]), "sent an answer that is broken or breaks off"),
    (body(b"\xff\xfe\x00 nonsense"), "sent an answer that is broken or breaks off"),
    (body(BOMB), "sent a document type"),
    (body(FILE), "sent a document type"),
    (body(feed(OTHERS)), "sent a paper that was not asked for (http://arxiv.org/abs/2504.99999v1)"),
    (body(feed(["<entry><title>Nameless</title></entry>"])), "sent a paper that was not asked for (no id)"),
    (body(feed(UNTITLED)), f"sent {NUMBER} without its title"),
    (body("not gzip", Content_Encoding="gzip"), "broke off its answer"),
    (cut, "broke off its answer"),
    (reset, "cannot be reached (Connection reset by peer)"),
]


@pytest.mark.parametrize(("answer", "says"), PASSING, ids=[says for _, says in PASSING])
def test_what_passes_is_waited_for(api: Api, clock: Clock, answer: Answer, says: str) -> None:
    said: list[str] = []
    api.script.append(answer)
    assert user(api, clock, said=said).papers([NUMBER]) == FOUND
    assert clock.slept == [PAUSE]
    (sentence,) = said
    assert says in sentence
    assert sentence.endswith(f"attempt 2 of {ATTEMPTS} in {PAUSE:.0f} s")


@pytest.mark.parametrize(("answer", "says"), PASSING[:6], ids=[says for _, says in PASSING[:6]])
def test_what_does_not_pass_is_given_up(api: Api, clock: Clock, answer: Answer, says: str) -> None:
    api.script.extend([answer] * ATTEMPTS)
    with pytest.raises(FetchError, match=f"{ATTEMPTS} times in a row; try again later") as caught:
        user(api, clock).papers([NUMBER])
    assert says in caught.value.message
    assert clock.slept == [PAUSE, 2 * PAUSE, 4 * PAUSE, 8 * PAUSE]
    assert len(api.asked) == ATTEMPTS


def test_a_server_is_left_alone_as_long_as_it_says(api: Api, clock: Clock) -> None:
    api.script.append(body("", 429, Retry_After="47"))
    api.script.append(body("", 503, Retry_After="1"))
    api.script.append(body("", 503, Retry_After="soon"))
    assert user(api, clock).papers([NUMBER]) == FOUND
    assert clock.slept == [47.0, 2 * PAUSE, 4 * PAUSE]


def test_a_server_may_name_a_time(api: Api, clock: Clock) -> None:
    api.script.append(body("", 503, Retry_After=formatdate(time.time() + 120, usegmt=True)))
    assert user(api, clock).papers([NUMBER]) == FOUND
    (slept,) = clock.slept
    assert 60 < slept <= 120


def test_a_long_wait_is_left_to_the_user(api: Api, clock: Clock) -> None:
    api.script.append(body("", 429, Retry_After=str(int(LONGEST_PAUSE) + 1200)))
    with pytest.raises(FetchError, match="left alone for 30 minutes"):
        user(api, clock).papers([NUMBER])
    assert clock.slept == []


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (body("", 403), "answered 403 Forbidden; check --api and your network"),
        (body("", 404), "answered 404 Not Found"),
        (body("nonsense", 400), "answered 400 without a reason"),
        (body(feed(), 400), "answered 400 without a reason"),
        (body(feed([error("max_results must be an integer")]), 400), "refused the request: max_results must be"),
        (body(feed([error("")])), "it gave no reason"),
        (body(feed([error("incorrect id format for 2504.00077")])), "refused the request: incorrect id format"),
        (body(feed([error(f"incorrect id format for {SENTINEL}")])), f"does not know {SENTINEL}, which arXiv knows"),
    ],
)
def test_what_cannot_pass_is_told_at_once(api: Api, clock: Clock, answer: Answer, says: str) -> None:
    api.script.append(answer)
    with pytest.raises(FetchError) as caught:
        user(api, clock).papers([NUMBER])
    assert says in caught.value.message
    assert len(api.asked) == 1


def test_one_identifier_that_is_refused_does_not_fail_the_others(api: Api, clock: Clock) -> None:
    assert user(api, clock).papers(["bad/0112017", NUMBER, "bad/0112018"]) == FOUND
    assert api.numbers == [["bad/0112017", NUMBER, "bad/0112018"], [NUMBER, "bad/0112018"], [NUMBER]]
    assert user(api, clock).papers(["bad/0112017"]) == {}
    assert clock.slept == [3.0, 3.0, 3.0]


@pytest.mark.parametrize(
    "notice",
    [
        "This paper has been withdrawn by the author due to an error in equation 3.",
        "This submission has been temporarily withdrawn for revision.",
        "Paper withdrawn by the authors.",
        "The authors have withdrawn this paper.",
        "",
    ],
)
def test_a_notice_is_no_abstract(api: Api, clock: Clock, notice: str) -> None:
    api.papers[NUMBER] = Paper("A Title", notice, 3)
    assert user(api, clock).papers([NUMBER]) == {NUMBER: SourceText(NUMBER, "A Title", "")}


@pytest.mark.parametrize(
    "abstract",
    [
        "This paper studies papers that were withdrawn.",
        "The reports that users have withdrawn money early are analysed.",
        "Withdrawn papers are a growing problem.",
    ],
)
def test_an_abstract_is_no_notice(api: Api, clock: Clock, abstract: str) -> None:
    api.papers[NUMBER] = Paper("A Title", abstract)
    assert user(api, clock).papers([NUMBER])[NUMBER].abstract == abstract


def test_a_redirect_is_followed_and_a_circle_is_not(api: Api, clock: Clock) -> None:
    def away(handler: Handler) -> None:
        handler.send(301, "", {"Location": handler.path.replace("/api/", "/moved/")})

    api.script.append(away)
    assert user(api, clock).papers([NUMBER]) == FOUND
    api.script.extend([away] * 9)
    with pytest.raises(FetchError, match="from one address to the next"):
        user(api, clock).papers([NUMBER])


def test_a_slow_answer_is_not_waited_for(api: Api, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "TIMEOUT", (5.0, 0.2))
    end = threading.Event()
    said: list[str] = []
    try:
        api.script.append(stall(end))
        assert user(api, clock, said=said).papers([NUMBER]) == FOUND
    finally:
        end.set()
    assert "did not answer in time" in said[0]


def test_too_much_is_not_read(api: Api, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "LARGEST", 100_000)
    api.script.extend([body(b" " * 200_000)] * ATTEMPTS)
    with pytest.raises(FetchError, match="far more than was asked for"):
        user(api, clock).papers([NUMBER])


def test_nobody_there(api: Api, clock: Clock) -> None:
    with serving() as gone:
        address = gone.address
    with pytest.raises(FetchError, match="Connection refused"):
        Client(address, 0.0, [].append, sleep=clock.sleep, clock=clock).papers([NUMBER])


def test_addresses_that_cannot_be_asked(api: Api, clock: Clock) -> None:
    for address, says in (
        (api.address.replace("http:", "https:"), "127.0.0.1: cannot be reached securely"),
        ("http://a..b/api", "http://a..b/api: is no address"),
    ):
        with pytest.raises(FetchError, match=says):
            Client(address, 0.0, [].append, sleep=clock.sleep, clock=clock).papers([NUMBER])
    assert (clock.slept, api.asked) == ([], [])


def test_a_temporary_folder_that_cannot_be_used(
    api: Api, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(InputError, match="set TMPDIR"):
        user(api, clock).papers([NUMBER])
