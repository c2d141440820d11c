"""A provider as it was written for hook API 1: a service that takes jobs, and two plain ones."""

from collections.abc import Iterator

from ministudio.plugin import (
    Billing,
    Capability,
    DurationRange,
    ModelCard,
    RunsIn,
    Setting,
    SettingKind,
    Support,
    VideoProviderSpec,
    cards_beside,
    hookimpl,
    permissive_card,
)

KEY = Setting(
    name="V1FILM_API_KEY",
    aliases=("V1FILM_KEY",),
    help="Opens the made-up service.",
    category="Video generation: V1 Film",
    secret=True,
    required=True,
    where_to_get="https://v1film.example/keys",
)
LOOK = Setting(
    name="V1FILM_LOOK",
    kind=SettingKind.CHOICE,
    choices=("light", "dark"),
    default="light",
    help="How bright its pictures are.",
    category="Video generation: V1 Film",
)


@hookimpl
def ministudio_video_providers() -> Iterator[VideoProviderSpec]:
    """Describe the providers."""
    yield VideoProviderSpec(
        name="v1film",
        factory="ministudio_v1film.jobs:Jobs",
        summary="Takes jobs.",
        models=cards_beside(__file__),
        settings=[KEY, LOOK],
        billing=Billing.PAID,
        idempotent_submit=True,
        settle_after=0.5,
        homepage="https://v1film.example",
        look_over="ministudio_v1film.advice:look_over",
        check_up="ministudio_v1film.advice:check_up",
        counter="ministudio_v1film.advice:counter",
        setup="Ask for an account.",
    )
    yield VideoProviderSpec(
        name="v1film-plain",
        factory="ministudio_v1film.plain:Plain",
        summary="Makes clips in one go.",
        models=[permissive_card("plain-1")],
        billing=Billing.FREE,
    )
    yield VideoProviderSpec(
        name="v1film-worker",
        factory="ministudio_v1film.plain:Blocking",
        summary="Makes clips in a process of its own.",
        models=[
            ModelCard(
                id="worker-1",
                title="Worker",
                durations=DurationRange(1, 5, 0.5),
                capabilities={Capability.TEXT: Support.FULL},
                free=True,
            )
        ],
        billing=Billing.FREE,
        runs_in=RunsIn.WORKER,
        reads_story=True,
        pixels_version=2,
    )
