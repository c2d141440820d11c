"""Paintbox, a made-up service: how it speaks."""

from __future__ import annotations

from typing import Any

from ministudio.testing import Call, JobView, Order, Wire

STATES = {
    "queued": "waiting",
    "running": "painting",
    "succeeded": "done",
    "failed": "failed",
    "cancelled": "stopped",
}


class PaintboxWire(Wire):
    """Renders at ``/v1/renders``; their films have an address that never changes."""

    def read(self, request) -> Call | None:
        match request.method, *request.path:
            case "POST", "v1", "renders":
                return Call("submit", key=request.headers.get("idempotency-key", ""))
            case "GET", "v1", "renders":
                return Call("find", key=request.query.get("key", ""))
            case "GET", "v1", "renders", job:
                return Call("poll", job)
            case "GET", "v1", "renders", job, "film":
                return Call("fetch", job)
            case "DELETE", "v1", "renders", job:
                return Call("cancel", job)
        return None

    def order(self, request) -> Order:
        said = request.json
        known = {name: said[name] for name in ("width", "height", "seed") if name in said}
        return Order(prompt=said["prompt"], seconds=said["seconds"], **known)

    def job(self, view: JobView) -> dict[str, Any]:
        said: dict[str, Any] = {"id": view.id, "status": STATES[view.state]}
        said["percent"] = round(100 * view.progress)
        if view.trouble is not None:
            said["error"] = {"code": view.trouble.code, "message": view.trouble.message}
        return said

    def listing(self, views):
        return {"renders": [self.job(view) for view in views]}
