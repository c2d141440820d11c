"""Checks of the model cards: what planning, pricing and choosing know of a model."""

from __future__ import annotations

import functools
from importlib import metadata
from typing import TYPE_CHECKING, Final

import pytest

from ministudio.plugin import (
    Billing,
    ModelCard,
    PromptCompilerSpec,
    PromptUnit,
    VideoProviderSpec,
    permissive_card,
)
from ministudio.testing.checks.card_sense import (
    contradictions,
    odd_amounts,
    of,
    possible,
    without_heir,
)
from ministudio.testing.checks.known import GROUP
from ministudio.testing.checks.subject import Subject, described, none_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CardChecks"]

_RATIO: Final = (0.2, 6.0)


class CardChecks(Subject):
    """Cards are data: a wrong one costs somebody money, and nobody a traceback."""

    @classmethod
    def cards(cls) -> list[tuple[VideoProviderSpec, ModelCard]]:
        """Return each model card with its spec; skip where there is none."""
        specs = [spec for spec in cls.specs() if isinstance(spec, VideoProviderSpec)]
        if not specs:
            pytest.skip("there are no model cards: it describes no video provider")
        return [(spec, card) for spec in specs for card in spec.models]

    def test_every_model_has_names_of_its_own(self) -> None:
        """An id or an alias means one model."""
        problems = []
        for spec in dict.fromkeys(spec.name for spec, _ in self.cards()):
            cards = [card for other, card in self.cards() if other.name == spec]
            names = [name for card in cards for name in (card.id, *card.aliases)]
            problems += [
                f"{spec}: {name!r} is the id or an alias of {names.count(name)} cards: give it "
                "to one"
                for name in dict.fromkeys(names)
                if names.count(name) > 1
            ]
        none_of(problems)

    def test_every_model_has_a_title(self) -> None:
        """People are shown the title."""
        none_of(
            [
                f"{of(spec, card)} has no title: write the model's name for people"
                for spec, card in self.cards()
                if not card.title.strip()
            ]
        )

    def test_every_card_says_how_long_clips_are(self) -> None:
        """A shot of any length would be sent to a model that makes four seconds."""
        none_of(
            [
                f"{of(spec, card)} does not say which lengths the model makes: write durations "
                "= [4, 6, 8] or { low = 1, high = 10 }. Only a card without prices "
                "and aspect ratios is taken for one of a model that its user "
                "deploys, of which nobody knows more"
                for spec, card in self.cards()
                if card.durations is None and (card.prices or card.aspect_ratios)
            ]
        )

    def test_every_length_can_be_made(self) -> None:
        """Lengths are above zero, and a range begins before it ends."""
        none_of(
            [
                f"{of(spec, card)}: durations = {card.durations!r} cannot be: lengths are above "
                "zero and rising, and low is not above high"
                for spec, card in self.cards()
                if not possible(card.durations)
            ]
        )

    def test_every_paid_model_has_a_price(self) -> None:
        """Without one a user has to allow an unknown cost; that is said, and no fault."""
        unpriced = [
            of(spec, card)
            for spec, card in self.cards()
            if spec.billing is Billing.PAID and not card.free and not card.prices
        ]
        if unpriced:
            pytest.skip(
                f"no price is known of {', '.join(unpriced)}: films with it are refused until "
                "the user allows an unknown price; add prices = [{ per_second = ... }] if it can "
                "be known"
            )

    def test_what_is_free_has_no_price(self) -> None:
        """A price is either asked or not."""
        none_of(
            [
                f"{of(spec, card)} has prices, and {'the spec says billing=FREE' * free}"
                f"{'it says free' * (not free)}: take one of them away"
                for spec, card in self.cards()
                for free in [spec.billing is Billing.FREE]
                if card.prices and (free or card.free)
            ]
        )

    def test_every_price_is_dated_and_says_where_it_is_from(self) -> None:
        """Prices change; whoever reads one can look it up again."""
        today = self.day()
        none_of(
            [
                f"{of(spec, card)}: a price row is {what}"
                for spec, card in self.cards()
                for row in card.prices
                for wrong, what in (
                    (row.as_of > today, f"dated {row.as_of}, which is still to come"),
                    (not row.source.strip(), "without a source: write where it was read"),
                )
                if wrong
            ]
        )

    def test_every_price_is_an_amount_in_one_currency(self) -> None:
        """What is added up is of one kind, and nothing is paid out."""
        none_of(
            [
                f"{of(spec, card)}: {what}"
                for spec, card in self.cards()
                for what in odd_amounts(card)
            ]
        )

    def test_a_model_that_retires_names_another(self) -> None:
        """Its users are told what to use instead, and can."""
        none_of([p for spec, card in self.cards() for p in without_heir(spec, card)])

    def test_the_default_model_is_not_retired(self) -> None:
        """The first card is what is used unasked."""
        today = self.day()
        seen = {spec.name: spec for spec, _ in self.cards()}
        none_of(
            [
                f"{of(spec, spec.models[0])} comes first, so it is the default, and it retired "
                f"on {spec.models[0].retired_on}: put another first"
                for spec in seen.values()
                if spec.models[0].retired(today)
            ]
        )

    def test_every_card_says_under_which_licence(self) -> None:
        """Whoever publishes a film has to know."""
        none_of(
            [
                f"{of(spec, card)} names no licence: write the weights' licence, or the terms of "
                "the service"
                for spec, card in self.cards()
                if not card.licence.strip() and card != permissive_card(card.id)
            ]
        )

    def test_every_card_says_where_its_facts_are_from(self) -> None:
        """Facts about models age; whoever doubts one can look it up."""
        none_of(
            [
                f"{of(spec, card)} has no source: write where its facts were read"
                for spec, card in self.cards()
                if not card.source.strip() and card != permissive_card(card.id)
            ]
        )

    def test_a_prompts_budget_is_a_length(self) -> None:
        """Prompts are cut to it."""
        none_of(
            [
                f"{of(spec, card)}: the prompt's budget {card.prompt} cannot be: its size is "
                "above zero, and a token has from 0.2 to 6 characters"
                for spec, card in self.cards()
                if card.prompt is not None
                and not (
                    card.prompt.size > 0
                    and (
                        card.prompt.unit is not PromptUnit.TOKENS
                        or _RATIO[0] <= card.prompt.characters_per_token <= _RATIO[1]
                    )
                )
            ]
        )

    def test_every_dialect_is_spoken_by_a_compiler(self) -> None:
        """Otherwise no prompt is made for the model."""
        spoken = set(_dialects(_core())) | set(_dialects(self.plugin))
        none_of(
            [
                f"{of(spec, card)}: the dialect {card.dialect!r} is spoken by no compiler of the "
                f"core or of this plugin, which speak {', '.join(sorted(spoken))}: leave dialect "
                "out, or describe a compiler with it in ministudio_prompt_compilers()"
                for spec, card in self.cards()
                if card.dialect not in spoken
            ]
        )

    def test_the_compiler_it_prefers_is_there(self) -> None:
        """A spec may name a compiler: the core's, or its own plugin's."""
        names = [s.name for t in (_core(), self.plugin) for s in _compilers(t)]
        none_of(
            [
                f"the spec {spec.name} prefers the compiler {spec.compiler!r}, which neither the "
                f"core nor this plugin has: choose from {', '.join(names)}"
                for spec, _ in self.cards()
                if spec.compiler is not None and spec.compiler not in names
            ]
        )

    def test_a_card_makes_sense_as_a_whole(self) -> None:
        """What it says in one place it does not take back in another."""
        none_of([p for spec, card in self.cards() for p in contradictions(spec, card)])


def _core() -> str:
    (point,) = {p.value for p in metadata.entry_points(group=GROUP, name="core")}
    return point


@functools.cache
def _compilers(target: str) -> tuple[PromptCompilerSpec, ...]:
    return tuple(s for s in described(target).specs if isinstance(s, PromptCompilerSpec))


def _dialects(target: str) -> Iterator[str]:
    for spec in _compilers(target):
        yield from spec.dialects
