"""Reading a run record back, and doubting every field of it: it is a file that people edit."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import attrs

from ministudio.errors import ArtifactError
from ministudio.film.record import RECORD_FORM
from ministudio.film.sheet.facts import FilmFacts, ShotFacts, Spoken, maker_name

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["film_facts", "read_facts"]

_MOST: Final = 1e7  # seconds, or whatever is counted: more than any film has
_RENDER_AGAIN: Final = "render the film again: what is finished is kept, and the record is renewed"

T = TypeVar("T")


def read_facts(film: Path) -> FilmFacts:
    """Return what the run record beside a film says of it.

    Raises:
        ArtifactError: When there is no record, or it is not one this version can read.
        OSError: When the record cannot be read.
    """
    path = film.with_suffix(".json")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ArtifactError(
            f"{film.name} has no run record: {path} does not exist",
            hint="a sheet needs the record that `ministudio render` writes beside a film; "
            "put it back, or render again",
        ) from None
    except (ValueError, RecursionError) as error:
        raise ArtifactError(
            f"{path} is not a run record: it is not JSON", hint=_RENDER_AGAIN
        ) from (error)
    return film_facts(data, str(path))


def film_facts(data: object, name: str) -> FilmFacts:
    """Return the facts of a record that was read as JSON; a pure function.

    Args:
        data: The record.
        name: What to call it in messages.

    Raises:
        ArtifactError: When it is no record, of a newer form, or a field is not what it should be.
    """
    record = _Fields(data, name)
    form = record.get("form", int)
    if form > RECORD_FORM:
        raise ArtifactError(
            f"{name} is of form {form}, and this MiniStudio reads up to {RECORD_FORM}",
            hint="pip install --upgrade ministudio-core",
        )
    film = record.inner("film")
    shots = [_shot(shot) for shot in record.each("shots") if shot.get("start", object) is not None]
    if not shots:
        raise ArtifactError(f"{name} lists no shot of the film", hint=_RENDER_AGAIN)
    return FilmFacts(
        title=record.get("title", str),
        seconds=film.number("seconds"),
        fps=film.number("fps"),
        sha256=film.get("sha256", str),
        made=record.day("ended"),
        shots=tuple(sorted(shots, key=lambda shot: shot.start)),
    )


def _shot(shot: _Fields) -> ShotFacts:
    camera, planned = shot.inner("camera"), shot.inner("first_choice")
    provider, model = shot.get("provider", str), shot.get("model", str)
    first = (planned.get("provider", str), planned.get("model", str))
    narration = shot.get("narration", str)
    return ShotFacts(
        number=shot.get("number", int),
        id=shot.get("id", str),
        scene_number=shot.get("scene_number", int),
        scene=shot.get("scene", str),
        start=shot.number("start"),
        seconds=shot.number("seconds"),
        action=shot.get("action", str),
        camera={key: camera.get(key, str) for key in ("size", "angle", "move", "pace")},
        spoken=(
            *([Spoken("", narration)] if narration.strip() else []),
            *(Spoken(d.get("speaker", str), d.get("line", str)) for d in shot.each("dialogue")),
        ),
        provider=provider,
        model=model,
        instead_of="" if first == (provider, model) else maker_name(*first),
        adapted=tuple(
            f"{a.get('what', str)} {a.get('asked', str)} → {a.get('got', str)}"
            for a in shot.each("adaptations")
        ),
    )


@attrs.frozen
class _Fields:
    """A JSON object, asked for its fields by name and type."""

    data: object
    name: str

    def get(self, key: str, kind: type[T]) -> T:
        if not isinstance(self.data, dict):
            raise ArtifactError(f"{self.name} is not a run record's", hint=_RENDER_AGAIN)
        if key not in self.data:
            raise self._wrong(key, "missing")
        value: Any = self.data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not object):
            raise self._wrong(key, "not what it should be")
        return value

    def number(self, key: str) -> float:
        value = self.get(key, object)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOST:
            raise self._wrong(key, "not a sensible number")
        return float(value)

    def day(self, key: str) -> date:
        try:
            return datetime.fromisoformat(self.get(key, str)).date()
        except ValueError:
            raise self._wrong(key, "not a time") from None

    def inner(self, key: str) -> _Fields:
        return _Fields(self.get(key, dict), f"{self.name}: {key}")

    def each(self, key: str) -> list[_Fields]:
        values = cast("list[object]", self.get(key, list))
        return [_Fields(value, f"{self.name}: {key}[{n}]") for n, value in enumerate(values)]

    def _wrong(self, key: str, what: str) -> ArtifactError:
        return ArtifactError(f"{self.name}: {key!r} is {what}", hint=_RENDER_AGAIN)
