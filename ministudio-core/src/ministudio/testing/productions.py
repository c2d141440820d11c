"""Hypothesis strategies for productions: every field, every shape, and texts that are awkward.

They are made from the declarations, so a new field is tried as soon as it is declared.
Needs the package ``hypothesis``.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

from ministudio.story import (
    Character,
    CharacterState,
    Dialogue,
    Environment,
    Production,
    SceneConfig,
    ShotConfig,
)
from ministudio.story.declare import identifier
from ministudio.story.fields import Field, fields_of
from ministudio.story.shapes import (
    Choice,
    Either,
    Flag,
    Items,
    Maybe,
    Number,
    Part,
    Scalar,
    Shape,
    Table,
    Whole,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = ["AWKWARD_TEXTS", "parts", "productions"]

AWKWARD_TEXTS = (
    *"no Yes on y ~ null true 1 -1 0x1f 0o7 1e3 .5 .inf 1:30 16:9 2024-05-01 1_000".split(),  # noqa: SIM905 - thirty quoted words are harder to read
    *"<< = #b a: {a} [a] *a &a !a @a `a %a | > 'a \"a a\\b --- ... é 日本語 🎬".split(),  # noqa: SIM905 - likewise
    *("- x", "? x", "a: b", "a #b", "a, b", "a - b", " a", "a ", "a  b", "a\tb", "\ta", "why?"),
    *("a\nb", "a\n\nb", "\na", "a\n  b", "a \nb", "a\r\nb", "a\n- b\n# c", "a\n\t\nb"),
    *("a\x85b", "a\u2028b", "\ufeffa", "a\xa0b", "a\u200db", "\ufffe"),
    *("word " * 30 + "end", "word " * 30 + "\n" + "word " * 30 + "end", "x" * 150),
)
"""Texts that some reader of YAML or JSON takes for something else, or changes."""

_IDS = st.sampled_from(("maya", "leo", "orb", "no", "1", "null", "1e3", "x-y_z", "0", "A" * 64))
_CONTROLS = [chr(code) for code in (*range(32), 127)]
_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters=_CONTROLS)
_NOT_BLANK = r"\S"
_FEW = 3


def parts(
    cls: type, media: Sequence[str] = (), **given: SearchStrategy[Any]
) -> SearchStrategy[Any]:
    """Return objects of a declared class, with any choice of its fields.

    Args:
        cls: The declared class.
        media: Files that media fields may name; without any they stay empty.
        given: Strategies for some of its fields, by name; those fields are always set.
    """
    fields = fields_of(cls).values()
    others = [f for f in fields if f.name not in given and (media or not f.media)]
    required = {f.name: _values(f, f.shape, media) for f in others if f.required}
    optional = {f.name: _values(f, f.shape, media) for f in others if not f.required}
    drawn = st.fixed_dictionaries({**required, **given}, optional=optional)
    return drawn.map(lambda values: cls(**values))


@st.composite
def productions(draw: DrawFn, *, media: Sequence[str] = ()) -> Production:
    """Return valid productions of a few shots.

    Args:
        draw: Given by Hypothesis.
        media: Files that media fields may name; without any they stay empty.
    """
    files = tuple(media)
    cast = draw(st.dictionaries(_IDS, _any_part(Character, files), max_size=_FEW))
    places = draw(st.dictionaries(_IDS, _any_part(Environment, files), max_size=_FEW))
    scenes = draw(_scenes(tuple(sorted(cast)), tuple(sorted(places)), files))
    film = parts(
        Production,
        files,
        characters=st.just(cast),
        environments=st.just(places),
        scenes=st.just(_with_different_ids(scenes)),
    )
    made: Production = draw(film)
    return made


@functools.cache
def _scenes(
    cast: tuple[str, ...], places: tuple[str, ...], media: tuple[str, ...]
) -> SearchStrategy[list[SceneConfig]]:
    somewhere = st.none() | st.sampled_from(places) if places else st.none()
    somebody = st.sampled_from(cast) if cast else st.nothing()
    some = _FEW if cast else 0
    states = st.dictionaries(somebody, _any_part(CharacterState, media), max_size=some)
    shot = parts(
        ShotConfig,
        media,
        environment=somewhere,
        characters=st.none() | states,
        dialogue=st.lists(parts(Dialogue, speaker=somebody), max_size=some),
    )
    scene = parts(
        SceneConfig,
        media,
        environment=somewhere,
        characters=st.lists(somebody, max_size=some),
        shots=st.lists(shot, min_size=1, max_size=_FEW),
    )
    return st.lists(scene, min_size=1, max_size=_FEW)


def _with_different_ids(scenes: Sequence[Any]) -> list[SceneConfig]:
    scene_ids: set[str | None] = set()
    shot_ids: set[str | None] = set()
    return [
        attrs.evolve(
            scene,
            id=_once(scene.id, scene_ids),
            shots=[attrs.evolve(shot, id=_once(shot.id, shot_ids)) for shot in scene.shots],
        )
        for scene in scenes
    ]


def _once(name: str | None, taken: set[str | None]) -> str | None:
    free = None if name in taken else name
    taken.add(free)
    return free


@functools.cache
def _any_part(cls: type, media: tuple[str, ...]) -> SearchStrategy[Any]:
    return parts(cls, media)


def _values(field: Field, shape: Shape, media: Sequence[str]) -> SearchStrategy[Any]:
    match shape:
        case Maybe(inner):
            return st.none() | _values(field, inner, media)
        case Items(inner):
            return st.lists(_values(field, inner, media), max_size=_FEW)
        case Table(inner):
            return st.dictionaries(_IDS, _values(field, inner, media), max_size=_FEW)
        case Part(cls):
            return _any_part(cls, tuple(media))
        case Scalar() if field.media:
            return st.sampled_from(media)
        case Scalar():
            return _scalars(shape, field)


def _scalars(  # noqa: PLR0911 - one line for each shape
    shape: Scalar, field: Field
) -> SearchStrategy[Any]:
    rules = {word: rule for check in field.checks for word, rule in check.schema.items()}
    low, high = rules.get("minimum"), rules.get("maximum")
    match shape:
        case Either(shapes):
            return st.one_of([_scalars(each, field) for each in shapes])
        case Choice():
            return st.sampled_from(shape.enum)
        case Words(words):
            return st.sampled_from(words)
        case Flag():
            return st.booleans()
        case Whole():
            return st.integers(low, high)
        case Number():
            return st.floats(low, high, allow_nan=False, allow_infinity=False)
        case _:
            return _texts(field, rules)


def _texts(field: Field, rules: Mapping[str, Any]) -> SearchStrategy[str]:
    if "enum" in rules:
        return st.sampled_from(rules["enum"])
    if identifier in field.checks:
        return _IDS
    if rules.get("pattern", _NOT_BLANK) != _NOT_BLANK:
        return st.from_regex(rules["pattern"], fullmatch=True)
    fitting = [t for t in AWKWARD_TEXTS if not any(check.test(t) for check in field.checks)]
    anything = st.text(_CHARACTERS, max_size=min(30, rules.get("maxLength", 30)))
    if "pattern" in rules:
        anything = anything.map(lambda text: text if text.strip() else "x")
    return st.sampled_from(fitting) | anything
