"""The formulas of media plans and invoices (domain.md 6.2), each in one place."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from agency.common.money import cents, vat

ZERO = Decimal("0.00")
ON_TOP = "on_top"


@dataclass(frozen=True)
class MediaSums:
    """What a media line comes to: rate card price, media price, commission, service fee."""

    gross: Decimal
    media_price: Decimal
    commission: Decimal
    service_fee: Decimal


def media_line_sums(runs, unit_gross, discount, fixed_price, commission_rate, fee_rate):
    """The four sums of a line, each rounded once; bonus runs cost nothing and are not asked for.

    fixed_price: the agreed price of the whole line; takes the place of gross × (1 − discount).
    """
    gross = cents(runs * unit_gross)
    price = cents(gross * (1 - discount)) if fixed_price is None else cents(fixed_price)
    return MediaSums(gross, price, cents(price * commission_rate), cents(price * fee_rate))


@dataclass(frozen=True)
class PlanTotals:
    """The sums of a media plan, in its client's currency."""

    gross: Decimal
    media_price: Decimal
    commission: Decimal
    service_fee: Decimal
    client_net: Decimal
    vat: Decimal
    total: Decimal
    payable: Decimal

    @property
    def income(self):
        """What the agency earns."""
        return self.commission + self.service_fee

    @property
    def discount_rate(self):
        """Of all lines together; None without a rate card price."""
        return 1 - self.media_price / self.gross if self.gross else None


def plan_totals(lines, mode, vat_rate):
    """Sums of lines that each have gross, media_price, commission and service_fee (6.2)."""
    gross, price, commission, fee = (
        sum((getattr(line, name) for line in lines), ZERO)
        for name in ("gross", "media_price", "commission", "service_fee")
    )
    is_on_top = mode == ON_TOP
    net = price + fee + (commission if is_on_top else ZERO)
    tax = vat({vat_rate: net})
    payable = price if is_on_top else price - commission
    return PlanTotals(gross, price, commission, fee, net, tax, net + tax, payable)


def line_net(line, mode):
    """What the client pays for one media line, without VAT."""
    return line.media_price + line.service_fee + (line.commission if mode == ON_TOP else ZERO)


def invoice_totals(lines):
    """(net, VAT, total) of lines with net and vat_rate: VAT once a rate (Z5)."""
    nets = defaultdict(lambda: ZERO)
    for line in lines:
        nets[line.vat_rate] += line.net
    net, tax = sum(nets.values(), ZERO), vat(nets)
    return net, tax, net + tax
