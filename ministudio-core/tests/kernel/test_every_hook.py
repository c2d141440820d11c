"""Each hook is called through the kernel, and each of its arguments is looked at."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest

from ministudio.contracts.events import Event, EventKind
from ministudio.contracts.hooks import MiniStudioHooks, hookimpl
from ministudio.kernel.claims import Discovery
from ministudio.kernel.policy import PluginPolicy
from ministudio.kernel.registry import Registry
from ministudio.plugin import (
    PromptCompilerSpec,
    SecretBackendSpec,
    SpeechProviderSpec,
    VideoProviderSpec,
    permissive_card,
)

if TYPE_CHECKING:
    from collections.abc import Callable

HOOKS = {n: hook for n, hook in vars(MiniStudioHooks).items() if n.startswith("ministudio_")}
EVENT = Event(kind=EventKind.NOTICE, at=1.0, message="look")

VIDEO = VideoProviderSpec(name="mine", factory="m:V", summary="", models=[permissive_card("m-1")])
BACKEND = SecretBackendSpec(name="mine", factory="m:B", summary="")
COMPILER = PromptCompilerSpec(name="mine", factory="m:C", summary="")
SPEECH = SpeechProviderSpec(name="mine", factory="m:S", summary="")


def asked(registry: Registry) -> dict[str, Callable[[], Any]]:
    """How the core comes to call each hook, and what it makes of the answer."""
    return {
        "ministudio_video_providers": lambda: registry.provider("mine"),
        "ministudio_secret_backends": lambda: registry.backends()[-1],
        "ministudio_prompt_compilers": lambda: registry.compilers()[-1],
        "ministudio_speech_providers": lambda: registry.speech_providers()[-1],
        "ministudio_event": lambda: registry.observer("mine")(EVENT),
    }


GIVEN: dict[str, tuple[Any, dict[str, Any]]] = {
    "ministudio_video_providers": (VIDEO, {}),
    "ministudio_secret_backends": (BACKEND, {}),
    "ministudio_prompt_compilers": (COMPILER, {}),
    "ministudio_speech_providers": (SPEECH, {}),
    "ministudio_event": (None, {"event": EVENT}),
}
"""What a plugin answers in these tests, and the arguments it must be called with."""


def plugin_with(hook: str, *, fewer: bool = False) -> tuple[Any, list[dict[str, Any]]]:
    """A plugin that implements one hook, and notes down what it was called with."""
    answer, expected = GIVEN[hook]
    calls: list[dict[str, Any]] = []
    names = () if fewer else tuple(expected)
    # pluggy looks at an implementation's arguments by name.
    program = f"def {hook}(self, {', '.join(names)}): return answer(locals())"

    def note(arguments: dict[str, Any]) -> Any:
        calls.append({name: value for name, value in arguments.items() if name != "self"})
        return None if answer is None else [answer]

    space: dict[str, Any] = {"answer": note}
    exec(program, space)
    return type("Plugin", (), {hook: hookimpl(space[hook])})(), calls


@pytest.fixture
def registry() -> Registry:
    return Registry(PluginPolicy(), scan=lambda _: Discovery({}))


def test_no_hook_and_no_argument_goes_untested(registry: Registry) -> None:
    assert set(asked(registry)) == set(GIVEN) == set(HOOKS)
    for name, hook in HOOKS.items():
        arguments = set(inspect.signature(hook).parameters) - {"self"}
        assert set(GIVEN[name][1]) == arguments, f"say what {name} is called with"


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_is_called_once_with_all_its_arguments_and_its_answer_is_taken(
    hook: str, registry: Registry
) -> None:
    plugin, calls = plugin_with(hook)
    registry.register("mine", plugin)
    answer = asked(registry)[hook]()
    assert calls == [GIVEN[hook][1]]
    assert answer == GIVEN[hook][0]


def test_what_a_hook_is_called_with_is_the_very_thing(registry: Registry) -> None:
    plugin, calls = plugin_with("ministudio_event")
    registry.register("mine", plugin)
    registry.observer("mine")(EVENT)
    assert calls[0]["event"] is EVENT


@pytest.mark.parametrize("hook", HOOKS)
def test_an_implementation_may_take_fewer_arguments_than_the_hook_has(
    hook: str, registry: Registry
) -> None:
    plugin, calls = plugin_with(hook, fewer=True)
    registry.register("mine", plugin)
    assert asked(registry)[hook]() == GIVEN[hook][0]
    assert calls == [{}]
