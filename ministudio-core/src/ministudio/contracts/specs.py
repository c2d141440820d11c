"""What a plugin says of itself before any of its heavy code is imported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs
from attrs.validators import deep_iterable, instance_of, optional

from ministudio.contracts.cards import ModelCard, texts
from ministudio.contracts.setting import Setting
from ministudio.errors import ConfigError
from ministudio.values.secret import Secret

__all__ = [
    "Billing",
    "PluginContext",
    "PromptCompilerSpec",
    "RunsIn",
    "SecretBackendSpec",
    "SpeechProviderSpec",
    "VideoProviderSpec",
]

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FACTORY = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*:[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")


class Billing(StrEnum):
    """Whether a lost clip may have cost money."""

    FREE = "free"
    PAID = "paid"


class RunsIn(StrEnum):
    """Where a provider's work is done: in this process, or in a worker process of the core's."""

    THREAD = "thread"
    WORKER = "worker"


def _name(_: object, __: object, value: Any) -> None:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise ValueError(f"a name is lower-case words joined by '-', not {value!r}")


def _factory(_: object, __: object, value: Any) -> None:
    if not isinstance(value, str) or not _FACTORY.fullmatch(value):
        raise ValueError(f"a factory is a string 'package.module:name', not {value!r}")


def _cards(values: Iterable[ModelCard]) -> tuple[ModelCard, ...]:
    return tuple(values)


def _settings(values: Iterable[Setting]) -> tuple[Setting, ...]:
    return tuple(values)


def _filled(instance: VideoProviderSpec, _: object, value: Sequence[ModelCard]) -> None:
    if not value:
        raise ValueError(f"{instance.name} needs a model card; permissive_card() makes one")


@attrs.frozen(kw_only=True)
class PluginContext:
    """What a factory is called with: options, and the declared settings that have a value.

    Args:
        options: The user's options for this provider or backend.
        settings: Values by declared name; secret ones as ``Secret``.
        folder: A folder the plugin may keep files in, such as cached uploads; made when needed.
    """

    options: Mapping[str, object] = attrs.field(factory=dict)
    settings: Mapping[str, str | Secret] = attrs.field(factory=dict)
    folder: Path | None = None

    def required(self, name: str) -> str:
        """Return a declared setting as text, a secret one revealed.

        Call it where the SDK is given the value, and keep the value nowhere else.

        Raises:
            ConfigError: When it has none.
        """
        value = self.settings.get(name)
        if not value:
            raise ConfigError(f"{name} is not set", hint=f"set {name} in the environment or .env")
        return value.reveal() if isinstance(value, Secret) else value

    def address(self, name: str) -> str:
        """Return a declared setting as an address that credentials may be sent to.

        That is an ``https`` address; ``http`` will do on this machine, for a fake.

        Raises:
            ConfigError: When it has no value, or is anything else.
        """
        # What it needs would be imported by everybody who describes a plugin.
        from ministudio.contracts.asking import safe_address  # noqa: PLC0415

        return safe_address(self.required(name), name)[0]


@attrs.frozen(kw_only=True)
class VideoProviderSpec:
    """A video provider: its name, its factory as a string, its models and settings.

    Args:
        name: The plugin's id, or ``<id>-something``.
        factory: ``"package.module:name"`` of a callable that takes a ``PluginContext`` and
            returns a ``BaseVideoProvider``; the provider class itself will do.
        summary: One line for ``ministudio providers``.
        models: The model cards, the default model first.
        settings: The variables it reads; it is given no others.
        billing: Whether its clips cost money.
        runs_in: Where its work is done.
        idempotent_submit: Whether submitting twice with one key makes one job.
        settle_after: Seconds after a submit before ``find`` answering Absent can be believed.
        compiler: The prompt compiler its models prefer, by name.
        reads_story: Whether its pictures are made from ``ClipRequest.story``; to any other
            provider only the compiled prompt is given, and only that counts.
        pixels_version: Bumped by hand when the same request gives other pictures.
        homepage: Where to read more.
        look_over: ``"package.module:name"`` of a function that planning gives each
            ``ClipRequest``, before anything is made or paid for. It raises ``ConfigError`` for an
            option that is not right, and returns a line for each thing that will not be as
            asked. Its module imports no SDK.
        check_up: ``"package.module:name"`` of a function that takes nothing and returns lines on
            what the machine offers the provider, for ``ministudio doctor``. It raises an error
            of ours where something is wrong; it may import the SDK.
        counter: ``"package.module:name"`` of a factory that takes a ``PluginContext`` and a
            ``ModelCard`` and returns what counts a prompt exactly, in the unit of the card's
            budget: a callable from text to a number. It may import the SDK, and is asked by
            ``ministudio prompts --exact`` alone: plans count by the card.
        setup: What to do before the first clip besides setting variables, such as accepting a
            licence, as plain text; a line for each step.
    """

    name: str = attrs.field(validator=_name)
    factory: str = attrs.field(validator=_factory)
    summary: str = attrs.field(validator=instance_of(str))
    models: Sequence[ModelCard] = attrs.field(
        converter=_cards, validator=[deep_iterable(instance_of(ModelCard)), _filled]
    )
    settings: Sequence[Setting] = attrs.field(
        default=(), converter=_settings, validator=deep_iterable(instance_of(Setting))
    )
    billing: Billing = Billing.PAID
    runs_in: RunsIn = RunsIn.THREAD
    idempotent_submit: bool = False
    settle_after: float = 0.0
    compiler: str | None = None
    reads_story: bool = False
    pixels_version: int = 1
    homepage: str | None = None
    look_over: str | None = attrs.field(default=None, validator=optional(_factory))
    counter: str | None = attrs.field(default=None, validator=optional(_factory))
    check_up: str | None = attrs.field(default=None, validator=optional(_factory))
    setup: str = attrs.field(default="", validator=instance_of(str))


@attrs.frozen(kw_only=True)
class SecretBackendSpec:
    """A secret backend: its name, its factory as a string, and the settings it needs itself.

    The factory takes a ``PluginContext`` and returns a ``SecretBackend``.

    Args:
        name: The plugin's id, or ``<id>-something``.
        factory: ``"package.module:name"`` of the factory, which may be the class itself.
        summary: One line for lists.
        settings: The variables that the backend itself needs, such as its own key.
        homepage: Where to read more.
    """

    name: str = attrs.field(validator=_name)
    factory: str = attrs.field(validator=_factory)
    summary: str = attrs.field(validator=instance_of(str))
    settings: Sequence[Setting] = attrs.field(
        default=(), converter=_settings, validator=deep_iterable(instance_of(Setting))
    )
    homepage: str | None = None


@attrs.frozen(kw_only=True)
class PromptCompilerSpec:
    """A prompt compiler: its name, its factory as a string, and the dialects it speaks.

    The factory takes nothing and returns a ``PromptCompiler``: compiling depends on the shot and
    the card alone.

    Args:
        name: The plugin's id, or ``<id>-something``.
        factory: ``"package.module:name"`` of the factory, which may be the class itself.
        summary: One line for lists.
        dialects: The prompt dialects it speaks; model cards name theirs.
        homepage: Where to read more.
    """

    name: str = attrs.field(validator=_name)
    factory: str = attrs.field(validator=_factory)
    summary: str = attrs.field(validator=instance_of(str))
    dialects: Sequence[str] = attrs.field(default=("prose",), converter=texts)
    homepage: str | None = None


@attrs.frozen(kw_only=True)
class SpeechProviderSpec:
    """A speech provider: its name, its factory as a string, and the settings it reads.

    The factory takes a ``PluginContext``.

    Args:
        name: The plugin's id, or ``<id>-something``.
        factory: ``"package.module:name"`` of the factory, which may be the class itself.
        summary: One line for lists.
        settings: The variables it reads; it is given no others.
        billing: Whether what it says costs money.
        homepage: Where to read more.
    """

    name: str = attrs.field(validator=_name)
    factory: str = attrs.field(validator=_factory)
    summary: str = attrs.field(validator=instance_of(str))
    settings: Sequence[Setting] = attrs.field(
        default=(), converter=_settings, validator=deep_iterable(instance_of(Setting))
    )
    billing: Billing = Billing.PAID
    homepage: str | None = None
