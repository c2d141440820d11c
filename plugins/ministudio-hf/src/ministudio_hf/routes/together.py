"""Together: videos are jobs under one address."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from ministudio.plugin import InvalidRequest, JobState
from ministudio_hf._errors import failed
from ministudio_hf._mapping import parameters_of
from ministudio_hf.routes.base import Order, Route, View, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio_hf._client import Answer
    from ministudio_hf._mapping import Ask

__all__ = ["Together"]

_STATES: Final = {
    "queued": JobState.QUEUED,
    "in_progress": JobState.RUNNING,
    "completed": JobState.SUCCEEDED,
    "failed": JobState.FAILED,
    "cancelled": JobState.CANCELLED,
}
_PICTURE_BYTES: Final = 60_000
_VIDEOS: Final = "/v2/videos"


class Together(Route):
    """Together through the router, as the SDK's source has it; nothing was tried live."""

    name = "together"

    def order(self, ask: Ask) -> Order:
        """Return what orders a clip.

        Raises:
            InvalidRequest: When the picture is larger than Together takes.
        """
        parameters = parameters_of(ask)
        if "num_inference_steps" in parameters:
            parameters["steps"] = parameters.pop("num_inference_steps")
        body: dict[str, Any] = {
            "prompt": ask.prompt,
            "model": ask.model,
            **parameters,
            "width": ask.size.width,
            "height": ask.size.height,
        }
        if ask.picture is not None:
            if len(ask.picture) > _PICTURE_BYTES:
                raise InvalidRequest(
                    f"together takes pictures of at most {_PICTURE_BYTES // 1000} kB inside a "
                    f"request, and this one has {len(ask.picture) // 1000}",
                    provider=self.name,
                    hint="use a smaller picture, or another route",
                )
            body["frame_images"] = [{"input_image": ask.picture, "frame": "first"}]
        return Order(path=_VIDEOS, body={**body, **ask.extra})

    def job(self, answer: Mapping[str, Any]) -> tuple[str, str] | None:
        """Return a new job's id and path."""
        id_ = answer.get("id")
        return (id_, f"{_VIDEOS}/{quoted(id_)}") if isinstance(id_, str) and id_ else None

    def view(self, answer: Answer, job: str) -> View | None:
        """Return where a job is, its clip and its cost, or why it failed."""
        # The specification lets the state be left out of a job that has just been taken.
        state = _STATES.get(str(answer.data.get("status") or "queued"))
        if state is None or not answer.data.get("id"):
            return None
        if state is JobState.FAILED:
            reason = answer.data.get("error")
            said = reason.get("message") if isinstance(reason, dict) else reason
            return View(state=state, error=failed(str(said or ""), self.name, job))
        if state is not JobState.SUCCEEDED:
            return View(state=state)
        outputs = answer.data.get("outputs")
        found: dict[str, Any] = outputs if isinstance(outputs, dict) else {}
        url = found.get("video_url")
        if not isinstance(url, str) or not url:
            error = failed("it is done and has no clip", self.name, job)
            return View(state=JobState.FAILED, error=error)
        return View(state=state, url=url, charged=True, cost=_micros(found.get("cost")))


def _micros(cost: object) -> int | None:
    if isinstance(cost, bool) or not isinstance(cost, (int, float)):
        return None
    return round(cost * 1_000_000) if math.isfinite(cost) and cost >= 0 else None
