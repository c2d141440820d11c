"""A broken plugin, of whatever kind, is named with a hint while all others go on working."""

from __future__ import annotations

import json

import pytest

HEAD = """
from ministudio.plugin import PromptCompilerSpec, VideoProviderSpec, hookimpl, permissive_card

def spec(name="bad", **more):
    values = dict(factory="bad_plugin:make", summary="", models=[permissive_card("m")])
    return VideoProviderSpec(name=name, **{**values, **more})
"""
HOOK = f"{HEAD}\n@hookimpl\ndef ministudio_video_providers():\n"

BROKEN = {
    "raises at import": ("raise RuntimeError('no luck')", "import"),
    "leaves at import": ("import sys; sys.exit('bye')", "import"),
    "is no Python": ("def broken(:", "import"),
    "misses its SDK": ("import vendor_sdk_that_is_not_there", "import"),
    "prints and raises": ('print(\'{"not": "json"}\'); raise OSError', "import"),
    "has no hook": ("answer = 42", "check"),
    "forgot the marker": ("def ministudio_video_providers(): return []", "check"),
    "misspelt its hook": (
        f"{HEAD}\n@hookimpl\ndef ministudio_video_provider(): return []",
        "check",
    ),
    "takes an unknown argument": (
        f"{HEAD}\n@hookimpl\ndef ministudio_video_providers(nope): return []",
        "register",
    ),
    "returns a number": (f"{HOOK}    return 7", "describe"),
    "yields another kind": (
        f"{HOOK}    yield PromptCompilerSpec(name='bad', factory='a:b', summary='')",
        "describe",
    ),
    "raises late": (f"{HOOK}    yield spec()\n    raise LookupError('late')", "describe"),
    "leaves late": (f"{HOOK}    yield spec()\n    raise SystemExit", "describe"),
    "names a foreign spec": (f"{HOOK}    yield spec('good')", "describe"),
    "gives an object for a factory": (f"{HOOK}    yield spec(factory=print)", "describe"),
}


# The doctor meets them all in one test; one of each stage is enough for the default session.
COMMON = {"leaves at import", "forgot the marker", "takes an unknown argument", "raises late"}


@pytest.mark.parametrize(
    "kind",
    [kind if kind in COMMON else pytest.param(kind, marks=pytest.mark.slow) for kind in BROKEN],
)
def test_a_broken_plugin_is_named_and_the_others_go_on(environment, kind):
    source, stage = BROKEN[kind]
    environment.install("bad", source)
    done = environment.ministudio("providers --json")
    assert done.returncode == 0
    assert [row["name"] for row in json.loads(done.stdout)] == ["good"]
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"plugin 'bad' (bad-plugin 1.0) is broken at {stage}: ")
    assert line.endswith('run "ministudio plugins doctor bad"')


def test_doctor_gives_each_of_many_its_stage_and_its_hint(environment):
    for number, (source, _) in enumerate(BROKEN.values()):
        text = source.replace("bad", f"bad{number}")
        environment.install(f"bad{number}", text)
    done = environment.ministudio("plugins doctor --json")
    assert done.returncode == 1
    found = {row["id"]: row for row in json.loads(done.stdout)["plugins"]}
    assert found.pop("good")["ok"]
    assert found.pop("core")["ok"]
    faults = {row["id"]: row["faults"] for row in found.values() if not row["ok"]}
    assert set(faults) == {f"bad{number}" for number in range(len(BROKEN))}
    for number, (_, stage) in enumerate(BROKEN.values()):
        (fault,) = faults[f"bad{number}"]
        assert fault["stage"] == stage
        assert fault["hint"]


@pytest.mark.parametrize(
    "command",
    [
        *("plugins list", "providers"),
        pytest.param("models", marks=pytest.mark.slow),
        pytest.param("plugins doctor good", marks=pytest.mark.slow),
    ],
)
def test_two_distributions_with_one_id_and_a_malformed_entry_point_hide_nobody(
    environment, command
):
    environment.install("twin", "", distribution="one-twin")
    environment.install("twin", "", distribution="other-twin")
    environment.install("bent", "", target="not a module!")
    done = environment.ministudio(command)
    assert done.returncode == 0
    assert "good" in done.stdout
    if command != "plugins doctor good":
        assert "one-twin 1.0" in done.stderr
        assert "other-twin 1.0" in done.stderr
        assert "bent-plugin 1.0" in done.stderr


def test_an_unreadable_distribution_hides_nobody(environment):
    environment.install("bent", "")
    entries = environment.folder / "bent_plugin-1.0.dist-info" / "entry_points.txt"
    entries.write_bytes(b"[ministudio.plugins]\nbent \xff\n")
    done = environment.ministudio("providers")
    assert done.returncode == 0
    assert "good" in done.stdout
    assert "bent-plugin 1.0" in done.stderr


def test_what_a_sound_plugin_prints_never_reaches_the_json(environment):
    environment.install(
        "loud",
        "print('hello')\n" + HOOK.replace("bad", "loud") + "    print('again')\n    yield spec()",
    )
    done = environment.ministudio("providers --json")
    assert [row["name"] for row in json.loads(done.stdout)] == ["good", "loud"]
    assert "hello" in environment.ministudio("plugins doctor loud").stdout


def test_strictness_turns_a_broken_plugin_into_an_error(environment):
    environment.install("bad", "raise RuntimeError('no luck')")
    done = environment.ministudio("providers", MINISTUDIO_STRICT_PLUGINS="1")
    assert (done.returncode, done.stdout) == (3, "")
    assert "error: plugin 'bad'" in done.stderr
    assert "hint: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_plugin_that_is_switched_off_is_not_imported(environment):
    environment.install("bad", "import os; os._exit(99)")
    done = environment.ministudio("providers", MINISTUDIO_DISABLE_PLUGINS="animatic,vertex,bad")
    assert (done.returncode, done.stderr) == (0, "")
    done = environment.ministudio("providers", MINISTUDIO_PLUGINS="good")
    assert done.returncode == 0
    assert "good" in done.stdout


def test_asking_for_one_model_imports_its_plugin_alone(environment):
    environment.install("bad", "import os; os._exit(99)")
    done = environment.ministudio("models show good/good-1 --json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["name"] == "good/good-1"


def test_ctrl_c_while_a_plugin_loads_stops_the_command(environment):
    environment.install("slow", "raise KeyboardInterrupt")
    done = environment.ministudio("providers")
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "stopped")


def test_a_traceback_is_shown_to_those_who_ask(environment):
    environment.install("bad", "raise RuntimeError('no luck')")
    assert "Traceback" not in environment.ministudio("providers").stderr
    asked = environment.ministudio("providers --debug").stderr
    assert "Traceback" in asked
    assert "bad_plugin.py" in asked


def test_the_other_project_of_our_name_is_recognised(environment):
    environment.install("old", "", distribution="ministudio")
    (environment.folder / "ministudio.py").unlink()
    done = environment.ministudio("plugins doctor core")
    assert done.returncode == 1
    assert "pip uninstall ministudio" in done.stdout
