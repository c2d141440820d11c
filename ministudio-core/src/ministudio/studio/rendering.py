"""One run, from the stored plan to the film on disk; a new one and one gone on with go this way."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from ministudio.contracts.events import Event, EventKind
from ministudio.errors import NotConfirmed
from ministudio.render.claim import Busy
from ministudio.render.context import RenderContext, nobody_listens
from ministudio.render.engine import render_plan, with_predecessors
from ministudio.render.journal import Journal
from ministudio.render.runs import RunState, StoredRun, begin_run, end_run
from ministudio.render.scribe import Scribe
from ministudio.render.standing import cost_of, missing
from ministudio.render.store import Store
from ministudio.settings.rendering import OnFailure
from ministudio.studio.assemble import assemble
from ministudio.studio.failing import raise_failures
from ministudio.studio.guarding import without_secrets
from ministudio.studio.preflight import preflight
from ministudio.studio.providers import ProviderPool, pool_of
from ministudio.studio.telling import teller
from ministudio.studio.usage import Meter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.plan.model import Cost, ShotPlan
    from ministudio.studio.results import Film
    from ministudio.studio.studio import Studio

__all__ = ["Confirm", "opened", "render_run"]

Confirm = Callable[["Cost"], bool]
"""Asked with what a film costs; answers whether to go on."""

# Room for a few minutes of 1080p clips; a render that fills the disk helps nobody.
_NEEDED_BYTES = 200_000_000


async def render_run(
    studio: Studio,
    run: StoredRun,
    *,
    listen: Callable[[Event], None],
    confirm: Confirm | None = None,
) -> Film:
    """Render a run's plan and join the film; what is done already is taken from the store.

    Args:
        studio: The workspace, its settings and plugins.
        run: What to make, and how.
        listen: Called with every event, in order.
        confirm: Asked when the film costs more than the options allow without a question.

    Raises:
        MiniStudioError: What stopped the first shot that could not be made.
        NotConfirmed: When the answer was not yes; nothing was ordered.
        ArtifactError: When the film cannot be written.
        ConfigError: When the workspace is being rendered in.
    """
    started, meter = time.time(), Meter()
    async with opened(studio, run, listen) as (pool, context):
        context.store.free_space(_NEEDED_BYTES)
        shots = _to_be_made(run, context.journal)
        may_fail = run.options.on_failure is not OnFailure.STOP
        await preflight(run.plan, shots, pool, context, studio.redactor, may_fail=may_fail)
        _ask_first(run, shots, confirm)
        async with _ending(run, context):
            result = await render_plan(
                run.plan, pool, context, run.wanted, begin=lambda journal: begin_run(journal, run)
            )
            if run.options.on_failure is not OnFailure.SKIP or not result.shots:
                wanted = run.plan.shots if run.wanted is None else run.wanted
                raise_failures(result, len(wanted))
            # Nobody is asked any more; and what workers took counts only once they have ended.
            await pool.aclose()
            return await assemble(
                run.plan,
                result,
                run.target,
                wanted=run.wanted,
                context=context,
                versions=studio.registry.versions({shot.provider for shot in result.shots}),
                redactor=studio.redactor,
                started=started,
                meter=meter,
            )


@contextlib.asynccontextmanager
async def opened(
    studio: Studio, run: StoredRun, listen: Callable[[Event], None] = nobody_listens
) -> AsyncIterator[tuple[ProviderPool, RenderContext]]:
    """Open all that a run needs, and close it; no secret gets out of here in an error.

    Raises:
        ConfigError: When the journal is damaged or cannot be opened, or a plugin that is to
            observe observes nothing.
        PluginError: When that plugin is broken.
    """
    state = studio.workspace.state
    tell = teller(studio, listen)
    pool = pool_of(studio, _noticer(tell))
    with (
        contextlib.closing(Journal(state / "journal.sqlite")) as journal,
        contextlib.closing(Scribe(journal)) as scribe,
    ):
        journal.database.check()
        context = RenderContext(
            journal=journal,
            scribe=scribe,
            store=Store(state),
            options=run.options,
            film=run.film,
            run=run.id,
            listen=tell,
        )
        try:
            yield pool, context
        except Exception as error:
            without_secrets(error, studio.redactor)
            raise
        finally:
            await pool.aclose()


@contextlib.asynccontextmanager
async def _ending(run: StoredRun, context: RenderContext) -> AsyncIterator[None]:
    """Write down how a run ended: it is done when its film is whole."""
    state: RunState | None = RunState.FAILED
    try:
        yield
        state = RunState.DONE
    except Busy:
        state = None  # it never began, or it is the very run that is under way elsewhere
        raise
    except asyncio.CancelledError:
        state = RunState.STOPPED
        context.emit(EventKind.RUN_STOPPED, "stopped; what is finished is kept")
        raise
    except Exception as error:
        context.emit(EventKind.RUN_FAILED, f"{type(error).__name__}: {error}")
        raise
    finally:
        if state is not None:
            ended = state
            await context.scribe.write(lambda journal: end_run(journal, run.id, ended))


def _to_be_made(run: StoredRun, journal: Journal) -> list[ShotPlan]:
    ids = [shot.id for shot in run.plan.shots]
    shots = with_predecessors(run.plan, ids if run.wanted is None else run.wanted)
    return missing(run.plan, shots, journal, run.options)


def _noticer(tell: Callable[[Event], None]) -> Callable[[str], None]:
    """What tells a notice from any thread to those who listen, who hear only from the loop."""
    loop = asyncio.get_running_loop()

    def notice(text: str) -> None:
        event = Event(kind=EventKind.NOTICE, at=time.time(), message=text)
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(tell, event)

    return notice


def _ask_first(run: StoredRun, shots: Sequence[ShotPlan], confirm: Confirm | None) -> None:
    """Ask whether a film may cost what it will.

    Raises:
        NotConfirmed: When it may not, or there is nobody to ask.
    """
    limit = run.options.confirm_above
    if limit is None:
        return
    cost = cost_of(shots)
    known = cost.known.get(limit.currency)
    dear = known is not None and limit < known
    # Another currency, or an unknown price, cannot be compared: that is a question, too.
    others = [money for money in cost.known.values() if money.currency != limit.currency]
    if not dear and not cost.unknown and not any(money.micros for money in others):
        return
    if confirm is None or not confirm(cost):
        raise NotConfirmed(
            f"this film costs {cost}, and more than {limit} is not spent without a yes",
            hint="say yes with --yes; ministudio plan shows what each shot costs",
        )
