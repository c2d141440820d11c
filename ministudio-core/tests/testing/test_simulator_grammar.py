"""How faults are described: in a prompt, as JSON, and where each can strike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.testing.simulator.faults import (
    FAULTS,
    FOR_EVER,
    Fault,
    FaultKind,
    Operation,
    faults_in,
)


@pytest.mark.parametrize(
    ("prompt", "fault"),
    [
        ("sim:429", Fault("429")),
        ("The dog barks. sim:429x2", Fault("429", 2)),
        ("sim:429=0.5x2, it barks", Fault("429", 2, seconds=0.5)),
        ("sim:429=2.", Fault("429", seconds=2.0)),
        ("(sim:500@poll)", Fault("500", at="poll")),
        ("sim:500-afterx3", Fault("500-after", 3)),
        ("sim:refusex*/a", Fault("refuse", FOR_EVER, queue="a")),
        ("sim:fail+charged", Fault("fail", charged=True)),
        ("sim:refuse-late+free!", Fault("refuse-late", charged=False)),
        ("sim:slow=0.1x2@fetch/b", Fault("slow", 2, seconds=0.1, at="fetch", queue="b")),
        ("sim:expirex2", Fault("expire", 2)),
    ],
)
def test_a_prompt_asks_for_a_fault(prompt, fault):
    assert faults_in(prompt) == (fault,)


def test_a_prompt_may_ask_for_several_and_mostly_asks_for_none():
    assert [f.kind for f in faults_in("sim:takes=2 and then sim:fail.")] == ["takes", "fail"]
    assert faults_in("A simple dog: it barks at 4:29.") == ()


@pytest.mark.parametrize("prompt", ["sim:rain", "sim:429x", "sim:429@moon", "sim:fail@poll"])
def test_a_word_that_is_no_fault_is_an_error_and_not_a_calm_day(prompt):
    with pytest.raises(ValueError, match=r"no fault|not a valid|strikes at"):
        faults_in(prompt)


def test_a_fault_strikes_only_where_it_can():
    with pytest.raises(ValueError, match="'truncated' strikes at fetch, not at 'poll'"):
        Fault("truncated", at="poll")
    assert Fault("truncated").operation is Operation.FETCH
    assert Fault("500", at="find").operation is Operation.FIND


def test_what_is_no_fault_is_refused():
    with pytest.raises(ValueError, match="no fault"):
        Fault.from_json({"kind": "500", "colour": "red"})
    with pytest.raises(ValueError, match="no fault"):
        Fault.from_json({})


faults = st.sampled_from(FaultKind).flatmap(
    lambda kind: st.builds(
        Fault,
        st.just(kind),
        st.integers(0, 99),
        at=st.none() | st.sampled_from(sorted(FAULTS[kind][1])),
        seconds=st.none() | st.integers(0, 1000).map(lambda n: n / 8),
        charged=st.none() | st.booleans(),
        queue=st.none() | st.sampled_from(("a", "b", "blind")),
    )
)


@settings(max_examples=200, deadline=None)
@given(faults)
def test_every_fault_can_be_written_into_a_prompt(fault):
    word = f"sim:{fault.kind}"
    word += "" if fault.seconds is None else f"={fault.seconds}"
    word += f"x{fault.times or '*'}"
    word += f"@{fault.at}" if fault.at else ""
    word += f"/{fault.queue}" if fault.queue else ""
    word += {None: "", True: "+charged", False: "+free"}[fault.charged]
    assert faults_in(f"A dog. {word}, it barks.") == (fault,)
