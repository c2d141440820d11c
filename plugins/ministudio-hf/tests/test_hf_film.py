"""Whole films through Hugging Face: six shots, the command line, crashes, and what is billed."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time

import pytest
from fake_hf import TOKEN, Fault

from ministudio import Studio
from ministudio.errors import ConfigError, JobUnknown, ProviderUnavailable

SIX = """
title: The fox
characters:
  fox: {name: Ruda, identity: {description: a red fox with one white paw}, visual_anchor: fox.png}
scenes:
  - continuity: chain
    shots:
      - {id: one, action: A fox sleeps on a ledge., duration: 2, characters: [fox]}
      - {id: two, action: It wakes and listens., duration: 2, characters: [fox]}
      - {id: three, action: It trots down to the river., duration: 2, characters: [fox]}
  - shots:
      - {id: four, action: Ice drifts on a river., duration: 2, continuity: cut}
      - {id: five, action: The moon rises., duration: 2, first_frame: moon.png, continuity: cut}
      - {id: six, action: A fox looks back., duration: 2, continuity: cut, characters: [fox]}
"""
ONE = "title: Fox\nscenes:\n  - shots:\n      - {id: a, action: A fox., duration: 2}\n"
QUICK = "[provider.hf]\noptions.poll_every = 0.02\n"
PROGRAM = "import sys; from ministudio.cli import main; sys.exit(main())"


@pytest.fixture
def place(service, tmp_path, picture):
    """A workspace whose token stands in ``.env`` only, under the name the user's papers give."""
    (tmp_path / ".env").write_text(f"HF_API_TOKEN={TOKEN}\n", encoding="utf-8")
    (tmp_path / "ministudio.toml").write_text(QUICK, encoding="utf-8")
    picture("moon.png")
    picture("fox.png", (200, 90, 20))
    return tmp_path


def settings(service):
    return {
        "HF_ROUTER_URL": service.url,
        "HF_ENDPOINT": service.url,
        "HF_DEDICATED_ENDPOINT": "my-wan",
        "MINISTUDIO_PLUGINS": "core,hf,animatic",
        "MINISTUDIO_PROVIDER": "hf",
        "MINISTUDIO_RESOLUTION": "480p",
    }


def rendered(place, service, text, **how):
    (place / "film.yaml").write_text(text, encoding="utf-8")
    studio = Studio(place, environ=settings(service))
    plan = studio.plan(place / "film.yaml", **how)
    return plan, asyncio.run(studio.render(plan, place / "film.mp4"))


class Command:
    """The command line in a process of its own."""

    def __init__(self, place, service):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("MINISTUDIO_", "HF_"))}
        quiet = {"HF_HUB_DISABLE_TELEMETRY": "1", "NO_COLOR": "1"}
        self._how = {"cwd": place, "env": {**kept, **settings(service), **quiet}, "text": True}

    def start(self, *words):
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **self._how,
        )

    def __call__(self, *words):
        process = self.start(*words)
        out, err = process.communicate(timeout=60)
        assert "Traceback" not in err or "--debug" in words, err
        return process.returncode, out, err


def test_a_film_of_six_shots_goes_on_from_picture_to_picture(place, service):
    _, film = rendered(place, service, SIX)
    assert film.path.is_file()
    assert (service.submits, service.bills) == (6, 6)
    orders = service.of("submit")
    begun = {"image_url" in seen.body for seen in orders}
    assert begun == {True, False}
    by_words = {_shot(seen.body["prompt"]): seen for seen in orders}
    assert "image_url" not in by_words["one"].body
    for name in ("two", "three", "five"):
        assert by_words[name].path.endswith("image-to-video")
        assert by_words[name].body["image_url"].startswith("data:image/png;base64,")
    assert by_words["two"].body["image_url"] != by_words["three"].body["image_url"]
    for name in ("one", "four", "six"):
        assert by_words[name].path.endswith("text-to-video")
    for name in ("one", "two", "three", "six"):
        assert "one white paw" in by_words[name].body["prompt"]


WORDS = {
    "one": "sleeps on a ledge",
    "two": "wakes and listens",
    "three": "trots down",
    "four": "Ice drifts",
    "five": "moon rises",
    "six": "looks back",
}


def _shot(prompt):
    """Whose prompt this is: the last of the actions that it names is its own."""
    heads = {name: prompt.find(words) for name, words in WORDS.items() if words in prompt}
    return min(heads, key=heads.__getitem__)


def test_references_that_no_model_here_takes_are_said_to_be_left_out(place, service):
    (place / "film.yaml").write_text(SIX, encoding="utf-8")
    plan = Studio(place, environ=settings(service)).plan(place / "film.yaml")
    said = [str(a) for shot in plan.shots for a in shot.first_choice.adaptations]
    assert any("reference" in line for line in said)


def test_a_project_cannot_say_where_the_token_goes(place, service):
    (place / "ministudio.toml").write_text(
        '[provider.hf-endpoint]\noptions.endpoint = "somebody/elses"\n', encoding="utf-8"
    )
    with pytest.raises(ConfigError, match="says where requests go, and your key with them"):
        Studio(place, environ=settings(service))


def test_a_film_rendered_again_orders_nothing(place, service):
    rendered(place, service, ONE)
    rendered(place, service, ONE)
    assert service.submits == 1


def test_the_plan_tells_the_price_that_is_kept_in_the_books(place, service):
    plan, _ = rendered(place, service, ONE)
    part = plan.shots[0].first_choice.parts[0]
    assert part.request.seconds == 2.063  # 33 frames, at the millisecond above
    assert part.price.micros == 206_300
    assert service.of("submit")[0].body["num_frames"] == 33


def test_a_value_that_stands_in_dotenv_alone_reaches_the_sdk(place, service):
    code, _, err = Command(place, service)("render", _written(place), "--yes")
    assert code == 0, err
    lookups = service.of("lookup")
    assert lookups
    for seen in (*lookups, *service.of("submit")):
        assert seen.headers["authorization"] == f"Bearer {TOKEN}"


def _written(place, text=ONE):
    (place / "film.yaml").write_text(text, encoding="utf-8")
    return "film.yaml"


def test_no_token_is_said_before_anything_is_asked(place, service):
    (place / ".env").write_text("", encoding="utf-8")
    code, _, err = Command(place, service)("render", _written(place), "--yes")
    assert code != 0
    assert "HF_TOKEN (also read as HF_API_TOKEN, HUGGING_FACE_HUB_TOKEN)" in err
    assert "huggingface.co/settings/tokens" in err
    assert service.requests == []


@pytest.mark.parametrize("token", ["hf_tok en1234567890", "hf_töken1234567890"])
def test_a_token_that_cannot_be_one_is_said_to_be_none_and_not_shown(place, service, token):
    (place / ".env").write_text(f'HF_TOKEN="{token}"\n', encoding="utf-8")
    code, out, err = Command(place, service)("render", _written(place), "--yes")
    assert code != 0
    assert "HF_TOKEN" in err
    assert token not in out + err
    assert service.requests == []


@pytest.mark.slow
def test_a_process_killed_while_a_job_runs_leaves_it_to_the_next(place, service):
    service.steps = 1_000_000
    command, name = Command(place, service), _written(place)
    process = command.start("render", name, "--yes")
    deadline = time.monotonic() + 30
    while len(service.of("status")) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.communicate()
    service.steps = 1
    code, _, err = command("render", name, "--yes")
    assert code == 0, err
    assert (service.submits, service.bills) == (1, 1)


def test_an_order_whose_answer_was_lost_is_not_sent_again(place, service):
    service.faults["submit"].append(Fault(drop=True, after=True))
    with pytest.raises(ProviderUnavailable):
        rendered(place, service, ONE, providers=["hf", "animatic"])
    with pytest.raises(JobUnknown):
        rendered(place, service, ONE)
    assert (service.submits, service.bills) == (1, 1)


def test_an_order_that_was_turned_away_for_now_is_sent_again(place, service):
    service.faults["submit"].append(Fault(status=429, body={}, headers={"Retry-After": "0"}))
    rendered(place, service, ONE)
    assert (service.submits, service.bills) == (2, 1)


def test_credits_used_up_go_to_the_next_provider_and_cost_nothing(place, service):
    service.faults["submit"].append(Fault(status=402, body={"error": "credits"}))
    _, film = rendered(place, service, ONE, providers=["hf", "animatic"])
    assert film.path.is_file()
    assert (service.submits, service.bills) == (1, 0)


def test_no_token_is_in_anything_a_failed_run_leaves(place, service):
    body = {"error": f"token {TOKEN} may not"}
    service.faults["submit"].append(Fault(status=403, body=body))
    code, out, err = Command(place, service)("render", _written(place), "--yes", "--debug")
    assert code != 0
    assert TOKEN not in out + err
    for path in place.rglob("*"):
        if path.is_file() and path.name != ".env":
            assert TOKEN.encode() not in path.read_bytes()


def test_an_unpriced_model_is_refused_until_that_is_allowed(place, service):
    command, name = Command(place, service), _written(place)
    service.served["Lightricks/LTX-Video"] = [("fal-ai", "fal-ai/ltx-video", "text-to-video")]
    words = ("render", name, "--yes", "--provider", "hf/Lightricks/LTX-Video")
    code, _, err = command(*words)
    assert code != 0
    assert "--allow-unknown-price" in err
    assert service.submits == 0
    code, _, err = command(*words, "--allow-unknown-price")
    assert code == 0, err


def test_a_card_of_the_users_own_names_a_model_and_its_price(place, service):
    service.served["me/my-wan"] = [("fal-ai", "fal-ai/my-wan", "text-to-video")]
    (place / "ministudio.toml").write_text(
        QUICK + '[models."me/my-wan"]\nextends = "hf/Wan-AI/Wan2.2-T2V-A14B"\n'
        'prices = [{ per_second = "0.02", as_of = 2026-11-22, source = "my contract" }]\n',
        encoding="utf-8",
    )
    plan, _ = rendered(place, service, ONE, providers=["hf/me/my-wan"])
    assert plan.shots[0].first_choice.parts[0].price.micros == 41_260
    assert service.of("submit")[0].path == "/fal-ai/fal-ai/my-wan"
    assert service.of("submit")[0].body["num_frames"] == 33


TWO = """
title: Fox
scenes:
  - continuity: cut
    shots:
      - {id: a, action: A fox., duration: 2}
      - {id: b, action: An owl., duration: 2}
"""


def rented(place, service, text, provider):
    (place / "film.yaml").write_text(text, encoding="utf-8")
    (place / "ministudio.toml").write_text(
        "[provider.hf-endpoint]\noptions.scale_to_zero = true\n", encoding="utf-8"
    )
    studio = Studio(place, environ=settings(service))
    plan = studio.plan(place / "film.yaml", providers=[provider])
    options = studio.render_options(allow_unknown_price=True)
    return asyncio.run(studio.render(plan, place / "film.mp4", options=options))


def test_an_endpoint_makes_a_film_and_is_scaled_to_zero_once_at_the_end(place, service):
    assert rented(place, service, TWO, "hf-endpoint").path.is_file()
    assert len(service.of("call")) == 2
    assert service.endpoint_actions == ["scale-to-zero"]
    kinds = [seen.kind for seen in service.requests if seen.kind in {"call", "endpoint"}]
    assert kinds[-1] == "endpoint"


@pytest.mark.parametrize(
    ("provider", "kind"),
    [("hf-endpoint", "call"), ("hf-novita/Wan-AI/Wan2.1-T2V-14B", "submit")],
)
def test_a_clip_lost_by_one_long_call_is_asked_about_and_not_paid_for_twice(
    place, service, provider, kind
):
    service.faults[kind].append(Fault(drop=True, after=True))
    with pytest.raises(ProviderUnavailable):
        rented(place, service, ONE, provider)
    with pytest.raises(JobUnknown):
        rented(place, service, ONE, provider)
    assert service.bills == 1
