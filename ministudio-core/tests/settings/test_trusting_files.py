"""What says where keys come from or go to counts only in a file that the user has trusted."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ministudio.errors import ConfigError
from ministudio.settings.config import load_config
from ministudio.settings.dotenv import read_dotenv
from ministudio.settings.trust import Trust, user_folder
from ministudio.settings.workspace import Workspace

CLAIMS = {
    "secrets": '[secrets]\nchain = ["aws"]\n',
    "a route": '[secrets.routes]\nHF_TOKEN = "secret://aws/a"\n',
    "a profile's secrets": '[profiles.prod.secrets]\nchain = ["aws"]\n',
    "an endpoint": '[provider.hf]\nendpoint = "https://example.org"\n',
    "a profile's endpoint": '[profiles.prod.provider.hf]\nendpoint = "https://example.org"\n',
    "an address among options": '[provider.hf.options]\nbase_url = "there"\n',
    "an address as a value": '[provider.hf.options]\nx = "https://example.org"\n',
    "observers": '[render]\nobservers = ["watch"]\n',
    "a profile's observers": '[profiles.prod]\nobservers = ["watch"]\n',
}


@pytest.fixture
def trust(tmp_path):
    return Trust(tmp_path / "own")


def project(folder: Path, toml: str = "", dotenv: str = "") -> Workspace:
    root = folder / "cloned"
    root.mkdir(exist_ok=True)
    (root / "ministudio.toml").write_text(toml, encoding="utf-8")
    (root / ".env").write_text(dotenv, encoding="utf-8")
    (root / ".env").chmod(0o600)
    return Workspace(root, root / "ministudio.toml")


def load(workspace, trust):
    return load_config(workspace, {}, read_dotenv(workspace.dotenv), trust=trust)


def record(workspace, trust):
    from ministudio.settings.project_file import read_project_file

    trust.record(workspace.config_file, read_project_file(workspace.config_file).sha256)
    trust.record(workspace.dotenv, read_dotenv(workspace.dotenv).claimed)


@pytest.mark.parametrize("toml", CLAIMS.values(), ids=CLAIMS)
def test_it_is_refused_until_the_file_is_trusted_and_again_once_it_changes(tmp_path, trust, toml):
    workspace = project(tmp_path, toml)
    with pytest.raises(ConfigError, match="counts only in a file that you trust") as caught:
        load(workspace, trust)
    assert caught.value.hint is not None
    assert f"ministudio trust {workspace.root}" in caught.value.hint
    record(workspace, trust)
    load(workspace, trust)
    project(tmp_path, f"{toml}# changed\n")
    with pytest.raises(ConfigError, match="you trust"):
        load(workspace, trust)
    record(workspace, trust)
    assert trust.revoke(workspace.config_file)
    with pytest.raises(ConfigError, match="you trust"):
        load(workspace, trust)


def test_everything_else_needs_no_trust(tmp_path, trust):
    toml = '[render]\nproviders = ["hf"]\n[provider.hf]\nmodel = "m"\noptions.steps = 3\n'
    load(project(tmp_path, f"{toml}[profiles.prod]\nbudget = '5 USD'\n"), trust)
    assert not trust.path.exists()


def test_observers_in_dotenv_need_trust_too(tmp_path, trust):
    workspace = project(tmp_path, dotenv="MINISTUDIO_OBSERVERS=watch\n")
    with pytest.raises(ConfigError, match="MINISTUDIO_OBSERVERS: says which plugins are told"):
        load(workspace, trust)
    record(workspace, trust)
    assert load(workspace, trust).observers == ("watch",)


def test_addresses_in_dotenv_are_trusted_whatever_becomes_of_the_keys_beside_them(tmp_path, trust):
    workspace = project(tmp_path, dotenv="HF_TOKEN=a\nHF_ENDPOINT=https://example.org\n")
    assert not load(workspace, trust).trusts_dotenv
    record(workspace, trust)
    assert load(workspace, trust).trusts_dotenv
    project(tmp_path, dotenv="HF_TOKEN=rotated\nHF_ENDPOINT=https://example.org\n")
    assert load(workspace, trust).trusts_dotenv
    project(tmp_path, dotenv="HF_TOKEN=rotated\nHF_ENDPOINT=https://example.com\n")
    assert not load(workspace, trust).trusts_dotenv


@pytest.mark.parametrize("line", ["HF_DEDICATED_ENDPOINT=theirs/model", "VAULT_HOST=theirs"])
def test_what_is_called_an_address_is_one_whatever_it_looks_like(tmp_path, trust, line):
    workspace = project(tmp_path, dotenv=f"{line}\n")
    assert read_dotenv(workspace.dotenv).claims == (line.partition("=")[0],)
    assert not load(workspace, trust).trusts_dotenv
    record(workspace, trust)
    assert load(workspace, trust).trusts_dotenv


def test_a_copy_of_a_trusted_file_elsewhere_is_not_trusted(tmp_path, trust):
    workspace = project(tmp_path, CLAIMS["secrets"])
    record(workspace, trust)
    with pytest.raises(ConfigError, match="you trust"):
        load(project(tmp_path / "cloned", CLAIMS["secrets"]), trust)


def test_a_file_cannot_trust_itself(tmp_path):
    dotenv = f"MINISTUDIO_CONFIG_DIR={tmp_path / 'cloned'}\nMINISTUDIO_OBSERVERS=watch\n"
    workspace = project(tmp_path, dotenv=dotenv)
    record(workspace, Trust(workspace.root))
    with pytest.raises(ConfigError, match="you trust"):
        load_config(
            workspace,
            {"MINISTUDIO_CONFIG_DIR": str(tmp_path / "own")},
            read_dotenv(workspace.dotenv),
        )


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_the_record_is_the_users_alone(tmp_path, trust):
    trust.record(tmp_path / "a", "1")
    assert trust.path.stat().st_mode & 0o777 == 0o600
    trust.path.chmod(0o666)
    with pytest.raises(ConfigError, match="others may write to it"):
        trust.files()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"form": 2, "files": {}}', "{", '{"form": 1}'])
def test_a_record_that_is_none_trusts_nothing(trust, text):
    trust.path.parent.mkdir()
    trust.path.write_text(text, encoding="utf-8")
    trust.path.chmod(0o600)
    with pytest.raises(ConfigError, match="no record of trusted files"):
        trust.holds(Path("a"), "1")


def test_files_are_known_by_where_they_really_lie(tmp_path, trust):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    trust.record(tmp_path / "link" / "a", "1")
    assert trust.holds(tmp_path / "real" / "a", "1")
    assert json.loads(trust.path.read_text())["files"] == {str(tmp_path / "real" / "a"): "1"}
    assert not trust.revoke(tmp_path / "b")


def test_the_users_folder_follows_the_customs_of_the_platform(monkeypatch, tmp_path):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for platform, folder in {
        "linux": ".config/ministudio",
        "darwin": "Library/Application Support/ministudio",
        "win32": "AppData/Roaming/ministudio",
    }.items():
        monkeypatch.setattr("sys.platform", platform)
        assert user_folder({}) == tmp_path / folder
        assert user_folder({"MINISTUDIO_CONFIG_DIR": "/mine"}) == Path("/mine")
    monkeypatch.setattr("sys.platform", "linux")
    assert user_folder({"XDG_CONFIG_HOME": "/there"}) == Path("/there/ministudio")
    assert user_folder({"XDG_CONFIG_HOME": "there"}) == tmp_path / ".config/ministudio"
