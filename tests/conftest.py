"""What tests of several modules share."""

from __future__ import annotations

import pytest
from installkit import Installed, install


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The distribution as other people have it, built and installed once."""
    return install(tmp_path_factory.mktemp("installed"))
