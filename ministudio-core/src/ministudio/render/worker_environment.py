"""Which environment variables a worker process inherits: those that machines need, no secret.

A worker runs one provider, and a provider receives only what it declared. So the list says what
may pass, rather than what may not: where programs, libraries and model caches lie, the language,
certificates and proxies, and how the accelerators and their mathematics are set up. Whatever else
a provider wants to read, it declares as a setting.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["worker_environment"]

_NAMES: Final = frozenset(
    """
    PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TMPDIR TEMP TMP XDG_CACHE_HOME
    SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT USERPROFILE HOMEDRIVE HOMEPATH APPDATA
    LOCALAPPDATA PROGRAMDATA NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE
    PYTHONPATH PYTHONHOME PYTHONUTF8 PYTHONDONTWRITEBYTECODE PYTHONPYCACHEPREFIX
    PYTHONUSERBASE PYTHONNOUSERSITE VIRTUAL_ENV CONDA_PREFIX
    LD_LIBRARY_PATH DYLD_LIBRARY_PATH DYLD_FALLBACK_LIBRARY_PATH
    SSL_CERT_FILE SSL_CERT_DIR REQUESTS_CA_BUNDLE CURL_CA_BUNDLE
    HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY
    HF_HOME HF_HUB_CACHE HF_HUB_OFFLINE HF_HUB_DISABLE_TELEMETRY TRANSFORMERS_OFFLINE
    DIFFUSERS_OFFLINE TORCH_HOME DO_NOT_TRACK
    NVIDIA_VISIBLE_DEVICES NVIDIA_DRIVER_CAPABILITIES NVIDIA_TF32_OVERRIDE
    """.split()  # noqa: SIM905 - so many quotes and commas would hide the names
)
_FAMILIES: Final = tuple(
    """
    LC_ CUDA_ CUDNN_ CUBLAS_ HIP_ ROCR_ ROCM_ HSA_ MIOPEN_ NCCL_ RCCL_ ZE_ SYCL_
    OMP_ KMP_ GOMP_ MKL_ OPENBLAS_ VECLIB_ NUMEXPR_
    PYTORCH_ TORCH_ TORCHINDUCTOR_ TRITON_ XLA_
    """.split()  # noqa: SIM905 - so many quotes and commas would hide the names
)
_SECRET_NAME: Final = re.compile(r"TOKEN|SECRET|PASSW|CREDENTIAL|AUTH|(?:^|_)KEYS?(?:_|$)")
_SECRET_VALUE: Final = re.compile(r"://[^/\s]*@")


def worker_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the part of ``environ`` that a worker process inherits.

    Names count in capitals, as ``https_proxy`` is common. A name that sounds like a secret and
    an address that holds a user's password stay behind, listed or not.
    """
    return {name: value for name, value in environ.items() if _passes(name.upper(), value)}


def _passes(name: str, value: str) -> bool:
    if _SECRET_NAME.search(name) or _SECRET_VALUE.search(value):
        return False
    return name in _NAMES or name.startswith(_FAMILIES)
