"""What the editor at the other end understands, and in which language its user reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability

from checks.model import Language, Text
from checks.view import default_language


@dataclass(frozen=True)
class Client:
    """The capabilities that change what is said; without any, only what every client must take."""

    lang: Language = "en"
    pulls: bool = False
    """Whether it asks for diagnostics; then none are pushed, as it would show them twice."""
    refreshes: bool = False
    """Whether it can be told to ask for them again."""
    related: bool = False
    links: bool = False
    """Whether a diagnostic may have the address of its rule's manual."""
    tags: bool = False
    data: bool = False
    markdown: bool = False
    """Whether what is shown on hover may be Markdown."""
    markdown_beside: bool = False
    """Whether what is shown beside a completion may be."""
    versions: bool = False
    """Whether an edit may name the version of the text that it was made for."""
    resolves: bool = False
    """Whether the edit of a code action may be asked for when it is chosen."""
    watches: bool = False
    """Whether it can be asked to tell of changed files."""

    @classmethod
    def of(cls, params: types.InitializeParams, lang: Language | None) -> Client:
        """What a client says of itself; ``lang`` goes before its locale."""

        def can(*names: str) -> Any:
            # The function has a signature for each of the 500 names.
            ask: Any = get_capability
            return next((found for name in names if (found := ask(params.capabilities, name))), None)

        publish, pull = "text_document.publish_diagnostics", "text_document.diagnostic"
        shown = can("text_document.hover.content_format") or ()
        beside = can("text_document.completion.completion_item.documentation_format") or ()
        return cls(
            lang=lang or _language(params.locale),
            pulls=can(pull) is not None,
            refreshes=bool(can("workspace.diagnostics.refresh_support")),
            related=bool(can(f"{publish}.related_information", f"{pull}.related_information")),
            links=bool(can(f"{publish}.code_description_support", f"{pull}.code_description_support")),
            tags=bool(can(f"{publish}.tag_support", f"{pull}.tag_support")),
            data=bool(can(f"{publish}.data_support", f"{pull}.data_support")),
            markdown=types.MarkupKind.Markdown in shown,
            markdown_beside=types.MarkupKind.Markdown in beside,
            versions=bool(can("workspace.workspace_edit.document_changes")),
            resolves="edit" in (can("text_document.code_action.resolve_support.properties") or ()),
            watches=bool(can("workspace.did_change_watched_files.dynamic_registration")),
        )

    def say(self, text: Text, **args: object) -> str:
        """A wording in the user's language."""
        return (text.zh if self.lang == "zh" else text.en).format(**args)


def _language(locale: str | None) -> Language:
    """Chinese where the editor is; where it does not say, as the system is."""
    if not locale:
        return default_language()
    return "zh" if locale.lower().startswith("zh") else "en"
