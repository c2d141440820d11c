"""The two modules people import: ``ministudio`` and ``ministudio.plugin``."""

from __future__ import annotations

import ast
import importlib
import pathlib
import subprocess
import sys

import pytest

import ministudio
import ministudio.plugin

DOORS = ["ministudio", "ministudio.plugin"]


def loaded_by(statement: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter loads for a statement."""
    code = (
        "import sys; before = set(sys.modules)\n"
        f"{statement}\n"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("door", DOORS)
def test_every_name_of_the_door_is_there(door: str) -> None:
    module = importlib.import_module(door)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []
    assert set(module.__all__) <= set(dir(module))


@pytest.mark.parametrize("door", DOORS)
def test_no_name_is_said_twice(door: str) -> None:
    names = importlib.import_module(door).__all__
    assert len(names) == len(set(names))


@pytest.mark.parametrize("door", DOORS)
def test_a_name_that_is_not_there_is_an_attribute_error(door: str) -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        importlib.import_module(door).no_such_name  # noqa: B018 - the attribute is the question


def test_type_checkers_and_the_running_program_are_told_the_same_names() -> None:
    tree = ast.parse(pathlib.Path(ministudio.__file__).read_text(encoding="utf-8"))
    shown = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0
        for alias in node.names
    }
    shown = {name: room for name, room in shown.items() if room.startswith("ministudio.")}
    shown.pop("__version__")
    assert shown == ministudio._HOMES
    assert {*shown, "__version__"} == set(ministudio.__all__)


def test_importing_ministudio_imports_nothing_else() -> None:
    assert loaded_by("import ministudio") <= {"ministudio", "__future__"}


def test_a_story_class_comes_without_the_kernel_or_the_media_library() -> None:
    loaded = loaded_by("from ministudio import Production, ShotConfig")
    assert not loaded & {"av", "PIL", "click", "pluggy", "asyncio", "importlib_metadata"}


def test_describing_a_plugin_needs_no_heavy_module() -> None:
    loaded = loaded_by("import ministudio.plugin")
    heavy = {"av", "PIL", "yaml", "asyncio", "click", "dotenv", "tomllib", "importlib_metadata"}
    assert not loaded & heavy


def test_a_late_name_of_the_plugin_module_is_the_one_of_its_room() -> None:
    from ministudio.media.probe import clip_from_file
    from ministudio.settings.dotenv import read_dotenv

    assert ministudio.plugin.clip_from_file is clip_from_file
    assert ministudio.plugin.read_dotenv is read_dotenv
