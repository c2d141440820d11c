"""The provider of models that users deploy themselves: one blocking call, one clip."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any

import attrs
from google.cloud import aiplatform

from ministudio.plugin import (
    BlockingVideoProvider,
    Clip,
    ClipRequest,
    ConfigError,
    JobFailed,
    MiniStudioError,
    PluginContext,
    Progress,
    clip_from_file,
    whole_file,
)
from ministudio_vertex import _errors, _storage
from ministudio_vertex._clients import Google
from ministudio_vertex._credentials import text_of
from ministudio_vertex._endpoint_mapping import asked, found
from ministudio_vertex._errors import Doing, Where
from ministudio_vertex.options import EndpointOptions, read_options

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["VertexEndpointProvider"]


class VertexEndpointProvider(BlockingVideoProvider):
    """Asks a model on the user's own Vertex endpoint for a clip, and waits for the answer.

    There is no job that could be found again: a call whose answer is lost may have been worked
    on, and nobody can say.

    Raises:
        ConfigError: When an option is not right.
    """

    name = "vertex-endpoint"

    def __init__(self, context: PluginContext | None = None) -> None:
        super().__init__(context)
        self._options = read_options(self.context.options, EndpointOptions, self.name)
        self._google = Google(
            self.context.settings,
            self.name,
            project=self._options.project,
            location=self._options.location,
            timeout=self._options.timeout,
        )

    def generate_blocking(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Ask for one prediction: one request, and no other if it fails.

        Raises:
            ConfigError: When no endpoint or project is named.
            ProviderError: When the endpoint could not make the clip.
        """
        given = {**self.context.options, **request.options}
        options = read_options(given, EndpointOptions, self.name)
        instance, parameters = asked(request, options, self.name)
        endpoint = self._endpoint(request.model, options)
        progress(None, "waiting for the endpoint")
        try:
            answer = endpoint.predict(
                instances=[instance], parameters=parameters, timeout=options.timeout
            )
        except Exception as error:
            raise _errors.of_exception(
                error, self._where(request.model, Doing.SUBMITTING)
            ) from error
        path = into / "endpoint.mp4"
        with whole_file(path) as part:
            self._written(answer.predictions, part, request.model)
            clip = clip_from_file(part, seed=request.seed, provider_meta=_said_of(answer))
        return attrs.evolve(clip, path=path)

    async def aclose(self) -> None:
        """Close the connections."""
        self._google.close()

    def _endpoint(self, model: str, options: EndpointOptions) -> aiplatform.Endpoint:
        """Look the endpoint up: unpaid, and nothing is made if it fails."""
        id_ = (options.endpoints or {}).get(model) or options.endpoint
        id_ = id_ or text_of(self.context.settings, "VERTEX_ENDPOINT_ID")
        if not id_:
            raise ConfigError(
                f"no endpoint is named for {model}",
                hint="set VERTEX_ENDPOINT_ID, or  options.endpoint  under "
                "[provider.vertex-endpoint]",
            )
        project, url = self._google.project, self._google.url("VERTEX_BASE_URL")
        try:
            # The library keeps address and transport for the whole process.
            aiplatform.init(
                project=project,
                location=self._google.location,
                credentials=self._google.access.credentials,
                api_endpoint=url,
                api_transport="rest",
            )
            return aiplatform.Endpoint(id_)
        except MiniStudioError:
            raise
        except Exception as error:
            raise _errors.of_exception(error, self._where(model, Doing.PREPARING)) from error

    def _written(self, predictions: Any, path: Path, model: str) -> None:
        clip = found(predictions)
        if clip is None:
            raise JobFailed(
                f"the endpoint of {model} answered without a clip",
                provider=self.name,
                hint="it must answer with an MP4, in base64 or as gs://; see the plugin's page",
            )
        if not clip.startswith("gs://"):
            path.write_bytes(b64decode(clip))
            return
        try:
            store = self._google.storage(self._google.project)
            _storage.download(store, clip, path, self._options.timeout)
        except Exception as error:
            where = self._where(model, Doing.FETCHING, storage=True)
            raise _errors.of_exception(error, where) from error

    def _where(self, model: str, doing: Doing, *, storage: bool = False) -> Where:
        return Where(
            provider=self.name,
            model=model,
            location=self._google.location,
            doing=doing,
            storage=storage,
        )


def _said_of(answer: Any) -> Mapping[str, object]:
    return {"deployed_model": str(answer.deployed_model_id or "")}
