from collections.abc import Iterator

from ministudio.plugin import SecretBackendSpec, Setting, SettingKind, hookimpl

FILE = Setting(
    name="SEALED_FILE",
    kind=SettingKind.PATH,
    help="The JSON file that holds the secrets, each under its name.",
    category="Secret managers: Sealed",
)


@hookimpl
def ministudio_secret_backends() -> Iterator[SecretBackendSpec]:
    yield SecretBackendSpec(
        name="sealed",
        factory="ministudio_sealed.backend:Sealed",
        summary="A JSON file that only you can read.",
        settings=[FILE],
    )
