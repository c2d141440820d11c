"""Which device is taken and how a model is laid out on it: decisions over plain data."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.plugin import InvalidRequest
from ministudio_local.families import FAMILIES
from ministudio_local.machine import Gpu, Machine, choose_device
from ministudio_local.options import Options
from ministudio_local.placing import PER_PIXEL, PER_PIXEL_TILED, gigabytes, place
from ministudio_local.weights import Weights

GB = 10**9
PIXELS = 81 * 832 * 480
WAN = FAMILIES["wan"]
# The weights of Wan 2.1 1.3B and 14B, roughly, as their repositories hold them.
SMALL = Weights(
    floats={"transformer": 1_420_000_000, "text_encoder": 5_680_000_000, "vae": 127_000_000},
    others={"transformer": 0, "text_encoder": 0, "vae": 0},
)
LARGE = Weights(
    floats={"transformer": 14_290_000_000, "text_encoder": 5_680_000_000, "vae": 127_000_000},
    others={"transformer": 0, "text_encoder": 0, "vae": 0},
)


def gpu(kind="cuda", free=24, **more):
    return Gpu(kind=kind, name=f"a {kind} card", total=free * GB, free=free * GB, **more)


def machine(*gpus, ram=64, **missing):
    return Machine(ram=ram * GB, gpus={one.kind: one for one in gpus}, missing=missing)


def placed(there, weights=SMALL, family=WAN, pixels=PIXELS, **options):
    return place(there, weights, family, Options(**options), pixels)


@pytest.mark.parametrize(
    ("kinds", "asked", "taken", "torch_name"),
    [
        (["cuda"], "auto", "cuda", "cuda"),
        (["rocm"], "auto", "rocm", "cuda"),
        (["rocm"], "cuda", "rocm", "cuda"),
        (["mps"], "auto", "mps", "mps"),
        (["xpu"], "auto", "xpu", "xpu"),
        (["mps", "cuda"], "auto", "cuda", "cuda"),
        (["cuda"], "cpu", "cpu", "cpu"),
        ([], "auto", "cpu", "cpu"),
    ],
)
def test_the_device_that_was_asked_for_is_taken_or_the_best_there_is(
    kinds, asked, taken, torch_name
):
    choice = choose_device(machine(*map(gpu, kinds)), asked)
    assert (choice.kind, choice.torch_device) == (taken, torch_name)
    assert choice.why


def test_the_cpu_is_taken_with_the_reason():
    there = machine(cuda="torch 2.13.0+cpu was built without it")
    why = choose_device(there, "auto").why
    assert why == (
        "cpu, for torch finds no accelerator (cuda: torch 2.13.0+cpu was built without it)"
    )


def test_a_device_that_is_not_there_is_refused_with_what_is():
    with pytest.raises(InvalidRequest, match="no device 'mps': torch finds none") as raised:
        choose_device(machine(gpu()), "mps")
    assert raised.value.hint == "choose one of: cuda, cpu, or auto"


@pytest.mark.parametrize(
    ("free", "weights", "offload", "tiling"),
    [
        (80, SMALL, "none", False),
        (24, SMALL, "none", False),
        (20, SMALL, "none", True),
        (18, SMALL, "model", True),
        (12, SMALL, "group", False),
        (8, SMALL, "group", False),
        (5, SMALL, "group", True),
        (80, LARGE, "none", False),
        (48, LARGE, "none", True),
        (40, LARGE, "model", False),
        (24, LARGE, "group", False),
    ],
)
def test_the_ladder_goes_down_as_memory_shrinks(free, weights, offload, tiling):
    got = placed(machine(gpu(free=free)), weights)
    assert (got.offload, got.tiling) == (offload, tiling)
    assert got.needs <= free * GB
    assert got.dtypes == {"vae": "float32", "default": "bfloat16"}


@settings(max_examples=60, deadline=None)
@given(free=st.integers(1, 200), more=st.integers(0, 100))
def test_more_memory_never_means_a_slower_way(free, more):
    order = [(way, tiled) for way in ("none", "model", "group") for tiled in (False, True)]

    def rung(size):
        try:
            got = placed(machine(gpu(free=size), ram=64))
        except InvalidRequest:
            return len(order)
        return order.index((got.offload, got.tiling))

    assert rung(free + more) <= rung(free)


def test_the_reasons_say_device_dtype_memory_and_what_was_given_up():
    why = placed(machine(gpu(free=5))).why
    assert why[0] == "a cuda card (cuda), the fastest that torch finds"
    assert "bfloat16; needs about" in why[1]
    assert why[2:] == ("offload = group", "the VAE works in tiles")


def test_when_nothing_fits_the_error_says_what_is_needed_and_what_is_there():
    with pytest.raises(
        InvalidRequest, match=r"out of memory: Wan needs about .* GB here"
    ) as raised:
        placed(machine(gpu(free=2)))
    assert "even with offload = group" in raised.value.message
    assert "2.0 GB are free (a cuda card)" in raised.value.message


def test_main_memory_counts_too_for_whatever_is_loaded_passes_through_it():
    with pytest.raises(InvalidRequest, match="main memory, to load it"):
        placed(machine(gpu(free=80), ram=8))


def test_on_the_cpu_smaller_numbers_are_taken_before_giving_up():
    assert placed(machine(ram=64)).dtypes["default"] == "float32"
    assert placed(machine(ram=26)).dtypes["default"] == "bfloat16"
    with pytest.raises(InvalidRequest, match="main memory"):
        placed(machine(ram=8))


def test_memory_that_is_shared_is_not_offloaded_to():
    assert placed(machine(gpu("mps", free=24), ram=24)).offload == "none"
    with pytest.raises(InvalidRequest, match="out of memory"):
        placed(machine(gpu("mps", free=12), ram=24))


def test_a_way_that_was_asked_for_is_the_only_one_tried():
    assert placed(machine(gpu(free=80)), offload="group").offload == "group"
    with pytest.raises(InvalidRequest, match="out of memory"):
        placed(machine(gpu(free=12)), offload="none")


def test_without_a_preflight_it_is_tried_all_the_same():
    got = placed(machine(gpu(free=1)), preflight=False)
    assert (got.offload, got.tiling) == ("none", False)


def test_model_offload_on_the_cpu_is_refused_with_another_way():
    with pytest.raises(InvalidRequest, match="needs an accelerator") as raised:
        placed(machine(), offload="model")
    assert "disk" in raised.value.hint


@pytest.mark.parametrize(
    ("quantization", "saved"), [("fp8", 0.5), ("int8", 0.5), ("nf4", 1 - 5 / 16)]
)
def test_quantised_weights_count_for_what_they_take(quantization, saved):
    plain = placed(machine(gpu(free=200)), LARGE)
    small = placed(machine(gpu(free=200)), LARGE, quantization=quantization)
    transformer = LARGE.bytes_of("transformer", 16)
    assert plain.needs - small.needs == pytest.approx(transformer * saved, rel=0.01)


def test_nf4_is_refused_where_it_does_not_run():
    with pytest.raises(InvalidRequest, match="'nf4' does not run on cpu"):
        placed(machine(), quantization="nf4")


def test_a_card_without_bfloat16_gets_float16():
    there = machine(gpu(free=80, bfloat16=False))
    assert placed(there).dtypes["default"] == "float16"


def test_a_family_without_tiles_is_not_told_to_use_them():
    flat = Weights(floats={"unet": GB}, others={"unet": 0})
    got = placed(machine(gpu(free=6)), flat, FAMILIES["svd"], pixels=25 * 1024 * 576)
    assert (got.tiling, got.dtypes) == (False, {"default": "float16"})


def test_tiles_need_less_than_no_tiles():
    assert PER_PIXEL_TILED < PER_PIXEL


@pytest.mark.parametrize(("size", "said"), [(8_190_000_000, "8.2 GB"), (450_000_000, "0.45 GB")])
def test_sizes_are_said_in_gigabytes(size, said):
    assert gigabytes(size) == said
