"""Calling a pipeline once: the seed, the guidance, who watches, who may stop it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import attrs
import diffusers
import torch
from PIL import Image

from ministudio.plugin import InvalidRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ministudio_local.family import Family
    from ministudio_local.fitting import Fit

__all__ = ["Output", "Stopped", "Watch", "call"]

Watch = Callable[[int, int], None]
"""Told of each step that is done, and of how many there are; raises ``Stopped`` to end it all."""

# The places of keyframes in time: whole frames for one, rounds of eight for the other.
_KEYFRAMES: Final = {
    "LTXConditionPipeline": ("ltx.pipeline_ltx_condition", "LTXVideoCondition", "image",
                             "frame_index", 1),
    "LTX2ConditionPipeline": ("ltx2.pipeline_ltx2_condition", "LTX2VideoCondition", "frames",
                              "index", 8),
}  # fmt: skip


class Stopped(Exception):
    """Nobody wants the clip any longer."""


@attrs.frozen(kw_only=True)
class Output:
    """What a pipeline made.

    Args:
        frames: The pictures.
        sound: Samples by channel, between -1 and 1; None without sound.
        rate: Samples a second.
    """

    frames: Sequence[Image.Image]
    sound: Any = None
    rate: int = 0


def call(
    pipe: Any,
    arguments: dict[str, Any],
    family: Family,
    fit: Fit,
    *,
    seed: int,
    watch: Watch,
    attention: str = "auto",
    shift: float | None = None,
) -> Output:
    """Make one clip.

    Args:
        pipe: The pipeline.
        arguments: What to call it with.
        family: How it is watched and guided.
        fit: Steps, guidance and size.
        seed: Random seed; the same on every device, for noise is drawn on the CPU.
        watch: Told of each step.
        attention: The backend of diffusers to compute attention with.
        shift: ``flow_shift``, where the user chose it.

    Raises:
        Stopped: When ``watch`` raised it.
        InvalidRequest: When there is no such attention backend.
    """
    given = dict(arguments)
    if keyframes := given.pop("keyframes", None):
        given["conditions"] = _conditions(type(pipe).__name__, keyframes)
    if family.guided_by == "guider":
        pipe.guider = pipe.guider.new(guidance_scale=fit.guidance)
    if family.shift:
        usual = family.shift[max(lines for lines in family.shift if lines <= _lines(fit))]
        pipe.scheduler = pipe.scheduler.from_config(
            pipe.scheduler.config, flow_shift=usual if shift is None else shift
        )
    generator = torch.Generator("cpu").manual_seed(seed)
    with _attention(attention), _watched(pipe, family, fit, watch) as watching:
        made = pipe(**given, **watching, generator=generator)
    sound = getattr(made, "audio", None)
    if sound is None:
        return Output(frames=made.frames[0])
    return Output(
        frames=made.frames[0],
        sound=sound[0].float().cpu().numpy(),
        rate=int(pipe.vocoder.config.output_sampling_rate),
    )


def _lines(fit: Fit) -> int:
    return min(fit.size.width, fit.size.height)


def _conditions(pipeline: str, keyframes: dict[int, Image.Image]) -> list[Any]:
    module, name, picture, place, round_ = _KEYFRAMES[pipeline]
    kind = getattr(import_module(f"diffusers.pipelines.{module}"), name)
    return [kind(**{picture: image, place: at // round_}) for at, image in keyframes.items()]


@contextlib.contextmanager
def _watched(pipe: Any, family: Family, fit: Fit, watch: Watch) -> Iterator[dict[str, Any]]:
    """Have ``watch`` told of each step; the arguments that takes are what is yielded."""
    if not family.watched:

        def on_step(pipe: Any, step: int, _: Any, held: dict[str, Any]) -> dict[str, Any]:
            watch(step + 1, pipe.num_timesteps)
            return held

        yield {"callback_on_step_end": on_step}
        return
    calls = 0

    def before_call(*_: Any) -> None:
        nonlocal calls
        # A step asks the model as often as its guidance has conditions.
        watch(calls // pipe.guider.num_conditions, fit.steps)
        calls += 1

    hook = getattr(pipe, family.watched).register_forward_pre_hook(before_call)
    try:
        yield {}
    finally:
        hook.remove()


@contextlib.contextmanager
def _attention(name: str) -> Iterator[None]:
    """Compute attention with a backend, and with the usual one again afterwards."""
    if name == "auto":
        yield
        return
    try:
        backend = diffusers.attention_backend(name)
        backend.__enter__()
    except (ValueError, RuntimeError, ImportError) as error:
        raise InvalidRequest(
            f"attention = {name!r} cannot be used: {error}", hint="set attention = 'auto'"
        ) from error
    try:
        yield
    finally:
        backend.__exit__(None, None, None)
