"""Job handles without secrets, from which the provider that made them loses nothing.

A handle is written into the journal, and one that is not written is a paid job lost. A plugin that
puts its key into one is at fault; but the job comes first: the key is replaced by a seal on the
way out, and put back on the way in. So the journal never holds it.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.contracts.clips import ClipRequest, ExtendFrom
from ministudio.contracts.jobs import JobHandle

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.values.redaction import Redactor

__all__ = ["sealed", "unsealed", "unsealed_request"]

_MARK: Final = "ministudio:sealed"
_log = logging.getLogger("ministudio.providers")


def sealed(job: JobHandle, redactor: Redactor) -> JobHandle:
    """Return a handle with every secret in it sealed; the same, where there is none."""
    text = json.dumps(job.to_json(), ensure_ascii=False, default=str)
    if not (redactor.contains(text) or redactor.contains(job.id)):
        return job
    _log.warning(
        "%s put a secret into the handle of a job; it is kept sealed, and the job is safe; "
        "tell the plugin's author",
        job.provider,
    )
    data = _mapped(dict(job.data), redactor.seal)
    return attrs.evolve(job, id=redactor.seal(job.id), data={**data, _MARK: True})


def unsealed(job: JobHandle, redactor: Redactor) -> JobHandle:
    """Return the handle as its provider made it."""
    if _MARK not in job.data:
        return job
    data = {name: value for name, value in job.data.items() if name != _MARK}
    return attrs.evolve(job, id=redactor.unseal(job.id), data=_mapped(data, redactor.unseal))


def unsealed_request(request: ClipRequest, redactor: Redactor) -> ClipRequest:
    """Return a request whose handle, where it goes on from a job, is as its provider made it."""
    match request:
        case ClipRequest(extend=ExtendFrom(job=JobHandle() as job) as extend):
            there = attrs.evolve(extend, job=unsealed(job, redactor))
            return attrs.evolve(request, extend=there)
    return request


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    match value:
        case str():
            return change(value)
        case dict():
            return {change(str(key)): _mapped(item, change) for key, item in value.items()}
        case list() | tuple():
            return [_mapped(item, change) for item in value]
        case _:
            return value
