"""Checks of how a provider comes to be: quietly, from what it is told, and from nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
from typing import TYPE_CHECKING

import attrs
import pytest

from ministudio.plugin import BaseVideoProvider, JobVideoProvider, MiniStudioError, SettingKind
from ministudio.testing.checks.subject import none_of, said, wrong
from ministudio.testing.service import texts_in
from ministudio.testing.video.base import VideoChecks, service_only
from ministudio.testing.video.trial import new_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import FrameType

    from ministudio.plugin import Secret
    from ministudio.testing.video.trial import Trial

__all__ = ["CreatingChecks"]

_NOWHERE = "http://127.0.0.1:9"
_UNKNOWN = "no-such-model-anywhere"


class CreatingChecks(VideoChecks):
    """A provider is made for every command that needs one: that costs nothing and asks nobody."""

    def test_its_factory_makes_a_provider(self, trial: Trial) -> None:
        """The factory is called with a context, and gives an instance."""
        assert isinstance(trial.another(), BaseVideoProvider)

    def test_it_goes_by_the_name_of_its_spec(self, trial: Trial) -> None:
        """Handles and errors carry the name by which a user chose it."""
        name = getattr(trial.provider, "name", None)
        if name != trial.spec.name:
            wrong(
                f"{trial.where} calls itself {name!r} and its spec {trial.spec.name!r}: write  "
                f"name = {trial.spec.name!r}  in the class, as a plain attribute"
            )

    def test_creating_it_asks_nobody(self, trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
        """Connections are opened by the first step that needs one."""
        asked: list[str] = []

        def note(_: object, address: object, *__: object) -> None:
            asked.append(f"{address}, from {_own_place(trial)}")
            raise ConnectionRefusedError("not while a provider is made")

        monkeypatch.setattr(socket.socket, "connect", note)
        monkeypatch.setattr(socket.socket, "connect_ex", note)
        trial.another()
        none_of(
            [
                f"creating {trial.where} connected to {place}: leave that to prepare(), submit() "
                "or whichever step needs it first"
                for place in asked
            ]
        )

    def test_creating_it_needs_no_event_loop(self, trial: Trial) -> None:
        """It is made where no event loop runs."""
        with contextlib.suppress(RuntimeError):
            asyncio.get_running_loop()
            pytest.skip("an event loop runs around this test")
        try:
            trial.made_by_factory()
        except RuntimeError as error:
            wrong(
                f"creating the provider {trial.spec.name!r} failed with {said(error)} where no "
                "event loop runs: make clients, locks and tasks in the first step that needs them"
            )

    def test_a_setting_it_cannot_do_without_is_named_when_it_is_missing(self, trial: Trial) -> None:
        """Whoever makes the provider without the core learns what to set."""
        required = [setting.name for setting in trial.spec.settings if setting.required]
        if not required:
            pytest.skip("its spec declares no required setting")
        for name in required:
            settings = {n: v for n, v in trial.context.settings.items() if n != name}
            error = _refusal(trial, settings)
            if not isinstance(error, MiniStudioError):
                wrong(
                    f"without {name} the provider {f'raised {said(error)}' if error else 'began'}"
                    f': raise ConfigError("{name} is not set", hint=...) in __init__ or '
                    "prepare() instead"
                )
            if name not in f"{error} {error.hint}" or not error.hint:
                wrong(
                    f"without {name} the provider raised {said(error)!r} with the hint "
                    f"{error.hint!r}: name the variable, and say in hint= where to get it"
                )

    def test_it_reads_no_variable_by_itself(
        self, trial: Trial, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What it was not given it does not take: a key in .env never enters the environment."""
        package = trial.spec.factory.partition(":")[0].partition(".")[0]
        read: list[str] = []
        kind = type(os.environ)
        really = kind.__getitem__

        def watched(environ: os._Environ[str], name: str) -> str:
            if place := _reader(package):
                read.append(f"{name} at {place}")
            return really(environ, name)

        monkeypatch.setattr(kind, "__getitem__", watched)
        trial.another()
        trial.clip()
        none_of(
            [
                f"it reads the variable {place}: declare it as a Setting of the spec, and read "
                "context.settings instead"
                for place in dict.fromkeys(read)
            ]
        )

    def test_what_it_is_told_counts_more_than_the_environment(
        self, trial: Trial, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An SDK that finds another key or address in the environment must not use it."""
        declared = [s for s in trial.spec.settings if s.name in trial.context.settings]
        if not declared:
            pytest.skip("its spec declares no setting that the service of the fixture gives")
        for setting in declared:
            for name in (setting.name, *setting.aliases):
                address = setting.kind is SettingKind.URL
                monkeypatch.setenv(name, _NOWHERE if address else "planted-in-the-environment")
        provider = trial.another()
        made = trial.outcome(_first_steps(trial, provider))
        if isinstance(made, Exception):
            names = ", ".join(setting.name for setting in declared)
            wrong(
                f"with other values of {names} in the environment it failed with {said(made)}: "
                "hand what context.settings says to the client's constructor, for the SDK reads "
                "the environment by itself where it is told nothing"
            )

    def test_an_unknown_model_is_not_exchanged_for_another(self, trial: Trial) -> None:
        """Users name models of their own, and the service may know them."""
        service = service_only(trial)
        trial.ordered()
        named = any(trial.card.id in text for text in texts_in(service.orders[-1]))
        if not named and len(trial.spec.models) == 1:
            pytest.skip("its spec has one card, and its orders name no model: there is one alone")
        before = service.taken
        made = trial.ordered(attrs.evolve(trial.request(), model=_UNKNOWN))
        if isinstance(made, Exception):
            if not isinstance(made, MiniStudioError):
                wrong(
                    f"ordering the unknown model {_UNKNOWN!r} raised {said(made)}: raise "
                    "InvalidRequest, with the models there are in hint="
                )
            assert service.taken == before, "an order that raised an error was taken all the same"
        elif not any(_UNKNOWN in text for text in texts_in(service.orders[-1])):
            wrong(
                f"the unknown model {_UNKNOWN!r} was ordered, and the order names another: send "
                f"request.model, or raise InvalidRequest; the order was {service.orders[-1]!r}"
            )


def _refusal(trial: Trial, settings: Mapping[str, str | Secret]) -> Exception | None:
    try:
        provider = trial.made_by_factory(attrs.evolve(trial.context, settings=settings))
    except Exception as error:  # noqa: BLE001 - what it is, is what is asked
        return error
    first = trial.outcome(_first_steps(trial, provider))
    trial.run(provider.aclose())
    return first if isinstance(first, Exception) else None


async def _first_steps(trial: Trial, provider: BaseVideoProvider) -> object:
    """Place an order with a provider that is not the one on trial."""
    if not isinstance(provider, JobVideoProvider):
        return await provider.generate(trial.request(), trial.into(), lambda *_, **__: None)
    prepared = await provider.prepare(trial.request())
    return await provider.submit(attrs.evolve(prepared, idempotency_key=new_key()))


def _frames() -> Iterator[tuple[str, str]]:
    frame: FrameType | None = sys._getframe(2)  # noqa: SLF001 - the public way, inspect.stack(), reads every source
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        yield name, f"{frame.f_code.co_filename}:{frame.f_lineno}"
        frame = frame.f_back


def _reader(package: str) -> str | None:
    """Return where the plugin's own code reads a variable, if it is the one that does."""
    for name, place in _frames():
        if name in {"os", "collections.abc", "_collections_abc", __name__}:
            continue
        return place if name == package or name.startswith(f"{package}.") else None
    return None


def _own_place(trial: Trial) -> str:
    package = trial.spec.factory.partition(":")[0].partition(".")[0]
    found = (place for name, place in _frames() if name.partition(".")[0] == package)
    return next(found, "a package it uses")
