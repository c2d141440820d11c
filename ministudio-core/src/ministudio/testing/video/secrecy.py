"""Checks that a key stays where it belongs, whatever happens."""

from __future__ import annotations

import contextlib
import json
import logging
from typing import TYPE_CHECKING

import pytest

from ministudio.testing.checks.subject import wrong
from ministudio.testing.video.base import VideoChecks, faulty, jobs_only
from ministudio.testing.video.faults import ON_SUBMIT
from ministudio.testing.video.following import ON_FETCH, ON_POLL
from ministudio.testing.video.leaks import leak_in, leak_in_error, leak_in_files, secrets_of

if TYPE_CHECKING:
    from ministudio.testing.video.trial import Trial

__all__ = ["SecrecyChecks"]

_FAULTS = [
    *(f"{fault}@submit" for fault in ON_SUBMIT),
    *(f"{fault}@poll" for fault in ON_POLL),
    *(f"{fault}@fetch" for fault in ON_FETCH),
]
_REVEAL = "call reveal() only where the key is handed to the client, and keep the Secret itself"


class SecrecyChecks(VideoChecks):
    """Errors are pasted into issues, logs are kept for years, handles lie in journals."""

    @pytest.fixture(autouse=True)
    def _a_key_to_look_for(self, request: pytest.FixtureRequest) -> None:
        if not request.node.name.startswith("test_no_secret"):
            return
        trial: Trial = request.getfixturevalue("trial")
        declared = [s.name for s in trial.spec.settings if s.secret]
        if not declared:
            pytest.skip("its spec declares no secret setting")
        if not secrets_of(trial.context):
            wrong(
                f"the spec declares the secret {declared[0]}, and service.context() of the "
                f"fixture gives it no value as a Secret: give it one, such as VideoService.KEY, "
                "so that it can be looked for"
            )

    def test_no_secret_stands_in_its_repr(self, trial: Trial) -> None:
        """Providers are printed by debuggers and by tests that fail."""
        shown = f"{trial.provider!r} {trial.provider!s}"
        if found := leak_in(shown, trial.context):
            wrong(f"{found} stands in repr() of {trial.where}: {_REVEAL}")

    def test_no_secret_stands_in_a_handle(self, trial: Trial) -> None:
        """Handles are written to disk."""
        jobs_only(trial)
        job = trial.submitted()
        text = f"{json.dumps(job.to_json(), default=repr, ensure_ascii=False)} {job!r}"
        if found := leak_in(text, trial.context):
            wrong(f"{found} stands in the handle of {trial.where}: take it out of id and data")

    def test_no_secret_stands_in_what_is_prepared(self, trial: Trial) -> None:
        """What prepare() makes is shown where an order goes wrong."""
        jobs_only(trial)
        if found := leak_in(repr(trial.prepared()), trial.context):
            wrong(
                f"{found} stands in what prepare() of {trial.where} returns: let submit() add the "
                "key, or let the client"
            )

    def test_no_secret_stands_in_a_clip(self, trial: Trial) -> None:
        """Its metadata are published with the film."""
        clip = trial.clip()
        if found := leak_in(repr(clip), trial.context):
            wrong(
                f"{found} stands in the clip of {trial.where}: look at provider_meta and notes; "
                "addresses with a key in them do not belong there"
            )
        if found := leak_in_files(trial.folder, trial.context):
            wrong(f"{found}, which {trial.where} has written")

    def test_no_secret_is_printed_or_logged(
        self,
        trial: Trial,
        caplog: pytest.LogCaptureFixture,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """Over a whole life, and over trouble, at the most talkative level."""
        with caplog.at_level(logging.DEBUG):
            trial.clip()
            for fault in ("500", "401"):
                with contextlib.suppress(pytest.skip.Exception):
                    faulty(trial, fault, "submit")
                    trial.ordered()
            trial.close()
        for record in caplog.records:
            if found := leak_in(f"{record.getMessage()} {record.exc_text}", trial.context):
                wrong(
                    f"{found} is logged by {record.name!r} at {record.pathname}:{record.lineno}: "
                    "log no headers and no addresses with a key in them"
                )
        printed = "".join(capfd.readouterr())
        if found := leak_in(printed, trial.context):
            wrong(f"{found} is printed by {trial.where}: print nothing")

    @pytest.mark.parametrize("fault", _FAULTS)
    def test_no_secret_stands_in_an_error(self, trial: Trial, fault: str) -> None:
        """Neither in its message nor in its hint, nor in whatever caused it."""
        kind, _, step = fault.partition("@")
        error = _error(trial, kind, step)
        if not isinstance(error, Exception):
            pytest.skip(f"{trial.where} raises nothing for {fault}; another check says so")
        if found := leak_in_error(error, trial.context):
            wrong(
                f"{found} when {fault} struck {trial.where}: word the message yourself, without "
                "headers and addresses, and raise it  from None  if the cause holds the key"
            )


def _error(trial: Trial, kind: str, step: str) -> object:
    if step == "submit":
        faulty(trial, kind, step)
        return trial.ordered()
    provider = jobs_only(trial)
    job = trial.done()
    faulty(trial, kind, step)
    return trial.outcome(
        provider.poll(job) if step == "poll" else provider.fetch(job, trial.into())
    )
