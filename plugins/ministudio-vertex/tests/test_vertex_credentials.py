"""Credentials and settings: what is taken first, what is said when there is nothing, no leaks."""

from __future__ import annotations

import asyncio
import json

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from vertex_kit import PROJECT, TOKEN, request, said, settings

from ministudio.plugin import (
    Accepted,
    AuthenticationError,
    ConfigError,
    PluginContext,
    ProviderUnavailable,
    Secret,
)
from ministudio_vertex.provider import VertexAIProvider

OMNI = "gemini-omni-1.2-flash"


@pytest.fixture(scope="module")
def private_key():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    none = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, form, none).decode()


@pytest.fixture
def account(google, private_key):
    """The text of a service account's file whose tokens the fake service mints."""
    return json.dumps(
        {
            "type": "service_account",
            "project_id": "from-the-key",
            "private_key_id": "k1",
            "private_key": private_key,
            "client_email": "film@from-the-key.iam.gserviceaccount.com",
            "token_uri": f"{google.url}/token",
        }
    )


def submitted(google, without=(), **more):
    given = {k: v for k, v in settings(google, **more).items() if k not in without}
    provider = VertexAIProvider(PluginContext(settings=given))

    async def submit():
        return await provider.submit(await provider.prepare(request()))

    return asyncio.run(submit())


def bearer(google):
    return google.submits[-1].headers["authorization"]


def test_a_token_goes_before_everything_else(google, account):
    submitted(google, GOOGLE_APPLICATION_CREDENTIALS_JSON=Secret(account))
    assert bearer(google) == f"Bearer {TOKEN}"


def test_the_text_of_a_key_works_and_brings_its_project(google, account):
    handle = submitted(
        google,
        without=("GOOGLE_OAUTH_ACCESS_TOKEN", "GOOGLE_CLOUD_PROJECT"),
        GOOGLE_APPLICATION_CREDENTIALS_JSON=Secret(account),
    )
    assert bearer(google) == "Bearer ya29.minted"
    assert handle.data["project"] == "from-the-key"


def test_a_file_of_a_key_works(google, account, tmp_path):
    path = tmp_path / "key.json"
    path.write_text(account)
    handle = submitted(
        google, without=("GOOGLE_OAUTH_ACCESS_TOKEN",), GOOGLE_APPLICATION_CREDENTIALS=str(path)
    )
    assert bearer(google) == "Bearer ya29.minted"
    assert handle.data["project"] == PROJECT, "the setting goes before the key's own project"


def test_what_gcloud_left_behind_is_taken_last(google, account, tmp_path, monkeypatch):
    (tmp_path / "application_default_credentials.json").write_text(account)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    submitted(google, without=("GOOGLE_OAUTH_ACCESS_TOKEN",))
    assert bearer(google) == "Bearer ya29.minted"


def test_a_token_service_out_of_reach_has_ordered_nothing(google, account, tmp_path):
    google.fail("/token", *["drop before"] * 20)
    with pytest.raises(ProviderUnavailable) as caught:
        submitted(
            google,
            without=("GOOGLE_OAUTH_ACCESS_TOKEN",),
            GOOGLE_APPLICATION_CREDENTIALS_JSON=Secret(account),
        )
    assert caught.value.accepted is Accepted.NO
    assert google.submits == []


def test_no_credentials_at_all_are_explained(google, tmp_path, monkeypatch):
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    with pytest.raises(AuthenticationError) as caught:
        submitted(google, without=("GOOGLE_OAUTH_ACCESS_TOKEN",))
    assert "gcloud auth application-default login" in caught.value.hint
    assert google.submits == []


@pytest.mark.parametrize("text", ["not json", "{}", '{"type": "service_account"}', "[]"])
def test_a_key_that_is_none_is_refused_without_being_shown(google, text):
    with pytest.raises(AuthenticationError) as caught:
        submitted(
            google,
            without=("GOOGLE_OAUTH_ACCESS_TOKEN",),
            GOOGLE_APPLICATION_CREDENTIALS_JSON=Secret(text),
        )
    assert caught.value.__cause__ is None
    assert text not in str(caught.value)


def test_a_key_whose_token_is_refused_has_ordered_nothing(google, account):
    google.fail("/token", said(401, "invalid_grant", error="invalid_grant"))
    with pytest.raises(AuthenticationError) as caught:
        submitted(
            google,
            without=("GOOGLE_OAUTH_ACCESS_TOKEN",),
            GOOGLE_APPLICATION_CREDENTIALS_JSON=Secret(account),
        )
    assert caught.value.accepted is Accepted.NO
    assert google.submits == []


def test_a_project_that_nobody_names_is_asked_for(google):
    with pytest.raises(ConfigError, match="no Google Cloud project"):
        submitted(google, without=("GOOGLE_CLOUD_PROJECT",))


def test_a_closed_provider_opens_again(google):
    provider = VertexAIProvider(PluginContext(settings=settings(google)))

    async def order():
        handle = await provider.submit(await provider.prepare(request()))
        await provider.aclose()
        return handle

    asyncio.run(order())
    asyncio.run(order())
    assert len(google.submits) == 2


def test_settings_that_come_sealed_are_opened(google):
    handle = submitted(
        google,
        GOOGLE_CLOUD_PROJECT=Secret("sealed-project"),
        GOOGLE_CLOUD_LOCATION=Secret("europe-west4"),
        VERTEX_BASE_URL=Secret(google.url),
    )
    assert handle.data["project"] == "sealed-project"


@pytest.mark.parametrize("name", ["token_url", "service_account_impersonation_url"])
def test_a_federated_identity_sends_no_file_of_this_machine_to_a_stranger(google, tmp_path, name):
    (tmp_path / "key").write_text("canary")
    identity = {
        "type": "external_account",
        "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/a",
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": "https://sts.googleapis.com/v1/token",
        "credential_source": {"file": str(tmp_path / "key")},
        name: f"{google.url}/token",
    }
    with pytest.raises(AuthenticationError, match="elsewhere than at Google"):
        submitted(
            google,
            without=("GOOGLE_OAUTH_ACCESS_TOKEN",),
            GOOGLE_APPLICATION_CREDENTIALS_JSON=Secret(json.dumps(identity)),
        )
    assert not google.submits
