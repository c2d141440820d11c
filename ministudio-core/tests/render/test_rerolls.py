"""A refusal is asked again with another seed, so often and no more, and the seed is recorded."""

from __future__ import annotations

import pytest
from render_kit import Cast, Draws, Queue, Service

from ministudio.contracts.jobs import JobState, JobStatus
from ministudio.contracts.specs import Billing
from ministudio.errors import ContentRefused
from ministudio.render.ledger import EntryState
from ministudio.render.takes import TakeState
from ministudio.story import ShotConfig

SHOT = ShotConfig(id="a", action="A", duration=0.5)


class Other(Draws):
    name = "other"


def refusals(count: int, *, charged: bool | None = None) -> list[ContentRefused]:
    return [ContentRefused("a face", charged=charged) for _ in range(count)]


def test_another_seed_is_tried_and_said_in_the_result_now_and_from_the_store(workshop):
    cast = Cast(provider := Draws(refusals(2)))
    plan = cast.plan(SHOT)
    result = workshop.render(plan, cast, rerolls=2)
    seeds = [request.seed for request in provider.requests]
    assert len(set(seeds)) == 3
    again = workshop.render(plan, cast, rerolls=2)
    for each in (result, again):
        (note,) = [one for one in each.shots[0].adaptations if one.what == "seed"]
        assert (note.asked, note.got, note.why) == (str(seeds[0]), str(seeds[2]), "take 3")
        assert each.shots[0].parts[0].number == 3
    assert len(provider.requests) == 3


@pytest.mark.parametrize("rerolls", [0, 1, 3])
def test_so_many_rerolls_and_then_the_next_provider(workshop, rerolls):
    cast = Cast(provider := Draws(refusals(9)), other := Other())
    result = workshop.render(cast.plan(SHOT), cast, rerolls=rerolls)
    assert len(provider.requests) == 1 + rerolls
    assert (len(other.requests), result.shots[0].provider) == (1, "other")
    assert workshop.kinds().count("shot_rerolled") == rerolls


def test_the_other_provider_begins_with_the_planned_seed(workshop):
    cast = Cast(provider := Draws(refusals(9)), other := Other())
    workshop.render(cast.plan(SHOT), cast, rerolls=2)
    assert other.requests[0].seed == provider.requests[0].seed


def test_a_charged_refusal_is_not_bought_again_by_a_later_run(workshop):
    cast = Cast(provider := Draws(refusals(1, charged=True)), billing=Billing.PAID)
    workshop.render(cast.plan(SHOT), cast)
    workshop.run = "later"
    result = workshop.render(cast.plan(SHOT), cast)
    assert result.shots[0].parts[0].number == 2
    assert provider.requests[0].seed != provider.requests[1].seed
    with workshop.reading() as journal:
        assert [entry.state for entry in journal.entries()] == [EntryState.SETTLED] * 2


def test_an_uncharged_refusal_is_given_back_and_asked_again_as_it_was(workshop):
    cast = Cast(provider := Draws(refusals(1, charged=False)), billing=Billing.PAID)
    workshop.render(cast.plan(SHOT), cast)
    assert list(workshop.states().values()) == [TakeState.REFUSED]
    workshop.run = "later"
    assert workshop.render(cast.plan(SHOT), cast).shots[0].parts[0].number == 1
    assert provider.requests[0] == provider.requests[1]
    with workshop.reading() as journal:
        states = [entry.state for entry in journal.entries()]
    assert states == [EntryState.RELEASED, EntryState.SETTLED]


def test_a_refusal_at_the_end_of_a_job_is_asked_again_too(workshop):
    refused = JobStatus(state=JobState.FAILED, error=ContentRefused("a face"), charged=True)
    cast = Cast(Queue(service := Service(on_poll=[refused])))
    result = workshop.render(cast.plan(SHOT), cast, rerolls=1)
    assert (len(result.shots), service.submits) == (1, 2)


def test_one_part_of_a_split_shot_is_asked_again_alone(workshop):
    class Second(Draws):
        asked = 0

        async def generate(self, request, into, progress):
            self.asked += 1
            if self.asked == 2:
                self.requests.append(request)
                raise ContentRefused("a face")
            return await super().generate(request, into, progress)

    cast = Cast(provider := Second(), durations=[1])
    result = workshop.render(cast.plan(ShotConfig(id="a", action="A", duration=3)), cast, rerolls=1)
    assert [part.number for part in result.shots[0].parts] == [1, 2, 1]
    assert len(provider.requests) == 4
