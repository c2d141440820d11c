"""WaveSpeed: one address for a job, which shows its state and in the end its clip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ministudio.plugin import JobState
from ministudio_hf._errors import failed
from ministudio_hf._mapping import parameters_of
from ministudio_hf.routes.base import Order, Route, View, path_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio_hf._client import Answer
    from ministudio_hf._mapping import Ask

__all__ = ["WaveSpeed"]

_STATES: Final = {
    "created": JobState.QUEUED,
    "processing": JobState.RUNNING,
    "completed": JobState.SUCCEEDED,
    "failed": JobState.FAILED,
}


class WaveSpeed(Route):
    """WaveSpeed through the router, as the SDK's source has it; nothing was tried live."""

    name = "wavespeed"

    def order(self, ask: Ask) -> Order:
        """Return what orders a clip."""
        body: dict[str, Any] = {"prompt": ask.prompt, **parameters_of(ask)}
        if ask.picture is not None:
            body["image"] = ask.picture
        return Order(path=f"/api/v3/{ask.model}", body={**body, **ask.extra})

    def job(self, answer: Mapping[str, Any]) -> tuple[str, str] | None:
        """Return a new job's id and path."""
        data = _data(answer)
        urls = data.get("urls")
        path = path_of(urls.get("get") if isinstance(urls, dict) else None)
        id_ = data.get("id")
        if path is None:
            return None
        return (id_ if isinstance(id_, str) and id_ else path), path

    def view(self, answer: Answer, job: str) -> View | None:
        """Return where a job is, its clip, or why it failed."""
        data = _data(answer.data)
        state = _STATES.get(str(data.get("status")))
        if state is JobState.FAILED:
            return View(state=state, error=failed(str(data.get("error") or ""), self.name, job))
        if state is not JobState.SUCCEEDED:
            return None if state is None else View(state=state)
        outputs = data.get("outputs")
        url = outputs[0] if isinstance(outputs, list) and outputs else None
        if not isinstance(url, str):
            error = failed("it is done and has no clip", self.name, job)
            return View(state=JobState.FAILED, error=error)
        return View(state=state, url=url, charged=True)


def _data(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    data = answer.get("data")
    return data if isinstance(data, dict) else {}
