"""Every error and refusal, at Veo and at Omni: its kind, whether it was billed, one submit."""

from __future__ import annotations

import asyncio

import pytest
from vertex_kit import DROP_AFTER, DROP_BEFORE, STALL, Answer, context, request, said

from ministudio.plugin import (
    Accepted,
    ArtifactError,
    AuthenticationError,
    ContentRefused,
    InvalidRequest,
    JobExpired,
    JobFailed,
    JobState,
    ModelRetired,
    PermissionDenied,
    ProviderError,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
)
from ministudio_vertex.provider import VertexAIProvider

VEO, OMNI = "veo-3.1-generate-001", "gemini-omni-1.2-flash"
BOTH = pytest.mark.parametrize("model", [VEO, OMNI])
SUBMIT = r"POST .*(:predictLongRunning|/interactions)$"
POLL = r"(:fetchPredictOperation|GET .*/interactions/)"

ANSWERS = {
    "400": (said(400, "Unsupported duration.", "INVALID_ARGUMENT"), InvalidRequest, "no"),
    "400 words": (
        said(
            400, "The prompt violates usage guidelines. Support codes: 58061214", "INVALID_ARGUMENT"
        ),
        ContentRefused,
        "no",
    ),
    "400 code": (
        Answer(400, {"error": {"code": "image_safety", "message": "No."}}),
        ContentRefused,
        "no",
    ),
    "401": (said(401, "Invalid credentials.", "UNAUTHENTICATED"), AuthenticationError, "no"),
    "402": (said(402, "Billing is off.", "PAYMENT_REQUIRED"), QuotaExceeded, "no"),
    "403": (said(403, "Permission denied.", "PERMISSION_DENIED"), PermissionDenied, "no"),
    "404": (said(404, "Publisher model not found.", "NOT_FOUND"), None, "no"),
    "409": (said(409, "Conflict.", "ABORTED"), InvalidRequest, "no"),
    "413": (Answer(413, "<html>too large</html>"), InvalidRequest, "no"),
    "422": (said(422, "Unprocessable.", "INVALID_ARGUMENT"), InvalidRequest, "no"),
    "429": (
        said(429, "Resource exhausted.", "RESOURCE_EXHAUSTED", headers={"retry-after": "17"}),
        RateLimited,
        "no",
    ),
    "429 for the day": (
        said(429, "Quota exceeded: requests per day.", "RESOURCE_EXHAUSTED"),
        QuotaExceeded,
        "no",
    ),
    "408": (said(408, "Timed out.", "DEADLINE_EXCEEDED"), ProviderUnavailable, "unknown"),
    "500": (said(500, "Internal.", "INTERNAL"), ProviderUnavailable, "unknown"),
    "502 html": (Answer(502, "<html><h1>Bad gateway</h1></html>"), ProviderUnavailable, "unknown"),
    "503": (said(503, "Overloaded.", "UNAVAILABLE"), ProviderUnavailable, "unknown"),
    "504": (said(504, "Too late.", "DEADLINE_EXCEEDED"), ProviderUnavailable, "unknown"),
    "dropped": (DROP_BEFORE, ProviderUnavailable, "unknown"),
    "dropped when taken": (DROP_AFTER, ProviderUnavailable, "unknown"),
    "no answer in time": (STALL, ProviderUnavailable, "unknown"),
    "nonsense": (Answer(200, "<html>welcome</html>"), ProviderUnavailable, "unknown"),
    "no name": (Answer(200, {}), ProviderUnavailable, "unknown"),
}


def make(google, **options):
    return VertexAIProvider(context(google, options=options))


def submitted(google, model, **options):
    provider = make(google, **options)

    async def submit():
        return await provider.submit(await provider.prepare(request(model)))

    return provider, asyncio.run(submit())


def ended(google, model):
    """Follow a job to its end, and return what the last poll said."""
    provider, handle = submitted(google, model)

    async def follow():
        for _ in range(5):
            status = await provider.poll(handle)
            if status.state.ended:
                return status
        raise AssertionError("it never ended")

    return asyncio.run(follow())


@BOTH
@pytest.mark.parametrize("name", ANSWERS)
def test_an_error_at_the_submit_is_told_and_nothing_is_sent_again(google, model, name):
    answer, kind, accepted = ANSWERS[name]
    google.fail(SUBMIT, answer)
    with pytest.raises(ProviderError) as caught:
        submitted(google, model, timeout=0.5 if answer == STALL else 30)
    error = caught.value
    if kind is None:
        kind = ModelRetired if model == VEO else InvalidRequest
    assert type(error) is kind, repr(error)
    assert error.accepted is Accepted(accepted)
    assert error.provider == "vertex"
    assert len(google.submits) == 1
    assert "ya29" not in f"{error}{error.hint}"


def test_what_is_said_with_an_error_can_be_acted_on(google):
    google.fail(SUBMIT, ANSWERS["429"][0])
    with pytest.raises(RateLimited) as limited:
        submitted(google, VEO)
    assert limited.value.retry_after == 17
    google.fail(SUBMIT, ANSWERS["400 words"][0])
    with pytest.raises(ContentRefused) as refused:
        submitted(google, VEO)
    assert refused.value.reasons == ("child",)
    assert refused.value.charged is False
    google.fail(SUBMIT, ANSWERS["404"][0])
    with pytest.raises(ModelRetired) as retired:
        submitted(google, VEO)
    assert retired.value.replacement == OMNI


def test_an_api_that_is_switched_off_is_explained(google):
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "SERVICE_DISABLED"}]
    google.fail(
        SUBMIT, said(403, "Vertex AI API has not been used.", "PERMISSION_DENIED", details=details)
    )
    with pytest.raises(PermissionDenied) as caught:
        submitted(google, VEO)
    assert "gcloud services enable" in caught.value.hint


@BOTH
def test_who_cannot_be_reached_has_taken_nothing(google, model):
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    provider = VertexAIProvider(context(google, VERTEX_BASE_URL=url))

    async def submit():
        return await provider.submit(await provider.prepare(request(model)))

    with pytest.raises(ProviderUnavailable) as caught:
        asyncio.run(submit())
    assert caught.value.accepted is Accepted.NO


@BOTH
@pytest.mark.parametrize("answer", [ANSWERS["503"][0], ANSWERS["429"][0], DROP_BEFORE])
def test_a_poll_that_fails_is_no_news_about_the_job(google, model, answer):
    google.polls = 0
    provider, handle = submitted(google, model)
    google.fail(POLL, answer)
    with pytest.raises((ProviderUnavailable, RateLimited)) as caught:
        asyncio.run(provider.poll(handle))
    assert caught.value.accepted is Accepted.UNKNOWN
    assert asyncio.run(provider.poll(handle)).state is JobState.SUCCEEDED


@BOTH
def test_a_job_that_google_forgot_has_expired(google, model):
    provider, handle = submitted(google, model)
    google.jobs.clear()
    with pytest.raises(JobExpired):
        asyncio.run(provider.poll(handle))


@BOTH
def test_keys_that_ran_out_while_waiting_lose_no_job(google, model):
    google.polls = 0
    provider, handle = submitted(google, model)
    google.fail(POLL, ANSWERS["401"][0])
    with pytest.raises(AuthenticationError) as caught:
        asyncio.run(provider.poll(handle))
    assert caught.value.accepted is Accepted.UNKNOWN
    assert asyncio.run(provider.poll(handle)).state is JobState.SUCCEEDED


def test_a_clip_that_the_filter_kept_back_is_refused_and_free(google):
    google.outcome = lambda job: (
        job
        | {
            "response": {
                "raiMediaFilteredCount": 1,
                "raiMediaFilteredReasons": ["The audio was filtered. Support codes: 29310472"],
            }
        }
    )
    status = ended(google, VEO)
    assert isinstance(status.error, ContentRefused)
    assert status.error.reasons == ("celebrity",)
    assert status.charged is status.error.charged is False


def test_an_operation_that_ends_with_code_3_is_refused(google):
    google.outcome = lambda job: {
        "name": job["name"],
        "done": True,
        "error": {"code": 3, "message": "The prompt could not be submitted: sensitive words."},
    }
    status = ended(google, VEO)
    assert isinstance(status.error, ContentRefused)
    assert status.charged is False


def test_an_operation_that_breaks_is_failed_and_nobody_knows_the_bill(google):
    google.outcome = lambda job: {
        "name": job["name"],
        "done": True,
        "error": {"code": 13, "message": "Internal error."},
    }
    status = ended(google, VEO)
    assert type(status.error) is JobFailed
    assert status.error.charged is None


def test_an_operation_without_clip_and_reason_is_failed(google):
    google.outcome = lambda job: job | {"response": {}}
    assert type(ended(google, VEO).error) is JobFailed


def words(job, text="I can't make that.", **usage):
    step = {"type": "model_output", "content": [{"type": "text", "text": text}]}
    return job | {"steps": [step], "usage": usage or None}


def test_an_answer_of_words_alone_is_a_refusal(google):
    google.outcome = lambda job: words(
        job, output_tokens_by_modality=[{"modality": "text", "tokens": 20}]
    )
    status = ended(google, OMNI)
    assert isinstance(status.error, ContentRefused)
    assert status.error.reasons == ("I can't make that.",)
    assert status.charged is False
    assert "may be billed" in status.error.message


def test_a_refusal_without_a_count_says_nothing_of_the_bill(google):
    google.outcome = words
    assert ended(google, OMNI).charged is None


@pytest.mark.parametrize(
    "outcome",
    [
        {"errors": [{"code": "prohibited_content", "message": "No."}]},
        {"steps": [{"type": "model_output", "error": {"code": 3, "message": "usage guidelines"}}]},
    ],
)
def test_a_failed_interaction_with_a_safety_code_is_refused(google, outcome):
    google.outcome = lambda job: {"id": job["id"], "status": "failed", **outcome}
    assert isinstance(ended(google, OMNI).error, ContentRefused)


@pytest.mark.parametrize("status", ["failed", "incomplete", "budget_exceeded", "requires_action"])
def test_an_interaction_that_ends_otherwise_is_failed(google, status):
    google.outcome = lambda job: {"id": job["id"], "status": status}
    found = ended(google, OMNI)
    assert type(found.error) is JobFailed
    assert status in found.error.message


def test_a_status_that_nobody_knows_is_waited_out(google):
    google.polls = 0
    provider, handle = submitted(google, OMNI)
    held = google.jobs[handle.id]["job"]
    held["status"] = "thinking_hard"
    assert asyncio.run(provider.poll(handle)).state is JobState.RUNNING
    held["status"] = "queued"
    assert asyncio.run(provider.poll(handle)).state is JobState.QUEUED


def test_a_garbled_clip_is_an_artifact_that_is_fetched_again(google, tmp_path):
    google.polls = 0
    google.outcome = lambda job: (
        job
        | {
            "steps": [
                {
                    "type": "model_output",
                    "content": [{"type": "video", "mime_type": "video/mp4", "data": "AAA*"}],
                }
            ]
        }
    )
    provider, handle = submitted(google, OMNI)
    with pytest.raises(ArtifactError):
        asyncio.run(provider.fetch(handle, tmp_path))


@BOTH
def test_a_download_that_breaks_can_be_repeated(google, model, tmp_path):
    google.polls = 0
    provider, handle = submitted(google, model)
    google.fail(POLL, DROP_BEFORE)
    with pytest.raises(ProviderUnavailable):
        asyncio.run(provider.fetch(handle, tmp_path))
    assert asyncio.run(provider.fetch(handle, tmp_path)).path.stat().st_size > 0


@BOTH
def test_a_clip_that_vanished_from_its_bucket_has_expired(google, model, tmp_path):
    google.polls = 0
    provider, handle = submitted(google, model, output="gs://rushes/fox")
    google.objects.clear()
    with pytest.raises(JobExpired):
        asyncio.run(provider.fetch(handle, tmp_path))


@BOTH
def test_other_bytes_than_the_bucket_has_are_not_taken(google, model, tmp_path):
    google.polls = 0
    provider, handle = submitted(google, model, output="gs://rushes/fox")
    wrong = {"x-goog-hash": "crc32c=AAAAAA==", "content-type": "video/mp4"}
    google.fail("GET .*alt=media", Answer(200, b"half a clip", wrong))
    with pytest.raises(ProviderUnavailable):
        asyncio.run(provider.fetch(handle, tmp_path))
    assert asyncio.run(provider.fetch(handle, tmp_path)).path.stat().st_size > 1000


@BOTH
def test_a_kept_connection_never_carries_a_submit(google, model):
    provider = make(google)

    async def twice():
        prepared = await provider.prepare(request(model))
        await provider.submit(prepared)
        await provider.submit(prepared)

    asyncio.run(twice())
    assert google.connections == 2


def test_what_the_library_does_not_take_is_found_before_anything_is_sent(google, monkeypatch):
    from ministudio_vertex import _veo

    order = _veo.order

    def with_more(*args):
        made = order(*args)
        made.call["config"]["fresh_parameter"] = 1
        return made

    monkeypatch.setattr(_veo, "order", with_more)
    with pytest.raises(InvalidRequest, match="google-genai does not take"):
        submitted(google, VEO)
    assert google.submits == []
