"""What stands before a server that speaks no HTTP/1.1: passes bytes on, or spoils them."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import threading

from ministudio.testing.secrets import Trouble

__all__ = ["TcpFront"]

HTML = b"<html><body>Please sign in.</body></html>"
SIGN_IN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (
    len(HTML),
    HTML,
)
ENOUGH = 60
"""Bytes that pass when an answer is cut: the greeting, and a little more."""


class TcpFront:
    """Listens on a port of its own; a new trouble ends the connections there are."""

    def __init__(self, upstream: int):
        self.trouble = None
        self._upstream = upstream
        self._open = set()
        self._closed = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def upset(self, trouble):
        if trouble is self.trouble:
            return
        self.trouble = trouble
        self._end_all()

    def _end_all(self):
        for connection in list(self._open):
            end(connection)

    def close(self):
        self._closed.set()
        end(self._listening)
        self._listening.close()
        self._end_all()

    def _accept(self):
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        self._open.add(client)
        with contextlib.suppress(OSError), client:
            match self.trouble:
                case Trouble.RESET:
                    client.recv(1000)
                    linger = struct.pack("ii", 1, 0)
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    os.close(client.detach())
                case Trouble.HTML:
                    client.recv(1000)
                    client.sendall(SIGN_IN)
                case Trouble.DRIP:
                    while not self._closed.wait(0.1):
                        client.sendall(b"\0")
                case _:
                    self._pass(client)
        self._open.discard(client)

    def _pass(self, client):
        left = ENOUGH if self.trouble is Trouble.TRUNCATED else None
        with socket.create_connection(("127.0.0.1", self._upstream)) as server:
            self._open.add(server)
            threading.Thread(target=pump, args=(client, server), daemon=True).start()
            while data := server.recv(65536):
                client.sendall(data[:left])
                if left is not None and (left := left - len(data)) <= 0:
                    break
            self._open.discard(server)


def pump(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    end(target)


def end(connection):
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
