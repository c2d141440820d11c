"""Models small enough to run in a test, saved as real ones are: by the id of their card."""

from __future__ import annotations

import tempfile
from pathlib import Path

import tiny_ltx2
import tiny_others
import tiny_wan
import torch

TINY = {
    "wan-2.1-t2v-1.3b": tiny_wan.wan,
    "wan-2.1-i2v-14b-480p": tiny_wan.wan_i2v,
    "wan-2.1-flf2v-14b": tiny_wan.wan_flf,
    "wan-2.1-vace-1.3b": tiny_wan.wan_vace,
    "wan-2.2-t2v-a14b": tiny_wan.wan_a14b,
    "wan-2.2-i2v-a14b": tiny_wan.wan_i2v_a14b,
    "wan-2.2-ti2v-5b": tiny_wan.wan_5b,
    "ltx-video": tiny_others.ltx,
    "ltx-2": tiny_ltx2.ltx2,
    "cogvideox-2b": tiny_others.cogvideox,
    "cogvideox-5b-i2v": tiny_others.cogvideox_i2v,
    "hunyuanvideo": tiny_others.hunyuan,
    "hunyuanvideo-1.5": tiny_others.hunyuan15,
    "mochi-1": tiny_others.mochi,
    "animatediff": tiny_others.animatediff,
    "svd-xt": tiny_others.svd,
}
"""How each is built; each takes a folder for its tokenizer's files."""


def save(name: str, into: Path) -> Path:
    """Build a tiny model and save it to a folder of its name, and return that."""
    torch.set_num_threads(1)
    folder = into / name
    with tempfile.TemporaryDirectory() as scratch:
        TINY[name](Path(scratch)).save_pretrained(folder)
    return folder
