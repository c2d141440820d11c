"""A small Key Vault, and the place to sign in to it; TLS is the business of the proxy before it."""

from __future__ import annotations

import itertools
import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import trustme

from ministudio.plugin import PluginContext, Secret
from ministudio.testing.secrets import FaultProxy, ProxiedStore
from ministudio_azure.backend import AzureBackend

__all__ = ["AzureStore", "certificates"]

TENANT, CLIENT, PASSWORD, TOKEN = "tenant-1", "client-1", "canary-client-secret", "canary-token"


def certificates(folder):
    """Write the authority's certificate to a file; return it, and what a server needs."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    file = folder / "authority.pem"
    authority.cert_pem.write_to_path(file)
    return file, context


class FakeVault:
    """Versions of secrets by name, and one application that may sign in."""

    def __init__(self):
        self.secrets = {}
        self.disabled = set()
        self.denied = False
        self.token_status = 200
        self.sign_ins = []
        self.public = ""
        self._numbers = itertools.count(1)
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def do_GET(self):
                self.serve()

            def do_POST(self):
                self.serve()

            def serve(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, answer = fake.answer(self.path, self.headers, body)
                data = json.dumps(answer).encode()
                self.send_response_only(status)
                if status == 401:
                    self.send_header("WWW-Authenticate", fake.challenge())
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

        self._server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def put(self, name, value):
        self.secrets.setdefault(name, {})[f"{next(self._numbers):032x}"] = value

    def challenge(self):
        resource = "https://vault.azure.net"
        return f'Bearer authorization="{self.public}/{TENANT}", resource="{resource}"'

    def answer(self, target, headers, body):
        path = urlsplit(target).path
        if path.endswith("/openid-configuration"):
            here = f"{self.public}/{TENANT}"
            return 200, {
                "issuer": f"{here}/v2.0",
                "authorization_endpoint": f"{here}/oauth2/v2.0/authorize",
                "token_endpoint": f"{here}/oauth2/v2.0/token",
            }
        if path.endswith("/token"):
            return self.token(parse_qs(body.decode()))
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, error("Unauthorized")
        return self.secret(*path.removeprefix("/secrets/").strip("/").split("/"))

    def token(self, form):
        self.sign_ins.append(form["client_id"][0])
        if self.token_status == 0:
            return 200, f"half a {TOKEN}"
        if self.token_status != 200:
            return self.token_status, {"error": "temporarily_unavailable"}
        if (form["client_id"][0], form["client_secret"][0]) != (CLIENT, PASSWORD):
            return 401, {"error": "invalid_client", "error_description": "AADSTS7000215"}
        return 200, {"token_type": "Bearer", "expires_in": 3600, "access_token": TOKEN}

    def secret(self, name, version=None):
        if self.denied:
            return 403, error("Forbidden", "ForbiddenByRbac")
        if name in self.disabled:
            return 403, error("Forbidden", "SecretDisabled")
        versions = self.secrets.get(name.replace("_", "no such name"), {})
        version = version or next(reversed(versions), None)
        if version not in versions:
            return 404, error("SecretNotFound")
        where = f"{self.public}/secrets/{name}/{version}"
        return 200, {"value": versions[version], "id": where, "attributes": {"enabled": True}}


def error(code, inner=None):
    told = {"code": code, "message": "canary-4a7Zq must not be repeated"}
    return {"error": {**told, **({"innererror": {"code": inner}} if inner else {})}}


class AzureStore(ProxiedStore):
    """The fake behind a proxy that speaks TLS, and fails."""

    def __init__(self, tls):
        self.fake = FakeVault()
        super().__init__(FaultProxy(self.fake.address, tls=tls))
        self.fake.public = self.proxy.address

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.proxy.close()
        self.fake.close()

    def settings(self):
        return {
            "AZURE_KEY_VAULT_URL": self.proxy.address,
            "AZURE_AUTHORITY_HOST": self.proxy.address,
            "AZURE_TENANT_ID": TENANT,
            "AZURE_CLIENT_ID": CLIENT,
            "AZURE_CLIENT_SECRET": PASSWORD,
        }

    def backend(self, password=PASSWORD, **options):
        secret = {"AZURE_CLIENT_SECRET": Secret(password, "AZURE_CLIENT_SECRET")}
        return AzureBackend(PluginContext(settings=self.settings() | secret, options=options))

    def put(self, name, value):
        self.fake.put(name.replace("_", "-"), value)

    def remove(self, name):
        del self.fake.secrets[name.replace("_", "-")]

    def deny(self, name):
        self.fake.denied = True
