"""What a user is told when some shots could not be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.errors import ArtifactError, ContentRefused, ProviderError

if TYPE_CHECKING:
    from ministudio.errors import MiniStudioError
    from ministudio.plan.model import ShotPlan
    from ministudio.render.results import RenderResult

__all__ = ["raise_failures"]


def raise_failures(result: RenderResult, wanted: int) -> None:
    """Raise what stopped the first shot that failed, with all that helps to go on.

    Args:
        result: What came of the run.
        wanted: How many shots were wanted.

    Raises:
        MiniStudioError: The first failure, its message naming shot and provider.
    """
    if not result.failures:
        return
    shot, error = result.failures[0]
    if not isinstance(error, ProviderError | ArtifactError):
        raise error  # a missing key or a full disk is no matter of one shot
    done = len(result.shots)
    hints = [error.hint or _advice(error)]
    if others := len(result.failures) - 1:
        hints.append(f"{others} more could not be made either; see the lines above")
    if done:
        hints.append(f"{done} of {wanted} shots done and kept; render again to go on")
    error.message = f"shot {shot.number} ({shot.id}): {_by(shot, error)}{error.message}"
    error.hint = "\n".join(hint for hint in hints if hint) or None
    raise error


def _by(shot: ShotPlan, error: MiniStudioError) -> str:
    """Who failed, where that is known and not said yet."""
    known = getattr(error, "provider", None)
    if known is None and len(shot.alternatives) == 1:
        known = shot.first_choice.provider
    if not known or known in error.message:
        return ""
    return f"{known} refused it: " if isinstance(error, ContentRefused) else f"{known}: "


def _advice(error: MiniStudioError) -> str | None:
    if isinstance(error, ContentRefused):
        why = f" ({', '.join(error.reasons)})" if error.reasons else ""
        return f"say the shot in other words{why}, or render it with another provider"
    return None
