"""The two providers that answer in one long call: Novita, and an endpoint of one's own."""

from __future__ import annotations

import asyncio

import pytest
from fake_hf import TOKEN, Fault
from hf_kit import context, request, run

from ministudio.plugin import (
    Accepted,
    ArtifactError,
    AuthenticationError,
    ConfigError,
    InvalidRequest,
    JobExpired,
    JobUnknown,
    ProviderError,
    ProviderUnavailable,
)
from ministudio_hf.blocking import NovitaProvider
from ministudio_hf.endpoint import EndpointProvider


def made(provider, into, **changes):
    async def whole():
        try:
            return await provider.generate(request(**changes), into, lambda *_: None)
        finally:
            await provider.aclose()

    return run(whole())


def novita(service, into, **options):
    return made(NovitaProvider(context(service, **options)), into, model="Wan-AI/Wan2.1-T2V-14B")


def endpoint(service, into, first_frame=None, **options):
    given = {"refresh_every": 0.01, **options}
    return made(EndpointProvider(context(service, **given)), into, first_frame=first_frame)


def test_novita_makes_a_clip_in_one_call(service, tmp_path):
    assert novita(service, tmp_path).seconds == pytest.approx(17 / 16, abs=0.01)
    assert (service.submits, service.bills) == (1, 1)
    seen = service.of("submit")[0]
    assert seen.path == "/novita/v3/hf/wan-t2v"
    assert seen.body["num_frames"] == 17


@pytest.mark.parametrize(
    ("fault", "kind", "accepted"),
    [
        (Fault(drop=True), ProviderUnavailable, Accepted.UNKNOWN),
        (Fault(drop=True, after=True), ProviderUnavailable, Accepted.UNKNOWN),
        (Fault(status=401, body={}), AuthenticationError, Accepted.NO),
        (Fault(status=504, body=b"<html>"), ProviderUnavailable, Accepted.UNKNOWN),
        (Fault(status=200, body={"video": None}), JobUnknown, Accepted.UNKNOWN),
    ],
)
def test_what_novita_loses_is_asked_about_and_never_ordered_again(
    service, tmp_path, fault, kind, accepted
):
    service.faults["submit"].append(fault)
    with pytest.raises(kind) as raised:
        novita(service, tmp_path)
    assert raised.value.accepted is accepted
    assert service.submits == 1


def test_a_clip_of_novitas_that_cannot_be_had_was_paid_for(service, tmp_path):
    service.faults["download"].append(Fault(drop=True))
    with pytest.raises(ProviderError) as raised:
        novita(service, tmp_path)
    assert (raised.value.accepted, raised.value.charged) == (Accepted.UNKNOWN, True)
    service.faults["download"].append(Fault(status=404, body=b""))
    with pytest.raises(JobExpired):
        novita(service, tmp_path)


def test_an_endpoint_that_runs_is_called_once(service, tmp_path):
    clip = endpoint(service, tmp_path)
    assert clip.seconds == pytest.approx(17 / 16, abs=0.01)
    assert clip.provider_meta == {"endpoint": "my-wan"}
    called = service.of("call")
    assert len(called) == 1
    assert called[0].body["inputs"] == "A fox crosses a frozen river."
    assert called[0].body["parameters"]["num_frames"] == 17
    assert called[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert service.endpoint_actions == []


def test_an_endpoint_is_waited_for_while_it_starts(service, tmp_path):
    service.endpoint_states = ["pending", "initializing", "initializing", "running"]
    service.faults["health"] += [Fault(status=503, body={}), Fault(drop=True)]
    endpoint(service, tmp_path)
    assert len(service.of("health")) == 3
    assert len(service.of("call")) == 1


def test_an_endpoint_at_zero_is_woken_by_asking_for_its_health_and_not_by_the_order(
    service, tmp_path
):
    service.endpoint_states = ["scaledToZero", "initializing", "running"]
    service.faults["health"].append(Fault(status=503, body={}))
    endpoint(service, tmp_path)
    kinds = [seen.kind for seen in service.requests if seen.kind in {"health", "call"}]
    assert kinds == ["health", "health", "call"]


def test_a_paused_endpoint_is_resumed_only_where_that_was_allowed(service, tmp_path):
    service.endpoint_states = ["paused"]
    with pytest.raises(InvalidRequest, match="paused") as raised:
        endpoint(service, tmp_path)
    assert "options.resume = true" in raised.value.hint
    assert service.endpoint_actions == []
    endpoint(service, tmp_path, resume=True)
    assert service.endpoint_actions == ["resume"]


def test_an_endpoint_is_scaled_to_zero_when_the_run_is_over_if_asked(service, tmp_path):
    endpoint(service, tmp_path, scale_to_zero=True)
    assert service.endpoint_actions == ["scale-to-zero"]


def test_shots_made_at_once_wait_for_one_start(service, tmp_path):
    service.endpoint_states = ["initializing", "running"]
    provider = EndpointProvider(context(service, refresh_every=0.01))

    async def both():
        folders = [tmp_path / "a", tmp_path / "b"]
        for folder in folders:
            folder.mkdir()
        await asyncio.gather(
            *(provider.generate(request(), folder, lambda *_: None) for folder in folders)
        )
        await provider.aclose()

    run(both())
    assert len(service.of("endpoint")) == 2
    assert len(service.of("call")) == 2


@pytest.mark.parametrize("state", ["failed", "updateFailed", "initializing"])
def test_an_endpoint_that_does_not_come_up_is_not_called(service, tmp_path, state):
    service.endpoint_states = [state]
    with pytest.raises(ProviderUnavailable, match=state) as raised:
        endpoint(service, tmp_path, wait=0.05)
    assert raised.value.accepted is Accepted.NO
    assert service.of("call") == []


def test_an_endpoint_nobody_has_is_explained(service, tmp_path):
    with pytest.raises(InvalidRequest) as raised:
        endpoint(service, tmp_path, endpoint="us/other")
    assert "us has no endpoint 'other'" in raised.value.hint


@pytest.mark.parametrize(
    "fault",
    [Fault(status=200, body=b"<html>"), Fault(status=200, body={"name": 1}), Fault(drop=True)],
)
def test_an_answer_that_describes_no_endpoint_costs_nothing(service, tmp_path, fault):
    service.faults["endpoint"].append(fault)
    with pytest.raises(ProviderUnavailable) as raised:
        endpoint(service, tmp_path, endpoint="me/my-wan")
    assert raised.value.accepted is Accepted.NO
    assert service.of("call") == []


@pytest.mark.parametrize(
    "answer",
    [
        {"video": "FILM"},
        {"video": "data:video/mp4;base64,FILM"},
        {"output": {"b64_json": "FILM"}},
        {"blob": "FILM", "content-type": "video/mp4"},
    ],
)
def test_a_handler_may_answer_with_json(service, tmp_path, answer):
    service.endpoint_answer = ("application/json", answer)
    assert endpoint(service, tmp_path).path.is_file()


@pytest.mark.parametrize("answer", [{}, {"video": "no base64!"}, {"error": "x"}, ["FILM"]])
def test_an_answer_without_a_clip_says_what_is_wanted(service, tmp_path, answer):
    service.endpoint_answer = ("application/json", answer)
    with pytest.raises(ArtifactError) as raised:
        endpoint(service, tmp_path)
    assert "bytes of an MP4" in raised.value.hint


def test_a_first_frame_goes_to_an_endpoint_as_its_inputs(service, tmp_path, picture):
    endpoint(service, tmp_path, first_frame=picture())
    body = service.of("call")[0].body
    assert body["inputs"].startswith("data:image/png;base64,")
    assert body["parameters"]["prompt"] == "A fox crosses a frozen river."


@pytest.mark.parametrize(
    ("fault", "kind", "accepted"),
    [
        (Fault(drop=True), ProviderUnavailable, Accepted.UNKNOWN),
        (
            Fault(status=503, body={"error": "503 no replica"}),
            ProviderUnavailable,
            Accepted.UNKNOWN,
        ),
        (Fault(status=422, body={"error": "bad"}), InvalidRequest, Accepted.NO),
    ],
)
def test_trouble_at_an_endpoint_is_never_called_again(service, tmp_path, fault, kind, accepted):
    service.faults["call"].append(fault)
    with pytest.raises(kind) as raised:
        endpoint(service, tmp_path)
    assert raised.value.accepted is accepted
    assert len(service.of("call")) == 1


def test_an_endpoint_needs_a_name(service):
    with pytest.raises(ConfigError, match="name of an endpoint"):
        EndpointProvider(context(service, endpoint=""))
