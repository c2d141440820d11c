"""A small Doppler on this machine, whose answers the real Doppler CLI accepts."""

from __future__ import annotations

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from ministudio.plugin import PluginContext, Secret
from ministudio.testing.secrets import FaultProxy, ProxiedStore
from ministudio_doppler.backend import DopplerBackend

__all__ = ["TOKEN", "DopplerStore", "FakeDoppler"]

TOKEN = "dp.st.dev.good"
ACCOUNT_TOKEN = "dp.sa.everything"
USUAL = ("films", "dev")


class FakeDoppler:
    """Configs of projects; a service token opens the usual one, the account's token all."""

    def __init__(self):
        self.configs = {USUAL: {}}
        self.revoked = set()
        self.forbidden = False
        self.statuses = []
        self.queries = []
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def do_GET(self):
                status, headers, body = fake.answer(self.path, self.headers)
                fake.statuses.append(status)
                self.send_response_only(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

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

    def answer(self, target, headers):
        url = urlsplit(target)
        query = {name: values[-1] for name, values in parse_qs(url.query).items()}
        self.queries.append(query)
        token = headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in {TOKEN, ACCOUNT_TOKEN} or token in self.revoked:
            return self.said(401, "Invalid Service token")
        if self.forbidden:
            return self.said(403, "This token does not have access to requested config")
        config = (query.get("project"), query.get("config"))
        config = USUAL if token == TOKEN and config == (None, None) else config
        if config not in self.configs or (token == TOKEN and config != USUAL):
            return self.said(404, "Could not find requested config")
        if url.path != "/v3/configs/config/secrets/download":
            return self.said(404, "Not found")
        told = {"DOPPLER_PROJECT": config[0], "DOPPLER_CONFIG": config[1]}
        body = json.dumps({**told, **self.configs[config]}).encode()
        mark = f'"{hashlib.sha256(body).hexdigest()}"'
        if headers.get("If-None-Match") == mark:
            return 304, {"ETag": mark}, b""
        return 200, {"ETag": mark, "Content-Type": "application/json"}, body

    @staticmethod
    def said(status, message):
        body = json.dumps({"messages": [message], "success": False}).encode()
        return status, {"Content-Type": "application/json"}, body


class DopplerStore(ProxiedStore):
    """The fake behind a proxy that fails."""

    def __init__(self):
        self.fake = FakeDoppler()
        super().__init__(FaultProxy(self.fake.address))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.proxy.close()
        self.fake.close()

    def backend(self, **options):
        token = options.pop("token", TOKEN)
        settings = {"DOPPLER_TOKEN": Secret(token, "DOPPLER_TOKEN")} if token else {}
        settings["DOPPLER_API_HOST"] = self.proxy.address
        return DopplerBackend(PluginContext(settings=settings, options=options))

    def put(self, name, value, config=USUAL):
        self.fake.configs.setdefault(config, {})[name] = value

    def remove(self, name):
        del self.fake.configs[USUAL][name]

    def deny(self, name):
        self.fake.forbidden = True
