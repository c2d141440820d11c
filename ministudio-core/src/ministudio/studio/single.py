"""A single clip as the smallest production there is: one scene of one shot."""

from __future__ import annotations

from pathlib import Path

from ministudio.errors import ConfigError
from ministudio.story.production import Production
from ministudio.story.scene import SceneConfig
from ministudio.story.shot import ShotConfig

__all__ = ["one_shot_film"]


def one_shot_film(
    prompt: str, *, image: Path | str | None, seconds: float, folder: Path
) -> Production:
    """Return the production of one clip.

    Args:
        prompt: What happens.
        image: The picture to begin with.
        seconds: Length of the clip.
        folder: Where pictures are named from.

    Raises:
        StoryError: When the length is not right.
        ConfigError: When the prompt is empty.
    """
    if not prompt.strip():
        raise ConfigError("the prompt is empty", hint="say in a sentence what is to be seen")
    picture = _named(Path(image), folder) if image else None
    shot = ShotConfig(action=prompt, duration=seconds, first_frame=picture)
    return Production(title=_short(prompt), scenes=[SceneConfig(shots=[shot])])


def _named(picture: Path, folder: Path) -> str:
    """The name a production in a folder would give a picture: short, and the same anywhere."""
    path = picture.absolute()
    return str(path.relative_to(folder) if folder in path.parents else path)


def _short(prompt: str, limit: int = 80) -> str:
    words = " ".join(prompt.split())
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"
