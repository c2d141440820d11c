"""The SDK as the measure: what we send is what it sends, and it understands our service."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from fake_hf import TOKEN
from hf_kit import WAN, request, router, run, submitted
from huggingface_hub import InferenceClient
from huggingface_hub.inference import _providers
from huggingface_hub.inference._providers import _common

from ministudio_hf.families import FAMILIES
from ministudio_hf.routes.fal import Fal

# What we send besides, and the SDK leaves to its caller's ``extra_body``.
OURS = {"frames_per_second", "resolution", "aspect_ratio", "width", "height"}


@pytest.fixture
def sdk(service, monkeypatch):
    """The SDK's own client, asking the service; its look-ups are not remembered between tests."""
    _common._fetch_inference_provider_mapping.cache_clear()
    for module in ("fal_ai", "wavespeed"):
        monkeypatch.setattr(getattr(_providers, module), "_POLLING_INTERVAL", 0.01)
    monkeypatch.setattr(_providers.together, "_VIDEO_POLLING_INTERVAL", 0.01)
    yield lambda provider: InferenceClient(provider=provider, token=TOKEN)
    _common._fetch_inference_provider_mapping.cache_clear()


def by_sdk(client, model=WAN):
    return client.text_to_video(
        "A fox crosses a frozen river.",
        model=model,
        num_frames=17,
        seed=7,
        num_inference_steps=40,
        guidance_scale=4.0,
    )


@pytest.mark.parametrize("route", ["fal-ai", "wavespeed", "together"])
def test_the_sdk_makes_a_clip_of_the_same_service(service, sdk, route):
    assert by_sdk(sdk(route))[4:8] == b"ftyp"


@pytest.mark.parametrize("route", ["fal-ai", "wavespeed", "together", "replicate"])
def test_we_order_what_the_sdk_orders_where_the_sdk_orders_it(service, sdk, route):
    if route == "replicate":
        with pytest.raises(TimeoutError):  # it waits a minute and forgets the prediction
            by_sdk(sdk(route))
    else:
        by_sdk(sdk(route))
    run(submitted(router(service, route=route, quality="quality")))
    theirs, ours = service.of("submit")
    assert (ours.path, ours.query) == (theirs.path, theirs.query)
    body = ours.body.get("input", ours.body)
    told = {key: value for key, value in body.items() if key not in {*OURS, "negative_prompt"}}
    assert told == theirs.body.get("input", theirs.body)


@pytest.mark.parametrize("route", ["fal-ai", "wavespeed", "together"])
def test_a_first_frame_stands_where_the_sdk_puts_it(service, sdk, picture, route):
    first = picture()
    sdk(route).image_to_video(
        first.path.read_bytes(), model="Wan-AI/Wan2.2-I2V-A14B", prompt="A fox."
    )
    run(submitted(router(service, route=route), first_frame=first))
    theirs, ours = service.of("submit")
    assert ours.path == theirs.path
    assert set(theirs.body) <= set(ours.body)


@pytest.mark.parametrize("route", ["fal-ai", "wavespeed", "together"])
def test_a_job_is_polled_where_the_sdk_polls_it(service, sdk, tmp_path, route):
    by_sdk(sdk(route))

    async def polled():
        provider = router(service, route=route)
        job = await submitted(provider)
        await provider.poll(job)
        await provider.aclose()

    run(polled())
    theirs, ours = service.of("status")[0], service.of("status")[-1]
    names = [seen.path.replace("-002", "-001") for seen in (theirs, ours)]
    assert names[0] == names[1]
    assert ours.query == theirs.query


def test_every_parameter_of_a_family_is_one_that_fal_is_sent():
    from ministudio_hf._mapping import ask_of
    from ministudio_hf.options import RouterOptions

    for family in FAMILIES:
        ask = ask_of(request(), RouterOptions(), model=f"x/{family.words[0]}2", provider_model="m")
        assert set(family.fal) <= set(Fal().order(ask).body)


LOOKED_AT = """
import sys
from ministudio.kernel.registry import Registry
from ministudio.plugin import price, Resolution
registry = Registry()
for spec in registry.providers():
    for card in spec.models:
        price(card, seconds=5, resolution=Resolution.P480, audio=False)
registry.look_over("hf"), registry.look_over("hf-novita"), registry.look_over("hf-endpoint")
heavy = {"huggingface_hub", "httpx2", "httpx", "av", "torch"} & set(sys.modules)
sys.exit(f"loaded: {heavy}" if heavy else 0)
"""


def test_models_prices_and_advice_load_no_sdk():
    done = subprocess.run(
        [sys.executable, "-c", LOOKED_AT],
        env={**os.environ, "MINISTUDIO_PLUGINS": "core,hf"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


PLANNED = """
import sys
from ministudio.cli import main
code = 0
try:
    main(sys.argv[1:])
except SystemExit as end:
    code = end.code
heavy = {"huggingface_hub", "httpx2"} & set(sys.modules)
sys.exit(f"loaded: {heavy}" if heavy else code)
"""


@pytest.mark.parametrize("words", [["models", "--json"], ["plan", "film.yaml", "--json"]])
def test_the_commands_that_only_look_load_no_sdk_and_need_no_token(tmp_path, words):
    (tmp_path / "film.yaml").write_text(
        "title: Fox\nscenes:\n  - shots:\n      - {action: A fox crosses a river., duration: 4}\n",
        encoding="utf-8",
    )
    told = {"MINISTUDIO_PLUGINS": "core,hf", "MINISTUDIO_PROVIDER": "hf"}
    done = subprocess.run(
        [sys.executable, "-c", PLANNED, *words],
        env={**{k: v for k, v in os.environ.items() if not k.startswith("HF_")}, **told},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Wan-AI/Wan2.2-T2V-A14B" in json.dumps(json.loads(done.stdout))
