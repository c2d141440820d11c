"""The provider: each step, and what it makes of each fault."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import UTC, datetime

import attrs
import pytest
from simulator_kit import Raw, Steps, provider, request, sha256

from ministudio.media.probe import clip_from_file
from ministudio.plugin import (
    Absent,
    Accepted,
    ArtifactError,
    AuthenticationError,
    Cancel,
    ConfigError,
    ContentRefused,
    ExtendFrom,
    Found,
    InvalidRequest,
    JobExpired,
    JobFailed,
    JobHandle,
    JobState,
    MediaFile,
    ModelRetired,
    PermissionDenied,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
    Reference,
    ReferenceRole,
    Unknowable,
)
from ministudio.testing.simulator import FaultKind, SimulatedService, Terms
from ministudio.testing.simulator.faults import FAULTS, Operation
from ministudio.testing.simulator.variants import (
    BlindProvider,
    BlockingProvider,
    IdempotentProvider,
    SecondProvider,
)


@pytest.fixture
def using(service, tmp_path):
    """Makes the steps of any provider, and closes it when the test is over."""
    with contextlib.ExitStack() as end:

        def make(at: SimulatedService = service, **how):
            runner = end.enter_context(asyncio.Runner())
            made = Steps(at, tmp_path, runner.run, **how)
            end.callback(lambda: runner.run(made.provider.aclose()))
            return made

        yield make


@pytest.fixture
def steps(using):
    return using()


def picture(folder, data=b"picture"):
    path = folder / f"{sha256(data)[:8]}.png"
    path.write_bytes(data)
    return MediaFile(path, sha256(data))


def test_a_clip_is_ordered_waited_for_and_fetched_as_it_was_asked_for(steps, service, clock):
    service.fault("takes", seconds=4)
    job = steps.submit(seconds=1.0)
    assert JobHandle.from_json(job.to_json()) == job
    clock.now += 2
    status = steps.poll(job)
    assert (status.state, status.progress, status.eta) == (JobState.RUNNING, 0.5, 2.0)
    clock.now += 2
    status = steps.poll(job)
    assert (status.state, status.charged) == (JobState.SUCCEEDED, True)
    assert status.expires_at == datetime.fromtimestamp(clock.now + 3600, UTC)
    clip = steps.fetch(job)
    measured = clip_from_file(clip.path)
    assert measured == attrs.evolve(clip, seed=None, cost_reported=None, provider_meta={})
    assert (clip.seconds, clip.seed, clip.cost_reported) == (1.0, 7, 100_000)


def test_fetching_again_gives_the_same(steps):
    job = steps.submit()
    assert steps.fetch(job) == steps.fetch(job)


def test_generate_takes_the_steps_in_a_row(steps, service):
    service.fault("takes", seconds=0.0)
    assert clip_from_file(steps.generate().path).seconds == 0.5


def test_every_picture_is_uploaded_once_and_paid_for_never(steps, service, tmp_path):
    first, last, face = (picture(tmp_path, data) for data in (b"first", b"last", b"face"))
    wanted = {
        "first_frame": first,
        "last_frame": last,
        "references": [Reference(media=face, role=ReferenceRole.CHARACTER)],
    }
    steps.prepare(**wanted)
    steps.submit(**wanted)
    assert (service.stats.total.uploads, len(service.bills)) == (3, 1)


def test_what_a_picture_shows_makes_another_clip(steps, tmp_path):
    one, two = (picture(tmp_path, data) for data in (b"one", b"two"))
    clips = {steps.fetch(steps.submit(first_frame=p)).sha256 for p in (None, one, two)}
    assert len(clips) == 3


def test_going_on_from_a_clip_counts_its_bytes_and_not_its_jobs_name(steps, service, tmp_path):
    before = picture(tmp_path, b"clip")
    made = set()
    for key in ("k1", "k2"):
        first = steps.submit(key=key)
        job = steps.submit(key=f"{key}x", extend=ExtendFrom(media=before, job=first))
        made.add(steps.fetch(job).sha256)
    assert len(made) == 1
    assert steps.fetch(steps.submit()).sha256 not in made


NO, UNKNOWN = Accepted.NO, Accepted.UNKNOWN
ON_SUBMIT = {
    "429": (RateLimited, NO),
    "500": (ProviderUnavailable, UNKNOWN),
    "503": (ProviderUnavailable, NO),
    "hang": (ProviderUnavailable, UNKNOWN),
    "drop": (ProviderUnavailable, UNKNOWN),
    "500-after": (ProviderUnavailable, UNKNOWN),
    "hang-after": (ProviderUnavailable, UNKNOWN),
    "drop-after": (ProviderUnavailable, UNKNOWN),
    "401": (AuthenticationError, NO),
    "402": (QuotaExceeded, NO),
    "403": (PermissionDenied, NO),
    "retired": (ModelRetired, NO),
    "refuse": (ContentRefused, NO),
    "html": (ProviderUnavailable, UNKNOWN),
}
PATIENCE = {"hang": 0.25, "hang-after": 0.25}
HARMLESS = {"slow", "takes", "stuck", "fail", "refuse-late", "cancel-race"}


@pytest.mark.parametrize("kind", ON_SUBMIT)
def test_a_failing_submit_says_whether_the_job_may_have_been_taken(using, service, kind):
    error, accepted = ON_SUBMIT[kind]
    service.fault(kind, at="submit")
    with pytest.raises(error) as raised:
        using(patience=PATIENCE.get(kind, 5)).submit()
    assert type(raised.value) is error
    assert (raised.value.accepted, raised.value.provider) == (accepted, "simulator")
    taken = kind.endswith("-after")
    assert service.stats.total.accepted == taken
    assert not (accepted is NO and service.bills), "it was paid for, and said not to be taken"
    assert isinstance(using().find(), Found if taken else Absent)


def test_every_fault_that_can_strike_a_submit_is_in_the_table():
    striking = {kind for kind, (_, where) in FAULTS.items() if Operation.SUBMIT in where}
    assert striking == {FaultKind(kind) for kind in {*ON_SUBMIT, *HARMLESS}}


def test_a_service_that_is_not_there_took_nothing(service, steps):
    service.stop()
    with pytest.raises(ProviderUnavailable) as raised:
        steps.submit()
    assert raised.value.accepted is Accepted.NO
    assert "SIMULATOR_URL" in raised.value.hint


def test_a_submit_never_goes_over_a_connection_that_may_be_dead(service, steps):
    async def twice():
        prepared = await steps.provider.prepare(request())
        await steps.provider.submit(attrs.evolve(prepared, idempotency_key="k1"))
        await asyncio.to_thread(service.stop)
        await asyncio.to_thread(service.start)
        await steps.provider.submit(attrs.evolve(prepared, idempotency_key="k2"))

    steps.run(twice())
    assert service.stats.total.accepted == 2


def test_a_kept_connection_that_the_service_has_closed_is_left_alone(service, steps):
    async def twice():
        job = await steps.provider.submit(await steps.provider.prepare(request()))
        await steps.provider.poll(job)
        await asyncio.to_thread(service.stop)
        await asyncio.to_thread(service.start)
        return await steps.provider.poll(job)

    assert steps.run(twice()).state is JobState.SUCCEEDED


def test_retry_after_reasons_and_replacement_are_handed_on(service, steps):
    service.fault("429", seconds=2.5)
    service.fault("429")
    for wait in (2.5, None):
        with pytest.raises(RateLimited) as limited:
            steps.submit()
        assert limited.value.retry_after == wait
    service.fault("refuse", charged=True)
    with pytest.raises(ContentRefused) as refused:
        steps.submit()
    assert (refused.value.reasons, refused.value.charged) == (("violence", "likeness"), True)
    service.fault("retired")
    with pytest.raises(ModelRetired) as retired:
        steps.submit()
    assert retired.value.replacement == "sim-1"


def test_a_request_that_the_service_does_not_understand_is_invalid(steps):
    with pytest.raises(InvalidRequest, match="no request") as raised:
        steps.submit("A dog. sim:rain")
    assert raised.value.accepted is Accepted.NO


@pytest.mark.parametrize("charged", [True, False])
@pytest.mark.parametrize(("kind", "error"), [("fail", JobFailed), ("refuse-late", ContentRefused)])
def test_a_poll_says_why_a_job_failed_and_whether_it_cost_money(
    service, steps, kind, error, charged
):
    service.fault(kind, charged=charged)
    status = steps.poll(steps.submit())
    assert (status.state, status.charged) == (JobState.FAILED, charged)
    assert type(status.error) is error
    assert status.error.charged is charged
    assert len(service.bills) == charged


@pytest.mark.parametrize(
    ("kind", "error"),
    [("429", RateLimited), ("500", ProviderUnavailable), ("503", ProviderUnavailable),
     ("hang", ProviderUnavailable), ("drop", ProviderUnavailable), ("html", ProviderUnavailable),
     ("401", AuthenticationError), ("402", QuotaExceeded), ("403", PermissionDenied)],
)  # fmt: skip
@pytest.mark.parametrize("operation", ["upload", "poll", "find", "cancel", "fetch"])
def test_trouble_on_the_way_is_named_and_does_not_last(using, service, operation, kind, error):
    steps = using(patience=PATIENCE.get(kind, 5))
    job = using().submit()
    using().fetch(job)
    calls = {
        "upload": lambda: steps.prepare(first_frame=picture(steps.folder)),
        "poll": lambda: steps.poll(job),
        "find": steps.find,
        "cancel": lambda: steps.cancel(job),
        "fetch": lambda: steps.fetch(job),
    }
    service.fault(kind, at=operation)
    wanted = ArtifactError if (kind, operation) == ("html", "fetch") else error
    with pytest.raises(wanted) as raised:
        calls[operation]()
    assert type(raised.value) is wanted
    calls[operation]()


def test_a_slow_answer_is_waited_for(service, steps):
    service.fault("slow", seconds=0.15)
    began = time.monotonic()
    steps.submit()
    assert time.monotonic() - began >= 0.15


def test_a_job_that_the_service_forgot_is_lost(service, steps, tmp_path):
    job = steps.submit()
    service.fault("forget")
    for call in (lambda: steps.poll(job), lambda: steps.fetch(job)):
        with pytest.raises(JobExpired, match=job.id):
            call()
    assert steps.cancel(job) is Cancel.TOO_LATE
    assert isinstance(steps.find(), Absent)


def test_an_expired_link_is_renewed_and_a_deleted_result_is_lost(service, steps):
    job = steps.submit()
    service.fault("expire")
    assert steps.fetch(job).path.stat().st_size
    service.fault("expire", times=2)
    with pytest.raises(JobExpired):
        steps.fetch(job)
    service.fault("gone")
    with pytest.raises(JobExpired):
        steps.fetch(job)
    with pytest.raises(JobExpired):
        steps.fetch(job)


def test_a_download_that_is_no_video_or_broke_off_is_seen_at_once(service, steps):
    job = steps.submit()
    for kind, error, words in (
        ("html", ArtifactError, "text/html"),
        ("empty", ArtifactError, "nothing"),
        ("cut-off", ProviderUnavailable, "bytes are missing"),
    ):
        service.fault(kind)
        with pytest.raises(error, match=words):
            steps.fetch(job)
    assert clip_from_file(steps.fetch(job).path).seconds == 0.5


def test_a_download_that_only_measuring_shows_to_be_wrong_is_handed_over(service, steps):
    job = steps.submit()
    service.fault("truncated")
    with pytest.raises(ArtifactError, match="cut off"):
        clip_from_file(steps.fetch(job).path)
    service.fault("wrong-length")
    assert clip_from_file(steps.fetch(job).path).seconds == 1.0
    service.fault("wrong-size")
    assert str(clip_from_file(steps.fetch(job).path).size) == "360x640"


def test_a_full_disk_is_not_taken_for_the_services_fault(service, steps, tmp_path):
    job = steps.submit()
    steps.folder = tmp_path / "no folder"
    steps.folder.write_text("a file")
    with pytest.raises(FileExistsError):
        steps.fetch(job)


def test_a_search_finds_the_job_of_its_key(service, steps, clock):
    job = steps.submit(key="k&1")
    assert steps.find(key="k&1") == Found(job)
    assert steps.find(key="k2") == Absent()
    service.fault("absent")
    service.fault("unknowable")
    assert steps.find(key="k&1") == Absent()
    assert steps.find(key="k&1") == Unknowable()


def test_a_cancel_is_heard_comes_too_late_or_in_vain(service, steps, clock):
    service.fault("takes", times=3, seconds=4)
    service.fault("cancel-race", nth=2)
    service.fault("too-late", nth=3)
    jobs = [steps.submit(key=f"k{n}") for n in range(3)]
    said = [steps.cancel(job) for job in jobs]
    assert said == [Cancel.REQUESTED, Cancel.REQUESTED, Cancel.TOO_LATE]
    clock.now += 4
    ended = [steps.poll(job).state for job in jobs]
    assert ended == [JobState.CANCELLED, JobState.SUCCEEDED, JobState.SUCCEEDED]


def test_the_second_queue_knows_nothing_of_the_first(using, service, tmp_path, steps):
    other = using(kind=SecondProvider)
    steps.submit()
    assert isinstance(other.find(), Absent)
    service.fault("500", queue="a")
    assert other.submit(key="k2").provider == "simulator-b"


def test_one_key_makes_one_job_where_that_is_promised(using, service, tmp_path):
    idempotent = using(kind=IdempotentProvider)
    service.fault("drop-after")
    with pytest.raises(ProviderUnavailable):
        idempotent.submit()
    job = idempotent.submit()
    assert idempotent.find() == Found(job)
    assert (service.stats.total.submits, len(service.bills)) == (2, 1)


def test_a_blind_provider_cannot_say(using, service, tmp_path):
    blind = using(kind=BlindProvider)
    blind.submit()
    assert blind.find() == Unknowable()


def test_the_provider_of_one_method_makes_a_clip_in_one_call(using, service, tmp_path):
    made = using(kind=BlockingProvider)
    assert clip_from_file(made.generate().path).seconds == 0.5
    service.fault("fail")
    with pytest.raises(JobFailed) as raised:
        made.generate("A cat.")
    assert (raised.value.provider, raised.value.charged) == ("simulator-blocking", False)


def test_the_key_is_sent_and_never_shown(using):
    with SimulatedService(Terms(key="sesame")) as service:
        using(service, key="sesame").submit()
        with pytest.raises(AuthenticationError) as raised:
            using(service, key="password").submit()
        assert "password" not in f"{raised.value} {raised.value.hint}"
        assert Raw(service.url).submit().status == 401


@pytest.mark.parametrize("url", ["", "localhost:1", "ftp://127.0.0.1:1", "http://"])
def test_an_address_that_is_none_is_said_at_once(url):
    with pytest.raises(ConfigError) as raised:
        provider(url)
    assert "SIMULATOR_URL" in raised.value.hint


@pytest.mark.parametrize(
    ("option", "hint"),
    [({"poll_evry": 1}, "poll_every"), ({"colour": 1}, "choose one of"), ({"patience": 0}, "1.5"),
     ({"patience": "long"}, "1.5"), ({"poll_every": True}, "1.5")],
)  # fmt: skip
def test_an_option_that_is_none_is_said_at_once(option, hint):
    with pytest.raises(ConfigError) as raised:
        provider("http://127.0.0.1:1", **option)
    assert hint in raised.value.hint


def test_how_often_to_poll_is_an_option():
    assert provider("http://127.0.0.1:1", poll_every=2).poll_every == 2.0


def test_many_at_once_share_few_connections(service, tmp_path):
    made = provider(service.url)

    async def all_of_them():
        async def one(number):
            folder = tmp_path / str(number)
            folder.mkdir()
            return await made.generate(request(seed=number), folder, lambda *_, **__: None)

        clips = await asyncio.gather(*(one(number) for number in range(60)))
        await made.aclose()
        return clips

    clips = asyncio.run(all_of_them())
    assert len({clip.sha256 for clip in clips}) == 60
    assert set(service.stats.bills_by_content.values()) == {1}


def test_a_cancelled_call_leaves_no_connection_that_others_would_trip_over(service, steps):
    service.fault("slow", at="poll", seconds=0.2)

    async def impatient():
        job = await steps.provider.submit(await steps.provider.prepare(request()))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await steps.provider.poll(job)
        return await steps.provider.poll(job)

    assert steps.run(impatient()).state is JobState.SUCCEEDED
