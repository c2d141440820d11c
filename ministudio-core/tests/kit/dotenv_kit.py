"""A plugin's object made as a run makes it, with nothing set but what stands in a ``.env``."""

from __future__ import annotations

from ministudio.builtin.secrets import DotenvBackend
from ministudio.contracts.specs import PluginContext
from ministudio.kernel.registry import Registry
from ministudio.secrets.context import context_for
from ministudio.secrets.resolver import SecretResolver


def backend_from_dotenv(folder, plugin: str, text: str, **options):
    """Return the secret backend of an installed plugin, whose settings stand in ``text`` alone."""
    file = folder / ".env"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    registry = Registry()
    spec = next(spec for spec in registry.backends() if spec.name == plugin)
    resolver = SecretResolver([("dotenv", DotenvBackend(PluginContext(options={"path": file})))])
    context = context_for(spec.settings, resolver, options=options, folder=folder)
    return registry.create_backend(plugin, context)
