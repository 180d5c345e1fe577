"""Costs of clients from a spreadsheet: a row per client, read, never obeyed."""

from collections import namedtuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.cells import formulas
from budgets.models import AccountCost
from budgets.statement import amount_of
from jobs.incoming import Shape

KINDS = tuple(AccountCost.Kind.values)
HEADS = {
    "client": "client code client.code 客户 客户代码 客户编号 客户名称",
    "staff": "staff staff.cost 人员 人员成本 人工 人工成本",
    "other": "other other.cost 其他 其他成本 其他费用",
}
SHAPE = Shape(
    ("client", *KINDS), HEADS, "client", gettext_lazy("At most %(most)s rows can be read.")
)
SUM_ROWS = {"total", "sum", "合计", "总计"}
Read = namedtuple("Read", "amounts problems")


def costs_of(text, clients):
    """Read: {(client, kind): amount} of the rows that are right, and what is wrong in each row."""
    known = _named(clients)
    found, problems, seen = {}, [], set()
    for number, row in enumerate(SHAPE.rows_of(text), start=1):
        name = row.get("client", "")
        if name.casefold() in SUM_ROWS:
            continue
        client = known.get(name.casefold())
        told = list(_problems(row, name, client, seen))
        seen.add(client)
        problems += [
            _("Row %(row)s: %(why)s") % {"row": number, "why": problem} for problem in told
        ]
        if not told:
            found |= {(client, kind): amount_of(row[kind]) for kind in KINDS if row.get(kind)}
    return Read(found, problems)


def _named(clients):
    """{code or name in either language: client}."""
    found = {}
    for client in clients:
        for name in filter(None, (client.name, client.name_en)):
            found.setdefault(name.casefold(), client)
    return found | {client.code.casefold(): client for client in clients}


def _problems(row, name, client, seen):
    if client is None:
        yield _("there is no client “%(name)s”.") % {"name": name[:60]}
    elif client in seen:
        yield _("%(name)s stands there twice.") % {"name": client}
    for kind in KINDS:
        text = row.get(kind, "")
        if text and (kind in formulas(row) or (amount := amount_of(text)) is None):
            yield _("“%(text)s” is no amount.") % {"text": text[:40]}
        elif text and amount < 0:
            yield _("A cost is at least 0.")
