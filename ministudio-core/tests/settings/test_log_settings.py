"""What is said of logs and observers, by a variable, ``.env`` or ``ministudio.toml``."""

from __future__ import annotations

import pytest

from ministudio.errors import ConfigError
from ministudio.settings.config import load_config
from ministudio.settings.dotenv import DotenvFile
from ministudio.settings.logs import LogFormat, LogLevel
from ministudio.settings.workspace import Workspace


class Everything:
    def holds(self, path, sha256):
        return True


def load(folder, toml, **environ):
    (folder / "ministudio.toml").write_text(toml, encoding="utf-8")
    return load_config(
        Workspace(folder, folder / "ministudio.toml"), environ, DotenvFile(), trust=Everything()
    )


def test_a_file_and_before_it_a_variable_say_how_to_log_and_whom_to_tell(tmp_path):
    toml = '[render]\nlog_format = "json"\nlog_level = "debug"\nobservers = ["watch", "tell"]\n'
    config = load(tmp_path, toml)
    assert (config.log_format, config.log_level) == (LogFormat.JSON, LogLevel.DEBUG)
    assert config.observers == ("watch", "tell")
    config = load(tmp_path, toml, MINISTUDIO_LOG_LEVEL="error", MINISTUDIO_OBSERVERS="chat, pager")
    assert (config.log_level, config.observers) == (LogLevel.ERROR, ("chat", "pager"))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('log_format = "xml"', "render.log_format: is not known: 'xml'"),
        ('log_level = "loud"', "render.log_level: is not known: 'loud'"),
        ("observers = []", "render.observers: must be a list of plugin names"),
        ('observers = ["a", "a"]', "render.observers: names a plugin twice: a"),
    ],
)
def test_what_is_wrong_with_them_is_told_with_its_line(tmp_path, line, told):
    with pytest.raises(ConfigError, match=r"ministudio\.toml:2: ") as caught:
        load(tmp_path, f"[render]\n{line}\n")
    assert told in str(caught.value)
