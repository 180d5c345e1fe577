"""This year's budgets of 30 clients with 1 and with 10 years behind them, beside bare limits.

`python -m bench.budgets [jobs a year] [years]`; needs an empty database (make bench gives one).
The database of the first year is kept beside that of all years; both are asked in turn, so that a
busy minute falls on both alike. Milliseconds are the best of several.
"""

import os
import sys
import time
from contextlib import contextmanager
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agency.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (after django.setup)
from django.db import connection, transaction  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.budgets_load import JOBS, House  # noqa: E402
from bench.budgets_sql import NOW, STANDINGS  # noqa: E402
from bench.jobs import bests, counted  # noqa: E402
from bench.pages import browser_of  # noqa: E402
from bench.pdf import Bare  # noqa: E402
from budgets.models import Invoice, InvoiceLine, MonthlyReport  # noqa: E402
from budgets.services.monthly import draft_monthly  # noqa: E402
from budgets.services.monthly_issue import FACES, print_face  # noqa: E402
from budgets.years import next_month  # noqa: E402
from jobs.models import Job  # noqa: E402

YEARS, TURNS, ROUNDS = 10, 3, 4
MOST, PAPER_MOST = 3, 1.2  # times the bare aggregate, times bare WeasyPrint
ROW = "{:34} {:>8} {:>10} {:>10} {:>7} {:>9} {:>8}"
LIMITS = {"  bare aggregate, ends of months": STANDINGS, "  bare aggregate, now": NOW}


class Desk:
    """What is looked at, and by whom: the director of all clients, finance, one client's AE."""

    def __init__(self, house):
        self.house, self.at = house, timezone.now()
        account = house.accounts[0]
        self.client, self.ae = account.client, account.ae
        self.draft = MonthlyReport.objects.get(client=self.client, state="draft")
        self.year = self.draft.budget.year
        self.ad, self.finance = (browser_of(user.username) for user in (house.ad, house.finance))

    def pages(self):
        """{name: (browser, address)}."""
        dashboard, report = reverse("budgets:dashboard"), self.draft.get_absolute_url()
        year = reverse("budgets:client_year", args=[self.client.pk, self.year])
        before = f"{next_month(self.draft.month, -1):%Y-%m}"
        return {
            "AD's page of 30 clients": (self.ad, dashboard),
            "  media only": (self.ad, f"{dashboard}?category=media"),
            "  a month as issued": (self.ad, f"{dashboard}?month={before}"),
            "  its XLSX": (self.ad, f"{dashboard}?format=xlsx"),
            "client's year as a sheet": (self.ad, year),
            "  XLSX of a year": (self.ad, f"{year}?format=xlsx"),
            "  list behind a figure": (self.ad, f"{year}billed/"),
            "client's page, budgets": (self.ad, f"{self.client.get_absolute_url()}?tab=budget"),
            "receivables by age": (self.finance, reverse("budgets:receivables")),
            "forecast of 30 clients": (self.ad, reverse("budgets:forecast")),
            "monthly report, draft": (self.ad, report),
            "  written": (browser_of(self.ae.username), f"{report}edit/"),
        }

    def acts(self):
        """{name: act}."""
        looks = {name: partial(look, *asked) for name, asked in self.pages().items()}
        limits = {name: partial(self.aggregate, sql) for name, sql in LIMITS.items()}
        # three of its questions take the one before back
        return looks | {"drafting a monthly report (+3)": self.draft_anew} | limits

    def draft_anew(self):
        """As the clock does; taken back again."""
        with transaction.atomic():
            rows = MonthlyReport.objects.filter(pk=self.draft.pk)
            rows._raw_delete(rows.db)
            draft_monthly(client=self.client, month=self.draft.month, at=self.at)
            transaction.set_rollback(True)

    def aggregate(self, sql):
        """All clients' figures in one statement, with nothing of ours around it."""
        with connection.cursor() as cursor:
            cursor.execute(sql, {"at": self.at, "year": self.year})
            assert len(cursor.fetchall()) >= len(self.house.accounts)


def look(browser, path):
    response = browser.get(path)
    assert response.status_code == 200, (path, response.status_code)


@contextmanager
def asking(name):
    """Another database, as this connection's; then the own one again."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def keep_first_year():
    """A copy of the database as it is; its name."""
    own = connection.settings_dict["NAME"]
    name = f"{own}_first"
    with asking("postgres"), connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {own}")
    return name


def measure(acts, names):
    """{act: [milliseconds in each database]}, the databases in turn, each several times."""
    found = {name: [[] for _base in names] for name in acts}
    for _turn in range(TURNS):
        for place, base in enumerate(names):
            with asking(base):
                for name, act in acts.items():
                    found[name][place] += bests(act, rounds=ROUNDS)
    return {name: [min(taken) for taken in both] for name, both in found.items()}


def table(acts, queries, spent, years):
    """Pages, the first of them beside each bare aggregate, and the papers' head."""
    print(ROW.format("best ms", "queries", "1 year", f"{years} years", "ratio", "limit", "to it"))
    for name, (first, then) in spent.items():
        ratio = f"{then / first:.2f}"
        bare = ("", "")
        if name in LIMITS:
            bare = (f"{then * MOST:.1f}", f"{spent[next(iter(acts))][1] / then:.2f}")
        print(ROW.format(name, queries[name], f"{first:.1f}", f"{then:.1f}", ratio, *bare))
    print(ROW.format("", "", "bare", "ours", "", "limit", "to bare"))


def papers(desk):
    """Both faces of an issued report beside bare WeasyPrint of the same pages."""
    report = MonthlyReport.objects.issued().filter(client=desk.client).latest("month")
    bare = Bare()
    for face, data in FACES.items():
        html = render_to_string(f"budgets/pdf/monthly_{face}.html", data(report, desk.at))
        ours = partial(print_face, report, face, desk.at)
        spent, limit = bests(ours, partial(bare.kept, html), rounds=7)
        row = (f"{limit:.0f}", f"{spent:.0f}", "", f"{limit * PAPER_MOST:.0f}")
        name = f"PDF of a report, {face} face"
        print(ROW.format(name, counted(ours), *row, f"{spent / limit:.2f}"))


def load(size, years):
    """(the desk, name of the database with the first year)."""
    begin = time.monotonic()
    call_command("migrate", verbosity=0)
    house = House()
    house.grow(0, size)
    desk = Desk(house)
    acts, first = desk.acts(), keep_first_year()
    for back in range(1, years):
        house.grow(back, size)
    counts = [model.objects.count() for model in (Job, Invoice, InvoiceLine)]
    text = "{:,} jobs, {:,} invoices, {:,} lines".format(*counts)
    print(f"{len(house.accounts)} clients, {years} years: {text}, {time.monotonic() - begin:.0f} s")
    return desk, acts, first


# As a site runs: no statement is noted down.
@override_settings(DEBUG=False)
def main(size=JOBS, years=YEARS):
    desk, acts, first = load(size, years)
    queries = {name: counted(act) for name, act in acts.items()}
    spent = measure(acts, [first, connection.settings_dict["NAME"]])
    table(acts, queries, spent, years)
    papers(desk)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
