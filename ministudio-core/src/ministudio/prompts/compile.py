"""Asking a compiler for one prompt, and believing nothing it says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.budget import Part, measure
from ministudio.contracts.cards import Capability, PromptUnit, Support
from ministudio.contracts.prompts import CompiledPrompt
from ministudio.errors import MiniStudioError, PluginError

if TYPE_CHECKING:
    from ministudio.contracts.cards import ModelCard
    from ministudio.contracts.prompts import PromptCompiler, PromptInput

__all__ = ["compile_shot"]


def compile_shot(
    shot: PromptInput, card: ModelCard, compiler: PromptCompiler, *, name: str | None = None
) -> CompiledPrompt:
    """Return the prompt for ``shot``, measured here and within the budget of ``card``.

    A negative prompt for a model that takes none is left out, and recorded as left out; so is
    every word for a model whose card says ``text = "none"``.

    Args:
        shot: The shot, with everything it inherits.
        card: The model's card.
        compiler: What makes the prompt.
        name: The compiler's name, for messages; its class's name if absent.

    Raises:
        PluginError: When the compiler raises, or returns anything but a prompt that says
            something and is no longer than the model reads.
    """
    name = name or type(compiler).__name__
    try:
        prompt = compiler.compile(shot, card)
    except (Exception, SystemExit) as error:
        raise _broken(name, shot, error) from error
    wrong = _misshapen(prompt)
    if not wrong and card.support(Capability.TEXT) is Support.NONE:
        return _without_vain_text(prompt, card)
    used = 0 if wrong else measure(prompt.text, card.prompt)
    if wrong := wrong or _unfit(prompt, used, card):
        raise PluginError(
            f"prompt compiler {name!r}, {_where(shot)}, for {card.id}: {wrong}",
            plugin=name,
            hint="choose another compiler, or tell the author of this one",
        )
    return attrs.evolve(
        _without_vain_negative(prompt, card),
        used=used,
        unit=card.prompt.unit if card.prompt else PromptUnit.CHARACTERS,
        budget=card.prompt.size if card.prompt else None,
    )


def _broken(name: str, shot: PromptInput, error: BaseException) -> PluginError:
    known = isinstance(error, MiniStudioError)
    what = str(error) if known else f"{type(error).__name__}: {error}"
    return PluginError(
        f"prompt compiler {name!r} failed, {_where(shot)}: {what}",
        plugin=name,
        hint=(error.hint if isinstance(error, MiniStudioError) else None)
        or "choose another compiler, or tell the author of this one; --debug shows where it broke",
    )


def _where(shot: PromptInput) -> str:
    return f"shot {shot.shot_id!r}" if shot.shot_id else f"shot {shot.action[:40]!r}"


def _misshapen(prompt: object) -> str | None:
    """What is wrong with the type of what came back, or of a part of it."""
    if not isinstance(prompt, CompiledPrompt):
        return f"returned {type(prompt).__name__}, not CompiledPrompt"
    fields: tuple[tuple[str, object, type], ...] = (
        *((f"{field}", getattr(prompt, field), str) for field in ("text", "negative")),
        *(("dropped", line, str) for line in _items(prompt.dropped)),
        *(("parts", part, Part) for part in _items(prompt.parts)),
    )
    for field, value, kind in fields:
        if not isinstance(value, kind):
            return f"{field} holds {type(value).__name__}, not {kind.__name__}"
    return None


def _items(value: object) -> Sequence[object]:
    """The items of a sequence; anything else counts as one item of the wrong type."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return value
    return (value if not isinstance(value, str) else None,)


def _unfit(prompt: CompiledPrompt, used: int, card: ModelCard) -> str | None:
    if not prompt.text.strip():
        return "returned an empty prompt" + "".join(f"; {line}" for line in prompt.dropped)
    if card.prompt is not None and used > card.prompt.size:
        unit = card.prompt.unit.value
        return f"returned {used} {unit}, and the model reads {card.prompt.size}"
    return None


def _without_vain_text(prompt: CompiledPrompt, card: ModelCard) -> CompiledPrompt:
    labels = ", ".join(part.label for part in prompt.parts) or "the prompt"
    line = (f"{labels}: left out, the model reads no text",) if prompt.text.strip() else ()
    wordless = attrs.evolve(
        prompt,
        text="",
        used=0,
        unit=PromptUnit.CHARACTERS,
        budget=None,
        dropped=(*prompt.dropped, *line),
        parts=(),
    )
    return _without_vain_negative(wordless, card)


def _without_vain_negative(prompt: CompiledPrompt, card: ModelCard) -> CompiledPrompt:
    if not prompt.negative or card.support(Capability.NEGATIVE_PROMPT) is not Support.NONE:
        return prompt
    line = f"negative prompt {prompt.negative!r}: left out, the model has none"
    return attrs.evolve(prompt, negative="", dropped=(*prompt.dropped, line))
