"""Opportunities in every stage, and what the department asks to spend (domain.md section 11)."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from agency.common.dates import first_of
from agency.common.pdf import render
from agency.demo.desk import ago
from agency.demo.stories import HOUR
from archives.services import file_document
from budgets.models import ExpenseRequest
from budgets.services.account_cost import save_month
from budgets.services.expense import (
    approve_expense,
    create_expense,
    refuse_expense,
    request_expense,
)
from budgets.services.expense_budget import set_expense_budget
from budgets.services.opportunity import close_opportunity, create_opportunity
from budgets.services.spending import book_expense, enter_receipt
from budgets.years import next_month

D = Decimal
ALLOWED = {"office": "1500", "transport": "3000", "entertainment": "4000", "new_business": "6000"}
# client, who, title, income, months ahead, chance, stage, next step, in days, outcome, reason
CHANCES = [
    ("MT", "am1", "木棠家居 年度品牌代理", "360000", 3, "0.3", "pitch", "提案会", 7, "", ""),
    ("LM", "ae1", "绿麦 儿童坚果新品上市", "80000", 1, "0.3", "lead", "约市场部谈需求", 4, "", ""),
    ("YL", "ae2", "驭澜 车主社群运营", "150000", 2, "0.4", "contact", "送交案例集", -2, "", ""),
    ("AH", "ae3", "舒禾 电商旗舰店视觉", "96000", 2, "0.6", "offer", "跟进报价", 3, "", ""),
    ("HC", "ae4", "汇澄 私人银行手册", "60000", 1, "0.8", "offer", "", None, "won", ""),
    ("AH", "ae3", "安禾 企业年报设计", "45000", 1, "0.2", "contact", "", None, "lost",
     "客户改由内部设计团队完成。"),
]  # fmt: skip


# What people cost a client in a month, from the hours that finance is told; YL's are not in yet.
STAFF = {"LM": "38000", "AH": "11000", "HC": "42000"}


def all_spending(stage):
    return [chances(stage), expenses(stage), staff(stage)]


def staff(stage):
    """Finance enters the months of the calendar year that are over, the sheet of each at once."""
    yield stage.now - 3 * HOUR
    today = timezone.localdate(stage.now)
    cells = [(stage.clients[code], "staff", D(amount), 0) for code, amount in STAFF.items()]
    for number in range(1, today.month):
        save_month(
            month=date(today.year, number, 1), cells=cells, by=stage.users["finance1"], at=stage.at
        )


def chances(stage):
    """Entered two weeks ago, the newest next steps this week; one won, one lost."""
    yield ago(stage, 14)
    today = timezone.localdate(stage.now)
    rows = [_chance(stage, row, today) for row in CHANCES]
    yield ago(stage, 5)
    for row, (_code, login, *_facts, outcome, reason) in zip(rows, CHANCES, strict=True):
        if outcome:
            close_opportunity(
                opportunity=row, outcome=outcome, reason=reason, by=stage.users[login],
                at=stage.at,
            )  # fmt: skip


def _chance(stage, row, today):
    code, login, title, income, months, chance, step, words, days, *_end = row
    return create_opportunity(
        client=stage.clients[code], title=title, income=D(income), stage=step, next_step=words,
        month=next_month(first_of(today), months), probability=D(chance),
        next_on=None if days is None else today + timedelta(days=days),
        by=stage.users[login], at=stage.at,
    )  # fmt: skip


def expenses(stage):
    """This month's budgets; requests refused, over budget, spent and booked, and afterwards."""
    yield stage.now - 8 * HOUR
    today = timezone.localdate(stage.now)
    for kind, amount in ALLOWED.items():
        set_expense_budget(year=today.year, month=today.month, kind=kind, amount=D(amount),
                           by=stage.users["ad1"], at=stage.at)  # fmt: skip
    desk = Purse(stage)
    refused = desk.ask("ae1", "office", "LM", "1280", "订购一批样品展示架")
    over = desk.ask("ae1", "entertainment", "LM", "5200", "年度复盘晚餐", people="何嘉宁、叶知秋")
    spent = desk.ask("am1", "new_business", "LM", "1600", "木棠提案样板打样")
    yield stage.now - 6 * HOUR
    refuse_expense(expense=refused, reason="仓库还有去年的展示架，请先使用。", **desk.who("am1"))
    approve_expense(expense=over, reason="年度续约前的会晤，由总监批准超支。", **desk.who("ad1"))
    spent = approve_expense(expense=spent, **desk.who("ad1"))
    yield stage.now - 4 * HOUR
    desk.spend(spent, "1580.00")
    desk.ask("ae3", "transport", "AH", "268", "昨晚送样到客户仓库的出租车费", is_afterwards=True)


class Purse:
    """Who asks, who decides, now."""

    def __init__(self, stage):
        self.stage = stage

    def who(self, login):
        return {"by": self.stage.users[login], "at": self.stage.at}

    def ask(self, login, kind, code, amount, purpose, **more):
        day = timezone.localdate(self.stage.now)
        if more.get("is_afterwards"):
            day -= timedelta(days=1)
        row = create_expense(
            kind=kind, client=self.stage.clients[code], amount=D(amount), purpose=purpose, on=day,
            **self.who(login), **more,
        )  # fmt: skip
        if row.state == ExpenseRequest.State.DRAFT:
            row = request_expense(expense=row, **self.who(login))
        return row

    def spend(self, row, amount):
        """With its receipt, and finance books it."""
        facts = {"number": row.number, "client": str(row.client), "name": row.author.name}
        receipt = file_document(
            client=row.client, kind="expense_receipt", title=f"{row.number} 收据",
            name="receipt.pdf", content=render("demo/signed.html", facts), face="internal",
            dated_on=timezone.localdate(self.stage.at), by=row.author, at=self.stage.at,
        )  # fmt: skip
        row = enter_receipt(
            expense=row, spent=D(amount), receipt=receipt, by=row.author, at=self.stage.at
        )
        book_expense(expense=row, **self.who("finance1"))
