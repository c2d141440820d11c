"""A provider over HTTP: however a call ends, it is an error of ours that says the truth."""

from __future__ import annotations

import asyncio
import json
import traceback
from pathlib import Path

import attrs
import pytest

from ministudio.plugin import (
    Accepted,
    AuthenticationError,
    Capability,
    Clip,
    ClipRequest,
    CompiledPrompt,
    ConfigError,
    ContentRefused,
    ExtendFrom,
    HttpVideoProvider,
    InvalidRequest,
    JobExpired,
    JobFailed,
    JobHandle,
    JobState,
    JobStatus,
    MediaFile,
    PluginContext,
    Prepared,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
    Reference,
    ReferenceRole,
    Secret,
)

httpx2 = pytest.importorskip("httpx2")

KEY = "key-4a7Zq+/=&%9"
JOB = JobHandle(provider="easel", model="m", id="r-1")
REQUEST = ClipRequest(model="m", prompt=CompiledPrompt(text="a dog"), seconds=1)


class Easel(HttpVideoProvider):
    """A provider whose service is a function."""

    name = "easel"

    def __init__(self, service, **options) -> None:
        key = Secret(KEY, "EASEL_API_KEY")
        super().__init__(PluginContext(options=options, settings={"EASEL_API_KEY": key}))
        self.service = service
        self.opened = []

    def connect(self):
        headers = {"Authorization": f"Bearer {self.context.required('EASEL_API_KEY')}"}
        transport = httpx2.MockTransport(self.service)
        client = httpx2.AsyncClient(base_url="https://easel", headers=headers, transport=transport)
        self.opened.append(client)
        return client

    async def prepare(self, request: ClipRequest) -> Prepared:
        return self.prepared(request, {})

    async def submit(self, prepared: Prepared) -> JobHandle:
        async with self.asked("POST", "/jobs", json={}) as reply:
            return self.handle(prepared, reply.json()["id"], queue="a")

    async def poll(self, job: JobHandle) -> JobStatus:
        async with self.asked("GET", f"/jobs/{job.id}", job=job, also={302}) as reply:
            return JobStatus(state=JobState(reply.json()["state"]))

    async def fetch(self, job: JobHandle, into: Path) -> Clip:
        raise AssertionError


def said(status=200, data=None, **more):
    return lambda request: httpx2.Response(status, json=data, **more)


def raising(error):
    def service(request):
        raise error

    return service


def outcome(service, job=None):
    """What a submit, or with a job a poll, came to."""

    async def once():
        easel = Easel(service)
        try:
            if job is not None:
                return await easel.poll(job)
            return await easel.submit(await easel.prepare(REQUEST))
        except ProviderError as error:
            return error
        finally:
            await easel.aclose()

    return asyncio.run(once())


def test_a_good_answer_is_the_blocks_to_read():
    job = outcome(said(201, {"id": "r-1"}))
    assert job == JobHandle(provider="easel", model="m", id="r-1", data={"queue": "a"})
    assert outcome(said(200, {"state": "running"}), JOB) == JobStatus(state=JobState.RUNNING)


def test_a_status_that_is_expected_is_no_error():
    assert outcome(said(302, {"state": "running"}), JOB) == JobStatus(state=JobState.RUNNING)
    assert isinstance(outcome(said(307, {}), JOB), InvalidRequest)


@pytest.mark.parametrize(
    ("raised", "accepted"),
    [("ConnectError", Accepted.NO), ("ConnectTimeout", Accepted.NO), ("PoolTimeout", Accepted.NO),
     ("ReadTimeout", Accepted.UNKNOWN), ("ReadError", Accepted.UNKNOWN),
     ("WriteError", Accepted.UNKNOWN), ("RemoteProtocolError", Accepted.UNKNOWN),
     ("DecodingError", Accepted.UNKNOWN)],
)  # fmt: skip
def test_only_what_was_never_sent_was_certainly_not_taken(raised, accepted):
    service = raising(getattr(httpx2, raised)("it broke"))
    error = outcome(service)
    assert (type(error), error.accepted) == (ProviderUnavailable, accepted)
    assert raised in str(error)
    assert outcome(service, JOB).accepted is Accepted.UNKNOWN


@pytest.mark.parametrize(
    "service",
    [said(201, {}), said(201, []), said(201, None), said(201, "text"),
     lambda _: httpx2.Response(200, html="<h1>Sign in</h1>"), lambda _: httpx2.Response(201)],
)  # fmt: skip
def test_a_yes_that_makes_no_sense_may_have_been_a_job(service):
    error = outcome(service)
    assert (type(error), error.accepted) == (ProviderUnavailable, Accepted.UNKNOWN)
    assert error.hint


def test_a_state_that_nobody_knows_makes_no_sense():
    error = outcome(said(200, {"state": "daubing"}), JOB)
    assert isinstance(error, ProviderUnavailable)
    assert "daubing" in str(error)


def test_a_refusal_is_the_error_that_its_status_stands_for():
    error = outcome(said(401, {"error": {"message": "who are you?"}}))
    assert type(error) is AuthenticationError
    assert str(error) == "easel answered 401: who are you?"
    assert type(outcome(said(404, {}), JOB)) is JobExpired
    busy = outcome(said(429, {"message": "later"}, headers={"Retry-After": "2.5"}))
    assert (type(busy), busy.retry_after) == (RateLimited, 2.5)
    assert str(outcome(lambda _: httpx2.Response(502, html="<h1>Oh</h1>"))).endswith("text/html")
    assert str(outcome(lambda _: httpx2.Response(400, text="no such size"))).endswith("such size")


@pytest.mark.parametrize(
    ("data", "reasons"),
    [({"error": {"code": "content_policy_violation", "message": "no"}},
      ("content_policy_violation",)),
     ({"error": {"code": "content", "message": "no", "reasons": ["violence"]}}, ("violence",)),
     ({"detail": [{"msg": "The prompt was flagged by our moderation."}]},
      ("The prompt was flagged by our moderation.",))],
)  # fmt: skip
def test_a_refusal_of_the_content_is_told_by_its_words(data, reasons):
    error = outcome(said(422, data))
    assert isinstance(error, ContentRefused)
    assert (error.reasons, error.accepted) == (reasons, Accepted.NO)
    assert error.hint


def test_a_key_that_is_wrong_is_no_refusal_of_the_content_whatever_it_says():
    error = outcome(said(401, {"error": "this key is flagged"}))
    assert type(error) is AuthenticationError


@pytest.mark.parametrize(
    ("words", "kind"),
    [("a machine broke down", JobFailed), ({"message": "a machine broke down"}, JobFailed),
     ("refused by the content policy", ContentRefused), ({"code": "nsfw"}, ContentRefused)],
)  # fmt: skip
def test_why_a_job_failed_is_read_from_its_words(words, kind):
    error = Easel(said()).failed(words, charged=True)
    assert type(error) is kind
    assert (error.charged, error.accepted) == (True, Accepted.UNKNOWN)


def test_a_job_of_which_nothing_is_said_has_not_failed():
    easel = Easel(said())
    assert [easel.failed(words) for words in (None, "", {})] == [None, None, None]


def test_no_error_repeats_the_key_where_the_service_does():
    quoting = said(400, {"error": f"bad header: Bearer {KEY}"})
    broken = raising(httpx2.LocalProtocolError(f"Illegal header value b'Bearer {KEY}'"))
    strange = said(201, {"id": {}, "odd": KEY})
    for service in (quoting, broken, strange, said(200, {"state": KEY})):
        for job in (None, JOB):
            error = outcome(service, job)
            if isinstance(error, ProviderError):
                told = [*traceback.format_exception(error), repr(error), str(error.hint)]
                assert KEY not in "".join(told)
                assert error.__cause__ is None


def picture():
    return MediaFile(path=Path("p.png"), sha256="0" * 64)


@pytest.mark.parametrize(
    ("capability", "given"),
    [("first_frame", {"first_frame": picture()}), ("last_frame", {"last_frame": picture()}),
     ("references", {"references": [Reference(media=picture(), role=ReferenceRole.CHARACTER)]}),
     ("extend", {"extend": ExtendFrom(media=picture())})],
)  # fmt: skip
def test_a_picture_that_the_order_would_leave_out_is_refused(capability, given):
    request = attrs.evolve(REQUEST, **given)
    easel = Easel(said())
    with pytest.raises(InvalidRequest, match=capability) as raised:
        easel.prepared(request, {})
    assert raised.value.accepted is Accepted.NO
    easel.takes = {Capability(capability)}
    assert easel.prepared(request, {"a": 1}) == Prepared(request=request, payload={"a": 1})


def test_what_the_author_did_wrong_is_not_the_services_fault():
    async def once():
        async with Easel(said()).asked("GET", "/") as reply:
            reply.no_such_thing  # noqa: B018 - what it raises is the point

    with pytest.raises(AttributeError):
        asyncio.run(once())


def test_a_call_that_is_cancelled_stays_cancelled():
    async def service(request):
        await asyncio.sleep(60)

    async def once():
        task = asyncio.ensure_future(Easel(service).submit(Prepared(request=REQUEST)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(once())


def test_one_client_serves_until_it_is_closed_or_the_loop_is_another():
    easel = Easel(said(200, {"state": "running"}))

    async def twice():
        await easel.poll(JOB)
        await easel.poll(JOB)

    asyncio.run(twice())
    assert len(easel.opened) == 1
    asyncio.run(twice())
    assert len(easel.opened) == 2

    async def closed():
        await easel.poll(JOB)
        await easel.aclose()
        await easel.aclose()
        assert easel.opened[-1].is_closed
        await easel.poll(JOB)

    asyncio.run(closed())
    assert len(easel.opened) == 4


def test_making_one_asks_nobody_and_opens_nothing():
    assert Easel(said()).opened == []


def test_each_call_has_its_patience():
    waits = []

    def service(request):
        waits.append(request.extensions["timeout"]["read"])
        return httpx2.Response(200, json={"state": "running"})

    asyncio.run(Easel(service).poll(JOB))
    asyncio.run(Easel(service, patience=2).poll(JOB))
    assert waits == [30, 2]


@pytest.mark.parametrize("patience", [0, -1, "long", None])
def test_a_patience_that_is_none_is_refused(patience):
    with pytest.raises(ConfigError, match="patience"):
        Easel(said(), patience=patience)


def test_a_setting_that_is_missing_is_named():
    with pytest.raises(ConfigError, match="EASEL_URL") as raised:
        PluginContext().required("EASEL_URL")
    assert "EASEL_URL" in str(raised.value.hint)
    context = PluginContext(settings={"EASEL_URL": "http://easel.example"})
    with pytest.raises(ConfigError, match="https://"):
        context.address("EASEL_URL")
    assert json.dumps(context.required("EASEL_URL")) == '"http://easel.example"'
