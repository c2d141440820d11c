"""Tiny pipelines of the other families."""

from __future__ import annotations

from diffusers import (
    AnimateDiffPipeline,
    AutoencoderKLCogVideoX,
    AutoencoderKLHunyuanVideo,
    AutoencoderKLHunyuanVideo15,
    AutoencoderKLLTXVideo,
    AutoencoderKLMochi,
    AutoencoderKLTemporalDecoder,
    CogVideoXDDIMScheduler,
    CogVideoXDPMScheduler,
    CogVideoXImageToVideoPipeline,
    CogVideoXPipeline,
    CogVideoXTransformer3DModel,
    DDIMScheduler,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    HunyuanVideo15Pipeline,
    HunyuanVideo15Transformer3DModel,
    HunyuanVideoPipeline,
    HunyuanVideoTransformer3DModel,
    LTXPipeline,
    LTXVideoTransformer3DModel,
    MochiPipeline,
    MochiTransformer3DModel,
    MotionAdapter,
    StableVideoDiffusionPipeline,
    UNet2DConditionModel,
    UNetSpatioTemporalConditionModel,
)
from diffusers.guiders import ClassifierFreeGuidance
from tiny_parts import (
    WIDTH,
    byte_tokenizer,
    clip_eye,
    clip_text,
    flat_vae,
    llama_tokenizer,
    seeded,
    t5,
)
from transformers import (
    LlamaConfig,
    LlamaModel,
    Qwen2_5_VLTextConfig,
    Qwen2_5_VLTextModel,
    Qwen2Tokenizer,
)


def ltx(folder):
    seeded()
    transformer = LTXVideoTransformer3DModel(
        in_channels=8, out_channels=8, patch_size=1, patch_size_t=1, num_attention_heads=4,
        attention_head_dim=8, cross_attention_dim=32, num_layers=1, caption_channels=WIDTH,
    )  # fmt: skip
    vae = AutoencoderKLLTXVideo(
        in_channels=3, out_channels=3, latent_channels=8, block_out_channels=(8, 8, 8, 8),
        decoder_block_out_channels=(8, 8, 8, 8), layers_per_block=(1,) * 5,
        decoder_layers_per_block=(1,) * 5, spatio_temporal_scaling=(True, True, True, False),
        decoder_spatio_temporal_scaling=(True, True, True, False),
        decoder_inject_noise=(False,) * 5, upsample_residual=(False,) * 4,
        upsample_factor=(1,) * 4, timestep_conditioning=False, patch_size=1, patch_size_t=1,
        encoder_causal=True, decoder_causal=False,
    )  # fmt: skip
    scheduler = FlowMatchEulerDiscreteScheduler()
    return LTXPipeline(transformer=transformer, vae=vae, scheduler=scheduler, **t5())


def cog_net(**more):
    seeded()
    usual = {
        "num_attention_heads": 4, "attention_head_dim": 8, "in_channels": 4, "out_channels": 4,
        "time_embed_dim": 2, "text_embed_dim": WIDTH, "num_layers": 1, "sample_width": 4,
        "sample_height": 4, "sample_frames": 9, "patch_size": 2, "temporal_compression_ratio": 4,
        "max_text_seq_length": 226,
    }  # fmt: skip
    return CogVideoXTransformer3DModel(**{**usual, **more})


def cog_vae():
    seeded()
    return AutoencoderKLCogVideoX(
        in_channels=3, out_channels=3, down_block_types=("CogVideoXDownBlock3D",) * 4,
        up_block_types=("CogVideoXUpBlock3D",) * 4, block_out_channels=(8, 8, 8, 8),
        latent_channels=4, layers_per_block=1, norm_num_groups=2, temporal_compression_ratio=4,
    )  # fmt: skip


def cogvideox(folder):
    return CogVideoXPipeline(
        **t5(), vae=cog_vae(), scheduler=CogVideoXDDIMScheduler(), transformer=cog_net()
    )


def cogvideox_i2v(folder):
    transformer = cog_net(
        in_channels=8, attention_head_dim=16, use_rotary_positional_embeddings=True,
        use_learned_positional_embeddings=True,
    )  # fmt: skip
    return CogVideoXImageToVideoPipeline(
        **t5(), vae=cog_vae(), scheduler=CogVideoXDPMScheduler(), transformer=transformer
    )


def hunyuan(folder):
    eye, tokenizer = clip_text(folder / "clip")
    seeded()
    transformer = HunyuanVideoTransformer3DModel(
        in_channels=4, out_channels=4, num_attention_heads=2, attention_head_dim=10,
        num_layers=1, num_single_layers=1, num_refiner_layers=1, patch_size=1, patch_size_t=1,
        guidance_embeds=True, text_embed_dim=16, pooled_projection_dim=8, rope_axes_dim=(2, 4, 4),
    )  # fmt: skip
    vae = AutoencoderKLHunyuanVideo(
        in_channels=3, out_channels=3, latent_channels=4,
        down_block_types=("HunyuanVideoDownBlock3D",) * 4,
        up_block_types=("HunyuanVideoUpBlock3D",) * 4, block_out_channels=(8, 8, 8, 8),
        layers_per_block=1, act_fn="silu", norm_num_groups=4, scaling_factor=0.476986,
        spatial_compression_ratio=8, temporal_compression_ratio=4, mid_block_add_attention=True,
    )  # fmt: skip
    llama = LlamaModel(
        LlamaConfig(
            bos_token_id=2, eos_token_id=1, pad_token_id=0, hidden_size=16, intermediate_size=16,
            num_attention_heads=4, num_hidden_layers=3, vocab_size=300,
        )
    )  # fmt: skip
    return HunyuanVideoPipeline(
        transformer=transformer, vae=vae, scheduler=FlowMatchEulerDiscreteScheduler(shift=7.0),
        text_encoder=llama.eval(), tokenizer=llama_tokenizer(), text_encoder_2=eye,
        tokenizer_2=tokenizer,
    )  # fmt: skip


def hunyuan15(folder):
    seeded()
    transformer = HunyuanVideo15Transformer3DModel(
        in_channels=9, out_channels=4, num_attention_heads=2, attention_head_dim=8, num_layers=1,
        num_refiner_layers=1, mlp_ratio=2.0, patch_size=1, patch_size_t=1, text_embed_dim=16,
        text_embed_2_dim=WIDTH, image_embed_dim=12, rope_axes_dim=(2, 2, 4), target_size=16,
        task_type="t2v",
    )  # fmt: skip
    vae = AutoencoderKLHunyuanVideo15(
        in_channels=3, out_channels=3, latent_channels=4, block_out_channels=(16, 16),
        layers_per_block=1, spatial_compression_ratio=4, temporal_compression_ratio=2,
        downsample_match_channel=False, upsample_match_channel=False,
    )  # fmt: skip
    tokenizer, count = byte_tokenizer(folder / "qwen", Qwen2Tokenizer)
    tokenizer.chat_template = "{% for m in messages %}{{ m['content'] }}{% endfor %}"
    qwen = Qwen2_5_VLTextModel(
        Qwen2_5_VLTextConfig(
            vocab_size=count + 8, hidden_size=16, intermediate_size=16, num_hidden_layers=3,
            num_attention_heads=2, num_key_value_heads=2, rope_theta=1e6,
            rope_scaling={"mrope_section": [1, 1, 2], "rope_type": "default", "type": "default"},
        )
    )  # fmt: skip
    second = t5()
    return HunyuanVideo15Pipeline(
        transformer=transformer.eval(), vae=vae.eval(), tokenizer=tokenizer,
        scheduler=FlowMatchEulerDiscreteScheduler(shift=7.0), text_encoder=qwen.eval(),
        text_encoder_2=second["text_encoder"], tokenizer_2=second["tokenizer"],
        guider=ClassifierFreeGuidance(guidance_scale=1.0),
    )  # fmt: skip


def mochi(folder):
    seeded()
    transformer = MochiTransformer3DModel(
        patch_size=2, num_attention_heads=2, attention_head_dim=8, num_layers=2,
        pooled_projection_dim=16, in_channels=12, out_channels=None, qk_norm="rms_norm",
        text_embed_dim=WIDTH, time_embed_dim=4, activation_fn="swiglu", max_sequence_length=256,
    )  # fmt: skip
    # Made from an empty tensor, so whatever memory held: sometimes NaN.
    transformer.pos_frequencies.data.zero_()
    vae = AutoencoderKLMochi(
        latent_channels=12, out_channels=3, encoder_block_out_channels=(32,) * 4,
        decoder_block_out_channels=(32,) * 4, layers_per_block=(1,) * 5,
    )  # fmt: skip
    scheduler = FlowMatchEulerDiscreteScheduler()
    return MochiPipeline(transformer=transformer, vae=vae, scheduler=scheduler, **t5())


def animatediff(folder):
    encoder, tokenizer = clip_text(folder / "clip", layers=3)
    seeded()
    unet = UNet2DConditionModel(
        block_out_channels=(8, 8), layers_per_block=2, sample_size=16, in_channels=4,
        out_channels=4, down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"), cross_attention_dim=8,
        norm_num_groups=2,
    )  # fmt: skip
    motion = MotionAdapter(
        block_out_channels=(8, 8), motion_layers_per_block=2, motion_norm_num_groups=2,
        motion_num_attention_heads=4,
    )  # fmt: skip
    return AnimateDiffPipeline(
        unet=unet, vae=flat_vae(), text_encoder=encoder, tokenizer=tokenizer,
        motion_adapter=motion, feature_extractor=None, image_encoder=None,
        scheduler=DDIMScheduler(beta_schedule="linear", clip_sample=False),
    )  # fmt: skip


def svd(folder):
    eye, processor = clip_eye(size=224, width=32, patch=32)
    seeded()
    unet = UNetSpatioTemporalConditionModel(
        block_out_channels=(32, 64), layers_per_block=1, sample_size=32, in_channels=8,
        out_channels=4, cross_attention_dim=32, num_attention_heads=8,
        down_block_types=("CrossAttnDownBlockSpatioTemporal", "DownBlockSpatioTemporal"),
        up_block_types=("UpBlockSpatioTemporal", "CrossAttnUpBlockSpatioTemporal"),
        projection_class_embeddings_input_dim=96, addition_time_embed_dim=32,
    )  # fmt: skip
    vae = AutoencoderKLTemporalDecoder(
        block_out_channels=[32, 64], in_channels=3, out_channels=3, latent_channels=4,
        down_block_types=["DownEncoderBlock2D"] * 2,
    )  # fmt: skip
    scheduler = EulerDiscreteScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear",
        prediction_type="v_prediction", sigma_max=700.0, sigma_min=0.002,
        timestep_spacing="leading", timestep_type="continuous", use_karras_sigmas=True,
        steps_offset=1,
    )  # fmt: skip
    return StableVideoDiffusionPipeline(
        unet=unet, image_encoder=eye, scheduler=scheduler, vae=vae, feature_extractor=processor
    )
