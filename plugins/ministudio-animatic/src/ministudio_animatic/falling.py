"""What falls or blows over a picture: rain, snow, dust."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import ImageChops

from ministudio_animatic.drawing.canvas import Canvas
from ministudio_animatic.drawing.colour import mix
from ministudio_animatic.drawing.dice import dice

if TYPE_CHECKING:
    from PIL import Image

    from ministudio_animatic.reading.light import Light

__all__ = ["falling"]


def falling(image: Image.Image, light: Light, unit: float, seed: str) -> Image.Image:
    """Return a picture with rain, snow or dust over it; what is clear stays clear."""
    fall = dice(f"fall/{seed}")
    canvas = Canvas(image.width, image.height, (0.0, 0.0), unit)
    wide, high = image.width / unit, image.height / unit
    kind = light.weather.falling
    pale = mix(light.haze, (255, 255, 255), 0.55)
    for _ in range(round({"rain": 150, "snow": 100}.get(kind, 60) * wide * high)):
        x, y, near = fall.uniform(0, wide), fall.uniform(-0.05, high), fall.random() ** 2
        if kind == "rain":
            long = 0.025 + 0.05 * near
            tip = (x - long * (0.16 + 0.6 * light.weather.wind), y + long)
            canvas.polygon([(x, y), (x + 0.0012 + 0.0012 * near, y), tip], pale, 0.3 + 0.3 * near)
        elif kind == "snow":
            r = 0.0018 + 0.005 * near
            canvas.ellipse((x, y), r, r, pale, 0.85 - 0.35 * near)
        else:
            canvas.ellipse((x, y), 0.01 + 0.03 * near, 0.0012, pale, 0.3)
    drops = canvas.finish()
    mask = drops.getchannel("A")
    if image.mode == "RGBA":
        mask = ImageChops.multiply(mask, image.getchannel("A"))
    result = image.copy()
    result.paste(drops if image.mode == "RGBA" else drops.convert("RGB"), mask=mask)
    if image.mode == "RGBA":
        result.putalpha(image.getchannel("A"))
    return result
