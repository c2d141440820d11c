"""Figures: each kind of being is drawn as what it is."""

from __future__ import annotations

from itertools import combinations

import pytest
from animatic_kit import being, story
from PIL import Image, ImageChops, ImageStat

from ministudio.plugin import BeingKind
from ministudio_animatic.drawing.canvas import Canvas
from ministudio_animatic.figures import read_figures
from ministudio_animatic.figures.joints import arm, leg
from ministudio_animatic.reading.postures import Arms, Legs
from ministudio_animatic.staging import Part

UNIT = 20


def _drawn(member, action="waits", facing=1) -> Image.Image:
    """A figure on a clear ground, 9 heads high and wide, the top of its head at the middle top."""
    figure = read_figures(story(member, action=action))[0]
    canvas = Canvas(9 * UNIT, 9 * UNIT, (-4.5, -1.0), UNIT)
    part = Part(body=figure.body, x=0, top=0, head=1, facing=facing)
    figure.draw(canvas, part, lambda colour: colour)
    return canvas.finish()


def _shape(image: Image.Image) -> Image.Image:
    return image.getchannel("A").point(lambda alpha: 255 if alpha > 200 else 0)


def _differs(one: Image.Image, other: Image.Image) -> float:
    return ImageStat.Stat(ImageChops.difference(one, other).convert("L")).mean[0]


@pytest.fixture(scope="module")
def kinds() -> dict[BeingKind, Image.Image]:
    return {kind: _drawn(being("rin", kind)) for kind in BeingKind}


def test_every_kind_of_being_has_a_silhouette_of_its_own(kinds):
    for one, other in combinations(kinds, 2):
        assert _differs(_shape(kinds[one]), _shape(kinds[other])) > 2, (one, other)


def test_an_orb_is_a_ball_and_nothing_like_a_person(kinds):
    left, top, right, bottom = _shape(kinds[BeingKind.ORB]).getbbox()
    assert 0.6 < (right - left) / (bottom - top) < 2.2
    assert bottom - top < 1.2 * UNIT
    person = _shape(kinds[BeingKind.HUMAN]).getbbox()
    assert person[3] - person[1] > 5 * UNIT


def test_an_orb_whose_words_speak_of_people_is_still_an_orb():
    words = {"description": "like a young woman in a red coat", "posture": "sits at a desk"}
    plain, dressed = _drawn(being("a", BeingKind.ORB)), _drawn(being("a", BeingKind.ORB, **words))
    assert _differs(_shape(plain), _shape(dressed)) < 0.5


def test_an_orb_glows_beyond_its_ball(kinds):
    soft = kinds[BeingKind.ORB].getchannel("A").getbbox()
    hard = _shape(kinds[BeingKind.ORB]).getbbox()
    assert soft[2] - soft[0] > 1.5 * (hard[2] - hard[0])


def test_clothes_hair_and_skin_are_the_storys():
    plain = being("noor", clothing="a red coat", hair="long blonde", skin="pale")
    other = being("noor", clothing="a blue coat", hair="short black", skin="dark brown")
    assert _differs(_drawn(plain), _drawn(other)) > 3
    assert _drawn(plain) == _drawn(plain)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"posture": "standing"}, {"posture": "sits"}),
        ({"posture": "walking"}, {"posture": "runs"}),
        ({"posture": "kneels"}, {"posture": "arms raised"}),
        ({"emotion": "joyful"}, {"emotion": "furious"}),
        ({"emotion": "asleep"}, {"emotion": "surprised"}),
        ({"carrying": "a lantern"}, {"carrying": "a book"}),
        ({"clothing": "a green dress"}, {"clothing": "a green shirt"}),
        ({"age": "six"}, {"age": "forty"}),
        ({"face": "a long beard"}, {"face": "round glasses"}),
    ],
)
def test_state_can_be_seen(one, other):
    assert _drawn(being("noor", **one)) != _drawn(being("noor", **other))


@pytest.mark.parametrize("kind", [BeingKind.HUMAN, BeingKind.ANIMAL, BeingKind.ROBOT])
def test_a_figure_turns_round(kind):
    member = being("rin", kind, hair="a ponytail")
    assert _drawn(member, facing=1) != _drawn(member, facing=-1)


@pytest.mark.parametrize(
    "words",
    ["a horse", "a cat", "a stag with antlers", "an owl", "a goldfish", "an elephant", "a beast"],
)
def test_animals_stay_within_what_they_say_of_their_size(words):
    member = being("pet", BeingKind.ANIMAL, description=words)
    figure = read_figures(story(member))[0]
    canvas = Canvas(16 * UNIT, 12 * UNIT, (-8.0, -2.0), UNIT)
    figure.draw(canvas, Part(body=figure.body, x=0, top=0, head=1), lambda colour: colour)
    left, top, right, bottom = _shape(canvas.finish()).getbbox()
    assert bottom <= (2 + figure.body.heads * 1.06) * UNIT
    assert top >= (2 - figure.body.heads * 0.35) * UNIT
    assert right - left <= figure.body.width * 1.25 * UNIT


def test_a_thing_the_table_does_not_know_is_a_thing():
    parcel = _drawn(being("gizmo", BeingKind.OBJECT, description="an unheard-of device"))
    left, top, right, bottom = _shape(parcel).getbbox()
    assert bottom - top < 2 * UNIT
    assert right - left < 2 * UNIT


@pytest.mark.parametrize("legs", Legs)
@pytest.mark.parametrize("arms", Arms)
def test_limbs_hang_together_in_every_pose(arms, legs):
    for side in (1, -1):
        for facing in (1, -1):
            shoulder, elbow, hand = arm(arms, legs, side, facing, 1.0)
            for a, b in ((shoulder, elbow), (elbow, hand)):
                assert 0.1 < abs(a[0] - b[0]) + abs(a[1] - b[1]) < 2.2
            hip, knee, foot = leg(legs, side, facing)
            assert hip[1] < foot[1]
            assert abs(knee[0] - hip[0]) < 1.0
