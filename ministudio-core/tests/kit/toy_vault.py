"""A secret backend of a few lines with a server of a few more, and ways to get it wrong."""

from __future__ import annotations

import http.client
import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, urlsplit

from ministudio.plugin import (
    SecretBackendSpec,
    SecretDenied,
    SecretInvalid,
    SecretNotFound,
    SecretUnavailable,
    ask_backend,
    hookimpl,
    json_field,
    no_such_form,
)
from ministudio.testing.secrets import FaultProxy, ProxiedStore


@hookimpl
def ministudio_secret_backends():
    """Describe it."""
    yield SecretBackendSpec(name="toy", factory="toy_vault:ToyBackend", summary="A toy.")


class ToyBackend:
    """Asks ``/NAME?VERSION`` and gets the version, a space, and the value as JSON.

    ``wrong`` names a mistake that it makes on purpose.
    """

    def __init__(self, context, address="", wrong=""):
        self._host = urlsplit(address).netloc
        self._wrong = wrong
        self._kept = {}

    def __repr__(self):
        return f"ToyBackend({self._kept if self._wrong == 'repr' else ''})"

    def get(self, ref):
        if self._wrong == "keeps" and ref in self._kept:
            return self._kept[ref]
        if self._wrong == "bare":
            answer = self._ask(ref)
        elif self._wrong == "chained":
            try:
                answer = self._ask(ref)
            except OSError as error:
                raise SecretUnavailable("the toy cannot be reached") from error
        else:
            within = {"within": 30.0} if self._wrong == "patient" else {}
            answer = ask_backend("the toy", lambda: self._ask(ref), self._explain, **within)
        version, value = answer
        self._kept[ref] = json_field(value, ref, "the toy"), version
        if self._wrong == "talks":
            logging.getLogger("toy").debug("got %s", value)
        return self._kept[ref]

    def _explain(self, error):
        if self._wrong == "falls through":
            return SecretNotFound("it is not there")
        return None

    def _ask(self, ref):
        good = ref.path.isascii() and ref.path.replace("_", "").isalnum() and len(ref.path) < 100
        if not good and self._wrong != "traversal":
            raise no_such_form(ref, "the toy", "NAME")
        if ref.version is not None and not (ref.version.isascii() and ref.version.isdigit()):
            raise SecretInvalid("a version is a number")
        connection = http.client.HTTPConnection(self._host, timeout=4)
        try:
            connection.request("GET", f"/{quote(ref.path)}?{ref.version or ''}")
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status == 404:
            raise SecretNotFound("the toy has no such secret")
        if response.status == 403:
            said = f"the toy says no: {body.decode()}" if self._wrong == "repeats" else "no"
            raise SecretDenied(said)
        if response.status != 200:
            raise SecretUnavailable(f"HTTP {response.status}")
        version, value = json.loads(body)
        return version, value


class ToyStore(ProxiedStore):
    """The server behind a proxy that fails."""

    def __init__(self, wrong=""):
        self.secrets = {}
        self.denied = set()
        self._wrong = wrong
        store = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                status, body = store.answer(*self.path.lstrip("/").split("?"))
                self.send_response_only(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            request_queue_size = 64

        self._server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        super().__init__(FaultProxy(f"http://127.0.0.1:{self._server.server_address[1]}"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.proxy.close()
        self._server.shutdown()
        self._server.server_close()

    def answer(self, name, version):
        if name in self.denied:
            return 403, self.secrets[name][-1].encode()
        versions = self.secrets.get(name, [])
        number = int(version or len(versions))
        if not 1 <= number <= len(versions):
            return 404, b""
        return 200, json.dumps([str(number), versions[number - 1]]).encode()

    def backend(self):
        return ToyBackend(None, self.proxy.address, self._wrong)

    def put(self, name, value):
        self.secrets.setdefault(name, []).append(value)

    def remove(self, name):
        del self.secrets[name]

    def deny(self, name):
        self.denied.add(name)
