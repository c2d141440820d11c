"""Where a model's weights lie on this machine: the user's folders first, then the hub's cache."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
from huggingface_hub import constants, snapshot_download
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    IncompleteSnapshotError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
)

from ministudio.plugin import (
    AuthenticationError,
    InvalidRequest,
    PermissionDenied,
    PluginContext,
    ProviderError,
    ProviderUnavailable,
    Secret,
)
from ministudio_local.weights import Weights, read_weights

if TYPE_CHECKING:
    from ministudio_local.family import Family, Model
    from ministudio_local.options import Options

__all__ = ["Found", "find_model", "hub_token"]

_DENIED = 401


@attrs.frozen(kw_only=True)
class Found:
    """A model on this machine.

    Args:
        folder: The folder that holds it.
        parts: Folders of components that lie elsewhere, by name.
        weights: What they hold together.
    """

    folder: Path
    parts: Mapping[str, Path]
    weights: Weights


def find_model(
    name: str, model: Model, family: Family, options: Options, token: str | None
) -> Found:
    """Return where a model lies; it is downloaded only when the user allows that.

    Args:
        name: The card's id.
        model: What is known of it.
        family: Its family.
        options: Where the user says it is, and whether it may be downloaded.
        token: The user's token for the hub.

    Raises:
        InvalidRequest: When it is not here, or not whole.
        PermissionDenied: When its licence has to be accepted first.
        AuthenticationError: When the hub refuses the token.
        ProviderUnavailable: When the hub cannot be reached.
    """
    place = options.models.get(name)
    folder = _own_folder(name, model, place, options.model_path)
    if folder is not None:
        return _whole(folder, {}, family)
    repo = place or model.repo
    try:
        return _cached(name, repo, model, family)
    except InvalidRequest:
        if not options.download:
            raise
    _download(name, repo, model, family, token)
    return _cached(name, repo, model, family)


def hub_token(context: PluginContext) -> str | None:
    """Return the user's token for the hub, if there is one."""
    token = context.settings.get("HF_TOKEN")
    return token.reveal() if isinstance(token, Secret) else None


def _own_folder(name: str, model: Model, place: str | None, base: Path | None) -> Path | None:
    if place is not None and Path(place).is_absolute():
        if not Path(place).is_dir():
            raise _not_found(name, f"there is no folder {place}")
        return Path(place)
    if base is None or place is not None:
        return None
    if (base / "model_index.json").is_file():
        return base
    for inside in (name, model.repo.rpartition("/")[2]):
        if (base / inside).is_dir():
            return base / inside
    if not base.is_dir():
        raise _not_found(name, f"there is no folder {base}")
    inside = model.repo.rpartition("/")[2]
    raise _not_found(
        name, f"{base} holds neither a model_index.json nor a folder {name} or {inside}"
    )


def _cached(name: str, repo: str, model: Model, family: Family) -> Found:
    folder = _snapshot(name, repo)
    parts = {part: _snapshot(name, where) for part, where in model.parts.items()}
    # A folder that a whole pipeline was saved to brings its parts along.
    elsewhere = {part: path for part, path in parts.items() if not (folder / part).is_dir()}
    return _whole(folder, elsewhere, family)


def _whole(folder: Path, parts: Mapping[str, Path], family: Family) -> Found:
    return Found(folder=folder, parts=parts, weights=read_weights(folder, family.variant, parts))


def _snapshot(name: str, repo: str) -> Path:
    try:
        return Path(snapshot_download(repo, local_files_only=True))
    except IncompleteSnapshotError as partly:
        # A pipeline needs a part of its repository only; whether that is whole, the weights tell.
        return Path(partly.snapshot_path)
    except (LocalEntryNotFoundError, HFValidationError) as error:
        raise _not_found(name, f"{repo} is not on this machine") from error


def _download(name: str, repo: str, model: Model, family: Family, token: str | None) -> None:
    # Only who downloads needs diffusers here, which takes seconds to import.
    from diffusers import DiffusionPipeline  # noqa: PLC0415

    if constants.HF_HUB_OFFLINE:
        raise _not_found(name, f"{repo} is not on this machine, and HF_HUB_OFFLINE is set")
    asking = repo
    try:
        DiffusionPipeline.download(repo, token=token, variant=family.variant, use_safetensors=True)
        for asking in model.parts.values():
            snapshot_download(asking, token=token, ignore_patterns=["*.bin", "*.ckpt", "*.pt"])
    except (HfHubHTTPError, OfflineModeIsEnabled, OSError) as error:
        raise _refused(asking, error, token) from error


def _refused(repo: str, error: Exception, token: str | None) -> ProviderError:
    """What the hub's answer means; the most special kind first."""
    page = f"https://huggingface.co/{repo}"
    if isinstance(error, GatedRepoError):
        return PermissionDenied(
            f"{repo} has a licence that you have to accept first",
            hint=f"accept it at {page}, and set HF_TOKEN to a token of that account",
        )
    status = getattr(getattr(error, "response", None), "status_code", None)
    if status == _DENIED and token is not None:
        return AuthenticationError(
            f"the hub does not accept the HF_TOKEN that is set, for {repo}",
            hint="make a new one at https://huggingface.co/settings/tokens",
        )
    if isinstance(error, RepositoryNotFoundError):
        return InvalidRequest(
            f"model not found: the hub has no {repo}, or it is private",
            hint=f"see {page}; a private one needs HF_TOKEN",
        )
    return ProviderUnavailable(
        f"{repo} could not be downloaded: {type(error).__name__}",
        hint="see that there is a network and room on the disk; what is there already is kept",
    )


def _not_found(name: str, why: str) -> InvalidRequest:
    return InvalidRequest(
        f"model not found: {name!r} cannot be run, for {why}",
        hint="set options.download = true under [provider.local] to fetch it, or "
        "options.model_path to the folder that holds it",
    )
