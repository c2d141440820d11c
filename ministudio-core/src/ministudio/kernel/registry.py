"""The registry: what the plugins offer, by name.

An object rather than a global: the command line and ``Studio`` each own one. Asking for one
name loads one plugin, and a broken plugin is recorded while all others go on working.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from ministudio._version import __version__
from ministudio.contracts.prompts import PromptCompiler
from ministudio.contracts.providers import BaseVideoProvider
from ministudio.contracts.secrets import SecretBackend
from ministudio.contracts.specs import PluginContext
from ministudio.errors import ConfigError, PluginError, UnknownName
from ministudio.kernel.adopting import Adopted, adopt
from ministudio.kernel.chosen import ChosenProvider
from ministudio.kernel.compilers import compiler_for
from ministudio.kernel.discovery import scan as scan_installed
from ministudio.kernel.factory import create, make, rename, resolve
from ministudio.kernel.looking import looking
from ministudio.kernel.models import card_of, choices, one_model, with_cards
from ministudio.kernel.names import unknown
from ministudio.kernel.observing import guarded
from ministudio.kernel.offers import Kind, Offers
from ministudio.kernel.plugins import Plugins
from ministudio.kernel.policy import PluginPolicy
from ministudio.kernel.user_models import user_cards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ministudio.contracts.cards import ModelCard
    from ministudio.contracts.clips import ClipRequest
    from ministudio.contracts.events import Event
    from ministudio.contracts.specs import (
        PromptCompilerSpec,
        SecretBackendSpec,
        SpeechProviderSpec,
        VideoProviderSpec,
    )
    from ministudio.kernel.adopting import Provider
    from ministudio.kernel.claims import Discovery
    from ministudio.kernel.records import FoundPlugin, PluginFailure

__all__ = ["Registry"]


class Registry:
    """Answers for providers, backends, compilers and models by name.

    Every method that looks one name up raises ``UnknownName`` when nobody offers it, with what
    was meant or what to install, and ``PluginError`` when its plugin is installed and broken.

    Args:
        policy: Which plugins may be loaded; by default, what the environment says.
        scan: Finds the plugins that a policy lets in; by default, the installed ones.
    """

    def __init__(
        self,
        policy: PluginPolicy | None = None,
        *,
        scan: Callable[[PluginPolicy], Discovery] | None = None,
    ) -> None:
        self.policy = PluginPolicy.from_environ(os.environ) if policy is None else policy
        self.loader = Plugins(self.policy, scan or scan_installed)
        self.offers = Offers(self.loader)
        self._adopted: dict[str, Adopted] = {}
        self._chosen: dict[str, ChosenProvider] = {}
        self._cards: dict[str, tuple[ModelCard, ...]] = {}

    @property
    def failures(self) -> tuple[PluginFailure, ...]:
        """Every failure so far; what has not been asked for has not been loaded."""
        return self.loader.failures

    def plugins(self) -> tuple[FoundPlugin, ...]:
        """Return the plugins that may be loaded, by id, from metadata alone."""
        return tuple(self.loader.discovery.plugins.values())

    def register(self, id_: str, plugin: object) -> FoundPlugin:
        """Add a plugin by hand: a module, an object with hooks, or a module's name.

        Raises:
            PluginConflict: When the id is taken.
        """
        return self.loader.register(id_, plugin)

    def adopt(self, provider: Provider, models: Sequence[ModelCard] = ()) -> VideoProviderSpec:
        """Add a provider that no plugin describes, as an object or its class; return its spec.

        An object of an installed plugin's own class, or a program's choice of one, keeps that
        plugin's spec and cards. One adopted later under a name takes the earlier one's place.

        Raises:
            ConfigError: When the provider has no name that can be used.
            PluginConflict: When a plugin offers another provider under this name.
        """
        if isinstance(provider, ChosenProvider):
            spec = self._complete(self.offers.one(Kind.PROVIDER, provider.name)[1])
            self._chosen[spec.name] = provider
            self._adopted.pop(spec.name, None)
            return spec
        adopted = adopt(provider, models, self._taken)
        self._adopted[adopted.spec.name] = adopted
        self._chosen.pop(adopted.spec.name, None)
        return adopted.spec

    def chosen(self, provider: str) -> ChosenProvider | None:
        """Return what a program says of an installed provider, if it was handed over so."""
        return self._chosen.get(provider)

    def add_cards(self, provider: str, cards: Sequence[ModelCard]) -> None:
        """Add the user's own model cards to a provider; the last card with an id counts."""
        self._cards[provider] = (*self._cards.get(provider, ()), *cards)

    def add_models(self, tables: Mapping[str, Mapping[str, object]], source: str) -> None:
        """Add the user's ``[models]`` tables, each to the provider whose model it extends.

        Raises:
            ConfigError: With every fault at once, each with its model and key.
        """
        for provider, cards in user_cards(tables, source, self.model).items():
            self.add_cards(provider, cards)

    def versions(self, providers: Iterable[str]) -> dict[str, str]:
        """Return the versions of the core and of the distributions that offer ``providers``.

        One that nobody offers any more, though clips of its are still used, is left out.
        """
        versions: dict[str, str] = {}
        for name in providers:
            with contextlib.suppress(UnknownName, PluginError):
                plugin = self.plugin_of(name)
                versions[plugin.distribution] = plugin.version
        return {"ministudio-core": __version__} | {k: v for k, v in sorted(versions.items()) if k}

    def providers(self) -> tuple[VideoProviderSpec, ...]:
        """Return every video provider, by name; broken plugins are left out and recorded."""
        specs = {spec.name: spec for _, spec in self.offers.all(Kind.PROVIDER)}
        specs |= {name: adopted.spec for name, adopted in self._adopted.items()}
        return tuple(self._complete(specs[name]) for name in sorted(specs))

    def backends(self) -> tuple[SecretBackendSpec, ...]:
        """Return every secret backend, the core's own first."""
        return tuple(spec for _, spec in self.offers.all(Kind.BACKEND))

    def compilers(self) -> tuple[PromptCompilerSpec, ...]:
        """Return every prompt compiler, the core's own first."""
        return tuple(spec for _, spec in self.offers.all(Kind.COMPILER))

    def speech_providers(self) -> tuple[SpeechProviderSpec, ...]:
        """Return every speech provider."""
        return tuple(spec for _, spec in self.offers.all(Kind.SPEECH))

    def observer(self, plugin: str) -> Callable[[Event], None]:
        """Return what hands events to a plugin; whatever the plugin raises is only logged.

        Raises:
            ConfigError: When the plugin observes nothing.
        """
        loaded = self.loader.named(plugin)
        if loaded.observe is None:
            hint = "take it off the list of observers"
            raise ConfigError(f"the plugin {plugin!r} observes nothing", hint=hint)
        return guarded(plugin, loaded.observe)

    def provider(self, name: str) -> VideoProviderSpec:
        """Return one provider's spec, loading only the plugin that the name belongs to."""
        return self._complete(self._provider(name)[1])

    def plugin_of(self, provider: str) -> FoundPlugin:
        """Return the plugin that offers a provider; an adopted one stands for itself."""
        return self._provider(provider)[0]

    def create_provider(self, name: str, context: PluginContext | None = None) -> BaseVideoProvider:
        """Return the provider itself; this is what imports its SDK.

        Raises:
            MissingDependency: When a package that it needs is not installed.
            PluginLoadError: When its factory breaks, or makes something else.
        """
        plugin, spec = self._provider(name)
        adopted = self._adopted[name].provider if name in self._adopted else None
        if isinstance(adopted, BaseVideoProvider):
            return adopted
        context = context or PluginContext()
        if adopted is not None:
            own: BaseVideoProvider = make(plugin, adopted, BaseVideoProvider, context)
            return own
        made: BaseVideoProvider = create(plugin, spec.factory, BaseVideoProvider, context)
        rename(plugin, made, name)
        return made

    def look_over(self, name: str) -> Callable[[ClipRequest], tuple[str, ...]] | None:
        """Return what looks requests over for a provider, if it offers that; imports no SDK.

        Raises:
            MissingDependency: When a package that it needs is not installed.
            PluginLoadError: When it is not there.
        """
        plugin, spec = self._provider(name)
        return looking(plugin, resolve(plugin, spec.look_over)) if spec.look_over else None

    def create_backend(self, name: str, context: PluginContext | None = None) -> SecretBackend:
        """Return a secret backend itself.

        Raises:
            MissingDependency: When a package that it needs is not installed.
            PluginLoadError: When its factory breaks, or makes something else.
        """
        plugin, spec = self.offers.one(Kind.BACKEND, name)
        made: SecretBackend = create(
            plugin, spec.factory, SecretBackend, context or PluginContext()
        )
        return made

    def create_compiler(self, name: str) -> PromptCompiler:
        """Return a prompt compiler itself.

        Raises:
            MissingDependency: When a package that it needs is not installed.
            PluginLoadError: When its factory breaks, or makes something else.
        """
        plugin, spec = self.offers.one(Kind.COMPILER, name)
        made: PromptCompiler = create(plugin, spec.factory, PromptCompiler)
        return made

    def compiler_name(
        self,
        provider: VideoProviderSpec,
        explicit: str | None = None,
        card: ModelCard | None = None,
    ) -> str:
        """Return which compiler serves a model.

        What is asked for explicitly comes first, then what the provider's spec names, then a
        compiler of the provider's own plugin that speaks the model's dialect, then the core's.

        Args:
            provider: The provider's spec.
            explicit: The compiler that the user asked for.
            card: The model's card; by default, the provider's first.

        Raises:
            ConfigError: When nobody on that list speaks the dialect; the hint names the choices.
        """
        named = explicit or provider.compiler
        if named is not None:
            return str(self.offers.one(Kind.COMPILER, named)[1].name)
        own = self.plugin_of(provider.name).id
        compilers = list(self.offers.all(Kind.COMPILER))
        return compiler_for(card or provider.models[0], own, compilers)

    def models(self) -> tuple[tuple[VideoProviderSpec, ModelCard], ...]:
        """Return every model of every provider, each with its provider's spec."""
        return tuple((spec, card) for spec in self.providers() for card in spec.models)

    def model(self, name: str) -> tuple[VideoProviderSpec, ModelCard]:
        """Return the provider and card that ``provider/model``, a bare model or an alias means.

        Raises:
            ConfigError: When several providers have a bare model; the hint says how to choose.
        """
        first, slash, rest = name.partition("/")
        if slash and self._is_provider(first):
            spec = self.provider(first)
            if (card := card_of(spec, rest)) is not None:
                return spec, card
            specs: Sequence[VideoProviderSpec] = [spec]
        else:
            # A model's own id may hold a slash, as those of Hugging Face do.
            specs = self.providers()
            if (pair := one_model(name, specs)) is not None:
                return pair
        discovery = self.loader.discovery
        raise unknown("model", name, choices(name, specs), discovery, self.failures)

    def _taken(self, name: str) -> tuple[FoundPlugin, VideoProviderSpec] | None:
        try:
            return self.offers.lookup(Kind.PROVIDER, name)
        except PluginError:
            return None  # a broken plugin holds no names, and its failure is on record

    def _is_provider(self, name: str) -> bool:
        return name in self._adopted or self.offers.lookup(Kind.PROVIDER, name) is not None

    def _provider(self, name: str) -> tuple[FoundPlugin, VideoProviderSpec]:
        if name in self._adopted:
            return self._adopted[name].plugin, self._adopted[name].spec
        plugin, spec = self.offers.one(Kind.PROVIDER, name)
        return plugin, spec

    def _complete(self, spec: VideoProviderSpec) -> VideoProviderSpec:
        cards = self._cards.get(spec.name)
        return with_cards(spec, cards) if cards else spec
