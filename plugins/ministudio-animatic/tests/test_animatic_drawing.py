"""The canvas, the soft masks and the planes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from ministudio.plugin import Camera, CameraMove
from ministudio_animatic.camera import NEAR, Reach, View, path, reach
from ministudio_animatic.drawing.canvas import Canvas, Fade, smooth
from ministudio_animatic.drawing.dice import dice
from ministudio_animatic.drawing.soft import soft_mask
from ministudio_animatic.planes import (
    cutout,
    frame_of,
    lay,
    look,
    overlay,
    picture,
    stick,
    window,
)

RED, BLUE = (200, 30, 30), (30, 30, 200)


def _fading(distance: float) -> float:
    return max(0.0, 1 - distance)


def test_shapes_have_smooth_edges():
    canvas = Canvas(40, 40, (0, 0), 40, ground=(0, 0, 0))
    canvas.ellipse((0.5, 0.5), 0.4, 0.4, (255, 255, 255))
    assert len(canvas.finish().convert("L").getcolors()) > 2


def test_a_clear_canvas_stays_clear_where_nothing_was_drawn():
    canvas = Canvas(20, 20, (0, 0), 20)
    canvas.box(0.0, 0.0, 0.5, 0.5, Fade(RED, BLUE))
    canvas.veil([(0, 0), (1, 0), (1, 1), (0, 1)], (0, 0, 0), 0.5)
    drawn = canvas.finish()
    assert drawn.getpixel((15, 15))[3] == 0
    assert drawn.getpixel((5, 2))[0] > drawn.getpixel((5, 8))[0]


def test_a_half_covered_pixel_keeps_its_colour():
    canvas = Canvas(4, 4, (0, 0), 4)
    canvas.box(0.0, 0.0, 0.624, 1.0, RED)
    colours = [canvas.finish().getpixel((x, 1)) for x in range(4)]
    soft = [colour for colour in colours if 0 < colour[3] < 255]
    assert all(abs(colour[0] - RED[0]) < 6 for colour in soft)


@given(
    st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), max_size=8),
    st.floats(0, 1.2),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_anything_may_be_drawn_off_the_edge(points, opacity, clear):
    canvas = Canvas(24, 16, (-1, -1), 8, ground=None if clear else RED)
    canvas.polygon(points, BLUE, opacity)
    canvas.blob(points, Fade(RED, BLUE), opacity)
    canvas.stroke(points, 0.3, BLUE)
    canvas.veil(points, RED, opacity)
    for at in points:
        canvas.glow(at, 1.5, BLUE, min(1.0, opacity))
        canvas.ellipse(at, 0.5, 0.2, Fade(RED, BLUE))
    assert canvas.finish().size == (24, 16)


def test_a_smooth_curve_runs_through_its_points():
    corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]
    assert set(corners) <= set(smooth(corners, closed=True))


def test_a_soft_mask_falls_off_without_a_jump():
    row = soft_mask(_fading, (200, 200)).crop((100, 100, 200, 101)).tobytes()
    assert row[0] > 235
    assert row[-1] < 10
    assert all(0 <= one - other <= 5 for one, other in pairwise(row))


def test_dice_fall_the_same_everywhere():
    assert [dice("noor").randint(0, 99) for _ in range(3)] == [dice("noor").randint(0, 99)] * 3
    assert dice("noor").random() != dice("elias").random()


def test_a_resting_camera_sees_the_card_as_it_is():
    card = picture(Image.effect_mandelbrot((64, 36), (-3, -2.5, 2, 2.5), 100).convert("RGB"))
    whole = Reach(-0.5, -0.5, 0.5, 0.5)
    seen = look(card, window(View(), whole, 64, 36), 64, 36)
    assert seen.y.tobytes() == card.y.tobytes()


@given(st.sampled_from(CameraMove), st.floats(0, 1), st.integers(0, 30))
@settings(max_examples=80, deadline=None)
def test_a_cutout_lies_where_it_was_drawn(move, share, left):
    """Laying a square on the frame equals looking at a card it is painted on."""
    course = path(Camera(move=move), 3.0)
    reached = reach(course, NEAR)
    wide = round((reached.right - reached.left) * 160 / reached.widest) // 2 * 2 + 2
    high = round((reached.bottom - reached.top) * 90 / reached.widest) // 2 * 2 + 2
    ground = Image.new("RGB", (wide, high), BLUE)
    square = Image.new("RGBA", (40, 30), (*RED, 255))
    painted = ground.copy()
    painted.paste(square, (left, 20))
    box = window(course.at(share * 3.0), reached, 160, 90)
    frame = look(picture(ground), box, 160, 90)
    piece = cutout(square, (left, 20), (wide, high))
    assert piece is not None
    lay(frame, piece, box, 160, 90)
    expected = look(picture(painted), box, 160, 90)
    worst = ImageChops.difference(frame.y, expected.y)
    off = sum(n for level, n in enumerate(worst.histogram()) if level > 40)
    assert off < 0.02 * 160 * 90


def test_nothing_visible_makes_no_cutout():
    assert cutout(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), (0, 0), (8, 8)) is None


def test_an_overlay_leaves_the_rest_of_the_frame_alone():
    frame = picture(Image.new("RGB", (32, 32), BLUE))
    before = frame.y.copy()
    stick(frame, overlay(Image.new("RGBA", (16, 8), (*RED, 255)), 4, 6))
    assert ImageChops.difference(frame.y, before).getbbox() == (4, 6, 20, 14)


@pytest.mark.parametrize("width", [64, 72, 90, 640])
def test_frames_of_any_even_width_keep_their_pixels(width):
    planes = picture(Image.effect_mandelbrot((width, 36), (-3, -2.5, 2, 2.5), 80).convert("RGB"))
    frame = frame_of(planes, 7, 24)
    line, kept = frame.planes[0].line_size, bytes(frame.planes[0])
    rows = b"".join(kept[y * line : y * line + width] for y in range(36))
    assert rows == planes.y.tobytes()
    assert frame.pts == 7
