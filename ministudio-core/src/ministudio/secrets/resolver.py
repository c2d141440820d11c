"""Asking secret backends in order, and remembering who answered."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.secrets import SecretRef
from ministudio.errors import SecretNotFound
from ministudio.secrets.values import checked, fetch
from ministudio.values.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ministudio.contracts.secrets import SecretBackend
    from ministudio.contracts.setting import Setting
    from ministudio.values.redaction import Redactor

__all__ = ["Resolution", "SecretResolver"]


@attrs.frozen(kw_only=True)
class Resolution:
    """Where a value comes from; the value itself is not here.

    Args:
        name: The declared name.
        source: The backend that has it.
        alias: The name it was found under: the declared one, or one of its aliases.
        version: The backend's version of it, where there are versions.
        shadowed: Where else it is set and not used, such as ``"dotenv as HF_TOKEN"``.
    """

    name: str
    source: str
    alias: str
    version: str | None = None
    shadowed: tuple[str, ...] = ()

    def __str__(self) -> str:
        alias = f" as {self.alias}" if self.alias != self.name else ""
        shadows = f"; shadows {', '.join(self.shadowed)}" if self.shadowed else ""
        return f"{self.name} from {self.source}{alias}{shadows}"


class SecretResolver:
    """Asks each backend in turn for a declared setting; only "not found" moves on to the next.

    What was found is kept in memory and asked for once. It may be used from several threads.

    Args:
        backends: The chain: names and backends, first asked first.
        redactor: Told of every secret that is found, so that it can be masked in all output.
    """

    def __init__(
        self, backends: Sequence[tuple[str, SecretBackend]], *, redactor: Redactor | None = None
    ) -> None:
        self._backends = tuple(backends)
        self._redactor = redactor
        self._found: dict[tuple[str, ...], Secret] = {}
        self._lock = threading.RLock()

    @property
    def chain(self) -> tuple[str, ...]:
        """The names of the backends, first asked first."""
        return tuple(name for name, _ in self._backends)

    def behind(self, name: str, backend: SecretBackend) -> SecretResolver:
        """Return a resolver that asks ``backend`` first, and then the same chain."""
        return SecretResolver([(name, backend), *self._backends], redactor=self._redactor)

    def get(self, setting: Setting) -> Secret:
        """Return the value of a declared setting, secret or not.

        Within one backend the declared name goes before its aliases; a backend further up the
        chain goes before one further down, under whichever name.

        Raises:
            SecretNotFound: When no backend knows it under any of its names.
            SecretDenied: When a backend refuses; no other is asked then.
            SecretUnavailable: When a backend cannot be reached or answers nonsense.
            SecretInvalid: When the value cannot be right; the message does not hold it.
        """
        names = _names(setting)
        with self._lock:
            if names not in self._found:
                backend, alias, value, _ = next(self._answers(setting), (None, "", "", None))
                if backend is None:
                    raise self._not_found(setting)
                secret = Secret(checked(alias, backend, value), setting.name)
                if setting.secret and self._redactor is not None:
                    self._redactor.register(secret)
                self._found[names] = secret
            return self._found[names]

    def explain(self, setting: Setting) -> Resolution:
        """Return where the value of a setting comes from, asking every backend anew.

        Raises:
            SecretNotFound: When no backend knows it.
            SecretError: When any backend cannot answer, also one that would not have been asked.
        """
        answers = [(name, alias, version) for name, alias, _, version in self._answers(setting)]
        if not answers:
            raise self._not_found(setting)
        (source, alias, version), *others = answers
        return Resolution(
            name=setting.name,
            source=source,
            alias=alias,
            version=version,
            shadowed=tuple(f"{name} as {other}" for name, other, _ in others),
        )

    def _answers(self, setting: Setting) -> Iterator[tuple[str, str, str, str | None]]:
        for name, backend in self._backends:
            for alias in _names(setting):
                try:
                    value, version = fetch(name, backend, SecretRef(path=alias))
                except SecretNotFound:
                    continue
                yield name, alias, value, version

    def _not_found(self, setting: Setting) -> SecretNotFound:
        names = " or ".join(_names(setting))
        return SecretNotFound(f"{names} is not set; asked: {', '.join(self.chain) or 'nobody'}")


def _names(setting: Setting) -> tuple[str, ...]:
    return (setting.name, *setting.aliases)
