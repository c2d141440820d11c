"""Gemini Omni: what reaches Google for each feature, and what becomes of the answer."""

from __future__ import annotations

import asyncio
import base64
from datetime import UTC, datetime

import pytest
from vertex_kit import PROJECT, clip, context, media, request

from ministudio.plugin import (
    Cancel,
    ExtendFrom,
    JobState,
    Reference,
    ReferenceRole,
    Resolution,
    clip_from_file,
)
from ministudio_vertex.provider import VertexAIProvider


def order(google, wanted, **options):
    provider = VertexAIProvider(context(google, options=options))

    async def submit():
        return await provider.submit(await provider.prepare(wanted))

    handle = asyncio.run(submit())
    return provider, handle, google.submits[-1].body


def finished(provider, handle, folder):
    async def follow():
        for _ in range(10):
            status = await provider.poll(handle)
            if status.state.ended:
                assert status.state is JobState.SUCCEEDED, status.error
                return status, await provider.fetch(handle, folder)
        raise AssertionError("it never ended")

    return asyncio.run(follow())


def content(body):
    return body["input"][0]["content"]


def test_words_become_a_clip(google, tmp_path):
    provider, handle, body = order(google, request(seed=2**31 + 5, negative="text, logos"))
    assert body["model"] == "gemini-omni-1.2-flash"
    assert body["background"] is True
    assert body["store"] is True
    assert body["generation_config"] == {"video_config": {"task": "text_to_video"}, "seed": 5}
    assert body["response_format"] == {
        "type": "video",
        "aspect_ratio": "16:9",
        "duration": "4s",
        "resolution": "720p",
    }
    words = content(body)[0]["text"]
    assert words == "a red fox in snow\nNot in the picture: text, logos."
    status, made = finished(provider, handle, tmp_path)
    assert clip_from_file(made.path).seconds == 4
    assert status.expires_at == datetime(2026, 11, 29, 20, tzinfo=UTC), "kept for seven days"
    assert google.submits[0].path == (f"/v1beta1/projects/{PROJECT}/locations/global/interactions")
    assert len(google.submits) == len(google.bills) == 1


def test_it_costs_what_google_counted(google, tmp_path):
    provider, handle, _ = order(google, request())
    _, made = finished(provider, handle, tmp_path)
    # 4 s at 0.07 dollars, and a hundred tokens of words.
    assert made.cost_reported == pytest.approx(280_150, abs=10)


def test_it_costs_what_the_card_says_where_nothing_was_counted(google, tmp_path):
    google.outcome = lambda job: {k: v for k, v in job.items() if k != "usage"}
    provider, handle, _ = order(google, request())
    assert finished(provider, handle, tmp_path)[1].cost_reported is None


def test_a_first_and_a_last_picture_go_in_that_order(google, picture):
    first, last = picture("a.png"), picture("b.png", (0, 90, 200))
    _, _, body = order(google, request(first_frame=first, last_frame=last))
    words, *pictures = content(body)
    assert [base64.b64decode(one["data"]) for one in pictures] == [
        first.path.read_bytes(),
        last.path.read_bytes(),
    ]
    assert body["generation_config"]["video_config"]["task"] == "image_to_video"
    assert "first picture is the first frame of the shot, the second picture" in words["text"]


def test_between_two_pictures_lie_ten_seconds_at_most(google, picture):
    wanted = request(first_frame=picture("a.png"), last_frame=picture("b.png"), seconds=12.0)
    _, handle, body = order(google, wanted)
    assert body["response_format"]["duration"] == "10s"
    assert handle.data["adapted"]
    assert any("10 s at most" in note for note in handle.data["notes"])


def test_a_last_picture_alone_is_described(google, picture):
    _, handle, body = order(google, request(last_frame=picture()))
    assert body["generation_config"]["video_config"]["task"] == "reference_to_video"
    assert "The picture is the last frame of the shot." in content(body)[0]["text"]
    assert any("described" in note for note in handle.data["notes"])


def test_each_reference_picture_is_introduced_in_words(google, picture):
    shown = [
        (ReferenceRole.CHARACTER, "maya_okafor"),
        (ReferenceRole.ENVIRONMENT, "harbour"),
        (ReferenceRole.OBJECT, ""),
    ]
    references = [
        Reference(media=picture(f"{i}.png", (i, i, i)), role=role, subject=subject)
        for i, (role, subject) in enumerate(shown)
    ]
    _, _, body = order(google, request(references=references))
    words, *pictures = content(body)
    assert body["generation_config"]["video_config"]["task"] == "reference_to_video"
    assert len(pictures) == 3
    assert words["text"].endswith(
        "The first picture shows the character maya okafor; the second picture shows the place "
        "harbour; the third picture shows the thing. Keep them exactly as they are shown."
    )


def test_an_extension_keeps_only_what_is_new(google, tmp_path):
    before = tmp_path / "before.mp4"
    before.write_bytes(clip(4.0))
    google.joined = 4.0
    wanted = request(seconds=5.0, extend=ExtendFrom(media=media(before)))
    provider, handle, body = order(google, wanted)
    assert body["generation_config"]["video_config"]["task"] == "extend"
    assert base64.b64decode(content(body)[1]["data"]) == before.read_bytes()
    assert content(body)[1]["type"] == "video"
    folder = tmp_path / "into"
    folder.mkdir()
    _, made = finished(provider, handle, folder)
    assert clip_from_file(made.path).seconds == pytest.approx(5, abs=0.1)
    assert any("9.0 s with the shot before in it" in note for note in made.notes)


def test_a_clip_can_be_delivered_to_a_bucket(google, tmp_path):
    provider, handle, body = order(google, request(resolution=Resolution.P2160), output="gs://b/c")
    assert body["response_format"]["delivery"] == "uri"
    assert body["response_format"]["gcs_uri"] == "gs://b/c/"
    assert body["response_format"]["resolution"] == "4k"
    _, made = finished(provider, handle, tmp_path)
    assert made.path.read_bytes() == google.objects[str(made.provider_meta["uri"])]


def test_labels_reach_the_bill(google):
    _, _, body = order(google, request(), labels={"film": "fox"})
    assert body["labels"] == {"film": "fox"}


def test_a_cancel_is_asked_for_and_only_a_poll_ends_the_job(google):
    google.polls = 5
    provider, handle, _ = order(google, request())
    assert asyncio.run(provider.cancel(handle)) is Cancel.REQUESTED
    assert asyncio.run(provider.poll(handle)).state is JobState.CANCELLED


def test_a_cancel_that_vertex_does_not_know_says_so(google):
    from vertex_kit import said

    google.polls = 5
    provider, handle, _ = order(google, request())
    google.fail("/cancel", said(404, "Method not found.", "NOT_FOUND"))
    assert asyncio.run(provider.cancel(handle)) is Cancel.UNSUPPORTED
    google.fail("/cancel", said(400, "already completed", "FAILED_PRECONDITION"))
    assert asyncio.run(provider.cancel(handle)) is Cancel.TOO_LATE
    assert asyncio.run(provider.poll(handle)).state is JobState.RUNNING


def test_veo_cannot_be_asked_to_stop(google):
    provider, handle, _ = order(google, request("veo-3.1-generate-001"))
    before = len(google.asked)
    assert asyncio.run(provider.cancel(handle)) is Cancel.UNSUPPORTED
    assert len(google.asked) == before
