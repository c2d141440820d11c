"""Parts of pipelines with a few random weights each: tokenizers, text encoders, VAEs."""

from __future__ import annotations

import json

import torch
from diffusers import AutoencoderKL, AutoencoderKLWan
from tokenizers import Tokenizer, decoders, models
from transformers import (
    ByT5Tokenizer,
    CLIPImageProcessor,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTokenizer,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
    PreTrainedTokenizerFast,
    T5Config,
    T5EncoderModel,
    UMT5Config,
    UMT5EncoderModel,
)
from transformers.convert_slow_tokenizer import bytes_to_unicode

WIDTH = 32
"""How wide the text encoders are."""


def seeded():
    torch.manual_seed(0)


def t5(kind="t5"):
    """A T5 or UMT5 encoder of two layers, and a tokenizer that counts bytes."""
    config, model = {"t5": (T5Config, T5EncoderModel), "umt5": (UMT5Config, UMT5EncoderModel)}[kind]
    seeded()
    encoder = model(
        config(
            vocab_size=384, d_model=WIDTH, d_kv=8, d_ff=16, num_layers=2, num_heads=4,
            feed_forward_proj="gated-gelu", is_encoder_decoder=False, use_cache=False,
        )
    )  # fmt: skip
    return {"text_encoder": encoder.eval(), "tokenizer": ByT5Tokenizer()}


def byte_tokenizer(folder, kind, *, suffix=""):
    """A BPE tokenizer without merges: every byte is a token."""
    letters = list(bytes_to_unicode().values())
    words = [*letters, *([letter + suffix for letter in letters] if suffix else [])]
    special = ["<|startoftext|>", "<|endoftext|>"]
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = {word: number for number, word in enumerate([*words, *special])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return kind.from_pretrained(folder, model_max_length=77), len(vocabulary)


def clip_text(folder, layers=2):
    """CLIP's text encoder and tokenizer."""
    tokenizer, count = byte_tokenizer(folder, CLIPTokenizer, suffix="</w>")
    seeded()
    config = CLIPTextConfig(
        bos_token_id=count - 2, eos_token_id=count - 1, pad_token_id=count - 1, vocab_size=count,
        hidden_size=8, intermediate_size=16, num_attention_heads=4, num_hidden_layers=layers,
        projection_dim=8,
    )  # fmt: skip
    return CLIPTextModel(config).eval(), tokenizer


def clip_eye(size=32, width=4, patch=4):
    """CLIP's image encoder and its processor."""
    seeded()
    config = CLIPVisionConfig(
        hidden_size=width, projection_dim=width, num_hidden_layers=2, num_attention_heads=2,
        image_size=size, intermediate_size=16, patch_size=patch,
    )  # fmt: skip
    eye = CLIPVisionModelWithProjection(config).eval()
    return eye, CLIPImageProcessor(crop_size=size, size=size)


def fallback_bpe():
    """A tokenizer that falls back to bytes for everything."""
    vocabulary = {"<pad>": 0, "</s>": 1, "<s>": 2, "<unk>": 3}
    vocabulary |= {f"<0x{byte:02X}>": len(vocabulary) + byte for byte in range(256)}
    made = Tokenizer(
        models.BPE(
            vocab=vocabulary, merges=[], unk_token="<unk>", byte_fallback=True, fuse_unk=True
        )
    )
    made.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Fuse()])
    return made


def llama_tokenizer():
    return PreTrainedTokenizerFast(
        tokenizer_object=fallback_bpe(), pad_token="<pad>", eos_token="</s>", bos_token="<s>",
        unk_token="<unk>",
    )  # fmt: skip


def wan_vae(**more):
    seeded()
    usual = {
        "base_dim": 3,
        "z_dim": 16,
        "dim_mult": [1, 1, 1, 1],
        "num_res_blocks": 1,
        "temperal_downsample": [False, True, True],
    }
    return AutoencoderKLWan(**{**usual, **more})


def flat_vae():
    """Stable Diffusion's VAE with one halving."""
    seeded()
    return AutoencoderKL(
        block_out_channels=(8, 8), in_channels=3, out_channels=3, latent_channels=4,
        down_block_types=["DownEncoderBlock2D"] * 2, up_block_types=["UpDecoderBlock2D"] * 2,
        norm_num_groups=2,
    )  # fmt: skip
