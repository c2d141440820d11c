"""Google's video models: Gemini Omni and Veo on Vertex AI, and open models on own endpoints.

Only the description lives here; Google's libraries are imported when the first clip is ordered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import PromptCompilerSpec, VideoProviderSpec, cards_beside, hookimpl
from ministudio_vertex._settings import ENDPOINT, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ministudio_prompt_compilers", "ministudio_video_providers"]

_PAGE = "https://cloud.google.com/vertex-ai/generative-ai/docs/video/overview"
_SETUP = """\
Switch the API on: gcloud services enable aiplatform.googleapis.com
Sign in, or set one of the credentials above: gcloud auth application-default login
Give the account the role roles/aiplatform.user in the project, and nothing wider.
"""


@hookimpl
def ministudio_video_providers() -> Iterable[VideoProviderSpec]:
    """Describe Google's own models, and the models that users deploy themselves."""
    yield VideoProviderSpec(
        name="vertex",
        factory="ministudio_vertex.provider:VertexAIProvider",
        summary="Gemini Omni and Veo on Google's Vertex AI: jobs that can be taken up again.",
        models=cards_beside(__file__),
        settings=SETTINGS,
        homepage=_PAGE,
        look_over="ministudio_vertex.advice:look_over",
        setup=_SETUP,
    )
    yield VideoProviderSpec(
        name="vertex-endpoint",
        factory="ministudio_vertex.endpoint:VertexEndpointProvider",
        summary="A model on your own Vertex endpoint: one blocking call, which nobody can resume.",
        models=cards_beside(__file__, "endpoint_models.toml"),
        settings=ENDPOINT,
        homepage="https://cloud.google.com/vertex-ai/docs/predictions/overview",
        look_over="ministudio_vertex.advice:look_over_endpoint",
        setup=_SETUP,
    )


@hookimpl
def ministudio_prompt_compilers() -> Iterable[PromptCompilerSpec]:
    """Describe how prompts for the two families are put."""
    yield PromptCompilerSpec(
        name="vertex-veo",
        factory="ministudio_vertex.prompts:veo",
        summary="Prompts for Veo: the camera first, what is heard in cues of its own.",
        dialects=["veo"],
    )
    yield PromptCompilerSpec(
        name="vertex-omni",
        factory="ministudio_vertex.prompts:omni",
        summary="Prompts for Gemini Omni: negatives in words, one continuous shot.",
        dialects=["omni"],
    )
