"""Jobs at a made-up service: its desk is a folder, and a job is a file in it."""

import json
from datetime import datetime
from pathlib import Path

import av

from ministudio.plugin import (
    Absent,
    Accepted,
    AuthenticationError,
    Cancel,
    Clip,
    ClipRequest,
    ClipWriter,
    ContentRefused,
    Found,
    JobExpired,
    JobFailed,
    JobHandle,
    JobState,
    JobStatus,
    JobVideoProvider,
    PluginContext,
    Prepared,
    RateLimited,
    Secret,
    Size,
    Unknowable,
    clip_from_file,
    digest,
    file_sha256,
    write_whole,
)


class Jobs(JobVideoProvider):
    """Takes a job, is polled once in vain, and draws when it is fetched."""

    poll_every = 0.02

    def __init__(self, context: PluginContext | None = None) -> None:
        """Look at the key, and at nothing else."""
        super().__init__(context)
        self._key = self.context.settings.get("V1FILM_API_KEY")
        self._dark = self.context.settings.get("V1FILM_LOOK") == "dark"
        self._busy = False

    async def prepare(self, request: ClipRequest) -> Prepared:
        """Make the order ready."""
        if not isinstance(self._key, Secret) or not self._key.reveal():
            raise AuthenticationError(
                "v1film got no key", provider=self.name, accepted=Accepted.NO, hint="set it"
            )
        order = {
            "prompt": request.prompt.text,
            "seconds": request.seconds,
            "fps": request.fps,
            "size": [request.size.width, request.size.height],
            "seed": request.seed,
            "first_frame": request.first_frame.sha256 if request.first_frame else None,
        }
        return Prepared(request=request, payload=order)

    async def submit(self, prepared: Prepared) -> JobHandle:
        """Order it, once."""
        if prepared.request.options.get("fail") == "busy" and not self._busy:
            self._busy = True
            raise RateLimited("v1film is busy", retry_after=0.01, provider=self.name)
        if "refuse me" in prepared.payload["prompt"]:
            raise ContentRefused(
                "v1film will not film this",
                reasons=["asked not to"],
                provider=self.name,
                accepted=Accepted.NO,
            )
        id_ = digest([prepared.idempotency_key, prepared.payload], 12)
        job = {"order": prepared.payload, "polls": 0, "state": "running"}
        write_whole(self._file(id_), json.dumps(job))
        return JobHandle(
            provider=self.name, model=prepared.request.model, id=id_, data={"form": "file"}
        )

    async def poll(self, job: JobHandle) -> JobStatus:
        """Say how far it is."""
        held = self._held(job)
        if held["state"] == "cancelled":
            return JobStatus(state=JobState.CANCELLED, charged=False)
        held["polls"] += 1
        write_whole(self._file(job.id), json.dumps(held))
        if "fail me" in held["order"]["prompt"]:
            error = JobFailed("the film tore", provider=self.name, charged=False)
            return JobStatus(state=JobState.FAILED, error=error, charged=False)
        if held["polls"] < 2:
            return JobStatus(state=JobState.RUNNING, progress=0.5, eta=0.01)
        return JobStatus(state=JobState.SUCCEEDED, progress=1.0, charged=True)

    async def fetch(self, job: JobHandle, into: Path) -> Clip:
        """Draw what was ordered."""
        order = self._held(job)["order"]
        frame = av.VideoFrame(*order["size"], "yuv420p")
        bright = 40 if self._dark else 160
        for plane, value in zip(frame.planes, (bright, order["seed"] % 200, 128), strict=True):
            plane.update(bytes([value]) * plane.buffer_size)
        with ClipWriter.open(into / "clip.mp4", Size(*order["size"]), order["fps"]) as clip:
            for _ in range(round(order["seconds"] * order["fps"])):
                clip.write(frame)
        made = clip_from_file(
            into / "clip.mp4",
            seed=order["seed"],
            cost_reported=11_000,
            provider_meta={"job": job.id},
            notes=["it came out plain"],
        )
        assert made.sha256 == file_sha256(made.path)
        return made

    async def find(self, prepared: Prepared, since: datetime) -> Found | Absent | Unknowable:
        """Look for a job whose order was not answered."""
        if not prepared.idempotency_key:
            return Unknowable()
        id_ = digest([prepared.idempotency_key, prepared.payload], 12)
        if not self._file(id_).exists():
            return Absent()
        return Found(JobHandle(provider=self.name, model=prepared.request.model, id=id_))

    async def cancel(self, job: JobHandle) -> Cancel:
        """End it, unless it is over."""
        held = self._held(job)
        if held["polls"] >= 2:
            return Cancel.TOO_LATE
        held["state"] = "cancelled"
        write_whole(self._file(job.id), json.dumps(held))
        return Cancel.REQUESTED

    def _held(self, job: JobHandle) -> dict:
        try:
            return json.loads(self._file(job.id).read_text(encoding="utf-8"))
        except OSError:
            raise JobExpired(f"v1film has no job {job.id}", provider=self.name) from None

    def _file(self, id_: str) -> Path:
        assert self.context.folder is not None
        self.context.folder.mkdir(parents=True, exist_ok=True)
        return self.context.folder / f"{id_}.json"
