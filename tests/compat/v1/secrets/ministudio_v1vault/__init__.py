"""A secret backend as it was written for hook API 1."""

from ministudio.plugin import SecretBackendSpec, Setting, SettingKind, hookimpl

FILE = Setting(
    name="V1VAULT_FILE",
    kind=SettingKind.PATH,
    help="The file that stands for the vault.",
    category="Secret managers: V1 Vault",
)
TOKEN = Setting(
    name="V1VAULT_TOKEN",
    help="Opens the vault.",
    category="Secret managers: V1 Vault",
    secret=True,
)


@hookimpl
def ministudio_secret_backends():
    """Describe the backend."""
    return [
        SecretBackendSpec(
            name="v1vault",
            factory="ministudio_v1vault.backend:vault",
            summary="A file that stands for a vault.",
            settings=[FILE, TOKEN],
            homepage="https://v1vault.example",
        )
    ]
