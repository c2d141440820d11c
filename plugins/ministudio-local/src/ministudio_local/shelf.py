"""The models that have a card: family and repository of each; and how others are placed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import ConfigError, InvalidRequest
from ministudio_local.families import FAMILIES
from ministudio_local.family import Family, Model

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MODELS", "family_of", "model_of"]

_SD15 = "stable-diffusion-v1-5/stable-diffusion-v1-5"
_MOTION = "guoyww/animatediff-motion-adapter-v1-5-3"
_SMALL_WAN = "wan-2.1-t2v-1.3b"
_TI2V = "wan-2.2-ti2v-5b"

MODELS: Final[Mapping[str, Model]] = {
    _SMALL_WAN: Model(family="wan", repo="Wan-AI/Wan2.1-T2V-1.3B-Diffusers"),
    "wan-2.1-t2v-14b": Model(
        family="wan", repo="Wan-AI/Wan2.1-T2V-14B-Diffusers", smaller=_SMALL_WAN
    ),
    "wan-2.1-i2v-14b-480p": Model(
        family="wan-i2v", repo="Wan-AI/Wan2.1-I2V-14B-480P-Diffusers", smaller=_TI2V
    ),
    "wan-2.1-i2v-14b-720p": Model(
        family="wan-i2v", repo="Wan-AI/Wan2.1-I2V-14B-720P-Diffusers", smaller=_TI2V
    ),
    "wan-2.1-flf2v-14b": Model(
        family="wan-flf", repo="Wan-AI/Wan2.1-FLF2V-14B-720P-diffusers", smaller="wan-2.1-vace-1.3b"
    ),
    "wan-2.1-vace-1.3b": Model(family="wan-vace", repo="Wan-AI/Wan2.1-VACE-1.3B-diffusers"),
    "wan-2.1-vace-14b": Model(
        family="wan-vace", repo="Wan-AI/Wan2.1-VACE-14B-diffusers", smaller="wan-2.1-vace-1.3b"
    ),
    "wan-2.2-t2v-a14b": Model(
        family="wan", repo="Wan-AI/Wan2.2-T2V-A14B-Diffusers", smaller=_TI2V, steps=40, guidance=4.0
    ),
    "wan-2.2-i2v-a14b": Model(
        family="wan-2.2-i2v",
        repo="Wan-AI/Wan2.2-I2V-A14B-Diffusers",
        smaller=_TI2V,
        steps=40,
        guidance=3.5,
    ),
    _TI2V: Model(family="wan-5b", repo="Wan-AI/Wan2.2-TI2V-5B-Diffusers", smaller=_SMALL_WAN),
    "ltx-video": Model(family="ltx", repo="Lightricks/LTX-Video-0.9.5"),
    "ltx-2": Model(family="ltx-2", repo="Lightricks/LTX-2", smaller="ltx-video"),
    "cogvideox-2b": Model(family="cogvideox", repo="zai-org/CogVideoX-2b"),
    "cogvideox-5b": Model(family="cogvideox", repo="zai-org/CogVideoX-5b", smaller="cogvideox-2b"),
    "cogvideox-5b-i2v": Model(
        family="cogvideox-i2v", repo="zai-org/CogVideoX-5b-I2V", smaller="svd-xt"
    ),
    "hunyuanvideo": Model(
        family="hunyuan", repo="hunyuanvideo-community/HunyuanVideo", smaller="hunyuanvideo-1.5"
    ),
    "hunyuanvideo-i2v": Model(
        family="hunyuan-i2v",
        repo="hunyuanvideo-community/HunyuanVideo-I2V",
        smaller="hunyuanvideo-1.5-i2v",
    ),
    "hunyuanvideo-1.5": Model(
        family="hunyuan-1.5",
        repo="hunyuanvideo-community/HunyuanVideo-1.5-Diffusers-480p_t2v",
        smaller=_SMALL_WAN,
    ),
    "hunyuanvideo-1.5-i2v": Model(
        family="hunyuan-1.5-i2v",
        repo="hunyuanvideo-community/HunyuanVideo-1.5-Diffusers-480p_i2v",
        smaller=_TI2V,
    ),
    "mochi-1": Model(family="mochi", repo="genmo/mochi-1-preview", smaller=_SMALL_WAN),
    "animatediff": Model(family="animatediff", repo=_SD15, parts={"motion_adapter": _MOTION}),
    "svd-xt": Model(family="svd", repo="stabilityai/stable-video-diffusion-img2vid-xt"),
}
"""Every model with a card, by the card's id."""


def model_of(name: str, family: str | None = None) -> Model:
    """Return what is known of a model.

    A card of the user's own is named after a repository on the hub; its family is said by the
    option ``family``, or told from the name.

    Args:
        name: The card's id.
        family: The option, which counts more than what is known.

    Raises:
        ConfigError: When there is no such family.
        InvalidRequest: When nobody says of which family it is.
    """
    if family is not None and family not in FAMILIES:
        raise ConfigError(
            f"the local provider knows no family {family!r}",
            hint=f"choose one of: {', '.join(FAMILIES)}",
        )
    known = MODELS.get(name)
    if known is None:
        placed = family or _placed(name)
        if placed is None:
            raise InvalidRequest(
                f"nobody says of which family {name!r} is",
                hint="say it with the option family, such as family = 'wan'",
            )
        return Model(family=placed, repo=name)
    return attrs.evolve(known, family=family) if family else known


def family_of(model: Model) -> Family:
    """Return the family of a model, with what differs for this one."""
    family = FAMILIES[model.family]
    return attrs.evolve(
        family,
        steps=model.steps or family.steps,
        guidance=family.guidance if model.guidance is None else model.guidance,
    )


def _placed(name: str) -> str | None:
    """The family of the longest card's id that the name holds, written as people write them."""
    plain = name.casefold().replace("_", "-")
    held = [id_ for id_ in MODELS if id_ in plain]
    return MODELS[max(held, key=len)].family if held else None
