"""Checks Chinese translations of paper abstracts: the gate, as a library.

    >>> import checks
    >>> report = checks.check_text("## A Study\\n[研究](https://arxiv.org/abs/2504.00001)\\n\\n本文训练大型语言模型。\\n")
    >>> [(finding.code, finding.quote) for finding in report.findings if finding.severity == "error"]
    [('TRM001', '大型语言模型')]

``__all__`` is the public interface: what stands in it changes only with the major version, and everything
else may change at any time. Nothing here prints, exits, or changes the working folder or a file.
A name is imported when it is first asked for, so that ``import checks`` costs next to nothing.
"""

from __future__ import annotations

# As typing has it, which everything imported before the door's first line would have to wait for.
TYPE_CHECKING = False

__all__ = [
    "Chars",
    "Checker",
    "Decision",
    "Digest",
    "Dismissal",
    "Edit",
    "Entries",
    "Entry",
    "EntryScene",
    "FileChanged",
    "FileReport",
    "FileScene",
    "Files",
    "Finding",
    "Fix",
    "Fixed",
    "GlossaryError",
    "Hit",
    "InputError",
    "Message",
    "Pairs",
    "PluginError",
    "Related",
    "Report",
    "ReviewFileError",
    "Rule",
    "RuleCrashed",
    "Segment",
    "SegmentScene",
    "Segments",
    "Selector",
    "Settings",
    "SettingsError",
    "SourceError",
    "Span",
    "Suppression",
    "Text",
    "check_files",
    "check_text",
    "fix_text",
    "load_settings",
]

if TYPE_CHECKING:
    from checks.api import Checker, check_files, check_text, fix_text
    from checks.decisions import Decision
    from checks.dismissals import Dismissal
    from checks.errors import (
        FileChanged,
        GlossaryError,
        InputError,
        PluginError,
        ReviewFileError,
        RuleCrashed,
        SettingsError,
        SourceError,
    )
    from checks.fixing import Fixed
    from checks.model import (
        Digest,
        Edit,
        Entry,
        Finding,
        Fix,
        Message,
        Related,
        Segment,
        Span,
        Text,
    )
    from checks.registry import Chars, Entries, Files, Pairs, Rule, Segments
    from checks.scene import EntryScene, FileScene, Hit, SegmentScene
    from checks.settings import Settings
    from checks.settings import load as load_settings
    from checks.suppression import Selector, Suppression
    from checks.verdict import FileReport, Report
else:
    _HOMES = {
        "api": "Checker check_files check_text fix_text load_settings",
        "decisions": "Decision",
        "dismissals": "Dismissal",
        "errors": "FileChanged GlossaryError InputError PluginError ReviewFileError RuleCrashed SettingsError"
        " SourceError",
        "fixing": "Fixed",
        "model": "Digest Edit Entry Finding Fix Message Related Segment Span Text",
        "registry": "Chars Entries Files Pairs Rule Segments",
        "scene": "EntryScene FileScene Hit SegmentScene",
        "settings": "Settings",
        "suppression": "Selector Suppression",
        "verdict": "FileReport Report",
    }
    _HOME = {name: module for module, names in _HOMES.items() for name in names.split()}

    def __getattr__(name: str) -> object:
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = globals()[name] = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
