"""The tables of docs/authors/errors.md: every error that a plugin may raise, and what is done."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import ministudio.plugin
from ministudio.errors import MiniStudioError, ProviderError
from ministudio.render.policy import rule_for

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["error_tables"]

WHEN: dict[str, str] = {
    "AuthenticationError": "the key is missing, wrong, expired or taken back",
    "PermissionDenied": "the key is good, and this is not allowed to it: a region, a model, a role",
    "QuotaExceeded": "a balance or a quota is used up, and waiting does not help",
    "RateLimited": "there are too many requests for now",
    "ContentRefused": "the content policy says no, to the words, a picture or the finished clip",
    "InvalidRequest": "this request will never be taken, however often it is sent",
    "ModelRetired": "the model is gone, or is not offered to this account any more",
    "ProviderUnavailable": "the network, or the service, is in trouble; also for an answer that "
    "makes no sense, such as a web page instead of JSON",
    "JobFailed": "the job was taken, and failed; as a poll's `error`, with the state `failed`",
    "JobExpired": "the job or its result is no longer there: when it is polled, or fetched",
    "ProviderError": "none of these fits",
}
"""What a provider raises, and when."""

CORE = {"JobPending", "JobUnknown"}
"""What the core raises itself; a provider has no reason to."""

OTHER: dict[str, str] = {
    "ConfigError": "an option or a setting has a value that cannot be right; in `look_over`, "
    "before anything is ordered, or in the factory",
    "MissingDependency": "a package is missing that only some need; in the factory, with what to "
    "install in the `hint`",
    "ArtifactError": "the file that came is not the clip it should be; `clip_from_file` raises it",
}
"""What else a plugin may raise; the errors of secret backends stand in their own chapter."""


def error_tables() -> dict[str, str]:
    """Return the tables, by name.

    Raises:
        LookupError: When an error of `ministudio.plugin` is in none of them.
    """
    public = {name: getattr(ministudio.plugin, name) for name in ministudio.plugin.__all__}
    ours = {n for n, e in public.items() if isinstance(e, type) and issubclass(e, ProviderError)}
    if lost := ours ^ (WHEN.keys() | CORE):
        raise LookupError(f"docs/_errors.py is not in step with the errors: {sorted(lost)}")
    return {
        "provider errors": "\n".join([*_rows(), ""]),
        "other errors": "\n".join([*_others(), ""]),
    }


def _rows() -> Iterator[str]:
    yield "| raise | when | `accepted`, unless you say | asked again | then |"
    yield "| --- | --- | --- | --- | --- |"
    for name, when in WHEN.items():
        error: type[ProviderError] = getattr(ministudio.plugin, name)
        said = f"`{error.default_accepted.name}` | {_again(error)} | {_then(error)}"
        yield f"| `{name}`{_carries(error)} | {when} | {said} |"


def _others() -> Iterator[str]:
    yield "| raise | when |"
    yield "| --- | --- |"
    for name, when in OTHER.items():
        assert issubclass(getattr(ministudio.plugin, name), MiniStudioError)
        yield f"| `{name}` | {when} |"


def _carries(error: type[ProviderError]) -> str:
    """Name what an error says besides what all of them do."""
    extra = [
        parameter.name
        for parameter in inspect.signature(error).parameters.values()
        if parameter.kind is parameter.KEYWORD_ONLY
    ]
    known = {"provider", "accepted", "charged", "hint"}
    if error.__name__ == "JobFailed":
        return " (`charged=`)"
    return "".join(f" (`{name}=`)" for name in extra if name not in known)


def _again(error: type[ProviderError]) -> str:
    rule = rule_for(error("…"))
    if rule.new_seed:
        return "with another seed"
    return f"up to {rule.tries} calls" if rule.tries > 1 else "no"


def _then(error: type[ProviderError]) -> str:
    return rule_for(error("…")).then.value
