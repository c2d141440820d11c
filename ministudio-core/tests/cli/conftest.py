"""A folder to work in, and the stunt plugin installed for this process."""

from __future__ import annotations

import os

import pytest
import stunts


@pytest.fixture(scope="session")
def stunt_plugins(tmp_path_factory):
    return stunts.install(tmp_path_factory.mktemp("plugins"))


@pytest.fixture
def yard(tmp_path, stunt_plugins, monkeypatch):
    """An empty folder in which commands are given; the plugin ``stunt`` is installed."""
    for name in os.environ:
        if name.startswith(("MINISTUDIO_", "STUNT_")):
            monkeypatch.delenv(name)
    monkeypatch.syspath_prepend(str(stunt_plugins))
    monkeypatch.setenv("MINISTUDIO_PLUGINS", "core,stunt")
    folder = tmp_path / "yard"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def ministudio(yard, capsys):
    """Gives a command, and returns its exit code, its output and its errors."""
    from ministudio.cli import main

    def command(*words):
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command
