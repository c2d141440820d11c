from collections.abc import Iterator

from ministudio.plugin import Billing, Setting, SpeechProviderSpec, hookimpl

KEY = Setting(
    name="SPOKEN_API_KEY",
    help="Opens the speech service.",
    category="Speech: Spoken",
    secret=True,
    required=True,
    where_to_get="https://spoken.example/keys",
)


@hookimpl
def ministudio_speech_providers() -> Iterator[SpeechProviderSpec]:
    yield SpeechProviderSpec(
        name="spoken",
        factory="ministudio_spoken.voice:Voice",
        summary="Reads lines aloud.",
        settings=[KEY],
        billing=Billing.PAID,
    )
