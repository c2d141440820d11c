"""Every fault of the simulator ends in a film, in a stop to go on from, or in a clear refusal."""

from __future__ import annotations

import itertools

import attrs
import pytest
from render_kit import Clock, Workshop
from simulated_kit import plan, render

from ministudio.errors import MiniStudioError
from ministudio.render.ledger import EntryState
from ministudio.story import ShotConfig
from ministudio.testing.simulator import SimulatedService, Terms
from ministudio.testing.simulator.faults import FAULTS, FOR_EVER, FaultKind, Operation

JOBS = ("simulator", "simulator-idempotent", "simulator-blind")
BLOCKING = "simulator-blocking"
NEVER_BY_BLOCKING = {Operation.FIND, Operation.CANCEL}
FILM = "film"
LOST = {"500", "hang", "drop", "500-after", "hang-after", "drop-after"}
KEYS = itertools.count()
"""Idempotency keys, no two of them alike in any two cases: the service remembers all."""

# What the run comes to that a fault strikes, at the operation where it usually does: struck once,
# always; and with the provider that does all in one call, struck once, always.
EXPECTED = {
    "slow wrong-size wrong-length": (FILM, FILM, FILM, FILM),
    "takes": (FILM, FILM, "ProviderUnavailable", "ProviderUnavailable"),
    "429": (FILM, "RateLimited", FILM, "RateLimited"),
    "503": (FILM, "ProviderUnavailable", FILM, "ProviderUnavailable"),
    "500 hang drop": ("ProviderUnavailable",) * 4,
    "500-after hang-after drop-after": ("ProviderUnavailable",) * 4,
    "401": ("AuthenticationError",) * 4,
    "402": ("QuotaExceeded",) * 4,
    "403": ("PermissionDenied",) * 4,
    "retired": ("ModelRetired",) * 4,
    "refuse refuse-late": ("ContentRefused",) * 4,
    "fail": ("JobFailed",) * 4,
    "stuck": ("JobPending", "JobPending", "ProviderUnavailable", "ProviderUnavailable"),
    "forget gone": ("JobExpired",) * 4,
    "expire": (FILM, "JobExpired", FILM, "JobExpired"),
    "html empty truncated": (FILM, "ArtifactError", "ArtifactError", "ArtifactError"),
    "cut-off": (FILM, "ProviderUnavailable", "ProviderUnavailable", "ProviderUnavailable"),
    # Too late for a cancel, the job goes its way; what is not ordered yet, is not ordered.
    "cancel-race": ("JobPending", "JobPending", "JobCancelled", "JobCancelled"),
    "too-late": ("JobPending", "JobPending"),
    "absent": (FILM, FILM),
    "unknowable": ("JobUnknown", "JobUnknown"),
}


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def service(clock):
    with SimulatedService(Terms(), clock=clock) as running:
        yield running


@attrs.frozen
class Case:
    """One fault at one provider: a film of two shots, the second going on from the first."""

    kind: FaultKind
    at: Operation
    times: int
    provider: str

    def __str__(self) -> str:
        often = "once" if self.times else "always"
        return f"{self.provider} {self.kind.value}@{self.at.value} {often}"

    def play(self, service: SimulatedService, clock: Clock, folder) -> list[str]:
        """Render until there is a film, and return what each run came to.

        First with the fault; then well; then with the user's word that lost clips may be paid
        for again; then cancelling what is still under way; then well once more.
        """
        workshop = Workshop(folder, clock=clock, keys=KEYS)
        film = self._film()
        service.be_good()
        self._prepare(workshop, service, film)
        self._strike(service)
        first: dict[str, object] = {"cancel": {"a"}} if self.cancels else {}
        came_to = [self._run(workshop, service, film, **first)]
        service.be_good()
        for options in ({}, {"resubmit": {"a", "b"}}, {"cancel": {"a", "b"}}, {}):
            if came_to[-1] == FILM:
                break
            bills = self._bills(service)
            if "resubmit" in options:
                assert max(bills.values(), default=1) == 1, (str(self), came_to)
            came_to.append(self._run(workshop, service, film, **options))
        self._check_money(workshop, service)
        return came_to

    @property
    def cancels(self) -> bool:
        """Whether it takes a cancel for the fault to show."""
        return self.at is Operation.CANCEL or self.kind is FaultKind.CANCEL_RACE

    def _prepare(self, workshop: Workshop, service: SimulatedService, film) -> None:
        """Bring things to where the fault can strike: a job to cancel, or one to look for."""
        if self.cancels and self.provider != BLOCKING:
            if self.kind is FaultKind.CANCEL_RACE:
                self._strike(service)
            service.fault("takes", seconds=90)
            assert self._run(workshop, service, film, job_timeout=5.0) == "JobPending"
        if self.at is Operation.FIND:
            service.fault("drop-after", times=10)
            self._run(workshop, service, film)
            service.be_good()

    def _film(self):
        # The simulated time of a blocking provider's jobs would pass for nobody.
        how = "" if self.provider == BLOCKING else " sim:takes=1x*"
        shots = [
            ShotConfig(id=name, action=f"{name} of {self}.{how}", duration=0.5, continuity=goes_on)
            for name, goes_on in (("a", "cut"), ("b", "chain"))
        ]
        return plan(*shots, chain=[self.provider])

    def _strike(self, service: SimulatedService) -> None:
        seconds = {"slow": 0.02, "takes": 3.0}.get(self.kind.value)
        service.fault(self.kind, at=self.at, times=self.times, seconds=seconds)

    def _run(self, workshop: Workshop, service: SimulatedService, film, **options) -> str:
        # Waited for only where no answer comes: a busy machine may take its time over the others.
        hangs = self.kind in {FaultKind.HANG, FaultKind.HANG_AFTER}
        call, transfer = (0.4, 0.8) if hangs else (5.0, 5.0)
        said = {
            "call_timeout": call,
            "transfer_timeout": transfer,
            "poll_every": 0.5,
            "job_timeout": 20,
        }
        if self.provider == BLOCKING:
            said["job_timeout"] = 0.8
        result = render(workshop, service, film, **(said | options))
        if not result.failures:
            return FILM
        for _, error in result.failures:
            assert isinstance(error, MiniStudioError)
            assert error.message
        return type(result.failures[0][1]).__name__

    def _bills(self, service: SimulatedService) -> dict[str, int]:
        mine = [bill for bill in service.bills if str(self) + "." in bill.prompt]
        found: dict[str, int] = {}
        for bill in mine:
            found[bill.content] = found.get(bill.content, 0) + 1
        return found

    def _check_money(self, workshop: Workshop, service: SimulatedService) -> None:
        with workshop.reading() as journal:
            kept = [e for e in journal.entries() if e.state is not EntryState.RELEASED]
        # A service that denies a job it has taken deceives everybody, the ledger too.
        lies = self.at is Operation.FIND and self.kind.value in {"absent", "forget", "html"}
        assert sum(self._bills(service).values()) <= len(kept) + lies, str(self)


def cases(provider: str, *, everywhere: bool = False) -> list[Case]:
    found = []
    for kind, (usual, possible) in FAULTS.items():
        for at in sorted(possible) if everywhere else [usual]:
            if provider == BLOCKING and at in NEVER_BY_BLOCKING:
                continue
            found += [Case(kind, at, times, provider) for times in (1, FOR_EVER)]
    return found


def expected(case: Case) -> str:
    """What the run comes to that a fault strikes."""
    kind, once = case.kind.value, case.times == 1
    if case.provider == "simulator-idempotent":
        # One key makes one job: a lost submit is sent again, and nobody has to look for it.
        lost = kind in LOST
        if (lost and once) or case.at is Operation.FIND:
            return FILM
    if case.provider == "simulator-blind" and case.at is Operation.FIND:
        return "JobUnknown"
    row = next(row for kinds, row in EXPECTED.items() if kind in kinds.split())
    return row[(not once) + 2 * (case.provider == BLOCKING)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "provider", ["simulator", "simulator-blind", "simulator-idempotent", BLOCKING]
)
def test_every_fault_ends_in_a_film_or_a_stop_to_go_on_from(service, clock, tmp_path, provider):
    wrong = []
    for number, case in enumerate(cases(provider)):
        came_to = case.play(service, clock, tmp_path / str(number))
        assert came_to[-1] == FILM, (str(case), came_to)
        if came_to[0] != expected(case):
            wrong.append((str(case), came_to, expected(case)))
    assert wrong == []


@pytest.mark.slow
@pytest.mark.durability
@pytest.mark.parametrize("provider", [*JOBS, BLOCKING])
def test_every_fault_wherever_it_can_strike_ends_so(service, clock, tmp_path, provider):
    for number, case in enumerate(cases(provider, everywhere=True)):
        came_to = case.play(service, clock, tmp_path / str(number))
        assert came_to[-1] == FILM, (str(case), came_to)
