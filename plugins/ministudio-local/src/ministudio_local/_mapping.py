"""A request as the arguments of a pipeline, and nothing else; pure but for reading pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PIL import Image, ImageOps

from ministudio.plugin import InvalidRequest
from ministudio_local.family import Task, Way

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio.plugin import ClipRequest, MediaFile
    from ministudio_local.family import Family
    from ministudio_local.fitting import Fit

__all__ = ["arguments"]

_GREY, _KEEP, _PAINT = (128, 128, 128), 0, 255


def arguments(request: ClipRequest, family: Family, task: Task, fit: Fit) -> dict[str, Any]:
    """Return what to call the family's pipeline with, but for the seed and who watches.

    ``keyframes`` holds pictures by the number of their frame, where the pipeline wants objects
    of its own.

    Raises:
        InvalidRequest: When a picture cannot be read.
    """
    called: dict[str, Any] = {
        "num_frames": fit.frames,
        "num_inference_steps": fit.steps,
        "output_type": "pil",
        **family.also,
    }
    if family.tokens:
        called["prompt"] = request.prompt.text
    if family.negative and request.prompt.negative:
        called["negative_prompt"] = request.prompt.negative
    if family.length:
        called["max_sequence_length"] = family.tokens
    if family.guided_by != "guider":
        called[family.guided_by] = fit.guidance
    if family.rate:
        called[family.rate] = fit.fps
    if family.sized:
        called |= {"width": fit.size.width, "height": fit.size.height}
    return called | _pictures(request, family, task, fit)


def _pictures(request: ClipRequest, family: Family, task: Task, fit: Fit) -> dict[str, Any]:
    first = _picture(request.first_frame, fit) if request.first_frame else None
    last = _picture(request.last_frame, fit) if request.last_frame else None
    if family.way is Way.MASKED:
        references = [_read(reference.media.path) for reference in request.references]
        return _masked(first, last, fit) | ({"reference_images": references} if references else {})
    if task is Task.TEXT:
        return {}
    if task is Task.FIRST:
        return {"image": first}
    if family.way is Way.KEYFRAMES:
        return {"keyframes": {0: first, fit.frames - 1: last}}
    return {"image": first, "last_image": last}


def _masked(first: Image.Image | None, last: Image.Image | None, fit: Fit) -> dict[str, Any]:
    """The clip with the given pictures in their places, and grey where it is to be painted."""
    given = {0: first, fit.frames - 1: last}
    kept = {number: picture for number, picture in given.items() if picture is not None}
    if not kept:
        return {}
    size = (fit.size.width, fit.size.height)
    grey = Image.new("RGB", size, _GREY)
    keep, paint = Image.new("L", size, _KEEP), Image.new("L", size, _PAINT)
    return {
        "video": [kept.get(number, grey) for number in range(fit.frames)],
        "mask": [keep if number in kept else paint for number in range(fit.frames)],
    }


def _picture(media: MediaFile, fit: Fit) -> Image.Image:
    """A picture in the clip's shape: cut to it, for pipelines would squeeze it."""
    size = (fit.size.width, fit.size.height)
    return ImageOps.fit(_read(media.path), size, Image.Resampling.LANCZOS)


def _read(path: Path) -> Image.Image:
    try:
        with Image.open(path) as picture:
            return ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError) as error:
        raise InvalidRequest(
            f"{path} cannot be read as a picture", hint="PNG and JPEG are read"
        ) from error
