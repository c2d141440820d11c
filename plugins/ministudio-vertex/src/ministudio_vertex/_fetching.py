"""From a finished job's answer to a clip on disk."""

from __future__ import annotations

import json
import threading
from base64 import b64decode
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

import attrs
import av

from ministudio.plugin import (
    ArtifactError,
    JobExpired,
    cards_beside,
    clip_from_file,
    whole_file,
)
from ministudio_vertex import _costs, _mapping, _omni, _storage, _veo
from ministudio_vertex._cutting import keep_end
from ministudio_vertex._limits import Family, family_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from google.cloud.storage import Client

    from ministudio.plugin import Clip, JobHandle
    from ministudio_vertex._errors import Where

__all__ = ["Answers", "fetched"]

_MOST: Final = 4
_TOLERANCE: Final = 0.5
_CARDS: Final = {card.id: card for card in cards_beside(__file__)}


class Answers:
    """The last few answers that hold a clip, between the poll that brought one and its fetch."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, object] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, id_: str, answer: object) -> None:
        """Keep an answer; of many, the oldest goes, and is asked for once more."""
        with self._lock:
            self._kept[id_] = answer
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)

    def take(self, id_: str) -> object | None:
        """Return an answer and forget it: a fetch that is repeated asks anew."""
        with self._lock:
            return self._kept.pop(id_, None)


def fetched(
    handle: JobHandle,
    answer: Any,
    into: Path,
    *,
    where: Where,
    store: Callable[[], Client],
    timeout: float,
) -> Clip:
    """Write the clip of a finished job into the folder ``into`` and return it.

    Args:
        handle: The job.
        answer: What Google said of it.
        into: Where the clip goes.
        where: Whom it is from, for messages.
        store: Makes the client of Cloud Storage.
        timeout: Seconds that a download may take.

    Raises:
        JobExpired: When the answer no longer holds a clip.
        ArtifactError: When it is no clip.
    """
    job = _mapping.job_of(handle)
    path = into / "vertex.mp4"
    veo = family_of(handle.model) is Family.VEO
    video = _veo.video_of(answer) if veo else _omni.video_of(answer)
    if video is None:
        raise JobExpired(
            f"Google no longer has the clip of {handle.id}",
            provider=where.provider,
            hint="it was made and paid for: look into the bucket, if clips are delivered to one",
        )
    data = video.video_bytes if veo else video.data
    usage = None if veo else getattr(answer, "usage", None)
    cost = _costs.by_tokens(handle.model, usage)
    cost = _costs.by_card(_CARDS.get(handle.model), job) if cost is None else cost
    meta = {"prompt": job.prompt, "job": handle.id} | ({} if data else {"uri": video.uri})
    with whole_file(path) as part:
        if data:
            part.write_bytes(_bytes(data))
        else:
            _storage.download(store(), video.uri, part, timeout)
        notes = [_shortened(part, job.seconds)] if job.extends else []
        clip = clip_from_file(
            part,
            seed=job.seed,
            cost_reported=cost,
            provider_meta=json.loads(json.dumps(meta, default=str)),
            notes=[*job.notes, *(note for note in notes if note)],
        )
    return attrs.evolve(clip, path=path)


def _bytes(data: bytes | str) -> bytes:
    """A clip's bytes, however the answer holds them."""
    try:
        return data if isinstance(data, bytes) else b64decode(data, validate=True)
    except ValueError as error:
        raise ArtifactError(
            "Google sent a clip that is cut off or garbled", hint="it is fetched again"
        ) from error


def _shortened(path: Path, seconds: float) -> str:
    """Leave only what is new in a clip that may begin with the one that it goes on from."""
    length = clip_from_file(path).seconds
    if length <= seconds + _TOLERANCE:
        return ""
    try:
        keep_end(path, path, seconds)
    except av.FFmpegError as error:
        raise ArtifactError(f"the end of a longer clip cannot be had: {error}") from error
    return (
        f"Google handed over {length:.1f} s with the shot before in it: the last {seconds:g} s "
        "are kept, encoded anew and without their C2PA marks"
    )
