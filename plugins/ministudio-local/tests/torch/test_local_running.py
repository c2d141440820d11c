"""How models are run: loaded once, watched, stopped, and explained when they fail."""

from __future__ import annotations

import asyncio
import shutil

import diffusers
import psutil
import pytest
import torch

from ministudio.plugin import (
    Accepted,
    InvalidRequest,
    JobFailed,
    PluginContext,
    ProviderError,
)
from ministudio_local import provider as provider_module
from ministudio_local.machine import Machine
from ministudio_local.probing import probe
from ministudio_local.provider import LocalProvider

MODEL = "wan-2.1-t2v-1.3b"
USUAL = []


@pytest.fixture
def usual(small, tmp_path):
    """The clip that the model makes without options."""
    if not USUAL:
        USUAL.append(run(LocalProvider(), small(MODEL), tmp_path))
    return USUAL[0]


def run(provider, request, into, told=None):
    def progress(fraction, note=""):
        if told is not None:
            told.append((fraction, note))

    return provider.generate_blocking(request, into, progress)


def test_every_step_is_told(provider, small, tmp_path):
    told = []
    run(provider, small(MODEL), tmp_path, told)
    steps = [(round(fraction, 2), note) for fraction, note in told if fraction is not None]
    assert steps == [(0.33, "step 1 of 3"), (0.67, "step 2 of 3"), (1.0, "step 3 of 3")]
    assert any(note.startswith("loading wan-2.1-t2v-1.3b: cpu, as asked") for _, note in told)


def test_steps_are_told_where_the_pipeline_has_no_callback(provider, small, tmp_path):
    told = []
    run(provider, small("hunyuanvideo-1.5"), tmp_path, told)
    fractions = [fraction for fraction, _ in told if fraction is not None]
    assert fractions == sorted(fractions)
    assert {note for fraction, note in told if fraction is not None} >= {
        "step 0 of 3",
        "step 2 of 3",
    }


def test_the_model_is_loaded_once_for_all_shots(provider, small, tmp_path):
    told = []
    for seed in range(3):
        run(provider, small(MODEL, seed=seed), tmp_path, told)
    assert sum(note.startswith("loading") for _, note in told) == 1


def test_another_way_of_starting_a_clip_takes_over_the_weights(provider, small, paint, tmp_path):
    run(provider, small("wan-2.2-ti2v-5b"), tmp_path)
    before = provider._loaded.pipe
    told = []
    clip = run(provider, small("wan-2.2-ti2v-5b", first_frame=paint("red")), tmp_path, told)
    after = provider._loaded.pipe
    assert clip.provider_meta["pipeline"] == "WanImageToVideoPipeline"
    assert after.transformer is before.transformer
    assert after.vae is before.vae
    assert next(after.transformer.parameters()).dtype is torch.float32


def test_weights_taken_over_make_the_same_clip_as_weights_read_anew(small, paint, tmp_path):
    wanted = small("wan-2.2-ti2v-5b", {"dtype": "bfloat16"}, first_frame=paint("red"))
    fresh = run(LocalProvider(), wanted, tmp_path)
    used = LocalProvider()
    run(used, small("wan-2.2-ti2v-5b", {"dtype": "bfloat16"}), tmp_path)
    assert run(used, wanted, tmp_path).sha256 == fresh.sha256


def test_another_model_takes_the_place_of_the_first(provider, small, tmp_path):
    run(provider, small(MODEL), tmp_path)
    clip = run(provider, small("mochi-1"), tmp_path)
    assert clip.provider_meta["pipeline"] == "MochiPipeline"
    assert type(provider._loaded.pipe).__name__ == "MochiPipeline"


@pytest.mark.parametrize("model", [MODEL, "hunyuanvideo-1.5"])
def test_a_cancel_ends_the_clip_at_the_next_step_and_the_model_stays_usable(
    provider, small, tmp_path, model
):
    request = small(model, {"steps": 200})
    seen = []

    async def cancelled():
        begun = asyncio.Event()
        loop = asyncio.get_running_loop()

        def progress(fraction, note=""):
            if fraction is not None:
                seen.append(fraction)
                loop.call_soon_threadsafe(begun.set)

        work = asyncio.ensure_future(provider.generate(request, tmp_path, progress))
        await begun.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work

    asyncio.run(cancelled())
    assert seen[-1] < 0.5
    assert list(tmp_path.glob("local-*.mp4*")) == []
    assert run(provider, small(model), tmp_path).seconds > 0


class Full:
    """A model whose memory runs out at its second call, or fails in another way."""

    def __init__(self, pipe, error):
        self.calls, self.error = 0, error
        self.hook = pipe.transformer.register_forward_pre_hook(self)

    def __call__(self, *_):
        self.calls += 1
        if self.calls == 2:
            raise self.error


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB"),
        MemoryError(),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"),
        RuntimeError("MPS backend out of memory (MPS allocated: 9 GB)"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_memory_that_runs_out_is_a_typed_error_with_what_to_change(
    provider, small, tmp_path, error
):
    run(provider, small("wan-2.2-ti2v-5b"), tmp_path)
    Full(provider._loaded.pipe, error)
    with pytest.raises(JobFailed, match="out of memory on cpu, making the clip") as raised:
        run(provider, small("wan-2.2-ti2v-5b"), tmp_path)
    assert raised.value.charged is False
    assert "a smaller model: local/wan-2.1-t2v-1.3b" in raised.value.hint
    assert "a lower resolution, or a shorter shot" in raised.value.hint
    # What filled the memory was let go of, so the next clip is made.
    assert provider._loaded is None
    assert run(provider, small("wan-2.2-ti2v-5b"), tmp_path).seconds > 0


@pytest.mark.parametrize(
    ("error", "kind"),
    [(RuntimeError("index out of range"), JobFailed), (ValueError("not so"), InvalidRequest)],
)
def test_any_other_failure_is_told_and_costs_nothing(provider, small, tmp_path, error, kind):
    run(provider, small(MODEL), tmp_path)
    Full(provider._loaded.pipe, error)
    with pytest.raises(kind, match=f"making the clip .*{error}") as raised:
        run(provider, small(MODEL), tmp_path)
    assert raised.value.charged is False


def test_memory_is_reckoned_before_anything_is_loaded(provider, small, tmp_path, monkeypatch):
    monkeypatch.setattr(provider_module, "probe", lambda: Machine(ram=1000))
    monkeypatch.setattr(provider_module, "load", lambda *_, **__: pytest.fail("it was loaded"))
    with pytest.raises(InvalidRequest, match="out of memory: Wan needs about") as raised:
        run(provider, small(MODEL), tmp_path)
    assert "a lower resolution" in raised.value.hint
    assert raised.value.accepted is Accepted.NO


def test_what_is_free_is_what_the_machine_says():
    there = probe()
    assert there.ram == pytest.approx(psutil.virtual_memory().available, rel=0.2)
    assert set(there.gpus) | set(there.missing) >= {"cuda"}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "model_index.json").unlink(), "model not found"),
        (lambda folder: shutil.rmtree(folder / "transformer"), "loading the model"),
        (
            lambda folder: next((folder / "vae").glob("*.safetensors")).unlink(),
            "vae holds no weights",
        ),
    ],
)
def test_a_model_that_is_not_whole_is_told(provider, small, shelf, tmp_path, spoil, said):
    folder = tmp_path / "model"
    shutil.copytree(shelf(MODEL) / MODEL, folder)
    spoil(folder)
    with pytest.raises(ProviderError, match=said) as raised:
        run(provider, small(MODEL, {"model_path": str(folder)}), tmp_path)
    assert "Traceback" not in str(raised.value)


def test_a_prompt_that_the_model_would_cut_short_is_refused(provider, small, tmp_path):
    with pytest.raises(InvalidRequest, match=r"prompt is 227 tokens long, and CogVideoX reads 226"):
        run(provider, small("cogvideox-2b", text="x" * 226), tmp_path)
    assert run(provider, small("cogvideox-2b", text="x" * 225), tmp_path).seconds > 0


@pytest.mark.parametrize(
    "options",
    [
        {"offload": "group"},
        {"offload": "disk"},
        {"tiling": True},
        {"dtype": "bfloat16"},
        {"quantization": "fp8"},
        {"cache": "first-block", "cache_threshold": 0.5, "steps": 6},
        {"cache": "taylorseer"},
        {"attention": "native"},
        {"flow_shift": 1.0},
    ],
    ids=lambda given: "-".join(f"{name}={value}" for name, value in given.items()),
)
def test_an_option_runs_and_leaves_nothing_behind(provider, small, tmp_path, usual, options):
    clip = run(provider, small(MODEL, options), tmp_path)
    assert clip.seconds == usual.seconds
    for name in ("offload", "tiling", "dtype", "quantization"):
        if name in options:
            assert clip.provider_meta[name] == options[name]
    assert run(provider, small(MODEL), tmp_path).sha256 == usual.sha256


def test_group_offload_changes_no_picture(provider, small, tmp_path, usual):
    clip = run(provider, small(MODEL, {"offload": "group"}), tmp_path)
    assert clip.sha256 == usual.sha256


def test_layers_on_the_disk_are_gone_when_the_provider_is_closed(small, tmp_path):
    room = tmp_path / "room"
    provider = LocalProvider(PluginContext(folder=room))
    run(provider, small(MODEL, {"offload": "disk"}), tmp_path)
    assert len(list(room.rglob("*.safetensors"))) > 0
    asyncio.run(provider.aclose())
    assert list(room.iterdir()) == []


def test_an_attention_backend_is_used_and_put_back(provider, small, tmp_path):
    from diffusers.models.attention_dispatch import _AttentionBackendRegistry as registry

    before = registry.get_active_backend()[0]
    run(provider, small(MODEL, {"attention": "_native_math"}), tmp_path)
    assert registry.get_active_backend()[0] == before
    with pytest.raises(InvalidRequest, match="attention = 'flash' cannot be used"):
        run(provider, small(MODEL, {"attention": "flash"}), tmp_path)
    assert registry.get_active_backend()[0] == before


def test_a_cache_that_a_model_cannot_have_is_refused(provider, small, tmp_path):
    with pytest.raises(InvalidRequest, match="cache = 'first-block' is not for UNet"):
        run(provider, small("animatediff", {"cache": "first-block"}), tmp_path)


def test_int8_without_its_package_says_what_to_install(provider, small, tmp_path):
    if diffusers.utils.is_torchao_available():
        pytest.skip("torchao is installed")
    with pytest.raises(InvalidRequest, match="needs the package torchao") as raised:
        run(provider, small(MODEL, {"quantization": "int8"}), tmp_path)
    assert raised.value.hint == "pip install torchao"


def test_threads_are_set_as_the_option_says(provider, small, tmp_path):
    before = torch.get_num_threads()
    try:
        run(provider, small(MODEL, {"threads": 2}), tmp_path)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
