"""What the plugin says of itself, and what it costs to ask."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import ministudio_local
from ministudio.plugin import Billing, RunsIn
from ministudio_local import ministudio_prompt_compilers, ministudio_video_providers

PACKAGE = Path(ministudio_local.__file__).parent
SPEC = next(iter(ministudio_video_providers()))
HEAVY = ("torch", "diffusers", "transformers", "accelerate", "huggingface_hub", "psutil")
SDK_MODULES = {"_errors", "calling", "counting", "finding", "loading", "probing", "provider"}

FILM = """
title: Fox
scenes:
  - shots:
      - {id: a, action: A fox crosses the ice., duration: 2}
"""


@pytest.mark.skipif(
    importlib.util.find_spec("torch") is None,
    reason="torch is not installed: the tests of ministudio-local that run models are left out; "
    "run them with: nox -s local",
)
def test_the_tests_that_run_models_are_here():
    assert any((Path(__file__).parent / "torch").glob("test_*.py"))


def test_it_is_found_by_its_entry_point():
    (point,) = entry_points(group="ministudio.plugins", name="local")
    assert point.value == "ministudio_local"


def test_it_is_free_and_runs_in_a_process_of_its_own():
    assert (SPEC.name, SPEC.billing, SPEC.runs_in) == ("local", Billing.FREE, RunsIn.WORKER)


def test_what_it_reads_is_declared_and_the_token_is_a_secret():
    assert {s.name: s.secret for s in SPEC.settings} == {
        "LOCAL_MODEL_PATH": False,
        "LOCAL_MODEL_DEVICE": False,
        "HF_TOKEN": True,
    }
    assert {s.name for s in SPEC.settings if s.required} == set()


def test_its_compilers_can_be_made():
    for spec in ministudio_prompt_compilers():
        module, _, name = spec.factory.partition(":")
        made = getattr(__import__(module, fromlist=[name]), name)()
        assert callable(made.compile)


@pytest.mark.parametrize("words", [["models"], ["plan", "film.yaml", "--model", "local/ltx-video"],
                                   ["prompts", "film.yaml", "--model", "local/svd-xt"],
                                   ["providers"], ["plugins", "list"]])  # fmt: skip
def test_models_plans_prices_and_prompts_load_no_sdk(tmp_path, words):
    (tmp_path / "film.yaml").write_text(FILM)
    program = (
        "import json, sys\n"
        "from ministudio.cli import main\n"
        f"try: main({words!r})\n"
        "except SystemExit as ended: code = ended.code\n"
        f"print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "local" in done.stdout
    assert json.loads(done.stdout.splitlines()[-1]) == []


def test_only_the_modules_that_run_models_import_an_sdk():
    for path in PACKAGE.rglob("*.py"):
        names = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                names.add(node.module or "")
            elif isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
        if any(name.split(".")[0] in HEAVY for name in names):
            assert path.stem in SDK_MODULES, path
        assert not any(
            name.startswith("ministudio.") and name != "ministudio.plugin" for name in names
        ), path


def test_no_module_is_long():
    for path in PACKAGE.rglob("*.py"):
        assert len(path.read_text().splitlines()) <= 300, path
