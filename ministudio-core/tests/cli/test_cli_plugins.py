"""What the commands about plugins, providers and models print."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from ministudio.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Install = Callable[..., None]

PROVIDER = """
from ministudio.plugin import Billing, VideoProviderSpec, hookimpl, load_cards

@hookimpl
def ministudio_video_providers():
    yield VideoProviderSpec(
        name="{id}", factory="{factory}", summary="Makes clips.", models=load_cards(CARDS),
    )

CARDS = '''
[models.big]
title = "Big"
durations = [4, 8]
resolutions = ["720p", "1080p"]
capabilities = {{ text = "full", seed = "none" }}
prices = [
    {{ per_second = "0.40", audio = true, as_of = 2026-11-01, source = "https://example.com/p" }},
    {{ per_second = "0.20", audio = false, as_of = 2026-11-01, source = "https://example.com/p" }},
]
[models.small]
aliases = ["tiny"]
durations = {{ low = 1, high = 5, step = 0.5 }}
retired_on = 2026-01-01
replaced_by = "big"
free = true
'''
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Install made-up plugins, and let nothing else than these and the core in."""
    monkeypatch.syspath_prepend(str(tmp_path))
    ids: list[str] = []

    def lay_out(id_: str, source: str = "", *, distribution: str = "", target: str = "") -> None:
        module = f"cli_made_up_{tmp_path.name}_{id_}".replace("-", "_")
        (tmp_path / f"{module}.py").write_text(source, encoding="utf-8")
        info = tmp_path / f"{distribution or f'dist_{id_}'}-1.0.dist-info"
        info.mkdir()
        name = distribution or f"dist-{id_}"
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        entry = f"[ministudio.plugins]\n{id_} = {target or module}\n"
        (info / "entry_points.txt").write_text(entry, encoding="utf-8")
        ids.append(id_)
        monkeypatch.setenv("MINISTUDIO_PLUGINS", ",".join(ids))

    monkeypatch.setenv("MINISTUDIO_PLUGINS", "core")
    monkeypatch.delenv("MINISTUDIO_STRICT_PLUGINS", raising=False)
    return lay_out


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], tuple[int, str, str]]:
    """Run a command and return its exit code, output and errors."""

    def run(command: str) -> tuple[int, str, str]:
        code = main(command.split())
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def provider(id_: str, factory: str = "builtins:object") -> str:
    return PROVIDER.format(id=id_, factory=factory)


def test_plugins_list_shows_what_is_installed_and_imports_none(install: Install, say) -> None:
    install("good", "raise RuntimeError")
    code, out, err = say("plugins list")
    lines = out.splitlines()
    assert code == 0
    assert lines[0].split() == ["ID", "DISTRIBUTION", "VERSION", "MODULE", "STATE"]
    assert [line.split()[0] for line in lines[1:] if line.endswith("found")] == ["core", "good"]
    assert not err
    assert not [name for name in sys.modules if name.startswith("cli_made_up") and "good" in name]


def test_plugins_list_shows_what_is_left_out_and_why(
    install: Install, say, monkeypatch: pytest.MonkeyPatch
) -> None:
    install("good")
    monkeypatch.setenv("MINISTUDIO_DISABLE_PLUGINS", "good,bda")
    _, out, err = say("plugins list")
    assert "switched off by MINISTUDIO_DISABLE_PLUGINS" in out
    assert "MINISTUDIO_DISABLE_PLUGINS names 'bda', which is not installed" in err


def test_plugins_list_names_both_distributions_of_a_conflict(install: Install, say) -> None:
    install("twin", distribution="one")
    install("twin", distribution="two")
    code, out, err = say("plugins list")
    assert code == 0
    assert "broken" in out
    assert "one 1.0 and two 1.0 both claim the plugin id 'twin'" in err


def test_plugins_list_as_json_is_the_same_both_ways(install: Install, say) -> None:
    install("good")
    _, quick, _ = say("plugins list --json")
    from ministudio.cli._app import run

    assert run(["plugins", "list", "--json"]) == 0
    data = json.loads(quick)
    assert {"good", "core"} <= {row["id"] for row in data["plugins"]}


def test_doctor_passes_a_sound_plugin_through_every_stage(install: Install, say) -> None:
    install("good", provider("good"))
    code, out, _ = say("plugins doctor good")
    assert code == 0
    assert "passed: discover, import, register, check, describe, create" in out
    assert "providers: good" in out
    assert "note: good/small: retired on 2026-01-01; use big" in out
    assert "good/big: " not in out
    assert "plugins: 1 sound" in out


def test_doctor_names_stage_place_and_remedy_of_a_broken_plugin(install: Install, say) -> None:
    install("bad", "print('hello')\n\nraise RuntimeError('no luck')\n")
    install("good", provider("good"))
    code, out, err = say("plugins doctor")
    assert code == 1
    assert "broken at import: RuntimeError: no luck" in out
    assert "bad.py:3" in out
    assert "MINISTUDIO_DISABLE_PLUGINS=bad" in out
    assert "it prints while it is loaded: 'hello'" in out
    assert "plugins: 1 of 3 broken" in out
    assert "Traceback" not in out + err


def test_doctor_shows_every_line_of_an_error_with_many(install: Install, say) -> None:
    install(
        "bad",
        "from ministudio.plugin import hookimpl, load_cards\n"
        "@hookimpl\ndef ministudio_video_providers():\n"
        "    return load_cards('[models.a]\\nfps = 1\\nfree = 2')\n",
    )
    _, out, _ = say("plugins doctor bad")
    assert "models.toml: a: fps: must be a list, not 1" in out
    assert "models.toml: a: free: must be true or false, not 2" in out


def test_doctor_finds_a_factory_that_cannot_be_imported(install: Install, say) -> None:
    install("half", provider("half", "vendor_sdk_that_is_not_there:Provider"))
    code, out, _ = say("plugins doctor half")
    assert code == 1
    assert "broken at create: provider half" in out


def test_doctor_ignores_strictness_and_reports_all(
    install: Install, say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINISTUDIO_STRICT_PLUGINS", "1")
    install("bad", "raise RuntimeError")
    install("worse", "def broken(")
    code, out, _ = say("plugins doctor --json")
    data = json.loads(out)
    assert code == 1
    found = {row["id"]: row for row in data["plugins"]}
    assert [found[id_]["ok"] for id_ in ("bad", "core", "worse")] == [False, True, False]
    assert found["worse"]["faults"][0]["stage"] == "import"


def test_doctor_recognises_the_other_project_that_has_our_name(install: Install, say) -> None:
    install("x", distribution="ministudio")
    code, out, _ = say("plugins doctor core")
    assert code == 1
    assert 'the distribution "ministudio" 1.0 is installed' in out
    assert "pip uninstall ministudio" in out


def test_doctor_of_an_unknown_plugin_is_bad_input(install: Install, say) -> None:
    install("good", provider("good"))
    code, out, err = say("plugins doctor goood")
    assert (code, out) == (2, "")
    assert err == "error: unknown plugin 'goood'\nhint: did you mean 'good'?\n"


def test_debug_shows_the_tracebacks_that_doctor_keeps_back(install: Install, say) -> None:
    install("bad", "raise RuntimeError('no luck')")
    _, _, err = say("plugins doctor bad --debug")
    assert "Traceback" in err


def test_providers_lists_the_sound_ones_and_names_the_broken_one_once(
    install: Install, say
) -> None:
    install("good", provider("good"))
    install("bad", "print('noise'); raise RuntimeError('no luck')")
    code, out, err = say("providers --json")
    assert code == 0
    (row,) = json.loads(out)
    assert (row["name"], row["models"], row["distribution"]) == (
        "good",
        ["big", "small"],
        "dist-good",
    )
    assert err.splitlines() == [
        (
            "plugin 'bad' (dist-bad 1.0) is broken at import: RuntimeError: no luck; "
            'run "ministudio plugins doctor bad"'
        )
    ]
    _, table, _ = say("providers")
    assert "good  paid     big" in table


def test_a_broken_plugin_is_an_error_where_strictness_is_asked_for(
    install: Install, say, monkeypatch: pytest.MonkeyPatch
) -> None:
    install("bad", "raise RuntimeError('no luck')")
    monkeypatch.setenv("MINISTUDIO_STRICT_PLUGINS", "1")
    code, out, err = say("providers")
    assert (code, out) == (3, "")
    assert err.startswith("error: plugin 'bad' (dist-bad 1.0) is broken at import")
    assert "\nhint: " in err


def test_models_shows_lengths_prices_and_retirement(install: Install, say) -> None:
    install("good", provider("good"))
    _, out, _ = say("models")
    big, small = out.splitlines()[1:]
    assert big.split("  ")[0] == "good/big"
    assert "4, 8 s" in big
    assert "0.20 USD to 0.40 USD/s" in big
    assert "1-5 s by 0.5" in small
    assert "free" in small
    assert small.endswith("retired on 2026-01-01; use big")


def test_models_show_gives_every_price_with_its_date_and_source(install: Install, say) -> None:
    install("good", provider("good"))
    _, out, _ = say("models show big")
    assert "good/big\n  title            Big\n" in out
    assert "compiler prose" in out
    assert "0.40 USD    -         any         with     2026-11-01  https://example.com/p" in out
    assert "seed             none" in out


def test_models_show_finds_an_alias_and_prints_its_card_as_json(install: Install, say) -> None:
    install("good", provider("good"))
    code, out, _ = say("models show tiny --json")
    card = json.loads(out)
    assert code == 0
    assert (card["name"], card["retired"], card["replaced_by"]) == ("good/small", True, "big")
    assert card["durations"] == {"low": 1.0, "high": 5.0, "step": 0.5}
    _, listing, _ = say("models --json")
    assert card in json.loads(listing)
    assert [p["per_second"] for p in json.loads(listing)[0]["prices"]] == ["0.4", "0.2"]


def test_doctor_tells_of_a_retirement_that_is_near_or_in_conflict(install: Install, say) -> None:
    soon = (datetime.now(UTC) + timedelta(days=60)).date()
    later = soon + timedelta(days=60)
    cards = f"""
[models.first]
retired_on = {soon}
[models.second]
retirement = "one list says 2026-11-17, another not before 2027-05-04"
[models.third]
retired_on = {later}
"""
    source = provider("good")
    install("good", source.partition("CARDS = ")[0] + f"CARDS = {cards!r}\n")
    _, out, _ = say("plugins doctor good")
    assert f"note: good/first: retires on {soon}\n" in out
    assert "note: good/second: one list says 2026-11-17, another not before 2027-05-04\n" in out
    assert "good/third" not in out
    _, out, _ = say("models")
    assert "one list says 2026-11-17" in out
    assert f"retires on {later}" in out


def test_a_workspaces_own_cards_are_listed_and_mend_the_plugins(
    install: Install, say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install("good", provider("good"))
    folder = tmp_path / "films"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "ministudio.toml").write_text(
        """
[models.mine]
extends = "good/big"
[models.small]
extends = "good/small"
retired_on = 2096-01-01
"""
    )
    _, out, _ = say("models")
    assert "good/mine" in out
    (small,) = [line for line in out.splitlines() if line.startswith("good/small")]
    assert small.endswith("retires on 2096-01-01; use big")
    assert "good/small" in say("models show tiny")[1]  # its other name is its own still


def test_a_providers_default_model_is_its_first_that_is_not_retired(install: Install, say) -> None:
    source = provider("good").replace("[models.small]", "[models.later]")
    source = source.replace('title = "Big"', 'title = "Big"\nretired_on = 2026-02-01')
    source = source.replace("retired_on = 2026-01-01", "")
    install("good", source)
    (row,) = json.loads(say("providers --json")[1])
    assert (row["default"], row["models"]) == ("later", ["big", "later"])


def test_an_unknown_model_is_bad_input_with_advice(install: Install, say) -> None:
    install("good", provider("good"))
    code, out, err = say("models show good/bigg")
    assert (code, out) == (2, "")
    assert err == "error: unknown model 'good/bigg'\nhint: did you mean 'good/big'?\n"


def test_control_characters_of_a_plugin_move_no_cursor(install: Install, say) -> None:
    install("sly", provider("sly").replace("Makes clips.", "\\x1b[2J\\x07gone"))
    _, out, _ = say("providers")
    assert "\x1b" not in out
    assert "gone" in out
