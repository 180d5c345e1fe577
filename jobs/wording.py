"""Rates, quantities and unit prices in words: as exact as they are, without idle zeros."""

from decimal import Decimal

CENTS = Decimal("0.01")


def rate_text(rate):
    """17.65% of 0.1765, 6% of 0.0600."""
    return "" if rate is None else f"{plain(Decimal(rate) * 100)}%"


def quantity_text(quantity):
    """5,000 of 5000.000; 1.5 of 1.500."""
    return "" if quantity is None else signed(quantity, plain(abs(quantity)))


def unit_text(price):
    """12,500.00, and 1.2360 where there is more than a cent to it."""
    if price is None:
        return ""
    exact = price == price.quantize(CENTS)
    return signed(price, f"{abs(price):,.2f}" if exact else f"{abs(price):,.4f}")


def plain(number):
    """With thousands, without the zeros at the end."""
    text = f"{number:,.4f}".rstrip("0").rstrip(".")
    return text or "0"


def signed(number, text):
    """A minus sign, not a hyphen."""
    return f"−{text}" if number < 0 else text
