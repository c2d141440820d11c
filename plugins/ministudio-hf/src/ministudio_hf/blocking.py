"""Clips of Novita: one long call that orders, waits and answers, and leaves no job to find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import (
    Accepted,
    BaseVideoProvider,
    Clip,
    ClipRequest,
    JobExpired,
    PluginContext,
    Progress,
    ProviderError,
    Secret,
    safe_address,
)
from ministudio_hf import _errors
from ministudio_hf._client import Client, NoAnswer, Unreachable
from ministudio_hf._hub import Hub, choose
from ministudio_hf._mapping import ask_of, parameters_of, refuse_what_is_not_sent
from ministudio_hf._settings import HUB_URL, ROUTER_URL
from ministudio_hf.families import size_notes
from ministudio_hf.options import CommonOptions, read_options
from ministudio_hf.provider import downloaded

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio_hf._client import Answer

__all__ = ["NovitaProvider"]

_ROUTE = "novita"
_LONGEST_CALL = 1800.0


class NovitaProvider(BaseVideoProvider):
    """Orders clips from Novita through the router, as the SDK's source has it; untried live.

    Raises:
        ConfigError: When an option or an address is not right.
    """

    name = "hf-novita"

    def __init__(self, context: PluginContext | None = None) -> None:
        super().__init__(context)
        settings = self.context.settings
        token = settings.get("HF_TOKEN")
        secret = token if isinstance(token, Secret) else None
        self._options = read_options(CommonOptions, self.context.options, self.name)
        router, _ = safe_address(str(settings.get("HF_ROUTER_URL", ROUTER_URL)), "HF_ROUTER_URL")
        hub, _ = safe_address(str(settings.get("HF_ENDPOINT", HUB_URL)), "HF_ENDPOINT")
        self._client = Client(router, secret, self._options.bill_to)
        self._hub = Hub(hub, secret, self.name)

    async def generate(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Order one clip and wait for it; what is lost on the way cannot be found again.

        Raises:
            ProviderError: With ``accepted`` saying whether it may have been paid for.
        """
        refuse_what_is_not_sent(request, self.name, picture=False)
        served = await self._hub.who_serves(request.model, self._options.patience)
        chosen = choose(served, request.model, "text-to-video", _ROUTE, self.name)
        ask = ask_of(request, self._options, model=request.model, provider_model=chosen.model)
        body = {"prompt": ask.prompt, **parameters_of(ask), **ask.extra}
        progress(None, "waiting for Novita")
        try:
            answer = await self._client.ask(
                "POST", f"/{_ROUTE}/v3/hf/{ask.model}", body, patience=_LONGEST_CALL, once=True
            )
        except (Unreachable, NoAnswer) as trouble:
            sent = isinstance(trouble, NoAnswer)
            raise _errors.of_silence(trouble, self.name, "while waiting", sent=sent) from trouble
        url = self._url(answer, request.model)
        try:
            clip = await downloaded(
                self._client,
                url,
                into / "clip.mp4",
                self.name,
                silence=self._options.patience,
                seed=request.seed,
                provider_meta={"route": _ROUTE},
                notes=size_notes(request.model),
            )
        except ProviderError as error:
            # The clip exists and is paid for, whatever its download met with.
            error.accepted, error.charged = Accepted.UNKNOWN, True
            raise
        if clip is None:
            raise JobExpired(
                f"{self.name} made a clip that is no longer where it said",
                provider=self.name,
                charged=True,
            )
        return clip

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    def _url(self, answer: Answer, model: str) -> str:
        if not answer.good:
            raise _errors.of_answer(answer, self.name, "to the order", model)
        video = answer.data.get("video")
        url = video.get("video_url") if isinstance(video, dict) else None
        if not isinstance(url, str) or not url:
            raise _errors.no_job(answer, self.name)
        return url
