"""Easel for MiniStudio: what it offers and needs."""

from collections.abc import Iterator

from ministudio.plugin import Setting, SettingKind, VideoProviderSpec, cards_beside, hookimpl

KEY = Setting(
    name="EASEL_API_KEY",
    help="The key that Easel is asked with.",
    category="Video generation: Easel",
    secret=True,
    required=True,
    where_to_get="https://easel.example/keys",
)
URL = Setting(
    name="EASEL_URL",
    help="Where Easel is asked.",
    category="Video generation: Easel",
    kind=SettingKind.URL,
    default="https://api.easel.example/v1",
)


@hookimpl
def ministudio_video_providers() -> Iterator[VideoProviderSpec]:
    """Describe Easel."""
    yield VideoProviderSpec(
        name="easel",
        factory="ministudio_easel.provider:Easel",
        summary="Easel: clips painted from a prompt.",
        models=cards_beside(__file__),
        settings=[KEY, URL],
    )
