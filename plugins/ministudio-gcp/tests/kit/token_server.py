"""Where a service account asks for a token; this one gives none, and remembers who asked."""

from __future__ import annotations

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

__all__ = ["TokenServer"]


class TokenServer:
    """Answers every question with a refusal."""

    def __init__(self):
        self.accounts = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                claims = form["assertion"][0].split(".")[1]
                told = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
                server.accounts.append(told["iss"])
                self.send_response(400)
                self.end_headers()
                self.wfile.write(b'{"error": "invalid_grant"}')

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/token"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()
