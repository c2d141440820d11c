"""Looking a model up on the Hub: who runs it, under which name, and for what."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import attrs
import httpx2
from huggingface_hub import HfApi
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
)

from ministudio.plugin import Accepted, InvalidRequest, ProviderUnavailable
from ministudio_hf import _errors
from ministudio_hf._client import Answer, Unreachable
from ministudio_hf.options import AUTO, ROUTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.plugin import ProviderError, Secret

__all__ = ["Hub", "Served", "choose"]


@attrs.frozen(kw_only=True)
class Served:
    """One provider that serves a model.

    Args:
        provider: Its name on the Hub.
        model: The model's name there.
        task: What it serves the model for.
        status: Whether it is live.
        lora: Weights on the Hub to put on top, where the model is an adapter.
    """

    provider: str
    model: str
    task: str
    status: str = "live"
    lora: str | None = None


class Hub:
    """Looks models up, each once.

    Args:
        url: Where the Hub is.
        token: The token.
        name: The provider's name, for messages.
    """

    def __init__(self, url: str, token: Secret | None, name: str) -> None:
        self._api = HfApi(endpoint=url, token=token.reveal() if token else False)
        self._url = url
        self._name = name
        self._known: dict[str, tuple[Served, ...]] = {}

    async def who_serves(self, model: str, patience: float) -> tuple[Served, ...]:
        """Return who serves a model.

        Args:
            model: Its id.
            patience: Seconds the Hub may take to answer.

        Raises:
            InvalidRequest: When there is no such model, or not for this token.
            PermissionDenied: When its licence has not been accepted.
            ProviderError: When the Hub could not be asked.
        """
        if model not in self._known:
            self._known[model] = await asyncio.to_thread(self._look_up, model, patience)
        return self._known[model]

    def _look_up(self, model: str, patience: float) -> tuple[Served, ...]:
        try:
            info = self._api.model_info(
                model, timeout=patience, expand=["inferenceProviderMapping"]
            )
        except GatedRepoError as error:
            said = f"the licence of {model} has not been accepted"
            raise _errors.gated(model, self._name, said) from error
        except (RepositoryNotFoundError, HFValidationError) as error:
            said = f"the Hub has no model {model}, or does not show it to this token"
            raise _errors.no_such_model(model, self._name, said) from error
        except HfHubHTTPError as error:
            raise self._of_answer(error, model) from error
        except OfflineModeIsEnabled as error:
            trouble = Unreachable("HF_HUB_OFFLINE tells the SDK to stay offline")
            raise _errors.of_silence(trouble, self._name, "looking up", sent=False) from error
        except (httpx2.HTTPError, OSError) as error:
            raise self._unavailable(model, str(error) or type(error).__name__) from error
        except (KeyError, TypeError, ValueError) as error:
            # A sign-in page, or an answer of another form: the SDK breaks over either.
            raise self._unavailable(model, "the answer describes no model") from error
        return tuple(
            Served(
                provider=found.provider,
                model=found.provider_id,
                task=found.task,
                status=found.status,
                lora=self._weights(found.hf_model_id, found.adapter_weights_path),
            )
            for found in info.inference_provider_mapping or ()
        )

    def _unavailable(self, model: str, why: str) -> ProviderUnavailable:
        return ProviderUnavailable(
            f"{self._name} could not look up {model}: {why}",
            provider=self._name,
            accepted=Accepted.NO,
            hint="see that this machine reaches huggingface.co",
        )

    def _weights(self, model: str, path: str | None) -> str | None:
        return None if path is None else f"{self._url}/{model}/resolve/main/{path}"

    def _of_answer(self, error: HfHubHTTPError, model: str) -> ProviderError:
        found = error.response
        headers = {name.lower(): value for name, value in found.headers.items()}
        answer = Answer(found.status_code, headers, found.content)
        made = _errors.of_answer(answer, self._name, "to a look-up", model)
        # Nothing has been ordered yet.
        made.accepted = Accepted.NO
        return made


def choose(served: Sequence[Served], model: str, task: str, route: str, name: str) -> Served:
    """Return who is to make the clip.

    Args:
        served: Who serves the model.
        model: Its id.
        task: What it is wanted for.
        route: The provider the user asked for, or "auto".
        name: This provider's name, for messages.

    Raises:
        InvalidRequest: When nobody fits; the hint names those who do.
    """
    wanted = ROUTES if route == AUTO else (route,)
    able = {one.provider: one for one in served if one.task == task and one.status != "error"}
    for provider in wanted:
        if provider in able:
            return able[provider]
    whose = f"{route} does not serve" if route != AUTO else "nobody we know serves"
    raise InvalidRequest(
        f"{whose} {model} for {task}",
        provider=name,
        hint=_instead(served, model, task),
    )


def _instead(served: Sequence[Served], model: str, task: str) -> str:
    page = f"see https://huggingface.co/{model} for who does, or choose another model"
    able = [one.provider for one in served if one.task == task and one.provider in ROUTES]
    if able:
        return f'write  options.route = "{able[0]}"  (it is served by {", ".join(able)})'
    if any(one.provider == "novita" and one.task == task for one in served):
        return "Novita serves it: choose the provider hf-novita, whose clips cannot be resumed"
    if others := sorted({one.task for one in served}):
        return f"it is served for {', '.join(others)} only; {page}"
    return f"{page}; or deploy it on an endpoint of your own (provider hf-endpoint)"
