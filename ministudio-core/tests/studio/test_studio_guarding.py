"""No secret comes out of a provider, and no attempt to end the program."""

from __future__ import annotations

import asyncio
import traceback
from pathlib import Path

import attrs
import pytest

from ministudio.contracts.clips import Clip
from ministudio.contracts.providers import BaseVideoProvider, JobVideoProvider
from ministudio.errors import AuthenticationError, JobFailed
from ministudio.studio.guarding import guarded, without_secrets
from ministudio.values.frames import Size
from ministudio.values.redaction import Redactor
from ministudio.values.secret import Secret

KEY = "sk-0123456789/abc"


@pytest.fixture
def redactor():
    made = Redactor()
    made.register(Secret(KEY, "KEY"))
    return made


class Says(BaseVideoProvider):
    name = "says"

    def __init__(self, answer):
        super().__init__()
        self.answer = answer

    async def generate(self, request, into, progress):
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


class Awkward(Exception):
    """Keeps its words where no other error does."""

    def __init__(self, words):
        super().__init__()
        self.words = words

    def __str__(self):
        return self.words


def ask(provider, redactor):
    return asyncio.run(guarded(provider, redactor).generate(None, Path(), None))


def clip(**meta):
    return Clip(
        path=Path("x.mp4"),
        sha256="",
        seconds=1,
        fps=12,
        size=Size(64, 36),
        audio=False,
        seed=1,
        provider_meta=meta,
    )


def test_what_a_provider_tells_of_a_clip_is_masked_at_any_depth(redactor):
    made = ask(Says(clip(sent=[{"key": KEY}], n=1, at=Path(KEY), **{KEY: None})), redactor)
    assert KEY not in repr(made)
    assert made.provider_meta["[secret:KEY]"] is None
    assert made.provider_meta["n"] == 1
    assert made.provider_meta["sent"] == [{"key": "[secret:KEY]"}]


def test_the_notes_of_a_clip_are_masked(redactor):
    made = ask(Says(attrs.evolve(clip(), notes=["in grey", f"with {KEY}"])), redactor)
    assert list(made.notes) == ["in grey", "with [secret:KEY]"]


@pytest.mark.parametrize(
    "error",
    [
        AuthenticationError(f"no {KEY}", hint=f"use another than {KEY}"),
        RuntimeError(f"GET /?key={KEY}"),
        KeyError(KEY),
        Awkward(f"no {KEY}"),
    ],
)
def test_an_error_says_no_secret_not_even_in_its_traceback(redactor, error):
    error.__cause__ = Awkward(f"because of {KEY}")
    with pytest.raises(Exception) as caught:  # noqa: PT011 - each kind there is
        ask(Says(error), redactor)
    told = "".join(traceback.format_exception(caught.value))
    assert KEY not in told
    assert "[secret:KEY]" in told
    assert KEY not in str(getattr(caught.value, "hint", ""))


def test_an_error_without_secrets_stays_what_it_is(redactor):
    error = ValueError("bad", 3)
    assert without_secrets(error, redactor) is error
    assert error.args == ("bad", 3)


def test_an_error_that_goes_round_in_circles_is_masked_once(redactor):
    one, two = RuntimeError(KEY), RuntimeError(KEY)
    one.__cause__, two.__cause__ = two, one
    assert str(without_secrets(one, redactor).__cause__) == "[secret:KEY]"


def test_a_provider_does_not_end_the_program(redactor):
    with pytest.raises(RuntimeError, match="it tried to end the program, with code 3"):
        ask(Says(SystemExit(3)), redactor)


@pytest.mark.parametrize("answer", [None, "x.mp4", Path("x.mp4")])
def test_what_is_no_clip_is_named(redactor, answer):
    with pytest.raises(JobFailed, match=f"says handed over {type(answer).__name__} instead"):
        ask(Says(answer), redactor)


def test_a_provider_of_jobs_stays_one(redactor):
    class Jobs(JobVideoProvider):
        name = "jobs"
        poll_every = 0.5

        async def prepare(self, request):
            raise RuntimeError(KEY)

        async def submit(self, prepared): ...

        async def poll(self, job): ...

        async def fetch(self, job, into): ...

    made = guarded(Jobs(), redactor)
    assert isinstance(made, JobVideoProvider)
    assert (made.name, made.poll_every) == ("jobs", 0.5)
    with pytest.raises(RuntimeError, match=r"\[secret:KEY\]"):
        asyncio.run(made.prepare(None))
