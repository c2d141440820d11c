"""The public API as a type checker sees it: `nox -s types` checks this file, nobody runs it."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

from ministudio import (
    AspectRatio,
    Camera,
    Continuity,
    Film,
    Plan,
    Production,
    ProviderConfig,
    SceneConfig,
    Secret,
    ShotConfig,
    ShotSize,
    Studio,
    VideoConfig,
    VideoOrchestrator,
    load_production,
    loads_production,
    run,
)
from ministudio.adapters import HuggingFaceAdapter, open_provider
from ministudio.plugin import (
    BaseVideoProvider,
    Billing,
    Clip,
    ClipRequest,
    Dialect,
    DialectCompiler,
    Progress,
    VideoProviderSpec,
    hookimpl,
    permissive_card,
)


def a_production_is_written() -> Production:
    shot = ShotConfig(
        action="A lamp goes on.",
        duration="auto",
        camera=Camera(size=ShotSize.WIDE),
        continuity=Continuity.CUT,
    )
    assert_type(shot.narration, str)
    production = Production(title="Lamp", scenes=[SceneConfig(shots=[shot])])
    assert_type(production.aspect_ratio, AspectRatio | None)
    return production


def a_mistake_is_seen() -> None:
    ShotConfig(action="A lamp goes on.", lenght=4)  # type: ignore[call-arg]  # the typo is the point
    ShotConfig()  # type: ignore[call-arg]  # the action is missing, which is the point
    Camera(size=4)  # type: ignore[arg-type]  # a number is no size, which is the point


def a_film_is_rendered() -> None:
    studio = Studio.beside("film.yaml")
    assert_type(load_production("film.yaml"), Production)
    assert_type(loads_production("title: Lamp"), Production)
    plan = studio.plan(a_production_is_written(), providers=["animatic"], video=VideoConfig(seed=7))
    assert_type(plan, Plan)
    film = run(studio.render(plan, Path("film.mp4")))
    assert_type(film, Film)
    assert_type(film.path, Path)
    assert_type(film.seconds, float)


async def a_scene_is_made_with_one_provider_and_then_another(scene: SceneConfig) -> None:
    orchestrator = VideoOrchestrator(Mine(), workspace=Path("films"))
    assert_type(await orchestrator.generate_scene(scene, resubmit=["home"]), Film)
    orchestrator.provider = "animatic"
    assert_type(run(orchestrator.generate_production("film.yaml")), Film)


def an_adapter_opens_a_provider() -> None:
    provider = HuggingFaceAdapter.create("text-to-video-fast", token="not a key", quality="speed")
    assert_type(provider.name, str)
    assert_type(provider.model, str | None)
    assert_type(HuggingFaceAdapter.list_available_models(), list[str])
    assert_type(HuggingFaceAdapter.get_setup_instructions(show=False), str)
    VideoOrchestrator(provider)


def a_dialect_is_data() -> None:
    dialect = Dialect(name="mine", order=["style", "action"], priorities={"texture": 70})
    assert_type(DialectCompiler(dialect).dialect, Dialect)


def a_key_stays_a_secret() -> None:
    config = ProviderConfig(name="vertex", api_key="not a key")
    assert_type(config.api_key, Secret | None)
    VideoOrchestrator(open_provider(config))


class Mine(BaseVideoProvider):
    """One method makes a whole provider."""

    name = "mine"

    async def generate(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Make a clip."""
        progress(0.5, "half way")
        assert_type(request.seconds, float)
        return Clip(
            path=into / "clip.mp4",
            sha256="",
            seconds=request.seconds,
            fps=float(request.fps),
            size=request.size,
            audio=False,
        )


@hookimpl
def ministudio_video_providers() -> list[VideoProviderSpec]:
    """Describe the provider."""
    return [
        VideoProviderSpec(
            name="mine",
            factory="mine:Mine",
            summary="Makes clips my way.",
            models=[permissive_card("mine-1")],
            billing=Billing.FREE,
        )
    ]
