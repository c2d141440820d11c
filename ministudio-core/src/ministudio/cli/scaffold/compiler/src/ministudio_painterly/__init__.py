"""Painterly for MiniStudio: who speaks the dialect, and nothing that takes long to import."""

from collections.abc import Iterator

from ministudio.plugin import PromptCompilerSpec, hookimpl


@hookimpl
def ministudio_prompt_compilers() -> Iterator[PromptCompilerSpec]:
    """Describe the compiler; the dialect is imported when the first prompt is compiled."""
    yield PromptCompilerSpec(
        name="painterly",
        factory="ministudio_painterly.dialect:compiler",
        summary="Prompts in Painterly: the look first, then who does what.",
        dialects=["painterly"],
    )
