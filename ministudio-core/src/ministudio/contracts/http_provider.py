"""The base class of providers over HTTP: each way a call can end is an error of ours.

The core brings no HTTP library of its own: the provider's is used, through what httpx and httpx2
have in common.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Final

from ministudio.contracts.cards import Capability
from ministudio.contracts.clips import Prepared
from ministudio.contracts.jobs import JobHandle
from ministudio.contracts.providers import JobVideoProvider
from ministudio.contracts.statuses import error_for_status, retry_after
from ministudio.contracts.words import Words, data_of
from ministudio.errors import (
    Accepted,
    ConfigError,
    ContentRefused,
    InvalidRequest,
    JobFailed,
    ProviderError,
    ProviderUnavailable,
)
from ministudio.values.redaction import Redactor
from ministudio.values.secret import Secret

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Mapping

    from ministudio.contracts.clips import ClipRequest
    from ministudio.contracts.specs import PluginContext

__all__ = ["HttpVideoProvider"]

_HTTP: Final = frozenset({"httpx", "httpx2", "httpcore", "httpcore2"})
_UNSENT: Final = frozenset(
    (
        *("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError"),
        *("UnsupportedProtocol", "InvalidURL", "LocalProtocolError"),
    )
)
_GOOD: Final = 2
_JUDGED: Final = frozenset(range(400, 500)) - {401, 402, 404, 410, 429}
"""Answers that may be a refusal of the content; the others say what they mean."""

_REACH: Final = "see that its address is right, and that this machine reaches it"
_RESUME: Final = 'it may have been taken: "ministudio resume" asks before it is ordered again'
_OTHER_WORDS: Final = "say it in other words, or choose another model"


class HttpVideoProvider(JobVideoProvider):
    """A job provider that asks its service over HTTP: ``connect`` says how, ``asked`` does it.

    The steps of a job are still yours to write, each with one call of ``asked``. Errors hold no
    secret of the context, even where the service repeats one.

    Raises:
        ConfigError: When the option ``patience`` is not a number of seconds.

    Example::

        class Paintbox(HttpVideoProvider):
            name = "paintbox"

            def connect(self):
                headers = {"Authorization": f"Bearer {self.context.required('PAINTBOX_API_KEY')}"}
                return httpx2.AsyncClient(base_url="https://paintbox.example", headers=headers)

            async def poll(self, job):
                async with self.asked("GET", f"/v1/renders/{job.id}", job=job) as answer:
                    return JobStatus(state=JobState(answer.json()["state"]))
    """

    refusal: ClassVar[re.Pattern[str]] = re.compile(
        r"^content$|content[ _-]?(polic|filter|violation)|safety[ _-](filter|system|violation)"
        r"|nsfw|not safe for work|moderation|flagged"
        r"|(prohibited|sensitive|unsafe|inappropriate)[ _-]content",
        re.IGNORECASE,
    )
    """How an answer's words, or its code, tell that the content was refused."""

    takes: ClassVar[Collection[Capability]] = ()
    """What the orders hold besides words: pictures, or the clip to go on from."""

    patience: ClassVar[float] = 30.0
    """Seconds without a byte after which a call is given up; the option ``patience`` goes first."""

    def __init__(self, context: PluginContext | None = None) -> None:
        super().__init__(context)
        self._client: Any = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._timeout = self.context.options.get("patience", self.patience)
        if not isinstance(self._timeout, (int, float)) or self._timeout <= 0:
            raise ConfigError(f"{self.name}: the option patience is a number of seconds, above 0")
        self._masks = Redactor()
        for value in self.context.settings.values():
            if isinstance(value, Secret):
                self._masks.register(value)

    @abstractmethod
    def connect(self) -> Any:
        """Return a new client, such as ``httpx2.AsyncClient(base_url=…, headers=…)``.

        It is called at the first question, and again after ``aclose``.
        """

    @contextlib.asynccontextmanager
    async def asked(
        self,
        method: str,
        path: str,
        *,
        job: JobHandle | None = None,
        also: Collection[int] = (),
        **sent: Any,
    ) -> AsyncIterator[Any]:
        """Send a request once, and give its answer to the ``async with`` block.

        Answers of JSON or text are read whole; a video is left to ``aiter_bytes()``. What the
        block finds missing or wrong (``LookupError``, ``ValueError``, ``TypeError``) counts as
        an answer that makes no sense. No redirect is followed.

        Args:
            method: In capitals.
            path: Behind the client's address.
            job: The job that is asked about; None while there is none.
            also: Statuses besides 200 to 299 that are answers here, and no errors.
            sent: What else ``client.stream`` takes: ``json``, ``params``, ``headers`` …

        Raises:
            ContentRefused: When a refusal's words are those of ``refusal``.
            ProviderError: As ``error_for_status`` says; ``ProviderUnavailable`` where no whole
                answer came, with ``accepted=NO`` if nothing can have been sent.
        """
        try:
            sent.setdefault("timeout", self._timeout)
            async with self._connected().stream(method, path, **sent) as answer:
                await self._checked(answer, job, also)
                yield answer
                return
        except Exception as error:
            if not (_is_of_http(error) or isinstance(error, (LookupError, ValueError, TypeError))):
                raise
            trouble = error
        # Neither cause nor context: the library's error may hold the key that was sent.
        raise self._lost(trouble, job) from None

    def prepared(self, request: ClipRequest, payload: Any) -> Prepared:
        """Return what ``submit`` will send, unless it leaves out what the request holds.

        Args:
            request: What was asked.
            payload: The order.

        Raises:
            InvalidRequest: When the request has pictures, or a clip to go on from, that
                ``takes`` does not name: they would be dropped without a word.
        """
        given: Mapping[Capability, object] = {
            Capability.FIRST_FRAME: request.first_frame,
            Capability.LAST_FRAME: request.last_frame,
            Capability.REFERENCES: request.references,
            Capability.EXTEND: request.extend,
        }
        for capability, value in given.items():
            if value and capability not in self.takes:
                raise InvalidRequest(
                    f"{self.name} can do nothing with {capability.value} of a request",
                    provider=self.name,
                    hint="leave it out, or choose a model whose card promises it",
                )
        return Prepared(request=request, payload=payload)

    def failed(self, said: object, *, charged: bool | None = None) -> ProviderError | None:
        """Return why a job failed, for ``JobStatus.error``; None when nothing is said of that.

        Args:
            said: What the service says: a text, or JSON with texts under ``error``, ``message``
                and the like. None and what is empty say nothing.
            charged: Whether it cost money, where the service says.
        """
        if not said:
            return None
        words = Words(said, self._masks)
        message = f"the job failed at {self.name}: {words.line}"
        if reasons := words.reasons(self.refusal):
            return ContentRefused(
                message,
                provider=self.name,
                reasons=reasons,
                charged=charged,
                accepted=Accepted.UNKNOWN,
                hint=_OTHER_WORDS,
            )
        return JobFailed(message, provider=self.name, charged=charged)

    def handle(self, prepared: Prepared, job: str, **data: Any) -> JobHandle:
        """Return the handle of a job that was made of ``prepared``.

        Args:
            prepared: What was submitted.
            job: The job's id at the service.
            data: What else is needed to poll and fetch it; plain JSON, and no secret.
        """
        return JobHandle(provider=self.name, model=prepared.request.model, id=job, data=data)

    async def aclose(self) -> None:
        """Close the client; the next question opens another."""
        client, self._client = self._client, None
        if client is not None and self._loop is asyncio.get_running_loop():
            await client.aclose()

    def _connected(self) -> Any:
        """The client; its connections belong to the event loop they were made in."""
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            self._client, self._loop = self.connect(), loop
        return self._client

    async def _checked(self, answer: Any, job: JobHandle | None, also: Collection[int]) -> None:
        """Read what is not a video, and raise what a refusal means."""
        good = answer.status_code // 100 == _GOOD or answer.status_code in also
        if not good or _is_text(answer):
            await answer.aread()
        if not good:
            raise self._refused(answer, job)

    def _refused(self, answer: Any, job: JobHandle | None) -> ProviderError:
        status = answer.status_code
        words = Words(data_of(answer), self._masks)
        message = f"{self.name} answered {status}: {words.line}"
        reasons = words.reasons(self.refusal) if status in _JUDGED else ()
        if reasons:
            accepted = Accepted.NO if job is None else Accepted.UNKNOWN
            return ContentRefused(
                message, provider=self.name, reasons=reasons, accepted=accepted, hint=_OTHER_WORDS
            )
        wait = retry_after(answer.headers.get("retry-after"), time.time())
        return error_for_status(status, message, provider=self.name, job=job, retry_after=wait)

    def _lost(self, trouble: Exception, job: JobHandle | None) -> ProviderUnavailable:
        what = f"{type(trouble).__name__}: {trouble}".removesuffix(": ")
        if not _is_of_http(trouble):
            message = f"{self.name} gave an answer that makes no sense ({what})"
            hint = "something between you and it may be answering: a proxy, a sign-in page"
            return ProviderUnavailable(self._masks.redact(message), provider=self.name, hint=hint)
        unsent = type(trouble).__name__ in _UNSENT
        message = f"{self.name} {'cannot be reached' if unsent else 'gave no answer'} ({what})"
        never = unsent and job is None
        return ProviderUnavailable(
            self._masks.redact(message),
            provider=self.name,
            accepted=Accepted.NO if never else Accepted.UNKNOWN,
            hint=_REACH if unsent or job is not None else _RESUME,
        )


def _is_text(answer: Any) -> bool:
    kind = answer.headers.get("content-type", "")
    return "json" in kind or kind.startswith("text/")


def _is_of_http(error: Exception) -> bool:
    return type(error).__module__.partition(".")[0] in _HTTP
