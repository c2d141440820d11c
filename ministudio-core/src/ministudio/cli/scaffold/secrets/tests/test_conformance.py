"""Strongbox passes what every secret backend passes."""

from collections.abc import Iterator

import pytest
from fake_strongbox import FakeStrongbox
from ministudio.testing import SecretBackendConformance
from ministudio.testing.secrets import SecretStore


class TestStrongbox(SecretBackendConformance):
    """The tests are inherited; this says of what, and where its server is."""

    plugin = "ministudio_strongbox"
    backend_name = "strongbox"
    sdk = ("httpx2",)

    @pytest.fixture
    def store(self) -> Iterator[SecretStore]:
        """A vault on this machine that answers as Strongbox does."""
        store = FakeStrongbox()
        yield store
        store.close()
