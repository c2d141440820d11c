"""Prompt compilers as they were written for hook API 1: one of its own, and one from data."""

from ministudio.plugin import PromptCompilerSpec, hookimpl


@hookimpl
def ministudio_prompt_compilers():
    """Describe the compilers."""
    yield PromptCompilerSpec(
        name="v1words",
        factory="ministudio_v1words.compilers:Words",
        summary="Says who, what and where.",
        dialects=["v1words", "prose"],
    )
    yield PromptCompilerSpec(
        name="v1words-tags",
        factory="ministudio_v1words.compilers:tags",
        summary="Says it in tags.",
        dialects=["v1words-tags"],
        homepage="https://v1words.example",
    )
