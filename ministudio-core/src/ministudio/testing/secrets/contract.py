"""The tests that every secret backend passes; its author inherits them. Needs pytest.

A complete test file::

    import pytest
    from ministudio.testing.secrets.contract import SecretBackendContract
    from my_store import MyStore  # a SecretStore, or a ProxiedStore

    class TestMine(SecretBackendContract):
        backend_name = "mine"
        plugin = "my_plugin"  # the module that describes the backend
        sdk = ("my_vendor",)  # what describing and creating it must not import

        @pytest.fixture
        def store(self):
            with MyStore() as store:
                yield store

``pytest -p ministudio.testing.secrets.matrix`` prints what came of each case, as a table.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time
import traceback
from typing import TYPE_CHECKING, ClassVar, Final

import pytest

from ministudio.plugin import (
    SecretBackend,
    SecretError,
    SecretInvalid,
    SecretNotFound,
    SecretRef,
    SecretUnavailable,
)
from ministudio.testing.secrets.awkward import AWKWARD_NAMES, AWKWARD_VALUES, AWKWARD_VERSIONS
from ministudio.testing.secrets.trouble import EXPECTED, Case, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ministudio.testing.secrets.store import SecretStore

__all__ = ["SecretBackendContract"]

NAME: Final = "CONFORMANCE_KEY"
CANARY: Final = "canary-4a7Zq+/=&%é"
ROTATED: Final = "canary-9b2Kw+/=&%é"
HANG_SECONDS: Final = 3.0


class SecretBackendContract:
    """What a secret backend promises; a subclass says which one, and has a fixture ``store``.

    Attributes:
        backend_name: The name in the matrix.
        plugin: The module that describes the backend.
        sdk: The packages that only a question to the backend may import.
        versions: Whether the backend keeps older versions.
        keys: Whether it reads a field of a secret that is a JSON object.
        values: Values that come back as they were; fewer where the vendor takes fewer.
    """

    backend_name: ClassVar[str]
    plugin: ClassVar[str]
    sdk: ClassVar[tuple[str, ...]] = ()
    versions: ClassVar[bool] = True
    keys: ClassVar[bool] = True
    values: ClassVar[tuple[str, ...]] = AWKWARD_VALUES

    @pytest.mark.parametrize("case", list(Case))
    def test_every_case_is_a_value_or_a_typed_error_in_time(
        self, store: SecretStore, case: Case, record_property: Callable[[str, object], None]
    ) -> None:
        """The matrix: the value, or an error of exactly one type that holds nothing."""
        backend = self._asked_before(store)
        _bring_about(case, store)
        seconds, outcome = _outcome(backend)
        shown = "value" if isinstance(outcome, tuple) else type(outcome).__name__
        record_property("secrets_matrix", [self.backend_name, case.value, shown, round(seconds, 2)])
        expected = EXPECTED[case]
        if expected is None:
            value = ROTATED if case is Case.ROTATED else CANARY
            assert isinstance(outcome, tuple), f"{case} ended in {shown}"
            assert outcome[0] == value, f"{case} gave another value"
        else:
            assert type(outcome) is expected, f"{case} ended in {shown}, not {expected.__name__}"
            assert isinstance(outcome, SecretError)
            _holds_nothing(outcome)
        assert seconds < HANG_SECONDS, f"{case} took {seconds:.1f} s"

    @pytest.mark.parametrize("trouble", [t for t in Trouble if t not in {"hang", "drip"}])
    def test_trouble_at_the_very_first_question_is_told_and_passes(
        self, store: SecretStore, trouble: Trouble
    ) -> None:
        """Signing in may fail as well as asking, and neither is remembered."""
        store.put(NAME, CANARY)
        backend = store.backend()
        store.upset(trouble)
        _, outcome = _outcome(backend)
        assert type(outcome) is SecretUnavailable, f"{trouble} ended in {type(outcome).__name__}"
        _holds_nothing(outcome)
        store.upset(None)
        assert backend.get(SecretRef(path=NAME))[0] == CANARY

    def test_a_hang_is_over_when_the_server_is_well_again(self, store: SecretStore) -> None:
        """Whoever gave up on an answer can ask again at once."""
        backend = self._asked_before(store)
        store.upset(Trouble.HANG)
        assert type(_outcome(backend)[1]) is SecretUnavailable
        store.upset(None)
        assert backend.get(SecretRef(path=NAME))[0] == CANARY

    def test_what_was_taken_away_is_missing_though_it_was_read_before(
        self, store: SecretStore
    ) -> None:
        """A backend keeps no secret of its own that its store has given up."""
        backend = self._asked_before(store)
        store.remove(NAME)
        with pytest.raises(SecretNotFound):
            backend.get(SecretRef(path=NAME))

    def test_values_come_back_as_they_were_stored(self, store: SecretStore) -> None:
        """Nothing is decoded, trimmed or filled in."""
        backend = store.backend()
        for value in self.values:
            store.put(NAME, value)
            assert backend.get(SecretRef(path=NAME))[0] == value

    def test_what_cannot_be_right_is_refused_before_anybody_is_asked(
        self, store: SecretStore
    ) -> None:
        """No path or version leads out of the store, or becomes a query or a header."""
        backend = store.backend()
        refs = [SecretRef(path=name) for name in AWKWARD_NAMES]
        refs += [SecretRef(path=NAME, version=version) for version in AWKWARD_VERSIONS]
        for ref in refs:
            with pytest.raises(SecretError) as caught:
                backend.get(ref)
            assert type(caught.value) is SecretInvalid, ref
            assert "pw" not in str(caught.value), ref
            assert "\n" not in str(caught.value), ref
            assert store.asked == 0, ref

    def test_older_versions_are_read_by_the_version_that_was_given_with_them(
        self, store: SecretStore
    ) -> None:
        """A backend without versions says so when it is asked for one."""
        store.put(NAME, CANARY)
        backend = store.backend()
        _, first = backend.get(SecretRef(path=NAME))
        if not self.versions:
            with pytest.raises(SecretInvalid):
                backend.get(SecretRef(path=NAME, version="1"))
            return
        assert first is not None
        store.put(NAME, ROTATED)
        value, second = backend.get(SecretRef(path=NAME))
        assert (value, second != first) == (ROTATED, True)
        assert backend.get(SecretRef(path=NAME, version=first)) == (CANARY, first)

    def test_a_field_of_a_json_secret_is_read_by_key(self, store: SecretStore) -> None:
        """A backend without keys says so when it is asked for one."""
        store.put(NAME, json.dumps({"token": CANARY, "number": 4, "nested": {"a": CANARY}}))
        backend = store.backend()
        if not self.keys:
            with pytest.raises(SecretInvalid):
                backend.get(SecretRef(path=NAME, key="token"))
            return
        assert backend.get(SecretRef(path=NAME, key="token"))[0] == CANARY
        with pytest.raises(SecretNotFound):
            backend.get(SecretRef(path=NAME, key="absent"))
        with pytest.raises(SecretInvalid) as caught:
            backend.get(SecretRef(path=NAME, key="nested"))
        _holds_nothing(caught.value)
        store.put(NAME, CANARY)
        with pytest.raises(SecretInvalid) as caught:
            backend.get(SecretRef(path=NAME, key="token"))
        _holds_nothing(caught.value)

    def test_eight_threads_get_their_answers_from_one_backend(self, store: SecretStore) -> None:
        """A resolver asks for many secrets at a time."""
        names = [f"{NAME}_{number}" for number in range(8)]
        for name in names:
            store.put(name, f"{CANARY} {name}")
        backend = store.backend()
        answers: dict[str, str] = {}

        def ask(name: str) -> None:
            answers[name] = backend.get(SecretRef(path=name))[0]

        threads = [threading.Thread(target=ask, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert answers == {name: f"{CANARY} {name}" for name in names}

    def test_it_is_a_backend_and_its_repr_shows_no_value(self, store: SecretStore) -> None:
        """The object may be printed by anybody, also after it has read a secret."""
        backend = self._asked_before(store)
        assert isinstance(backend, SecretBackend)
        assert CANARY not in repr(backend) + str(backend)

    def test_the_most_talkative_logging_shows_no_value(
        self, store: SecretStore, caplog: pytest.LogCaptureFixture
    ) -> None:
        """An SDK may log its answers, and nobody can mask what is not yet known to be secret."""
        caplog.set_level(logging.DEBUG)
        self._asked_before(store)
        assert _values_in([caplog.text, *map(repr, caplog.records)]) == []

    def test_describing_and_creating_it_imports_no_sdk(self) -> None:
        """Only a question is worth an SDK: not a list, not a check of somebody else's secret."""
        loaded = _imported_by(self.plugin)
        heavy = [
            sdk for sdk in self.sdk if any(f"{name}.".startswith(f"{sdk}.") for name in loaded)
        ]
        assert heavy == []

    def _asked_before(self, store: SecretStore) -> SecretBackend:
        store.put(NAME, CANARY)
        backend = store.backend()
        assert backend.get(SecretRef(path=NAME))[0] == CANARY
        return backend


def _bring_about(case: Case, store: SecretStore) -> None:
    match case:
        case Case.FOUND:
            return
        case Case.MISSING:
            store.remove(NAME)
        case Case.DENIED:
            store.deny(NAME)
        case Case.ROTATED:
            store.put(NAME, ROTATED)
        case _:
            store.upset(case.trouble)


def _outcome(backend: SecretBackend) -> tuple[float, tuple[str, str | None] | Exception]:
    began = time.monotonic()
    outcome: tuple[str, str | None] | Exception
    try:
        outcome = backend.get(SecretRef(path=NAME))
    except Exception as error:  # noqa: BLE001 - what it is, is the question
        outcome = error
    return time.monotonic() - began, outcome


def _holds_nothing(error: BaseException | object) -> None:
    """Check that neither the error nor what it drags along has a value in it."""
    assert isinstance(error, SecretError)
    texts = [repr(error), str(error), error.hint or "", *map(repr, error.args)]
    texts += traceback.format_exception(error)
    assert _values_in(texts) == []
    assert error.__cause__ is None, "it keeps the vendor's error as its cause"
    assert error.__context__ is None, "it keeps the vendor's error as its context"


def _values_in(texts: Iterable[str]) -> list[str]:
    marks = ("canary-4a7Zq", "canary-9b2Kw")
    return [mark for mark in marks for text in texts if mark in text]


_DESCRIBE = """
import contextlib, importlib, json, sys
from ministudio.plugin import MiniStudioError, PluginContext, Secret, SettingKind

def sample(setting):
    if setting.secret:
        return Secret("sample", setting.name)
    return "https://127.0.0.1" if setting.kind is SettingKind.URL else setting.default or "sample"

for spec in importlib.import_module(sys.argv[1]).ministudio_secret_backends():
    where, _, name = spec.factory.partition(":")
    factory = getattr(importlib.import_module(where), name)
    settings = {s.name: sample(s) for s in spec.settings if s.required or s.default}
    with contextlib.suppress(MiniStudioError):
        factory(PluginContext(settings=settings))
print(json.dumps(sorted(sys.modules)))
"""


def _imported_by(plugin: str) -> set[str]:
    done = subprocess.run(  # noqa: S603 - our own interpreter, and a module's name from a test
        [sys.executable, "-c", _DESCRIBE, plugin], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))
