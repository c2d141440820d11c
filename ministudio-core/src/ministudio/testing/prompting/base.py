"""Asking a compiler for prompts, here and in other processes, and looking for words in them."""

from __future__ import annotations

import functools
import importlib
import re
import unicodedata
from typing import TYPE_CHECKING, Any, ClassVar, Final

from ministudio.plugin import (
    Capability,
    CompiledPrompt,
    ModelCard,
    Part,
    PromptBudget,
    PromptCompiler,
    PromptCompilerSpec,
    PromptInput,
    Support,
)
from ministudio.testing.checks.processes import environment, report_of
from ministudio.testing.checks.subject import Subject, said, wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Compiling", "lost", "slips"]

_CHILD: Final = "from ministudio.testing.prompting.apart import main; main()"
_SLIPS: Final[Mapping[str, str]] = {
    r"\bNone\b": "the word None, where nothing is said",
    r"\{\}|\[\]|\(\)": "an empty pair of brackets",
    r"  ": "two spaces",
    r"\n\s*\n": "an empty line",
    r"^\s|\s$": "space around it",
    r"\s[,.;]": "a space before a comma or full stop",
    r"<[\w.]+ object at|\w+\(\w+=": "a Python object",
    r"\b[A-Z]\w+\.[A-Z_]{2,}\b": "the name of a Python enumeration",
    r"\w_\w": "an underscore within a word, as ids and values of the vocabulary have it",
}
"""What gets into a text by mistake when it is put together."""


class Compiling(Subject):
    """Which compiler is tried, and how it is asked.

    Attributes:
        capabilities: What the cards say that it is asked to compile for.
    """

    kind = PromptCompilerSpec
    capabilities: ClassVar[Mapping[Capability, Support]] = {
        Capability.TEXT: Support.FULL,
        Capability.AUDIO: Support.FULL,
        Capability.NEGATIVE_PROMPT: Support.FULL,
    }

    @classmethod
    def compiler(cls) -> PromptCompiler:
        """Return a new compiler, made as the core makes it: the factory takes nothing."""
        module, _, path = cls.spec().factory.partition(":")
        try:
            factory: Any = importlib.import_module(module)
            for name in path.split("."):
                factory = getattr(factory, name)
            made: PromptCompiler = factory()
        except Exception as error:  # noqa: BLE001 - a plugin may raise anything
            wrong(
                f"{cls.spec().factory}() failed, called without arguments: {said(error)}. What a "
                "compiler says depends on the shot and the card alone"
            )
        return made

    @classmethod
    def compiled(cls, shot: PromptInput, card: ModelCard) -> CompiledPrompt:
        """Return the prompt for a shot; fail where the compiler breaks."""
        prompt: Any
        try:
            prompt = cls.compiler().compile(shot, card)
        except Exception as error:  # noqa: BLE001 - likewise
            wrong(f"compile() failed: {said(error)}, for the shot {shot}, and the card {card}")
        kinds: list[tuple[str, object, type]] = [("it", prompt, CompiledPrompt)]
        if isinstance(prompt, CompiledPrompt):
            kinds = [("text", prompt.text, str), ("negative", prompt.negative, str)]
            kinds += [("a line of dropped", line, str) for line in prompt.dropped]
            kinds += [("one of parts", part, Part) for part in prompt.parts]
        for what, value, kind in kinds:
            if not isinstance(value, kind):
                wrong(f"compile(): {what} is a {type(value).__name__}, not a {kind.__name__}")
        made: CompiledPrompt = prompt
        return made

    @classmethod
    def card(cls, budget: PromptBudget | None = None, **changes: Support) -> ModelCard:
        """Return a card in the compiler's first dialect; ``audio="none"`` changes what it can."""
        can: Any = {**cls.capabilities, **{Capability(name): how for name, how in changes.items()}}
        dialect = cls.dialects()[0]
        return ModelCard(
            id="model", title="Model", dialect=dialect, capabilities=can, prompt=budget
        )

    @classmethod
    def dialects(cls) -> Sequence[str]:
        """Return the dialects that the compiler speaks; fail where it speaks none."""
        if not (dialects := cls.spec().dialects):
            wrong(f"the spec {cls.spec().name} names no dialect, so no model is spoken to by it")
        return list(dialects)

    @classmethod
    def apart(cls, seed: str) -> Mapping[str, Any]:
        """Return what comes of every shot in a new process, with this seed for hashes."""
        return _compiled_apart(cls.plugin, cls.spec().factory, cls.dialects()[0], seed)


@functools.cache
def _compiled_apart(plugin: str, factory: str, dialect: str, seed: str) -> Mapping[str, Any]:
    """Compile every shot in a new process, with this seed for hashes; fail where it breaks."""
    order = {"plugin": plugin, "factory": factory, "dialect": dialect}
    found, done = report_of(_CHILD, order, environment() | {"PYTHONHASHSEED": seed})
    if not found or found["broken"]:
        said = found.get("broken") or f"{done.stdout}{done.stderr}"
        wrong(f"{factory} cannot compile in a process of its own:\n{said}")
    return found


def lost(words: str | Iterable[str], text: str) -> Sequence[str]:
    """Return the words that do not stand in a text, whatever their capitals and composition."""
    wanted = words.split() if isinstance(words, str) else words
    there = _plain(text)
    return [word for word in wanted if _plain(word).strip(".,;:!?\"'") not in there]


def slips(text: str) -> list[str]:
    """Return what stands in a text by mistake, each in words."""
    return [what for pattern, what in _SLIPS.items() if re.search(pattern, text)]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
