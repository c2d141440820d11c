"""From a request to what a provider is asked for; pure but for reading a picture's bytes."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.plugin import AspectRatio, InvalidRequest, Resolution, Size, frame_size
from ministudio_hf.families import family_of, frame_count

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio.plugin import ClipRequest
    from ministudio_hf.options import CommonOptions

__all__ = ["Ask", "ask_of", "data_url", "mime_of", "parameters_of"]

_MAGIC: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
)


@attrs.frozen(kw_only=True)
class Ask:
    """One clip as a provider understands it.

    Args:
        model: The model's name at the provider.
        prompt: What to show.
        negative: What not to show; empty for none.
        frames: How many frames.
        fps: Frames a second.
        seed: The random seed.
        steps: Denoising steps; None leaves them to the provider.
        guidance: How closely the prompt is followed; None leaves it to the provider.
        size: The frame in pixels.
        resolution: Its shorter side, as a name.
        aspect_ratio: Its shape.
        picture: The picture to begin with, as a data URL.
        fal: Which of fal's own parameters the model's family takes.
        extra: Further parameters of the user's, which come before everything else.
        lora: Weights to put on top, where the model is an adapter.
    """

    model: str
    prompt: str
    negative: str = ""
    frames: int
    fps: int
    seed: int
    steps: int | None = None
    guidance: float | None = None
    size: Size
    resolution: Resolution
    aspect_ratio: AspectRatio
    picture: str | None = None
    fal: tuple[str, ...] = ()
    extra: Mapping[str, object] = attrs.field(factory=dict)
    lora: str | None = None


def ask_of(
    request: ClipRequest,
    options: CommonOptions,
    *,
    model: str,
    provider_model: str,
    picture: str | None = None,
    lora: str | None = None,
) -> Ask:
    """Return what is asked for.

    Args:
        request: What the film wants.
        options: What the user set.
        model: The model's id on the Hub.
        provider_model: Its name at the provider.
        picture: The picture to begin with, as a data URL.
        lora: Weights to put on top, where the model is an adapter.
    """
    family = family_of(model)
    pace = options.pace(model)
    return Ask(
        model=provider_model,
        prompt=request.prompt.text,
        negative=request.prompt.negative,
        frames=frame_count(request.seconds, request.fps, family.frames),
        fps=request.fps,
        seed=request.seed,
        steps=pace.steps,
        guidance=pace.guidance,
        size=family.size
        or frame_size(request.aspect_ratio, request.resolution, family.frames.size),
        resolution=request.resolution,
        aspect_ratio=request.aspect_ratio,
        picture=picture,
        fal=family.fal,
        extra=dict(options.extra),
        lora=lora,
    )


def refuse_what_is_not_sent(request: ClipRequest, provider: str, *, picture: bool = True) -> None:
    """Refuse what no card of this plugin promises, and no order would say.

    Args:
        request: What the film wants.
        provider: The provider's name.
        picture: Whether a clip may begin with a picture.

    Raises:
        InvalidRequest: When it holds a picture or a clip that would be left out in silence.
    """
    left_out = {
        "a first frame": None if picture else request.first_frame,
        "a last frame": request.last_frame,
        "reference pictures": request.references or None,
        "a clip to go on from": request.extend,
    }
    if words := [name for name, value in left_out.items() if value is not None]:
        raise InvalidRequest(
            f"{request.model} takes no {' and no '.join(w.removeprefix('a ') for w in words)}",
            provider=provider,
            hint="leave it out, or choose another model",
        )


def parameters_of(ask: Ask, *, frames: bool = True) -> dict[str, Any]:
    """Return the parameters that the Hub's own schema of the task names, those that are set."""
    said: dict[str, Any] = {
        "negative_prompt": ask.negative or None,
        "num_frames": ask.frames if frames else None,
        "num_inference_steps": ask.steps,
        "guidance_scale": ask.guidance,
        "seed": ask.seed,
    }
    return {name: value for name, value in said.items() if value is not None}


def mime_of(head: bytes) -> str | None:
    """Return what kind of picture begins with these bytes; None when it is none we know."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def data_url(path: Path) -> str:
    """Return a picture as a data URL that says what it really is.

    Raises:
        InvalidRequest: When the file is no picture.
        OSError: When it cannot be read.
    """
    body = path.read_bytes()
    kind = mime_of(body[:16])
    if kind is None:
        raise InvalidRequest(
            f"{path.name} is no picture that can be sent",
            hint="use a PNG, JPEG, WebP, GIF or BMP file",
        )
    return f"data:{kind};base64,{base64.b64encode(body).decode('ascii')}"
