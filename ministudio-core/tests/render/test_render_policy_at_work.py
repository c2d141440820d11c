"""Every row of the policy at every step of a job, through the engine: who is asked, how often."""

from __future__ import annotations

import pytest
from render_kit import Cast, Draws, Queue, Service

from ministudio.contracts.specs import Billing
from ministudio.errors import (
    Accepted,
    ArtifactError,
    ContentRefused,
    JobExpired,
    JobFailed,
    JobPending,
    MiniStudioError,
    PluginError,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
)
from ministudio.render.ledger import EntryState
from ministudio.render.policy import POLICY, Next, rule_for
from ministudio.story import ShotConfig

KINDS = [*(rule.kind for rule in POLICY), RuntimeError]
STEPS = ("prepare", "submit", "poll", "fetch")
TROUBLE = (ProviderUnavailable, RateLimited)
SHOT = ShotConfig(id="a", action="A", duration=0.5)


def made(kind: type[Exception], **facts: object) -> Exception:
    if issubclass(kind, PluginError):
        return kind("broken", plugin="p")
    error = kind("broken")
    for name, fact in facts.items():
        setattr(error, name, fact)
    return error


class Breaks(Queue):
    """A paid provider that raises one error at one step, always."""

    def __init__(self, step: str, error: Exception) -> None:
        super().__init__(Service())
        self.calls = dict.fromkeys(STEPS, 0)
        self.step, self.error = step, error

    def _call(self, step: str) -> None:
        self.calls[step] += 1
        if step == self.step:
            raise self.error

    async def prepare(self, request):
        self._call("prepare")
        return await super().prepare(request)

    async def submit(self, prepared):
        self._call("submit")
        return await super().submit(prepared)

    async def poll(self, job):
        self._call("poll")
        return await super().poll(job)

    async def fetch(self, job, into):
        self._call("fetch")
        return await super().fetch(job, into)


class Makes(Draws):
    """The next in the chain: free, so that nothing but the policy keeps it from being asked."""

    name = "next"


class BreaksInOneCall(Draws):
    """A paid provider that raises one error in its one call."""

    name = "breaks"

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    async def generate(self, request, into, progress):
        self.requests.append(request)
        raise self.error


def render(workshop, provider, **facts: object):
    """Render one shot with a chain, and return what failed, and who made it."""
    cast = Cast(provider, Makes())
    cast.billing[provider.name] = Billing.PAID
    result = workshop.render(cast.plan(SHOT), cast, job_timeout=600.0)
    if result.shots:
        return None, result.shots[0].provider
    return result.failures[0][1], None


def goes_on(kind: type[Exception]) -> bool:
    """Whether the table lets somebody else be asked, where no job can exist."""
    error = made(kind)
    row = rule_for(error if isinstance(error, MiniStudioError) else ProviderError("x"))
    return row.then is Next.NEXT_PROVIDER


def tries(kind: type[Exception]) -> int:
    return rule_for(made(kind)).tries if issubclass(kind, MiniStudioError) else 1


def check(workshop, outcome, kind: type[Exception], *, goes: bool) -> None:
    error, maker = outcome
    assert (maker == "next") == goes, (error, maker)
    if not goes:
        assert isinstance(error, MiniStudioError)
        assert isinstance(error, kind if issubclass(kind, MiniStudioError) else ProviderError)
    assert workshop.leftovers() == []


@pytest.mark.parametrize("kind", KINDS)
def test_before_anything_is_ordered_the_table_alone_decides(workshop, kind):
    provider = Breaks("prepare", made(kind))
    check(workshop, render(workshop, provider), kind, goes=goes_on(kind))
    assert provider.calls["prepare"] == tries(kind)
    assert provider.service.submits == 0
    with workshop.reading() as journal:
        assert journal.entries() == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if issubclass(kind, ProviderError)])
def test_a_submit_that_took_nothing_is_repeated_and_gives_way_as_the_table_says(workshop, kind):
    provider = Breaks("submit", made(kind, accepted=Accepted.NO))
    check(workshop, render(workshop, provider), kind, goes=goes_on(kind))
    assert provider.calls["submit"] == tries(kind)
    with workshop.reading() as journal:
        states = {entry.state for entry in journal.entries()}
    # Some take money for a refusal; this one does not say.
    assert states == {EntryState.COMMITTED if kind is ContentRefused else EntryState.RELEASED}


@pytest.mark.parametrize("kind", KINDS)
def test_a_submit_that_may_have_taken_a_job_is_neither_repeated_nor_given_away(workshop, kind):
    provider = Breaks("submit", made(kind, accepted=Accepted.UNKNOWN))
    # Refused is refused, whatever else is not known.
    check(workshop, render(workshop, provider), kind, goes=kind is ContentRefused)
    assert provider.calls["submit"] == 1
    with workshop.reading() as journal:
        states = [entry.state for entry in journal.entries()]
    assert states == [EntryState.COMMITTED]


@pytest.mark.parametrize("kind", KINDS)
def test_a_poll_that_fails_never_gives_a_paid_job_away(workshop, kind):
    provider = Breaks("poll", made(kind))
    stopped_by = JobPending if kind in TROUBLE else kind
    check(workshop, render(workshop, provider), stopped_by, goes=kind is ContentRefused)
    assert (provider.calls["poll"] > 1) == (kind in TROUBLE)
    assert provider.service.submits == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_fetch_that_fails_is_repeated_and_never_gives_a_paid_clip_away(workshop, kind):
    provider = Breaks("fetch", made(kind))
    check(workshop, render(workshop, provider), kind, goes=kind is ContentRefused)
    assert provider.calls["fetch"] == (3 if kind in {*TROUBLE, ArtifactError} else 1)
    assert provider.service.submits == 1
    with workshop.reading() as journal:
        assert EntryState.RELEASED not in {entry.state for entry in journal.entries()}


@pytest.mark.parametrize("kind", KINDS)
def test_in_one_paid_call_only_what_took_nothing_gives_way(workshop, kind):
    provider = BreaksInOneCall(error := made(kind))
    took_nothing = isinstance(error, ProviderError) and error.accepted is Accepted.NO
    check(workshop, render(workshop, provider), kind, goes=took_nothing and goes_on(kind))
    assert len(provider.requests) == (tries(kind) if took_nothing else 1)


@pytest.mark.parametrize("kind", [JobFailed, JobExpired, ContentRefused])
def test_a_job_that_ended_free_of_charge_gives_way_as_the_table_says(workshop, kind):
    provider = Breaks("poll", made(kind, charged=False))
    check(workshop, render(workshop, provider), kind, goes=kind is not JobExpired)
    with workshop.reading() as journal:
        assert {entry.state for entry in journal.entries()} == {EntryState.RELEASED}
