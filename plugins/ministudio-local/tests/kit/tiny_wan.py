"""Tiny Wan pipelines."""

from __future__ import annotations

from diffusers import (
    UniPCMultistepScheduler,
    WanImageToVideoPipeline,
    WanPipeline,
    WanTransformer3DModel,
    WanVACEPipeline,
    WanVACETransformer3DModel,
)
from tiny_parts import WIDTH, clip_eye, seeded, t5, wan_vae

NET = {
    "patch_size": (1, 2, 2), "num_attention_heads": 2, "attention_head_dim": 12,
    "text_dim": WIDTH, "freq_dim": 32, "ffn_dim": 16, "cross_attn_norm": True,
    "qk_norm": "rms_norm_across_heads", "rope_max_seq_len": 64,
}  # fmt: skip


def net(inputs=16, outputs=16, **more):
    seeded()
    return WanTransformer3DModel(
        in_channels=inputs, out_channels=outputs, num_layers=2, **NET, **more
    )


def parts(transformer, vae=None):
    scheduler = UniPCMultistepScheduler(
        prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0
    )
    vae = vae or wan_vae()
    return {**t5("umt5"), "vae": vae, "scheduler": scheduler, "transformer": transformer}


def wan(folder):
    return WanPipeline(**parts(net()))


def wan_a14b(folder):
    return WanPipeline(**parts(net()), transformer_2=net(), boundary_ratio=0.875)


def wan_i2v(folder):
    eye, processor = clip_eye()
    given = parts(net(36, image_dim=4))
    return WanImageToVideoPipeline(**given, image_encoder=eye, image_processor=processor)


def wan_flf(folder):
    eye, processor = clip_eye(size=16)
    given = parts(net(36, image_dim=4, pos_embed_seq_len=2 * (4 * 4 + 1)))
    return WanImageToVideoPipeline(**given, image_encoder=eye, image_processor=processor)


def wan_i2v_a14b(folder):
    given = parts(net(36))
    return WanImageToVideoPipeline(
        **given, transformer_2=net(36), boundary_ratio=0.9, image_encoder=None,
        image_processor=None,
    )  # fmt: skip


def wan_5b(folder):
    vae = wan_vae(
        z_dim=48, in_channels=12, out_channels=12, is_residual=True, patch_size=2,
        latents_mean=[0.0] * 48, latents_std=[1.0] * 48, scale_factor_spatial=16,
        scale_factor_temporal=4, decoder_base_dim=3,
    )  # fmt: skip
    return WanPipeline(**parts(net(48, 48), vae), expand_timesteps=True)


def wan_vace(folder):
    seeded()
    transformer = WanVACETransformer3DModel(
        in_channels=16,
        out_channels=16,
        num_layers=3,
        vace_layers=[0, 2],
        vace_in_channels=96,
        **NET,
    )
    return WanVACEPipeline(**parts(transformer))
