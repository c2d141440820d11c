"""The public names of our packages by subject: how docs/api.md and the site's reference are cut."""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import ministudio
import ministudio.adapters
import ministudio.plugin
import ministudio.testing
import ministudio.testing.secrets
import ministudio.testing.simulator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

__all__ = ["MODULES", "SUBJECTS", "Subject", "is_error", "said_of", "subjects_of"]

MODULES: list[ModuleType] = [
    ministudio,
    ministudio.adapters,
    ministudio.plugin,
    ministudio.testing,
    ministudio.testing.simulator,
    ministudio.testing.secrets,
]
"""What is public, the first place that a name is explained at first."""


class Subject(NamedTuple):
    """Names that belong together."""

    module: str
    title: str
    names: tuple[str, ...]

    @property
    def slug(self) -> str:
        """The name of its page."""
        return self.title.lower().replace(" ", "_").replace(",", "")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _only(module: ModuleType, *others: ModuleType) -> tuple[str, ...]:
    """Return a module's names, kits first, but for those that others have as well."""
    kits_first = sorted(module.__all__, key=lambda name: not name.endswith("Conformance"))
    return tuple(
        name
        for name in kits_first
        if not any(getattr(other, name, None) is getattr(module, name) for other in others)
    )


def is_error(value: object) -> bool:
    """Say whether a public name is an exception."""
    return isinstance(value, type) and issubclass(value, BaseException)


_ERRORS = tuple(name for name in ministudio.__all__ if is_error(getattr(ministudio, name)))

SUBJECTS = [
    Subject(
        "ministudio",
        "Making films",
        _words("Studio Plan Film VideoOrchestrator RenderOptions Money run"),
    ),
    Subject(
        "ministudio",
        "Telling a story",
        _words("""
            Production SceneConfig ShotConfig Dialogue Camera Lighting Style Persona Character
            CharacterIdentity CharacterState Voice Environment EnvironmentIdentity
            EnvironmentContext load_production loads_production dump_production Problem Place
        """),
    ),
    Subject(
        "ministudio",
        "Words that a story may use",
        _words("""
            AspectRatio BeingKind CameraAngle CameraMove Continuity Pace PlaceKind Resolution
            ShotSize
        """),
    ),
    Subject("ministudio", "Settings and secrets", _words("ProviderConfig VideoConfig Secret")),
    Subject("ministudio", "Providers", _words("BaseVideoProvider Registry Accepted")),
    Subject("ministudio", "Errors", _ERRORS),
    Subject("ministudio.adapters", "Adapters", tuple(ministudio.adapters.__all__)),
    Subject(
        "ministudio.plugin",
        "Describing a plugin",
        _words("""
            hookimpl VideoProviderSpec SecretBackendSpec PromptCompilerSpec SpeechProviderSpec
            Billing RunsIn Setting SettingKind PluginContext Deprecated
            HOOK_API
        """),
    ),
    Subject(
        "ministudio.plugin",
        "Making clips",
        _words("""
            BlockingVideoProvider JobVideoProvider HttpVideoProvider ClipRequest Prepared Progress
            JobHandle JobStatus JobState Found Absent Unknowable Cancel Clip clip_from_file
            clip_from_stream ExtendFrom Reference ReferenceRole MediaFile error_for_status
            retry_after
        """),
    ),
    Subject(
        "ministudio.plugin",
        "Model cards",
        _words("""
            ModelCard Capability Support DurationRange FrameRule PriceRow PromptBudget PromptUnit
            cards_beside load_cards permissive_card price
        """),
    ),
    Subject(
        "ministudio.plugin",
        "Compiling prompts",
        _words("""
            PromptCompiler PromptInput CompiledPrompt Cast DialectCompiler Dialect Topic Lines
            PartKind fit Fitted Part measure STYLE_PRESETS StylePreset
        """),
    ),
    Subject(
        "ministudio.plugin",
        "Keeping secrets",
        _words("""
            SecretBackend BatchSecretBackend SecretRef ask_backend backend_options json_field
            no_such_form safe_address read_dotenv DotenvFile
        """),
    ),
    Subject("ministudio.plugin", "Watching runs", _words("Event EventKind")),
    Subject(
        "ministudio.plugin",
        "Tools for plugins",
        _words("""
            ClipWriter Quality as_yuv Size frame_size Lettering Hand lines_of shortened whole_file
            write_whole digest file_sha256 in_thread did_you_mean
        """),
    ),
    Subject("ministudio.testing", "Testing plugins", _only(ministudio.testing)),
    Subject(
        "ministudio.testing.simulator",
        "The fault simulator in tests",
        _only(ministudio.testing.simulator, ministudio.testing),
    ),
    Subject(
        "ministudio.testing.secrets", "Testing secret backends", _only(ministudio.testing.secrets)
    ),
]


def subjects_of(module: str) -> Iterator[Subject]:
    """Yield a module's subjects, and see to it that none of its names is left out.

    Raises:
        LookupError: When a public name has no place, or a place no name.
    """
    found = next(each for each in MODULES if each.__name__ == module)
    explained: set[str] = set()
    for subject in SUBJECTS:
        if subject.module == module:
            explained |= {*subject.names}
            yield subject
    if lost := explained ^ ({*_only(found, *MODULES[: MODULES.index(found)])} - {"__version__"}):
        raise LookupError(f"docs/_subjects.py is not in step with {module}: {sorted(lost)}")


def said_of(module: ModuleType, name: str) -> str:
    """Return what stands below a constant where it is defined: objects have no docstring.

    Raises:
        LookupError: When nothing stands there.
    """
    before: ast.stmt = ast.Pass()
    for node in ast.parse(inspect.getsource(module)).body:
        match node:
            case ast.ImportFrom(module=str(home), names=names) if name in {n.name for n in names}:
                return said_of(import_module(home), name)
            case ast.Expr(value=ast.Constant(value=str(text))) if name in _named(before):
                return text
        before = node
    raise LookupError(f"{module.__name__}.{name} has no docstring below it")


def _named(node: ast.stmt) -> set[str]:
    targets = (
        node.targets
        if isinstance(node, ast.Assign)
        else [node.target]
        if isinstance(node, ast.AnnAssign)
        else []
    )
    return {target.id for target in targets if isinstance(target, ast.Name)}
