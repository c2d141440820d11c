"""Clips of a dedicated Inference Endpoint: woken, called once a clip, scaled to zero when asked."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Final

import attrs
import httpx2
from huggingface_hub import HfApi, InferenceEndpoint
from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled

from ministudio.plugin import (
    Accepted,
    BaseVideoProvider,
    Clip,
    ClipRequest,
    ConfigError,
    InvalidRequest,
    PluginContext,
    Progress,
    ProviderUnavailable,
    Secret,
    clip_from_file,
    safe_address,
    whole_file,
)
from ministudio_hf import _errors
from ministudio_hf._client import Answer, Client, NoAnswer, Unreachable
from ministudio_hf._mapping import ask_of, data_url, parameters_of, refuse_what_is_not_sent
from ministudio_hf._settings import HUB_URL
from ministudio_hf._video import video_in
from ministudio_hf.options import EndpointOptions, read_options

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["EndpointProvider"]

_OK: Final = 200
_LOOK_PATIENCE: Final = 30.0


class EndpointProvider(BaseVideoProvider):
    """Calls an endpoint of the user's; a clip lost on the way cannot be found again.

    Raises:
        ConfigError: When an option or an address is not right.
    """

    name = "hf-endpoint"

    def __init__(self, context: PluginContext | None = None) -> None:
        super().__init__(context)
        settings = self.context.settings
        token = settings.get("HF_TOKEN")
        self._token = token if isinstance(token, Secret) else None
        self._options = read_options(EndpointOptions, self.context.options, self.name)
        named = str(settings.get("HF_DEDICATED_ENDPOINT", ""))
        if not named:
            raise ConfigError(
                "hf-endpoint needs the name of an endpoint",
                hint="set HF_DEDICATED_ENDPOINT to the one at https://endpoints.huggingface.co",
            )
        self._namespace, _, self._endpoint = named.rpartition("/")
        hub, _ = safe_address(str(settings.get("HF_ENDPOINT", HUB_URL)), "HF_ENDPOINT")
        self._api = HfApi(endpoint=hub, token=self._token.reveal() if self._token else False)
        self._client: Client | None = None
        self._found: InferenceEndpoint | None = None
        self._starting = asyncio.Lock()

    async def generate(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Wait for the endpoint to run, and call it once.

        Raises:
            ProviderError: With ``accepted`` saying whether it may have been called.
        """
        refuse_what_is_not_sent(request, self.name)
        body = await asyncio.to_thread(self._body, request)
        async with self._starting:
            client = self._client or await self._started(progress)
            self._client = client
        progress(None, "rendering")
        try:
            answer = await client.ask(
                "POST",
                "",
                body,
                {"Accept": "video/mp4"},
                patience=self._options.patience,
                once=True,
            )
        except (Unreachable, NoAnswer) as trouble:
            sent = isinstance(trouble, NoAnswer)
            raise _errors.of_silence(trouble, self.name, "while rendering", sent=sent) from trouble
        if not answer.good:
            # It may have gone to sleep since: the next clip looks again.
            self._client = None
            await client.aclose()
            raise _errors.of_answer(answer, self.name, "to the order", request.model)
        if answer.headers.get("content-type", "").startswith("text/html"):
            # A page of somebody in between, which calls itself a success.
            raise ProviderUnavailable(
                f"{self.name} got a web page instead of a clip", provider=self.name
            )
        path, film = into / "clip.mp4", video_in(answer, self.name)
        with whole_file(path) as part:
            await asyncio.to_thread(part.write_bytes, film)
            meta = {"endpoint": self._endpoint}
            clip = await asyncio.to_thread(
                clip_from_file, part, seed=request.seed, provider_meta=meta
            )
        return attrs.evolve(clip, path=path)

    async def aclose(self) -> None:
        """Scale the endpoint to zero where that was asked for, and close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()
        if self._found is not None and self._options.scale_to_zero:
            await self._asked(self._found.scale_to_zero, "to scale to zero")

    def _body(self, request: ClipRequest) -> dict[str, Any]:
        """The endpoint's own form: inputs, and parameters as the Hub's schema names them."""
        picture = request.first_frame
        ask = ask_of(request, self._options, model=request.model, provider_model=request.model)
        parameters = {
            **parameters_of(ask),
            "fps": ask.fps,
            "width": ask.size.width,
            "height": ask.size.height,
        }
        if picture is not None:
            return {
                "inputs": data_url(picture.path),
                "parameters": {"prompt": ask.prompt, **parameters, **ask.extra},
            }
        return {"inputs": ask.prompt, "parameters": {**parameters, **ask.extra}}

    async def _started(self, progress: Progress) -> Client:
        """Wait until the endpoint runs and answers, waking or resuming it where need be.

        Raises:
            ProviderUnavailable: When it does not run in time, or cannot.
            InvalidRequest: When it is paused, and may not be resumed.
        """
        options, asked_to_resume = self._options, False
        deadline = time.monotonic() + options.wait
        while True:
            found = self._found = await self._asked(self._look, "to a look at the endpoint")
            state = str(getattr(found.status, "value", found.status))
            progress(None, f"endpoint {state}")
            if state in {"failed", "updateFailed"}:
                raise self._not_running(f"is {state}", "see its log on the Hub")
            if state == "paused" and not asked_to_resume:
                if not options.resume:
                    raise InvalidRequest(
                        f"the endpoint {self._endpoint} is paused",
                        provider=self.name,
                        hint="resume it on the Hub, or write  options.resume = true , which "
                        "starts it and costs money until it is paused again",
                    )
                asked_to_resume = True
                await self._asked(found.resume, "to resume the endpoint")
            elif found.url is not None and state in {"running", "scaledToZero"}:
                address, _ = safe_address(found.url, "the endpoint's address")
                client = Client(address, self._token)
                if await self._healthy(client, found.health_route):
                    return client
                await client.aclose()
            if time.monotonic() >= deadline:
                raise self._not_running(
                    f"does not run after {options.wait:g} s: it is {state}",
                    "give it more time with  options.wait , or look at it on the Hub",
                )
            await asyncio.sleep(options.refresh_every)

    async def _healthy(self, client: Client, route: str | None) -> bool:
        """Whether it answers; asking is also what wakes an endpoint that is scaled to zero."""
        path = f"/{(route or '').lstrip('/')}"
        try:
            answer = await client.ask("GET", path, patience=_LOOK_PATIENCE)
        except (Unreachable, NoAnswer):
            return False
        return answer.status == _OK

    def _look(self) -> InferenceEndpoint:
        return self._api.get_inference_endpoint(self._endpoint, namespace=self._namespace or None)

    async def _asked(self, call: Callable[[], InferenceEndpoint], doing: str) -> InferenceEndpoint:
        """Ask the Hub something about the endpoint; none of it is paid for by the clip."""
        try:
            return await asyncio.to_thread(call)
        except HfHubHTTPError as error:
            found = error.response
            headers = {name.lower(): value for name, value in found.headers.items()}
            answer = Answer(found.status_code, headers, found.content)
            made = _errors.of_answer(answer, self.name, doing)
            if found.status_code == 404:  # noqa: PLR2004 - HTTP's own number
                whose = self._namespace or "the token's owner"
                made.hint = (
                    f"{whose} has no endpoint {self._endpoint!r}: see "
                    "https://endpoints.huggingface.co for its name, and write NAMESPACE/NAME "
                    "into HF_DEDICATED_ENDPOINT"
                )
            made.accepted = Accepted.NO
            raise made from error
        except (OfflineModeIsEnabled, httpx2.HTTPError, OSError) as error:
            raise ProviderUnavailable(
                f"{self.name} could not be reached {doing}: {str(error) or type(error).__name__}",
                provider=self.name,
                accepted=Accepted.NO,
            ) from error
        except (KeyError, TypeError, ValueError) as error:
            raise ProviderUnavailable(
                f"{self.name} got an answer {doing} that describes no endpoint",
                provider=self.name,
                accepted=Accepted.NO,
            ) from error

    def _not_running(self, what: str, hint: str) -> ProviderUnavailable:
        return ProviderUnavailable(
            f"the endpoint {self._endpoint} {what}",
            provider=self.name,
            accepted=Accepted.NO,
            hint=hint,
        )
