"""What every secret backend must do, as tests that its author inherits, and a proxy that fails.

Here lives what is needed to try a backend against a server on this machine; nothing may come in
that needs a vendor, a network or a key. ``conformance`` needs pytest, and is imported by name.
"""

from __future__ import annotations

from ministudio.testing.secrets.proxy import FaultProxy, Reply
from ministudio.testing.secrets.store import ProxiedStore, SecretStore
from ministudio.testing.secrets.trouble import Case, Trouble

__all__ = ["Case", "FaultProxy", "ProxiedStore", "Reply", "SecretStore", "Trouble"]
