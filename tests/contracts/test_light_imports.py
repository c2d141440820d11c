"""What is imported when: nothing a vendor made, and nothing before it is needed."""

from __future__ import annotations

import json
import subprocess
import sys

VENDORS = {
    "azure",
    "boto3",
    "botocore",
    "diffusers",
    "google",
    "httpx",
    "huggingface_hub",
    "hvac",
    "openai",
    "requests",
    "torch",
    "transformers",
}
CORE_NEEDS = {
    "_yaml", "attr", "attrs", "av", "cattrs", "click", "dotenv", "importlib_metadata",
    "lazy_importer", "ministudio", "PIL", "pluggy", "typing_extensions", "yaml", "zipp",
}  # fmt: skip


def imported_by(program: str) -> set[str]:
    """Return the top-level packages outside the standard library that a program imports."""
    report = (
        "import json, sys; print(json.dumps(sorted({m.partition('.')[0] for m in sys.modules})))"
    )
    command = [sys.executable, "-I", "-c", f"{program}\n{report}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    names = set(json.loads(done.stdout.splitlines()[-1]))
    bare = subprocess.run(
        [sys.executable, "-I", "-c", report], capture_output=True, text=True, check=True
    )
    names -= set(sys.stdlib_module_names) | set(json.loads(bare.stdout.splitlines()[-1]))
    return {name for name in names if "cython" not in name}  # av's own run-time support


EVERY_MODULE = """
import importlib, pkgutil, ministudio
for module in pkgutil.walk_packages(ministudio.__path__, "ministudio."):
    if ".testing" not in module.name and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""


def test_no_module_of_the_core_imports_a_vendor():
    found = imported_by(EVERY_MODULE)
    assert "ministudio" in found
    assert found & VENDORS == set()
    assert found <= CORE_NEEDS


def test_importing_the_front_door_imports_nothing_else():
    assert imported_by("import ministudio") == {"ministudio"}


def test_help_and_version_describe_no_plugin():
    program = "import ministudio.cli\ntry: ministudio.cli.main([{!r}])\nexcept SystemExit: pass"
    for option in ("--help", "--version"):
        assert imported_by(program.format(option)) <= {"ministudio", "click"}


def test_describing_the_animatic_imports_neither_pillow_nor_av():
    found = imported_by("import ministudio_animatic")
    assert found & {"av", "PIL"} == set()


def test_describing_hugging_face_and_taking_its_advice_import_no_sdk():
    found = imported_by("import ministudio_hf.advice, ministudio_hf.prompts")
    assert found & {"av", "PIL", "httpx2", "huggingface_hub"} == set()


def test_describing_vertex_and_planning_for_it_imports_nothing_of_googles():
    found = imported_by("import ministudio_vertex.advice, ministudio_vertex.prompts")
    assert found & {"google", "httpx", "pydantic", "requests"} == set()


def test_describing_local_models_and_planning_for_them_import_nothing_that_runs_them():
    found = imported_by("import ministudio_local.advice, ministudio_local.prompts")
    heavy = {"av", "PIL", "accelerate", "diffusers", "huggingface_hub", "psutil", "torch"}
    assert found & heavy == set()


def test_a_plugin_that_describes_itself_imports_no_room_that_is_only_re_exported():
    program = """
import sys, ministudio.plugin
late = {"ministudio.media", "ministudio.prose", "ministudio.settings"}
assert not late & set(sys.modules), late & set(sys.modules)
assert ministudio.plugin.Dialect(name="d").name == "d"
assert "ministudio.prose" in sys.modules
"""
    assert imported_by(program) == {"attr", "attrs", "ministudio", "pluggy"}


WATCHED = """
import os
import asyncio, sqlite3, sysconfig, tomllib
import attrs, av, click, dotenv, importlib_metadata, PIL.Image, pluggy, yaml

seen = []
LANGUAGES = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"}  # click's, for its own texts

def is_code(name):
    return name.endswith((".py", ".so")) or "__pycache__" in name

def watch(event, args):
    if event == "open" and isinstance(args[0], str) and not is_code(args[0]):
        seen.append(args[0])
    if event.startswith(("socket.", "subprocess.")):
        seen.append(event)

def watched(environ, name, read=os._Environ.__getitem__):
    if name not in LANGUAGES:
        seen.append(name)
    return read(environ, name)

sys.addaudithook(watch)
os._Environ.__getitem__ = watched
"""


def test_no_file_and_no_variable_is_read_at_import():
    program = f"import sys{WATCHED}{EVERY_MODULE}\nassert not seen, seen"
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
