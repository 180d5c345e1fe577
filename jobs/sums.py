"""The one formula of an estimate (domain.md 6.1); every total shown anywhere comes from here."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from agency.common.money import cents, vat

ZERO = Decimal("0.00")
MOST = Decimal("999999999999.99")  # of Decimal(14,2)
PERMILLE = Decimal("0.001")


@dataclass(frozen=True)
class Totals:
    """The sums of an estimate; by_rate: [(rate, net, VAT)], one row a rate, by rate."""

    subtotal: Decimal
    contingency: Decimal
    net: Decimal
    vat: Decimal
    total: Decimal
    cost: Decimal
    by_rate: tuple

    @property
    def margin(self):
        return self.subtotal - self.cost

    @property
    def margin_rate(self):
        """Of the price, to a tenth of a percent; None where there is no price."""
        return margin_rate(self.margin, self.subtotal)

    @property
    def are_kept(self):
        """Whether the columns of the database hold them."""
        amounts = (self.subtotal, self.contingency, self.net, self.vat, self.total, self.cost)
        return all(abs(amount) <= MOST for amount in amounts)


def line_sums(quantity, unit_cost, markup, fixed_price=None):
    """(cost, price) of a line: rounded once at the end, half away from zero.

    fixed_price: the client's price of one unit; takes the place of cost and markup.
    """
    cost = quantity * unit_cost
    price = cost * (1 + markup) if fixed_price is None else quantity * fixed_price
    return cents(cost), cents(price)


def totals(lines, contingency_rate, vat_rate):
    """Totals of lines, each with price, cost, vat_rate and chosen.

    Options that are not chosen count nowhere; the contingency is taxed at `vat_rate`; VAT is
    computed once per rate (Z5).
    """
    nets, cost = defaultdict(lambda: ZERO), ZERO
    for line in lines:
        if line.chosen:
            nets[line.vat_rate] += line.price
            cost += line.cost
    subtotal = sum(nets.values(), ZERO)
    contingency = cents(subtotal * contingency_rate)
    if contingency:
        nets[vat_rate] += contingency
    net, tax = subtotal + contingency, vat(nets)
    return Totals(
        subtotal=subtotal, contingency=contingency, net=net, vat=tax, total=net + tax, cost=cost,
        by_rate=tuple((rate, nets[rate], vat({rate: nets[rate]})) for rate in sorted(nets)),
    )  # fmt: skip


def margin_rate(margin, subtotal):
    return (margin / subtotal).quantize(PERMILLE) if subtotal else None


def unit_price(price, quantity):
    """The client's price of one unit, or None where it is not exact to the cent (6.1)."""
    each = price / quantity
    return cents(each) if cents(each) * quantity == price else None
