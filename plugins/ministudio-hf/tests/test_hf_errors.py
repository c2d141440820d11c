"""What goes wrong at the router, and what is said and done about it."""

from __future__ import annotations

import attrs
import huggingface_hub
import pytest
from fake_hf import TOKEN, Fault
from hf_kit import WAN, context, ended, made, request, router, run, submitted
from huggingface_hub import constants
from huggingface_hub.utils import _http

from ministudio.plugin import (
    Accepted,
    ArtifactError,
    AuthenticationError,
    ConfigError,
    ContentRefused,
    InvalidRequest,
    JobExpired,
    JobFailed,
    JobState,
    JobUnknown,
    ModelRetired,
    PermissionDenied,
    PluginContext,
    ProviderError,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
)
from ministudio_hf.provider import RouterProvider

NO, UNKNOWN = Accepted.NO, Accepted.UNKNOWN
POLICY = {"detail": [{"type": "content_policy_violation", "msg": "flagged by a content checker"}]}
BAD = {"detail": [{"loc": ["body", "num_frames"], "msg": "must be 17 to 161", "type": "range"}]}

SUBMIT = [
    (400, {"error": "bad body"}, InvalidRequest, NO, "bad body"),
    (401, {"error": "Invalid username or password."}, AuthenticationError, NO, "Invalid"),
    (402, {"error": "You have exceeded your monthly credits"}, QuotaExceeded, NO, "credits"),
    (403, {"error": "no permission to call Inference Providers"}, PermissionDenied, NO, "permiss"),
    (403, {"error": "Access to model is restricted: gated"}, PermissionDenied, NO, "gated"),
    (404, {"error": "Model not found"}, InvalidRequest, NO, "Model not found"),
    (410, {"error": "endpoint removed"}, ModelRetired, NO, "removed"),
    (413, b"<html>too large</html>", InvalidRequest, NO, "text/html, no reason"),
    (422, BAD, InvalidRequest, NO, "must be 17 to 161"),
    (422, POLICY, ContentRefused, NO, "content checker"),
    (429, {"error": "slow down"}, RateLimited, NO, "slow down"),
    (307, {}, InvalidRequest, NO, "307"),
    (500, {"error": "boom"}, ProviderUnavailable, UNKNOWN, "boom"),
    (502, b"<html>bad gateway</html>", ProviderUnavailable, UNKNOWN, "text/html"),
    (503, {"error": "unavailable"}, ProviderUnavailable, UNKNOWN, "unavailable"),
    (503, {"error": "Model X is currently loading", "estimated_time": 20.0}, ProviderUnavailable,
     NO, "loading"),
    (529, b"", ProviderUnavailable, UNKNOWN, "529"),
]  # fmt: skip


@pytest.mark.parametrize("case", SUBMIT, ids=lambda case: f"{case[0]}-{case[4]}")
def test_each_answer_to_a_submit_is_an_error_that_says_whether_it_was_taken(service, case):
    status, body, kind, accepted, said = case
    service.faults["submit"].append(Fault(status=status, body=body))
    with pytest.raises(kind, match=said) as raised:
        run(submitted(router(service)))
    assert raised.value.accepted is accepted
    assert str(status) in raised.value.message
    assert (service.submits, service.bills) == (1, 0)


def test_a_redirect_is_not_followed_so_that_an_order_is_never_sent_twice(service):
    away = {"Location": f"{service.url}/fal-ai/elsewhere"}
    service.faults["submit"].append(Fault(status=308, body={}, headers=away))
    with pytest.raises(InvalidRequest) as raised:
        run(submitted(router(service)))
    assert "HF_ROUTER_URL" in raised.value.hint
    assert service.submits == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "17"}, 17.0),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"RateLimit": '"api";r=0;t=55'}, 55.0),
        ({"Retry-After": "soon"}, None),
        ({}, None),
    ],
)
def test_how_long_to_wait_is_read_in_every_form_it_is_given_in(service, headers, seconds):
    service.faults["submit"].append(Fault(status=429, body={}, headers=headers))
    with pytest.raises(RateLimited) as raised:
        run(submitted(router(service)))
    assert raised.value.retry_after == seconds


def test_a_submit_dropped_before_it_was_read_may_have_been_taken_for_all_we_know(service):
    service.faults["submit"].append(Fault(drop=True))
    with pytest.raises(ProviderUnavailable) as raised:
        run(submitted(router(service)))
    assert raised.value.accepted is UNKNOWN
    assert (service.submits, service.bills) == (1, 0)


def test_a_submit_dropped_after_it_was_taken_is_billed_once_and_never_sent_again(service):
    service.faults["submit"].append(Fault(drop=True, after=True))
    with pytest.raises(ProviderUnavailable) as raised:
        run(submitted(router(service)))
    assert raised.value.accepted is UNKNOWN
    assert (service.submits, service.bills) == (1, 1)


def test_a_submit_without_an_answer_in_time_is_unknown(service):
    service.faults["submit"].append(Fault(silent=True))
    with pytest.raises(ProviderUnavailable, match="no answer") as raised:
        run(submitted(router(service, patience=0.2)))
    assert raised.value.accepted is UNKNOWN


def test_a_submit_that_could_not_connect_was_never_sent(service):
    async def nobody_there():
        provider = router(service)
        prepared = await provider.prepare(request())
        provider._client.base = "http://127.0.0.1:9"
        await provider.submit(prepared)

    with pytest.raises(ProviderUnavailable, match="could not be reached") as raised:
        run(nobody_there())
    assert raised.value.accepted is NO


@pytest.mark.parametrize(
    "body",
    [
        b"<html>sign in</html>",
        {},
        {"request_id": ""},
        {"request_id": "x", "response_url": "https://evil.example/another"},
        ["a list"],
    ],
)
def test_a_yes_that_names_no_job_is_unknown_and_never_a_key_error(service, body):
    service.faults["submit"].append(Fault(status=200, body=body))
    with pytest.raises(JobUnknown, match="names no job") as raised:
        run(submitted(router(service)))
    assert raised.value.accepted is UNKNOWN


@pytest.mark.parametrize("route", ["wavespeed", "together", "replicate"])
def test_no_other_route_believes_a_yes_without_a_job_either(service, route):
    service.faults["submit"].append(Fault(status=200, body={"data": {"urls": {}}}))
    with pytest.raises(JobUnknown):
        run(submitted(router(service, route=route)))


def test_a_token_that_a_service_repeats_is_in_no_error(service):
    service.faults["submit"].append(Fault(status=400, body={"error": f"bad token {TOKEN}"}))
    with pytest.raises(InvalidRequest) as raised:
        run(submitted(router(service)))
    assert TOKEN not in repr(raised.value)
    assert "[token]" in raised.value.message


def test_a_model_that_is_not_there_is_explained(service):
    with pytest.raises(InvalidRequest, match="has no model nobody/nothing") as raised:
        run(submitted(router(service), model="nobody/nothing"))
    assert "https://huggingface.co/nobody/nothing" in raised.value.hint
    assert "HF_API_TOKEN" in raised.value.hint
    assert service.submits == 0


def test_a_licence_that_is_not_accepted_is_explained(service):
    gated = {"X-Error-Code": "GatedRepo"}
    service.faults["lookup"].append(Fault(status=403, body={"error": "gated"}, headers=gated))
    with pytest.raises(PermissionDenied, match="has not been accepted") as raised:
        run(submitted(router(service)))
    assert f"https://huggingface.co/{WAN}" in raised.value.hint
    assert "accept the licence" in raised.value.hint


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault(status=401, body={"error": "Invalid token"}), AuthenticationError),
        (Fault(status=429, body={}, headers={"Retry-After": "3"}), RateLimited),
        (Fault(status=500, body={}), ProviderUnavailable),
        (Fault(drop=True), ProviderUnavailable),
        (Fault(status=200, body=b"<html>"), ProviderUnavailable),
    ],
)
def test_trouble_at_a_look_up_costs_nothing(service, fault, kind):
    service.faults["lookup"].append(fault)
    with pytest.raises(kind) as raised:
        run(submitted(router(service)))
    assert raised.value.accepted is NO
    assert service.submits == 0


def test_a_model_nobody_serves_is_told_with_what_else_there_is(service):
    service.served["me/quiet"] = []
    with pytest.raises(InvalidRequest, match="fal-ai does not serve me/quiet") as raised:
        run(submitted(router(service), model="me/quiet"))
    assert "hf-endpoint" in raised.value.hint


def test_a_model_served_elsewhere_is_told_with_the_route_to_write(service):
    service.served[WAN] = service.served[WAN][2:]
    with pytest.raises(InvalidRequest) as raised:
        run(submitted(router(service)))
    assert 'options.route = "together"' in raised.value.hint


def test_a_model_that_only_novita_serves_is_told_with_the_provider_to_choose(service):
    with pytest.raises(InvalidRequest) as raised:
        run(submitted(router(service, route="auto"), model="Wan-AI/Wan2.1-T2V-14B"))
    assert "hf-novita" in raised.value.hint


def test_a_model_served_for_another_task_says_for_which(service, picture):
    first = picture()
    with pytest.raises(InvalidRequest) as raised:
        run(submitted(router(service), model="zai-org/CogVideoX-5b", first_frame=first))
    assert "text-to-video only" in raised.value.hint


def _outcome(service, status, body, route="fal-ai"):
    async def failing():
        provider = router(service, route=route)
        job = await submitted(provider)
        service.outcome = {"status": status, "body": body} if route == "fal-ai" else body
        try:
            return await ended(provider, job)
        finally:
            await provider.aclose()

    return run(failing())


def test_a_clip_withheld_by_a_policy_is_a_refusal_that_cost_nothing(service):
    status = _outcome(service, 422, POLICY)
    assert status.state is JobState.FAILED
    assert isinstance(status.error, ContentRefused)
    assert status.error.reasons
    assert (status.charged, status.error.charged) == (False, False)


def test_a_job_that_failed_at_fal_cost_nothing(service):
    status = _outcome(service, 500, {"detail": "CUDA out of memory"})
    assert isinstance(status.error, JobFailed)
    assert "CUDA out of memory" in status.error.message
    assert status.charged is False


def test_a_result_without_a_clip_is_a_failed_job_and_no_key_error(service):
    status = _outcome(service, 200, {"images": []})
    assert isinstance(status.error, JobFailed)


@pytest.mark.parametrize(
    ("route", "body", "said"),
    [
        ("wavespeed", {"status": "failed", "error": "worker died"}, "worker died"),
        ("wavespeed", {"outputs": []}, "no clip"),
        ("together", {"status": "failed", "error": {"message": "no capacity"}}, "no capacity"),
        ("together", {"outputs": None}, "no clip"),
        ("replicate", {"status": "failed", "error": "E8765"}, "E8765"),
        ("replicate", {"output": None}, "no clip"),
    ],
)
def test_a_job_that_failed_elsewhere_says_why_and_not_whether_it_was_charged(
    service, route, body, said
):
    status = _outcome(service, 200, body, route)
    assert isinstance(status.error, JobFailed)
    assert said in status.error.message
    assert status.charged is None


@pytest.mark.parametrize("route", ["wavespeed", "together", "replicate"])
def test_a_refusal_elsewhere_is_a_refusal(service, route):
    body = {"status": "failed", "error": "The prompt was flagged as NSFW by moderation"}
    assert isinstance(_outcome(service, 200, body, route).error, ContentRefused)


@pytest.mark.parametrize("kind", ["status", "result"])
@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=503, body=b"<html>busy</html>"),
        Fault(status=502, body={}),
        Fault(status=200, body=b"<html>a page</html>", headers={"content-type": "text/html"}),
        Fault(drop=True),
        Fault(cut=True),
    ],
)
def test_trouble_at_a_poll_says_nothing_about_the_job(service, tmp_path, kind, fault):
    async def polled():
        provider = router(service)
        job = await submitted(provider)
        service.steps = 0
        service.faults[kind].append(fault)
        with pytest.raises(ProviderUnavailable):
            await provider.poll(job)
        assert (await provider.poll(job)).state is JobState.SUCCEEDED
        await provider.aclose()

    run(polled())
    assert service.submits == 1


def test_a_poll_may_be_told_to_wait(service):
    async def polled():
        provider = router(service)
        job = await submitted(provider)
        service.faults["status"].append(Fault(status=429, body={}, headers={"Retry-After": "9"}))
        with pytest.raises(RateLimited) as raised:
            await provider.poll(job)
        await provider.aclose()
        return raised.value.retry_after

    assert run(polled()) == 9


@pytest.mark.parametrize("route", ["fal-ai", "wavespeed", "together", "replicate"])
def test_a_job_that_is_no_longer_known_has_expired(service, route):
    async def forgotten():
        provider = router(service, route=route)
        job = await submitted(provider)
        service.jobs.clear()
        try:
            await provider.poll(job)
        finally:
            await provider.aclose()

    with pytest.raises(JobExpired) as raised:
        run(forgotten())
    assert "billing" in raised.value.hint


def test_a_link_that_has_expired_is_asked_for_once_more(service, tmp_path):
    service.faults["download"].append(Fault(status=403, body=b"<Error>expired</Error>"))
    assert run(made(router(service), tmp_path)).path.is_file()
    assert len(service.of("download")) == 2


def test_a_clip_that_is_gone_for_good_has_expired(service, tmp_path):
    service.faults["download"] += [Fault(status=404, body=b"")] * 2
    with pytest.raises(JobExpired):
        run(made(router(service), tmp_path))
    assert service.submits == 1


def test_a_redirect_to_another_host_takes_no_token_along(service, tmp_path, monkeypatch):
    monkeypatch.setattr("fake_hf._file", lambda fake, job: f"{fake.url}/files/{job.id}.mp4")
    away = service.url.replace("127.0.0.1", "localhost") + "/files/fal-ai-001.mp4"
    service.faults["download"].append(Fault(status=302, body={}, headers={"Location": away}))
    run(made(router(service), tmp_path))
    first, second = service.of("download")
    assert first.headers["authorization"] == f"Bearer {TOKEN}"
    assert "authorization" not in second.headers


def test_a_parameter_of_a_safety_checker_is_no_refusal(service):
    body = {"detail": [{"loc": ["enable_safety_checker"], "msg": "safety_checker is a flag"}]}
    service.faults["submit"].append(Fault(status=422, body=body))
    with pytest.raises(InvalidRequest):
        run(submitted(router(service)))


def test_a_download_that_breaks_off_is_trouble_to_be_tried_again(service, tmp_path):
    service.faults["download"].append(Fault(cut=True))
    with pytest.raises(ProviderUnavailable, match="while downloading"):
        run(made(router(service), tmp_path))


def test_a_web_page_instead_of_a_clip_is_no_clip(service, tmp_path):
    service.faults["download"].append(Fault(status=200, body=b"<html>sign in</html>"))
    with pytest.raises(ArtifactError):
        run(made(router(service), tmp_path))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/y.mp4", "http:///", 7, ""])
def test_an_address_that_is_none_is_never_opened(service, tmp_path, url):
    async def fetched():
        provider = router(service)
        job = await submitted(provider)
        service.steps = 0
        service.outcome = {"status": 200, "body": {"video": {"url": url}}}
        try:
            await provider.fetch(job, tmp_path)
        finally:
            await provider.aclose()

    with pytest.raises(ProviderError):
        run(fetched())
    assert service.of("download") == []


def test_a_cancel_that_does_not_get_through_is_an_error(service):
    async def cancelled():
        provider = router(service)
        job = await submitted(provider)
        service.faults["cancel"].append(Fault(status=500, body={}))
        try:
            await provider.cancel(job)
        finally:
            await provider.aclose()

    with pytest.raises(ProviderUnavailable):
        run(cancelled())


def test_a_handle_that_is_damaged_is_said_to_be(service):
    async def polled(**data):
        provider = router(service)
        job = attrs.evolve(await submitted(provider), data=data)
        await provider.poll(job)

    for data in ({}, {"route": "fal-ai"}, {"route": "fal-ai", "path": "http://elsewhere/"}):
        with pytest.raises(InvalidRequest):
            run(polled(**data))


def test_offline_mode_is_named_as_the_reason(service, monkeypatch):
    huggingface_hub.set_client_factory(_http.default_client_factory)
    huggingface_hub.set_async_client_factory(_http.default_async_client_factory)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ProviderUnavailable, match="HF_HUB_OFFLINE") as raised:
        run(submitted(router(service)))
    assert raised.value.accepted is NO
    assert service.requests == []


@pytest.mark.parametrize("url", ["http://router.example", "ftp://x", "router.huggingface.co", ""])
def test_a_token_is_sent_to_no_address_that_is_not_encrypted(url):
    given = PluginContext(settings={"HF_ROUTER_URL": url})
    with pytest.raises(ConfigError):
        RouterProvider(given)


def test_the_provider_shows_no_token(service):
    provider = router(service)
    assert TOKEN not in repr(provider)
    assert TOKEN not in repr(context(service))
