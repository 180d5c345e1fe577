"""The receivables statement for the client and the income forecast for ourselves, on paper."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.verbs import lock, verb
from archives.kinds import Kind
from archives.services import dispatch
from budgets.papers.money import forecast_paper, owed_by_client, statement_paper
from budgets.reports.forecast import forecast
from budgets.services.filing import file_money

STATEMENT = gettext_noop("Receivables statement")
FORECAST = gettext_noop("Income forecast")
LETTER = "budgets/mail/statement.txt"


@verb
def issue_statement(*, client, by, at, contacts=()):
    """File what the client owes today, by age, and send it to those chosen, if any."""
    client = lock(client)
    behalf = require(by, "budgets.dun", client, at)
    rows = owed_by_client(client, at)
    if not rows:
        raise Refused(_("This client owes nothing today."))
    paper = file_money(
        client, kind=Kind.RECEIVABLES_STATEMENT, code="RS", words=STATEMENT, face="client",
        template="budgets/pdf/statement.html", by=by, at=at,
        data=lambda number: statement_paper(client, rows, number, by, at),
    )  # fmt: skip
    if contacts := list(contacts):
        dispatch(
            document=paper, contacts=contacts, key=f"statement:{paper.pk}", template=LETTER,
            context={"rows": rows, "sender": by}, at=at, by=by,
        )  # fmt: skip
    record(
        client, "issue_statement", by=by, at=at, client=client, behalf_of=behalf,
        number=paper.number, to=[contact.email for contact in contacts],
    )  # fmt: skip
    return paper


@verb
def file_forecast(*, client, year, by, at):
    """File the income forecast of the fiscal year as it is now; it never leaves the house."""
    client = lock(client)
    behalf = require(by, "budgets.view_margin", client, at)
    found = forecast(client, year, at)
    if not found.rows:
        raise Refused(_("There is no income to forecast for this year yet."))
    paper = file_money(
        client, kind=Kind.INCOME_FORECAST, code="IF", words=FORECAST, face="internal",
        template="budgets/pdf/forecast.html", by=by, at=at,
        data=lambda number: forecast_paper(found, number, by, at),
    )  # fmt: skip
    record(
        client, "file_forecast", by=by, at=at, client=client, behalf_of=behalf,
        number=paper.number, year=year,
    )  # fmt: skip
    return paper
