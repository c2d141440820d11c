"""A model on an own endpoint: one request, a clip in whatever form, and honest errors."""

from __future__ import annotations

import asyncio
import base64

import pytest
from vertex_kit import DROP_AFTER, DROP_BEFORE, PROJECT, Answer, clip, context, request, said

from ministudio.plugin import (
    Accepted,
    AuthenticationError,
    Billing,
    ConfigError,
    JobFailed,
    PermissionDenied,
    ProviderUnavailable,
    RateLimited,
)
from ministudio_vertex import ministudio_video_providers
from ministudio_vertex.endpoint import VertexEndpointProvider

PREDICT = "POST .*:predict"


def made(google, folder, *, options=None, wanted=None, **more):
    more.setdefault("VERTEX_ENDPOINT_ID", "1234")
    provider = VertexEndpointProvider(context(google, options=options, **more))
    asked = wanted or request("deployed", negative="rain")
    return asyncio.run(provider.generate(asked, folder, lambda fraction, note="": None))


def test_one_prediction_makes_one_clip(google, tmp_path):
    found = made(google, tmp_path)
    assert found.seconds == 4
    assert len(google.submits) == len(google.bills) == 1
    body = google.submits[0].body
    assert body["instances"] == [{"prompt": "a red fox in snow"}]
    assert body["parameters"] == {
        "negative_prompt": "rain",
        "num_frames": 96,
        "fps": 24,
        "width": 1280,
        "height": 720,
        "seed": 7,
    }
    name = f"projects/{PROJECT}/locations/us-central1/endpoints/1234"
    assert google.submits[0].path.startswith(f"/v1/{name}:predict")


def test_the_options_add_and_leave_out(google, tmp_path, picture):
    options = {
        "endpoints": {"my-wan": "99"},
        "instance": {"style": "film"},
        "parameters": {"num_inference_steps": 4},
        "leave_out": ["fps", "negative_prompt"],
    }
    wanted = request("my-wan", negative="rain", first_frame=picture())
    made(google, tmp_path, options=options, wanted=wanted)
    body = google.submits[0].body
    assert body["instances"][0]["style"] == "film"
    assert base64.b64decode(body["instances"][0]["image"]) == wanted.first_frame.path.read_bytes()
    assert body["parameters"]["num_inference_steps"] == 4
    assert not {"fps", "negative_prompt"} & body["parameters"].keys()
    assert "/endpoints/99:predict" in google.submits[0].path


@pytest.mark.parametrize(
    "form",
    [
        lambda data: data,
        lambda data: {"output": f"data:video/mp4;base64,{data}"},
        lambda data: {"output": [{"bytesBase64Encoded": data}]},
    ],
)
def test_a_clip_is_found_in_whatever_form(google, tmp_path, form):
    google.outcome = lambda prediction: form(prediction["video"])
    assert made(google, tmp_path).seconds == 4


def test_a_clip_is_fetched_from_a_bucket(google, tmp_path):
    google.objects["gs://rushes/a.mp4"] = clip(2.0)
    google.outcome = lambda _: {"gcsUri": "gs://rushes/a.mp4"}
    assert made(google, tmp_path).seconds == 2


def test_an_answer_without_a_clip_is_a_failure(google, tmp_path):
    google.outcome = lambda _: {"text": "no"}
    with pytest.raises(JobFailed) as caught:
        made(google, tmp_path)
    assert caught.value.accepted is Accepted.UNKNOWN


@pytest.mark.parametrize(
    ("answer", "kind", "accepted"),
    [
        (said(401, "Who?", "UNAUTHENTICATED"), AuthenticationError, "no"),
        (said(403, "No.", "PERMISSION_DENIED"), PermissionDenied, "no"),
        (said(429, "Busy.", "RESOURCE_EXHAUSTED"), RateLimited, "no"),
        (said(503, "Down.", "UNAVAILABLE"), ProviderUnavailable, "unknown"),
        (Answer(502, "<html>bad gateway</html>"), ProviderUnavailable, "unknown"),
        (DROP_BEFORE, ProviderUnavailable, "unknown"),
        (DROP_AFTER, ProviderUnavailable, "unknown"),
    ],
)
def test_an_error_is_told_and_nothing_is_sent_again(google, tmp_path, answer, kind, accepted):
    google.fail(PREDICT, answer)
    with pytest.raises(kind) as caught:
        made(google, tmp_path)
    assert caught.value.accepted is Accepted(accepted)
    assert caught.value.provider == "vertex-endpoint"
    assert len(google.submits) == 1


def test_an_endpoint_that_is_not_there_has_made_nothing(google, tmp_path):
    google.fail("GET .*/endpoints/", said(404, "No such endpoint.", "NOT_FOUND"))
    with pytest.raises(Exception, match="no model 'deployed'") as caught:
        made(google, tmp_path)
    assert caught.value.accepted is Accepted.NO
    assert google.submits == []


def test_an_endpoint_that_nobody_names_is_asked_for(google, tmp_path):
    with pytest.raises(ConfigError, match="no endpoint"):
        made(google, tmp_path, VERTEX_ENDPOINT_ID="")


def test_it_says_that_it_is_paid_and_cannot_be_resumed():
    spec = {one.name: one for one in ministudio_video_providers()}["vertex-endpoint"]
    assert spec.billing is Billing.PAID
    assert "resume" in spec.summary
    assert spec.models[0].prices == ()
