"""A provider's options are part of what is asked: changed ones never find the old pictures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs
import pytest
from render_kit import Cast, Draws, Workshop

from ministudio.errors import ConfigError
from ministudio.kernel.registry import Registry
from ministudio.render.keys import intent_key, slot_key, take_key
from ministudio.settings.config import StudioConfig
from ministudio.settings.provider import ProviderConfig
from ministudio.story import ShotConfig
from ministudio.studio.choosing import find_choices

if TYPE_CHECKING:
    from ministudio.plan.model import Plan


def with_options(plan: Plan, **options) -> Plan:
    """The same plan, as it is when options are configured for its provider."""

    def asked(shot):
        ways = []
        for way in shot.alternatives:
            parts = [
                attrs.evolve(part, request=attrs.evolve(part.request, options=options))
                for part in way.parts
            ]
            ways.append(attrs.evolve(way, parts=parts))
        return attrs.evolve(shot, alternatives=ways)

    return attrs.evolve(plan, shots=[asked(shot) for shot in plan.shots])


def set_up(**options) -> StudioConfig:
    """Settings that give providers options."""
    given = {name: ProviderConfig(name=name, options=said) for name, said in options.items()}
    return StudioConfig(provider=given)


@pytest.fixture
def plan() -> Plan:
    return Cast(Draws()).plan(ShotConfig(id="a", action="A"))


def keys(plan: Plan) -> tuple[str, str, str]:
    shot = plan.shots[0]
    intent = intent_key(plan, shot, None)
    way = shot.first_choice
    return intent, slot_key(plan, shot, intent), take_key(way, way.parts[0].request, 1)


def test_an_option_makes_another_slot_and_take_of_the_same_intent(plan):
    plain, marked = keys(plan), keys(with_options(plan, slate=True))
    assert marked[0] == plain[0]
    assert marked[1] != plain[1]
    assert marked[2] != plain[2]


def test_the_order_in_which_options_are_written_does_not_count(plan):
    one, other = with_options(plan, a=1, b=[2]), with_options(plan, b=[2], a=1)
    assert keys(one) == keys(other)


def test_a_changed_option_renders_again_and_the_old_one_finds_its_take(tmp_path, plan):
    draws, workshop = Draws(), Workshop(tmp_path)
    for asked in (plan, with_options(plan, slate=True), plan, with_options(plan, slate=True)):
        workshop.render(asked, Cast(draws))
    assert [dict(request.options) for request in draws.requests] == [{}, {"slate": True}]


def test_every_request_carries_what_is_configured_for_its_provider_only():
    registry = Registry()
    registry.adopt(Draws())
    configured = set_up(draws={"slate": True}, other={"x": 1})
    chosen = find_choices(registry, ["draws"], configured, "verbatim")
    assert chosen["draws"].options == {"slate": True}
    assert find_choices(registry, ["draws"], StudioConfig(), "verbatim")["draws"].options == {}


@pytest.mark.parametrize("value", [date(2026, 1, 1), float("nan"), {"deep": [object()]}])
def test_an_option_that_nothing_can_be_told_apart_by_is_named(value):
    registry = Registry()
    registry.adopt(Draws())
    with pytest.raises(ConfigError, match="'when' of the provider 'draws'") as caught:
        find_choices(registry, ["draws"], set_up(draws={"when": value}), "verbatim")
    assert caught.value.hint
