"""Asking secret backends in order, and remembering who answered."""

from __future__ import annotations

import itertools
import threading
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from ministudio.contracts.secrets import SecretRef
from ministudio.errors import MiniStudioError, SecretNotFound, SecretUnavailable
from ministudio.secrets.resolution import Resolution
from ministudio.secrets.values import checked, fetch, fetch_many
from ministudio.values.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ministudio.contracts.secrets import SecretBackend
    from ministudio.contracts.setting import Setting
    from ministudio.secrets.lazy import LazyBackend
    from ministudio.values.redaction import Redactor

__all__ = ["Resolution", "Route", "SecretResolver", "Source"]

FRESH_FOR: Final = 300.0
STALE_FOR: Final = 3600.0


class Source(NamedTuple):
    """One backend of a chain."""

    name: str
    backend: SecretBackend | LazyBackend


class Route(NamedTuple):
    """The one place that a setting has instead of a chain."""

    source: Source
    ref: SecretRef


class _Found(NamedTuple):
    source: str
    alias: str
    value: str
    version: str | None


class _Kept(NamedTuple):
    secret: Secret
    at: float


def _nobody_hears(_: str) -> None:
    pass


def _anything_goes(_: Setting, __: str) -> None:
    pass


class SecretResolver:
    """Asks each backend in turn for a declared setting; only "not found" moves on to the next.

    What was found is kept in memory for a while and asked for once, however many threads want
    it. After that while it is asked for anew; a backend that cannot be reached then leaves the
    old value in place for an hour at most, and one that refuses takes it away at once.

    Args:
        backends: The chain for secrets: names and backends, first asked first.
        plain: The chain for what is no secret; the same, if left out.
        routes: The only place that is asked for a setting, by one of its names.
        given: Who is asked before everything else, routes included.
        redactor: Told of every secret that is found, so that it can be masked in all output.
        check: Called with a setting and who answered; raises when that one may not.
        notice: Told when an old value is used.
        fresh_for: Seconds until a value is asked for anew.
        stale_for: Seconds for which an old value stands in for a backend out of reach.
        clock: Gives seconds.
    """

    def __init__(
        self,
        backends: Sequence[tuple[str, SecretBackend | LazyBackend]],
        *,
        plain: Sequence[tuple[str, SecretBackend | LazyBackend]] | None = None,
        routes: Mapping[str, Route] | None = None,
        given: Source | None = None,
        redactor: Redactor | None = None,
        check: Callable[[Setting, str], None] = _anything_goes,
        notice: Callable[[str], None] = _nobody_hears,
        fresh_for: float = FRESH_FOR,
        stale_for: float = STALE_FOR,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._backends = tuple(Source(*one) for one in backends)
        self._plain = self._backends if plain is None else tuple(Source(*one) for one in plain)
        self._routes = dict(routes or {})
        self._redactor = redactor
        self._check = check
        self._notice = notice
        self._fresh_for = fresh_for
        self._stale_for = stale_for
        self._clock = clock
        self._given = given
        self._kept: dict[tuple[str, ...], _Kept] = {}
        self._told: dict[tuple[str, ...], MiniStudioError] = {}
        self._lock = threading.Lock()
        self._locks: Mapping[tuple[str, ...], threading.Lock] = defaultdict(threading.Lock)

    @property
    def chain(self) -> tuple[str, ...]:
        """The names of the backends asked for secrets, first asked first."""
        return tuple(source.name for source in self._backends)

    def behind(self, name: str, backend: SecretBackend) -> SecretResolver:
        """Return a resolver that asks ``backend`` before everything else, routes included."""
        return SecretResolver(
            self._backends,
            plain=self._plain,
            routes=self._routes,
            given=Source(name, backend),
            redactor=self._redactor,
            check=self._check,
            notice=self._notice,
            fresh_for=self._fresh_for,
            stale_for=self._stale_for,
            clock=self._clock,
        )

    def asked(self, setting: Setting) -> tuple[str, ...]:
        """Return the names of the backends asked for a setting, first asked first."""
        return tuple(source.name for source, _ in self._sources(setting))

    def is_routed(self, setting: Setting) -> bool:
        """Whether one place alone is asked for a setting."""
        return self._route(setting) is not None

    def get(self, setting: Setting, *, fresh: bool = False) -> Secret:
        """Return the value of a declared setting, secret or not.

        Within one backend the declared name goes before its aliases; a backend further up the
        chain goes before one further down, under whichever name.

        Args:
            setting: What is asked for.
            fresh: Whether to ask anew, because the value that is kept is not accepted any more.

        Raises:
            SecretNotFound: When no backend knows it under any of its names.
            SecretDenied: When a backend refuses; no other is asked then.
            SecretUnavailable: When a backend cannot be reached or answers nonsense.
            SecretInvalid: When the value cannot be right; the message does not hold it.
            MiniStudioError: When a backend cannot be made.
        """
        names = _names(setting)
        with self._lock:
            lock = self._locks[names]
        with lock:
            kept, now = self._kept.get(names), self._clock()
            if kept is not None and not fresh and now - kept.at < self._fresh_for:
                return kept.secret
            if (told := self._told.pop(names, None)) is not None and not fresh:
                raise told
            try:
                found = next(self._answers(setting), None)
                if found is None:
                    raise self._not_found(setting)
                return self._keep(setting, found)
            except SecretUnavailable as error:
                if kept is None or now - kept.at >= self._stale_for:
                    raise
                self._notice(f"{error.message}; {setting.name} as it was before is used")
                return kept.secret
            except MiniStudioError:
                # What was revoked is not used any longer.
                self._kept.pop(names, None)
                raise

    def prefetch(self, settings: Iterable[Setting]) -> None:
        """Ask for many settings at once: in one call where a backend offers that.

        What cannot be had is told when it is asked for.
        """
        pending = {
            _names(setting): (setting, list(self._sources(setting)))
            for setting in settings
            if not self._is_fresh(setting)
        }
        while pending := {names: one for names, one in pending.items() if one[1]}:
            ahead: dict[str, tuple[Source, dict[SecretRef, None]]] = {}
            for _, sources in pending.values():
                source, refs = sources[0]
                ahead.setdefault(source.name, (source, {}))[1].update(dict.fromkeys(refs.values()))
            answers = {
                name: fetch_many(*source, list(refs)) for name, (source, refs) in ahead.items()
            }
            for names, (setting, sources) in pending.items():
                source, refs = sources.pop(0)
                try:
                    if (found := _first(source.name, refs, answers[source.name])) is not None:
                        self._keep(setting, found)
                        sources.clear()
                    elif not sources:
                        self._told[names] = self._not_found(setting)
                except MiniStudioError as error:
                    self._told[names] = error
                    sources.clear()

    def explain(self, setting: Setting) -> Resolution:
        """Return where the value of a setting comes from, asking every backend anew.

        Raises:
            SecretNotFound: When no backend knows it.
            SecretError: When any backend cannot answer, also one that would not have been asked.
        """
        answers = list(self._answers(setting))
        if not answers:
            raise self._not_found(setting)
        first, *others = answers
        self._check(setting, first.source)
        return Resolution(
            name=setting.name,
            source=first.source,
            alias=first.alias,
            version=first.version,
            shadowed=tuple(f"{other.source} as {other.alias}" for other in others),
        )

    def _is_fresh(self, setting: Setting) -> bool:
        kept = self._kept.get(_names(setting))
        return kept is not None and self._clock() - kept.at < self._fresh_for

    def _keep(self, setting: Setting, found: _Found) -> Secret:
        self._check(setting, found.source)
        secret = Secret(checked(found.alias, found.source, found.value), setting.name)
        if setting.secret and self._redactor is not None:
            self._redactor.register(secret)
        self._kept[_names(setting)] = _Kept(secret, self._clock())
        return secret

    def _route(self, setting: Setting) -> Route | None:
        return next((self._routes[n] for n in _names(setting) if n in self._routes), None)

    def _sources(self, setting: Setting) -> Iterator[tuple[Source, dict[str, SecretRef]]]:
        """Who is asked, in order, and for what, by the name it is found under."""
        refs = {name: SecretRef(path=name) for name in _names(setting)}
        if self._given is not None:
            yield self._given, refs
        if (route := self._route(setting)) is not None:
            yield route.source, {route.ref.path: route.ref}
            return
        yield from zip(self._backends if setting.secret else self._plain, itertools.repeat(refs))

    def _answers(self, setting: Setting) -> Iterator[_Found]:
        for source, refs in self._sources(setting):
            for alias, ref in refs.items():
                try:
                    answer = fetch(*source, ref)
                except SecretNotFound:
                    continue
                yield _Found(source.name, alias, *answer)

    def _not_found(self, setting: Setting) -> SecretNotFound:
        if (route := self._route(setting)) is not None:
            return SecretNotFound(
                f"{setting.name} is not where its route says: "
                f"{route.source.name} knows no {route.ref.path}"
            )
        names = " or ".join(_names(setting))
        asked = ", ".join(self.asked(setting)) or "nobody"
        return SecretNotFound(f"{names} is not set; asked: {asked}")


def _first(
    name: str,
    refs: Mapping[str, SecretRef],
    answers: Mapping[SecretRef, tuple[str, str | None] | MiniStudioError],
) -> _Found | None:
    """The first answer that is one.

    Raises:
        MiniStudioError: When a refusal or a failure comes before it.
    """
    for alias, ref in refs.items():
        match answers[ref]:
            case SecretNotFound():
                continue
            case MiniStudioError() as error:
                raise error
            case (value, version):
                return _Found(name, alias, value, version)
    return None


def _names(setting: Setting) -> tuple[str, ...]:
    return (setting.name, *setting.aliases)
