"""A clip through the router: what is sent, what comes back, for each provider behind it."""

from __future__ import annotations

import json

import pytest
from fake_hf import TOKEN
from hf_kit import WAN, ended, made, request, router, run, submitted

from ministudio.plugin import Cancel, InvalidRequest, JobHandle, JobState

ROUTES = ("fal-ai", "wavespeed", "together", "replicate")


@pytest.mark.parametrize("route", ROUTES)
def test_a_clip_is_made_with_one_submit_and_one_bill(service, tmp_path, route):
    clip = run(made(router(service, route=route), tmp_path))
    assert clip.seconds == pytest.approx(17 / 16, abs=0.01)
    assert clip.provider_meta["route"] == route
    assert (service.submits, service.bills) == (1, 1)


@pytest.mark.parametrize("route", ROUTES)
def test_the_token_goes_to_the_router_and_never_to_whoever_stores_the_clip(
    service, tmp_path, route
):
    run(made(router(service, route=route), tmp_path))
    for seen in service.requests:
        if seen.kind == "download":
            assert "authorization" not in seen.headers
        elif seen.kind != "stray":
            assert seen.headers["authorization"] == f"Bearer {TOKEN}"


def test_a_clip_that_the_router_itself_hands_out_is_fetched_with_the_token(
    service, tmp_path, monkeypatch
):
    monkeypatch.setattr("fake_hf._file", lambda fake, job: f"{fake.url}/files/{job.id}.mp4")
    run(made(router(service), tmp_path))
    assert service.of("download")[0].headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("route", ROUTES)
def test_a_job_is_taken_up_by_another_process_from_its_handle(service, tmp_path, route):
    job = run(submitted(router(service, route=route)))
    written = json.dumps(job.to_json())
    assert TOKEN not in written
    assert service.url not in written  # where to ask is a matter of settings, not of the handle

    async def later():
        provider = router(service)
        again = JobHandle.from_json(json.loads(written))
        await ended(provider, again)
        try:
            return await provider.fetch(again, tmp_path)
        finally:
            await provider.aclose()

    assert run(later()).path.is_file()
    assert service.submits == 1


def test_fal_is_asked_for_frames_shape_and_negative_as_wan_takes_them(service):
    run(submitted(router(service)))
    seen = service.of("submit")[0]
    assert seen.path == "/fal-ai/fal-ai/wan/v2.2-a14b/text-to-video"
    assert seen.query == {"_subdomain": ["queue"]}
    assert seen.body == {
        "prompt": "A fox crosses a frozen river.",
        "negative_prompt": "blurry",
        "seed": 7,
        "num_frames": 17,
        "frames_per_second": 16,
        "resolution": "480p",
        "aspect_ratio": "16:9",
    }


def test_quality_and_speed_choose_steps_and_guidance_and_the_users_own_come_before(service):
    run(submitted(router(service, quality="quality")))
    run(submitted(router(service, quality="speed", guidance=2.5, extra={"shift": 8, "seed": 1})))
    best, quick = (seen.body for seen in service.of("submit"))
    assert (best["num_inference_steps"], best["guidance_scale"]) == (40, 4.0)
    assert (quick["num_inference_steps"], quick["guidance_scale"]) == (20, 2.5)
    assert (quick["shift"], quick["seed"]) == (8, 1)


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp"])
def test_a_first_frame_is_sent_as_what_it_is_to_the_model_that_takes_one(service, picture, suffix):
    run(submitted(router(service), first_frame=picture(f"first.{suffix}")))
    seen = service.of("submit")[0]
    kind = {"jpg": "jpeg"}.get(suffix, suffix)
    assert seen.path == "/fal-ai/fal-ai/wan/v2.2-a14b/image-to-video"
    assert seen.body["image_url"].startswith(f"data:image/{kind};base64,")


def test_every_route_has_its_own_place_for_the_first_frame(service, picture):
    for route in ("fal-ai", "wavespeed", "together"):
        run(submitted(router(service, route=route), first_frame=picture()))
    fal, wavespeed, together = (seen.body for seen in service.of("submit"))
    assert fal["image_url"] == wavespeed["image"]
    assert together["frame_images"] == [{"input_image": fal["image_url"], "frame": "first"}]


def test_replicate_says_that_it_takes_no_first_frame_before_anything_is_paid(service, picture):
    service.served["Wan-AI/Wan2.2-I2V-A14B"].append(("replicate", "x/y", "image-to-video"))
    with pytest.raises(InvalidRequest, match="no first frame"):
        run(submitted(router(service, route="replicate"), first_frame=picture()))
    assert service.submits == 0


def test_a_picture_that_is_none_is_refused_before_anything_is_paid(service, tmp_path, picture):
    media = picture()
    media.path.write_bytes(b"<html>not found</html>")
    with pytest.raises(InvalidRequest, match="no picture"):
        run(submitted(router(service), first_frame=media))
    assert service.submits == 0


def test_auto_takes_the_first_route_that_serves_the_model_and_says_so(service, tmp_path):
    service.served[WAN] = service.served[WAN][1:]
    clip = run(made(router(service, route="auto"), tmp_path))
    assert clip.provider_meta["route"] == "wavespeed"
    assert any("prices are not those" in note for note in clip.notes)


def test_a_versioned_model_of_replicates_goes_to_its_predictions(service, tmp_path):
    run(submitted(router(service, route="replicate"), model="me/versioned"))
    seen = service.of("submit")[0]
    assert seen.path == "/replicate/v1/predictions"
    assert seen.body["version"] == "8c47da66"


def test_what_together_says_that_it_cost_is_what_the_clip_cost(service, tmp_path):
    assert run(made(router(service, route="together"), tmp_path)).cost_reported == 210_000


def test_whoever_pays_is_named_in_the_request(service):
    run(submitted(router(service, bill_to="my-studio")))
    assert service.of("submit")[0].headers["x-hf-bill-to"] == "my-studio"


def test_a_model_is_looked_up_once_for_all_its_shots(service):
    async def twice():
        provider = router(service)
        await submitted(provider)
        await submitted(provider)
        await provider.aclose()

    run(twice())
    assert len(service.of("lookup")) == 1
    assert service.submits == 2


@pytest.mark.parametrize("route", ["fal-ai", "replicate"])
def test_a_cancel_in_time_ends_the_job_when_it_is_polled(service, route):
    async def cancelled():
        provider = router(service, route=route)
        job = await submitted(provider)
        answer = await provider.cancel(job)
        status = await ended(provider, job)
        await provider.aclose()
        return answer, status

    answer, status = run(cancelled())
    assert answer is Cancel.REQUESTED
    assert status.state is JobState.CANCELLED
    assert service.of("cancel")[0].method == ("PUT" if route == "fal-ai" else "POST")


def test_a_cancel_that_comes_too_late_says_so(service):
    async def late():
        provider = router(service)
        job = await submitted(provider)
        await ended(provider, job)
        answer = await provider.cancel(job)
        await provider.aclose()
        return answer

    assert run(late()) is Cancel.TOO_LATE


@pytest.mark.parametrize("route", ["wavespeed", "together"])
def test_who_cannot_cancel_says_so_and_asks_nobody(service, route):
    async def asked():
        provider = router(service, route=route)
        answer = await provider.cancel(await submitted(provider))
        await provider.aclose()
        return answer

    assert run(asked()) is Cancel.UNSUPPORTED
    assert service.of("cancel") == []


def test_states_of_a_job_are_told_as_they_come(service):
    async def states():
        provider = router(service)
        job = await submitted(provider)
        seen = [(await provider.poll(job)).state for _ in range(3)]
        await provider.aclose()
        return seen

    assert run(states()) == [JobState.QUEUED, JobState.RUNNING, JobState.SUCCEEDED]


def test_cogvideo_is_asked_for_neither_frames_nor_size_since_it_has_one_of_each(service):
    model = "zai-org/CogVideoX-5b"
    run(submitted(router(service), model=model, seconds=6.125, fps=8))
    body = service.of("submit")[0].body
    assert set(body) == {"prompt", "negative_prompt", "seed"}


def test_a_shot_without_a_picture_is_refused_by_a_model_that_needs_one(service):
    with pytest.raises(InvalidRequest, match="begins with a picture") as refused:
        run(submitted(router(service), model="Wan-AI/Wan2.2-I2V-A14B"))
    assert "first_frame" in refused.value.hint
    assert service.requests == []


def test_generate_alone_takes_all_the_steps(service, tmp_path):
    seen = []

    async def alone():
        provider = router(service, poll_every=0.01)
        clip = await provider.generate(
            request(), tmp_path, lambda fraction, note="": seen.append(note)
        )
        await provider.aclose()
        return clip

    assert run(alone()).seed == 7
    assert seen == ["queued", "running", "succeeded"]
