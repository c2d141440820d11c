"""The hooks, as an author knows them; a test of the core holds this to what the kernel calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio.plugin import (
    PromptCompilerSpec,
    SecretBackendSpec,
    SpeechProviderSpec,
    VideoProviderSpec,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["ARGUMENTS", "DESCRIBING", "GROUP", "OBSERVING"]

GROUP: Final = "ministudio.plugins"
"""The group of entry points that plugins are found by."""

DESCRIBING: Final[Mapping[str, type]] = {
    "ministudio_video_providers": VideoProviderSpec,
    "ministudio_secret_backends": SecretBackendSpec,
    "ministudio_prompt_compilers": PromptCompilerSpec,
    "ministudio_speech_providers": SpeechProviderSpec,
}
"""The hooks that describe something, and what they give."""

OBSERVING: Final = "ministudio_event"
"""The hook that is told what happens."""

ARGUMENTS: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys(DESCRIBING, ()),
    OBSERVING: ("event",),
}
"""What each hook is called with."""
