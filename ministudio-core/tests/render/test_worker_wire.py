"""What crosses between the core and a worker keeps its edges, its kinds and its secrets."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio import errors
from ministudio.contracts.clips import Clip
from ministudio.contracts.specs import PluginContext
from ministudio.errors import JobFailed, MiniStudioError, StoryError
from ministudio.render.wire import LIMIT, Frames, WireError, frame, read_frame
from ministudio.render.worker_answers import Failed, Made, Note, Ready, decode, encode
from ministudio.render.worker_calls import pack_context, unpack_context
from ministudio.story.problems import Problem
from ministudio.values.frames import Size
from ministudio.values.secret import Secret

quick = settings(max_examples=100, deadline=None)


def same(text):
    return text


def clip(**fields):
    known = {"path": Path("/into/a.mp4"), "sha256": "ab", "seconds": 2.0, "fps": 24.0}
    return Clip(**{**known, "size": Size(640, 360), "audio": True, **fields})


@quick
@given(st.lists(st.binary(max_size=50)), st.integers(1, 20))
def test_payloads_come_out_as_they_went_in_however_the_stream_is_cut(payloads, size):
    stream = b"".join(frame(payload) for payload in payloads)
    pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
    frames = Frames()
    assert [payload for piece in pieces for payload in frames.feed(piece)] == payloads
    file = io.BytesIO(stream)
    read = iter(lambda: read_frame(lambda many: file.read(min(many, size))), None)
    assert list(read) == payloads


def test_a_stream_that_ends_in_the_middle_of_a_payload_has_ended():
    assert read_frame(io.BytesIO(frame(b"whole")[:-1]).read) is None


def test_a_length_beyond_the_limit_is_refused_before_it_is_waited_for():
    with pytest.raises(WireError, match="too long"):
        list(Frames().feed((LIMIT + 1).to_bytes(4, "big")))
    with pytest.raises(WireError, match="too long"):
        frame(bytes(LIMIT + 1))


@pytest.mark.parametrize(
    "answer",
    [
        Ready(),
        Note(3, 0.5, "half"),
        Note(1, None, ""),
        Made(clip()),
        Made(clip(notes=("in grey", "short"))),
        Made(clip(seed=2**32 - 1, cost_reported=5, provider_meta={"a": [1, {"b": None}]})),
        Failed(None, "ValueError: no", "Traceback"),
    ],
)
def test_answers_come_out_as_they_went_in(answer):
    assert decode(encode(answer), same) == answer


def test_what_json_does_not_know_becomes_text():
    made = Made(clip(provider_meta={"at": datetime(2025, 1, 2, tzinfo=UTC), "in": Path("/x")}))
    meta = decode(encode(made), same).clip.provider_meta
    assert meta == {"at": "2025-01-02 00:00:00+00:00", "in": "/x"}


KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, MiniStudioError) and kind is not StoryError
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_of_the_tree_crosses_as_itself(kind):
    needed = {"plugin": "p"} if issubclass(kind, errors.PluginError) else {}
    arguments = ("model", "vx") if kind is errors.UnknownName else ("it broke",)
    error = kind(*arguments, hint="mend it", **needed)
    back = decode(encode(Failed(error, "", "")), same).error
    assert type(back) is kind
    assert vars(back) == vars(error)
    assert str(back) == str(error)


def test_an_error_that_no_provider_should_raise_crosses_as_its_general_kind():
    error = StoryError([Problem(("scenes",), "must not be empty")])
    back = decode(encode(Failed(error, "", "")), same).error
    assert type(back) is MiniStudioError
    assert back.message == error.message


def test_every_text_from_a_worker_is_masked_but_not_the_path_of_its_clip():
    def mask(text):
        return text.replace("KEY", "***")

    failed = Failed(errors.ContentRefused("KEY", reasons=["a KEY"], hint="no KEY"), "KEY", "KEY")
    got = decode(encode(failed), mask)
    assert (got.error.message, got.error.reasons, got.error.hint) == ("***", ("a ***",), "no ***")
    assert (got.text, got.trace) == ("***", "***")
    assert decode(encode(Note(1, None, "KEY")), mask).text == "***"
    made = Made(clip(path=Path("/KEY/a.mp4"), provider_meta={"KEY": ["KEY"]}, notes=["a KEY"]))
    assert decode(encode(made), mask).clip == clip(
        path=Path("/KEY/a.mp4"), provider_meta={"***": ["***"]}, notes=("a ***",)
    )


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@quick
@given(
    st.binary()
    | anything.map(lambda value: json.dumps(value).encode())
    | st.fixed_dictionaries(
        {"kind": st.sampled_from(["note", "made", "failed", "else"])},
        optional={
            "call": anything,
            "fraction": anything,
            "text": anything,
            "trace": anything,
            "clip": anything,
            "error": anything | st.just({"type": "JobFailed", "fields": {"nonsense": 1}}),
        },
    ).map(lambda value: json.dumps(value).encode())
)
def test_an_answer_that_makes_no_sense_is_refused_and_never_run(payload):
    try:
        answer = decode(payload, str.upper)
    except WireError:
        return
    assert isinstance(answer, (Note, Failed))


def test_a_secret_is_revealed_to_the_worker_alone_and_reported_for_masking():
    told = []
    key = Secret("sk-123456", "KEY")
    nested = Secret("sk-654321", "NESTED")
    context = PluginContext(
        options={"headers": {"x": nested}, "steps": 4},
        settings={"KEY": key, "REGION": "north"},
        folder=Path("/kept"),
    )
    packed = pack_context(context, told.append)
    assert unpack_context(packed) == context
    assert unpack_context(packed).settings["KEY"].name == "KEY"
    assert {secret.name for secret in told} == {"KEY", "NESTED"}


def test_a_failed_job_says_nothing_that_was_not_sent():
    sent = JobFailed("out of memory", provider="local", charged=False)
    assert decode(encode(Failed(sent, "", "")), same).error.charged is False
