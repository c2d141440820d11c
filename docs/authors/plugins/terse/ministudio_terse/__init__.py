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
