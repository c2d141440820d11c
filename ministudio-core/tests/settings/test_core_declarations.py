"""Every variable the core reads is declared, and every declared one is read, where it may be."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import ministudio
from ministudio.settings.core import CORE_SETTINGS, PROCESS_ONLY, QUALITIES, RENDER_SETTINGS
from ministudio.settings.rules import RULES, Quality
from ministudio.settings.validation import problem_with, setting_value
from ministudio.story.vocabulary import Continuity
from ministudio.values.money import Money

SOURCES = Path(ministudio.__file__).parent
FILES = sorted(SOURCES.rglob("*.py"))
NAME = re.compile(r"\bMINISTUDIO_[A-Z0-9_]*[A-Z0-9]\b")

# The edges: where a process begins, the kernel, and the backend that is the environment; besides,
# the tests for authors, which give plugins an environment to read by mistake.
MAY_READ = ("builtin/secrets.py", "cli/", "kernel/", "studio/", "render/worker", "testing/")


def reads_environment(tree: ast.AST) -> bool:
    words = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv", "expandvars"}
    return any(
        (
            isinstance(node, ast.Attribute)
            and node.attr in words
            and ast.unparse(node.value) in {"os", "os.path"}
        )
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "os"
            and words & {a.name for a in node.names}
        )
        for node in ast.walk(tree)
    )


def inside(path: Path) -> str:
    return path.relative_to(SOURCES).as_posix()


def names_in(path: Path) -> set[str]:
    return set(NAME.findall(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "code", ["import os\nos.environ['A']", "from os import getenv", "import os\nos.getenv('A')"]
)
def test_reading_the_environment_is_recognised(code):
    assert reads_environment(ast.parse(code))


def test_the_environment_is_read_at_the_edges_only():
    readers = [inside(p) for p in FILES if reads_environment(ast.parse(p.read_text("utf-8")))]
    assert [name for name in readers if not name.startswith(MAY_READ)] == []


def test_every_name_in_the_sources_is_declared():
    declared = {setting.name for setting in CORE_SETTINGS}
    undeclared = {inside(p): odd for p in FILES if (odd := names_in(p) - declared)}
    assert undeclared == {}


def test_every_name_that_counts_in_the_process_only_is_read_outside_its_declaration():
    texts = [p.read_text("utf-8") for p in FILES if inside(p) != "settings/core.py"]
    assert [name for name in PROCESS_ONLY if not any(name in text for text in texts)] == []


def test_every_other_name_has_a_rule_by_which_it_is_read():
    assert set(RULES) == set(RENDER_SETTINGS)
    assert {s.name for s in CORE_SETTINGS} - PROCESS_ONLY == {
        "MINISTUDIO_PROFILE",
        *(s.name for s in RENDER_SETTINGS.values()),
    }


def test_names_are_declared_once():
    names = [setting.name for setting in CORE_SETTINGS]
    assert len(names) == len(set(names))
    assert all(name.startswith("MINISTUDIO_") or name == "XDG_CONFIG_HOME" for name in names)


@pytest.mark.parametrize("setting", CORE_SETTINGS, ids=lambda setting: setting.name)
def test_a_declaration_is_whole_and_its_default_is_right(setting):
    assert setting.help.endswith(".")
    assert setting.category
    assert not setting.secret
    assert setting.default is None or problem_with(setting, setting.default) is None


@pytest.mark.parametrize(
    "key", [key for key, setting in RENDER_SETTINGS.items() if setting.default]
)
def test_a_default_obeys_the_rule_of_its_key(key):
    setting = RENDER_SETTINGS[key]
    assert RULES[key](setting_value(setting, setting.default or "")) is not None


def test_choices_are_the_ones_the_story_knows():
    assert RENDER_SETTINGS["continuity"].choices == tuple(Continuity)
    assert tuple(Quality) == QUALITIES


def test_the_declared_defaults_are_the_ones_used():
    from ministudio.plan.model import Look
    from ministudio.render.options import RenderOptions
    from ministudio.settings.config import StudioConfig
    from ministudio.studio.choosing import DEFAULT_PROVIDER
    from ministudio.studio.options import asks_above

    look, options = Look(), RenderOptions()
    used = {
        "providers": DEFAULT_PROVIDER,
        "concurrency": options.concurrency,
        "job_timeout": round(options.job_timeout),
        "on_failure": options.on_failure,
        "fallback_scope": options.fallback_scope,
        "confirm_above": asks_above(StudioConfig()),
        "aspect_ratio": look.aspect_ratio,
        "resolution": look.resolution,
        "fps": look.fps,
        "seed": look.seed,
        "continuity": Continuity.AUTO,
    }
    declared = {key: s.default for key, s in RENDER_SETTINGS.items() if s.default is not None}
    money = declared.pop("confirm_above"), used.pop("confirm_above")
    assert Money.parse(money[0]) == money[1]
    assert declared == {key: str(value) for key, value in used.items()}
