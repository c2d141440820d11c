"""The tests that every secret backend passes; its author inherits them.

A complete test file::

    import pytest
    from ministudio.testing import SecretBackendConformance
    from my_store import MyStore  # a SecretStore, or a ProxiedStore

    class TestMine(SecretBackendConformance):
        plugin = "my_plugin"  # the module that describes the backend
        sdk = ("my_vendor",)  # what only a question to it may import

        @pytest.fixture
        def store(self):
            with MyStore() as store:
                yield store

``pytest -p ministudio.testing.secrets.matrix`` prints what came of each case, as a table.
"""

from __future__ import annotations

import json
import logging
import threading
from typing import TYPE_CHECKING, ClassVar, Final

import pytest

from ministudio.plugin import (
    BatchSecretBackend,
    SecretBackend,
    SecretBackendSpec,
    SecretInvalid,
    SecretNotFound,
    SecretRef,
    SecretUnavailable,
)
from ministudio.testing.checks.subject import none_of, wrong
from ministudio.testing.plugins import PluginConformance
from ministudio.testing.secrets.awkward import AWKWARD_NAMES, AWKWARD_VALUES, AWKWARD_VERSIONS
from ministudio.testing.secrets.judging import (
    CANARY,
    NAME,
    ROTATED,
    bring_about,
    ends_in,
    holds_nothing,
    imported_by,
    outcome_of,
    shown,
    values_in,
)
from ministudio.testing.secrets.trouble import EXPECTED, Case, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.testing.secrets.store import SecretStore

__all__ = ["SecretBackendConformance"]

HANG_SECONDS: Final = 3.0


class SecretBackendConformance(PluginConformance):
    """What a secret backend promises; a subclass says which one, and has a fixture ``store``.

    Attributes:
        label: What it is called in the matrix, where that is not its name.
        versions: Whether the backend keeps older versions.
        keys: Whether it reads a field of a secret that is a JSON object.
        values: Values that come back as they were; fewer where the vendor takes fewer.
    """

    kind = SecretBackendSpec
    label: ClassVar[str] = ""
    versions: ClassVar[bool] = True
    keys: ClassVar[bool] = True
    values: ClassVar[tuple[str, ...]] = AWKWARD_VALUES

    @pytest.mark.parametrize("case", list(Case))
    def test_every_case_is_a_value_or_a_typed_error_in_time(
        self, store: SecretStore, case: Case, record_property: Callable[[str, object], None]
    ) -> None:
        """The matrix: the value, or an error of exactly one type that holds nothing."""
        backend = self._asked_before(store)
        bring_about(case, store)
        seconds, outcome = outcome_of(backend)
        ended = "value" if isinstance(outcome, tuple) else type(outcome).__name__
        label = self.label or self.name or self.spec().name
        record_property("secrets_matrix", [label, case.value, ended, round(seconds, 2)])
        expected = EXPECTED[case]
        if expected is None:
            value = ROTATED if case is Case.ROTATED else CANARY
            if not isinstance(outcome, tuple):
                wrong(f"get() of a secret that is {case} raised {outcome!r}, not its value")
            if outcome[0] != value:
                wrong(
                    f"get() of a secret that is {case} gave another value than the one stored: "
                    "change nothing of it, and keep no old one"
                )
        elif type(outcome) is not expected:
            wrong(
                f"{case}: get() ended in {ended}, not in {expected.__name__}: say so in what "
                "explains the vendor's errors"
            )
        else:
            holds_nothing(outcome)
        if seconds >= HANG_SECONDS:
            wrong(
                f"{case}: get() took {seconds:.1f} s, more than {HANG_SECONDS:.0f}: ask through "
                "ask_backend(), and do not let the SDK try again"
            )

    @pytest.mark.parametrize("trouble", [t for t in Trouble if t not in {"hang", "drip"}])
    def test_trouble_at_the_very_first_question_is_told_and_passes(
        self, store: SecretStore, trouble: Trouble
    ) -> None:
        """Signing in may fail as well as asking, and neither is remembered."""
        store.put(NAME, CANARY)
        backend = store.backend()
        store.upset(trouble)
        _, outcome = outcome_of(backend)
        if type(outcome) is not SecretUnavailable:
            wrong(
                f"{trouble} at the first question: get() ended in {type(outcome).__name__}, not "
                "in SecretUnavailable: sign in inside of what ask_backend() calls"
            )
        holds_nothing(outcome)
        store.upset(None)
        self._well_again(backend, trouble)

    def test_a_hang_is_over_when_the_server_is_well_again(self, store: SecretStore) -> None:
        """Whoever gave up on an answer can ask again at once."""
        backend = self._asked_before(store)
        store.upset(Trouble.HANG)
        outcome = outcome_of(backend)[1]
        if type(outcome) is not SecretUnavailable:
            wrong(f"a hang ended in {type(outcome).__name__}, not in SecretUnavailable")
        store.upset(None)
        self._well_again(backend, Trouble.HANG)

    def test_what_was_taken_away_is_missing_though_it_was_read_before(
        self, store: SecretStore
    ) -> None:
        """A backend keeps no secret of its own that its store has given up."""
        backend = self._asked_before(store)
        store.remove(NAME)
        outcome = outcome_of(backend)[1]
        if type(outcome) is not SecretNotFound:
            wrong(
                f"a secret that was read and then taken away: get() ended in {shown(outcome)}, "
                "not in SecretNotFound: keep no value of your own, for the core does that"
            )

    def test_values_come_back_as_they_were_stored(self, store: SecretStore) -> None:
        """Nothing is decoded, trimmed or filled in."""
        backend = store.backend()
        for value in self.values:
            store.put(NAME, value)
            if (given := backend.get(SecretRef(path=NAME))[0]) != value:
                wrong(f"stored was {value[:80]!r}, and get() gave {given[:80]!r}")

    def test_what_cannot_be_right_is_refused_before_anybody_is_asked(
        self, store: SecretStore
    ) -> None:
        """No path or version leads out of the store, or becomes a query or a header."""
        backend = store.backend()
        refs = [SecretRef(path=name) for name in AWKWARD_NAMES]
        refs += [SecretRef(path=NAME, version=version) for version in AWKWARD_VERSIONS]
        problems = []
        for ref in refs:
            _, outcome = outcome_of(backend, ref)
            if type(outcome) is not SecretInvalid:
                problems.append(
                    f"get({ref}) ended in {shown(outcome)}, not in SecretInvalid: check the form "
                    "of paths and versions first, and raise no_such_form()"
                )
            elif "pw" in str(outcome) or "\n" in str(outcome):
                problems.append(
                    f"get({ref}) repeats the path as it is in its error: no_such_form() does not"
                )
            if store.asked:
                problems.append(f"get({ref}) asked the server: check the form before that")
                break
        none_of(problems)

    def test_older_versions_are_read_by_the_version_that_was_given_with_them(
        self, store: SecretStore
    ) -> None:
        """A backend without versions says so when it is asked for one."""
        store.put(NAME, CANARY)
        backend = store.backend()
        first = backend.get(SecretRef(path=NAME))[1]
        if not self.versions:
            ends_in(SecretInvalid, backend, SecretRef(path=NAME, version="1"))
            return
        if first is None:
            wrong("get() gave no version with the value: give it, or say versions = False")
        store.put(NAME, ROTATED)
        value, second = backend.get(SecretRef(path=NAME))
        assert (value, second != first) == (ROTATED, True)
        assert backend.get(SecretRef(path=NAME, version=first)) == (CANARY, first)

    def test_a_field_of_a_json_secret_is_read_by_key(self, store: SecretStore) -> None:
        """A backend without keys says so when it is asked for one."""
        store.put(NAME, json.dumps({"token": CANARY, "number": 4, "nested": {"a": CANARY}}))
        backend = store.backend()
        if not self.keys:
            ends_in(SecretInvalid, backend, SecretRef(path=NAME, key="token"))
            return
        assert backend.get(SecretRef(path=NAME, key="token"))[0] == CANARY
        ends_in(SecretNotFound, backend, SecretRef(path=NAME, key="absent"))
        holds_nothing(ends_in(SecretInvalid, backend, SecretRef(path=NAME, key="nested")))
        store.put(NAME, CANARY)
        holds_nothing(ends_in(SecretInvalid, backend, SecretRef(path=NAME, key="token")))

    def test_many_are_read_at_once_but_for_what_is_missing(self, store: SecretStore) -> None:
        """A render asks for all its keys before it begins."""
        names = [f"{NAME}_{number}" for number in range(3)]
        for name in names:
            store.put(name, f"{CANARY} {name}")
        if not isinstance(backend := store.backend(), BatchSecretBackend):
            pytest.skip("it reads one secret at a time: it has no get_many()")
        refs = [SecretRef(path=name) for name in names]
        answers = backend.get_many([*refs, SecretRef(path=f"{NAME}_9")])
        assert {ref.path: value for ref, (value, _) in answers.items()} == {
            name: f"{CANARY} {name}" for name in names
        }

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
        if not isinstance(backend, SecretBackend):
            wrong(f"{type(backend).__name__} is no SecretBackend: it needs a method get(ref)")
        if values_in([repr(backend), str(backend)]):
            wrong(f"repr() of {type(backend).__name__} shows a value: show none")

    def test_the_most_talkative_logging_shows_no_value(
        self, store: SecretStore, caplog: pytest.LogCaptureFixture
    ) -> None:
        """An SDK may log its answers, and nobody can mask what is not yet known to be secret."""
        caplog.set_level(logging.DEBUG)
        self._asked_before(store)
        loggers = {r.name for r in caplog.records if values_in([repr(r), r.getMessage()])}
        if loggers or values_in([caplog.text]):
            wrong(
                f"the loggers {', '.join(sorted(loggers))} write the value at DEBUG: log no "
                "answers, and raise the level of an SDK that does"
            )

    def test_creating_it_imports_no_sdk(self) -> None:
        """Only a question is worth an SDK: not a list, not a check of somebody else's secret."""
        loaded = imported_by(self.plugin)
        none_of(
            [
                f"creating a backend of {self.plugin} imports {sdk!r}: import it in a module of "
                "its own, which get() imports"
                for sdk in self.sdk
                if any(f"{name}.".startswith(f"{sdk}.") for name in loaded)
            ]
        )

    def _asked_before(self, store: SecretStore) -> SecretBackend:
        store.put(NAME, CANARY)
        backend = store.backend()
        _, outcome = outcome_of(backend)
        if not isinstance(outcome, tuple) or outcome[0] != CANARY:
            wrong(
                f"stored was {CANARY!r} as {NAME}, and get() gave {outcome!r}: mend the backend, "
                "or what the fixture's store puts into the server"
            )
        return backend

    def _well_again(self, backend: SecretBackend, after: Trouble) -> None:
        _, outcome = outcome_of(backend)
        if not isinstance(outcome, tuple) or outcome[0] != CANARY:
            wrong(f"after {after} all is well again, and get() still gave {outcome!r}")
