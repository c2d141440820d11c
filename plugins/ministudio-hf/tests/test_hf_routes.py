"""Whatever a service answers, the words of each route make something of it, or say they cannot."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.plugin import ArtifactError, Cancel, JobState, ProviderError
from ministudio_hf._client import Answer
from ministudio_hf._errors import of_answer, patience, words_of
from ministudio_hf._mapping import mime_of
from ministudio_hf._video import video_in
from ministudio_hf.provider import _ROUTES
from ministudio_hf.routes.base import View, path_of

KEYS = (
    *("id", "request_id", "response_url", "status", "data", "urls", "get", "outputs", "output"),
    *("video", "url", "video_url", "error", "message", "detail", "msg", "type", "error_type"),
    *("seed", "cost", "blob"),
)
WORDS = (
    *("IN_QUEUE", "IN_PROGRESS", "COMPLETED", "created", "processing", "completed", "failed"),
    *("queued", "in_progress", "starting", "succeeded", "canceled", "https://x.example/a/b", ""),
)
LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text()
JSON = st.recursive(
    LEAF,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)
BODIES = st.binary(max_size=20) | JSON.map(lambda data: json.dumps(data).encode())
ANSWERS = st.builds(
    Answer,
    st.sampled_from([200, 201, 202, 204, 302, 400, 404, 409, 422, 429, 499, 500, 503, 529]),
    st.dictionaries(
        st.sampled_from(["retry-after", "ratelimit", "content-type", "x-error-code"]),
        st.text(max_size=12),
    ),
    BODIES,
)


@pytest.mark.parametrize("name", sorted(_ROUTES))
@settings(max_examples=150, deadline=None)
@given(answer=ANSWERS)
def test_no_answer_breaks_a_route(name, answer):
    route = _ROUTES[name]
    found = route.job(answer.data)
    if found is not None:
        id_, path = found
        assert id_
        assert path.startswith("/")
    for view in (route.view(answer, "job"), route.result_view(answer, "job")):
        assert view is None or isinstance(view, View)
        if view is not None and view.state is JobState.FAILED:
            assert isinstance(view.error, ProviderError)
        if view is not None and view.url is not None:
            assert view.state is JobState.SUCCEEDED
    assert route.cancelled(answer) in {None, *Cancel}


@settings(max_examples=300, deadline=None)
@given(answer=ANSWERS)
def test_every_answer_is_an_error_that_can_be_read(answer):
    error = of_answer(answer, "hf", "to a poll", "me/model")
    assert isinstance(error, ProviderError)
    assert len(words_of(answer)) <= 300
    wait = patience(answer.headers, 0.0)
    assert wait is None or wait >= 0


@settings(max_examples=200, deadline=None)
@given(answer=ANSWERS)
def test_an_endpoints_answer_is_a_clip_or_an_error_of_ours(answer):
    with contextlib.suppress(ArtifactError):
        assert isinstance(video_in(answer, "hf-endpoint"), bytes)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://queue.fal.run/fal-ai/wan/requests/1", "/fal-ai/wan/requests/1"),
        ("https://evil.example/x?y#z", "/x"),
        ("https://evil.example", None),
        ("/relative", "/relative"),
        ("relative", None),
        (None, None),
        (7, None),
    ],
)
def test_of_an_address_in_an_answer_only_the_path_is_used(url, path):
    assert path_of(url) == path


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF....WEBPVP8 ", "image/webp"),
        (b"RIFF....WAVEfmt ", None),
        (b"GIF89a", "image/gif"),
        (b"<svg", None),
        (b"", None),
    ],
)
def test_a_picture_is_what_its_bytes_say(head, kind):
    assert mime_of(head) == kind
