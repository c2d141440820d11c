"""The provider for Paintbox: each step of a job is one call, and each has one meaning."""

from datetime import datetime
from pathlib import Path

import httpx2
from ministudio import plugin as ms

STATES = {"waiting": "queued", "painting": "running", "done": "succeeded", "stopped": "cancelled"}


class PaintboxProvider(ms.HttpVideoProvider):
    """Orders clips from Paintbox."""

    name = "paintbox"

    def connect(self) -> httpx2.AsyncClient:
        """Open connections; called at the first question."""
        headers = {"Authorization": f"Bearer {self.context.required('PAINTBOX_API_KEY')}"}
        return httpx2.AsyncClient(base_url=self.context.address("PAINTBOX_URL"), headers=headers)

    async def prepare(self, request: ms.ClipRequest) -> ms.Prepared:
        """Word the order; nothing is sent yet."""
        order = {"model": request.model, "prompt": request.prompt.text, "seed": request.seed}
        film = {"seconds": request.seconds, "fps": request.fps, "size": str(request.size)}
        return self.prepared(request, order | film)

    async def submit(self, prepared: ms.Prepared) -> ms.JobHandle:
        """Order the clip: one call, one bill."""
        key = {"Idempotency-Key": prepared.idempotency_key}
        async with self.asked("POST", "/renders", json=prepared.payload, headers=key) as reply:
            return self.handle(prepared, reply.json()["id"])

    async def poll(self, job: ms.JobHandle) -> ms.JobStatus:
        """Say where the job is."""
        async with self.asked("GET", f"/renders/{job.id}", job=job) as reply:
            said = reply.json()
            state = ms.JobState(STATES.get(said["status"], said["status"]))
            error, done = self.failed(said.get("error")), said["percent"] / 100
            return ms.JobStatus(state=state, progress=done, error=error)

    async def fetch(self, job: ms.JobHandle, into: Path) -> ms.Clip:
        """Download the clip, and look at it before it is believed."""
        async with self.asked("GET", f"/renders/{job.id}/film", job=job) as reply:
            return await ms.clip_from_stream(reply.aiter_bytes(), into / "clip.mp4")

    async def find(self, prepared: ms.Prepared, since: datetime) -> ms.Found | ms.Absent:
        """Look for a job whose submit got no answer, by the key that it was sent with."""
        async with self.asked("GET", "/renders", params={"key": prepared.idempotency_key}) as reply:
            found = reply.json()["renders"]
            return ms.Found(self.handle(prepared, found[0]["id"])) if found else ms.Absent()

    async def cancel(self, job: ms.JobHandle) -> ms.Cancel:
        """Ask for an end; the next polls say what came of it."""
        async with self.asked("DELETE", f"/renders/{job.id}", job=job, also={409}) as reply:
            return ms.Cancel.TOO_LATE if reply.status_code == 409 else ms.Cancel.REQUESTED
