"""What a model folder holds is read from the heads of its files, and damage is seen."""

from __future__ import annotations

import json
import math

import pytest

from ministudio.plugin import InvalidRequest
from ministudio_local.weights import read_weights

SIZES = {"F32": 4, "BF16": 2, "I8": 1}


def tensors(path, **named):
    """Write a safetensors file of zeros, by name: dtype and shape."""
    head, at = {"__metadata__": {"format": "pt"}}, 0
    for name, (kind, *shape) in named.items():
        size = SIZES[kind] * math.prod(shape)
        head[name] = {"dtype": kind, "shape": shape, "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(head).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + bytes(at))


@pytest.fixture
def model(tmp_path):
    """A model with a transformer in two files, a text encoder, a tokenizer and a scheduler."""
    parts = {
        "_class_name": "WanPipeline",
        "transformer": ["diffusers", "WanTransformer3DModel"],
        "text_encoder": ["transformers", "UMT5EncoderModel"],
        "tokenizer": ["transformers", "T5TokenizerFast"],
        "scheduler": ["diffusers", "UniPCMultistepScheduler"],
        "image_encoder": [None, None],
    }
    (tmp_path / "model_index.json").write_text(json.dumps(parts))
    for name in parts:
        (tmp_path / name).mkdir()
    (tmp_path / "tokenizer" / "tokenizer_config.json").write_text("{}")
    (tmp_path / "transformer" / "config.json").write_text('{"_class_name": "Wan"}')
    (tmp_path / "text_encoder" / "config.json").write_text('{"model_type": "umt5"}')
    tensors(tmp_path / "text_encoder" / "model.safetensors", a=("BF16", 10, 10))
    files = ["d-00001-of-00002.safetensors", "d-00002-of-00002.safetensors"]
    tensors(tmp_path / "transformer" / files[0], a=("F32", 3, 5), q=("I8", 7))
    tensors(tmp_path / "transformer" / files[1], b=("F32", 4))
    index = {"weight_map": {"a": files[0], "q": files[0], "b": files[1]}}
    (tmp_path / "transformer" / "d.safetensors.index.json").write_text(json.dumps(index))
    return tmp_path


def test_weights_are_counted_by_component(model):
    weights = read_weights(model)
    assert weights.floats == {"transformer": 19, "text_encoder": 100}
    assert weights.others == {"transformer": 7, "text_encoder": 0}
    assert weights.bytes_of("transformer", 16) == 38 + 7


def test_a_component_that_lies_elsewhere_is_counted_with_them(model, tmp_path):
    part = tmp_path / "adapter"
    part.mkdir()
    (part / "config.json").write_text('{"_class_name": "MotionAdapter"}')
    tensors(part / "m.safetensors", a=("F32", 6))
    weights = read_weights(model, elsewhere={"motion_adapter": part})
    assert weights.floats["motion_adapter"] == 6


def test_a_variant_is_taken_where_it_is_there_and_else_the_plain_one(model):
    assert read_weights(model, "fp16").variant is None
    tensors(model / "text_encoder" / "model.fp16.safetensors", a=("BF16", 3))
    weights = read_weights(model, "fp16")
    assert (weights.variant, weights.floats["text_encoder"]) == ("fp16", 3)
    assert read_weights(model).floats["text_encoder"] == 100


def test_a_file_that_is_cut_off_is_named(model):
    path = model / "text_encoder" / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(InvalidRequest, match=r"model\.safetensors is cut off") as raised:
        read_weights(model)
    assert "download it again" in raised.value.hint


@pytest.mark.parametrize(
    "content", [b"", b"\x01", b"\xff" * 64, (3).to_bytes(8, "little") + b"{}}"]
)
def test_a_file_that_is_none_is_named(model, content):
    (model / "text_encoder" / "model.safetensors").write_bytes(content)
    with pytest.raises(InvalidRequest, match="no whole safetensors file"):
        read_weights(model)


def test_a_file_that_is_missing_is_named(model):
    (model / "transformer" / "d-00002-of-00002.safetensors").unlink()
    with pytest.raises(InvalidRequest, match=r"lacks d-00002-of-00002\.safetensors"):
        read_weights(model)


def test_pickled_weights_are_refused_with_the_reason(model):
    path = model / "text_encoder" / "model.safetensors"
    path.rename(path.with_name("pytorch_model.bin"))
    with pytest.raises(InvalidRequest, match="no weights but pickled ones") as raised:
        read_weights(model)
    assert "can run programs" in raised.value.hint


def test_a_folder_without_a_model_is_told_apart(tmp_path):
    with pytest.raises(InvalidRequest, match=r"model not found: .*model_index\.json is missing"):
        read_weights(tmp_path)
    (tmp_path / "model_index.json").write_text("{")
    with pytest.raises(InvalidRequest, match="unreadable"):
        read_weights(tmp_path)
