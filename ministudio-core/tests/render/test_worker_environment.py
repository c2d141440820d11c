"""A worker process inherits what machines need, and no secret."""

from __future__ import annotations

import pytest

from ministudio.render.worker_environment import worker_environment


@pytest.mark.parametrize(
    "name",
    [
        "PATH",
        "HOME",
        "LC_ALL",
        "TMPDIR",
        "SYSTEMROOT",
        "SystemRoot",
        "PYTHONPATH",
        "VIRTUAL_ENV",
        "HF_HOME",
        "CUDA_VISIBLE_DEVICES",
        "HIP_VISIBLE_DEVICES",
        "ROCR_VISIBLE_DEVICES",
        "HSA_OVERRIDE_GFX_VERSION",
        "OMP_NUM_THREADS",
        "PYTORCH_CUDA_ALLOC_CONF",
        "https_proxy",
    ],
)
def test_what_machines_need_is_inherited(name):
    assert worker_environment({name: "value"}) == {name: "value"}


@pytest.mark.parametrize(
    "name",
    [
        "HF_TOKEN",
        "AWS_SECRET_ACCESS_KEY",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "NVIDIA_API_KEY",
        "TORCH_HUB_TOKEN",
        "CUDA_REGISTRY_PASSWORD",
        "TRITON_AUTH",
        "OMP_KEY",
        "SSH_AUTH_SOCK",
        "MINISTUDIO_PLUGINS",
        "LD_PRELOAD",
        "PYTHONSTARTUP",
        "PATHS",
    ],
)
def test_what_is_not_listed_or_sounds_like_a_secret_stays_behind(name):
    assert worker_environment({name: "value"}) == {}


def test_an_address_with_a_password_stays_behind():
    plain = {"HTTPS_PROXY": "http://proxy.example:3128", "NO_PROXY": "a@b, c"}
    secret = {"HTTP_PROXY": "http://me:pw@proxy.example:3128", "CUDA_URL": "https://tok@x/y"}
    assert worker_environment({**plain, **secret}) == plain
