"""How it looks: style, camera, lighting, and the persona behind the camera."""

from __future__ import annotations

from collections.abc import Sequence

from ministudio.story.declare import choice, declared, field, length
from ministudio.story.presets import STYLE_PRESETS
from ministudio.story.vocabulary import CameraAngle, CameraMove, Pace, ShotSize

__all__ = ["Camera", "Lighting", "Persona", "Style"]

_LINE = length(0, 400)


@declared
class Style:
    """The look of the whole film; a bare name in a file is a preset."""

    SHORTHAND = "preset"

    preset: str | None = field(
        default=None, checks=[choice(STYLE_PRESETS)], help="A look with a name to start from."
    )
    description: str = field(
        default="", checks=[length(0, 1000)], text=True, help="The look in a sentence or two."
    )
    technique: str = field(default="", checks=[_LINE], help="Medium and technique.")
    palette: Sequence[str] = field(
        default=(), checks=[length(1, 60)], help="Colours, as names or '#rrggbb'."
    )
    texture: str = field(default="", checks=[_LINE], help="Grain, brush, surface.")


@declared
class Camera:
    """What the camera does in one shot; a bare name in a file is a shot size."""

    SHORTHAND = "size"

    size: ShotSize = field(default=ShotSize.MEDIUM, help="How much of the subject is in frame.")
    angle: CameraAngle = field(default=CameraAngle.EYE, help="From where the camera looks.")
    move: CameraMove = field(default=CameraMove.STATIC, help="The shot's one camera move.")
    pace: Pace = field(default=Pace.STEADY, help="How fast the camera moves.")
    lens: str = field(default="", checks=[_LINE], help="Such as '35mm' or 'wide-angle'.")
    aperture: str = field(default="", checks=[_LINE], help="Such as 'f/1.8'.")
    focus: str = field(default="", checks=[_LINE], help="What is sharp, and where focus goes.")


@declared
class Lighting:
    """How a scene or a shot is lit."""

    key: str = field(default="", checks=[_LINE], help="The main light and where it comes from.")
    quality: str = field(default="", checks=[_LINE], help="Such as 'soft' or 'hard'.")
    colour: str = field(default="", checks=[_LINE], help="Such as 'warm amber' or '5600K'.")
    contrast: str = field(default="", checks=[_LINE], help="Such as 'low-key' or 'high-key'.")


@declared
class Persona:
    """Whose eye the film is told through: it colours mood and choice of words."""

    name: str = field(checks=[length(1, 120)], help="Who is telling the film.")
    sensibility: str = field(
        default="", checks=[length(0, 600)], text=True, help="What this eye notices and loves."
    )
