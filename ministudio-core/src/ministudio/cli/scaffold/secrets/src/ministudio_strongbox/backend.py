"""The backend for Strongbox: what a reference means there, and what an answer means here."""

import re

from ministudio import plugin as ms

NAME = re.compile("[A-Za-z_][A-Za-z0-9_]{0,99}")
VERSION = re.compile("[0-9]{1,9}")


class StrongboxBackend:
    """Reads secrets from Strongbox, one request for each; it keeps none."""

    def __init__(self, context: ms.PluginContext) -> None:
        self.context = context
        self.address = context.address("STRONGBOX_URL")

    def get(self, ref: ms.SecretRef) -> tuple[str, str | None]:
        """Return a secret's value and its version."""
        if not NAME.fullmatch(ref.path):
            raise ms.no_such_form(ref, "Strongbox", "NAME, with letters, digits and '_'")
        if ref.version is not None and not VERSION.fullmatch(ref.version):
            raise ms.SecretInvalid("a version in Strongbox is a number", hint="write NAME#3")
        # Describing and creating a backend stays cheap: only a question imports the library.
        from ministudio_strongbox import client

        token = self.context.required("STRONGBOX_TOKEN")
        value, version = ms.ask_backend(
            "Strongbox",
            lambda: client.read(self.address, token, ref.path, ref.version),
            client.explain,
        )
        return ms.json_field(value, ref, "Strongbox"), version
