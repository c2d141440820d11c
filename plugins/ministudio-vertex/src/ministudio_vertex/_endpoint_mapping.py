"""A request as an instance and parameters, and a clip out of predictions; pure but for files."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from ministudio.plugin import InvalidRequest
from ministudio_vertex._media import read

if TYPE_CHECKING:
    from ministudio.plugin import ClipRequest
    from ministudio_vertex.options import EndpointOptions

__all__ = ["asked", "found"]

_KEYS: Final = (
    *("video", "video_bytes", "bytesBase64Encoded", "generated_video", "b64_json"),
    *("gcsUri", "gcs_uri", "video_uri", "uri", "output", "data"),
)
_SHORTEST: Final = 64


def asked(
    request: ClipRequest, options: EndpointOptions, provider: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the instance and the parameters that ask for a clip.

    Args:
        request: What is asked for.
        options: What the user adds, and what the container does not know.
        provider: The provider's name, for messages.

    Raises:
        InvalidRequest: When the first frame cannot be read, or something is asked for that the
            usual form of an endpoint has no place for.
    """
    left_out = {
        "last frame": request.last_frame,
        "reference pictures": request.references or None,
        "clip to go on from": request.extend,
    }
    if words := [name for name, value in left_out.items() if value is not None]:
        raise InvalidRequest(
            f"an endpoint is sent no {' and no '.join(words)}",
            provider=provider,
            hint="leave it out, or choose another model",
        )
    instance: dict[str, Any] = {"prompt": request.prompt.text}
    if request.first_frame is not None:
        instance["image"] = b64encode(read(request.first_frame, provider).data).decode()
    parameters: dict[str, Any] = {
        "negative_prompt": request.prompt.negative,
        "num_frames": round(request.seconds * request.fps),
        "fps": request.fps,
        "width": request.size.width,
        "height": request.size.height,
        "seed": request.seed,
    }
    if not request.prompt.negative:
        del parameters["negative_prompt"]
    instance |= dict(options.instance or {})
    parameters |= dict(options.parameters or {})
    left = set(options.leave_out)
    return (
        {name: value for name, value in instance.items() if name not in left},
        {name: value for name, value in parameters.items() if name not in left},
    )


def found(predictions: Any) -> str | None:
    """Return the first clip among the predictions, in base64 or as ``gs://``; None for none."""
    match predictions:
        case str():
            return _clip(predictions)
        case Mapping():
            inside = (found(predictions[key]) for key in _KEYS if key in predictions)
            return next((one for one in inside if one), None)
        case list() | tuple():
            return next((one for one in map(found, predictions) if one), None)
    return None


def _clip(text: str) -> str | None:
    if text.startswith("gs://"):
        return text
    data = text.partition(";base64,")[2] if text.startswith("data:") else text
    try:
        b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if len(data) >= _SHORTEST else None
