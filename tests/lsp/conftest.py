"""A project a test, and one server for all tests of a module."""

from __future__ import annotations

from pathlib import Path

import pytest
from gatekit import write

SOURCE = '{"arxiv_id":"2504.00001","title_en":"A Study of Things","abstract_en":"We train large language models with reinforcement learning."}\n'  # noqa: E501


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with settings and the English of the paper that :func:`gatekit.entry` makes."""
    write(tmp_path, "yijiao.toml", 'select = ["TRM", "FMT001", "DIG", "CHR003"]\nignore = ["TRM002"]\n')
    write(tmp_path, "data/sources/one.jsonl", SOURCE)
    return tmp_path
