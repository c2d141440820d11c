"""The core's own plugin, ``core``: found and loaded like any other, through the same hooks.

Its names need not begin with its id; otherwise it has no privilege. Like every entry module it
holds specs alone, and what they name is imported when it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import PromptCompilerSpec, SecretBackendSpec, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ministudio_prompt_compilers", "ministudio_secret_backends"]


@hookimpl
def ministudio_secret_backends() -> Iterator[SecretBackendSpec]:
    """Describe the environment and ``.env``."""
    yield SecretBackendSpec(
        name="env",
        factory="ministudio.builtin.secrets:EnvBackend",
        summary="The process environment.",
    )
    yield SecretBackendSpec(
        name="dotenv",
        factory="ministudio.builtin.secrets:DotenvBackend",
        summary="The .env file of the workspace.",
    )


@hookimpl
def ministudio_prompt_compilers() -> Iterator[PromptCompilerSpec]:
    """Describe the compilers that everybody has; ``prose`` is the default."""
    yield PromptCompilerSpec(
        name="prose",
        factory="ministudio.builtin.prose:ProseCompiler",
        summary="Turns a shot into the prose that video models are trained on.",
    )
    yield PromptCompilerSpec(
        name="verbatim",
        factory="ministudio.builtin.verbatim:VerbatimCompiler",
        summary="Passes the action on word for word.",
        dialects=["verbatim"],
    )
