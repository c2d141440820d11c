"""Which take of a shot is made, or found: the open one, the stored one, or the next."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_kit import Cast, Draws

from ministudio.contracts.specs import Billing
from ministudio.render.keys import asked, take_key
from ministudio.render.numbers import first_number, numbered
from ministudio.render.takes import Take, TakeState
from ministudio.story import ShotConfig

PLAN = Cast(Draws()).plan(ShotConfig(id="a", action="A", duration=0.5))
WAY = PLAN.shots[0].first_choice
REQUEST = WAY.parts[0].request


def take(number: int, state: TakeState, *, seed: int | None = None, **more) -> Take:
    request = numbered(REQUEST, number, seed)
    return Take(
        key=take_key(WAY, request, number),
        asked=asked(request),
        intent="i",
        shot="a",
        part=1,
        provider="draws",
        model="draws-1",
        billing=Billing.PAID,
        state=state,
        number=number,
        **more,
    )


def chosen(*takes: Take, **how) -> tuple[int, int | None]:
    known = {one.key: one for one in takes}
    return first_number(WAY, REQUEST, known, **({"run": "r2"} | how))


def number(*takes: Take, **how) -> int:
    return chosen(*takes, **how)[0]


STORED, FAILED, REFUSED = TakeState.STORED, TakeState.FAILED, TakeState.REFUSED
SUBMITTED, UNKNOWN, PLANNED = TakeState.SUBMITTED, TakeState.UNKNOWN, TakeState.PLANNED


def test_the_first_take_keeps_the_planned_seed_and_every_other_has_its_own():
    seeds = [numbered(REQUEST, n).seed for n in range(1, 50)]
    assert seeds[0] == REQUEST.seed
    assert len(set(seeds)) == 49
    assert seeds == [numbered(REQUEST, n).seed for n in range(1, 50)]
    assert numbered(REQUEST, 7, 5).seed == numbered(REQUEST, 1, 5).seed == 5


@pytest.mark.parametrize(
    ("takes", "plain", "fresh"),
    [
        ([], 1, 1),
        ([take(1, STORED, run="r1")], 1, 2),
        ([take(1, STORED, run="r1"), take(2, STORED, run="r1")], 2, 3),
        ([take(1, STORED, run="r1"), take(2, FAILED, run="r1")], 1, 3),
        ([take(1, FAILED, charged=False, run="r1")], 1, 2),
        ([take(1, FAILED, charged=True, run="r1")], 1, 2),
        ([take(1, REFUSED, charged=True, run="r1")], 2, 2),
        ([take(1, REFUSED, charged=False, run="r1")], 1, 2),
        ([take(1, REFUSED, charged=True), take(2, REFUSED, charged=True)], 3, 3),
        ([take(1, STORED, run="r1"), take(2, SUBMITTED, run="r1")], 2, 2),
        ([take(1, UNKNOWN, run="r1"), take(2, STORED, run="r1")], 1, 1),
        ([take(1, STORED, run="r1"), take(2, STORED, run="r2")], 2, 2),
        ([take(1, STORED, run="r1"), take(2, FAILED, charged=False, run="r2")], 1, 2),
        ([take(1, PLANNED, charged=True, run="r1")], 1, 2),
    ],
)
def test_open_comes_first_fresh_once_a_run_and_else_what_is_stored_last(takes, plain, fresh):
    assert number(*takes) == plain
    assert number(*takes, fresh=True) == fresh


def test_a_fresh_take_with_a_seed_of_the_users_is_found_again_in_its_run():
    first = take(1, STORED, run="r1")
    mine = take(2, STORED, seed=99, run="r2")
    assert chosen(first, fresh=True, seed=99) == (2, 99)
    assert chosen(first, mine, fresh=True, seed=99) == (2, 99)
    assert chosen(first, mine, fresh=True, seed=99, run="r3") == (3, 99)
    assert chosen(first, mine, fresh=True, run="r3") == (3, None)


def test_an_open_take_with_a_seed_of_the_users_is_taken_up_first():
    mine = attrs.evolve(take(2, SUBMITTED, seed=99), run="r1")
    assert chosen(take(1, STORED), mine, fresh=True, seed=99) == (2, 99)
    # By a run that knows nothing of that seed, too: the job is paid for.
    assert chosen(take(1, STORED), mine) == (2, 99)
    assert chosen(take(1, STORED), mine, fresh=True, seed=7) == (2, 99)


TAKES = st.lists(
    st.tuples(st.sampled_from(TakeState), st.sampled_from([None, True, False])), max_size=6
).map(lambda made: [take(n, s, charged=c, run="r1") for n, (s, c) in enumerate(made, 1)])


@given(TAKES)
@settings(max_examples=200, deadline=None)
def test_no_charged_refusal_is_bought_again_and_no_open_job_is_passed_by(takes):
    which = number(*takes)
    by_number = {one.number: one for one in takes}
    found = by_number.get(which)
    is_open = [one.number for one in takes if one.state.open]
    assert found is None or not (found.state is REFUSED and found.charged)
    assert not is_open or which in is_open


@given(TAKES)
@settings(max_examples=200, deadline=None)
def test_a_fresh_take_never_takes_the_place_of_an_earlier_runs(takes):
    which = number(*takes, fresh=True)
    is_open = [one.number for one in takes if one.state.open]
    assert which in is_open if is_open else which == len(takes) + 1
