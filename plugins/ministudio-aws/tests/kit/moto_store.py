"""Moto, which is AWS on this machine: Secrets Manager, and IAM that says no."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

from ministudio.plugin import PluginContext, Secret
from ministudio.testing.secrets import FaultProxy, ProxiedStore, Reply
from ministudio_aws.backend import AwsBackend

__all__ = ["MISSING", "AwsStore", "Moto", "missing_package"]

REGION = "eu-central-1"
MISSING = "needs the packages moto, flask and flask-cors, which stand in for AWS"
# AWS says so with a 400, and not with a 429.
THROTTLED = Reply(
    status=400,
    body=b'{"__type": "ThrottlingException", "message": "Rate exceeded"}',
    headers={"Content-Type": "application/x-amz-json-1.1"},
)
_ACTIONS_BEFORE_IAM = 6
_READ = "secretsmanager:GetSecretValue"


def missing_package():
    from importlib.util import find_spec

    return any(find_spec(name) is None for name in ("moto", "flask", "flask_cors"))


def policy(effect, action):
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": effect, "Action": action, "Resource": "*"}],
        }
    )


class Moto:
    """A server with two users: one that may do everything, and one that may read secrets."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        program = "import sys; from moto.server import main; main(sys.argv[1:])"
        self._process = subprocess.Popen(
            [sys.executable, "-c", program, "-H", "127.0.0.1", "-p", str(port)],
            env={**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": str(_ACTIONS_BEFORE_IAM)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()
        iam = self.client("iam", {"AccessKeyId": "any", "SecretAccessKey": "any"})
        self.users = {}
        for name, action in (("admin", "*"), ("studio", _READ)):
            iam.create_user(UserName=name)
            self.users[name] = iam.create_access_key(UserName=name)["AccessKey"]
            iam.put_user_policy(
                UserName=name, PolicyName="may", PolicyDocument=policy("Allow", action)
            )
        self.iam = self.client("iam", self.users["admin"])
        self.secrets = self.client("secretsmanager", self.users["admin"])

    def _wait(self):
        until = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{self.address}/moto-api/", timeout=5).close()
            except OSError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return

    def client(self, service, key):
        import boto3

        return boto3.client(
            service,
            region_name=REGION,
            endpoint_url=self.address,
            aws_access_key_id=key["AccessKeyId"],
            aws_secret_access_key=key["SecretAccessKey"],
        )

    def allow(self):
        self.iam.put_user_policy(
            UserName="studio", PolicyName="may", PolicyDocument=policy("Allow", _READ)
        )

    def forbid(self):
        self.iam.put_user_policy(
            UserName="studio", PolicyName="may", PolicyDocument=policy("Deny", _READ)
        )

    def empty(self):
        for secret in self.secrets.list_secrets(IncludePlannedDeletion=True)["SecretList"]:
            self.secrets.delete_secret(SecretId=secret["ARN"], ForceDeleteWithoutRecovery=True)

    def close(self):
        self._process.terminate()
        self._process.wait(timeout=30)


class AwsStore(ProxiedStore):
    """Moto behind a proxy that fails, empty at first."""

    def __init__(self, moto):
        super().__init__(FaultProxy(moto.address, throttled=THROTTLED))
        self.moto = moto
        self.denied = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.proxy.close()
        self.moto.empty()
        if self.denied:
            self.moto.allow()

    def settings(self):
        key = self.moto.users["studio"]
        return {
            "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
            "AWS_REGION": REGION,
            "MINISTUDIO_AWS_ENDPOINT": self.proxy.address,
        }

    def backend(self, **options):
        said = self.settings()
        hidden = {k: Secret(v, k) for k, v in said.items() if "ACCESS" in k}
        return AwsBackend(PluginContext(settings={**said, **hidden}, options=options))

    def put(self, name, value):
        admin = self.moto.secrets
        try:
            admin.put_secret_value(SecretId=name, SecretString=value)
        except admin.exceptions.ResourceNotFoundException:
            admin.create_secret(Name=name, SecretString=value)

    def remove(self, name):
        self.moto.secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)

    def deny(self, name):
        self.denied = True
        self.moto.forbid()
