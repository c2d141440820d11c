"""Veo: what reaches Google for each feature, and what becomes of the answer."""

from __future__ import annotations

import asyncio
import base64

import attrs
import pytest
from vertex_kit import PROJECT, clip, context, media, request

from ministudio.plugin import (
    AspectRatio,
    ExtendFrom,
    JobState,
    Reference,
    ReferenceRole,
    Resolution,
    clip_from_file,
)
from ministudio_vertex.provider import VertexAIProvider

VEO = "veo-3.1-generate-001"


def order(google, wanted, **options):
    """Prepare and submit; return the provider, the handle and the body that was sent."""
    provider = VertexAIProvider(context(google, options=options))
    handle = asyncio.run(_submit(provider, wanted))
    return provider, handle, google.submits[-1].body


async def _submit(provider, wanted):
    return await provider.submit(await provider.prepare(wanted))


def finished(provider, handle, folder):
    async def follow():
        for _ in range(10):
            status = await provider.poll(handle)
            if status.state.ended:
                assert status.state is JobState.SUCCEEDED, status.error
                return await provider.fetch(handle, folder)
        raise AssertionError("it never ended")

    return asyncio.run(follow())


def test_words_become_a_clip(google, tmp_path):
    provider, handle, body = order(google, request(VEO, negative="rain, text"))
    assert body["instances"] == [{"prompt": "a red fox in snow"}]
    assert body["parameters"] == {
        "sampleCount": 1,
        "durationSeconds": 4,
        "seed": 7,
        "aspectRatio": "16:9",
        "resolution": "720p",
        "negativePrompt": "rain, text",
        "generateAudio": True,
    }
    made = finished(provider, handle, tmp_path)
    assert clip_from_file(made.path).seconds == 4
    assert len(google.submits) == len(google.bills) == 1
    assert google.submits[0].path == (
        f"/v1beta1/projects/{PROJECT}/locations/us-central1/publishers/google/models/{VEO}"
        ":predictLongRunning"
    )


def test_a_finished_clip_comes_over_the_line_once(google, tmp_path):
    provider, handle, _ = order(google, request(VEO))
    finished(provider, handle, tmp_path)
    polls = [one for one in google.asked if one.path.endswith(":fetchPredictOperation")]
    assert len(polls) == google.polls + 1
    asyncio.run(provider.fetch(handle, tmp_path))
    assert len(google.asked) == len(polls) + 2, "a fetch that is repeated asks anew"


def test_a_shot_can_begin_and_end_with_given_pictures(google, picture):
    first, last = picture("a.png"), picture("b.png", (0, 90, 200))
    _, _, body = order(google, request(VEO, first_frame=first, last_frame=last))
    sent = body["instances"][0]
    assert base64.b64decode(sent["image"]["bytesBase64Encoded"]) == first.path.read_bytes()
    assert base64.b64decode(sent["lastFrame"]["bytesBase64Encoded"]) == last.path.read_bytes()
    assert sent["image"]["mimeType"] == "image/png"


def test_reference_pictures_go_along_in_a_clip_of_eight_seconds(google, picture):
    references = [
        Reference(media=picture(f"{i}.png", (i, i, i)), role=ReferenceRole.CHARACTER)
        for i in range(3)
    ]
    wanted = request(VEO, references=references, seconds=8.0)
    _, handle, body = order(google, wanted)
    sent = body["instances"][0]["referenceImages"]
    assert [one["referenceType"] for one in sent] == ["asset"] * 3 or [
        one["referenceType"] for one in sent
    ] == ["ASSET"] * 3
    _, handle, body = order(google, attrs.evolve(wanted, seconds=4.0))
    assert "referenceImages" not in body["instances"][0]
    assert any("8 s" in note for note in handle.data["notes"])


def test_references_give_way_to_a_first_frame(google, picture):
    references = [Reference(media=picture("r.png", (1, 2, 3)), role=ReferenceRole.CHARACTER)]
    wanted = request(VEO, references=references, first_frame=picture(), seconds=8.0)
    _, handle, body = order(google, wanted)
    assert "referenceImages" not in body["instances"][0]
    assert any("the frame is sent" in note for note in handle.data["notes"])


@pytest.mark.parametrize(
    ("resolution", "seconds", "sent"),
    [
        (Resolution.P720, 4.0, "720p"),
        (Resolution.P1080, 8.0, "1080p"),
        (Resolution.P2160, 8.0, "4k"),
        (Resolution.P2160, 4.0, "720p"),
    ],
)
def test_sizes_are_named_as_google_names_them(google, resolution, seconds, sent):
    _, handle, body = order(google, request(VEO, resolution=resolution, seconds=seconds))
    assert body["parameters"]["resolution"] == sent
    assert any("is made in 720p" in note for note in handle.data["notes"]) == (
        seconds == 4.0 and sent != resolution.value
    )


def test_the_options_reach_google(google):
    _, _, body = order(
        google,
        request(
            VEO,
            aspect_ratio=AspectRatio.TALL,
            options={
                "person_generation": "allow_adult",
                "enhance_prompt": False,
                "compression": "lossless",
                "resize": "crop",
                "audio": False,
                "labels": {"film": "fox"},
            },
        ),
    )
    given = body["parameters"]
    assert given["personGeneration"] == "allow_adult"
    assert given["enhancePrompt"] is False
    assert given["compressionQuality"].lower() == "lossless"
    assert given["resizeMode"].lower() == "crop"
    assert given["generateAudio"] is False
    assert given["aspectRatio"] == "9:16"
    assert body["labels"] == {"film": "fox"}


def test_an_extension_keeps_only_what_is_new(google, tmp_path):
    before = tmp_path / "before.mp4"
    before.write_bytes(clip(4.0))
    google.joined = 4.0
    wanted = request(VEO, seconds=8.0, extend=ExtendFrom(media=media(before)))
    provider, handle, body = order(google, wanted)
    video = body["instances"][0]["video"]
    assert base64.b64decode(video["bytesBase64Encoded"]) == before.read_bytes()
    assert "durationSeconds" not in body["parameters"]
    folder = tmp_path / "into"
    folder.mkdir()
    made = finished(provider, handle, folder)
    found = clip_from_file(made.path)
    assert found.seconds == pytest.approx(7, abs=0.1)
    assert found.audio
    assert made.cost_reported == 2_800_000, "seven seconds at 0.40, not the eight that were planned"
    assert any("11.0 s" in note for note in made.notes)
    assert any("by 7 s, not by 8 s" in note for note in made.notes)


def test_an_extension_that_holds_only_what_is_new_is_left_as_it_is(google, tmp_path):
    before = tmp_path / "before.mp4"
    before.write_bytes(clip(4.0))
    wanted = request(VEO, seconds=8.0, extend=ExtendFrom(media=media(before)))
    provider, handle, _ = order(google, wanted)
    folder = tmp_path / "into"
    folder.mkdir()
    made = finished(provider, handle, folder)
    inside = next(iter(google.jobs.values()))["job"]["response"]["videos"][0]
    assert made.path.read_bytes() == base64.b64decode(inside["bytesBase64Encoded"])


def test_a_clip_can_be_delivered_to_a_bucket(google, tmp_path):
    provider, handle, body = order(google, request(VEO), output="gs://rushes/fox")
    assert body["parameters"]["storageUri"] == "gs://rushes/fox/"
    made = finished(provider, handle, tmp_path)
    uri = str(made.provider_meta["uri"])
    assert made.path.read_bytes() == google.objects[uri]


def test_what_is_too_big_for_a_request_goes_through_the_bucket_once(google, tmp_path):
    big = tmp_path / "big.mp4"
    big.write_bytes(clip(4.0) + b"\0\0\0\x08free" * (2**20))
    wanted = request(VEO, seconds=8.0, extend=ExtendFrom(media=media(big)))
    _, _, body = order(google, wanted, output="gs://rushes/fox")
    uri = f"gs://rushes/fox/inputs/{wanted.extend.media.sha256}.mp4"
    assert body["instances"][0]["video"] == {"gcsUri": uri, "mimeType": "video/mp4"}
    order(google, wanted, output="gs://rushes/fox")
    assert list(google.objects).count(uri) == 1


def test_a_handle_is_plain_json_without_a_secret(google):
    import json

    from vertex_kit import TOKEN

    from ministudio.plugin import JobHandle

    _, handle, _ = order(google, request(VEO))
    text = json.dumps(handle.to_json())
    assert TOKEN not in text
    assert JobHandle.from_json(json.loads(text)) == handle
    assert handle.id.startswith(f"projects/{PROJECT}/locations/us-central1/")
