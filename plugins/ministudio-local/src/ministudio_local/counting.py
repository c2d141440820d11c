"""Counting a prompt with the model's own tokenizer, so that none is cut short in silence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import transformers

from ministudio.plugin import InvalidRequest
from ministudio_local.finding import find_model, hub_token
from ministudio_local.options import read_options, with_settings
from ministudio_local.shelf import family_of, model_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.plugin import ModelCard, PluginContext
    from ministudio_local.family import Family

__all__ = ["check_prompt", "count_tokens", "counter"]


def counter(context: PluginContext, card: ModelCard) -> Callable[[str], int]:
    """Return what counts a prompt as a model's tokenizer does; the model has to be here.

    Raises:
        ConfigError: When an option is not right.
        InvalidRequest: When the model is not on this machine.
    """
    options = with_settings(read_options(context.options), context)
    model = model_of(card.id, options.family)
    family = family_of(model)
    if not family.tokens:
        return lambda _: 0
    folder = find_model(card.id, model, family, options, hub_token(context)).folder
    _, kind = json.loads((folder / "model_index.json").read_text("utf-8"))["tokenizer"]
    tokenizer = getattr(transformers, kind).from_pretrained(folder / "tokenizer")
    return lambda text: count_tokens(tokenizer, text)


def count_tokens(tokenizer: Any, text: str) -> int:
    """Return how many tokens a text is, those that the tokenizer adds included."""
    return len(tokenizer(text, truncation=False, verbose=False).input_ids)


def check_prompt(tokenizer: Any, text: str, family: Family) -> None:
    """See that a prompt is no longer than the model reads; a pipeline would cut it short.

    Raises:
        InvalidRequest: When it is longer.
    """
    if tokenizer is None or not family.tokens:
        return
    used = count_tokens(tokenizer, text)
    if used > family.tokens:
        raise InvalidRequest(
            f"the prompt is {used} tokens long, and {family.title} reads {family.tokens}",
            hint="say less in the shot, or give the model a card of your own with a lower "
            "characters_per_token",
        )
