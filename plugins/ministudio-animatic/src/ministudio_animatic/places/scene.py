"""What every place is drawn with: the canvas, its colours, its light and its own dice."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import STYLE_PRESETS, CameraAngle, PlaceKind, PromptInput
from ministudio_animatic.drawing.canvas import Canvas, Fade, Paint, Point
from ministudio_animatic.drawing.colour import Colour, chroma, hex_colour, lightness, mix, tinted
from ministudio_animatic.drawing.dice import dice
from ministudio_animatic.places.angled import strewn
from ministudio_animatic.places.clearance import Box, clear_of
from ministudio_animatic.places.heavens import Heavens
from ministudio_animatic.places.in_use import in_use
from ministudio_animatic.reading.colours import palette_colours
from ministudio_animatic.reading.waters import water_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ministudio_animatic.reading.light import Light

__all__ = ["Scene", "Tones", "read_tones"]


@attrs.frozen(kw_only=True)
class Tones:
    """A place's own colours, before light falls on them, from the farthest to the nearest."""

    far: Colour
    middle: Colour
    near: Colour
    ground: Colour
    accent: Colour


def _tones(*codes: str) -> Tones:
    far, middle, near, ground, accent = map(hex_colour, codes)
    return Tones(far=far, middle=middle, near=near, ground=ground, accent=accent)


_TONES: Final[Mapping[PlaceKind, Tones]] = {
    PlaceKind.INTERIOR: _tones("#c9b89c", "#a98f74", "#6e5443", "#8c6a4c", "#c4694a"),
    PlaceKind.STREET: _tones("#a9a6a8", "#b08968", "#7d5f52", "#6f7278", "#d08a4a"),
    PlaceKind.CITY: _tones("#9fb0c4", "#6f86a3", "#40536f", "#5a6473", "#e0a850"),
    PlaceKind.VILLAGE: _tones("#9fb58e", "#c08a62", "#86664f", "#a6a56a", "#b5533f"),
    PlaceKind.FOREST: _tones("#9db59a", "#5d8063", "#2f4c3d", "#5b6b45", "#d9a441"),
    PlaceKind.FIELD: _tones("#a9bd94", "#b9ba68", "#87914a", "#c2ac58", "#c8553d"),
    PlaceKind.MOUNTAINS: _tones("#a8b8cc", "#6f86a3", "#3f566f", "#647a5a", "#f2efe6"),
    PlaceKind.DESERT: _tones("#d9b38c", "#d79a5f", "#b5703f", "#d9a866", "#8a4f3d"),
    PlaceKind.SEA: _tones("#7fa6bf", "#3f7f9f", "#1f5673", "#d8c49a", "#f0ede2"),
    PlaceKind.SKY: _tones("#dce8ef", "#f2f0ea", "#ffffff", "#bcd3e4", "#f2c86b"),
    PlaceKind.SPACE: _tones("#2a2352", "#4a3a78", "#8a6fb0", "#141230", "#e89a5c"),
    PlaceKind.ABSTRACT: _tones("#d9cbb5", "#c58f6d", "#4d6a78", "#e9dfcc", "#d3654a"),
}


def read_tones(story: PromptInput, kind: PlaceKind) -> Tones:
    """Return a place's colours: those of its kind in the hues of its palette and of the style's.

    The kind decides how light each distance is, so that depth stays readable; the palette says
    of what hue.
    """
    base = _TONES[kind]
    own = palette_colours(story.place.identity.palette) if story.place else []
    style = palette_colours(story.style.palette or _preset_palette(story))
    tones = _toned(base, own, 0.75) if own else base
    return _toned(tones, style, 0.2) if style else tones


def _preset_palette(story: PromptInput) -> Sequence[str]:
    preset = STYLE_PRESETS.get(story.style.preset or "")
    return preset.palette if preset else ()


def _toned(tones: Tones, palette: Sequence[Colour], share: float) -> Tones:
    by_light = sorted(palette, key=lightness, reverse=True)
    vivid = max(palette, key=chroma)

    def nearest(colour: Colour) -> Colour:
        return min(by_light, key=lambda c: abs(lightness(c) - lightness(colour)))

    def toned(colour: Colour) -> Colour:
        return tinted(colour, nearest(colour), share, keep=0.45)

    return Tones(
        far=toned(tones.far),
        middle=toned(tones.middle),
        near=toned(tones.near),
        ground=toned(tones.ground),
        accent=mix(tones.accent, vivid, share),
    )


def _snowed(tones: Tones) -> Tones:
    snow = (236, 240, 246)
    return attrs.evolve(
        tones,
        far=mix(tones.far, snow, 0.35),
        middle=mix(tones.middle, snow, 0.25),
        near=mix(tones.near, snow, 0.12),
        ground=mix(tones.ground, snow, 0.8),
    )


class Scene(Heavens):
    """One place being drawn.

    Its y is 0 at the horizon, or where wall and floor meet, and 1 is the height of a wide shot's
    frame; x is 0 in the middle.

    Args:
        canvas: Where to draw.
        story: The shot.
        light: The light of the shot.
        tones: The place's colours.
        stand: How low the ground may begin at most, for feet to stand on it.
        heads: Where people's heads are against the place.
    """

    def __init__(
        self,
        canvas: Canvas,
        story: PromptInput,
        light: Light,
        tones: Tones,
        *,
        stand: float | None = None,
        heads: Sequence[Box] = (),
    ) -> None:
        self.heads, self.taken = heads, list[Box]()
        self.canvas, self.light, self.stand = canvas, light, stand
        self.tones = _snowed(tones) if light.weather.falling == "snow" else tones
        self.in_use = in_use(story)
        self.water, self.watered = water_of(story), False
        self.left, self.top, self.right, self.bottom = canvas.span
        place = self.place = story.place
        identity = place.identity if place else None
        self.said = " . ".join(
            [place.name, identity.description, identity.architecture]
            if place and identity
            else [story.action]
        )
        self.kind = identity.kind if identity else PlaceKind.ABSTRACT
        self.indoors = identity is not None and identity.kind is PlaceKind.INTERIOR
        self.fixed = list(identity.fixed_elements) if identity else []
        self.elements = [*self.fixed, *story.context.props]
        # Trees, grass and smoke lean with the wind, which blows from the right.
        self.lean = -light.weather.wind
        self.angle = story.camera.angle
        self.paint: Colour | None = None  # of what is being drawn, where words give it one
        # Seeded by the place, never by the shot: it must be the same place every time.
        name = f"{place.name}/{identity.kind}" if place and identity else "nowhere"
        self.dice = dice(name)
        self.air = dice(name + "/air")  # apart, so that the weather does not move the hills

    def clear(self, x: float, half: float, top: float, low: float) -> float:
        """Return where to put a thing that would be at ``x``, so that it is behind no head."""
        by = clear_of(self.heads, self.taken, (x - half, top, x + half, low))
        self.taken.append((x + by - half, top, x + by + half, low))
        return x + by

    def on(self, colour: Colour, distance: float = 0.0) -> Colour:
        """Return a colour in the light of the open, ``distance`` away (0 to 1)."""
        return self.light.on(colour, distance)

    def lit(self, colour: Colour, distance: float = 0.0) -> Colour:
        """Return a colour in the light there is here, indoors or in the open."""
        return self.light.inside(colour) if self.indoors else self.on(colour, distance)

    def ridge(
        self, base: float, height: float, rough: float, colour: Colour, down: float | None = None
    ) -> list[Point]:
        """Draw a line of hills and everything below it; return its upper edge.

        Args:
            base: The height at which it lies.
            height: How high its hills rise above it.
            rough: 0 for rolling hills, 1 for jagged peaks.
            colour: Its colour at the top; it pales towards its foot.
            down: How far down it reaches; to the bottom where not given.
        """
        waves = [(self.dice.uniform(0.7, 1.3), self.dice.uniform(0, math.tau)) for _ in range(4)]
        edge: list[Point] = []
        steps = 180
        for i in range(steps + 1):
            x = -1.9 + 3.8 * i / steps
            swell = sum(
                math.sin(x * pace * (1.6 + 1.9 * k) + phase) / (1 + k)
                for k, (pace, phase) in enumerate(waves)
            )
            # A triangle wave makes peaks where a sine makes hills.
            saw = abs(((x * 1.15 * waves[0][0] + waves[1][1]) % 1) - 0.5) * 2
            tooth = abs(((x * 4.7 * waves[2][0] + waves[3][1]) % 1) - 0.5) * 2
            jag = 1.5 * (saw - 0.5) + 0.34 * (tooth - 0.5)
            hill = 0.28 * swell * (1 - 0.85 * rough) + 0.62 * jag * rough
            edge.append((x, base - height * (0.5 + hill)))
        foot = self.bottom + 0.05 if down is None else down
        paint = Fade(colour, mix(colour, self.light.haze, 0.22))
        self.below(edge, foot, paint)
        return edge

    def below(self, edge: Sequence[Point], foot: float, paint: Paint, opacity: float = 1.0) -> None:
        """Fill everything from an edge down to ``foot``; beyond its ends it runs on level."""
        left, right = min(edge[0][0], self.left - 0.1), max(edge[-1][0], self.right + 0.1)
        ends = ((left, edge[0][1]), (right, edge[-1][1]))
        self.canvas.polygon([ends[0], *edge, ends[1], (right, foot), (left, foot)], paint, opacity)

    def ground(self, colour: Colour, top: float = 0.0) -> None:
        """Fill everything from ``top`` down, darker towards the viewer."""
        near = self.on(mix(colour, (30, 26, 40), 0.22))
        far = self.on(colour, 0.25)
        low = max(self.bottom, top + 0.35) + 0.05
        self.canvas.box(self.left - 0.1, top, self.right + 0.1, low, Fade(far, near))
        if self.angle is CameraAngle.HIGH:
            strewn(self, colour, top)
