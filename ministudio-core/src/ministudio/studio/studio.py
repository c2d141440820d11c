"""``Studio``: plan a production, render it, try a single shot."""

from __future__ import annotations

import contextlib
import os
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ministudio.errors import ConfigError
from ministudio.kernel.registry import Registry
from ministudio.render.context import nobody_listens
from ministudio.render.journal import IN_MEMORY, Journal
from ministudio.render.options import RenderOptions
from ministudio.render.runs import RunState, StoredRun, unfinished_runs
from ministudio.settings.config import load_config
from ministudio.settings.dotenv import read_dotenv
from ministudio.settings.workspace import Workspace, find_workspace, folder_workspace
from ministudio.story.load import load_production
from ministudio.story.production import Production
from ministudio.studio.choosing import taken_in
from ministudio.studio.options import asks_above, options_of
from ministudio.studio.planning import plan_film
from ministudio.studio.rendering import Confirm, render_run
from ministudio.studio.single import one_shot_film
from ministudio.studio.targets import film_name, shot_name, whole_target
from ministudio.values.redaction import Redactor

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from ministudio.contracts.events import Event
    from ministudio.contracts.providers import BaseVideoProvider
    from ministudio.plan.model import Plan
    from ministudio.settings.video import VideoConfig
    from ministudio.studio.results import Film
    from ministudio.values.money import Money

__all__ = ["Studio"]


class Studio:
    """One workspace with its settings and the installed plugins.

    Args:
        workspace: A folder, or a workspace found already.
        registry: The plugins; those installed, if left out.
        environ: The environment; the process's, if left out.
        profile: The profile; by ``MINISTUDIO_PROFILE``, else ``dev``, if left out.

    Raises:
        ConfigError: When a file, a variable or the profile is not right, or is not trusted.
    """

    def __init__(
        self,
        workspace: Workspace | Path | str = ".",
        *,
        registry: Registry | None = None,
        environ: Mapping[str, str] | None = None,
        profile: str | None = None,
    ) -> None:
        if not isinstance(workspace, Workspace):
            workspace = folder_workspace(Path(workspace))
        self.workspace = workspace
        self.folder = workspace.root
        self.environ = dict(os.environ if environ is None else environ)
        self._dotenv = read_dotenv(workspace.dotenv)
        self.config = load_config(workspace, self.environ, self._dotenv, profile=profile)
        self.registry = registry or Registry()
        self.redactor = Redactor()
        if self.config.models:
            self.registry.add_models(self.config.models, str(workspace.config_file))

    @classmethod
    def beside(
        cls,
        production: Path | str,
        *,
        registry: Registry | None = None,
        environ: Mapping[str, str] | None = None,
        profile: str | None = None,
    ) -> Studio:
        """Return the studio of a production file's workspace; media are found beside the file."""
        try:
            folder = Path(production).resolve().parent
        except RuntimeError:  # what Python 3.11 and 3.12 call a link that leads to itself
            raise ConfigError(f"{production} is a link that leads to itself") from None
        workspace = find_workspace(Path(production))
        studio = cls(workspace, registry=registry, environ=environ, profile=profile)
        studio.folder = folder
        return studio

    def plan(
        self,
        production: Production | Path | str,
        *,
        providers: Sequence[str | BaseVideoProvider] = (),
        model: str | None = None,
        video: VideoConfig | None = None,
        compiler: str | None = None,
        strict: bool = False,
        placeholder: bool = False,
        allow_outside_media: bool = False,
    ) -> Plan:
        """Decide everything about a film and price it; nothing is rendered, nothing is paid.

        Args:
            production: The film, or the file it stands in.
            providers: The provider chain, before what the settings say; names, or objects.
            model: The model, before what the settings say.
            video: The look, before what the production and the settings say.
            compiler: The prompt compiler, instead of each model's own.
            strict: Refuse instead of adapting.
            placeholder: Give every shot an animatic that may stand in for it.
            allow_outside_media: Let pictures lie outside the production's folder.

        Raises:
            StoryError: When the production is not right.
            ConfigError: When a provider or model is not known, or nothing can render a shot.
            PluginError: When a plugin that is needed is broken.
        """
        if not isinstance(production, Production):
            production = load_production(Path(production), allow_outside_media=allow_outside_media)
        names, chosen = taken_in(self.registry, providers)
        return plan_film(
            production,
            registry=self.registry,
            config=self.config,
            folder=self.folder,
            providers=names,
            model=model or chosen,
            video=video,
            compiler=compiler,
            strict=strict,
            placeholder=placeholder,
            allow_outside_media=allow_outside_media,
        )

    async def render(
        self,
        plan: Plan,
        output: Path | str,
        *,
        wanted: Collection[str] | None = None,
        options: RenderOptions | None = None,
        listen: Callable[[Event], None] = nobody_listens,
        confirm: Confirm | None = None,
    ) -> Film:
        """Render a plan and join the film; what is done already is taken from the store.

        Args:
            plan: What ``plan`` returned.
            output: The film's file; it appears when it is whole, with subtitles and record.
            wanted: Ids of the shots to put into the film; all of them if left out.
            options: How to render; by the settings if left out.
            listen: Called with every event, in order.
            confirm: Asked when the film costs more than the options allow without a question.

        Raises:
            MiniStudioError: What stopped the first shot that could not be made.
            NotConfirmed: When it costs too much and the answer was not yes; nothing was ordered.
            ArtifactError: When the film cannot be written.
            ConfigError: When the film's name is not right, or the workspace is being rendered in.
        """
        run = StoredRun(
            id=uuid.uuid4().hex,
            film=plan.title,
            target=whole_target(output),
            plan=plan,
            wanted=None if wanted is None else tuple(wanted),
            options=options or self.render_options(),
            started_at=time.time(),
        )
        return await render_run(self, run, listen=listen, confirm=confirm)

    def unfinished(self) -> list[StoredRun]:
        """Return the last run of every film here that was not finished, the latest first.

        Raises:
            ConfigError: When the journal cannot be read.
        """
        with self.journal() as journal:
            return unfinished_runs(journal)

    async def resume(
        self,
        stored: StoredRun,
        *,
        resubmit: Collection[str] = (),
        listen: Callable[[Event], None] = nobody_listens,
        confirm: Confirm | None = None,
    ) -> Film:
        """Go on with a run as it was planned, whatever today's file says.

        Args:
            stored: One of ``unfinished()``.
            resubmit: Ids of shots whose lost jobs or clips may be paid for again.
            listen: Called with every event, in order.
            confirm: As in ``render``.

        Raises:
            MiniStudioError: As ``render`` does.
        """
        options = attrs.evolve(stored.options, resubmit=frozenset(resubmit))
        run = attrs.evolve(stored, options=options, state=RunState.RUNNING)
        return await render_run(self, run, listen=listen, confirm=confirm)

    @contextlib.contextmanager
    def journal(self) -> Iterator[Journal]:
        """Open the workspace's journal, also while somebody renders; looking leaves nothing behind.

        Raises:
            ConfigError: When it cannot be read.
        """
        path = self.workspace.state / "journal.sqlite"
        with contextlib.closing(Journal(path if path.exists() else IN_MEMORY)) as journal:
            yield journal

    def render_options(self, **said: Any) -> RenderOptions:
        """Return how to render by the settings, and before them by what is ``said``.

        Raises:
            ConfigError: When a number is too small to render anything.
        """
        return options_of(self.config, **said)

    def plan_shot(
        self,
        prompt: str,
        *,
        image: Path | str | None = None,
        providers: Sequence[str | BaseVideoProvider] = (),
        model: str | None = None,
        seconds: float = 4.0,
        video: VideoConfig | None = None,
        compiler: str = "verbatim",
        placeholder: bool = False,
    ) -> Plan:
        """Plan a single clip from a prompt, and from a first picture if there is one.

        Args:
            prompt: What happens.
            image: The picture to begin with.
            providers: The provider chain; names, or objects.
            model: The model, as ``provider/model`` or a model alone.
            seconds: Length of the clip.
            video: The look.
            compiler: The prompt compiler; ``verbatim`` gives the model the prompt as it is.
            placeholder: As in ``plan``.

        Raises:
            MiniStudioError: As ``plan`` does.
        """
        film = one_shot_film(prompt, image=image, seconds=seconds, folder=self.folder)
        return self.plan(
            film,
            providers=providers,
            model=model,
            video=video,
            compiler=compiler,
            placeholder=placeholder,
            allow_outside_media=True,
        )

    def default_output(self, production: Path) -> Path:
        """Where a production's film goes when nobody says: the output folder, by its name."""
        return self._output_folder() / film_name(production)

    def default_shot_output(self, prompt: str) -> Path:
        """Where a single shot goes when nobody says: the output folder, by its first words."""
        return self._output_folder() / shot_name(prompt)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What in the settings was ignored or is unwise, one line each."""
        ids = [plugin.id for plugin in self.registry.plugins()]
        nobody = [
            f"{self.workspace.config_file}: no installed plugin offers the provider {name!r}"
            for name in self.config.provider
            if not any(name == id_ or name.startswith(f"{id_}-") for id_ in ids)
        ]
        return (*self.config.warnings, *nobody)

    @property
    def confirm_above(self) -> Money:
        """What the command line spends on a run without a question, by the settings."""
        return asks_above(self.config)

    @property
    def concurrency(self) -> int:
        """How many shots are rendered at once, by the settings."""
        return self.config.concurrency or RenderOptions().concurrency

    def _output_folder(self) -> Path:
        return self.config.output or self.workspace.root / "out"
