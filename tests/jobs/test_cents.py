"""Ten estimates that round worst: page = papers = sheet = mail = database, to the cent (Z5, 6.1).

The figures of each were reckoned by hand in fractions; none comes from jobs/sums.py.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

import pytest
from django.core import signing as django_signing
from django.urls import reverse

from accounts.models import ClientLink
from agency import links
from agency.common.models import OutboxMail
from agency.common.money import capitals
from agency.common.pdf import text_of as words_of
from archives.storage import read_file
from jobs.services.lines import save_line
from jobs.services.revising import draft_change_order
from tests.jobs import make
from tests.jobs.desk import sheet_of
from tests.jobs.way import NOW, REASON, D, Team
from tests.meetings.pages import text_of
from tests.pdfs import squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.papers]
AMOUNT = re.compile(r"−?\d[\d,]*\.\d\d(?![\d%])")
COST, PRICE = 10, 12  # columns of the sheet
CENT = D("0.01")
SUMS = ("subtotal", "contingency", "net", "vat", "total")


def line(quantity, unit_cost, price, cost=None, **fields):
    """A line as it is typed, and what it must come to."""
    typed = {"text": "Odd", "unit": "x", "markup_rate": D("0"), **fields}
    typed |= {"quantity": D(quantity), "unit_cost": D(unit_cost)}
    return typed, D(cost or price), D(price)


@dataclass
class Case:
    """sums: subtotal, contingency, net, VAT, total; taxes: net and VAT by rate, in their order."""

    name: str
    lines: list
    sums: str
    taxes: str
    rate: str = "0"
    is_change: bool = field(default=False, kw_only=True)

    @property
    def amounts(self):
        return dict(zip(SUMS, map(D, self.sums.split()), strict=True))

    @property
    def prices(self):
        return [price for _data, _cost, price in self.lines]

    @property
    def costs(self):
        return [cost for _data, cost, _price in self.lines]

    @property
    def cost(self):
        return sum(cost for data, cost, _p in self.lines if data.get("chosen", True))

    @property
    def kept_back(self):
        """The contingency, where there is one: else nothing is shown of it."""
        return [self.amounts["contingency"]] if D(self.rate) else []


THIRD = line("3", "33.335", "100.01")  # 100.005
EIGHTH = line("1", "0.125", "0.13")
LEFT_OUT = line("1", "0.125", "0.13", is_optional=True, chosen=False)
CASES = [
    Case("three thirds", [THIRD], "100.01 0 100.01 6.00 106.01", "100.01 6.00"),
    Case(
        "one eighth at three rates",
        [EIGHTH, line("1", "0.125", "0.13", vat_rate=D("0.09")),
         line("1", "0.125", "0.13", vat_rate=D("0.13"))],
        "0.39 0 0.39 0.04 0.43", "0.13 0.01 0.13 0.01 0.13 0.02",
    ),
    Case(  # 2,000.10 if it were rounded at the end
        "twenty times the same half cent", [THIRD] * 20,
        "2000.20 100.01 2100.21 126.01 2226.22", "2100.21 126.01", "0.05",
    ),
    Case(
        "halves given back", [line("-1", "0.125", "-0.13"), line("-3", "33.335", "-100.01")],
        "-100.14 0 -100.14 -6.01 -106.15", "-100.14 -6.01", is_change=True,
    ),
    Case(  # VAT of 0.015, 0.015, 0.045 and 0.065
        "half a cent of each VAT",
        [line("1", "0.50", "0.50", vat_rate=D("0")), line("1", "0.50", "0.50", vat_rate=D("0.03")),
         line("1", "0.25", "0.25"), line("1", "0.50", "0.50", vat_rate=D("0.09")),
         line("1", "0.50", "0.50", vat_rate=D("0.13"))],
        "2.25 0 2.25 0.16 2.41", "0.50 0 0.50 0.02 0.25 0.02 0.50 0.05 0.50 0.07",
    ),
    Case(
        "half a cent of the contingency", [line("1", "100.10", "100.10", vat_rate=D("0.13"))],
        "100.10 5.01 105.11 13.31 118.42", "5.01 0.30 100.10 13.01", "0.05",
    ),
    Case(
        "contingency given back",
        [line("-1", "100.10", "-100.10"), line("-1", "0.125", "-0.13", vat_rate=D("0.13"))],
        "-100.23 -5.01 -105.24 -6.33 -111.57", "-105.11 -6.31 -0.13 -0.02", "0.05",
        is_change=True,
    ),
    Case(
        "thousandths",
        [line("0.001", "5", "0.01"), line("0.001", "4.9999", "0.00"),
         line("0.333", "0.015", "0.05", "0.00", markup_rate=D("9")),
         line("7", "865.33", "7126.43", "6057.31", markup_rate=D("0.1765"))],
        "7126.49 237.31 7363.80 441.83 7805.63", "7363.80 441.83", "0.0333",
    ),
    Case(
        "fixed prices and an option left out",
        [line("3", "1200", "100.01", "3600.00", fixed_price=D("33.335")),
         line("1.5", "0", "0.50", "0.00", fixed_price=D("0.33")), LEFT_OUT],
        "100.51 10.05 110.56 6.63 117.19", "110.56 6.63", "0.10",
    ),
    Case(
        "millions beside nothing",
        [line("1234.5", "9999.9999", "14523892.35", "12344999.88", markup_rate=D("0.1765")),
         line("5000", "1.236", "7270.77", "6180.00", markup_rate=D("0.1765"), vat_rate=D("0.13")),
         line("0.005", "0.999", "0.00")],
        "14531163.12 726558.16 15257721.28 915972.23 16173693.51",
        "15250450.51 915027.03 7270.77 945.20", "0.05",
    ),
]  # fmt: skip


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request):
    return request.param


@pytest.fixture
def team(db):
    return Team(code="LM", paper_language="zh", sign_needs_code=False)


@pytest.fixture
def sent(team, case):
    """The estimate of the case, printed and mailed by the verbs."""
    typed = [data for data, _cost, _price in case.lines]
    if not case.is_change:
        return team.sent(lines=typed, contingency_rate=D(case.rate))
    base = make.make_estimate(team.job, contingency_rate=D(case.rate))
    make.pass_to(base, "signed")
    draft = draft_change_order(estimate=base, by=team.ae, at=NOW, reason=REASON)
    for data in typed:
        save_line(estimate=draft, data=data, by=team.ae, at=NOW)
    draft.refresh_from_db()
    return team.sent(draft)


# --- what is read ------------------------------------------------------------------------------


def said(*amounts):
    """As people read them, each as often as it stands there."""
    return Counter(f"{'−' if amount < 0 else ''}{abs(amount):,.2f}" for amount in amounts)


def read(text):
    return Counter(AMOUNT.findall(text))


def head_of(case):
    """What stands on every page and paper."""
    sums = case.amounts
    shown = [sums["subtotal"], *case.kept_back, sums["net"], sums["total"]]
    return said(*shown, *case.prices)


def taxes_of(case):
    return said(*map(D, case.taxes.split()))


def costs_of(case):
    """What our side reads beside it: costs and margin, unit costs of no more than a cent."""
    cost, typed = case.cost, said(*exact(case, "unit_cost"))
    return said(*case.costs, cost, case.amounts["subtotal"] - cost) + typed


def exact(case, name):
    amounts = [data.get(name) for data, _cost, _price in case.lines]
    return [one for one in amounts if one is not None and one == one.quantize(CENT)]


def units(case):
    """Unit prices, where they come out to the cent."""
    for data, _cost, price in case.lines:
        each = (price / data["quantity"]).quantize(CENT)
        if each * data["quantity"] == price:
            yield each


def guest_page(client, estimate):
    link = ClientLink.objects.of(estimate.client_document).get()
    client.cookies[links.COOKIE] = django_signing.dumps([link.pk], salt=links.SALT)
    return text_of(client.get(reverse("link_page", args=[link.pk])))


@pytest.mark.rule("R58")
def test_ten_estimates_that_round_worst(sent, case, team, client):
    """One after the other, so that each paper is printed once."""
    in_database(sent, case)
    on_client_face(sent, case, client)
    client.force_login(team.ae)
    on_our_page(sent, case, client)
    on_our_paper(sent, case)
    in_sheet(sent, case, client)
    in_mail(case)


def in_database(sent, case):
    sent.refresh_from_db()
    assert {name: getattr(sent, name) for name in SUMS} == case.amounts
    assert list(sent.lines.values_list("price", flat=True)) == case.prices
    assert list(sent.lines.values_list("cost", flat=True)) == case.costs


def on_client_face(sent, case, client):
    """The total stands once more where it is signed, on the page twice."""
    total, expected = case.amounts["total"], head_of(case) + taxes_of(case)
    paper = words_of(read_file(sent.client_document.sha256))
    assert read(paper) == expected + said(*units(case), total)
    assert capitals(total) in squeezed(paper)
    assert read(guest_page(client, sent)) == expected + said(total, total)


def on_our_page(sent, case, client):
    page = text_of(client.get(reverse("jobs:estimate_detail", args=[sent.pk])))
    expected = head_of(case) + taxes_of(case) + costs_of(case)
    assert read(page) == expected + said(*units(case))


def on_our_paper(sent, case):
    """The margin of each line too; all VAT in one; the total as the manager typed it."""
    paper = words_of(read_file(sent.internal_document.sha256))
    margins = [price - cost for _data, cost, price in case.lines]
    more = said(*margins, case.amounts["vat"], case.amounts["total"], *exact(case, "fixed_price"))
    assert read(paper) == head_of(case) + costs_of(case) + more


def in_sheet(sent, case, client):
    rows = sheet_of(client.get(reverse("jobs:estimate_sheet", args=[sent.pk])))
    assert [D(f"{row[PRICE]}") for row in rows] == case.prices
    assert [D(f"{row[COST]}") for row in rows] == case.costs


def in_mail(case):
    mail = OutboxMail.objects.get(kind="client_paper")
    assert read(mail.text) == said(case.amounts["total"])
    assert "<" not in mail.text
