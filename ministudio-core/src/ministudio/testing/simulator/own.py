"""The simulator's own way of speaking: the wire that ``SimulatorProvider`` is made for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ministudio.plugin import AspectRatio, Resolution, frame_size
from ministudio.testing.simulator.exchange import said
from ministudio.testing.simulator.wire import Call, Order, Wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.testing.simulator.exchange import Reply, Request
    from ministudio.testing.simulator.wire import JobView

__all__ = ["SimulatorWire"]


class SimulatorWire(Wire):
    """Jobs at ``/jobs``, clips at ``/files``, pictures at ``/uploads``; JSON throughout."""

    def read(  # noqa: PLR0911 - one line for each route
        self, request: Request
    ) -> Call | None:
        """Return what a request asks for; a submit names its queue in its body."""
        query = request.query
        match request.method, *request.path:
            case "PUT", "uploads", sha256:
                return Call("upload", upload=sha256)
            case "POST", "jobs":
                return Call("submit", key=request.headers.get("idempotency-key", ""))
            case "GET", "jobs":
                return Call("find", key=query.get("key", ""), queue=query.get("queue", ""))
            case "GET", "jobs", job:
                return Call("poll", job)
            case "DELETE", "jobs", job:
                return Call("cancel", job)
            case "GET", "files", name:
                return Call("fetch", name.removesuffix(".mp4"), link=query.get("link", ""))
        return None

    def order(self, request: Request) -> Order:
        """Return what a submit asks for; it must say everything that a clip's look depends on."""
        order = request.json
        ratio, lines = AspectRatio(str(order["aspect_ratio"])), Resolution(str(order["resolution"]))
        size = frame_size(ratio, lines)
        pictures = {order.get("first_frame"), order.get("last_frame")}
        pictures |= set(order.get("references", ()))
        return Order(
            prompt=order["prompt"],
            seconds=float(str(order["seconds"])),
            fps=int(str(order["fps"])),
            width=size.width,
            height=size.height,
            seed=order.get("seed"),
            audio=bool(order.get("audio")),
            uploads=pictures - {None},
            queue=str(order.get("queue", "")),
        )

    def job(self, view: JobView) -> Mapping[str, Any]:
        """Return what a poll answers; a finished job has a link, a failed one an error."""
        data: dict[str, Any] = {"id": view.id, "queue": view.queue, "state": view.state.value}
        data |= {"progress": view.progress, "charged": view.charged}
        if view.eta is not None:
            data["eta"] = view.eta
        if view.link is not None:
            data["link"] = f"/files/{view.id}.mp4?link={view.link}"
            data["expires_at"] = view.expires_at
            data["clip"] = {"seconds": view.seconds, "width": view.width, "height": view.height}
            data["clip"] |= {"fps": view.fps, "sound": view.audio, "hue": view.hue}
            data["clip"] |= {"seed": view.seed}
            data["cost"] = view.micros
        elif view.trouble is not None:
            data["error"] = {"code": view.trouble.code, "message": view.trouble.message}
            if view.trouble.reasons:
                data["error"]["reasons"] = view.trouble.reasons
        return data

    def taken(self, view: JobView) -> Reply:
        """Return the new job's id, and nothing else."""
        return said({"id": view.id}, 202)

    def stopped(self, view: JobView) -> Reply:
        """Return that the cancel was heard."""
        del view
        return said({"cancel": "requested"}, 202)
