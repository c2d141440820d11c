"""What a shot will not be as asked, said when it is planned, before any weight is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import ConfigError, InvalidRequest
from ministudio_local.family import Task, Way
from ministudio_local.fitting import fit
from ministudio_local.options import read_options
from ministudio_local.shelf import family_of, model_of

if TYPE_CHECKING:
    from ministudio.plugin import ClipRequest
    from ministudio_local.family import Family

__all__ = ["look_over", "remarks"]


def look_over(request: ClipRequest) -> tuple[str, ...]:
    """Return a line for everything that will not be as asked.

    Whether a shot that goes on from another gets its first picture is known only once the
    other is made.

    Raises:
        ConfigError: When an option is not right, or does not fit the model.
    """
    options = read_options(request.options)
    try:
        family = family_of(model_of(request.model, options.family))
        fitted = fit(request, family, options)
    except InvalidRequest as error:
        raise ConfigError(error.message, hint=error.hint) from error
    return (*fitted.notes, *options.effects, *remarks(request, family))


def remarks(request: ClipRequest, family: Family) -> tuple[str, ...]:
    """Return a line for each wish that the model has no ear for."""
    lines = []
    if request.prompt.negative and not family.negative:
        lines.append(f"{family.title} takes no negative prompt: it is left out")
    if request.last_frame is not None and (
        Task.ENDS not in family.pipelines
        or (request.first_frame is None and family.way is not Way.MASKED)
    ):
        lines.append(f"{family.title} cannot end with a given picture here: it is left out")
    if request.references and family.way is not Way.MASKED:
        lines.append(f"{family.title} looks at no reference pictures")
    if request.extend is not None:
        lines.append(f"{family.title} extends no clip: the shot is made anew")
    if not family.sized:
        lines.append(f"{family.title} takes its size from the picture")
    if not family.tokens and request.prompt.text:
        lines.append(f"{family.title} reads no text: only the picture counts")
    return tuple(lines)
