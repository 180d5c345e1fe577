"""The clients' annual budgets: authorised with a filed proof, one changed, one being drafted."""

from datetime import timedelta
from decimal import Decimal

from agency.common.pdf import render
from agency.demo.stories import slot
from agency.demo.works import SIGNERS, TEAMS
from archives.services import file_document
from budgets.reports.budget import budget_in_force
from budgets.services.budget import authorise_budget, draft_budget
from budgets.services.budget_sheet import save_lines
from budgets.spread import spread_like
from budgets.years import client_day, fiscal_year

D = Decimal
# Shares of the twelve months of the fiscal year.
FESTIVE = [D(share) for share in (14, 6, 5, 6, 9, 9, 4, 5, 10, 10, 12, 10)]
LAUNCH = [D(share) for share in (4, 4, 12, 14, 8, 6, 4, 6, 16, 12, 8, 6)]
WINTER = [D(share) for share in (12, 9, 6, 5, 5, 5, 5, 6, 8, 10, 12, 17)]
SEASONS = [D(share) for share in (12, 14, 8, 16, 16, 6, 12, 4, 2, 4, 2, 4)]
# client: (category, year, shape; evenly where there is none), LM and AH as in 6.4
YEARS = {
    "LM": [("production", "1500000.00", None), ("media", "6000000.00", FESTIVE)],
    "AH": [("production", "1500000.00", None), ("media", "2400000.00", WINTER)],
    "YL": [("production", "4200000.00", LAUNCH), ("media", "24000000.00", LAUNCH)],
    "HC": [("fee", "720000.00", None), ("production", "900000.00", None),
           ("media", "3600000.00", LAUNCH)],
    "QL": [("production", "480000.00", SEASONS), ("media", "1200000.00", SEASONS)],
}  # fmt: skip
BEGUN = {"QL": 9}  # weeks ago; 27 for the others
PEOPLE = {**TEAMS, "QL": ("ae2", "am2", "ad2")}
WORDS = {**SIGNERS, "QL": "秦岭雪"}
PO = {"HC": "HC-PO-1001"}


def all_budgets(stage):
    """Every story of a budget, ready to be played."""
    return [*(authorised(stage, code) for code in YEARS), changed(stage), to_come(stage)]


def authorised(stage, code):
    """The years that the demo stands in: the one it begins in, and today's where it is another."""
    yield slot(stage, BEGUN.get(code, 27), 0, 10)
    book = Book(stage, code)
    for year in sorted({book.year_at(stage.at), book.year_at(stage.now)}):
        book.draft(year)
        book.keep(YEARS[code])
        book.authorise()


def changed(stage):
    """YL: five weeks ago the client put more into its media; version 2."""
    yield slot(stage, 5, 2, 10)
    book = Book(stage, "YL")
    year = book.year_at(stage.now)
    book.draft(year, reason="客户为 SUV 上市追加媒介投放二百万元")
    book.keep([*YEARS["YL"][:1], ("media", "26000000.00", LAUNCH)])
    yield slot(stage, 5, 4, 15)
    book.authorise()


def to_come(stage):
    """LM: the year to come is being drafted, half of the production by brand."""
    yield slot(stage, 1, 0, 10)
    book = Book(stage, "LM")
    year = book.year_at(stage.now)
    former = budget_in_force(book.client, year, stage.at)
    book.draft(year + 1)
    brand = book.client.brands.order_by("pk").first()
    book.keep([("production", "900000.00", None), ("media", "6600000.00", FESTIVE)])
    rows = [
        {"category": line.category, "brand": None, "months": line.months}
        for line in book.budget.lines.all()
    ]
    share = {"category": "production", "brand": brand, "amount": former.total / 10}
    save_lines(budget=book.budget, rows=[*rows, share], **book.who("ae"))


class Book:
    """A client's year and the people who keep it."""

    def __init__(self, stage, code):
        self.stage, self.code, self.client = stage, code, stage.clients[code]
        self.budget = None

    def who(self, place):
        """ae or am of the client; where there is no am, the director."""
        ae, am, ad = PEOPLE[self.code]
        return {"by": self.stage.users[ae if place == "ae" else am or ad], "at": self.stage.at}

    def year_at(self, instant):
        return fiscal_year(self.client, client_day(self.client, instant))

    def draft(self, year, reason=""):
        self.budget = draft_budget(client=self.client, year=year, reason=reason, **self.who("ae"))

    def keep(self, rows):
        rows = [
            {"category": name, "brand": None, "amount": D(year),
             "months": shape and spread_like(D(year), shape)}
            for name, year, shape in rows
        ]  # fmt: skip
        save_lines(budget=self.budget, rows=rows, **self.who("ae"))

    def authorise(self):
        day = client_day(self.client, self.stage.at) - timedelta(days=1)
        authorise_budget(
            budget=self.budget, contact=self.client.contacts.get(name=WORDS[self.code]),
            authorised_on=day, proof=self.scan(day), po_number=PO.get(self.code, ""),
            **self.who("am"),
        )  # fmt: skip

    def scan(self, day):
        """The signed budget form, scanned."""
        budget = self.budget
        facts = {"budget": budget, "client": str(self.client), "name": WORDS[self.code]}
        return file_document(
            client=self.client, kind="signature_proof",
            title=f"{budget.year_text} 年度预算签字页 第 {budget.version} 版",
            content=render("demo/budget_signed.html", facts), name="signed-budget.pdf",
            face="client", dated_on=day, **self.who("am"),
        )  # fmt: skip
