"""Hugging Face for MiniStudio: open video models, run by others or on endpoints of your own.

Only the description lives here; the SDK is imported when the first clip is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import PromptCompilerSpec, VideoProviderSpec, cards_beside, hookimpl
from ministudio_hf._settings import ENDPOINT_SETTINGS, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ministudio_prompt_compilers", "ministudio_video_providers"]

_HOMEPAGE = "https://huggingface.co/docs/inference-providers"
_SETUP = """\
Open the page of the model on https://huggingface.co and accept its licence, where it asks for that.
Have credits at https://huggingface.co/settings/billing: what is rendered is billed there."""


@hookimpl
def ministudio_video_providers() -> Iterable[VideoProviderSpec]:
    """Describe the router's jobs, the one route that only blocks, and dedicated endpoints."""
    yield VideoProviderSpec(
        name="hf",
        factory="ministudio_hf.provider:RouterProvider",
        summary="Open models through Hugging Face Inference Providers; jobs can be resumed.",
        models=cards_beside(__file__),
        settings=SETTINGS,
        homepage=_HOMEPAGE,
        look_over="ministudio_hf.advice:look_over",
        setup=_SETUP,
    )
    yield VideoProviderSpec(
        name="hf-novita",
        factory="ministudio_hf.blocking:NovitaProvider",
        summary="Open models at Novita: one long call, so a clip lost on the way stays lost.",
        models=cards_beside(__file__, "novita.toml"),
        settings=SETTINGS,
        homepage=_HOMEPAGE,
        look_over="ministudio_hf.advice:look_over_novita",
    )
    yield VideoProviderSpec(
        name="hf-endpoint",
        factory="ministudio_hf.endpoint:EndpointProvider",
        summary="A dedicated Inference Endpoint of yours: started, called, and scaled to zero.",
        models=cards_beside(__file__, "endpoint.toml"),
        settings=ENDPOINT_SETTINGS,
        homepage="https://huggingface.co/docs/inference-endpoints",
        look_over="ministudio_hf.advice:look_over_endpoint",
    )


@hookimpl
def ministudio_prompt_compilers() -> Iterable[PromptCompilerSpec]:
    """Describe who speaks the dialect of each family."""
    for dialect, family in (
        ("wan", "Wan"),
        ("ltx", "LTX"),
        ("hunyuan", "HunyuanVideo"),
        ("cogvideo", "CogVideoX"),
    ):
        yield PromptCompilerSpec(
            name=f"hf-{dialect}",
            factory=f"ministudio_hf.prompts:{dialect}",
            summary=f"Prompts for {family} as its makers advise them.",
            dialects=[dialect],
        )
