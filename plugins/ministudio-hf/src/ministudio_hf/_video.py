"""Finding the clip in an endpoint's answer, which each handler gives in a form of its own."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final

from ministudio.plugin import ArtifactError

if TYPE_CHECKING:
    from ministudio_hf._client import Answer

__all__ = ["video_in"]

_KEYS: Final = ("video", "blob", "data", "b64_json", "output", "generated_video")
_BYTES: Final = ("video/", "application/octet-stream", "binary/")


def video_in(answer: Answer, provider: str) -> bytes:
    """Return the bytes of the clip in an answer: as they are, or as base64 in JSON.

    Raises:
        ArtifactError: When there is none.
    """
    kind = answer.headers.get("content-type", "")
    if kind.startswith(_BYTES) and answer.body:
        return answer.body
    text = _text(answer.data)
    if text is not None:
        try:
            return base64.b64decode(text.partition(",")[2] or text, validate=True)
        except ValueError:
            pass
    raise ArtifactError(
        f"{provider} answered with {kind or 'nothing'} and no clip in it",
        hint="the handler should answer with the bytes of an MP4, or with "
        '{"video": "<base64 of an MP4>"}',
    )


def _text(data: Any) -> str | None:
    if isinstance(data, str):
        return data or None
    if not isinstance(data, dict):
        return None
    return next((found for key in _KEYS if (found := _text(data.get(key)))), None)
