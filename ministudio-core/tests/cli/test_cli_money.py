"""Money, jobs and runs on the command line, with a service that bills and fails as told."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from pathlib import Path

import pytest
from simulated import Place

from ministudio.testing.simulator import SimulatedService, Terms

SHOTS = ("A ball rolls.", "A dog sits.", "It rains.")


@pytest.fixture
def service():
    with SimulatedService(Terms(takes=0.0)) as running:
        yield running


@pytest.fixture
def place(tmp_path, service):
    made = Place(tmp_path, service)
    made.film(*SHOTS)
    return made


def bills(place: Place) -> list[str]:
    return [bill.prompt for bill in place.service.bills]


def test_a_film_and_what_it_cost(place):
    assert place("render", "film.yaml").code == 0
    (row,) = place("costs", "--json").data
    assert row == {
        "name": "Stunts",
        "currency": "USD",
        "clips": 3,
        "seconds": 1.5,
        "spent": "0.15",
        "reported": "0.15",
        "promised": "0",
        "unknown_prices": 0,
    }
    assert len(bills(place)) == 3
    table = place("costs").out.splitlines()
    assert re.split(" {2,}", table[0]) == [
        "FILM", "CLIPS", "SECONDS", "SPENT", "OF THAT REPORTED", "PROMISED", "UNKNOWN",
    ]  # fmt: skip
    assert re.split(" {2,}", table[1]) == [
        "Stunts", "3", "1.5", "0.15 USD", "0.15 USD", "0.00 USD", "-",
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("film", ["Stunts"]),
        ("shot", ["Stunts: a", "Stunts: b", "Stunts: c"]),
        ("provider", ["simulator/sim-1"]),
    ],
)
def test_costs_are_summed_by_film_shot_or_provider(place, by, names):
    place("render", "film.yaml", "--concurrency", "1")
    assert [row["name"] for row in place("costs", "film.yaml", "--by", by, "--json").data] == names


def test_costs_are_summed_by_day(place):
    place("render", "film.yaml")
    (row,) = place("costs", "--by", "day", "--json").data
    assert time.strptime(row["name"], "%Y-%m-%d")


@pytest.mark.parametrize(
    "limit", [("--budget", "0.12 USD"), ("--max-clips", "2"), ("--max-seconds", "1.2")]
)
def test_a_limit_stops_the_run_with_exit_code_6_and_keeps_what_is_made(place, limit):
    said = place("render", "film.yaml", "--concurrency", "1", *limit)
    assert said.code == 6
    assert "error: shot 'c' is not ordered: " in said.err
    assert "hint: raise the budget" in said.err
    assert len(bills(place)) == 2
    assert place("render", "film.yaml").code == 0
    assert len(bills(place)) == 3


@pytest.mark.slow
def test_a_limit_of_the_workspace_holds_for_every_run(place):
    place.settings("[budget.day]\nclips = 2\n")
    for _ in range(2):
        said = place("render", "film.yaml", "--concurrency", "1")
        assert said.code == 6
        assert "the 2 paid clips allowed for this day" in said.err
    assert len(bills(place)) == 2


@pytest.mark.slow
def test_the_command_line_goes_before_the_settings_for_one_run(place):
    place.settings('[budget.run]\nmoney = "0.05 USD"\n')
    assert place("render", "film.yaml").code == 6
    assert place("render", "film.yaml", "--budget", "1 USD").code == 0


def test_above_a_price_nobody_is_asked_where_nobody_sits_and_nothing_is_ordered(place):
    place.settings('[render]\nconfirm_above = "0.10 USD"\n')
    said = place("render", "film.yaml")
    assert said.code == 6
    assert "this film costs 0.15 USD, and more than 0.10 USD is not spent without a yes" in said.err
    assert "hint: say yes with --yes" in said.err
    assert bills(place) == []
    assert place("render", "film.yaml", "--yes").code == 0


def test_an_unknown_price_is_refused_until_it_is_allowed(place):
    words = ("render", "film.yaml", "--model", "simulator/sim-unpriced", "--yes")
    said = place(*words)
    assert said.code == 6
    assert "nobody says what simulator/sim-unpriced costs" in said.err
    assert "--allow-unknown-price" in said.err
    assert bills(place) == []
    assert place(*words, "--allow-unknown-price").code == 0


@pytest.mark.slow
def test_an_unknown_price_is_a_question_too(place):
    said = place("render", "film.yaml", "--model", "simulator/sim-unpriced")
    assert said.code == 6
    assert "unknown" in said.err
    assert bills(place) == []


# Pending, resumed, cancelled


@pytest.mark.slow
def test_a_pending_job_is_shown_and_resumed_at_no_new_cost(place):
    place.film("A ball rolls.", "A dog sits. sim:takes=8")
    said = place("render", "film.yaml", "--job-timeout", "1")
    assert said.code == 4
    assert "is still running at simulator" in said.err
    (job,) = place("jobs", "--json").data
    assert (job["shot"], job["film"], job["provider"]) == ("b", "Stunts", "simulator")
    assert job["state"] in {"submitted", "running"}
    assert job["job"]
    assert job["charged"] is None
    assert set(job) == {
        "take", "film", "shot", "part", "number", "provider", "model", "state", "submitted",
        "job", "charged", "error",
    }  # fmt: skip
    (row,) = place("costs", "--json").data
    assert (row["spent"], row["promised"]) == ("0.05", "0.05")
    assert f" {job['job']} " in place("jobs", "film.yaml").out
    place.film("Something else entirely.")
    place.settings("[render]\njob_timeout = 60\n")
    place.service.be_good()
    for _ in range(20):
        said = place("resume")
        if said.code == 0:
            break
        assert said.code == 4
    assert said.code == 0, said.err
    assert "Stunts: going on" in said.err
    assert "2 shots" in said.out
    assert len(bills(place)) == 2
    assert place("jobs").out == "no job is under way\n"
    assert place("resume").out.startswith("nothing to go on with")
    assert len(place("jobs", "--all", "--json").data) == 2


@pytest.mark.slow
def test_a_lost_job_is_asked_about_and_paid_again_only_on_the_users_word(place):
    place.film("A dog sits. sim:drop-after")
    words = ("--provider", "simulator-blind")
    assert place("render", "film.yaml", *words).code == 4
    assert len(bills(place)) == 1
    for command in (("render", "film.yaml", *words), ("resume",)):
        said = place(*command)
        assert said.code == 4
        assert "nobody can say whether simulator-blind made shot 'a'" in said.err
        assert "--resubmit a" in said.err
    assert len(bills(place)) == 1
    assert place("jobs", "--json").data[0]["state"] == "unknown"
    assert place("resume", "--resubmit", "a").code == 0
    assert len(bills(place)) == 2
    (row,) = place("costs", "--json").data
    assert (row["clips"], row["spent"], row["promised"]) == (2, "0.05", "0.05")


@pytest.mark.slow
def test_a_job_is_cancelled_without_anybody_rendering(place):
    place.film("A dog sits. sim:stuck")
    assert place("render", "film.yaml", "--job-timeout", "1").code == 4
    said = place("cancel", "a")
    assert (said.code, said.out) == (0, "shot a: shot 'a' was cancelled at simulator\n")
    assert place("jobs").out == "no job is under way\n"


@pytest.mark.slow
def test_a_job_is_cancelled_while_another_process_renders_and_reads_are_free(place):
    place.film("A ball rolls.", "A dog sits. sim:stuck")
    with place.start("render", "film.yaml") as process:
        try:
            for _ in range(300):
                jobs = place("jobs", "--json").data
                if any(job["shot"] == "b" and job["job"] for job in jobs):
                    break
            busy = place("render", "film.yaml")
            assert busy.code == 2
            assert f"being rendered in by process {process.pid}" in busy.err
            assert place("costs", "--json").data[0]["clips"] >= 1
            assert place("takes", "list", "film.yaml", "--json").code == 0
            said = place("cancel", "b")
            assert said.out == "shot b: asked the process that renders to cancel it\n"
            _, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 4
    assert "was cancelled at simulator" in err
    assert "Traceback" not in err


@pytest.mark.slow
def test_a_killed_render_is_found_by_resume(place):
    place.film("A ball rolls.", "A dog sits. sim:takes=3")
    with place.start("render", "film.yaml") as process:
        try:
            for _ in range(300):
                if any(job["shot"] == "b" and job["job"] for job in place("jobs", "--json").data):
                    break
        finally:
            os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
    said = place("resume", ".")
    assert said.code == 0, said.err
    assert len(bills(place)) == 2
    assert (place.folder / "out" / "film.mp4").is_file()


# Failing


@pytest.mark.slow
def test_a_shot_nobody_can_make_is_skipped_or_stood_in_for(place):
    place.film("A ball rolls.", "A dog sits. sim:refusex*")
    assert place("render", "film.yaml").code == 4
    said = place("render", "film.yaml", "--on-failure", "skip", "-o", "skipped.mp4")
    assert said.code == 0, said.err
    assert "1 shot" in said.out
    said = place("render", "film.yaml", "--on-failure", "placeholder", "-o", "stood.mp4")
    assert said.code == 0, said.err
    assert "stands in" in said.err
    record = json.loads((place.folder / "stood.json").read_text())
    assert [shot["provider"] for shot in record["shots"]] == ["simulator", "animatic"]


@pytest.mark.parametrize(("scope", "queues"), [("shot", ["a", "b"]), ("film", ["b", "b"])])
def test_what_falls_back_together_is_chosen_on_the_command_line(place, scope, queues):
    place.film("A ball rolls.", "A dog sits. sim:401x*/a")
    chain = ("--provider", "simulator,simulator-b", "--fallback-scope", scope)
    said = place("render", "film.yaml", *chain)
    assert said.code == 0, said.err
    record = json.loads((place.folder / "out" / "film.json").read_text())
    makers = {"simulator": "a", "simulator-b": "b"}
    assert [makers[shot["provider"]] for shot in record["shots"]] == queues


# Looking at nothing


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("costs",), "no paid clip was ordered here\n"),
        (("jobs",), "no job is under way\n"),
        (("resume",), "nothing to go on with: every film that was begun here is finished\n"),
    ],
)
def test_an_empty_folder_is_looked_at_and_left_empty(place, words, says):
    folder = place.folder / "elsewhere"
    folder.mkdir()
    assert place(*words, folder) == (0, says, "")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("command", ["costs", "jobs"])
def test_nothing_at_all_is_an_empty_list_to_a_program(place, command):
    assert place(command, "--json").data == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("cancel", "zebra"), "no job of a shot 'zebra' is under way here"),
        (("cancel",), "SHOT"),
        (("costs", "nowhere"), "nowhere"),
        (("jobs", "nowhere"), "nowhere"),
        (("costs", "--by", "moon"), "moon"),
        (("render", "film.yaml", "--budget", "lots"), "must be an amount of money"),
        (("render", "film.yaml", "--max-clips", "-1"), "--max-clips"),
        (("render", "film.yaml", "--on-failure", "cry"), "cry"),
        (("render", "film.yaml", "--job-timeout", "0"), "--job-timeout"),
        (("render", "film.yaml", "--resubmit", "zebra"), "zebra"),
    ],
)
def test_a_call_that_makes_no_sense_exits_with_2_and_a_hint(place, words, says):
    said = place(*words)
    assert said.code == 2, said.err
    assert says in said.err
    assert "hint: " in said.err


def test_a_damaged_journal_is_named_and_nothing_is_ordered(place):
    assert place("render", "film.yaml").code == 0
    journal = Path(place.folder / ".ministudio" / "journal.sqlite")
    for extra in journal.parent.glob("journal.sqlite-*"):
        extra.unlink()
    journal.write_bytes(b"no journal " * 500)
    for words in (("render", "film.yaml"), ("costs",), ("jobs",), ("resume",)):
        said = place(*words)
        assert said.code == 2
        assert "cannot be used as a journal" in said.err
        assert "hint: move it away" in said.err
    assert len(bills(place)) == 3
