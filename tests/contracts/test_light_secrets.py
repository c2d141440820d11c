"""With every secret backend installed, only the one that is asked brings its SDK along."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import metadata

import pytest

SDKS = {
    "aws": "boto3",
    "azure": "azure.keyvault",
    "doppler": "httpx2",
    "gcp": "google.cloud.secretmanager",
}
PROGRAM = """
import json, sys
from ministudio.cli import main
try:
    main(sys.argv[2:])
except SystemExit:
    pass
names = json.loads(sys.argv[1])
print(json.dumps(sorted(n for n, sdk in names.items() if sdk in sys.modules)), file=sys.stderr)
"""
TRUSTED = """
[secrets]
chain = ["env", "aws"]

[secrets.options.aws]
region = "eu-central-1"
"""


@pytest.fixture
def workspace(tmp_path):
    for name in SDKS:
        try:
            metadata.distribution(f"ministudio-{name}")
        except metadata.PackageNotFoundError:
            pytest.skip(f"ministudio-{name} is not installed here")
    (tmp_path / "home").mkdir()
    (tmp_path / "ministudio.toml").write_text("")
    return tmp_path


def loaded(workspace, *words: str) -> tuple[list[str], str]:
    """Run one command and return the backends whose SDK it imported, and what it said."""
    kept = ("MINISTUDIO_", "HF_", "AWS_", "AZURE_", "DOPPLER_", "GOOGLE_", "XDG_")
    environ = {name: value for name, value in os.environ.items() if not name.startswith(kept)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(SDKS), *words],
        cwd=workspace,
        env=environ
        | {
            "MINISTUDIO_CONFIG_DIR": str(workspace / "home"),
            "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "nobody-listens-there",
            "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    *said, last = done.stderr.splitlines()
    return json.loads(last), "\n".join([done.stdout, *said])


@pytest.mark.parametrize(
    "words", [("doctor", "--json"), ("secrets", "list"), ("secrets", "explain", "HF_TOKEN")]
)
def test_where_no_backend_is_named_none_is_imported(workspace, words):
    found, said = loaded(workspace, *words)
    assert found == [], said


def test_where_one_is_named_no_other_is_imported(workspace):
    (workspace / "ministudio.toml").write_text(TRUSTED)
    loaded(workspace, "trust")
    found, said = loaded(workspace, "secrets", "explain", "HF_TOKEN")
    assert found == ["aws"], said
