"""The provider: one clip per request, on this machine, with a pipeline that stays loaded."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import tempfile
import threading
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import torch

from ministudio.plugin import (
    BlockingVideoProvider,
    ClipRequest,
    InvalidRequest,
    JobFailed,
    MiniStudioError,
    PluginContext,
    clip_from_file,
)
from ministudio_local._errors import advice, out_of_memory, told
from ministudio_local._mapping import arguments
from ministudio_local.advice import remarks
from ministudio_local.calling import Stopped, call
from ministudio_local.counting import check_prompt
from ministudio_local.family import Family, Model, Task, Way
from ministudio_local.finding import find_model, hub_token
from ministudio_local.fitting import Fit, fit, task_of
from ministudio_local.loading import Loaded, load
from ministudio_local.options import Options, read_options, with_settings
from ministudio_local.placing import gigabytes, place
from ministudio_local.probing import probe
from ministudio_local.shelf import family_of, model_of
from ministudio_local.writing import write_clip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ministudio.plugin import Clip, Progress

__all__ = ["LocalProvider"]


@attrs.frozen(kw_only=True)
class _Job:
    """One clip, with everything decided that needs no weights."""

    request: ClipRequest
    options: Options
    model: Model
    family: Family
    task: Task
    fit: Fit


class LocalProvider(BlockingVideoProvider):
    """Runs open video models through diffusers; the last one used stays loaded.

    Raises:
        ConfigError: When an option is not known, or not right.
    """

    name = "local"

    def __init__(self, context: PluginContext | None = None) -> None:
        super().__init__(context)
        read_options(self.context.options)
        self._loaded: Loaded | None = None
        self._key: tuple[object, ...] = ()
        self._alone = threading.Lock()
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    async def generate(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Make one clip in a thread; a cancel ends it after the step that is under way.

        Raises:
            ProviderError: Of the kind that says best what went wrong.
        """
        stop = threading.Event()
        work = asyncio.ensure_future(asyncio.to_thread(self._make, request, into, progress, stop))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            stop.set()
            # The thread still holds the model: the cancel is over when it has let go.
            with contextlib.suppress(Exception):
                await work
            raise

    def generate_blocking(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Make one clip.

        Raises:
            ProviderError: Of the kind that says best what went wrong.
        """
        return self._make(request, into, progress, threading.Event())

    async def aclose(self) -> None:
        """Let go of the model and of what was laid aside on the disk."""
        self._drop()

    def _make(
        self, request: ClipRequest, into: Path, progress: Progress, stop: threading.Event
    ) -> Clip:
        job = self._job(request)

        def watch(done: int, steps: int) -> None:
            if stop.is_set():
                raise Stopped
            progress(min(done / max(steps, 1), 1.0), f"step {done} of {steps}")

        with self._alone:
            loaded = self._ready(job, progress)
            check_prompt(getattr(loaded.pipe, "tokenizer", None), request.prompt.text, job.family)
            path = into / f"local-{uuid.uuid4().hex[:12]}.mp4"
            device = loaded.placing.choice.kind
            try:
                with self._explained(job, "making the clip", device):
                    output = self._call(loaded.pipe, job, watch)
                with self._explained(job, "writing the clip", device):
                    write_clip(path, output, job.fit.fps)
            except Stopped:
                raise JobFailed("stopped while it was made", charged=False) from None
        return clip_from_file(
            path,
            seed=request.seed,
            notes=[*job.fit.notes, *remarks(request, job.family)],
            provider_meta=_meta(job, loaded),
        )

    def _job(self, request: ClipRequest) -> _Job:
        options = with_settings(read_options(request.options), self.context)
        model = model_of(request.model, options.family)
        family = family_of(model)
        return _Job(
            request=request,
            options=options,
            model=model,
            family=family,
            task=task_of(request, family),
            fit=fit(request, family, options),
        )

    def _ready(self, job: _Job, progress: Progress) -> Loaded:
        """Return a pipeline for the job: the one that is loaded, or a new one in its place."""
        options = job.options
        if options.threads is not None and options.threads != torch.get_num_threads():
            torch.set_num_threads(options.threads)
        weights = (job.request.model, attrs.evolve(options, steps=None, guidance=None, size=None))
        key = (*weights, job.family.pipelines[job.task])
        now = self._loaded
        fits = now is not None and job.fit.pixels <= now.placing.pixels
        if now is not None and fits and key == self._key:
            return now
        if not fits or self._key[:2] != weights:
            self._drop()
            now = None
        with self._explained(job, "loading the model", options.device):
            self._loaded = self._load(job, now, progress)
        self._key = key
        return self._loaded

    def _load(self, job: _Job, before: Loaded | None, progress: Progress) -> Loaded:
        if before is not None:
            found, placing = before.found, before.placing
        else:
            progress(None, f"looking for {job.request.model}")
            found = find_model(
                job.request.model, job.model, job.family, job.options, hub_token(self.context)
            )
            try:
                placing = place(probe(), found.weights, job.family, job.options, job.fit.pixels)
            except InvalidRequest as error:
                error.hint = error.hint or advice(job.model, job.options.device)
                raise
        progress(None, f"loading {job.request.model}: {'; '.join(placing.why)}")
        return load(
            found,
            job.family,
            job.task,
            placing,
            job.options,
            before=before,
            scratch=self._room() if placing.offload == "disk" else None,
        )

    def _room(self) -> Path:
        if self._scratch is None:
            if self.context.folder is not None:
                self.context.folder.mkdir(parents=True, exist_ok=True)
            self._scratch = tempfile.TemporaryDirectory(
                prefix="layers-", dir=self.context.folder, ignore_cleanup_errors=True
            )
        return Path(self._scratch.name)

    def _call(self, pipe: Any, job: _Job, watch: Any) -> Any:
        return call(
            pipe,
            arguments(job.request, job.family, job.task, job.fit),
            job.family,
            job.fit,
            seed=job.request.seed,
            watch=watch,
            attention=job.options.attention,
            shift=job.options.flow_shift,
        )

    @contextlib.contextmanager
    def _explained(self, job: _Job, what: str, device: str) -> Iterator[None]:
        """Turn what is none of ours into an error that says what to do."""
        try:
            yield
        except (MiniStudioError, Stopped):
            raise
        except Exception as error:
            if out_of_memory(error):
                # What is left in memory would starve the next attempt, a smaller one perhaps.
                self._drop()
            raise told(error, job.model, what, device) from error

    def _drop(self) -> None:
        self._loaded, self._key = None, ()
        gc.collect()
        if torch.accelerator.is_available():
            torch.accelerator.empty_cache()
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None


def _meta(job: _Job, loaded: Loaded) -> dict[str, object]:
    """What is worth keeping of how a clip was made."""
    placing = loaded.placing
    return {
        "pipeline": type(loaded.pipe).__name__,
        "made_from": job.task.value,
        "references": len(job.request.references) if job.family.way is Way.MASKED else 0,
        "device": placing.choice.kind,
        "dtype": placing.dtypes["default"],
        "offload": placing.offload,
        "tiling": placing.tiling,
        "quantization": placing.quantization,
        "memory": gigabytes(placing.needs),
        "why": list(placing.why),
        "frames": job.fit.frames,
        "steps": job.fit.steps,
        "guidance": job.fit.guidance,
        "torch": torch.__version__,
    }
