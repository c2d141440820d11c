"""Paintbox for MiniStudio: what it offers and needs, and nothing that takes long to import."""

from collections.abc import Iterator

from ministudio.plugin import Setting, SettingKind, VideoProviderSpec, cards_beside, hookimpl

KEY = Setting(
    name="PAINTBOX_API_KEY",
    help="The key that Paintbox is asked with.",
    category="Video generation: Paintbox",
    secret=True,
    required=True,
    where_to_get="https://paintbox.example/keys",
)
URL = Setting(
    name="PAINTBOX_URL",
    help="Where Paintbox is asked.",
    category="Video generation: Paintbox",
    kind=SettingKind.URL,
    default="https://api.paintbox.example/v1",
)


@hookimpl
def ministudio_video_providers() -> Iterator[VideoProviderSpec]:
    """Describe Paintbox; its class is named, and imported when the first clip is asked for."""
    yield VideoProviderSpec(
        name="paintbox",
        factory="ministudio_paintbox.provider:PaintboxProvider",
        summary="Paintbox: clips painted from a prompt.",
        models=cards_beside(__file__),
        settings=[KEY, URL],
    )
