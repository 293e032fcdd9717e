"""Where the tests of packages have them installed."""

import pytest


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def installed(home):
    return home / ".local" / "share" / "argos-translate" / "packages"
