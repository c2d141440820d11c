"""Before anything is paid for: whether keys are there, and stand nowhere they must not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.contracts.events import EventKind
from ministudio.errors import SecretError
from ministudio.values.hashing import canonical_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.plan.model import Plan, ShotPlan
    from ministudio.render.context import RenderContext
    from ministudio.studio.providers import ProviderPool
    from ministudio.values.redaction import Redactor

__all__ = ["preflight"]


async def preflight(
    plan: Plan,
    shots: Sequence[ShotPlan],
    pool: ProviderPool,
    context: RenderContext,
    redactor: Redactor,
    *,
    may_fail: bool = False,
) -> None:
    """Fetch the secrets of everybody whom the missing shots may need, all at once.

    A provider that is not ready is a notice, as long as another can make the shot.

    Args:
        plan: The film's plan.
        shots: The shots that are still to be made.
        pool: The providers.
        context: Told of who is not ready.
        redactor: Knows the secrets once they are fetched.
        may_fail: Whether the film does without shots that nobody can make.

    Raises:
        MiniStudioError: When nobody who may make a shot is ready: what the first of them lacks.
        SecretError: When a secret stands in the plan, which is kept in the journal and the record.
    """
    ways = {shot.id: [way.provider for way in shot.alternatives] for shot in shots}
    wrong = await pool.check(name for names in ways.values() for name in names)
    for names in ways.values():
        if not may_fail and names and all(name in wrong for name in names):
            raise wrong[names[0]]
    for name, error in wrong.items():
        said = f"{name} is not ready: {error.message}"
        context.emit(EventKind.NOTICE, said, provider=name)
    if not redactor.empty and redactor.contains(canonical_json(plan)):
        raise SecretError(
            "a secret stands in the production, or in the options of a provider; what is rendered "
            "would keep it in the journal, in the run record and in the film",
            hint="take it out; secrets belong into the environment, .env or a secret store",
        )
