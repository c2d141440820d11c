"""Makes the tests' own kit importable."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "kit"))


@pytest.fixture
def token_server():
    """Where tokens are asked for, on this machine."""
    from token_server import TokenServer

    running = TokenServer()
    yield running
    running.close()


@pytest.fixture
def service_account(token_server):
    """A service account with a key of its own, whose tokens come from ``token_server``."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return {
        "type": "service_account",
        "project_id": "my-films",
        "private_key_id": "k1",
        "private_key": key.decode(),
        "client_email": "films@my-films.iam.gserviceaccount.com",
        "token_uri": token_server.address,
    }
