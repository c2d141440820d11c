"""What is to be known of a family of models in order to call its pipelines: data, no code."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import attrs

from ministudio.plugin import AspectRatio, Resolution, Size

__all__ = ["Family", "Model", "Task", "Way"]


class Task(StrEnum):
    """What a clip is made from."""

    TEXT = "text"
    FIRST = "first frame"
    ENDS = "first and last frame"


class Way(StrEnum):
    """How a pipeline takes the pictures it is given."""

    IMAGE = "image"
    """``image``, and ``last_image`` where it ends with one."""

    KEYFRAMES = "keyframes"
    """``image``, or ``conditions`` with a place in time where there are two."""

    MASKED = "masked"
    """``video`` and ``mask``: grey where it is to paint; ``reference_images`` beside them."""


@attrs.frozen(kw_only=True)
class Family:
    """A family of models that are called alike.

    Args:
        name: What it is called in options.
        title: Its name for people.
        pipelines: The classes of diffusers, by what a clip is made from.
        way: How pictures are handed over.
        multiple: Frames come as ``multiple * n + offset``.
        offset: See ``multiple``.
        side: Both sides of a frame are multiples of it.
        most: The most frames it makes at a time.
        fps: The frame rate it was trained at.
        sizes: The sizes it was trained at; others are rounded to ``side``.
        fixed: Whether it can make no size but its own.
        steps: How many steps its makers advise.
        fewest: With fewer steps it fails.
        guidance: How closely it follows the prompt.
        guided_by: The argument, or ``guider`` where the pipeline has a component for it.
        negative: Whether it takes a negative prompt.
        watched: The component whose calls are counted, where the pipeline has no step callback.
        half: The dtype on an accelerator.
        exact: Components that stay in float32.
        variant: The variant of the weights to look for first, such as ``fp16``.
        tokens: What its tokenizer may give the text encoder; 0 where it reads no text.
        length: Whether that is passed as ``max_sequence_length``.
        shift: ``flow_shift`` of its scheduler, for frames of at least so many lines.
        rate: The argument that takes the frame rate, if any.
        sized: Whether it takes height and width; else it goes by the picture.
        also: Further arguments.
        tiled: Whether its VAE can work in tiles.
    """

    name: str
    title: str
    pipelines: Mapping[Task, str]
    way: Way = Way.IMAGE
    multiple: int = 4
    offset: int = 1
    side: int = 16
    most: int
    fps: int
    sizes: Mapping[tuple[Resolution, AspectRatio], Size] = attrs.field(factory=dict)
    fixed: bool = False
    steps: int
    fewest: int = 1
    guidance: float
    guided_by: str = "guidance_scale"
    negative: bool = True
    watched: str = ""
    half: str = "bfloat16"
    exact: tuple[str, ...] = ()
    variant: str | None = None
    tokens: int
    length: bool = True
    shift: Mapping[int, float] = attrs.field(factory=dict)
    rate: str = ""
    sized: bool = True
    also: Mapping[str, object] = attrs.field(factory=dict)
    tiled: bool = True


@attrs.frozen(kw_only=True)
class Model:
    """One model: its family, where its weights are, and what differs from the family.

    Args:
        family: The family's name.
        repo: The repository on the Hugging Face hub with its weights for diffusers.
        smaller: The model to use instead where memory does not suffice.
        steps: How many steps, where not as the family.
        guidance: How closely it follows the prompt, where not as the family.
        parts: Repositories of components that lie in one of their own, by name.
    """

    family: str
    repo: str
    smaller: str | None = None
    steps: int | None = None
    guidance: float | None = None
    parts: Mapping[str, str] = attrs.field(factory=dict)
