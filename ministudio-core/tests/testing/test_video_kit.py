"""The tests of video providers as their author meets them: how many, which skip, what is said."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import threading
import time

import attrs
import pytest
from one_colour_kit import ministudio_video_providers

from ministudio.plugin import (
    AspectRatio,
    Capability,
    Clip,
    ContentRefused,
    DurationRange,
    ModelCard,
    PluginContext,
    PromptBudget,
    PromptUnit,
    Secret,
    Size,
    Support,
    clip_from_file,
    measure,
    permissive_card,
)
from ministudio.testing import InProcess, PluginConformance, VideoProviderBehaviour
from ministudio.testing.clips import make_clip
from ministudio.testing.simulator.faults import FAULTS, Operation
from ministudio.testing.video.clipfacts import differences, not_as_asked
from ministudio.testing.video.creating import CreatingChecks
from ministudio.testing.video.faults import ON_SUBMIT
from ministudio.testing.video.leaks import forms_of, leak_in, leak_in_error, leak_in_files
from ministudio.testing.video.loop import Loop
from ministudio.testing.video.requests import lengths, long_prompt, picture, small_request
from ministudio.testing.video.trial import Trial

KEY = "canary-7Qk2/+zW9=&%x4"
CONTEXT = PluginContext(settings={"A_KEY": Secret(KEY), "AN_ADDRESS": "http://example.com"})


def checks(kit):
    return {name: one for name, one in inspect.getmembers(kit) if name.startswith("test_")}


def test_a_video_provider_gets_more_than_thirty_checks_of_what_it_does():
    own = set(checks(VideoProviderBehaviour)) - set(checks(PluginConformance))
    assert len(own) > 60


def test_every_check_is_a_sentence_that_is_explained():
    for name, check in checks(VideoProviderBehaviour).items():
        assert name.count("_") >= 3, name
        assert (check.__doc__ or "").strip().endswith("."), name


def test_every_fault_of_an_order_is_tried_or_said_why_not():
    striking = {kind.value for kind, (_, where) in FAULTS.items() if Operation.SUBMIT in where}
    elsewhere = {"hang", "hang-after", "slow", "takes", "stuck", "fail", "refuse-late"}
    assert striking == {*ON_SUBMIT, *elsewhere, "cancel-race"}


@pytest.mark.parametrize(
    ("durations", "both"),
    [
        (None, (1.0, 2.0)),
        ((8, 4, 6), (4, 8)),
        (DurationRange(1, 5), (1, 5)),
        (DurationRange(2, 9, 3), (2, 8)),
        (DurationRange(5, 5), (5, 5)),
    ],
)
def test_the_shortest_and_the_longest_clip_are_ones_the_model_makes(durations, both):
    assert lengths(ModelCard(id="a", title="A", durations=durations)) == both


def test_a_model_that_takes_pictures_alone_is_given_one(tmp_path):
    only = {Capability.TEXT: Support.NONE, Capability.FIRST_FRAME: Support.FULL}
    card = attrs.evolve(permissive_card("a"), capabilities=only)
    assert small_request(card, tmp_path).first_frame is not None
    assert small_request(permissive_card("a"), tmp_path).first_frame is None


@pytest.mark.parametrize("unit", list(PromptUnit))
@pytest.mark.parametrize("size", [60, 200, 10_000])
def test_a_long_prompt_comes_near_to_the_budget_and_keeps_to_it(unit, size):
    card = attrs.evolve(permissive_card("a"), prompt=PromptBudget(size, unit))
    assert size * 0.5 < measure(long_prompt(card), card.prompt) <= size or size == 10_000
    assert long_prompt(permissive_card("a")).endswith("At last it sleeps.")


def test_two_pictures_may_share_a_name_and_differ_in_their_bytes(tmp_path):
    one = picture(tmp_path, 1)
    before = one.path.read_bytes()
    two = picture(tmp_path, 2)
    assert one.path == two.path
    assert (before != two.path.read_bytes(), one.sha256 != two.sha256) == (True, True)


@pytest.mark.parametrize("form", forms_of(KEY))
@pytest.mark.parametrize("around", ["", "x", "xy", "Bearer "])
def test_a_key_is_found_in_every_form(form, around):
    import base64

    assert leak_in(f"see {forms_of(KEY)[form]} there", CONTEXT)
    assert leak_in(base64.b64encode(f"{around}{KEY}!".encode()).decode(), CONTEXT)


def test_what_holds_no_key_is_let_be(tmp_path):
    (tmp_path / "clip.mp4").write_bytes(b"\x00canary")
    assert leak_in("canary-7Qk2 and http://example.com", CONTEXT) is None
    assert leak_in_files(tmp_path, CONTEXT) is None
    assert leak_in_error(ContentRefused("no", reasons=["canary"]), CONTEXT) is None
    assert leak_in(repr(CONTEXT), CONTEXT) is None


def test_a_key_is_found_in_files_and_in_what_caused_an_error(tmp_path):
    (tmp_path / "notes.txt").write_text(f"key={KEY}")
    assert "notes.txt" in (leak_in_files(tmp_path, CONTEXT) or "")

    caused = ContentRefused("no")
    caused.__cause__ = ValueError(f"sent {KEY}")
    assert "ValueError" in (leak_in_error(caused, CONTEXT) or "")
    for error in (
        ContentRefused(f"no {KEY}"),
        ContentRefused("no", hint=f"try {KEY}"),
        ContentRefused("no", reasons=[KEY]),
        ExceptionGroup("many", [ContentRefused("no"), ValueError(KEY)]),
    ):
        assert leak_in_error(error, CONTEXT), error


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"seconds": 2.0}, "seconds"),
        ({"fps": 25.0}, "fps"),
        ({"size": Size(36, 64)}, "size"),
        ({"audio": False}, "audio"),
    ],
)
def test_a_clip_that_says_what_its_file_does_not_show_is_told(tmp_path, wrong, word):
    clip = clip_from_file(make_clip(tmp_path / "clip.mp4"))
    assert list(differences(clip)) == []
    (line,) = differences(attrs.evolve(clip, **wrong))
    assert word in line


def test_what_is_not_as_asked_is_told_unless_a_note_says_so(tmp_path):
    clip = clip_from_file(make_clip(tmp_path / "clip.mp4", size=(640, 360)))
    card = permissive_card("a")
    asked = small_request(card, tmp_path, seconds=1.0)
    assert list(not_as_asked(clip, asked, card)) == []
    for wrong in ({"seconds": 3.0}, {"fps": 12}, {"aspect_ratio": AspectRatio.TALL}):
        other = attrs.evolve(asked, **wrong)
        (line,) = not_as_asked(clip, other, card)
        assert "asked for" in line
        assert list(not_as_asked(attrs.evolve(clip, notes=["otherwise"]), other, card)) == []
    heard = {Capability.AUDIO: Support.FULL}
    silent = clip_from_file(make_clip(tmp_path / "silent.mp4", size=(640, 360), sound=None))
    loud = small_request(card, tmp_path, seconds=1.0, audio=True)
    (line,) = not_as_asked(silent, loud, attrs.evolve(card, capabilities=heard))
    assert "audio" in line


def test_a_file_that_is_no_clip_is_told(tmp_path):
    path = tmp_path / "clip.mp4"
    path.write_text("<html>")
    clip = Clip(path=path, sha256="", seconds=1, fps=24, size=Size(1, 1), audio=False)
    with pytest.raises(pytest.fail.Exception, match="is none"):
        list(differences(clip))


def test_what_swallows_its_cancellation_holds_nobody_up():
    ended = []

    async def stubborn():
        while not ended:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(0.01)

    loop = Loop()
    assert loop.ended(stubborn(), 0.05) is None
    began = time.monotonic()
    loop.close()
    loop.close()
    assert time.monotonic() - began < 5


def test_a_thread_that_hangs_holds_nobody_up():
    over = threading.Event()
    loop = Loop()
    assert loop.ended(asyncio.to_thread(over.wait, 30), 0.05) is None
    began = time.monotonic()
    loop.close()
    assert time.monotonic() - began < 5
    over.set()


def test_a_step_that_ends_gives_what_it_gave_or_raised():
    async def fails():
        raise ValueError("no")

    loop = Loop()
    assert loop.run(asyncio.sleep(0, "yes")) == "yes"
    assert loop.ended(asyncio.sleep(0, "yes"), 5).result() == "yes"
    assert str(loop.ended(fails(), 5).exception()) == "no"
    loop.close()


def test_a_provider_that_wants_an_event_loop_at_once_is_told(tmp_path):
    (spec,) = ministudio_video_providers()
    needy = attrs.evolve(spec, factory="one_colour_kit:NeedsLoop")
    with (
        Trial(needy, InProcess(), tmp_path, small_request, patience=5) as trial,
        pytest.raises(pytest.fail.Exception, match="where no event loop runs"),
    ):
        CreatingChecks().test_creating_it_needs_no_event_loop(trial)
