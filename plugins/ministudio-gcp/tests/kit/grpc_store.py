"""A small Secret Manager that speaks gRPC, for all that emulators do not get right."""

from __future__ import annotations

import threading
from concurrent import futures

import google_crc32c
import grpc
from google.cloud import secretmanager_v1 as sm
from tcp_front import TcpFront

from ministudio.plugin import PluginContext
from ministudio.testing.secrets import SecretStore, Trouble
from ministudio_gcp.backend import GcpBackend

__all__ = ["PROJECT", "GrpcStore"]

PROJECT = "my-films"
_SERVICE = "google.cloud.secretmanager.v1.SecretManagerService"
_SPOKEN = {
    Trouble.THROTTLED: grpc.StatusCode.RESOURCE_EXHAUSTED,
    Trouble.UNAVAILABLE: grpc.StatusCode.UNAVAILABLE,
}
_AT_THE_DOOR = {Trouble.RESET, Trouble.HTML, Trouble.TRUNCATED, Trouble.DRIP}


class GrpcStore(SecretStore):
    """Versions of secrets by full name; each has a state and a checksum."""

    def __init__(self):
        self.secrets = {}
        self.denied = set()
        self.disabled = set()
        self.calls = []
        self.damage = False
        self._trouble = None
        self._closed = threading.Event()
        handler = grpc.unary_unary_rpc_method_handler(
            self._answer, sm.AccessSecretVersionRequest.deserialize, self._written
        )
        self._server = grpc.server(futures.ThreadPoolExecutor(16))
        self._server.add_generic_rpc_handlers(
            (grpc.method_handlers_generic_handler(_SERVICE, {"AccessSecretVersion": handler}),)
        )
        self._front = TcpFront(self._server.add_insecure_port("127.0.0.1:0"))
        self._server.start()
        self.address = f"http://127.0.0.1:{self._front.port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._closed.set()
        self._front.close()
        self._server.stop(None).wait()

    def backend(self, **options):
        settings = {"GOOGLE_CLOUD_PROJECT": PROJECT, "MINISTUDIO_GCP_ENDPOINT": self.address}
        return GcpBackend(PluginContext(settings=settings, options=options))

    def put(self, name, value, project=PROJECT):
        data = value if isinstance(value, bytes) else value.encode()
        self.secrets.setdefault(f"projects/{project}/secrets/{name}", []).append(data)

    def remove(self, name):
        del self.secrets[f"projects/{PROJECT}/secrets/{name}"]

    def deny(self, name):
        self.denied.add(f"projects/{PROJECT}/secrets/{name}")

    def disable(self, name, version):
        self.disabled.add((f"projects/{PROJECT}/secrets/{name}", version))

    def upset(self, trouble):
        self._trouble = trouble
        self._front.upset(trouble if trouble in _AT_THE_DOOR else None)

    @property
    def asked(self):
        return len(self.calls)

    def _answer(self, request, context):
        self.calls.append(request.name)
        if self._trouble is Trouble.HANG:
            self._closed.wait()
        if self._trouble in _SPOKEN:
            context.abort(_SPOKEN[self._trouble], "as asked")
        secret, _, version = request.name.partition("/versions/")
        if secret in self.denied:
            context.abort(grpc.StatusCode.PERMISSION_DENIED, "canary-4a7Zq must not be repeated")
        versions = self.secrets.get(secret, [])
        number = len(versions) if version == "latest" else int(version)
        if not 1 <= number <= len(versions):
            context.abort(grpc.StatusCode.NOT_FOUND, "no such version")
        if (secret, number) in self.disabled:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, "it is in DISABLED state")
        data = versions[number - 1]
        crc = google_crc32c.value(data + b"?" if self.damage else data)
        return sm.AccessSecretVersionResponse(
            name=f"{secret}/versions/{number}",
            payload=sm.SecretPayload(data=data, data_crc32c=crc),
        )

    def _written(self, answer):
        data = sm.AccessSecretVersionResponse.serialize(answer)
        return data[: len(data) // 2] if self._trouble is Trouble.HALVED else data
