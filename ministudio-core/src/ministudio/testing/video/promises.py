"""Checks of what a card promises: prompts arrive whole, and so does everything else it takes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest

from ministudio.plugin import (
    Capability,
    ClipRequest,
    DurationRange,
    ExtendFrom,
    JobVideoProvider,
    MediaFile,
    MiniStudioError,
    ModelCard,
    Reference,
    ReferenceRole,
    Support,
    file_sha256,
)
from ministudio.testing.checks.subject import said, wrong
from ministudio.testing.clips import make_clip
from ministudio.testing.service import texts_in
from ministudio.testing.video.base import VideoChecks, card_that, service_only
from ministudio.testing.video.requests import UNICODE, lengths, long_prompt, picture, prompt

if TYPE_CHECKING:
    from ministudio.testing.video.trial import Trial

__all__ = ["PromiseChecks"]

_GIVEN: Final = {
    Capability.FIRST_FRAME: "first_frame",
    Capability.LAST_FRAME: "last_frame",
    Capability.REFERENCES: "references",
    Capability.EXTEND: "extend",
    Capability.SEED: "seed",
    Capability.NEGATIVE_PROMPT: "prompt.negative",
    Capability.AUDIO: "audio",
}


_MEDIA: Final = [
    Capability.FIRST_FRAME,
    Capability.LAST_FRAME,
    Capability.REFERENCES,
    Capability.EXTEND,
]


class PromiseChecks(VideoChecks):
    """The plan relies on the card: what it promises reaches the service, or the user is told."""

    @pytest.mark.parametrize("which", ["unicode", "long"])
    def test_a_prompt_reaches_the_service_whole(self, trial: Trial, which: str) -> None:
        """Every character of it: it was made to fit the card's budget."""
        service = service_only(trial)
        text = UNICODE if which == "unicode" else long_prompt(trial.card)
        _order(trial, trial.request(prompt=prompt(text, trial.card)))
        sent = list(texts_in(service.orders[-1]))
        if not any(text in one for one in sent):
            wrong(
                f"the prompt did not reach the service as it was: {text!r} was asked for, and "
                f"{trial.where} sent {service.orders[-1]!r}. Send request.prompt.text as it is; "
                "the compiler has made it fit"
            )

    @pytest.mark.parametrize("capability", list(_GIVEN), ids=lambda one: one.value)
    def test_what_the_card_promises_reaches_the_service(
        self, trial: Trial, capability: Capability
    ) -> None:
        """The order differs by what was given, and the bytes of pictures arrive."""
        service = service_only(trial)
        card = card_that(trial, capability, Support.FULL)
        without = _plain(trial, card)
        # A provider may leave out what is empty, so two different ones are compared as well.
        orders = []
        for request, data in [(without, None), *_variants(trial, card, capability, without)]:
            _order(trial, request)
            orders.append(_comparable(service.orders[-1]))
            if data is not None and not service.received(data):
                wrong(
                    f"the card of {card.id} says {capability.value} = full, and the bytes of "
                    f"request.{_GIVEN[capability]} never reached the service: upload them in "
                    "prepare(), or send them with the order"
                )
        if any(order in orders[:at] for at, order in enumerate(orders)):
            if capability is Capability.AUDIO and trial.clip(without).audio:
                return  # its clips always have sound, which the film leaves out where it may
            wrong(
                f"the card of {card.id} says {capability.value} = full, and {trial.where} sends "
                f"the same order whatever request.{_GIVEN[capability]} is: {orders[-1]!r}. Send "
                "it, or say less in the card"
            )

    @pytest.mark.parametrize("capability", _MEDIA, ids=lambda one: one.value)
    def test_what_the_card_rules_out_is_not_dropped_in_silence(
        self, trial: Trial, capability: Capability
    ) -> None:
        """It is refused, sent for the service to judge, or told in the clip's notes."""
        service = service_only(trial)
        card = card_that(trial, capability, Support.NONE)
        without = _plain(trial, card)
        _order(trial, without)
        plain = _comparable(service.orders[-1])
        request, _ = _variants(trial, card, capability, without)[0]
        # A last frame comes with a first one, which is no difference that it makes itself.
        none: Any = () if capability is Capability.REFERENCES else None
        bare = trial.ordered(attrs.evolve(request, **{_GIVEN[capability]: none}))
        if not isinstance(bare, Exception):
            plain = _comparable(service.orders[-1])
        made = trial.ordered(request)
        if isinstance(made, MiniStudioError):
            return
        if isinstance(made, Exception):
            wrong(
                f"{trial.where} raised {said(made)} for request.{_GIVEN[capability]}, which the "
                f"card of {card.id} rules out: raise InvalidRequest"
            )
        if _comparable(service.orders[-1]) != plain:
            return
        clip = trial.clip(request)
        if not clip.notes:
            wrong(
                f"the card of {card.id} says {capability.value} = none, and {trial.where} drops "
                f"request.{_GIVEN[capability]} without a word: raise InvalidRequest in prepare(), "
                "or tell it by  clip_from_file(path, notes=[...])"
            )

    def test_the_length_that_is_asked_for_reaches_the_service(self, trial: Trial) -> None:
        """Two lengths are two orders."""
        service = service_only(trial)
        _differs(trial, service, "seconds", _two_lengths(trial))

    def test_the_model_that_is_asked_for_reaches_the_service(self, trial: Trial) -> None:
        """Two models are two orders."""
        service = service_only(trial)
        # A model that only takes pictures needs one, so those that take text are compared.
        cards = [c for c in trial.cards if c.support(Capability.TEXT) is not Support.NONE]
        if len(cards) < 2:  # noqa: PLR2004 - one is no choice
            pytest.skip("its spec names one model alone")
        asked = trial.request(cards[0])
        orders = []
        for card in cards[:2]:
            before = service.submits
            _order(trial, attrs.evolve(asked, model=card.id, seconds=trial.request(card).seconds))
            if service.submits == before:
                pytest.skip("its models are not ordered at one service")
            orders.append(service.orders[-1])
        if orders[0] == orders[1]:
            pytest.skip("its models are told apart by an address, which orders do not show")


def _two_lengths(trial: Trial) -> list[ClipRequest]:
    short, long = lengths(trial.card)
    if short == long:
        pytest.skip(f"{trial.card.id} makes clips of one length alone")
    durations = trial.card.durations
    if isinstance(durations, DurationRange):
        # A short clip is made sooner, and shows the same.
        long = min(long, short + max(1.0, durations.step))
    return [trial.request(seconds=short), trial.request(seconds=long)]


def _differs(trial: Trial, service: Any, what: str, requests: list[ClipRequest]) -> None:
    orders = []
    for request in requests:
        _order(trial, request)
        orders.append(_comparable(service.orders[-1]))
    if orders[0] == orders[1]:
        wrong(f"{trial.where} sends the same order whatever request.{what} is: {orders[0]!r}")


def _order(trial: Trial, request: ClipRequest) -> None:
    made = trial.ordered(request)
    if isinstance(made, Exception):
        wrong(f"a good order at a service without any fault raised {said(made)} in {trial.where}")


def _plain(trial: Trial, card: ModelCard) -> ClipRequest:
    """Return the request that others are compared with."""
    request = trial.request(card)
    return attrs.evolve(request, prompt=prompt(request.prompt.text, card, ""))


def _variants(
    trial: Trial, card: ModelCard, capability: Capability, without: ClipRequest
) -> list[tuple[ClipRequest, bytes | None]]:
    """Return requests that use a capability in two ways, each with the bytes that must arrive."""
    match capability:
        case Capability.SEED:
            return [(attrs.evolve(without, seed=seed), None) for seed in (8, 4_000_000_000)]
        case Capability.AUDIO:
            return [(attrs.evolve(without, audio=not without.audio), None)]
        case Capability.NEGATIVE_PROMPT:
            text = without.prompt.text
            said_ = [prompt(text, card, negative) for negative in ("rain", "snow")]
            return [(attrs.evolve(without, prompt=one), None) for one in said_]
        case Capability.EXTEND:
            return [_extended(trial, card, without)]
    pictures = [_same_name(trial, number) for number in (1, 2)]
    if capability is Capability.REFERENCES:
        roles = [[Reference(media=one, role=ReferenceRole.CHARACTER)] for one in pictures]
        made = [attrs.evolve(without, references=role) for role in roles]
    elif capability is Capability.LAST_FRAME:
        first = without.first_frame or _same_name(trial, 3)
        made = [attrs.evolve(without, first_frame=first, last_frame=one) for one in pictures]
    else:
        made = [attrs.evolve(without, first_frame=one) for one in pictures]
    return [(request, one.path.read_bytes()) for request, one in zip(made, pictures, strict=True)]


def _same_name(trial: Trial, number: int) -> MediaFile:
    """Return a picture that shares its file's name with the others: only its bytes differ."""
    folder = trial.into()
    return picture(folder, number)


def _extended(
    trial: Trial, card: ModelCard, without: ClipRequest
) -> tuple[ClipRequest, bytes | None]:
    job, path = None, trial.into() / "before.mp4"
    if isinstance(trial.provider, JobVideoProvider):
        job = trial.done(trial.request(card))
        shutil.copyfile(trial.fetched(job).path, path)
    else:
        make_clip(path, seconds=without.seconds, size=(without.size.width, without.size.height))
    before = MediaFile(path, file_sha256(path))
    return attrs.evolve(without, extend=ExtendFrom(media=before, job=job)), None


def _comparable(order: object) -> str:
    return repr(order)
