"""``VideoOrchestrator``: scenes and productions made with one provider, which can be changed.

For programs that choose their providers themselves, with a loop of their own around it. It goes
the same way as ``Studio``, and never lets two providers be paid for one shot.
"""

from __future__ import annotations

import asyncio
import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.contracts.providers import BaseVideoProvider
from ministudio.errors import (
    ConfigError,
    JobExpired,
    JobPending,
    JobUnknown,
    MiniStudioError,
    PriceUnknown,
)
from ministudio.render.context import nobody_listens
from ministudio.settings.rendering import OnFailure
from ministudio.story.load import load_production
from ministudio.story.production import Production
from ministudio.story.scene import SceneConfig
from ministudio.studio.options import default_model
from ministudio.studio.studio import Studio
from ministudio.studio.swapping import settle
from ministudio.values.hashing import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from ministudio.contracts.events import Event
    from ministudio.plan.model import Plan
    from ministudio.render.options import RenderOptions
    from ministudio.settings.video import VideoConfig
    from ministudio.story.character import Character
    from ministudio.story.environment import Environment
    from ministudio.story.look import Style
    from ministudio.studio.rendering import Confirm
    from ministudio.studio.results import Film

__all__ = ["VideoOrchestrator"]

_HINTS: Final[Mapping[type[MiniStudioError], str]] = {
    JobPending: "call again later: the job is taken up where it is, at no new cost; "
    "resubmit=True pays for another",
    JobUnknown: "look at your jobs there; resubmit=True pays for the shot again",
    JobExpired: "resubmit=True pays for the shot again",
    PriceUnknown: "allow that with VideoOrchestrator(..., allow_unknown_price=True); "
    "a plugin's spec can say that its provider is free, and a model card what it costs",
}
"""What to do, for somebody who writes a program: elsewhere hints speak of the command line."""


class VideoOrchestrator:
    """Makes scenes and whole productions with one provider, which may be changed at any time.

    What any provider has finished of a scene is used again after a change. A paid job that
    another provider still has, or may have, is asked after once; until it is over its shot is
    ordered from nobody else, unless ``resubmit`` says so.

    Args:
        provider: Who makes the clips: an object, a name, or ``provider/model``.
        workspace: A folder, or a studio that is open already.
        options: How to render; by the settings if left out.
        allow_unknown_price: Whether clips may be ordered whose price nobody says.
        reuse: Whether a shot that another provider has made counts as made.
        video: The look, before what productions and the settings say.
        listen: Called with every event, in order.
        confirm: Asked when a film costs more than the options allow without a question.

    Raises:
        ConfigError: When the provider or a setting is not right.

    Example::

        orchestrator = VideoOrchestrator(MyProvider(), allow_unknown_price=True)
        film = await orchestrator.generate_scene(scene)
        orchestrator.provider = "animatic"
        film = await orchestrator.generate_scene(next_scene)
    """

    def __init__(
        self,
        provider: BaseVideoProvider | str,
        *,
        workspace: Studio | Path | str = ".",
        options: RenderOptions | None = None,
        allow_unknown_price: bool = False,
        reuse: bool = True,
        video: VideoConfig | None = None,
        listen: Callable[[Event], None] = nobody_listens,
        confirm: Confirm | None = None,
    ) -> None:
        self.studio = workspace if isinstance(workspace, Studio) else Studio(workspace)
        said = options or self.studio.render_options()
        self._options = attrs.evolve(
            said,
            reuse=reuse,
            allow_unknown_price=allow_unknown_price or said.allow_unknown_price,
        )
        self._video = video
        self._listen = listen
        self._confirm = confirm
        self._turn: tuple[asyncio.AbstractEventLoop, asyncio.Lock] | None = None
        self.provider = provider

    @property
    def provider(self) -> BaseVideoProvider | str:
        """Who makes the clips; a call that is under way keeps the one it began with."""
        return self._provider

    @provider.setter
    def provider(self, provider: BaseVideoProvider | str) -> None:
        self._maker = self._maker_of(provider)
        self._provider = provider

    async def generate_scene(
        self,
        scene: SceneConfig,
        *,
        output: Path | str | None = None,
        resubmit: bool | Collection[str] = False,
        production: Production | Path | str | None = None,
        characters: Mapping[str, Character] | None = None,
        environments: Mapping[str, Environment] | None = None,
        style: Style | None = None,
    ) -> Film:
        """Make one scene into a film of its own.

        Args:
            scene: The scene.
            output: The film's file; in the output folder, by the scene's name, if left out.
            resubmit: Whether shots may be paid for again whose jobs are open or lost: all of
                them, or those with these ids.
            production: The production it belongs to: its cast, its places, its look.
            characters: The cast, by id, besides the production's.
            environments: The places, by id, besides the production's.
            style: The look, instead of the production's.

        Raises:
            StoryError: When the scene names somebody or something that is not given.
            JobPending: While a paid job for one of its shots is under way, at any provider.
            JobUnknown: While nobody can say whether a paid job was taken.
            JobExpired: When a shot was paid for, and its clip is lost.
            BudgetError: When money forbids it; nothing was ordered.
            MiniStudioError: What else stopped the first shot that could not be made.
        """
        if not isinstance(scene, SceneConfig):
            raise ConfigError(
                f"a scene is a SceneConfig, not a {type(scene).__name__}",
                hint="write SceneConfig(shots=[...])",
            )
        studio, whole = self._loaded(production)
        said = {"style": style, "characters": characters, "environments": environments}
        film = _alone(scene, whole, {key: value for key, value in said.items() if value})
        name = scene.title or scene.id or f"scene {digest(scene, 6)}"
        return await self._made(studio, film, output or studio.default_shot_output(name), resubmit)

    async def generate_production(
        self,
        production: Production | Path | str,
        *,
        output: Path | str | None = None,
        resubmit: bool | Collection[str] = False,
    ) -> Film:
        """Make a whole production.

        Args:
            production: The film, or the file it stands in.
            output: The film's file; in the output folder, by its name, if left out.
            resubmit: As for ``generate_scene``.

        Raises:
            StoryError: When the production is not right.
            MiniStudioError: As ``generate_scene`` does.
        """
        studio, film = self._loaded(production)
        if isinstance(production, Production):
            target = studio.default_shot_output(production.title)
        else:
            target = studio.default_output(Path(production))
        return await self._made(studio, film, output or target, resubmit)

    async def _made(
        self,
        studio: Studio,
        film: Production,
        output: Path | str,
        resubmit: bool | Collection[str],
    ) -> Film:
        plan = self._plan(studio, film, self._maker)
        ids = {shot.id for shot in plan.shots}
        allowed = frozenset(ids if resubmit is True else resubmit or ())
        options = attrs.evolve(self._options, resubmit=allowed & ids)
        try:
            # One workspace, one render at a time: calls made at once wait for one another.
            async with self._lock():
                await settle(
                    studio,
                    plan,
                    lambda maker: self._plan(studio, film, maker),
                    reuse=options.reuse,
                    allowed=allowed,
                    listen=self._listen,
                )
                return await studio.render(
                    plan, output, options=options, listen=self._listen, confirm=self._confirm
                )
        except MiniStudioError as error:
            if hint := _HINTS.get(type(error)):
                # What follows the first line is about this run, and stays.
                _, *rest = (error.hint or "").splitlines() or [""]
                error.hint = "\n".join([hint, *rest])
            raise

    def _plan(self, studio: Studio, film: Production, maker: str) -> Plan:
        # Provider and model together leave no room for what the settings prefer.
        return studio.plan(
            film,
            providers=[maker.partition("/")[0]],
            model=maker,
            video=self._video,
            placeholder=self._options.on_failure is OnFailure.PLACEHOLDER,
        )

    def _maker_of(self, provider: object) -> str:
        """A provider as ``provider/model``, the model by the settings or its first."""
        registry = self.studio.registry
        if isinstance(provider, BaseVideoProvider):
            provider = registry.adopt(provider).name
        if not isinstance(provider, str):
            given = provider.__name__ if isinstance(provider, type) else repr(provider)
            raise ConfigError(
                f"{given} is no provider",
                hint="give a name, or an object of a class that inherits from BaseVideoProvider",
            )
        if "/" in provider:
            spec, card = registry.model(provider)
            return f"{spec.name}/{card.id}"
        model = default_model(self.studio.config, registry.provider(provider), registry)
        return f"{provider}/{model}"

    def _loaded(self, production: Production | Path | str | None) -> tuple[Studio, Any]:
        """A production, and the studio that finds the pictures beside its file."""
        if production is None or isinstance(production, Production):
            return self.studio, production
        path = Path(production)
        film = load_production(path)
        studio = copy.copy(self.studio)
        studio.folder = path.resolve().parent
        return studio, film

    def _lock(self) -> asyncio.Lock:
        """A lock belongs to one event loop, and each ``run`` has one of its own."""
        loop = asyncio.get_running_loop()
        if self._turn is None or self._turn[0] is not loop:
            self._turn = (loop, asyncio.Lock())
        return self._turn[1]


def _alone(scene: SceneConfig, whole: Production | None, said: Mapping[str, Any]) -> Production:
    """The production of one scene, with all that belongs to it."""
    if whole is None:
        return Production(title=scene.title or scene.id or "Scene", scenes=[scene], **said)
    tables = ("characters", "environments")
    merged = {key: {**getattr(whole, key), **said[key]} for key in tables if key in said}
    same: Any = whole  # an attrs class, which the type checker sees as a dataclass
    film: Production = attrs.evolve(same, scenes=[scene], **{**said, **merged})
    return film
