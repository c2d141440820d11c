"""An installed provider as a program chose it: which model, with which options and settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ministudio.contracts.providers import BaseVideoProvider
from ministudio.contracts.specs import PluginContext

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from ministudio.contracts.clips import Clip, ClipRequest, Progress
    from ministudio.values.secret import Secret

__all__ = ["ChosenProvider", "Pool"]


class Pool(Protocol):
    """Providers by name, each made when it is first wanted."""

    async def get(self, name: str) -> BaseVideoProvider:
        """Return a provider."""

    async def aclose(self) -> None:
        """Close every provider that was made."""


class ChosenProvider(BaseVideoProvider):
    """A provider of an installed plugin, with what a program says of it before the settings do.

    Whoever plans or renders with it makes the provider itself from these, as for a name in
    the settings; nothing is connected to, and no SDK imported, before a clip is wanted. Used on
    its own, ``generate`` makes the provider, too, and ``aclose`` lets go of it.

    Args:
        name: The provider's name.
        pool: Gives a pool that knows this choice, for a caller without a studio.
        model: The id of the model to use; by the settings or the provider's first if None.
        options: Options, before those of the settings.
        settings: Values of declared settings, before those of the environment.
        without: Options of the settings that do not count, since something here says otherwise.
    """

    def __init__(
        self,
        name: str,
        pool: Callable[[ChosenProvider], Pool],
        *,
        model: str | None = None,
        options: Mapping[str, object] | None = None,
        settings: Mapping[str, Secret] | None = None,
        without: Collection[str] = (),
    ) -> None:
        super().__init__(PluginContext(options=dict(options or {}), settings=dict(settings or {})))
        self.name = name
        self.model = model
        self._new_pool = pool
        self._pool: Pool | None = None
        self._without = frozenset(without)

    def __repr__(self) -> str:
        return f"<provider {self.name}{f', model {self.model}' if self.model else ''}>"

    async def generate(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Make one clip in the folder ``into`` and return it.

        Raises:
            MiniStudioError: When the provider cannot be made, and whatever it raises.
        """
        if self._pool is None:
            self._pool = self._new_pool(self)
        provider = await self._pool.get(self.name)
        return await provider.generate(request, into, progress)

    async def aclose(self) -> None:
        """Let go of the provider; the next clip makes it anew."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.aclose()

    def options_over(self, options: Mapping[str, object]) -> dict[str, object]:
        """Return the options of the settings with those said here put over them."""
        kept = {name: value for name, value in options.items() if name not in self._without}
        return {**kept, **self.context.options}
