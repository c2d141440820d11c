"""Replicate: predictions, each with an address of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ministudio.plugin import InvalidRequest, JobState
from ministudio_hf._errors import failed
from ministudio_hf._mapping import parameters_of
from ministudio_hf.routes.base import Call, Order, Route, View, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio_hf._client import Answer
    from ministudio_hf._mapping import Ask

__all__ = ["Replicate"]

_STATES: Final = {
    "starting": JobState.QUEUED,
    "processing": JobState.RUNNING,
    "succeeded": JobState.SUCCEEDED,
    "failed": JobState.FAILED,
    "canceled": JobState.CANCELLED,
    "aborted": JobState.CANCELLED,
}
_PREDICTIONS: Final = "/v1/predictions"


class Replicate(Route):
    """Replicate through the router.

    The SDK sends ``Prefer: wait`` and forgets the prediction after a minute. Here the answer
    comes at once and names the prediction, which is then polled as Replicate's own API has it;
    that the router lets such polls through is not verified.
    """

    name = "replicate"

    def order(self, ask: Ask) -> Order:
        """Return what orders a clip.

        Raises:
            InvalidRequest: When it is to begin with a picture, which the Hub does not route here.
        """
        if ask.picture is not None:
            raise InvalidRequest(
                "replicate takes no first frame through the router",
                provider=self.name,
                hint="use the route fal-ai, wavespeed or together",
            )
        inputs = {"prompt": ask.prompt, **parameters_of(ask), **ask.extra}
        name, _, version = ask.model.partition(":")
        if version:
            return Order(path=_PREDICTIONS, body={"input": inputs, "version": version})
        return Order(path=f"/v1/models/{name}/predictions", body={"input": inputs})

    def job(self, answer: Mapping[str, Any]) -> tuple[str, str] | None:
        """Return a new job's id and path."""
        id_ = answer.get("id")
        return (id_, f"{_PREDICTIONS}/{quoted(id_)}") if isinstance(id_, str) and id_ else None

    def view(self, answer: Answer, job: str) -> View | None:
        """Return where a job is, its clip, or why it failed."""
        state = _STATES.get(str(answer.data.get("status")))
        if state is JobState.FAILED:
            said = str(answer.data.get("error") or "")
            return View(state=state, error=failed(said, self.name, job))
        if state is not JobState.SUCCEEDED:
            return None if state is None else View(state=state)
        output = answer.data.get("output")
        url = output[0] if isinstance(output, list) and output else output
        if not isinstance(url, str) or not url:
            error = failed("it is done and has no clip", self.name, job)
            return View(state=JobState.FAILED, error=error)
        return View(state=state, url=url, charged=True)

    def cancel(self, path: str) -> Call:
        """Return what asks for a job's end."""
        return Call("POST", f"{path}/cancel")
