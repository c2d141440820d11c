"""``ministudio env example``: printed, written, checked, and never over somebody's values."""

from __future__ import annotations

from types import ModuleType

import pytest
from click.testing import CliRunner

from ministudio.cli.env import command, described_settings
from ministudio.errors import ConfigError
from ministudio.kernel.policy import PluginPolicy
from ministudio.kernel.registry import Registry
from ministudio.plugin import (
    SecretBackendSpec,
    Setting,
    SpeechProviderSpec,
    VideoProviderSpec,
    hookimpl,
    permissive_card,
)
from ministudio.settings.core import CORE_SETTINGS
from ministudio.settings.example import env_example

CORE_ALONE = {"MINISTUDIO_PLUGINS": "core"}


def run(*arguments: str, environ: dict[str, str] | None = None):
    runner = CliRunner(env=CORE_ALONE | (environ or {}))
    return runner.invoke(command, ["example", *arguments])


def refusal(*arguments: str) -> ConfigError:
    result = run(*arguments)
    assert isinstance(result.exception, ConfigError)
    return result.exception


def test_it_prints_what_the_core_reads():
    result = run()
    assert result.exit_code == 0
    assert result.stdout == env_example(CORE_SETTINGS)


def test_it_writes_a_file_and_finds_it_up_to_date(tmp_path):
    target = tmp_path / ".env.example"
    assert run("-o", str(target)).exit_code == 0
    assert target.read_text(encoding="utf-8") == env_example(CORE_SETTINGS)
    assert run("--check", str(target)).exit_code == 0


@pytest.mark.parametrize("text", ["", "HF_TOKEN=canary\n", env_example(CORE_SETTINGS) + "\n"])
def test_a_file_that_differs_fails_the_check_and_is_left_alone(tmp_path, text):
    target = tmp_path / ".env.example"
    target.write_text(text, encoding="utf-8")
    wrong = refusal("--check", str(target))
    assert "ministudio env example -o" in (wrong.hint or "")
    assert "canary" not in str(wrong)
    assert target.read_text(encoding="utf-8") == text


def test_a_missing_file_fails_the_check(tmp_path):
    assert "is not what the declarations give" in str(refusal("--check", str(tmp_path / "no")))


def test_an_untouched_example_is_written_anew(tmp_path):
    target = tmp_path / ".env.example"
    target.write_text(env_example([]), encoding="utf-8")
    assert run("-o", str(target)).exit_code == 0
    assert target.read_text(encoding="utf-8") == env_example(CORE_SETTINGS)


@pytest.mark.parametrize(
    "text",
    ["HF_TOKEN=canary\n", "# my own notes\n", env_example(CORE_SETTINGS) + "HF_TOKEN=canary\n"],
)
def test_a_file_somebody_wrote_in_is_not_lost(tmp_path, text):
    target = tmp_path / ".env"
    target.write_text(text, encoding="utf-8")
    assert "would be lost" in str(refusal("-o", str(target)))
    assert target.read_text(encoding="utf-8") == text


def test_a_folder_that_cannot_be_written_is_explained(tmp_path):
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    assert "cannot be written" in str(refusal("-o", str(tmp_path / "out" / ".env.example")))


def test_checking_and_writing_at_once_make_no_sense(tmp_path):
    assert "-o has no place" in str(refusal("--check", "a", "-o", str(tmp_path / "b")))
    assert list(tmp_path.iterdir()) == []


def a_plugin() -> ModuleType:
    plugin = ModuleType("shelf")

    @hookimpl
    def ministudio_secret_backends():
        yield SecretBackendSpec(
            name="shelf",
            factory="shelf:Backend",
            summary="A shelf.",
            settings=[made("SHELF_ADDRESS")],
        )

    @hookimpl
    def ministudio_video_providers():
        yield VideoProviderSpec(
            name="shelf",
            factory="shelf:Provider",
            summary="Clips from a shelf.",
            models=[permissive_card("shelf-1")],
            settings=[made("SHELF_CLIPS")],
        )

    @hookimpl
    def ministudio_speech_providers():
        yield SpeechProviderSpec(
            name="shelf", factory="shelf:Speech", summary="Speaks.", settings=[made("SHELF_VOICE")]
        )

    for hook in (
        ministudio_secret_backends,
        ministudio_video_providers,
        ministudio_speech_providers,
    ):
        setattr(plugin, hook.__name__, hook)
    return plugin


def made(name: str) -> Setting:
    return Setting(name=name, help="A shelf's.", category="Shelf")


def test_the_settings_of_every_kind_of_plugin_are_listed():
    registry = Registry(PluginPolicy.from_environ({"MINISTUDIO_PLUGINS": "core shelf"}))
    registry.register("shelf", a_plugin())
    names = [setting.name for setting in described_settings(registry)]
    assert names[: len(CORE_SETTINGS)] == [setting.name for setting in CORE_SETTINGS]
    assert set(names[len(CORE_SETTINGS) :]) == {"SHELF_ADDRESS", "SHELF_CLIPS", "SHELF_VOICE"}
