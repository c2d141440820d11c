from collections.abc import Iterator

from ministudio.plugin import Billing, ModelCard, VideoProviderSpec, hookimpl


@hookimpl
def ministudio_video_providers() -> Iterator[VideoProviderSpec]:
    yield VideoProviderSpec(
        name="flat",
        factory="ministudio_flat.provider:Flat",
        summary="Paints each clip in one colour.",
        models=[ModelCard(id="flat-1", title="Flat", free=True)],
        billing=Billing.FREE,
    )
