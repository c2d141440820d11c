"""The local provider under another name: it writes down what its pipelines are given.

What it is given to do otherwise stands in files in its own folder: ``die`` kills its process at
the second step of the shot whose action holds the word in it, and is gone then.
"""

from __future__ import annotations

import attrs

import ministudio_local
from ministudio.plugin import PromptCompilerSpec, hookimpl


@hookimpl
def ministudio_video_providers():
    (spec,) = ministudio_local.ministudio_video_providers()
    yield attrs.evolve(spec, name="heard", factory="heard_provider:Heard", counter=None)


@hookimpl
def ministudio_prompt_compilers():
    for spec in ministudio_local.ministudio_prompt_compilers():
        name = spec.name.replace("local-", "heard-")
        yield PromptCompilerSpec(
            name=name, factory=spec.factory, summary=spec.summary, dialects=spec.dialects
        )
