"""The hooks a plugin may implement; collected from everybody, chosen from by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

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

HOOK_API = 0
"""Version of the hooks; 0 means they may still change."""

hookimpl = pluggy.HookimplMarker(PROJECT)
_hookspec = pluggy.HookspecMarker(PROJECT)


class MiniStudioHooks:
    """Every hook. A plugin is a module of plain functions marked with ``@hookimpl``.

    A hook returns or yields specs. It reads no environment variable, no network and no file but
    its own ``models.toml``, and it imports no vendor SDK: factories are strings that are
    resolved when they are used.
    """

    @_hookspec
    def ministudio_video_providers(self) -> Iterable[VideoProviderSpec]:
        """Describe video providers.

        A complete plugin::

            # my_plugin/__init__.py, entry point  mine = "my_plugin"  in group ministudio.plugins
            from ministudio.plugin import Billing, VideoProviderSpec, hookimpl, permissive_card

            @hookimpl
            def ministudio_video_providers():
                yield VideoProviderSpec(
                    name="mine",
                    factory="my_plugin.provider:MyProvider",
                    summary="Makes clips my way.",
                    models=[permissive_card("mine-1")],
                    billing=Billing.FREE,
                )
        """
        yield from ()

    @_hookspec
    def ministudio_secret_backends(self) -> Iterable[SecretBackendSpec]:
        """Describe secret backends.

        A complete plugin::

            from ministudio.plugin import SecretBackendSpec, hookimpl

            @hookimpl
            def ministudio_secret_backends():
                yield SecretBackendSpec(
                    name="mine", factory="my_plugin.backend:MyVault", summary="My own vault."
                )
        """
        yield from ()

    @_hookspec
    def ministudio_prompt_compilers(self) -> Iterable[PromptCompilerSpec]:
        """Describe prompt compilers.

        A complete plugin::

            from ministudio.plugin import PromptCompilerSpec, hookimpl

            @hookimpl
            def ministudio_prompt_compilers():
                yield PromptCompilerSpec(
                    name="mine", factory="my_plugin.compiler:Terse", summary="Says little."
                )
        """
        yield from ()

    @_hookspec
    def ministudio_speech_providers(self) -> Iterable[SpeechProviderSpec]:
        """Describe speech providers.

        They are found and checked; no run asks one to speak yet.

        A complete plugin::

            from ministudio.plugin import SpeechProviderSpec, hookimpl

            @hookimpl
            def ministudio_speech_providers():
                yield SpeechProviderSpec(
                    name="mine", factory="my_plugin.speech:Voice", summary="Speaks."
                )
        """
        yield from ()

    @_hookspec
    def ministudio_event(self, event: Event) -> None:
        """Observe what happens in a run; only for plugins the configuration names as observers.

        ``observers = ["mine"]`` in ``[render]`` of ``ministudio.toml`` names one, and so does
        ``MINISTUDIO_OBSERVERS``. It is called for every event in order, in the thread that
        renders, so it should be quick. What it raises is logged once and changes nothing.

        :param event: What happened.

        A complete plugin::

            from ministudio.plugin import Event, EventKind, hookimpl

            @hookimpl
            def ministudio_event(event: Event) -> None:
                if event.kind is EventKind.RUN_FAILED:
                    print("the film could not be made:", event.message)
        """
