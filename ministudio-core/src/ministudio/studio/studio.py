"""``Studio``: plan a production, render it, try a single shot."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ministudio.errors import ConfigError
from ministudio.kernel.registry import Registry
from ministudio.plan.build import make_plan
from ministudio.render.context import RenderContext, RenderOptions, nobody_listens
from ministudio.render.engine import render_plan
from ministudio.render.journal import Journal
from ministudio.render.store import Store
from ministudio.settings.config import load_config
from ministudio.settings.dotenv import read_dotenv
from ministudio.settings.workspace import Workspace, find_workspace, folder_workspace
from ministudio.story.load import load_production
from ministudio.story.production import Production
from ministudio.story.scene import SceneConfig
from ministudio.story.shot import ShotConfig
from ministudio.studio.assemble import assemble
from ministudio.studio.choosing import DEFAULT_PROVIDER, Said, find_choices, styled
from ministudio.studio.failing import raise_failures
from ministudio.studio.guarding import without_secrets
from ministudio.studio.pictures import find_pictures
from ministudio.studio.providers import ProviderPool, usual_backends
from ministudio.studio.targets import check_target, film_name, shot_name
from ministudio.values.redaction import Redactor

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from ministudio.contracts.events import Event
    from ministudio.contracts.providers import BaseVideoProvider
    from ministudio.plan.model import Plan
    from ministudio.render.results import RenderResult
    from ministudio.settings.video import VideoConfig
    from ministudio.studio.results import Film

__all__ = ["Studio"]

# Room for a few minutes of 1080p clips; a render that fills the disk helps nobody.
_NEEDED_BYTES = 200_000_000


class Studio:
    """One workspace with its settings and the installed plugins.

    Args:
        workspace: A folder, or a workspace found already.
        registry: The plugins; those installed, if left out.
        environ: The environment; the process's, if left out.

    Raises:
        ConfigError: When ``ministudio.toml``, ``.env`` or a variable is not right.
    """

    def __init__(
        self,
        workspace: Workspace | Path | str = ".",
        *,
        registry: Registry | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        if not isinstance(workspace, Workspace):
            workspace = folder_workspace(Path(workspace))
        self.workspace = workspace
        self.folder = workspace.root
        self.environ = dict(os.environ if environ is None else environ)
        self._dotenv = read_dotenv(workspace.dotenv)
        self.config = load_config(workspace, self.environ, self._dotenv)
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
    ) -> Studio:
        """Return the studio of a production file's workspace; media are found beside the file."""
        try:
            folder = Path(production).resolve().parent
        except RuntimeError:  # what Python 3.11 and 3.12 call a link that leads to itself
            raise ConfigError(f"{production} is a link that leads to itself") from None
        studio = cls(find_workspace(Path(production)), registry=registry, environ=environ)
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
            allow_outside_media: Let pictures lie outside the production's folder.

        Raises:
            StoryError: When the production is not right.
            ConfigError: When a provider or model is not known, or nothing can render a shot.
            PluginError: When a plugin that is needed is broken.
        """
        if not isinstance(production, Production):
            production = load_production(Path(production), allow_outside_media=allow_outside_media)
        names = self._names(providers)
        said = Said(self.config, production, providers=names, model=model, video=video)
        production = styled(production, said)
        chain = said.chain() or [DEFAULT_PROVIDER]
        preferred = [s.model or s.provider for _, s in production.shots if s.model or s.provider]
        models = {
            name: provider.model_name
            for name, provider in self.config.provider.items()
            if provider.model_name
        }
        asked = [*chain, *(name for name in preferred if name)]
        return make_plan(
            production,
            chain=chain,
            choices=find_choices(self.registry, asked, models, compiler, self._options()),
            look=said.look(),
            media=find_pictures(production, self.folder, allow_outside=allow_outside_media),
            strict=strict,
        )

    async def render(
        self,
        plan: Plan,
        output: Path | str,
        *,
        wanted: Collection[str] | None = None,
        options: RenderOptions | None = None,
        listen: Callable[[Event], None] = nobody_listens,
    ) -> Film:
        """Render a plan and join the film; what is done already is taken from the store.

        Args:
            plan: What ``plan`` returned.
            output: The film's file; it appears when it is whole, with subtitles and record.
            wanted: Ids of the shots to put into the film; all of them if left out.
            options: How to render.
            listen: Called with every event, in order.

        Raises:
            MiniStudioError: What stopped the first shot that could not be made.
            ArtifactError: When the film cannot be written.
            ConfigError: When the film's name is not right, or the workspace is being rendered in.
        """
        target = Path(output)
        check_target(target)
        started = time.time()
        state = self.workspace.state
        store = Store(state)
        with contextlib.closing(Journal(state / "journal.sqlite")) as journal:
            store.free_space(_NEEDED_BYTES)
            pool = ProviderPool(
                self.registry,
                usual_backends(self.registry, self.environ, self.workspace.dotenv, self.redactor),
                self._options(),
                state / "providers",
                self.redactor,
            )
            context = RenderContext(
                journal=journal,
                store=store,
                options=options or RenderOptions(concurrency=self.concurrency),
                listen=lambda event: listen(self._masked(event)),
            )
            try:
                result = await render_plan(plan, pool, context, wanted)
                raise_failures(result, len(wanted if wanted is not None else plan.shots))
                return await assemble(
                    plan,
                    result,
                    target,
                    wanted=wanted,
                    context=context,
                    versions=self._versions(result),
                    redactor=self.redactor,
                    started=started,
                )
            except Exception as error:
                without_secrets(error, self.redactor)
                raise
            finally:
                await pool.aclose()

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

        Raises:
            MiniStudioError: As ``plan`` does.
        """
        if not prompt.strip():
            raise ConfigError("the prompt is empty", hint="say in a sentence what is to be seen")
        picture = self._named(Path(image)) if image else None
        shot = ShotConfig(action=prompt, duration=seconds, first_frame=picture)
        film = Production(title=_short(prompt), scenes=[SceneConfig(shots=[shot])])
        return self.plan(
            film,
            providers=providers,
            model=model,
            video=video,
            compiler=compiler,
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
    def concurrency(self) -> int:
        """How many shots are rendered at once, by the settings."""
        return self.config.concurrency or RenderOptions().concurrency

    def _named(self, picture: Path) -> str:
        """The name a production beside us would give a picture: short, and the same anywhere."""
        path = picture.absolute()
        return str(path.relative_to(self.folder) if self.folder in path.parents else path)

    def _masked(self, event: Event) -> Event:
        return attrs.evolve(event, message=self.redactor.redact(event.message))

    def _output_folder(self) -> Path:
        return self.config.output or self.workspace.root / "out"

    def _options(self) -> dict[str, Mapping[str, object]]:
        return {name: provider.options for name, provider in self.config.provider.items()}

    def _versions(self, result: RenderResult) -> dict[str, str]:
        return self.registry.versions({shot.provider for shot in result.shots})

    def _names(self, providers: Sequence[str | BaseVideoProvider]) -> list[str]:
        """The names of providers; one given as an object is taken in first."""
        return [
            name if isinstance(name, str) else self.registry.adopt(name).name for name in providers
        ]


def _short(prompt: str, limit: int = 80) -> str:
    words = " ".join(prompt.split())
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"
