"""The worked examples of a media plan (domain.md 6.2)."""

from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from budgets.sums import invoice_totals, media_line_sums, plan_totals

TV = (20, D("18000"), D("0.45"), D("360000.00"), D("198000.00"), D("29700.00"), D("5940.00"))
PAGE = (4, D("86500"), D("0.325"), D("346000.00"), D("233550.00"), D("35032.50"), D("7006.50"))
RADIO = (90, D("1280.50"), D("0.5"), D("115245.00"), D("57622.50"), D("8643.38"), D("1728.68"))
LINES = (TV, PAGE, RADIO)


def sums_of(line, fee="0.03"):
    return media_line_sums(*line[:3], None, D("0.15"), D(fee))


@pytest.mark.parametrize("line", LINES)
def test_line_to_the_cent(line):
    sums = sums_of(line)
    assert (sums.gross, sums.media_price, sums.commission, sums.service_fee) == line[3:]


def test_agreed_price_takes_the_place_of_the_discount():
    sums = media_line_sums(20, D("18000"), D("0.45"), D("180000"), D("0.15"), D("0"))
    assert (sums.gross, sums.media_price, sums.commission) == (
        D("360000.00"), D("180000.00"), D("27000.00"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("mode", "fee", "net", "vat", "total", "payable"),
    [
        ("included", "0", "489172.50", "29350.35", "518522.85", "415796.62"),
        ("included", "0.03", "503847.68", "30230.86", "534078.54", "415796.62"),
        ("on_top", "0", "562548.38", "33752.90", "596301.28", "489172.50"),
    ],
)
def test_plan_to_the_cent(mode, fee, net, vat, total, payable):
    sums = plan_totals([sums_of(line, fee) for line in LINES], mode, D("0.06"))
    assert (sums.gross, sums.media_price, sums.commission) == (
        D("821245.00"), D("489172.50"), D("73375.88"),
    )  # fmt: skip
    assert (sums.client_net, sums.vat, sums.total) == (D(net), D(vat), D(total))
    assert sums.payable == D(payable)
    assert f"{sums.discount_rate:.3f}" == "0.404"


def test_invoice_taxes_once_a_rate():
    rows = [
        SimpleNamespace(net=D(net), vat_rate=D(rate))
        for net, rate in [("0.10", "0.06"), ("0.10", "0.06"), ("10.00", "0.13")]
    ]
    assert invoice_totals(rows) == (D("10.20"), D("1.31"), D("11.51"))
