"""The whole plan: alternatives, parts, prices, links between shots."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from ministudio.contracts.cards import (
    Capability,
    DurationRange,
    ModelCard,
    PriceRow,
    PromptBudget,
    Support,
)
from ministudio.contracts.media import MediaFile
from ministudio.contracts.prompts import CompiledPrompt, PromptInput
from ministudio.contracts.specs import Billing, VideoProviderSpec
from ministudio.errors import ConfigError, PlanError
from ministudio.plan.build import Choice, make_plan
from ministudio.plan.continuity import MAX_CHAIN
from ministudio.plan.model import Look
from ministudio.story import (
    Character,
    Continuity,
    Dialogue,
    Environment,
    Production,
    SceneConfig,
    ShotConfig,
)
from ministudio.testing.productions import productions
from ministudio.values.money import Money

FULL = Support.FULL


class Plain:
    """A compiler that says just what happens."""

    def compile(self, shot: PromptInput, card: ModelCard) -> CompiledPrompt:
        return CompiledPrompt(text=shot.action, used=len(shot.action))


def choice(provider: str, *, reads_story: bool = False, **facts) -> Choice:
    facts = {"id": f"{provider}-1", "title": provider.title(), "free": True} | facts
    card = ModelCard(**facts)
    spec = VideoProviderSpec(
        name=provider,
        factory="nowhere:Nothing",
        summary="",
        models=[card],
        billing=Billing.FREE if card.free else Billing.PAID,
        reads_story=reads_story,
    )
    return Choice(spec=spec, card=card, compiler=Plain(), compiler_name="plain")


DRAWS = choice("draws", capabilities={Capability.FIRST_FRAME: FULL})
PAID = choice(
    "paid",
    free=False,
    durations=[4, 6, 8],
    capabilities={Capability.FIRST_FRAME: FULL, Capability.EXTEND: FULL},
    prices=[
        PriceRow(per_second=Money.of("0.40"), as_of=date(2026, 11, 1), source="https://example.com")
    ],
)


def film(*shots: ShotConfig, **more) -> Production:
    return Production(title="A film", scenes=[SceneConfig(shots=shots)], **more)


def plan(production: Production, *choices: Choice, **more):
    return make_plan(
        production,
        chain=[c.spec.name for c in choices],
        choices={c.spec.name: c for c in choices} | more.pop("extra", {}),
        look=more.pop("look", Look()),
        media=more.pop("media", {}),
        **more,
    )


def test_every_provider_of_the_chain_gets_an_alternative_in_order():
    made = plan(film(ShotConfig(action="A door opens")), PAID, DRAWS)
    (shot,) = made.shots
    assert [way.provider for way in shot.alternatives] == ["paid", "draws"]
    assert shot.alternatives[0].price == Money.of("1.60")
    assert shot.alternatives[1].price == Money(0)
    assert str(made.cost()) == "1.60 USD"


def test_the_worst_case_counts_the_dearest_alternative():
    made = plan(film(ShotConfig(action="A door opens")), DRAWS, PAID)
    assert str(made.cost()) == "free"
    assert str(made.worst_cost()) == "1.60 USD"


def test_an_unknown_price_is_never_zero():
    unpriced = choice("unpriced", free=False)
    made = plan(film(ShotConfig(action="A")), unpriced)
    assert made.shots[0].first_choice.price is None
    assert str(made.cost()) == "1 shot of unknown price"


def test_a_shot_may_prefer_its_own_model_before_the_chain():
    production = film(ShotConfig(action="A", model="paid/paid-1"), ShotConfig(action="B"))
    made = plan(production, DRAWS, extra={"paid/paid-1": PAID})
    assert [[w.provider for w in s.alternatives] for s in made.shots] == [
        ["paid", "draws"],
        ["draws"],
    ]


def test_a_long_shot_is_split_and_its_lines_are_shared_out():
    lines = [Dialogue(speaker="maya", line=str(n)) for n in range(3)]
    shot = ShotConfig(action="A", duration=20, dialogue=lines)
    production = Production(
        title="A film",
        characters={"maya": Character(name="Maya")},
        scenes=[SceneConfig(characters=["maya"], shots=[shot])],
    )
    reader = choice("reader", reads_story=True, durations=[4, 6, 8])
    way = plan(production, reader).shots[0].first_choice
    assert [part.request.seconds for part in way.parts] == [8, 6, 6]
    spoken = [[d.line for d in part.request.story.dialogue] for part in way.parts]
    assert spoken == [["0"], ["1"], ["2"]]
    assert [(p.request.story.part, p.request.story.parts) for p in way.parts] == [
        (1, 3),
        (2, 3),
        (3, 3),
    ]


def test_a_chain_goes_on_from_the_shot_before_and_is_anchored_anew_in_time():
    shots = [ShotConfig(action=str(n), continuity=Continuity.CHAIN) for n in range(MAX_CHAIN + 3)]
    made = plan(film(*shots), DRAWS)
    follows = [shot.follows is not None for shot in made.shots]
    assert follows == [False, True, True, True, False, True]
    assert "anchored anew" in made.shots[MAX_CHAIN + 1].notes[-1]
    assert made.shots[1].follows == made.shots[0].id


def test_extending_across_providers_becomes_a_chain_and_is_said():
    production = film(
        ShotConfig(action="A", provider="draws"),
        ShotConfig(action="B", continuity=Continuity.EXTEND),
    )
    made = plan(production, PAID, extra={"draws": DRAWS})
    way = made.shots[1].first_choice
    assert way.continuity is Continuity.CHAIN
    assert any(a.what == "continuity" and a.asked == "extend" for a in way.adaptations)


def test_a_picture_the_shot_brings_wins_over_a_chain():
    picture = MediaFile(Path("door.png"), "0" * 64)
    production = film(
        ShotConfig(action="A"),
        ShotConfig(action="B", continuity=Continuity.CHAIN, first_frame="door.png"),
    )
    made = plan(production, DRAWS, media={"door.png": picture})
    assert made.shots[1].follows is None
    assert made.shots[1].first_choice.parts[0].request.first_frame == picture
    assert "its own first frame" in made.shots[1].notes[-1]


def test_a_picture_the_model_cannot_take_is_left_out_and_said():
    picture = MediaFile(Path("end.png"), "0" * 64)
    production = film(ShotConfig(action="A", last_frame="end.png"))
    way = plan(production, DRAWS, media={"end.png": picture}).shots[0].first_choice
    assert way.parts[0].request.last_frame is None
    assert [a.what for a in way.adaptations] == ["last frame"]


def test_strict_refuses_every_adaptation_at_once():
    production = film(ShotConfig(action="A", duration=5), ShotConfig(action="B", duration=7))
    with pytest.raises(PlanError) as caught:
        plan(production, PAID, strict=True)
    assert str(caught.value).count("duration:") == 2
    assert "shot 1" in str(caught.value)


def test_strict_holds_for_the_fallbacks_too():
    production = film(ShotConfig(action="A", duration=5))
    with pytest.raises(PlanError, match="by paid/paid-1: duration: 5 s → 6 s"):
        plan(production, DRAWS, PAID, strict=True)


def test_one_model_under_two_names_is_tried_once():
    production = film(ShotConfig(action="A", model="draws/draws-1"))
    made = plan(production, DRAWS, PAID, extra={"draws/draws-1": DRAWS})
    assert [way.provider for way in made.shots[0].alternatives] == ["draws", "paid"]


def test_a_shot_that_no_model_can_chain_waits_for_nobody():
    blind = choice("blind")
    production = film(ShotConfig(action="A"), ShotConfig(action="B", continuity=Continuity.CHAIN))
    assert plan(production, blind).shots[1].follows is None
    assert plan(production, blind, DRAWS).shots[1].follows is not None


def test_parts_that_cannot_begin_with_a_picture_have_seeds_of_their_own():
    production = film(ShotConfig(action="A", duration=6, seed=7))

    def seeds(**facts):
        (shot,) = plan(production, choice("short", durations=[2], **facts)).shots
        return [part.request.seed for part in shot.first_choice.parts]

    assert seeds(capabilities={Capability.FIRST_FRAME: FULL}) == [7, 7, 7]
    first, *others = seeds()
    assert first == 7
    assert len({first, *others}) == 3
    assert seeds() == [first, *others]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"durations": []}, "no duration at all"),
        ({"durations": [0, 4]}, "durations of 0, 4 s"),
        ({"durations": [4, float("nan")]}, "durations of 4, nan s"),
        ({"durations": DurationRange(8, 4)}, "durations from 8 to 4 s"),
        ({"durations": DurationRange(0, 0)}, "durations from 0 to 0 s"),
        ({"durations": DurationRange(1, 5, -1)}, "in steps of -1"),
        ({"durations": DurationRange(1, float("inf"))}, "durations from 1 to inf s"),
        ({"fps": [0]}, "frame rates of 0"),
        (
            {
                "prices": [
                    PriceRow(
                        per_second=Money.of("0.1"),
                        per_clip=Money.of("0.1", "EUR"),
                        as_of=date(2026, 11, 1),
                        source="x",
                    )
                ]
            },
            "one price in USD and EUR",
        ),
    ],
)
def test_a_card_that_cannot_be_right_is_refused_by_name(facts, said):
    with pytest.raises(PlanError, match="the model card of odd/odd-1 cannot be right") as caught:
        plan(film(ShotConfig(action="A")), choice("odd", free=False, **facts))
    assert said in caught.value.message


def test_prices_in_two_currencies_are_never_added_up():
    row = PriceRow(per_second=Money.of("1", "EUR"), as_of=date(2026, 11, 1), source="x")
    euro = choice("euro", free=False, durations=[4], prices=[row])
    production = film(ShotConfig(action="A"), ShotConfig(action="B", provider="euro"))
    made = plan(production, PAID, extra={"euro": euro})
    assert str(made.cost()) == "4.00 EUR + 1.60 USD"
    assert str(made.worst_cost()) == "1.60 USD + 1 shot of unknown price"


def test_a_plan_without_a_provider_says_what_to_install():
    with pytest.raises(PlanError) as caught:
        make_plan(film(ShotConfig(action="A")), chain=[], choices={}, look=Look(), media={})
    assert "ministudio-animatic" in (caught.value.hint or "")


def test_references_go_with_the_shot_anchor_first():
    able = choice("able", capabilities={Capability.REFERENCES: FULL}, max_references=2)
    media = {n: MediaFile(Path(n), n) for n in ("maya.png", "maya2.png", "lib.png")}
    production = Production(
        title="A film",
        characters={
            "maya": Character(name="Maya", visual_anchor="maya.png", reference_images=["maya2.png"])
        },
        environments={"lib": Environment(name="Library", visual_anchor="lib.png")},
        scenes=[
            SceneConfig(environment="lib", characters=["maya"], shots=[ShotConfig(action="A")])
        ],
    )
    way = plan(production, able, media=media).shots[0].first_choice
    sent = [r.media.path.name for r in way.parts[0].request.references]
    assert sent == ["maya.png", "lib.png"]
    assert "maya2.png" in next(a.why for a in way.adaptations if a.what == "references")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(production=productions())
def test_any_production_can_be_planned_and_keeps_every_shot(production):
    names = {
        name
        for subject in (*production.characters.values(), *production.environments.values())
        for name in (subject.visual_anchor, *subject.reference_images)
        if name
    } | {
        name
        for _, shot in production.shots
        for name in (shot.first_frame, shot.last_frame, *shot.reference_images)
        if name
    }
    preferred = {s.model or s.provider: DRAWS for _, s in production.shots if s.model or s.provider}
    made = plan(
        production,
        PAID,
        DRAWS,
        media={name: MediaFile(Path(name), name) for name in names},
        extra=preferred,
    )
    assert len(made.shots) == sum(1 for _ in production.shots)
    assert len({shot.id for shot in made.shots}) == len(made.shots)
    for shot in made.shots:
        for way in shot.alternatives:
            assert way.seconds >= shot.seconds - 0.01
        if shot.follows:
            assert shot.follows == made.shots[shot.number - 2].id


def test_the_same_production_gives_the_same_plan():
    production = film(ShotConfig(action="A"), ShotConfig(action="B"))
    assert plan(production, PAID, DRAWS) == plan(production, PAID, DRAWS)


def test_only_a_provider_that_reads_the_story_is_given_it():
    made = plan(film(ShotConfig(action="A")), PAID, choice("reader", reads_story=True))
    stories = [way.parts[0].request.story for way in made.shots[0].alternatives]
    assert stories[0] is None
    assert stories[1].action == "A"


def test_a_budget_that_cuts_the_prompt_is_an_adaptation():
    class Cutting(Plain):
        def compile(self, shot, card):
            return CompiledPrompt(text=shot.action[:5], used=5, budget=5, dropped=["the rest"])

    tight = choice("tight", prompt=PromptBudget(5))
    cutting = Choice(spec=tight.spec, card=tight.card, compiler=Cutting(), compiler_name="cutting")
    way = plan(film(ShotConfig(action="A long action")), cutting).shots[0].first_choice
    assert [str(a) for a in way.adaptations if a.what == "prompt"] == [
        "prompt: all of it → shortened (the rest)"
    ]


def test_each_provider_looks_every_clip_over_and_what_it_says_is_kept_once():
    seen = []

    def look_over(request):
        seen.append((request.seconds, request.options))
        return ["drawn in grey", f"{request.seconds:g} s at a time"]

    short = choice("short", durations=[4, 6], capabilities={Capability.FIRST_FRAME: FULL})
    wary = attrs.evolve(short, look_over=look_over, options={"grey": True})
    (shot,) = plan(film(ShotConfig(action="A", duration=10)), DRAWS, wary).shots
    assert shot.first_choice.notes == ()
    assert shot.alternatives[1].notes == ("drawn in grey", "6 s at a time", "4 s at a time")
    assert sorted(seconds for seconds, _ in seen) == [4, 6]
    assert {tuple(options) for _, options in seen} == {("grey",)}


def test_an_option_that_is_not_right_stops_planning():
    def look_over(request):
        raise ConfigError("there is no option 'gray'")

    with pytest.raises(ConfigError, match="'gray'"):
        plan(film(ShotConfig(action="A")), DRAWS, attrs.evolve(DRAWS, look_over=look_over))
