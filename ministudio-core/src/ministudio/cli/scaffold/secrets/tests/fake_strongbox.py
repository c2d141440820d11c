"""A vault of a few lines that answers as Strongbox does, and the proxy before it that fails."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from ministudio.plugin import PluginContext, Secret
from ministudio.testing.secrets import FaultProxy, ProxiedStore

from ministudio_strongbox.backend import StrongboxBackend


class FakeStrongbox(ProxiedStore):
    """Secrets with all their versions, for a backend that asks through the proxy."""

    def __init__(self) -> None:
        self.secrets: dict[str, list[str]] = {}
        self.denied: set[str] = set()
        store = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, said = store.answer(self.path)
                body = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        super().__init__(FaultProxy(f"http://127.0.0.1:{self.server.server_address[1]}"))

    def answer(self, target: str) -> tuple[int, dict[str, str]]:
        """Return the status and the body for a request."""
        url = urlsplit(target)
        name = url.path.removeprefix("/v1/secrets/")
        versions = self.secrets.get(name, [])
        number = int(parse_qs(url.query).get("version", [str(len(versions))])[0])
        if name in self.denied:
            return 403, {"error": "this token may not read it"}
        if not 1 <= number <= len(versions):
            return 404, {"error": "there is no such secret"}
        return 200, {"value": versions[number - 1], "version": str(number)}

    def backend(self) -> StrongboxBackend:
        """Return a backend that asks this vault."""
        settings: dict[str, str | Secret] = {"STRONGBOX_URL": self.proxy.address}
        settings["STRONGBOX_TOKEN"] = Secret("a token", "STRONGBOX_TOKEN")
        return StrongboxBackend(PluginContext(settings=settings))

    def put(self, name: str, value: str) -> None:
        """Store a secret, or a new version of it."""
        self.secrets.setdefault(name, []).append(value)

    def remove(self, name: str) -> None:
        """Take a secret away."""
        del self.secrets[name]

    def deny(self, name: str) -> None:
        """Forbid reading a secret."""
        self.denied.add(name)

    def close(self) -> None:
        """End the proxy and the vault."""
        self.proxy.close()
        self.server.shutdown()
        self.server.server_close()
