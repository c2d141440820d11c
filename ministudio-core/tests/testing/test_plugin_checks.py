"""What every plugin passes: a sound plugin passes it all, and each mistake is named."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys

from ministudio.contracts.hooks import MiniStudioHooks
from ministudio.kernel.discovery import GROUP
from ministudio.testing import PluginConformance
from ministudio.testing.checks import known
from ministudio.testing.checks.cards import CardChecks

ENTRY = '''"""Paints clips."""

from ministudio.plugin import Setting, SettingKind, VideoProviderSpec, cards_beside, hookimpl

SETTINGS = [
    Setting(
        name="PAINTBOX_API_KEY",
        help="The key of the paint box.",
        category="Video generation: Paintbox",
        secret=True,
        required=True,
        where_to_get="https://paintbox.example",
    ),
    Setting(
        name="PAINTBOX_URL",
        help="Where the paint box is asked.",
        category="Video generation: Paintbox",
        kind=SettingKind.URL,
        default="https://api.paintbox.example",
    ),
]


@hookimpl
def ministudio_video_providers():
    """Describe it."""
    yield VideoProviderSpec(
        name="painted",
        factory="painted.provider:Brush",
        summary="Paints clips.",
        models=cards_beside(__file__),
        settings=SETTINGS,
    )
'''
PROVIDER = '''"""Uses the paint box."""

import oils


class Brush:
    """Made from a context."""
'''
CARDS = """
[models.oil]
title = "Oil"
durations = [4, 6]
resolutions = ["720p"]
aspect_ratios = ["16:9"]
capabilities = { text = "full" }
prices = [{ per_second = "0.05", as_of = 2026-01-05, source = "https://paintbox.example" }]
licence = "the terms of the service"
source = "https://paintbox.example"
"""
METADATA = """Metadata-Version: 2.4
Name: painted
Version: 1.0
Summary: Paints clips.
License-Expression: MIT
Requires-Python: >=3.11
Requires-Dist: ministudio-core>=0.1,<1
Description-Content-Type: text/markdown

# painted

Paints clips for MiniStudio, with a paint box that stands somewhere else.

    pip install painted

It reads PAINTBOX_API_KEY, which the site hands out, and PAINTBOX_URL.
"""
SOUND = {
    "painted/__init__.py": ENTRY,
    "painted/provider.py": PROVIDER,
    "painted/models.toml": CARDS,
    "oils.py": "",
    "painted-1.0.dist-info/METADATA": METADATA,
    "painted-1.0.dist-info/entry_points.txt": "[ministudio.plugins]\npainted = painted\n",
    "test_painted.py": """
from ministudio.testing import PluginConformance
from ministudio.testing.checks.cards import CardChecks

class TestPainted(CardChecks, PluginConformance):
    plugin = "painted"
    sdk = ("oils",)
""",
}
INIT, INFO = "painted/__init__.py", "painted-1.0.dist-info/METADATA"
POINTS, TOML = "painted-1.0.dist-info/entry_points.txt", "painted/models.toml"

MISTAKES = [
    (POINTS, "= painted", "= elsewhere", "an_entry_point", "no entry point in the group"),
    (
        INIT,
        'name="painted"',
        'name="oils"',
        "begin_with_its_id",
        "spec 'oils' of painted does",
    ),
    (INFO, ">=0.1,<1", "<1", "core_from_a_version", "a lower bound"),
    (INFO, ">=0.1,<1", ">=0.1", "core_up_to_a_version", 'write "ministudio-core>=0.1,<1"'),
    (INFO, ">=0.1,<1", ">=7,<8", "core_that_is_installed", "asks for ministudio-core<8,>=7"),
    (INFO, "Requires-Python: >=3.11\n", "", "which_pythons", "requires-python ="),
    (INFO, ">=3.11", ">=3.8", "which_pythons", "older Pythons"),
    (INFO, "License-Expression: MIT\n", "", "has_a_licence", "names no licence"),
    (INFO, "Summary: Paints clips.\n", "", "has_a_summary", "does not say what painted is"),
    (INFO, "pip install painted", "get it", "how_it_is_installed", "pip install painted"),
    (INFO, "PAINTBOX_URL", "an address", "names_every_variable", "the variable PAINTBOX_URL"),
    (INIT, "SETTINGS =", "import oils\nSETTINGS =", "describing_it_imports_no_sdk", "'oils' ("),
    (
        INIT,
        "SETTINGS =",
        "import painted.provider\nSETTINGS =",
        "nothing_that_a_factory_names",
        "imports 'painted.provider'",
    ),
    (
        INIT,
        "SETTINGS =",
        "import socket\nsocket.getaddrinfo('127.0.0.1', 1)\nSETTINGS =",
        "opens_no_connection",
        "opens a connection socket.getaddrinfo",
    ),
    (
        INIT,
        "SETTINGS =",
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', ''])\nSETTINGS =",
        "starts_no_process",
        "painted/__init__.py:6",
    ),
    (
        INIT,
        "SETTINGS =",
        "open('/etc/hostname').close()\nSETTINGS =",
        "reads_no_file",
        "opens the file /etc/hostname (",
    ),
    (
        INIT,
        "SETTINGS =",
        "import os\nos.environ.get('PAINTBOX_URL')\nSETTINGS =",
        "reads_no_variable",
        "reads the variable PAINTBOX_URL (",
    ),
    (INIT, "SETTINGS =", "print('hello')\nSETTINGS =", "prints_nothing", "hello"),
    (
        INIT,
        'summary="Paints clips."',
        "summary=f'{len(SETTINGS)}{SETTINGS.append(SETTINGS[0])}'",
        "asked_twice",
        "asked a second time, it says something else",
    ),
    (
        INIT,
        'summary="Paints clips."',
        "summary=str({'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'})",
        "elsewhere_it_says",
        "with other variables",
    ),
    (INIT, "@hookimpl\n", "", "hooks_are_marked", "write @hookimpl above it"),
    (INIT, "video_providers", "video_provider", "hooks_exist", "mean ministudio_video_providers?"),
    (INIT, "providers()", "providers(when)", "ask_for_what_they_are_given", "asks for 'when'"),
    (INIT, "    yield Video", "    return Video", "hooks_give_specs", "gave one VideoProviderSpec"),
    (INIT, "provider:Brush", "provider:Brsh", "factories_resolve", "has no Brsh"),
    (INIT, "provider:Brush", "provider:oils", "factories_resolve", "cannot be called"),
    (INIT, "painted.provider:Brush", "json:loads", "in_its_own_package", "'json:loads'"),
    (INIT, "provider:Brush", "provider:Brsh", "doctor_finds", "Brsh"),
    (
        INIT,
        "PAINTBOX_API_KEY",
        "API_KEY",
        "called_by_whose_they_are",
        "declares API_KEY, which",
    ),
    (INIT, 'name="PAINTBOX_URL"', 'name="PAINTBOX_API_KEY"', "declared_twice", "2 times"),
    (INIT, "secret=True,", "", "looks_like_a_key", "PAINTBOX_API_KEY, which looks like a key"),
    (INIT, "The key of the paint box.", "key", "in_a_sentence", "PAINTBOX_API_KEY is 'key'"),
    (INIT, 'where_to_get="https://paintbox.example",', "", "where_it_is_got", "where_to_get="),
    (INIT, "kind=SettingKind.URL,", "", "declared_as_one", "PAINTBOX_URL, which takes an address"),
    (INIT, "https://api", "gopher://api", "default_is_a_value", "is no address"),
    (TOML, "durations = [4, 6]", "", "how_long_clips_are", "painted/oil does not say which"),
    (TOML, "[4, 6]", "[6, 4]", "every_length", "rising"),
    (TOML, "2026-01-05", "2099-01-05", "price_is_dated", "2099-01-05, which is still to come"),
    (TOML, "licence =", "retired_on = 2027-01-01\nlicence =", "that_retires", "names no other"),
    (TOML, "licence =", "replaced_by = 'gouache'\nlicence =", "that_retires", "'gouache'"),
    (TOML, "licence =", "retired_on = 2026-01-02\nlicence =", "default_model", "retired on 2026"),
    (TOML, 'licence = "the terms of the service"', "", "which_licence", "names no licence"),
    (TOML, "licence =", "dialect = 'oily'\nlicence =", "every_dialect", "'oily' is spoken by no"),
    (TOML, "text =", "audio =", "makes_sense", "painted/oil says of nothing"),
]
"""A file, what stands in it, what stands there by mistake, the check, and what it must say."""


class Everything(CardChecks, PluginConformance):
    """What the plugins below are tried with."""


def test_the_kit_knows_the_hooks_that_the_kernel_calls():
    hooks = {n: f for n, f in vars(MiniStudioHooks).items() if n.startswith("ministudio_")}
    arguments = {n: tuple(inspect.signature(f).parameters)[1:] for n, f in hooks.items()}
    assert dict(known.ARGUMENTS) == arguments
    assert {*known.DESCRIBING, known.OBSERVING} == set(hooks)
    assert known.GROUP == GROUP


def test_a_sound_plugin_passes_everything(tmp_path):
    said = tried(tmp_path, SOUND)
    assert re.search(r"\n\d\d passed, \d skipped", said), said


def test_each_mistake_is_named(tmp_path):
    checks = []
    for number, (file, right, wrong, check, _) in enumerate(MISTAKES):
        assert right in SOUND[file]
        files = SOUND | {file: SOUND[file].replace(right, wrong)}
        write(tmp_path, {its(n, number): its(text, number) for n, text in files.items()})
        [found] = [n for n in dir(Everything) if n.startswith("test_") and check in n]
        checks.append(its(f"test_painted.py::TestPainted::{found}", number))
    said = tried(tmp_path, {}, *checks)
    _, *failures = re.split(r"^_+ Test\w+?(\d+)\.\w+ _+$", said, flags=re.MULTILINE)
    assert len(failures) == 2 * len(MISTAKES), said
    for number, text in zip(map(int, failures[::2]), failures[1::2], strict=True):
        message = its(MISTAKES[number][-1], number)
        assert message in text, (message, text)


def its(text, number):
    """One plugin of many in a folder."""
    numbered = text.replace("painted", f"painted{number}")
    return numbered.replace("TestPainted", f"TestPainted{number}")


def write(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def tried(folder, files, *words):
    write(folder, files)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", *words],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr
