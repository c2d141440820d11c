"""The provider for Easel, step by step, so that every step can be got wrong."""

import base64
import time

import httpx2

from ministudio.plugin import (
    Absent,
    Accepted,
    AuthenticationError,
    Cancel,
    ContentRefused,
    Found,
    InvalidRequest,
    JobFailed,
    JobHandle,
    JobState,
    JobStatus,
    JobVideoProvider,
    Prepared,
    ProviderUnavailable,
    clip_from_file,
    error_for_status,
    retry_after,
    whole_file,
)

STATES = {
    "waiting": JobState.QUEUED,
    "painting": JobState.RUNNING,
    "done": JobState.SUCCEEDED,
    "failed": JobState.FAILED,
    "stopped": JobState.CANCELLED,
}


class Easel(JobVideoProvider):
    """Orders clips from Easel."""

    def __init__(self, context=None):
        super().__init__(context)
        self._open = None

    async def prepare(self, request):
        if request.model != "oil-1":
            raise InvalidRequest(f"Easel has no model {request.model}", provider=self.name)
        if request.last_frame or request.references or request.extend:
            raise InvalidRequest("Easel takes a first frame and no more", provider=self.name)
        order = {
            "prompt": request.prompt.text,
            "seconds": request.seconds,
            "fps": request.fps,
            "size": str(request.size),
            "seed": request.seed,
        }
        if request.first_frame is not None:
            picture = request.first_frame.path.read_bytes()
            order["first_frame"] = base64.b64encode(picture).decode()
        return Prepared(request=request, payload=order)

    async def submit(self, prepared):
        headers = {"Idempotency-Key": prepared.idempotency_key}
        said = await self._ask("POST", "/renders", json=prepared.payload, headers=headers)
        return JobHandle(provider=self.name, model=prepared.request.model, id=said["id"])

    async def poll(self, job):
        said = await self._ask("GET", f"/renders/{job.id}", job=job)
        state = STATES[said["status"]]
        error = self._failed(said.get("error"))
        return JobStatus(state=state, progress=said["percent"] / 100, error=error)

    async def fetch(self, job, into):
        path = into / "clip.mp4"
        with whole_file(path) as part:
            await self._download(f"/renders/{job.id}/film", part, job)
            clip_from_file(part)
        return clip_from_file(path)

    async def find(self, prepared, since):
        said = await self._ask("GET", "/renders", params={"key": prepared.idempotency_key})
        if not said["renders"]:
            return Absent()
        id_ = said["renders"][0]["id"]
        return Found(JobHandle(provider=self.name, model=prepared.request.model, id=id_))

    async def cancel(self, job):
        try:
            await self._ask("DELETE", f"/renders/{job.id}", job=job)
        except InvalidRequest:
            return Cancel.TOO_LATE
        return Cancel.REQUESTED

    async def aclose(self):
        client, self._open = self._open, None
        if client is not None:
            await client.aclose()

    def _client(self):
        if self._open is None:
            key = self.context.settings.get("EASEL_API_KEY")
            if key is None:
                raise AuthenticationError(
                    "EASEL_API_KEY is not set", provider=self.name, hint="set it"
                )
            self._open = httpx2.AsyncClient(
                base_url=str(
                    self.context.settings.get("EASEL_URL", "https://api.easel.example/v1")
                ),
                headers={"Authorization": f"Bearer {key.reveal()}"},
                timeout=self.context.options.get("patience", 30.0),
            )
        return self._open

    async def _ask(self, method, path, job=None, **sent):
        try:
            answer = await self._client().request(method, path, **sent)
        except httpx2.ConnectError:
            raise ProviderUnavailable(
                "Easel is not there", provider=self.name, accepted=Accepted.NO, hint="try later"
            ) from None
        except httpx2.HTTPError:
            raise ProviderUnavailable("Easel gave no answer", provider=self.name) from None
        if answer.status_code >= 300:
            raise self._error(answer, job)
        try:
            return answer.json()
        except ValueError:
            raise ProviderUnavailable("Easel answered no JSON", provider=self.name) from None

    async def _download(self, path, part, job):
        try:
            async with self._client().stream("GET", path) as answer:
                if answer.status_code != 200:
                    await answer.aread()
                    raise self._error(answer, job)
                with part.open("wb") as file:
                    async for piece in answer.aiter_bytes():
                        file.write(piece)
        except httpx2.HTTPError:
            raise ProviderUnavailable("the download broke off", provider=self.name) from None

    def _error(self, answer, job):
        said = _trouble(answer)
        message = f"Easel answered {answer.status_code}: {said.get('message', 'no reason')}"
        if said.get("code") == "content":
            return ContentRefused(message, provider=self.name, reasons=said.get("reasons", ()))
        return error_for_status(
            answer.status_code,
            message,
            provider=self.name,
            job=job,
            retry_after=retry_after(answer.headers.get("retry-after"), time.time()),
        )

    def _failed(self, said):
        if said is None:
            return None
        if said["code"] == "content":
            return ContentRefused(
                said["message"],
                provider=self.name,
                reasons=[said["message"]],
                accepted=Accepted.UNKNOWN,
            )
        return JobFailed(said["message"], provider=self.name)


def _trouble(answer):
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said.get("error", {}) if isinstance(said, dict) else {}
