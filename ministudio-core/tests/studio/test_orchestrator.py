"""One orchestrator, providers swapped under it: scenes get made, and no shot is paid for twice."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_kit import Draws

from ministudio import (
    Character,
    CharacterIdentity,
    Continuity,
    Production,
    SceneConfig,
    ShotConfig,
    Studio,
    VideoOrchestrator,
    run,
)
from ministudio.contracts.events import EventKind
from ministudio.contracts.specs import PluginContext
from ministudio.errors import (
    ArtifactError,
    BudgetExceeded,
    ConfigError,
    JobExpired,
    JobPending,
    JobUnknown,
    PriceUnknown,
    ProviderError,
    ProviderUnavailable,
    StoryError,
    UnknownName,
)
from ministudio.kernel.policy import PluginPolicy
from ministudio.kernel.registry import Registry
from ministudio.settings.rendering import Cap
from ministudio.story.character import CharacterState
from ministudio.testing.simulator import SimulatedService, Terms
from ministudio.testing.simulator.provider import SimulatorProvider
from ministudio.testing.simulator.variants import SecondProvider

TOML = """
[video]
resolution = "360p"
fps = 12
[provider.simulator]
options = { poll_every = 0.02, patience = 2.0 }
[provider.simulator-b]
options = { poll_every = 0.02, patience = 2.0 }
[provider.simulator-blind]
options = { poll_every = 0.02, patience = 2.0 }
"""


class Mine(Draws):
    """One method, and nobody has described it."""

    name = "mine"


class Yard:
    """A service, and a workspace with its providers installed."""

    def __init__(self, folder, terms=None):
        self.folder = folder
        self.service = SimulatedService(terms)
        self.events = []

    def __enter__(self):
        self.service.start()
        (self.folder / "ministudio.toml").write_text(TOML, encoding="utf-8")
        return self

    def __exit__(self, *_):
        self.service.stop()

    def studio(self):
        registry = Registry(PluginPolicy())
        registry.register("simulator", "ministudio.testing.simulator.plugin")
        environ = {"SIMULATOR_URL": self.service.url}
        return Studio(self.folder, registry=registry, environ=environ)

    def orchestrator(self, provider="simulator", **more):
        """What a new process would have, that waits half a second for a job."""
        studio = self.studio()
        said = {"job_timeout": 0.5, **more.pop("options", {})}
        options = attrs.evolve(studio.render_options(), **said)
        return VideoOrchestrator(
            provider, workspace=studio, options=options, listen=self.events.append, **more
        )

    def provider(self, kind):
        """A provider as an object, as an adapter makes one."""
        settings = {"SIMULATOR_URL": self.service.url}
        return kind(PluginContext(options={"poll_every": 0.02, "patience": 2.0}, settings=settings))

    @property
    def bills(self):
        """How often each shot was paid for, by its prompt."""
        return Counter(bill.prompt for bill in self.service.bills)


@pytest.fixture
def yard(tmp_path):
    with Yard(tmp_path) as yard:
        yield yard


def scene(*actions, **more):
    shots = [ShotConfig(id=f"s{n}", action=a, duration=0.5) for n, a in enumerate(actions, 1)]
    return SceneConfig(title="Yard", shots=shots, **more)


def makers(film):
    return [shot.provider for shot in film.result.shots]


def test_a_scene_becomes_a_film_of_its_own(yard):
    film = run(yard.orchestrator().generate_scene(scene("A dog.", "A cat.")))
    assert film.path == yard.folder / "out" / "yard.mp4"
    assert film.seconds == 1.0
    assert makers(film) == ["simulator", "simulator"]
    assert yard.bills == {"A dog.": 1, "A cat.": 1}


def test_the_same_scene_again_costs_nothing_with_any_provider(yard):
    orchestrator = yard.orchestrator()
    run(orchestrator.generate_scene(scene("A dog.")))
    run(orchestrator.generate_scene(scene("A dog.")))
    orchestrator.provider = "simulator-b"
    film = run(orchestrator.generate_scene(scene("A dog.", "A cat.")))
    assert makers(film) == ["simulator", "simulator-b"]
    assert yard.bills == {"A dog.": 1, "A cat.": 1}


def test_what_others_made_does_not_count_where_it_is_not_to(yard):
    run(yard.orchestrator().generate_scene(scene("A dog.")))
    film = run(yard.orchestrator("simulator-b", reuse=False).generate_scene(scene("A dog.")))
    assert makers(film) == ["simulator-b"]


def test_a_production_is_made_by_the_same_rules_and_its_scene_is_known_again(yard):
    film = Production(title="Pets", scenes=[scene("A dog."), SceneConfig(shots=[shot("A hen.")])])
    first = run(yard.orchestrator().generate_scene(film.scenes[0], production=film))
    whole = run(yard.orchestrator("simulator-b").generate_production(film))
    assert first.path.name == "yard.mp4"
    assert whole.path.name == "pets.mp4"
    assert makers(whole) == ["simulator", "simulator-b"]
    assert yard.bills == {"A dog.": 1, "A hen.": 1}


def shot(action, **more):
    return ShotConfig(action=action, duration=0.5, **more)


def test_a_production_may_be_a_file_and_its_scene_finds_its_cast(yard):
    (yard.folder / "pets.yaml").write_text(
        "title: Pets\ncharacters:\n  rex: {name: Rex, identity: {kind: animal, description: Old}}\n"
        "scenes:\n  - shots: [{action: Rex barks., duration: 0.5, characters: {rex: {}}}]\n"
    )
    orchestrator = yard.orchestrator()
    film = run(orchestrator.generate_production(yard.folder / "pets.yaml"))
    assert film.path.name == "pets.mp4"
    alone = SceneConfig(
        title="More", shots=[shot("Rex sits.", characters={"rex": CharacterState()})]
    )
    run(orchestrator.generate_scene(alone, production=yard.folder / "pets.yaml"))
    rex = Character(name="Rex", identity=CharacterIdentity(description="Old"))
    run(orchestrator.generate_scene(alone, characters={"rex": rex}, output=yard.folder / "x.mp4"))
    with pytest.raises(StoryError, match="rex"):
        run(orchestrator.generate_scene(alone))


def test_scenes_asked_for_at_once_wait_for_one_another(yard):
    orchestrator = yard.orchestrator()

    async def both():
        later = SceneConfig(title="Later", shots=[shot("A cat.")])
        return await asyncio.gather(
            orchestrator.generate_scene(scene("A dog.")), orchestrator.generate_scene(later)
        )

    films = run(both())
    assert [film.path.name for film in films] == ["yard.mp4", "later.mp4"]
    films = run(both())
    assert all(film.result.shots[0].reused for film in films)


@pytest.mark.parametrize(
    ("given", "error", "hint"),
    [
        (Mine, "Mine.* is no provider", "an object of a class"),
        (3, "3 is no provider", "a name"),
        ("simulatr", "unknown provider 'simulatr'", "simulator"),
    ],
)
def test_what_is_no_provider_is_refused_when_it_is_set(yard, given, error, hint):
    orchestrator = yard.orchestrator()
    with pytest.raises(ConfigError, match=error) as caught:
        orchestrator.provider = given
    assert hint in caught.value.hint
    assert orchestrator.provider == "simulator"


def test_what_is_no_scene_is_refused_with_what_to_write(yard):
    with pytest.raises(ConfigError, match="not a ShotConfig") as caught:
        run(yard.orchestrator().generate_scene(shot("A dog.")))
    assert "SceneConfig(shots=" in caught.value.hint


def test_a_model_is_named_together_with_its_provider(yard):
    orchestrator = yard.orchestrator("simulator/sim-sound")
    film = run(orchestrator.generate_scene(scene("A dog.")))
    assert film.result.shots[0].model == "sim-sound"
    with pytest.raises(UnknownName):
        orchestrator.provider = "simulator/veo"


def test_the_provider_that_is_set_goes_before_the_settings(yard):
    with (yard.folder / "ministudio.toml").open("a") as file:
        file.write('[render]\nproviders = ["simulator-b"]\nmodel = "simulator-b/sim-sound"\n')
    film = run(yard.orchestrator("simulator").generate_scene(scene("A dog.")))
    assert [(s.provider, s.model) for s in film.result.shots] == [("simulator", "sim-1")]


def test_a_class_with_one_method_is_a_provider_once_its_price_may_be_unknown(yard):
    mine = Mine()
    with pytest.raises(PriceUnknown) as caught:
        run(yard.orchestrator(mine).generate_scene(scene("A dog.")))
    assert "allow_unknown_price=True" in caught.value.hint
    assert mine.requests == []
    film = run(yard.orchestrator(mine, allow_unknown_price=True).generate_scene(scene("A dog.")))
    assert makers(film) == ["mine"]


def test_a_pending_job_is_not_paid_for_anew_at_another_provider(yard):
    yard.service.fault("takes", seconds=2.0, queue="a")
    orchestrator = yard.orchestrator()
    with pytest.raises(JobPending) as first:
        run(orchestrator.generate_scene(scene("A dog.")))
    orchestrator.provider = "simulator-b"
    with pytest.raises(JobPending) as second:
        run(orchestrator.generate_scene(scene("A dog.")))
    assert second.value.provider == "simulator"
    assert second.value.job == first.value.job
    for error in (first.value, second.value):
        assert error.hint.startswith("call again later")
        assert "--" not in error.hint
    assert yard.bills == {"A dog.": 1}
    film = run(until_made(orchestrator, scene("A dog.")))
    assert makers(film) == ["simulator"]
    assert yard.bills == {"A dog.": 1}


async def until_made(orchestrator, wanted):
    for _ in range(100):
        try:
            return await orchestrator.generate_scene(wanted)
        except JobPending:
            await asyncio.sleep(0.05)
    raise AssertionError("it is never made")


def test_a_new_process_asks_after_the_jobs_of_a_provider_it_was_never_given(yard):
    yard.service.fault("takes", seconds=1.0, queue="a")
    with pytest.raises(JobPending):
        run(yard.orchestrator().generate_scene(scene("A dog.")))
    film = run(until_made(yard.orchestrator("simulator-b"), scene("A dog.")))
    assert makers(film) == ["simulator"]


def test_resubmit_pays_for_another_and_for_no_shot_that_is_done(yard):
    yard.service.fault("stuck", queue="a", prompt="cat")
    orchestrator = yard.orchestrator()
    with pytest.raises(JobPending):
        run(orchestrator.generate_scene(scene("A dog.", "A cat.")))
    orchestrator.provider = "simulator-b"
    film = run(orchestrator.generate_scene(scene("A dog.", "A cat."), resubmit=["s2"]))
    assert makers(film) == ["simulator", "simulator-b"]
    assert yard.bills == {"A dog.": 1, "A cat.": 2}


def test_a_job_that_was_taken_and_never_answered_for_is_found_and_used(yard):
    yard.service.fault("drop-after", queue="a")
    orchestrator = yard.orchestrator()
    with pytest.raises(ProviderUnavailable):
        run(orchestrator.generate_scene(scene("A dog.")))
    orchestrator.provider = "simulator-b"
    assert makers(run(orchestrator.generate_scene(scene("A dog.")))) == ["simulator"]
    assert yard.bills == {"A dog.": 1}


def test_what_nobody_can_find_stays_unknown_until_the_user_says_so(yard):
    yard.service.fault("drop-after", queue="blind")
    orchestrator = yard.orchestrator("simulator-blind")
    with pytest.raises(ProviderUnavailable):
        run(orchestrator.generate_scene(scene("A dog.")))
    for provider in ("simulator-b", Mine(), "simulator-blind"):
        orchestrator.provider = provider
        with pytest.raises(JobUnknown) as caught:
            run(orchestrator.generate_scene(scene("A dog.")))
        assert caught.value.provider == "simulator-blind"
        assert "resubmit=True" in caught.value.hint
    orchestrator.provider = "simulator-b"
    run(orchestrator.generate_scene(scene("A dog."), resubmit=True))
    assert yard.bills == {"A dog.": 2}


def test_a_job_that_was_never_taken_is_ordered_from_the_next(yard):
    yard.service.fault("drop", queue="a")
    orchestrator = yard.orchestrator()
    with pytest.raises(ProviderUnavailable):
        run(orchestrator.generate_scene(scene("A dog.")))
    orchestrator.provider = "simulator-b"
    assert makers(run(orchestrator.generate_scene(scene("A dog.")))) == ["simulator-b"]
    assert yard.bills == {"A dog.": 1}
    assert yard.service.stats.total.submits == 2


def test_a_failure_that_was_charged_is_not_paid_for_again_unasked(tmp_path):
    with Yard(tmp_path, Terms(charges_failures=True)) as yard:
        yard.service.fault("fail", queue="a")
        orchestrator = yard.orchestrator()
        with pytest.raises(ProviderError):
            run(orchestrator.generate_scene(scene("A dog.")))
        orchestrator.provider = "simulator-b"
        with pytest.raises(JobExpired, match="was paid for at simulator"):
            run(orchestrator.generate_scene(scene("A dog.")))
        assert yard.bills == {"A dog.": 1}
        run(orchestrator.generate_scene(scene("A dog."), resubmit=True))


def test_a_shot_counts_as_one_also_where_only_one_of_two_providers_goes_on_from_a_picture(yard):
    """The simulator begins with the last frame of the shot before; nobody knows that of Mine."""
    chained = SceneConfig(
        title="Yard",
        shots=[
            shot("A dog.", id="s1"),
            shot("It runs.", id="s2", continuity=Continuity.CHAIN),
            shot("It rests.", id="s3", continuity=Continuity.CHAIN),
        ],
    )
    yard.service.fault("refuse", times=9, prompt="rests")
    yard.service.fault("takes", seconds=1.5, prompt="runs")
    mine = Mine()
    orchestrator = yard.orchestrator(allow_unknown_price=True)
    with pytest.raises(JobPending):
        run(orchestrator.generate_scene(chained))
    orchestrator.provider = mine
    with pytest.raises(JobPending):
        run(orchestrator.generate_scene(chained))
    assert mine.requests == []
    film = run(until_made(orchestrator, chained))
    assert makers(film) == ["simulator", "simulator", "mine"]
    assert [request.prompt.text for request in mine.requests] == [
        film.result.shots[2].parts[0].asked["prompt"]
    ]
    assert yard.bills == {"A dog.": 1, "It runs.": 1}


def test_asking_after_an_old_job_orders_nothing_and_needs_no_room_in_a_budget(yard):
    yard.service.fault("takes", seconds=1.0, queue="a")
    with pytest.raises(JobPending):
        run(yard.orchestrator().generate_scene(scene("A dog.")))
    tight = yard.orchestrator("simulator-b", options={"caps": [Cap(clips=0)]})
    assert makers(run(until_made(tight, scene("A dog.")))) == ["simulator"]
    with pytest.raises(BudgetExceeded):
        run(tight.generate_scene(scene("A cat.")))
    assert yard.service.stats.total.submits == 1


def test_listeners_hear_what_became_of_an_old_job_and_one_run_alone(yard):
    yard.service.fault("drop-after", queue="a")
    with pytest.raises(ProviderUnavailable):
        run(yard.orchestrator().generate_scene(scene("A dog.")))
    yard.events.clear()
    run(yard.orchestrator("simulator-b").generate_scene(scene("A dog.")))
    kinds = Counter(event.kind for event in yard.events)
    assert kinds[EventKind.RUN_STARTED] == kinds[EventKind.RUN_DONE] == 1
    states = [e.data["state"] for e in yard.events if e.kind is EventKind.TAKE_CHANGED]
    assert states == ["submitted", "ready", "stored"]


LOOP = """
async def generate_with_fallback(scene_config):
    providers = [
        VertexAIAdapter.create(),  # Try primary
        HuggingFaceAdapter.create("text-to-video-fast"),  # Fall back
        LocalModelAdapter.create(),  # Last resort (if available)
    ]
    
    for provider in providers:
        try:
            orchestrator.provider = provider
            return await orchestrator.generate_scene(scene_config)
        except Exception as e:
            logger.warning(f"{provider.name} failed: {e}. Trying next...")
    
    raise RuntimeError("All providers exhausted")
"""  # noqa: W293 - word for word
"""A user's own way to fall back."""


class Adapter:
    """Makes a provider, as an adapter does."""

    def __init__(self, make):
        self.create = lambda model=None: make()


@pytest.fixture
def fall_back(yard):
    """The user's loop, with test providers behind its adapters."""
    mine = Mine()
    names = {
        "VertexAIAdapter": Adapter(lambda: yard.provider(SimulatorProvider)),
        "HuggingFaceAdapter": Adapter(lambda: yard.provider(SecondProvider)),
        "LocalModelAdapter": Adapter(lambda: mine),
        "orchestrator": yard.orchestrator(allow_unknown_price=True),
        "logger": logging.getLogger("user"),
    }
    exec(LOOP, names)  # what a user wrote is run as it stands
    loop = names["generate_with_fallback"]
    loop.mine = mine
    return loop


def test_the_users_own_loop_takes_the_first_provider_that_can(yard, fall_back):
    assert makers(run(fall_back(scene("A dog.", "A cat.")))) == ["simulator", "simulator"]
    assert yard.bills == {"A dog.": 1, "A cat.": 1}


def test_the_users_own_loop_keeps_what_is_done_when_it_goes_on(yard, fall_back):
    yard.service.fault("refuse", times=9, queue="a", prompt="cat")
    assert makers(run(fall_back(scene("A dog.", "A cat.")))) == ["simulator", "simulator-b"]
    assert yard.bills == {"A dog.": 1, "A cat.": 1}


def test_the_users_own_loop_ends_while_a_job_is_pending_and_takes_it_up_when_called_again(
    yard, fall_back, caplog
):
    yard.service.fault("takes", seconds=2.5, queue="a")
    with pytest.raises(RuntimeError, match="All providers exhausted"):
        run(fall_back(scene("A dog.")))
    said = [record.getMessage() for record in caplog.records if record.name == "user"]
    assert [line.split()[0] for line in said] == ["simulator", "simulator-b", "mine"]
    assert all("simulator may still be making" in line for line in said[1:])

    async def again():
        for _ in range(20):
            try:
                return await fall_back(scene("A dog."))
            except RuntimeError:
                await asyncio.sleep(0.05)
        raise AssertionError("it is never made")

    assert makers(run(again())) == ["simulator"]
    assert yard.bills == {"A dog.": 1}
    assert fall_back.mine.requests == []


FAULTS = {
    "stuck": {},
    "takes": {"seconds": 1.0},
    "drop": {},
    "drop-after": {},
    "500-after": {},
    "hang-after": {},
    "500": {},
    "refuse": {"times": 9},
    "refuse-late": {"times": 9},
    "fail": {},
    "401": {},
    "402": {},
    "403": {},
    "retired": {},
    "429": {"seconds": 0.01},
    "forget": {},
    "gone": {},
    "truncated": {"times": 9},
    "empty": {"times": 9},
    "unknowable": {},
}


@pytest.mark.parametrize("kind", FAULTS)
def test_whatever_the_first_does_the_users_own_loop_pays_once_for_a_shot(
    tmp_path, fall_back, yard, kind
):
    yard.service.fault(kind, queue="a", **FAULTS[kind])
    for _ in range(3):
        try:
            film = run(fall_back(scene("A dog.")))
        except RuntimeError:
            continue
        assert len(film.result.shots) == 1
    paid = yard.bills["A dog."] + len(fall_back.mine.requests)
    assert paid == 1, yard.service.stats


def test_what_a_provider_made_that_nobody_has_here_is_used_all_the_same(yard):
    """Also the shots that it began afresh, and that another would begin with a picture."""
    chained = SceneConfig(
        title="Yard",
        shots=[shot("A dog.", id="s1"), shot("It runs.", id="s2", continuity=Continuity.CHAIN)],
    )
    run(yard.orchestrator(Mine(), allow_unknown_price=True).generate_scene(chained))
    film = run(yard.orchestrator("simulator").generate_scene(chained))
    assert makers(film) == ["mine", "mine"]
    assert yard.service.stats.total.submits == 0


# Not "absent": a service that is sure, and wrong, cannot be helped.
TROUBLE = sorted(FAULTS.keys() - {"hang-after", "429"})
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["simulator", "simulator-b", "simulator-blind", "mine"]),
        st.sampled_from(TROUBLE),
        st.sampled_from(["A.", "B.", "C."]),
        st.sampled_from([1, 9]),
    ),
    min_size=2,
    max_size=5,
)


@pytest.mark.slow
@given(
    steps=STEPS,
    continuity=st.sampled_from([Continuity.CUT, Continuity.CHAIN]),
    charged=st.booleans(),
)
@settings(max_examples=12, deadline=None)
def test_in_any_order_of_providers_and_troubles_no_shot_is_paid_for_twice(
    tmp_path_factory, steps, continuity, charged
):
    wanted = SceneConfig(
        title="Yard",
        shots=[shot(f"{name}.", id=name, continuity=continuity) for name in "ABC"],
    )
    terms = Terms(charges_failures=charged)
    with Yard(tmp_path_factory.mktemp("yard"), terms) as yard:
        mine = Mine()
        options = {"job_timeout": 0.1, "rerolls": 1}
        orchestrator = yard.orchestrator(allow_unknown_price=True, options=options)
        for provider, kind, prompt, times in steps:
            yard.service.fault(kind, prompt=prompt, **{**FAULTS[kind], "times": times})
            orchestrator.provider = mine if provider == "mine" else provider
            try:
                run(orchestrator.generate_scene(wanted))
            except (ProviderError, ArtifactError):
                continue
        paid = [bill.prompt[0] for bill in yard.service.bills]
        paid += [request.prompt.text[0] for request in mine.requests]
        assert max(Counter(paid).values(), default=0) <= 1, paid
