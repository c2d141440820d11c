"""A plugin for trying the command line: what a shot's action says after ``do:`` is what happens.

Nothing heavy stands here, as in any plugin's entry module; ``stunt_provider`` does the stunts.
"""

from __future__ import annotations

import attrs

from ministudio.plugin import (
    Billing,
    RunsIn,
    Setting,
    VideoProviderSpec,
    hookimpl,
    permissive_card,
)

KEY = Setting(
    name="STUNT_API_KEY",
    help="Opens the stunt service.",
    category="Stunt",
    secret=True,
    required=True,
    where_to_get="https://stunt.example/keys",
)
CARDS = [
    attrs.evolve(permissive_card("stunt-1"), free=True),
    attrs.evolve(permissive_card("stunt-2"), free=True, durations=(2.0,)),
]


def spec(name: str, does: str, **more) -> VideoProviderSpec:
    given = {
        "factory": f"stunt_provider:{does}",
        "summary": "Does as the shot says.",
        "models": CARDS,
        "billing": Billing.FREE,
        **more,
    }
    return VideoProviderSpec(name=name, **given)


def look_over(request):
    """Say what is never as asked here, and of long clips what is not either."""
    yield "cut to the second"
    if request.seconds > 1:
        yield "long, and so in grey"


def check_up():
    """Say what the machine offers, and print what nobody wants to see."""
    print("looking")  # noqa: T201 - it is about that
    yield "one car, two ramps"


def break_down():
    raise RuntimeError("no road")


@hookimpl
def ministudio_video_providers():
    yield spec("stunt", "Stunt")
    yield spec("stunt-paid", "Stunt", billing=Billing.PAID)
    yield spec("stunt-dear", "Stunt", billing=Billing.PAID, models=[permissive_card("dear-1")])
    yield spec("stunt-thread", "StuntInThread")
    yield spec("stunt-worker", "StuntInThread", runs_in=RunsIn.WORKER)
    yield spec("stunt-key", "Stunt", settings=[KEY])
    yield spec("stunt-worker-key", "Stunt", settings=[KEY], runs_in=RunsIn.WORKER)
    yield spec(
        "stunt-wary", "Stunt", look_over="stunt_plugin:look_over", check_up="stunt_plugin:check_up"
    )
    yield spec("stunt-lost", "Stunt", check_up="stunt_plugin:break_down")
    yield spec("stunt-absent", "NoSuchClass")
