"""The families, a few lines of data each.

Where the figures come from stands in docs/providers/local.md.
"""

from __future__ import annotations

from typing import Final

import attrs

from ministudio.plugin import AspectRatio, Resolution, Size
from ministudio_local.family import Family, Task, Way

__all__ = ["FAMILIES"]

_WIDE, _TALL, _SQUARE = AspectRatio.WIDE, AspectRatio.TALL, AspectRatio.SQUARE
_360, _480, _540 = Resolution.P360, Resolution.P480, Resolution.P540
_720 = Resolution.P720

_WAN = Family(
    name="wan",
    title="Wan",
    pipelines={Task.TEXT: "WanPipeline"},
    most=81,
    fps=16,
    sizes={
        (_480, _WIDE): Size(832, 480),
        (_480, _TALL): Size(480, 832),
        (_480, _SQUARE): Size(624, 624),
        (_720, _SQUARE): Size(960, 960),
    },
    steps=50,
    guidance=5.0,
    exact=("vae", "image_encoder"),
    tokens=512,
    shift={0: 3.0, 720: 5.0},
)
_WAN_I2V = attrs.evolve(_WAN, name="wan-i2v", pipelines={Task.FIRST: "WanImageToVideoPipeline"})
_LTX = Family(
    name="ltx",
    title="LTX-Video",
    pipelines={
        Task.TEXT: "LTXPipeline",
        Task.FIRST: "LTXImageToVideoPipeline",
        Task.ENDS: "LTXConditionPipeline",
    },
    way=Way.KEYFRAMES,
    multiple=8,
    side=32,
    most=161,
    fps=24,
    sizes={(_480, _WIDE): Size(704, 480), (_480, _TALL): Size(480, 704)},
    steps=50,
    guidance=3.0,
    tokens=128,
    rate="frame_rate",
)
_COG = Family(
    name="cogvideox",
    title="CogVideoX",
    pipelines={Task.TEXT: "CogVideoXPipeline"},
    multiple=8,
    most=49,
    fps=8,
    sizes={(_480, _WIDE): Size(720, 480)},
    steps=50,
    guidance=6.0,
    tokens=226,
)
_HUNYUAN = Family(
    name="hunyuan",
    title="HunyuanVideo",
    pipelines={Task.TEXT: "HunyuanVideoPipeline"},
    most=129,
    fps=24,
    steps=50,
    guidance=6.0,
    negative=False,
    tokens=256,
)
_HUNYUAN_15 = Family(
    name="hunyuan-1.5",
    title="HunyuanVideo 1.5",
    pipelines={Task.TEXT: "HunyuanVideo15Pipeline"},
    most=121,
    fps=24,
    sizes={(_480, _WIDE): Size(848, 480), (_480, _TALL): Size(480, 848)},
    steps=50,
    guidance=6.0,
    guided_by="guider",
    watched="transformer",
    tokens=1000,
    length=False,
)

FAMILIES: Final = {
    family.name: family
    for family in (
        _WAN,
        _WAN_I2V,
        attrs.evolve(
            _WAN_I2V,
            name="wan-flf",
            pipelines={Task.ENDS: "WanImageToVideoPipeline"},
        ),
        attrs.evolve(
            _WAN_I2V,
            name="wan-2.2-i2v",
            pipelines=dict.fromkeys((Task.FIRST, Task.ENDS), "WanImageToVideoPipeline"),
        ),
        attrs.evolve(
            _WAN,
            name="wan-vace",
            title="Wan VACE",
            pipelines=dict.fromkeys(Task, "WanVACEPipeline"),
            way=Way.MASKED,
        ),
        attrs.evolve(
            _WAN,
            name="wan-5b",
            title="Wan 2.2 TI2V",
            pipelines={Task.TEXT: "WanPipeline", Task.FIRST: "WanImageToVideoPipeline"},
            side=32,
            most=121,
            fps=24,
            sizes={(_720, _WIDE): Size(1280, 704), (_720, _TALL): Size(704, 1280)},
            shift={0: 5.0},
        ),
        _LTX,
        Family(
            name="ltx-2",
            title="LTX-2",
            pipelines={
                Task.TEXT: "LTX2Pipeline",
                Task.FIRST: "LTX2ImageToVideoPipeline",
                Task.ENDS: "LTX2ConditionPipeline",
            },
            way=Way.KEYFRAMES,
            multiple=8,
            side=32,
            most=121,
            fps=24,
            sizes={(_540, _WIDE): Size(960, 544), (_540, _TALL): Size(544, 960)},
            steps=30,
            guidance=3.0,
            tokens=1024,
            rate="frame_rate",
        ),
        _COG,
        attrs.evolve(
            _COG,
            name="cogvideox-i2v",
            pipelines={Task.FIRST: "CogVideoXImageToVideoPipeline"},
            fixed=True,
        ),
        _HUNYUAN,
        attrs.evolve(
            _HUNYUAN,
            name="hunyuan-i2v",
            pipelines={Task.FIRST: "HunyuanVideoImageToVideoPipeline"},
            guidance=1.0,
        ),
        _HUNYUAN_15,
        attrs.evolve(
            _HUNYUAN_15,
            name="hunyuan-1.5-i2v",
            pipelines={Task.FIRST: "HunyuanVideo15ImageToVideoPipeline"},
            sized=False,
        ),
        Family(
            name="mochi",
            title="Mochi",
            pipelines={Task.TEXT: "MochiPipeline"},
            multiple=6,
            side=8,
            most=85,
            fps=30,
            sizes={(_480, _WIDE): Size(848, 480)},
            steps=64,
            fewest=2,
            guidance=4.5,
            tokens=256,
        ),
        Family(
            name="animatediff",
            title="AnimateDiff",
            pipelines={Task.TEXT: "AnimateDiffPipeline"},
            multiple=1,
            offset=0,
            side=8,
            most=32,
            fps=8,
            sizes={
                (_360, _WIDE): Size(640, 360),
                (_540, _SQUARE): Size(512, 512),
                (_540, _WIDE): Size(768, 432),
                (_540, _TALL): Size(432, 768),
            },
            steps=25,
            guidance=7.5,
            half="float16",
            tokens=77,
            length=False,
            tiled=False,
        ),
        Family(
            name="svd",
            title="Stable Video Diffusion",
            pipelines={Task.FIRST: "StableVideoDiffusionPipeline"},
            multiple=1,
            offset=0,
            side=64,
            most=25,
            fps=7,
            sizes={(_540, _WIDE): Size(1024, 576), (_540, _TALL): Size(576, 1024)},
            steps=25,
            guidance=3.0,
            guided_by="max_guidance_scale",
            negative=False,
            half="float16",
            variant="fp16",
            tokens=0,
            length=False,
            rate="fps",
            also={"decode_chunk_size": 4},
            tiled=False,
        ),
    )
}
"""Every family, by name."""
