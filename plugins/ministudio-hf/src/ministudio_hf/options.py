"""What a user may set: the options of ``[provider.hf]`` and its two siblings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

import attrs

from ministudio.plugin import ConfigError, did_you_mean
from ministudio_hf.families import Pace, family_of

__all__ = ["AUTO", "ROUTES", "CommonOptions", "EndpointOptions", "RouterOptions", "read_options"]

AUTO: Final = "auto"
ROUTES: Final = ("fal-ai", "wavespeed", "together", "replicate")
"""Providers whose jobs can be resumed, the one that is verified best first."""

_QUALITIES: Final = ("quality", "speed")


@attrs.frozen(kw_only=True)
class CommonOptions:
    """How a clip is asked for, whoever makes it.

    Args:
        quality: "quality" or "speed": steps and guidance by the model's family.
        steps: Denoising steps, whatever the quality says.
        guidance: How closely the prompt is followed, whatever the quality says.
        extra: Further parameters, sent as they stand; they come before everything else.
        bill_to: The organisation that pays, instead of the token's owner.
        patience: Seconds that one call may take before it counts as unanswered.
    """

    quality: str | None = None
    steps: int | None = None
    guidance: float | None = None
    extra: Mapping[str, object] = attrs.field(factory=dict)
    bill_to: str | None = None
    patience: float = 60.0

    def pace(self, model: str) -> Pace:
        """Return the steps and the guidance for a model."""
        family = family_of(model)
        chosen = {"quality": family.quality, "speed": family.speed}.get(self.quality or "", Pace())
        return Pace(
            chosen.steps if self.steps is None else self.steps,
            chosen.guidance if self.guidance is None else self.guidance,
        )


@attrs.frozen(kw_only=True)
class RouterOptions(CommonOptions):
    """How the router is used.

    Args:
        route: Which provider makes the clips; "auto" takes the first of ``ROUTES`` that can.
        image_model: Which model makes the clips that begin with a picture.
        poll_every: Seconds between two polls of a job.
    """

    route: str = ROUTES[0]
    image_model: str | None = None
    poll_every: float = 5.0


@attrs.frozen(kw_only=True)
class EndpointOptions(CommonOptions):
    """What becomes of the endpoint.

    Args:
        resume: Whether a paused endpoint may be started, which costs money until it is paused.
        scale_to_zero: Whether it is scaled to zero when the run is over.
        wait: Seconds that it may take to start.
        refresh_every: Seconds between two looks at it meanwhile.
    """

    resume: bool = False
    scale_to_zero: bool = False
    wait: float = 900.0
    refresh_every: float = 5.0
    patience: float = 1800.0


Chosen = TypeVar("Chosen", bound=CommonOptions)

_CHOICES: Final = {"quality": _QUALITIES, "route": (*ROUTES, AUTO)}
_WHOLE: Final = {"steps"}
_NUMBERS: Final = {"guidance", "patience", "poll_every", "wait", "refresh_every"}
_FLAGS: Final = {"resume", "scale_to_zero"}
_TABLES: Final = {"extra"}


def read_options(kind: type[Chosen], given: Mapping[str, object], provider: str) -> Chosen:
    """Return the options that were given, by name.

    Args:
        kind: Which options there are.
        given: What the user wrote.
        provider: The provider's name, for messages.

    Raises:
        ConfigError: When there is no option of that name, or its value is not right.
    """
    known = [field.name for field in attrs.fields(kind)]
    for name, value in given.items():
        if name not in known:
            near = did_you_mean(name, known)
            raise ConfigError(
                f"{provider} has no option {name!r}",
                hint=f"did you mean {near!r}?" if near else f"choose one of: {', '.join(known)}",
            )
        if (wanted := _wrong(name, value)) is not None:
            hint = _no_such_route(value) if name == "route" else None
            raise ConfigError(
                f"{provider}'s option {name!r} is {wanted}, not {value!r}",
                hint=hint or f"put it right under [provider.{provider}]",
            )
    said: dict[str, Any] = dict(given)
    return kind(**said)


def _wrong(name: str, value: object) -> str | None:
    """What the option should be, where it is not."""
    if name in _CHOICES:
        choices = _CHOICES[name]
        return None if value in choices else f"one of {', '.join(choices)}"
    if name in _WHOLE | _NUMBERS:
        kinds = (int,) if name in _WHOLE else (int, float)
        good = isinstance(value, kinds) and not isinstance(value, bool) and 0 < value < float("inf")
        return None if good else f"a {'whole ' if name in _WHOLE else ''}number above 0"
    if name in _FLAGS:
        return None if isinstance(value, bool) else "true or false"
    if name in _TABLES:
        return None if isinstance(value, dict) else "a table"
    return None if isinstance(value, str) and value.strip() else "a text"


def _no_such_route(value: object) -> str | None:
    if value == "novita":
        return "Novita only answers in one long call: choose the provider hf-novita"
    if value == "hf-inference":
        return "Hugging Face's own inference has no video models; others run them"
    return None
