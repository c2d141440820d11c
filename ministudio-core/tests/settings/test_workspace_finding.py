"""The workspace is where the production lies, not where the command is run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ministudio.errors import ConfigError
from ministudio.settings.workspace import Workspace, find_workspace, folder_workspace


def tree(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_without_a_configuration_it_is_the_productions_folder(tmp_path):
    tree(tmp_path, "films/orb/production.yaml")
    assert find_workspace(tmp_path / "films/orb/production.yaml") == Workspace(
        tmp_path / "films/orb"
    )


def test_the_nearest_folder_with_a_configuration_wins(tmp_path):
    tree(tmp_path, "ministudio.toml", "films/ministudio.toml", "films/orb/acts/one/production.yaml")
    found = find_workspace(tmp_path / "films/orb/acts/one/production.yaml")
    assert found == Workspace(tmp_path / "films", tmp_path / "films/ministudio.toml")


def test_the_current_directory_plays_no_part(tmp_path, monkeypatch):
    tree(tmp_path, "here/ministudio.toml", "there/production.yaml")
    monkeypatch.chdir(tmp_path / "here")
    assert find_workspace(Path("../there/production.yaml")).root == tmp_path / "there"
    assert find_workspace(Path("../there/production.yaml")).config_file is None


def test_a_production_need_not_exist_yet(tmp_path):
    assert find_workspace(tmp_path / "new" / "production.yaml").root == tmp_path / "new"


def test_a_folder_called_ministudio_toml_is_no_configuration(tmp_path):
    (tmp_path / "ministudio.toml").mkdir()
    assert find_workspace(tmp_path / "production.yaml").config_file is None


@pytest.mark.skipif(os.name != "posix", reason="links as on POSIX")
def test_a_linked_production_belongs_where_it_really_lies(tmp_path):
    tree(tmp_path, "real/ministudio.toml", "real/production.yaml", "links/ministudio.toml")
    (tmp_path / "links/production.yaml").symlink_to(tmp_path / "real/production.yaml")
    assert find_workspace(tmp_path / "links/production.yaml").root == tmp_path / "real"


def test_a_folder_belongs_to_the_workspace_above_it_or_to_itself(tmp_path):
    tree(tmp_path, "studio/ministudio.toml", "studio/clips/x.png", "alone/x.png")
    assert folder_workspace(tmp_path / "studio/clips").root == tmp_path / "studio"
    assert folder_workspace(tmp_path / "studio").root == tmp_path / "studio"
    assert folder_workspace(tmp_path / "alone").root == tmp_path / "alone"


def test_finding_a_workspace_makes_nothing(tmp_path):
    workspace = find_workspace(tmp_path / "production.yaml")
    assert workspace.dotenv == tmp_path / ".env"
    assert list(tmp_path.iterdir()) == []


def test_the_state_folder_is_made_on_use_and_hidden_from_git(tmp_path):
    state = Workspace(tmp_path).state
    assert state == tmp_path / ".ministudio"
    assert (state / ".gitignore").read_text() == "*\n"


def test_a_gitignore_that_is_there_is_kept(tmp_path):
    (Workspace(tmp_path).state / ".gitignore").write_text("*\n!keep\n")
    assert (Workspace(tmp_path).state / ".gitignore").read_text() == "*\n!keep\n"


def test_a_state_folder_that_cannot_be_made_is_explained(tmp_path):
    (tmp_path / ".ministudio").write_text("in the way")
    with pytest.raises(ConfigError, match=r"\.ministudio") as caught:
        _ = Workspace(tmp_path).state
    assert caught.value.hint is not None
