"""Every plugin that the page of hooks shows is pasted as it is, put on a path, and used."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path

import pytest
from projects import MINISTUDIO, put, run

from ministudio.contracts.hooks import MiniStudioHooks

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "authors" / "hooks.md"
HOOKS = {n: hook for n, hook in vars(MiniStudioHooks).items() if n.startswith("ministudio_")}
FILE = re.compile(
    r"^<!-- (?:file|installed): (.+?) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


def files_of(hook: str) -> dict[str, str]:
    """The files that the page shows with a hook, by name."""
    section = PAGE.read_text(encoding="utf-8").partition(f"## `{hook}(")[2].partition("\n## ")[0]
    return dict(FILE.findall(section))


class Pasted:
    """A folder with the plugin of one hook in it, on the path of fresh interpreters."""

    def __init__(self, hook: str, folder: Path) -> None:
        self.folder = folder
        self.site = folder / "site"
        source = folder / hook
        for name, text in files_of(hook).items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text(text, encoding="utf-8")
        self.project = put(source, self.site)

    def run(self, program: str, *words: str, **variables: str) -> str:
        variables.setdefault("MINISTUDIO_PLUGINS", f"{self.project.id},animatic")
        done = run(program, *words, site=self.site, cwd=self.folder, **variables)
        return done.stdout + done.stderr

    def ministudio(self, command: str, **variables: str) -> str:
        return self.run(MINISTUDIO, *command.split(), MINISTUDIO_RESOLUTION="360p", **variables)


@pytest.fixture
def pasted(tmp_path):
    return lambda hook: Pasted(hook, tmp_path)


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_has_a_whole_plugin_which_is_described_and_whose_factory_resolves(hook, pasted):
    plugin = pasted(hook)
    assert {"pyproject.toml", f"{plugin.project.module}/__init__.py"} <= set(files_of(hook))
    (bounds,) = [need for need in plugin.project.requires if need.startswith("ministudio-core")]
    assert ">=" in bounds, "an example declares both bounds"
    assert "<" in bounds, "an example declares both bounds"
    (report,) = json.loads(plugin.ministudio(f"plugins doctor {plugin.project.id} --json"))[
        "plugins"
    ]
    assert report["faults"] == report["notes"] == []
    assert report["passed"][-1] == "create"
    offered = [name for names in report["offers"].values() for name in names]
    assert offered == ([] if hook == "ministudio_event" else [plugin.project.id])


@pytest.mark.parametrize("hook", HOOKS)
def test_what_the_docstring_shows_is_the_entry_module_on_the_page(hook):
    shown = inspect.cleandoc((inspect.getdoc(HOOKS[hook]) or "").partition("module::")[2])
    entry = next(text for name, text in files_of(hook).items() if name.endswith("/__init__.py"))
    assert shown == entry.strip()


def test_the_shown_provider_makes_a_clip(pasted):
    plugin = pasted("ministudio_video_providers")
    plugin.ministudio("shot Paint. --provider flat --seconds 1 --seed 7 -o wall.mp4")
    record = json.loads((plugin.folder / "wall.json").read_text("utf-8"))
    assert record["shots"][0]["provider"] == "flat"
    assert (plugin.folder / "wall.mp4").stat().st_size > 1000


def test_the_shown_backend_gives_a_secret_to_the_core(pasted):
    plugin = pasted("ministudio_secret_backends")
    (plugin.folder / "sealed.json").write_text('{"db": "{\\"key\\": \\"found it\\"}", "n": "1"}')
    program = """
from ministudio.kernel.registry import Registry
from ministudio.plugin import PluginContext, SecretNotFound, SecretRef, SecretUnavailable
registry = Registry()
backend = registry.create_backend("sealed", PluginContext(settings={"SEALED_FILE": "sealed.json"}))
assert backend.get(SecretRef(path="n")) == ("1", None)
assert backend.get(SecretRef(path="db", key="key")) == ("found it", None)
for file, path, error in (
    ("sealed.json", "other", SecretNotFound), ("gone", "n", SecretUnavailable)
):
    context = PluginContext(settings={"SEALED_FILE": file})
    try:
        registry.create_backend("sealed", context).get(SecretRef(path=path))
    except error:
        continue
    raise AssertionError(error)
"""
    plugin.run(program)


def test_a_chain_that_names_the_shown_backend_finds_a_key_in_it(pasted):
    plugin = pasted("ministudio_secret_backends")
    Pasted("ministudio_speech_providers", plugin.folder)
    (plugin.folder / "sealed.json").write_text('{"SPOKEN_API_KEY": "hush-hush"}')
    (plugin.folder / "ministudio.toml").write_text('[profiles.dev.secrets]\nchain = ["sealed"]\n')
    where = {"MINISTUDIO_PLUGINS": "sealed,spoken", "SEALED_FILE": "sealed.json"}
    plugin.ministudio("trust", **where)
    said = plugin.ministudio("secrets explain SPOKEN_API_KEY", **where)
    assert "sealed" in said
    assert "hush-hush" not in said


def test_the_shown_compiler_compiles(pasted):
    program = """
from ministudio.kernel.registry import Registry
from ministudio.plugin import ModelCard, Persona, PromptInput
registry = Registry()
(spec,) = [one for one in registry.compilers() if one.name == "terse"]
assert spec.dialects == ("terse",)
shot = PromptInput(action="A wall is painted.", persona=Persona(name="Ada"))
card = ModelCard(id="m", title="M", dialect="terse")
made = registry.create_compiler("terse").compile(shot, card)
assert made.text.startswith("a wall is painted, "), made
assert any("persona" in line for line in made.dropped), made
"""
    pasted("ministudio_prompt_compilers").run(program)


def test_the_shown_speech_provider_is_listed_and_its_factory_takes_its_key(pasted):
    program = """
from ministudio.kernel.factory import create
from ministudio.kernel.registry import Registry
from ministudio.plugin import PluginContext, Secret
registry = Registry()
(spec,) = registry.speech_providers()
(found,) = [plugin for plugin in registry.plugins() if plugin.id == "spoken"]
context = PluginContext(settings={"SPOKEN_API_KEY": Secret("x", "SPOKEN_API_KEY")})
assert spec.settings[0].secret
assert type(create(found, spec.factory, object, context)).__name__ == "Voice"
"""
    pasted("ministudio_speech_providers").run(program)


def test_the_shown_observer_hears_of_a_real_render_once_it_is_named(pasted):
    plugin = pasted("ministudio_event")
    command = "shot Lamp. --seconds 1 -o lamp.mp4"
    assert "diary" not in plugin.ministudio(command)
    said = plugin.ministudio(command, MINISTUDIO_OBSERVERS="diary")
    assert re.search(r"^diary: run_done: .*lamp\.mp4$", said, re.MULTILINE)
