"""Every variable that the core or a plugin of this repository reads is declared as a setting."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ministudio.cli.env import described_settings
from ministudio.kernel.policy import PluginPolicy
from ministudio.kernel.registry import Registry

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path
    for folder in ("ministudio-core/src", *(p.as_posix() for p in ROOT.glob("plugins/*/src")))
    for path in (ROOT / folder).rglob("*.py")
)
# What is read there is what a setting is called, whichever that is.
BY_DECLARATION = {"builtin/secrets.py", "cli/env.py"}
# Tools for tests set up processes of their own.
TOOLS = "ministudio/testing/"


def constants(tree):
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def is_environ(node):
    text = ast.unparse(node)
    return text in {"environ", "os.environ", "environb", "os.environb"} or text.endswith(".environ")


def keys_read(tree):
    """The expressions that say which variable is read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and is_environ(node.value):
            yield node.slice
        elif isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func)
            owner = node.func.value if isinstance(node.func, ast.Attribute) else None
            if called in {"os.getenv", "getenv"} or (
                owner is not None
                and is_environ(owner)
                and called.rpartition(".")[2] in {"get", "pop", "setdefault"}
            ):
                yield node.args[0]


def names_read(text):
    """The names of variables that a source reads; None for one that is not plain to see."""
    tree = ast.parse(text)
    known = constants(tree)
    for key in keys_read(tree):
        if isinstance(key, ast.Constant):
            yield key.value
        else:
            yield known.get(ast.unparse(key))


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import os\nos.environ['A']", ["A"]),
        ("import os\nos.environ.get('A', '')", ["A"]),
        ("from os import getenv\ngetenv('A')", ["A"]),
        ("X = 'A'\ndef f(environ): return environ.get(X)", ["A"]),
        ("def f(self, name): return self.environ[name]", [None]),
        ("settings.get('A')", []),
    ],
)
def test_reading_a_variable_is_recognised(code, names):
    assert list(names_read(code)) == names


def test_every_variable_that_is_read_is_declared():
    registry = Registry(PluginPolicy())
    declared = {
        name
        for setting in described_settings(registry)
        for name in (setting.name, *setting.aliases)
    }
    # What is not installed here has declared nothing that could be looked up.
    packages = {plugin.module.partition(".")[0] for plugin in registry.plugins()}
    undeclared = {}
    for path in SOURCES:
        place = path.as_posix().partition("/src/")[2]
        if (
            place.partition("/")[0] not in packages
            or place.startswith(TOOLS)
            or any(place.endswith(name) for name in BY_DECLARATION)
        ):
            continue
        odd = [name for name in names_read(path.read_text("utf-8")) if name not in declared]
        if odd:
            undeclared[place] = odd
    assert undeclared == {}
