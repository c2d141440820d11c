"""Open video models on the user's own machine, through diffusers: free, and nothing leaves it.

Only the description lives here; torch is imported by the worker process that makes the clips.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import (
    Billing,
    PromptCompilerSpec,
    RunsIn,
    Setting,
    SettingKind,
    VideoProviderSpec,
    cards_beside,
    hookimpl,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ministudio_prompt_compilers", "ministudio_video_providers"]

_SETTINGS = (
    Setting(
        name="LOCAL_MODEL_PATH",
        help="A folder that holds a model for diffusers, or several in folders of their own.",
        category="Video generation: local models",
        kind=SettingKind.PATH,
    ),
    Setting(
        name="LOCAL_MODEL_DEVICE",
        help="The device that local models run on, where the option device says nothing else.",
        category="Video generation: local models",
        kind=SettingKind.CHOICE,
        choices=("auto", "cuda", "rocm", "mps", "xpu", "cpu"),
    ),
    Setting(
        name="HF_TOKEN",
        aliases=("HF_API_TOKEN", "HUGGING_FACE_HUB_TOKEN"),
        help="A token of the Hugging Face hub, for downloading models with a licence to accept.",
        category="Video generation: Hugging Face",
        secret=True,
        where_to_get="https://huggingface.co/settings/tokens",
    ),
)


@hookimpl
def ministudio_video_providers() -> Iterable[VideoProviderSpec]:
    """Describe the local models."""
    yield VideoProviderSpec(
        name="local",
        factory="ministudio_local.provider:LocalProvider",
        summary="Runs open models on this machine: Wan, LTX, CogVideoX, Hunyuan, Mochi and more.",
        models=cards_beside(__file__),
        settings=_SETTINGS,
        billing=Billing.FREE,
        runs_in=RunsIn.WORKER,
        look_over="ministudio_local.advice:look_over",
        counter="ministudio_local.counting:counter",
        check_up="ministudio_local.checkup:check_up",
    )


@hookimpl
def ministudio_prompt_compilers() -> Iterable[PromptCompilerSpec]:
    """Describe who speaks the families' dialects."""
    for dialect in ("wan", "ltx", "cogvideox", "hunyuan", "animatediff"):
        yield PromptCompilerSpec(
            name=f"local-{dialect}",
            factory=f"ministudio_local.prompts:{dialect}",
            summary=f"Prompts for local models, in the dialect {dialect}.",
            dialects=[dialect],
        )
