"""What can be said without asking the service."""

from collections.abc import Callable

from ministudio.plugin import ClipRequest, ConfigError, ModelCard, PluginContext, did_you_mean

OPTIONS = ("grain", "fail")


def look_over(request: ClipRequest) -> list[str]:
    """Refuse options that do not exist, and say what will not be as asked."""
    for name in request.options:
        if name not in OPTIONS:
            near = did_you_mean(name, OPTIONS)
            raise ConfigError(f"v1film has no option {name!r}", hint=f"did you mean {near!r}?")
    return ["the sky is always clear"]


def check_up() -> list[str]:
    """Say how the machine looks."""
    return ["it has all that v1film wants"]


def counter(context: PluginContext, card: ModelCard) -> Callable[[str], int]:
    """Count words."""
    assert card.prompt is not None
    return lambda text: len(text.split())
