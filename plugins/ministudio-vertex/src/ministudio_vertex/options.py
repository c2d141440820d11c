"""What a user may set under ``[provider.vertex]`` and ``[provider.vertex-endpoint]``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from ministudio.plugin import ConfigError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["EndpointOptions", "VertexOptions", "read_options"]

T = TypeVar("T", bound=attrs.AttrsInstance)
_Check = tuple[str, "Callable[[Any], bool]"]


def _text(pattern: str = "a text", start: str = "") -> _Check:
    return pattern, lambda value: isinstance(value, str) and bool(value) and value.startswith(start)


def _one_of(*choices: str) -> _Check:
    return f"one of {', '.join(choices)}", lambda value: value in choices


def _seconds(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def _texts(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values())


def _names(value: Any) -> bool:
    listed = isinstance(value, Sequence) and not isinstance(value, str)
    return listed and all(isinstance(one, str) for one in value)


_FLAG: Final[_Check] = ("true or false", lambda value: isinstance(value, bool))
_NUMBER: Final[_Check] = ("a number of seconds above 0", _seconds)
_LABELS: Final[_Check] = ("a table of texts", _texts)
_TABLE: Final[_Check] = ("a table", lambda value: isinstance(value, Mapping))
_LIST: Final[_Check] = ("a list of texts", _names)


def _option(check: _Check, default: Any = None) -> Any:
    return attrs.field(default=default, metadata={"check": check})


@attrs.frozen(kw_only=True)
class VertexOptions:
    """How Veo and Gemini Omni are asked; what is left out is left to Google.

    Args:
        project: The project that is billed, instead of ``GOOGLE_CLOUD_PROJECT``.
        location: The region of Veo, instead of ``GOOGLE_CLOUD_LOCATION``.
        output: Where clips are delivered, ``gs://bucket/folder``, instead of ``VERTEX_OUTPUT``.
        person_generation: Veo's policy for people.
        enhance_prompt: Whether Veo rewrites the prompt.
        compression: Veo's encoding, ``optimized`` or ``lossless``.
        resize: How Veo fits a picture into the frame, ``pad`` or ``crop``.
        audio: Whether Veo makes sound; Omni always does.
        labels: Labels on the bill.
        poll_every: Seconds between two polls.
        timeout: Seconds that one call to Google may take.
    """

    project: str | None = _option(_text())
    location: str | None = _option(_text())
    output: str | None = _option(_text("gs://bucket/folder", "gs://"))
    person_generation: str | None = _option(_one_of("allow_adult", "allow_all", "dont_allow"))
    enhance_prompt: bool | None = _option(_FLAG)
    compression: str | None = _option(_one_of("optimized", "lossless"))
    resize: str | None = _option(_one_of("pad", "crop"))
    audio: bool = _option(_FLAG, default=True)
    labels: Mapping[str, str] | None = _option(_LABELS)
    poll_every: float = _option(_NUMBER, default=10.0)
    timeout: float = _option(_NUMBER, default=180.0)


@attrs.frozen(kw_only=True)
class EndpointOptions:
    """How a model on an endpoint of the user's own is asked.

    Args:
        endpoint: The endpoint's number or full name, instead of ``VERTEX_ENDPOINT_ID``.
        endpoints: The same by model, where several are deployed.
        project: The project that is billed.
        location: The region of the endpoint.
        instance: Further entries of the instance.
        parameters: Further parameters, such as ``num_inference_steps``.
        leave_out: Names of what the model's container does not know, such as ``fps``.
        timeout: Seconds that a prediction may take.
    """

    endpoint: str | None = _option(_text())
    endpoints: Mapping[str, str] | None = _option(_LABELS)
    project: str | None = _option(_text())
    location: str | None = _option(_text())
    instance: Mapping[str, Any] | None = _option(_TABLE)
    parameters: Mapping[str, Any] | None = _option(_TABLE)
    leave_out: Sequence[str] = _option(_LIST, default=())
    timeout: float = _option(_NUMBER, default=600.0)


def read_options(given: Mapping[str, object], kind: type[T], provider: str = "vertex") -> T:
    """Return the options that were given, by name.

    Args:
        given: By name, as a settings file has them.
        kind: ``VertexOptions`` or ``EndpointOptions``.
        provider: Whose they are, for messages.

    Raises:
        ConfigError: When there is no option of that name, or its value is not right.
    """
    fields = {field.name: field for field in attrs.fields(kind)}
    for name, value in given.items():
        if name not in fields:
            near = did_you_mean(name, fields)
            raise ConfigError(
                f"{provider} has no option {name!r}",
                hint=f"did you mean {near!r}?" if near else f"choose one of: {', '.join(fields)}",
            )
        wanted, right = fields[name].metadata["check"]
        if not right(value):
            raise ConfigError(
                f"the option {name!r} of {provider} is {wanted}, not {value!r}",
                hint=f"mend  options.{name}  under [provider.{provider}]",
            )
    return kind(**given)
