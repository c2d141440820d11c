"""Stories to draw, and ways to look at what was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av

from ministudio.plugin import (
    AspectRatio,
    BeingKind,
    Camera,
    Cast,
    Character,
    CharacterIdentity,
    CharacterState,
    ClipRequest,
    CompiledPrompt,
    Environment,
    EnvironmentContext,
    EnvironmentIdentity,
    PlaceKind,
    PromptInput,
    Resolution,
)

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image


def being(id_: str, kind: BeingKind = BeingKind.HUMAN, **words: str) -> Cast:
    """A member of the cast; ``words`` fill identity and state by field name."""
    of_state = {"clothing", "carrying", "emotion", "posture"}
    state = CharacterState(**{k: v for k, v in words.items() if k in of_state})
    identity = CharacterIdentity(kind=kind, **{k: v for k, v in words.items() if k not in of_state})
    character = Character(name=id_.capitalize(), identity=identity, current_state=state)
    return Cast(id=id_, character=character, state=state)


def story(
    *cast: Cast,
    action: str = "Somebody looks up.",
    camera: Camera | None = None,
    place: PlaceKind | None = PlaceKind.INTERIOR,
    time_of_day: str = "morning",
    weather: str = "clear",
    **fields: object,
) -> PromptInput:
    """A shot with sensible defaults."""
    identity = EnvironmentIdentity(kind=place) if place else None
    return PromptInput(
        action=action,
        cast=cast,
        camera=camera or Camera(),
        place=Environment(name=f"the {place}", identity=identity) if identity else None,
        context=EnvironmentContext(time_of_day=time_of_day, weather=weather),
        **fields,
    )


def request(
    shot: PromptInput | None,
    *,
    seconds: float = 0.5,
    fps: int = 12,
    aspect_ratio: AspectRatio = AspectRatio.WIDE,
    resolution: Resolution = Resolution.P360,
    prompt: str = "a prompt",
    **fields: object,
) -> ClipRequest:
    """A small, short clip of a shot."""
    return ClipRequest(
        model="animatic",
        prompt=CompiledPrompt(text=prompt),
        seconds=seconds,
        fps=fps,
        aspect_ratio=aspect_ratio,
        resolution=resolution,
        story=shot,
        **fields,
    )


def frames(path: Path) -> list[Image.Image]:
    """Every frame of a clip."""
    with av.open(str(path)) as container:
        return [frame.to_image() for frame in container.decode(video=0)]


def quiet(fraction: float | None, note: str = "") -> None:
    """A progress callback that listens to nobody."""


def brightness(image: Image.Image) -> float:
    """How bright a picture is on average, 0 to 255."""
    histogram = image.convert("L").histogram()
    return sum(i * n for i, n in enumerate(histogram)) / sum(histogram)


def shades(image: Image.Image) -> int:
    """How many different brightnesses a picture has."""
    return sum(1 for count in image.convert("L").histogram() if count)
