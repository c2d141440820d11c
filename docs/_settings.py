"""The page of settings: how they are read, in words, and each variable from its declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.settings.budget_table import CAP_KEYS, SPANS
from ministudio.settings.core import CORE_SETTINGS, RENDER_SETTINGS
from ministudio.settings.example import settings_reference
from ministudio.settings.precedence import LOOK, MAKING
from ministudio.settings.video import VideoConfig

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["settings_page"]


def _listed(keys: Iterable[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


def _joined(meanings: Mapping[str, str]) -> str:
    *most, last = (f"`{key}` ({meaning})" for key, meaning in meanings.items())
    return f"{', '.join(most)} and {last}"


_LOOKS = [field.name for field in attrs.fields(VideoConfig)]
# What a run may cost stands in [budget.run], together with the other limits.
_MAKING = [key for key in RENDER_SETTINGS if key not in {*_LOOKS, "budget"}]
_CAPS = {
    "money": 'what the paid clips may cost together, such as `"20 USD"`',
    "seconds": "how long they may be together",
    "clips": "how many they may be",
}
assert set(_CAPS) == set(CAP_KEYS), "every limit is explained"
_PERIODS = [f"[budget.{span}]" for span in SPANS if span != "run"]
SETTINGS = f"""\
# Settings

A setting is a variable in the environment or in the workspace's `.env`, or a key in its
`ministudio.toml`. When several say something, the first of these that speaks wins:

- for what a film looks like: {", ".join(LOOK)};
- for where and how it is made: {", ".join(MAKING)}.

The command line stands for the arguments of a call, too. The workspace is the nearest folder
above the production that has a `ministudio.toml`, else the production's own folder; the current
directory plays no part. MiniStudio reads `.env` itself and puts nothing of it into the process's
environment. A variable that is not declared is not read.

In `ministudio.toml`, `[render]` has the keys {_listed(_MAKING)},
and `[video]` has {_listed(_LOOKS)}.
Each is explained below, under the variable of the same meaning. `[provider.NAME]` sets up one
provider: its `model`, its own `options`, its `endpoint` where no variable says that (in a trusted
file only), and how hard it may be pressed: `concurrency` is how many of its clips are made at a
time, and `per_minute` how many are ordered in a minute at most.
`[models."ID"]` adds a model card, written as in a plugin's `models.toml`. A file in a project
folder can set no key, and an address only once you trust it.

`ministudio config show --explain` shows what is set, and all that anybody said of it.

## Profiles

A profile is one name for who renders, what it may cost and where the keys come from. It is chosen
with `--profile NAME`, anywhere on the command line, with `MINISTUDIO_PROFILE`, or with
`Studio(profile="NAME")`; without a choice it is `dev`. An unknown one is an error. `dev`, `staging`
and `prod` are always there; others are there once `ministudio.toml` has them.

`[profiles.NAME]` holds keys of `[render]` and `[video]`, and `budget`, the most that a run may
cost. `[profiles.NAME.provider.X]` and `[profiles.NAME.secrets]` are as the tables of the same name
without a profile, and win over them.

```toml
[profiles.dev]
quality = "draft"

[profiles.prod]
providers = ["animatic"]
quality = "high"
budget = "50 USD"
output = "films"
```

## Where keys come from

A secret is asked for in the order of a chain of backends, and only *not found* moves on to the
next: a store that refuses, or cannot be reached, stops the run. Where nobody names a chain, `dev`
asks the environment and then `.env`; `staging` and `prod` ask the environment alone. A secret can
have a place of its own instead, as `secret://BACKEND/PATH?key=KEY#VERSION`.

```text
[profiles.prod.secrets]
chain = ["env", "aws"]

[profiles.prod.secrets.routes]
HF_TOKEN = "secret://aws/ministudio/prod/HF_TOKEN?key=token"
```

`[secrets.options.BACKEND]` has the options of a backend. What a backend itself needs comes from
the environment or `.env`, never from another backend. What is no secret comes from the
environment, then from `.env`; a store is asked for it only where a route says so. All that a run
may need is fetched before anything is ordered, kept in memory for five minutes, and asked for
anew when a provider no longer accepts it.

`ministudio secrets list`, `secrets explain NAME` and `secrets check` show where each comes from,
and never its value.

## Trust

A project that somebody else made must not send your key elsewhere. So these count only in a file
that you have looked at and trusted, with `ministudio trust`: `[secrets]`, a provider's `endpoint`
and addresses among its options, `observers`, and, in `.env`, addresses and `MINISTUDIO_OBSERVERS`.
What you trust is recorded by hash in your own configuration folder (`MINISTUDIO_CONFIG_DIR`); a
file that changes is not trusted any more. Keys do not belong into `ministudio.toml` at all, and
which plugins are loaded is said in the environment alone.

## What may be spent

A limit on paid clips is looked at in the same step that sets a clip's price aside, so that no two
shots can both take the last of it. `[budget.run]` is for one run; {_listed(_PERIODS)} are for all
runs of the workspace, in a day, week or month of the calendar in UTC, or since it was begun. Each
can have {_joined(_CAPS)}. A clip that is known not to have been charged gives its room back.

```toml
[budget.run]
money = "20 USD"

[budget.month]
money = "150 USD"
clips = 400

[provider.animatic]
concurrency = 2
per_minute = 30
```

A clip whose price nobody says is not ordered without `--allow-unknown-price`. The command line
asks before it spends more than `confirm_above` on a run; `--yes` answers beforehand.

## Variables

"""


def settings_page() -> str:
    """Return the page."""
    return SETTINGS + settings_reference(CORE_SETTINGS)
