"""What tests of several modules share."""

from __future__ import annotations

import signal

import hypothesis
import pytest
from installkit import Installed, install

# Speed lives in tests/bench: a busy machine fails no property. And the same commit gives the same answer: what is new
# is looked for by tests/bench/fuzz.py, as long as one likes.
hypothesis.settings.register_profile("yijiao", deadline=None, derandomize=True)
hypothesis.settings.load_profile("yijiao")
# A shell that runs the suite in the background has it ignore interrupts, and whatever a test starts would do so too.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The distribution as other people have it, built and installed once."""
    return install(tmp_path_factory.mktemp("installed"))
