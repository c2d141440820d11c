"""Sums of money are exact, and currencies do not mix."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.values.money import Money

micros = st.integers(-(10**15), 10**15)


@settings(max_examples=50, deadline=None)
@given(st.lists(micros, min_size=1))
def test_a_sum_is_the_sum_of_its_parts_in_any_order(amounts):
    def total(parts):
        result = Money(0)
        for part in parts:
            result = result + Money(part)
        return result

    assert total(amounts) == total(reversed(amounts)) == Money(sum(amounts))


@settings(max_examples=50, deadline=None)
@given(micros)
def test_the_amount_reads_back_as_the_same_money(number):
    assert Money.of(Money(number).amount) == Money(number)


@settings(max_examples=50, deadline=None)
@given(st.lists(micros))
def test_money_sorts_by_amount(amounts):
    assert [m.micros for m in sorted(map(Money, amounts))] == sorted(amounts)


@pytest.mark.parametrize(
    ("amount", "number"),
    [
        ("0.40", 400_000),
        (3, 3_000_000),
        (Decimal("0.0000005"), 0),
        (Decimal("0.0000015"), 2),
        ("-0.25", -250_000),
    ],
)
def test_whole_units_become_micros_rounded_half_to_even(amount, number):
    assert Money.of(amount) == Money(number)


def test_ten_tenths_make_one():
    assert sum((Money.of("0.1") for _ in range(9)), Money.of("0.1")) == Money.of(1)


def test_a_multiple_is_rounded_to_whole_micros():
    assert Money.of("0.40").times(8) == Money.of("3.20")
    assert Money(1).times(Decimal("0.5")) == Money(0)
    assert Money(3).times(Decimal("0.5")) == Money(2)


@pytest.mark.parametrize("mix", [lambda a, b: a + b, lambda a, b: a < b])
def test_currencies_do_not_mix(mix):
    with pytest.raises(ValueError, match="USD and EUR"):
        mix(Money.of(1), Money.of(1, "EUR"))


def test_equal_numbers_of_two_currencies_are_not_equal():
    assert Money.of(1) != Money.of(1, "EUR")


@pytest.mark.parametrize(
    ("money", "text"),
    [(Money.of("3.2"), "3.20 USD"), (Money.of("0.0125", "EUR"), "0.0125 EUR")],
)
def test_money_prints_with_its_currency(money, text):
    assert str(money) == text


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("20 USD", Money(20_000_000)),
        ("20", Money(20_000_000)),
        (" 0.5  EUR ", Money(500_000, "EUR")),
        ("0.000001JPY", Money(1, "JPY")),
        ("999999999.999999 USD", Money(999_999_999_999_999)),
        ("0", Money(0)),
    ],
)
def test_an_amount_is_read_with_its_currency_or_as_dollars(text, money):
    assert Money.parse(text) == money


@pytest.mark.parametrize(
    "text",
    [
        "",
        "USD",
        "20 usd",
        "20 DOLLARS",
        "$20",
        "-1 USD",
        "+1 USD",
        "1e3",
        "1,50 EUR",
        ".5 USD",
        "5. USD",
        "0.0000001 USD",
        "1234567890 USD",
        "nan",
        "inf",
        "20 USD 20 USD",
        "\u0664\u0662 USD",
    ],
)
def test_what_is_no_amount_of_money_is_refused_in_its_own_words(text):
    with pytest.raises(ValueError, match="must be an amount of money such as '20 USD'") as caught:
        Money.parse(text)
    assert repr(text) in str(caught.value)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**15 - 1), st.sampled_from(["USD", "EUR", "JPY"]))
def test_every_amount_that_can_be_written_is_read_exactly(number, currency):
    money = Money(number, currency)
    assert Money.parse(f"{money.amount:f} {currency}") == money
