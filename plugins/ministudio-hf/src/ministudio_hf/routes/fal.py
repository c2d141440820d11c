"""fal: a queue. Submit, status, result and cancel are calls of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ministudio.plugin import JobState
from ministudio_hf._errors import failed, words_of
from ministudio_hf._mapping import parameters_of
from ministudio_hf.routes.base import Call, Order, Route, View, path_of, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio_hf._client import Answer
    from ministudio_hf._mapping import Ask

__all__ = ["Fal"]

_OK: Final = 200
_CLIENT_CLOSED: Final = 499
_QUEUE: Final = "?_subdomain=queue"
_STATES: Final = {
    "IN_QUEUE": JobState.QUEUED,
    "IN_PROGRESS": JobState.RUNNING,
    "COMPLETED": JobState.SUCCEEDED,
}
# A gateway's own trouble says nothing about the job.
_TROUBLE: Final = {401, 402, 403, 408, 429, 502, 503, 504}


class Fal(Route):
    """fal's queue through the router, as the SDK and fal's own documents have it."""

    name = "fal-ai"

    def order(self, ask: Ask) -> Order:
        """Return what orders a clip."""
        body: dict[str, Any] = {"prompt": ask.prompt, **parameters_of(ask, frames=False)}
        own = {
            "num_frames": ask.frames,
            "frames_per_second": ask.fps,
            "resolution": ask.resolution.value,
            "aspect_ratio": ask.aspect_ratio.value,
        }
        body.update({name: own[name] for name in ask.fal})
        if ask.picture is not None:
            body["image_url"] = ask.picture
        if ask.lora is not None:
            body["loras"] = [{"path": ask.lora, "scale": 1}]
        return Order(path=f"/{ask.model}{_QUEUE}", body={**body, **ask.extra})

    def job(self, answer: Mapping[str, Any]) -> tuple[str, str] | None:
        """Return a new job's id and path, which may be under another model than it was sent to."""
        id_, path = answer.get("request_id"), path_of(answer.get("response_url"))
        if not isinstance(id_, str) or not id_ or path is None or quoted(id_) not in path:
            return None
        return id_, path

    def status(self, path: str) -> Call:
        """Return what asks where a job is."""
        return Call("GET", f"{path}/status{_QUEUE}")

    def view(self, answer: Answer, job: str) -> View | None:
        """Return where a job is; whether it went well only the result tells."""
        del job
        state = _STATES.get(str(answer.data.get("status")))
        return None if state is None else View(state=state)

    def result(self, path: str) -> Call:
        """Return what asks for the result."""
        return Call("GET", f"{path}{_QUEUE}")

    def result_view(self, answer: Answer, job: str) -> View | None:
        """Return the clip's address, or why there is none; fal charges for clips only."""
        if answer.status in _TROUBLE or not answer.data:
            return None
        if answer.status == _OK:
            return self._clip(answer, job)
        if answer.status == _CLIENT_CLOSED or "cancel" in str(answer.data.get("error_type")):
            return View(state=JobState.CANCELLED, charged=False)
        error = failed(words_of(answer), self.name, job, charged=False)
        return View(state=JobState.FAILED, error=error, charged=False)

    def cancel(self, path: str) -> Call:
        """Return what asks for a job's end."""
        return Call("PUT", f"{path}/cancel{_QUEUE}")

    def _clip(self, answer: Answer, job: str) -> View:
        video = answer.data.get("video")
        url = video.get("url") if isinstance(video, dict) else None
        if not isinstance(url, str) or not url:
            error = failed(f"no clip: {words_of(answer)}", self.name, job)
            return View(state=JobState.FAILED, error=error)
        seed = answer.data.get("seed")
        units = answer.headers.get("x-fal-billable-units")
        return View(
            state=JobState.SUCCEEDED,
            url=url,
            charged=True,
            seed=seed if isinstance(seed, int) else None,
            meta={"billable_units": units} if units else {},
        )
