"""What a film on disk was joined of: one that would come out the same is not joined again."""

from __future__ import annotations

import contextlib
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
from cattrs.preconf.json import make_converter

from ministudio._version import __version__
from ministudio.film.parts import FilmInfo
from ministudio.render.checked import looks
from ministudio.values.files import write_whole
from ministudio.values.hashing import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.plan.model import Plan
    from ministudio.render.results import ShotResult

__all__ = ["Joined", "film_identity", "recall", "remember"]


@attrs.frozen(kw_only=True)
class Joined:
    """A film as it was joined: what it is, its file's hash, and what it was made of."""

    info: FilmInfo
    sha256: str
    identity: str
    looks: str


def film_identity(plan: Plan, shots: Sequence[ShotResult], target: Path) -> str:
    """Return the identity of a film: its clips in order, and all that is written into it."""
    story = [
        [
            shot.shot.scene_title,
            shot.shot.number,
            shot.shot.story,
            [p.clip.sha256 for p in shot.parts],
        ]
        for shot in shots
    ]
    return digest([__version__, str(target), plan.title, plan.language, story])


def remember(folder: Path, identity: str, info: FilmInfo, sha256: str) -> Joined:
    """Remember what a film was joined of; that it cannot be is no reason to fail.

    Args:
        folder: Where that is kept.
        identity: The film's, by ``film_identity``.
        info: The film.
        sha256: The hash of its file.
    """
    joined = Joined(info=info, sha256=sha256, identity=identity, looks="")
    with contextlib.suppress(OSError):
        joined = attrs.evolve(joined, looks=looks(info.path))
        write_whole(_place(folder, info.path), _CONVERTER.dumps(joined))
    return joined


def recall(folder: Path, identity: str, target: Path) -> Joined | None:
    """Return what is remembered of a film that lies untouched and is the one wanted."""
    try:
        joined = _CONVERTER.loads(_place(folder, target).read_text("utf-8"), Joined)
        same = joined.identity == identity and joined.looks == looks(target)
    except Exception:  # noqa: BLE001 - whatever is wrong with a memory, the film is joined again
        return None
    return joined if same else None


def _place(folder: Path, target: Path) -> Path:
    return folder / f"{digest(target.name, 16)}.json"


_CONVERTER = make_converter()
_CONVERTER.register_unstructure_hook(Fraction, str)
_CONVERTER.register_structure_hook(Fraction, lambda value, _: Fraction(value))
_CONVERTER.register_unstructure_hook_func(lambda kind: issubclass(kind, Path), str)
_CONVERTER.register_structure_hook(Path, lambda value, _: Path(value))
