"""The texts that an editor has open, as they are there, saved or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from lsprotocol import types
from pygls.uris import to_fs_path

from checks.files import MARKDOWN
from checks.fixing import splice
from checks.lsp.positions import Encoding, Positions
from checks.model import Edit

_NOWHERE: Final = Path("untitled.md")
"""The path, in the working folder, of a text that has not been saved yet."""
_MARKDOWN_LANGUAGE: Final = "markdown"


@dataclass(frozen=True)
class Document:
    """One state of an open text: a change makes another."""

    uri: str
    version: int | None
    language: str
    text: str
    encoding: Encoding

    @cached_property
    def path(self) -> Path:
        """Where it stands, or would."""
        found = to_fs_path(self.uri)
        return Path(found) if found else _NOWHERE

    @cached_property
    def positions(self) -> Positions:
        """Its places."""
        return Positions(self.text, self.encoding)

    @property
    def is_markdown(self) -> bool:
        """Whether the editor, or else the name, says so."""
        return self.language == _MARKDOWN_LANGUAGE or self.path.suffix.lower() in MARKDOWN

    def changed(self, version: int, changes: Sequence[types.TextDocumentContentChangeEvent]) -> Document:
        """The text after these changes, each in positions of what those before it have made."""
        found = self
        for change in changes:
            text = change.text
            if isinstance(change, types.TextDocumentContentChangePartial):
                text = splice(found.text, [Edit(*found.positions.span(change.range), change.text)])
            found = replace(found, version=version, text=text)
        return found


class Documents:
    """What is open, by address."""

    def __init__(self) -> None:
        self._open: dict[str, Document] = {}

    def __iter__(self) -> Iterator[Document]:
        return iter(list(self._open.values()))

    def get(self, uri: str) -> Document | None:
        """The text at an address as it is now; None for one that is not open."""
        return self._open.get(uri)

    def open(self, item: types.TextDocumentItem, encoding: Encoding) -> None:
        """Take in a text that has been opened."""
        self._open[item.uri] = Document(item.uri, item.version, item.language_id, item.text, encoding)

    def change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Take in changes; those of a text that nobody opened are passed over."""
        document = self._open.get(params.text_document.uri)
        if document is not None:
            self._open[document.uri] = document.changed(params.text_document.version, params.content_changes)

    def close(self, uri: str) -> None:
        """Forget a text."""
        self._open.pop(uri, None)
