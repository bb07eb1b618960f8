"""Reports beside standard output: the files of ``--report F=FILE``, and the step summary of GitHub Actions.

Every file is written in one step or not at all. One that cannot be written is an error of the run, which
the other reports tell of, and standard output too.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from checks import files
from checks.bilingual import is_bilingual
from checks.errors import InputError
from checks.model import Language
from checks.report import writer
from checks.verdict import Report
from checks.view import View
from glossary.records import NamedTuple
from glossary.remote import Place, local


class Order(NamedTuple):
    """A report in a file."""

    form: str
    path: Path


def deliver(report: Report, orders: Sequence[Order], form: str, lang: Language, named: Iterable[Place] = ()) -> Report:
    """Write what stands beside standard output, where the report has the format ``form``.

    ``named`` are the paths that were to be checked, whose place no report takes. Gives the report, with an error for
    each file that could not be written.
    """
    view = View(lang)
    digests = frozenset(map(os.path.realpath, local(named)))
    refused = {order: error for order in orders if (error := _write(order, report, view, digests)) is not None}
    if refused:
        report = _with(report, refused.values())
        for order in orders:
            if order not in refused:
                _write(order, report, view, digests)
    if form == "github":
        from checks.report import stepsummary

        error = stepsummary.write(report, view)
        report = _with(report, [error]) if error is not None else report
    return report


def _with(report: Report, errors: Iterable[InputError]) -> Report:
    return report._replace(errors=(*report.errors, *errors))


def _write(order: Order, report: Report, view: View, digests: Collection[str]) -> InputError | None:
    target = os.path.realpath(order.path)
    # By their names, as those that could not be read are in no report.
    if target in digests or files.is_markdown(target) or is_bilingual(target):
        return InputError(str(order.path), None, "is a digest, or called like one; give the report a file of its own")
    text = "".join(line + "\n" for line in writer(order.form)(report, view))
    try:
        # A file's name may hold bytes that are no UTF-8, which Python keeps as lone surrogates.
        files.replace(order.path, text.encode("utf-8", "backslashreplace").decode())
    except InputError as error:
        return error
    return None
