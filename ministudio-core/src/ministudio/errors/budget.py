"""What money forbids, before anything is ordered."""

from __future__ import annotations

from ministudio.errors.base import MiniStudioError

__all__ = ["BudgetError", "BudgetExceeded", "NotConfirmed", "PriceUnknown"]


class BudgetError(MiniStudioError):
    """Money forbids it: nothing was ordered."""


class BudgetExceeded(BudgetError):
    """One more clip would break a cap on money, seconds or clips."""


class PriceUnknown(BudgetError):
    """Nobody says what a paid clip costs; an unknown price is never taken for 0."""


class NotConfirmed(BudgetError):
    """The film costs more than may be spent without a question, and the answer was not yes."""
