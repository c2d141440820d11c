"""Drongo, an emulator of Google Cloud that speaks REST, behind a proxy that fails."""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import sys
import time
import urllib.request
from importlib.util import find_spec

from ministudio.plugin import PluginContext
from ministudio.testing.secrets import FaultProxy, ProxiedStore, Reply
from ministudio_gcp.backend import GcpBackend

__all__ = ["MISSING", "Drongo", "DrongoStore", "missing_package"]

PROJECT = "my-films"
MISSING = "needs the package drongo, which stands in for Google Cloud"
# The emulator has no IAM; this is what Google says.
DENIED = Reply(
    status=403,
    body=b'{"error": {"code": 403, "message": "Permission denied", "status": "PERMISSION_DENIED"}}',
)


def missing_package():
    return find_spec("drongo") is None


class Drongo:
    """The emulator, in a process of its own."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        program = "import sys; from drongo.cli import main; sys.exit(main(sys.argv[1:]))"
        self._process = subprocess.Popen(
            [sys.executable, "-c", program, "server", "--host", "127.0.0.1", "--port", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 60
        while True:
            try:
                self.ask("GET", "/drongo/health")
            except OSError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return

    def ask(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(
            self.address + path,
            data,
            {"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()

    def close(self):
        self._process.terminate()
        self._process.wait(timeout=30)


class DrongoStore(ProxiedStore):
    """One project of the emulator, empty at first."""

    def __init__(self, drongo):
        drongo.ask("POST", "/drongo/reset", {})
        super().__init__(FaultProxy(drongo.address))
        self.drongo = drongo
        self.names = set()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.proxy.close()

    def backend(self, **options):
        settings = {
            "GOOGLE_CLOUD_PROJECT": PROJECT,
            "MINISTUDIO_GCP_ENDPOINT": self.proxy.address,
            "MINISTUDIO_GCP_TRANSPORT": "rest",
        }
        return GcpBackend(PluginContext(settings=settings, options=options))

    def put(self, name, value):
        where = f"/v1/projects/{PROJECT}/secrets"
        if name not in self.names:
            kind = {"replication": {"automatic": {}}}
            self.drongo.ask("POST", f"{where}?secretId={name}", kind)
            self.names.add(name)
        data = base64.b64encode(value.encode()).decode()
        self.drongo.ask("POST", f"{where}/{name}:addVersion", {"payload": {"data": data}})

    def remove(self, name):
        self.drongo.ask("DELETE", f"/v1/projects/{PROJECT}/secrets/{name}")
        self.names.discard(name)

    def deny(self, name):
        self.proxy.reply = DENIED
