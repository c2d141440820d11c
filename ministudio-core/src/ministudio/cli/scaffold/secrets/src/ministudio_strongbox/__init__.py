"""Strongbox for MiniStudio: what it offers and needs, and nothing that takes long to import."""

from collections.abc import Iterator

from ministudio.plugin import SecretBackendSpec, Setting, SettingKind, hookimpl

URL = Setting(
    name="STRONGBOX_URL",
    help="Where Strongbox is asked.",
    category="Secret managers: Strongbox",
    kind=SettingKind.URL,
    required=True,
)
TOKEN = Setting(
    name="STRONGBOX_TOKEN",
    help="The token that Strongbox is asked with.",
    category="Secret managers: Strongbox",
    secret=True,
    required=True,
    where_to_get="https://strongbox.example/tokens",
)


@hookimpl
def ministudio_secret_backends() -> Iterator[SecretBackendSpec]:
    """Describe Strongbox; its class is named, and imported when the first secret is asked for."""
    yield SecretBackendSpec(
        name="strongbox",
        factory="ministudio_strongbox.backend:StrongboxBackend",
        summary="Strongbox: a vault that is asked over HTTP.",
        settings=[URL, TOKEN],
    )
