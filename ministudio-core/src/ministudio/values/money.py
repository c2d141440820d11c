"""Money as whole micro-units of one currency, so that sums are exact."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

import attrs

__all__ = ["Money"]

_MICROS = Decimal(1_000_000)
_AMOUNT = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)(?:\s*([A-Z]{3}))?")


@attrs.frozen(order=False)
class Money:
    """An exact amount of money; amounts of different currencies do not mix.

    Args:
        micros: How much it is, in millionths of the currency.
        currency: Its ISO 4217 code.

    Raises:
        ValueError: When two currencies meet in one sum or comparison.
    """

    micros: int
    currency: str = "USD"

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str = "USD") -> Money:
        """Return ``amount`` whole units, rounded half to even at the sixth decimal."""
        micros = (Decimal(amount) * _MICROS).to_integral_value(ROUND_HALF_EVEN)
        return cls(int(micros), currency)

    @classmethod
    def parse(cls, text: str) -> Money:
        """Return what ``"20 USD"`` or ``"0.5 EUR"`` says; dollars where no currency is named.

        Raises:
            ValueError: When it is no amount of money.
        """
        found = _AMOUNT.fullmatch(text.strip())
        if found is None:
            msg = f"must be an amount of money such as '20 USD', not {text!r}"
            raise ValueError(msg)
        return cls.of(found[1], found[2] or "USD")

    @property
    def amount(self) -> Decimal:
        """The amount in whole units."""
        return Decimal(self.micros) / _MICROS

    def __add__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(self.micros + other.micros, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same_currency(other)
        return self.micros < other.micros

    def times(self, factor: Decimal | int) -> Money:
        """Return the amount ``factor`` times over, rounded half to even."""
        micros = (Decimal(self.micros) * Decimal(factor)).to_integral_value(ROUND_HALF_EVEN)
        return Money(int(micros), self.currency)

    def __str__(self) -> str:
        places = 2 if self.micros % 10_000 == 0 else 4
        return f"{self.amount:.{places}f} {self.currency}"

    def _same_currency(self, other: Money) -> None:
        if self.currency != other.currency:
            msg = f"{self.currency} and {other.currency} do not add up"
            raise ValueError(msg)
