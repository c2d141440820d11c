"""The hooks a plugin may implement; collected from everybody, chosen from by name.

Each docstring holds a plugin's entry module. The class that it names, and the pyproject.toml that
makes it a distribution, stand beside it in the author's book.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

from ministudio._version import HOOK_API

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ministudio.contracts.events import Event
    from ministudio.contracts.specs import (
        PromptCompilerSpec,
        SecretBackendSpec,
        SpeechProviderSpec,
        VideoProviderSpec,
    )

__all__ = ["HOOK_API", "PROJECT", "MiniStudioHooks", "hookimpl"]

PROJECT = "ministudio"
"""The name pluggy knows this project's hooks by."""

hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function of a plugin as an implementation of the hook that has its name."""

_hookspec = pluggy.HookspecMarker(PROJECT)


class MiniStudioHooks:
    """Every hook. A plugin is a module of plain functions marked with ``@hookimpl``.

    A hook returns or yields specs. It reads no environment variable, no network and no file but
    its own ``models.toml``, and it imports no vendor SDK: factories are strings that are
    resolved when they are used. Asked twice, it answers the same. What it raises is on record
    as this plugin's failure, and all others go on working.
    """

    @_hookspec
    def ministudio_video_providers(self) -> Iterable[VideoProviderSpec]:
        """Describe video providers.

        Asked when providers or models are listed, and when a name that is this plugin's is
        planned with. The factory is called with a ``PluginContext`` when the first clip is
        wanted, and gives a ``BaseVideoProvider``.

        An entry module::

            from collections.abc import Iterator

            from ministudio.plugin import Billing, ModelCard, VideoProviderSpec, hookimpl


            @hookimpl
            def ministudio_video_providers() -> Iterator[VideoProviderSpec]:
                yield VideoProviderSpec(
                    name="flat",
                    factory="ministudio_flat.provider:Flat",
                    summary="Paints each clip in one colour.",
                    models=[ModelCard(id="flat-1", title="Flat", free=True)],
                    billing=Billing.FREE,
                )
        """
        yield from ()

    @_hookspec
    def ministudio_secret_backends(self) -> Iterable[SecretBackendSpec]:
        """Describe secret backends.

        Asked when a chain or a reference names one of this plugin's. The factory is called with
        a ``PluginContext``, whose values come from the environment and ``.env`` alone, and gives
        a ``SecretBackend``.

        An entry module::

            from collections.abc import Iterator

            from ministudio.plugin import SecretBackendSpec, Setting, SettingKind, hookimpl

            FILE = Setting(
                name="SEALED_FILE",
                kind=SettingKind.PATH,
                help="The JSON file that holds the secrets, each under its name.",
                category="Secret managers: Sealed",
            )


            @hookimpl
            def ministudio_secret_backends() -> Iterator[SecretBackendSpec]:
                yield SecretBackendSpec(
                    name="sealed",
                    factory="ministudio_sealed.backend:Sealed",
                    summary="A JSON file that only you can read.",
                    settings=[FILE],
                )
        """
        yield from ()

    @_hookspec
    def ministudio_prompt_compilers(self) -> Iterable[PromptCompilerSpec]:
        """Describe prompt compilers.

        Asked when a model is planned with. One that is named counts first, by the user or by the
        provider's spec; then one of the provider's own plugin that speaks the dialect of the
        model's card. The factory is called with nothing, and gives a ``PromptCompiler``.

        An entry module::

            from collections.abc import Iterator

            from ministudio.plugin import PromptCompilerSpec, hookimpl


            @hookimpl
            def ministudio_prompt_compilers() -> Iterator[PromptCompilerSpec]:
                yield PromptCompilerSpec(
                    name="terse",
                    factory="ministudio_terse.compiler:compiler",
                    summary="Says what is there, in tags.",
                    dialects=["terse"],
                )
        """
        yield from ()

    @_hookspec
    def ministudio_speech_providers(self) -> Iterable[SpeechProviderSpec]:
        """Describe speech providers.

        They are found, checked and listed; no run asks one to speak yet, so the factory is looked
        up and not called.

        An entry module::

            from collections.abc import Iterator

            from ministudio.plugin import Billing, Setting, SpeechProviderSpec, hookimpl

            KEY = Setting(
                name="SPOKEN_API_KEY",
                help="Opens the speech service.",
                category="Speech: Spoken",
                secret=True,
                required=True,
                where_to_get="https://spoken.example/keys",
            )


            @hookimpl
            def ministudio_speech_providers() -> Iterator[SpeechProviderSpec]:
                yield SpeechProviderSpec(
                    name="spoken",
                    factory="ministudio_spoken.voice:Voice",
                    summary="Reads lines aloud.",
                    settings=[KEY],
                    billing=Billing.PAID,
                )
        """
        yield from ()

    @_hookspec
    def ministudio_event(self, event: Event) -> None:
        """Observe what happens in a run; only for plugins the configuration names as observers.

        ``observers = ["diary"]`` in ``[render]`` of ``ministudio.toml`` names one, and so does
        ``MINISTUDIO_OBSERVERS``. It is called for every event in order, in the thread that
        renders, so it should be quick. What it raises is logged once and changes nothing.

        :param event: What happened.

        An entry module::

            import sys

            from ministudio.plugin import Event, EventKind, hookimpl

            ENDS = {EventKind.RUN_DONE, EventKind.RUN_FAILED, EventKind.RUN_STOPPED}


            @hookimpl
            def ministudio_event(event: Event) -> None:
                if event.kind in ENDS:
                    print(f"diary: {event.kind}: {event.message}", file=sys.stderr)
        """
