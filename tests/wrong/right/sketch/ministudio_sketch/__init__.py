"""Sketch for MiniStudio: who speaks its dialect."""

from collections.abc import Iterator

from ministudio.plugin import PromptCompilerSpec, hookimpl


@hookimpl
def ministudio_prompt_compilers() -> Iterator[PromptCompilerSpec]:
    """Describe the compiler."""
    yield PromptCompilerSpec(
        name="sketch",
        factory="ministudio_sketch.compiler:Sketch",
        summary="Prompts in Sketch: what happens first.",
        dialects=["sketch"],
    )
