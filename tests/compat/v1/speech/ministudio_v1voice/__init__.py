"""A speech provider as it was written for hook API 1."""

from ministudio.plugin import Billing, Setting, SpeechProviderSpec, hookimpl

KEY = Setting(name="V1VOICE_API_KEY", help="Opens it.", category="Speech: V1 Voice", secret=True)


@hookimpl
def ministudio_speech_providers():
    """Describe the provider."""
    yield SpeechProviderSpec(
        name="v1voice",
        factory="ministudio_v1voice.voice:Voice",
        summary="Speaks.",
        settings=[KEY],
        billing=Billing.FREE,
        homepage="https://v1voice.example",
    )
