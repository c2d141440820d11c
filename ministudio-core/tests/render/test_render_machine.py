"""A service that does what services do, a process that dies anywhere, and the bill at the end."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from render_kit import Cast, Queue, Service, Workshop

from ministudio.contracts.jobs import JobState, JobStatus
from ministudio.errors import JobExpired, JobUnknown, ProviderUnavailable
from ministudio.render.journal import Journal
from ministudio.story import ShotConfig


class Died(BaseException):
    """The process dying."""


def trouble(kind: type[BaseException], *, accepted: bool) -> BaseException:
    error = kind("the connection dropped")
    error.after_accepting = accepted
    return error


SUBMITS = st.sampled_from(
    [
        (kind, accepted)
        for kind in (Died, ProviderUnavailable, ValueError)
        for accepted in (True, False)
    ]
)
SHOTS = [
    ShotConfig(id="a", action="A", duration=0.5),
    ShotConfig(id="b", action="B", duration=0.5, continuity="chain"),
    ShotConfig(id="c", action="C", duration=0.5, seed=7),
    ShotConfig(id="d", action="C", duration=0.5, seed=7),
]
CLIPS = 3  # the last two shots ask for the very same one


class Renders(RuleBasedStateMachine):
    """Renders one film again and again, in fair weather and foul."""

    answers_find = True

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.workshop = Workshop(Path(self.place.name) / "state")
        self.service = Service(answers_find=self.answers_find)
        self.cast = Cast(Queue(self.service))
        self.plan = self.cast.plan(*SHOTS)
        self.word = frozenset()
        self.words = 0
        self.result = None

    def render(self, dies_at: int = 0) -> None:
        record = Journal.record
        moments = itertools.count(1)

        def mortal(journal, take):
            # The n-th moment, before or after a commit, is the last that this process sees.
            if next(moments) == dies_at:
                raise Died
            record(journal, take)
            if next(moments) == dies_at:
                raise Died

        Journal.record = mortal
        try:
            self.result = self.workshop.render(
                self.plan, self.cast, concurrency=2, job_timeout=10, resubmit=self.word
            )
        except Died:
            self.result = None
        finally:
            Journal.record = record
            self.word = frozenset()
            for queue in (self.service.on_submit, self.service.on_poll, self.service.on_fetch):
                queue.clear()

    @rule(how=SUBMITS)
    def the_submit_goes_wrong(self, how):
        kind, accepted = how
        self.service.on_submit.append(trouble(kind, accepted=accepted))
        self.render()

    @rule(after=st.integers(1, 30))
    def the_process_dies_at_a_transition(self, after):
        self.render(dies_at=after)

    @rule(
        polls=st.lists(
            st.sampled_from(["queued", "running", "died", "503"]), min_size=1, max_size=4
        )
    )
    def polling_takes_its_time(self, polls):
        answers = {
            "queued": JobStatus(state=JobState.QUEUED),
            "running": JobStatus(state=JobState.RUNNING),
            "died": Died(),
            "503": ProviderUnavailable("503"),
        }
        self.service.on_poll.extend(answers[poll] for poll in polls)
        self.render()

    @rule(error=st.sampled_from([Died(), ProviderUnavailable("502"), b"<html>", OSError("reset")]))
    def the_fetch_goes_wrong(self, error):
        self.service.on_fetch.append(error)
        self.render()

    @rule()
    def all_goes_well(self):
        self.render()
        if self.answers_find:
            assert len(self.result.shots) == len(SHOTS)

    @precondition(lambda self: self.result is not None and self.result.failures)
    @rule()
    def the_user_gives_the_word(self):
        lost = {s.id for s, e in self.result.failures if isinstance(e, JobUnknown | JobExpired)}
        if lost:
            self.words += len(lost)
            self.word = frozenset(lost)
            self.render()

    @invariant()
    def nothing_is_billed_twice_without_the_word(self):
        assert self.service.submits <= CLIPS + self.words

    @invariant()
    def a_finished_film_was_billed_once_a_clip(self):
        if self.result is not None and len(self.result.shots) == len(SHOTS) and not self.words:
            assert self.service.submits == CLIPS

    def teardown(self):
        self.place.cleanup()


class BlindRenders(Renders):
    """The same with a service that cannot say what it has taken."""

    answers_find = False


_BOUNDS = settings(
    max_examples=10, stateful_step_count=6, deadline=None, suppress_health_check=list(HealthCheck)
)
TestRendersWithFind = Renders.TestCase
TestRendersWithFind.settings = _BOUNDS
TestRendersWithoutFind = BlindRenders.TestCase
TestRendersWithoutFind.settings = _BOUNDS
