"""Readers of the reports: each takes a whole document of its format, or fails."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any, Final, NamedTuple

import jsonschema
from junitparser import Error, Failure, JUnitXml
from sarif_kit.validate import validation_errors

from checks.verdict import VERSION


class Told(NamedTuple):
    """What a report says: codes of its findings in order (one for several, in JUnit), and its errors."""

    findings: list[str]
    errors: list[str]


_CODE: Final = re.compile(r"\b[A-Z]{3}\d{3}\b")


def read(form: str, text: str) -> Told:
    """What a document says."""
    return _READERS[form](text)


def _texts(text: str) -> Told:
    lines = text.split("\n")
    assert lines.pop() == ""
    assert any(re.match(r"[\d,]+ files?, [\d,]+ entr", line) for line in lines)
    found = [match[1] for line in lines if (match := re.search(r":\d+:\d+: ([A-Z]{3}\d{3})\b", line))]
    return Told(found, ["?"] * len([line for line in lines if line.startswith("Not everything could be judged")]))


def _json(text: str) -> Told:
    document = json.loads(text)
    assert document.keys() == {"findings", "summary"}
    errors = [error["path"] for error in document["summary"]["errors"]]
    return Told([finding["code"] for finding in document["findings"]], errors)


def _jsonl(text: str) -> Told:
    return Told([json.loads(line)["code"] for line in text.splitlines()], [])


def _sarif(text: str) -> Told:
    log = json.loads(text)
    assert validation_errors(log) == []
    (run,) = log["runs"]
    (invocation,) = run["invocations"]
    notices = invocation["toolExecutionNotifications"] + invocation["toolConfigurationNotifications"]
    assert invocation["executionSuccessful"] == (not notices)
    open_ = [result for result in run["results"] if not result["suppressions"]]
    return Told([result["ruleId"] for result in open_], [notice["message"]["text"] for notice in notices])


def _junit(text: str) -> Told:
    suites = JUnitXml.fromstring(text.encode())
    assert isinstance(suites, JUnitXml)
    results = [result for suite in suites for case in suite for result in case.result]
    errors = [str(result.message) for result in results if isinstance(result, Error)]
    failures = [result for result in results if isinstance(result, Failure)]
    assert (suites.errors, suites.failures) == (len(errors), len(failures))
    assert suites.tests == sum(suite.tests for suite in suites) == sum(len(list(suite)) for suite in suites)
    return Told([code for result in failures for code in _CODE.findall(str(result.type))], errors)


class Command(NamedTuple):
    """A workflow command, as the runner takes it apart."""

    name: str
    properties: dict[str, str]
    data: str


def commands(text: str) -> tuple[list[Command], list[str]]:
    """The commands of an output, and its other lines, by the runner's rules."""
    found: list[Command] = []
    rest: list[str] = []
    for line in re.split(r"\r\n|\r|\n", text):
        match = re.fullmatch(r"\s*::(\w+)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)", line)
        if match is None:
            assert "##[" not in line
            rest.append(line)
            continue
        pairs = dict(pair.split("=", 1) for pair in (match[2] or "").split(",") if pair)
        properties = {name: _unescaped(value, ",", ":") for name, value in pairs.items()}
        found.append(Command(match[1], properties, _unescaped(match[3])))
    return found, rest


def _unescaped(text: str, *more: str) -> str:
    for char in ("\r", "\n", *more):
        text = text.replace(f"%{ord(char):02X}", char)
    assert not re.search(r"%(?!25)", text)
    return text.replace("%25", "%")


_LEVELS: Final = ("error", "warning", "notice")


def _github(text: str) -> Told:
    found, rest = commands(text)
    levels = [command.name for command in found if command.name in _LEVELS]
    assert all(levels.count(level) <= 10 for level in levels)
    assert levels == sorted(levels, key=_LEVELS.index), "the worst first"
    titles = [command.properties["title"] for command in found if "title" in command.properties]
    grouped = [
        match[0] for line in rest if line.startswith(("error ", "warning ", "info ")) for match in [_first(line)]
    ]
    return Told(
        [title[:6] for title in titles if title != "Not judged"] + grouped, [t for t in titles if t == "Not judged"]
    )


def _first(line: str) -> re.Match[str]:
    found = _CODE.search(line)
    assert found
    return found


POSITION: Final = {
    "type": "object",
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
    "required": ["line"],
    "additionalProperties": False,
}
RANGE: Final = {
    "type": "object",
    "properties": {"start": POSITION, "end": POSITION},
    "required": ["start"],
    "additionalProperties": False,
}
RDJSON: Final = {
    "type": "object",
    "required": ["source", "diagnostics"],
    "additionalProperties": False,
    "properties": {
        "source": {
            "type": "object",
            "properties": {"name": {"const": "yijiao"}},
            "required": ["name"],
            "additionalProperties": False,
        },
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "location", "severity"],
                "additionalProperties": False,
                "properties": {
                    "message": {"type": "string", "minLength": 1},
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": {
                        "type": "object",
                        "properties": {"value": {"type": "string", "pattern": "^[A-Z]{3}[0-9]{3}$"}},
                        "required": ["value"],
                        "additionalProperties": False,
                    },
                    "location": {
                        "type": "object",
                        "properties": {"path": {"type": "string", "minLength": 1}, "range": RANGE},
                        "required": ["path"],
                        "additionalProperties": False,
                    },
                    "suggestions": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"range": RANGE, "text": {"type": "string"}},
                            "required": ["range", "text"],
                            "additionalProperties": False,
                        },
                    },
                },
            },
        },
    },
}
"""Reviewdog's DiagnosticResult (proto/rdf/reviewdog.proto), as far as it is written."""

GITLAB: Final = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": False,
                        "properties": {
                            "begin": {"type": "integer", "minimum": 1},
                            "end": {"type": "integer", "minimum": 1},
                        },
                    },
                },
            },
        },
    },
}
"""What GitLab's documentation of Code Quality asks for."""


def _rdjson(text: str) -> Told:
    document = json.loads(text)
    jsonschema.validate(document, RDJSON)
    codes = [each["code"]["value"] for each in document["diagnostics"] if "code" in each]
    return Told(codes, [each["message"] for each in document["diagnostics"] if "code" not in each])


def _gitlab(text: str) -> Told:
    document = json.loads(text)
    jsonschema.validate(document, GITLAB)
    prints = [each["fingerprint"] for each in document]
    assert len(set(prints)) == len(prints)
    found = [each for each in document if each["severity"] != "blocker"]
    return Told(
        [each["check_name"][:6] for each in found], [each["description"] for each in document if each not in found]
    )


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, and the text in each."""

    VOID: Final = frozenset(("meta", "input", "br"))

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts.setdefault(self._open[-1], []).append(data)

    def all(self, tag: str) -> Iterator[dict[str, str | None]]:
        """The attributes of the elements of a kind."""
        return (attributes for name, attributes in self.elements if name == tag)


def _html(text: str) -> Told:
    page = Page(text)
    assert text.startswith("<!doctype html>\n")
    items = [item for item in page.all("li") if "data-code" in item]
    errors = re.search(r'<ul class="errors">(.*?)</ul>', text, re.DOTALL)
    found = [str(item["data-code"]) for item in items if item["data-kind"] != "answered"]
    return Told(found, errors[1].split("<li>")[1:] if errors else [])


_READERS: Final[dict[str, Callable[[str], Told]]] = {
    "full": _texts,
    "concise": _texts,
    "json": _json,
    "jsonl": _jsonl,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "gitlab": _gitlab,
    "rdjson": _rdjson,
    "html": _html,
}


def sarif_run(text: str) -> dict[str, Any]:
    """The run of a valid log."""
    _sarif(text)
    run = json.loads(text)["runs"][0]
    assert run["tool"]["driver"]["version"] == VERSION
    assert isinstance(run, dict)
    return run
