"""The doctor is told what this machine computes on."""

from __future__ import annotations

from ministudio_local.checkup import told
from ministudio_local.machine import Gpu, Machine


def test_every_device_has_a_line_and_so_has_what_cannot_be_used():
    gpu = Gpu(kind="cuda", name="H200", total=141_000_000_000, free=140_000_000_000)
    machine = Machine(ram=8_000_000_000, gpus={"cuda": gpu}, missing={"rocm": "built without it"})
    assert told(machine) == [
        "cuda: H200, 140.0 of 141.0 GB free",
        "no rocm: built without it",
        "cpu: 8.0 GB of main memory free",
    ]
