"""What makes two intents, slots and takes the same, and what does not."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from render_kit import Cast, Draws

from ministudio.contracts.media import MediaFile
from ministudio.render.keys import asked, intent_key, slot_key, take_key
from ministudio.story import ShotConfig


class Other(Draws):
    name = "other"


@pytest.fixture
def plan():
    return Cast(Draws(), Other()).plan(
        ShotConfig(id="a", action="A"), ShotConfig(id="b", action="B")
    )


def keys(plan, shot, before=None):
    intent = intent_key(plan, shot, before)
    return intent, slot_key(plan, shot, intent)


def test_the_intent_is_the_same_whoever_is_asked_and_the_slot_is_not(plan):
    alone = Cast(Other()).plan(ShotConfig(id="a", action="A"))
    one, two = keys(plan, plan.shots[0]), keys(alone, alone.shots[0])
    assert one[0] == two[0]
    assert one[1] != two[1]


def test_a_changed_action_or_predecessor_is_another_intent(plan):
    changed = Cast(Draws(), Other()).plan(ShotConfig(id="a", action="Something else"))
    one = keys(plan, plan.shots[0])
    assert keys(changed, changed.shots[0])[0] != one[0]
    assert keys(plan, plan.shots[0], "take")[0] != one[0]


def test_bumped_pixels_empty_the_slot_and_make_another_take(plan):
    shot = plan.shots[0]
    way = attrs.evolve(shot.first_choice, pixels_version=2)
    bumped = attrs.evolve(shot, alternatives=[way, *shot.alternatives[1:]])
    assert keys(plan, bumped)[1] != keys(plan, shot)[1]
    request = way.parts[0].request
    assert take_key(way, request, 1) != take_key(shot.first_choice, request, 1)
    assert take_key(way, request, 1) != take_key(way, request, 2)


def test_media_count_by_content_not_by_where_they_lie(plan):
    way = plan.shots[0].first_choice
    request = way.parts[0].request

    def with_frame(path: str, sha: str) -> str:
        return take_key(way, attrs.evolve(request, first_frame=MediaFile(Path(path), sha)), 1)

    assert with_frame("/here/x.png", "1" * 64) == with_frame("/there/y.png", "1" * 64)
    assert with_frame("/here/x.png", "1" * 64) != with_frame("/here/x.png", "2" * 64)


def test_what_was_asked_is_plain_and_holds_no_path(plan):
    request = plan.shots[0].first_choice.parts[0].request
    picture = attrs.evolve(request, first_frame=MediaFile(Path("/secret/place.png"), "1" * 64))
    plain = asked(picture)
    assert plain["prompt"] == "A"
    assert plain["first_frame"] == "1" * 64
    assert "/secret" not in str(plain)
    assert "last_frame" not in plain
