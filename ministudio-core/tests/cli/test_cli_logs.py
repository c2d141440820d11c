"""Logs, observers and the summary of a run, as a user of the command line meets them."""

from __future__ import annotations

import json
import logging

import pytest
from stunts import TINY, film

from ministudio.testing.simulator import SimulatedService, install

SECRET = "sesame-open-1234"


@pytest.fixture
def service():
    with SimulatedService() as running:
        yield running


@pytest.fixture
def render(ministudio, yard, service, tmp_path, monkeypatch):
    """Renders a film of the given actions with the simulator; returns exit code, output, errors."""
    monkeypatch.syspath_prepend(str(install(tmp_path / "plugins")))
    monkeypatch.setenv("MINISTUDIO_PLUGINS", "core,stunt,simulator")
    monkeypatch.setenv("SIMULATOR_URL", service.url)
    (yard / "ministudio.toml").write_text("[provider.simulator]\noptions.poll_every = 0.05\n")

    def render(*actions, words=(), provider="simulator"):
        (yard / "film.yaml").write_text(film(*actions))
        return ministudio("render", "film.yaml", "--provider", provider, *TINY, *words)

    return render


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_a_json_log_has_one_object_for_each_event_and_no_progress_beside_it(render):
    code, out, err = render("A hill", words=("--log-format", "json"))
    assert code == 0
    logged = lines(err)
    assert [line["kind"] for line in logged] == [
        "run_started",
        "shot_started",
        "shot_done",
        "film_joining",
        "run_done",
    ]
    done = logged[2]
    assert (done["shot"], done["level"], done["logger"]) == ("a", "info", "ministudio.events")
    assert done["time"].endswith("Z")
    assert logged[-1]["data"]["money"][0]["spent"] == "0.05"
    assert "out/film.mp4: 0.5 s" in out


@pytest.mark.parametrize("command", ["render", "retake", "resume", "shot"])
def test_every_command_that_renders_can_log(ministudio, command):
    code, out, _ = ministudio(command, "--help")
    assert code == 0
    assert [name for name in ("--log-format", "--log-level", "--log-file") if name not in out] == []


def test_a_run_that_is_gone_on_with_is_logged_and_its_money_is_counted_from_the_start(
    render, ministudio
):
    words = ("--concurrency", "1", "--job-timeout", "1")
    assert render("A hill", "sim:takes=2", words=words)[0] == 4
    code, out, err = ministudio("resume", "--log-format", "json")
    assert code == 0
    logged = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    assert [line["kind"] for line in logged][-1] == "run_done"
    assert out.splitlines()[-1] == "spent in this run: 0.10 USD"


def test_at_level_debug_every_state_of_a_take_is_logged(render):
    _, _, err = render("A hill", words=("--log-format", "json", "--log-level", "debug"))
    states = [line["data"]["state"] for line in lines(err) if line["kind"] == "take_changed"]
    assert states == ["reserved", "submitting", "submitted", "ready", "stored"]


def test_debug_logs_everything_and_a_level_said_aloud_less(render):
    _, _, err = render("A hill", words=("--debug",))
    assert " debug take_changed shot=a provider=simulator " in err
    _, _, err = render("A pond", words=("--debug", "--log-level", "warning"))
    assert err == ""


def test_a_log_in_a_file_leaves_progress_where_it_was_and_grows(render, yard):
    words = ("--log-file", "run.log", "--log-format", "json")
    _, _, err = render("A hill", words=words)
    assert "shot 1/1 a: done" in err
    first = len(lines((yard / "run.log").read_text()))
    render("A pond", words=words)
    assert len(lines((yard / "run.log").read_text())) == 2 * first


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_ordered(render, service):
    code, _, err = render("A hill", words=("--log-file", "nowhere/run.log"))
    assert code == 5
    assert "run.log" in err
    assert service.stats.total.submits == 0


def test_the_settings_may_want_a_log_and_the_command_line_goes_before_them(render, yard):
    with (yard / "ministudio.toml").open("a") as file:
        file.write('[render]\nlog_format = "json"\nlog_level = "error"\n')
    assert render("A hill")[2] == ""
    _, _, err = render("A pond", words=("--log-level", "info"))
    assert lines(err)[0]["kind"] == "run_started"


def test_logging_is_left_as_it_was_found(render):
    root, ours = logging.getLogger(), logging.getLogger("ministudio")
    before = (root.level, list(root.handlers), ours.level)
    render("A hill", words=("--log-level", "debug"))
    assert (root.level, list(root.handlers), ours.level) == before


def test_no_secret_gets_into_a_log_whoever_logs_it(render, yard, monkeypatch):
    monkeypatch.setenv("STUNT_API_KEY", SECRET)
    words = ("--log-format", "json", "--log-level", "debug")
    code, _, err = render("do: tell", words=words, provider="stunt-key")
    assert code != 0
    assert SECRET not in err
    assert "[secret:STUNT_API_KEY]" in err


@pytest.fixture
def watcher(yard, monkeypatch, tmp_path):
    """Installs a plugin that observes, with the given body of its hook."""

    def watcher(body):
        folder = tmp_path / "watchers"
        info = folder / "watcher-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: watcher\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text("[ministudio.plugins]\nwatcher = watcher\n")
        (folder / "watcher.py").write_text(
            "from ministudio.plugin import hookimpl\n"
            f"@hookimpl\ndef ministudio_event(event):\n    {body}\n"
        )
        monkeypatch.syspath_prepend(str(folder))
        monkeypatch.setenv("MINISTUDIO_PLUGINS", "core,stunt,simulator,watcher")

    yield watcher
    import sys

    sys.modules.pop("watcher", None)


def test_an_observer_that_is_named_hears_every_event(render, watcher, yard, monkeypatch):
    watcher("with open('heard.txt', 'a') as file: file.write(event.kind + '\\n')")
    render("A hill", words=())
    assert not (yard / "heard.txt").exists()
    monkeypatch.setenv("MINISTUDIO_OBSERVERS", "watcher")
    assert render("A pond")[0] == 0
    heard = (yard / "heard.txt").read_text().split()
    assert (heard[0], heard[-1]) == ("run_started", "run_done")
    assert heard.count("take_changed") == 5


def test_an_observer_that_fails_is_told_of_once_and_changes_nothing(render, watcher, monkeypatch):
    watcher("raise SystemExit('bored')")
    monkeypatch.setenv("MINISTUDIO_OBSERVERS", "watcher")
    code, _, err = render("A hill", words=("--log-format", "json"))
    assert code == 0
    told = [line for line in lines(err) if "kind" not in line]
    assert [line["message"].partition(";")[0] for line in told] == [
        "the observer 'watcher' failed at run_started: SystemExit: bored"
    ]


def test_an_observer_that_is_not_there_stops_a_run_before_anything_is_ordered(
    render, service, monkeypatch
):
    monkeypatch.setenv("MINISTUDIO_OBSERVERS", "nobody")
    code, _, err = render("A hill")
    assert code == 2
    assert "unknown plugin 'nobody'" in err
    assert service.stats.total.submits == 0


def test_the_summary_says_what_was_spent_and_the_record_says_it_too(render, yard):
    _, out, _ = render("A hill", "A tree")
    assert out.splitlines()[-1] == "spent in this run: 0.10 USD"
    record = json.loads((yard / "out" / "film.json").read_text())
    assert record["money"] == [
        {
            "currency": "USD",
            "clips": 2,
            "seconds": 1.0,
            "spent": "0.1",
            "reported": "0.1",
            "promised": "0",
            "estimated": "0.1",
            "unknown_prices": 0,
        }
    ]
    usage = record["usage"]
    assert usage["wall_seconds"] > 0
    assert usage["cpu_seconds"] > 0
    takes = sum(path.stat().st_size for path in yard.glob(".ministudio/takes/*/*.mp4"))
    assert usage["store_bytes"] == takes
    assert usage["journal_bytes"] >= 4096
    _, out, _ = render("A hill", "A tree")
    assert "spent" not in out


def test_what_a_run_without_a_film_has_cost_is_said_before_why(render):
    words = ("--concurrency", "1", "--job-timeout", "1")
    code, _, err = render("A hill", "sim:stuck", words=words)
    assert code == 4
    said = err.splitlines()
    where = said.index("spent in this run: 0.05 USD, promised: 0.05 USD")
    assert said[where + 1].startswith("error: shot 2 (b)")


def test_what_stands_in_and_what_is_left_out_is_named(render):
    _, out, err = render("A hill", "sim:refusex*", words=("--on-failure", "skip"))
    assert "left out: b" in out.splitlines()
    assert "shot 2/2 b: LEFT OUT: " in err
    assert "with another seed" in err
