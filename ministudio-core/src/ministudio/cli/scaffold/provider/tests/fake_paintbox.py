"""How Paintbox speaks, for a service on this machine that answers and fails in its place."""

from collections.abc import Mapping, Sequence
from typing import Any

from ministudio.testing import Call, JobView, Order, Request, Wire

STATES = {"queued": "waiting", "running": "painting", "succeeded": "done", "cancelled": "stopped"}


class PaintboxWire(Wire):
    """Reads what Paintbox's clients send, and words what it answers."""

    def read(self, request: Request) -> Call | None:
        """Say which request is which step of a job."""
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

    def order(self, request: Request) -> Order:
        """Say what was ordered."""
        said = request.json
        width, height = map(int, said["size"].split("x"))
        facts = {name: said[name] for name in ("prompt", "seconds", "fps", "seed")}
        return Order(width=width, height=height, **facts)

    def job(self, view: JobView) -> Mapping[str, Any]:
        """Word a job as it stands."""
        status = STATES.get(view.state, view.state.value)
        said = {"id": view.id, "status": status, "percent": round(100 * view.progress)}
        if view.trouble is not None:
            said["error"] = {"code": view.trouble.code, "message": view.trouble.message}
        return said

    def listing(self, views: Sequence[JobView]) -> Mapping[str, Any]:
        """Word the answer to a search."""
        return {"renders": [self.job(view) for view in views]}
