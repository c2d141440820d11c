"""A folder to work in, and the command line in processes of its own, the stunt plugin installed."""

from __future__ import annotations

import pytest
import stunts


@pytest.fixture(scope="session")
def environ(tmp_path_factory):
    """The variables of a process in which the plugin ``stunt`` is installed."""
    return stunts.environ(stunts.install(tmp_path_factory.mktemp("plugins")))


@pytest.fixture
def yard(tmp_path):
    """A folder to work in; ``film.yaml`` is written into it by the tests."""
    folder = tmp_path / "yard"
    folder.mkdir()
    return folder
