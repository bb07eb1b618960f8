"""The pages that the code writes: rules, settings, changes. A hook of MkDocs, so that no page can grow stale.

A line ``<!-- code: NAME -->`` in a page is where a table of the code goes.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any, Final

from mkdocs.structure.files import File, Files, InclusionLevel

import checks
from checks import settings
from checks.profile import PROFILES
from checks.registry import Loaded, rules
from checks.settings.keys import KEYS, STYLE, Key
from glossary.rows import COLUMNS

_ROOT: Final = Path(__file__).resolve().parent.parent
_HERE: Final = re.compile(r"^<!-- code: ([a-z-]+) -->$", re.MULTILINE)
_EXAMPLES: Final = re.compile(r"\*\*(Flagged|Clean)\.\*\*\s(.*)", re.DOTALL)
_LITERAL: Final = re.compile(r"^([A-Z][A-Za-z, ]*)::$", re.MULTILINE)
"""What stands before an indented block of examples."""
_LEAD: Final = re.compile(r"^(Flagged|Clean)(?=:| \()")
_ROLE: Final = re.compile(r":[a-z]+:`~?([^`]+)`")
_EXAMPLE: Final = re.compile(r"(?:^ *>>> .*\n(?:^ *\S.*\n?)*)+", re.MULTILINE)
_ANNOTATION: Final = re.compile(r"(: |-> )'([^']*)'")
_FAMILIES: Final = {
    "TRM": "Terminology",
    "FID": "Fidelity to the English",
    "DIG": "Structure of the digest",
    "FMT": "Typography",
    "CHR": "Characters",
    "SUP": "Suppressions",
}


def on_files(files: Files, config: Any) -> Files:
    """Add a page a rule, their list, and the changelog."""
    pages = {f"rules/{loaded.rule.code}.md": rule_page(loaded) for loaded in rules()}
    pages["rules/index.md"] = rules_page()
    pages["changes.md"] = (_ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for path, text in pages.items():
        file = File.generated(config, path, content=text)
        # The pages of single rules are reached from their list, and by search.
        if re.fullmatch(r"rules/[A-Z]{3}[0-9]{3}\.md", path):
            file.inclusion = InclusionLevel.NOT_IN_NAV
        files.append(file)
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put in the tables that a page asks for."""
    return _HERE.sub(lambda found: "\n".join(_TABLES[found[1]]()), markdown)


def rule_page(loaded: Loaded) -> str:
    """The manual of a rule."""
    rule = loaded.rule
    facts = f"severity **{rule.severity}** · fix **{rule.fix or 'none'}** · MQM **{rule.mqm}**"
    manual = "\n\n".join(_paragraph(text) for text in loaded.manual.split("\n\n"))
    return f"# {rule.code} {rule.name}\n\n{rule.summary.en} · {rule.summary.zh}\n\n{facts}\n\n{manual}\n"


def _paragraph(text: str) -> str:
    """A paragraph of a manual; examples are shown as they are, whatever they would mean in Markdown."""
    found = _EXAMPLES.match(text)
    if found is None:
        return _LEAD.sub(r"**\1**", _LITERAL.sub(r"**\1.**", text))
    items = "".join(f"<li>{escape(' '.join(item.split()))}</li>" for item in re.split(r"\s·\s", found[2]))
    return f"<p><strong>{found[1]}.</strong></p><ul>{items}</ul>"


def rules_page() -> str:
    """Every rule in a line, family by family."""
    lines = ["# Rules", "", "What the gate looks for. `python -m checks --explain CODE` shows the same pages.", ""]
    for prefix, title in _FAMILIES.items():
        lines += [f"## {title}", "", "| code | name | severity | fix | what |", "|---|---|---|---|---|"]
        for loaded in rules():
            rule = loaded.rule
            if rule.code.startswith(prefix):
                fix = rule.fix or "–"
                lines.append(
                    f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity} | {fix} "
                    f"| {_cell(rule.summary.en)}<br>{_cell(rule.summary.zh)} |"
                )
        lines.append("")
    return "\n".join(lines)


def _keys() -> Iterator[str]:
    yield "| key | value | by path | what it is for |"
    yield "|---|---|---|---|"
    default = settings.Settings()
    for name, key in KEYS.items():
        value = getattr(default, name.replace("-", "_"))
        shown = f"`{value}`" if isinstance(value, str | int | float | Path) and not isinstance(value, bool) else ""
        also = f"; default {shown}" if shown else ""
        yield f"| `{name}` | {_cell(_kind(key))}{also} | {'yes' if key.by_path else ''} | {_cell(key.about)} |"


def _kind(key: Key) -> str:
    schema: Mapping[str, Any] = key.schema
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "oneOf" in schema:
        return "text or list of texts"
    kinds = {"array": "list of texts", "object": "table", "string": "text", "number": "number"}
    return kinds.get(str(schema.get("type")), str(schema.get("type")))


def _style() -> Iterator[str]:
    profiles = list(PROFILES)
    yield "| option | values | " + " | ".join(f"in `{name}`" for name in profiles) + " |"
    yield "|---|---|" + "---|" * len(profiles)
    for option, choices in STYLE.items():
        chosen = (f"`{getattr(PROFILES[name], option.replace('-', '_'))}`" for name in profiles)
        yield f"| `{option}` | {', '.join(f'`{choice}`' for choice in choices)} | {' | '.join(chosen)} |"


def _columns() -> Iterator[str]:
    yield ", ".join(f"`{column}`" for column in COLUMNS)


def _api() -> Iterator[str]:
    # What one calls comes first, then what it gives back.
    for name in sorted(checks.__all__, key=lambda name: (not name[0].islower(), name != "Checker", name)):
        thing = getattr(checks, name)
        yield f"## {name}"
        yield ""
        if callable(thing) and not issubclass(type(thing), type):
            yield f"```python\n{name}{_signature(thing)}\n```"
            yield ""
        yield _documented(thing)
        yield ""
        if isinstance(thing, type):
            yield from _methods(thing)


def _methods(thing: type) -> Iterator[str]:
    for name, member in vars(thing).items():
        if name.startswith("_") or not (inspect.isfunction(member) or isinstance(member, property)):
            continue
        what = member.fget if isinstance(member, property) else member
        given = "" if isinstance(member, property) else _signature(what)
        yield f"**`{name}{given}`**"
        yield ""
        yield _documented(what)
        yield ""


def _signature(function: Callable[..., object]) -> str:
    """Parameters and result, without the quotes of annotations that are not evaluated."""
    return _ANNOTATION.sub(r"\1\2", str(inspect.signature(function))).replace("(self, ", "(").replace("(self)", "()")


def _documented(thing: object) -> str:
    """A docstring with its examples as code and its roles as plain names."""
    text = inspect.getdoc(thing) or ""
    text = _ROLE.sub(lambda found: f"`{found[1].rpartition('.')[2]}`", text).replace("``", "`")
    return _EXAMPLE.sub(lambda found: "```pycon\n" + inspect.cleandoc(found[0]) + "\n```\n", text)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


_TABLES: Final[Mapping[str, Callable[[], Iterator[str]]]] = {
    "settings": _keys,
    "style": _style,
    "columns": _columns,
    "api": _api,
}
