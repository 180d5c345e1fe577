"""The client's year: drafted, authorised with the client's proof, given up (R33, 4.2)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, override

from accounts.permissions import require
from accounts.services.telling import posts, tell, words
from agency.common.errors import Refused
from agency.common.pdf import render
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.kinds import Kind
from archives.models import Document
from archives.papers import draw_number
from archives.services import file_document, supersede
from budgets.models import MONTHS, AnnualBudget, BudgetLine
from budgets.papers.budget import budget_form
from budgets.years import client_day, fiscal_year

State = AnnualBudget.State
EDIT, AUTHORISE = "budgets.edit_budget", "budgets.authorise_budget"
TITLE = gettext_noop("Budget form")
YEARS_BACK, YEARS_AHEAD = 1, 2
GOOD_PROOF = (Document.State.ISSUED, Document.State.HISTORY)


def years_open(client, at):
    """The fiscal years a budget may be drafted for: last year's to the one after next."""
    now = fiscal_year(client, client_day(client, at))
    return list(range(now - YEARS_BACK, now + YEARS_AHEAD + 1))


@verb
def draft_budget(*, client, year, by, at, reason="", form_key=None):
    """Begin the budget of a fiscal year, or a new version with the lines of the one in force.

    Asked twice it returns the draft that is there. A new version needs a reason (Z16).
    """
    client = lock(client)
    behalf = require(by, EDIT, client, at)
    if draft := client.budgets.filter(year=year, state=State.DRAFT).first():
        return draft
    former = _check_new(client, year, at)
    draft = AnnualBudget.objects.create(
        client=client, year=year, version=former.version + 1 if former else 1,
        currency=client.currency, reason=check_reason(reason) if former else "",
        po_number=former.po_number if former else "", form_key=form_key,
        created_by=by, created_at=at,
    )  # fmt: skip
    if former:
        _copy_lines(former, draft, by, at)
    record(draft, "draft_budget", by=by, at=at, client=client, behalf_of=behalf, year=year)
    return draft


def _check_new(client, year, at):
    """The version in force, None before the first; Refused where there can be no budget."""
    if client.is_closed:
        raise Refused(_("This client is closed."))
    if year not in years_open(client, at):
        raise Refused(_("A budget is drafted for a year near the current one."), "year")
    return client.budgets.filter(year=year).authorised().first()


def _copy_lines(former, draft, by, at):
    names = ("category", "brand_id", "amount", *MONTHS)
    BudgetLine.objects.bulk_create(
        BudgetLine(
            budget=draft, created_by=by, created_at=at,
            **{name: getattr(line, name) for name in names},
        )
        for line in former.lines.all()
    )  # fmt: skip


def open_draft(budget, by, at, row_version=None):
    """(the draft locked, for whom the person acts): what every change of a draft begins with."""
    row = lock(budget)
    row.client = budget.client
    behalf = require(by, EDIT, row.client, at)
    check_version(row, row_version)
    check_state(row, State.DRAFT)
    return row, behalf


@verb
def discard_budget(*, budget, by, at, row_version=None):
    """Drop a draft that was never authorised (Z15)."""
    row, behalf = open_draft(budget, by, at, row_version)
    record(
        row, "discard_budget", by=by, at=at, client=row.client, behalf_of=behalf,
        year=row.year, version=row.version, total=row.total,
    )  # fmt: skip
    row.delete()


# --- authorised -----------------------------------------------------------------------------------


@verb
def authorise_budget(
    *, budget, contact, authorised_on, proof, by, at, po_number="", row_version=None
):
    """The client has said yes: from now on this version counts, the former one gives way.

    contact: who of the client said it, authorised_on: on which of the client's days; proof: the
    filed paper that shows it. Prints and files the budget form (BF) and tells AE, AM and AD.
    """
    row = lock(budget)
    row.client = budget.client
    behalf = require(by, AUTHORISE, row.client, at)
    check_version(row, row_version)
    check_state(row, State.DRAFT)
    row.po_number = po_number.strip()
    row.authorised_by, row.authorised_on, row.proof = contact, authorised_on, proof
    _check(row, at)
    former = _retire(row, at)
    row.state, row.authorised_at = State.AUTHORISED, at
    row.document = _file(row, former, by, at)
    save(row)
    _tell(row, at)
    record(
        row, "authorise_budget", by=by, at=at, client=row.client, behalf_of=behalf,
        total=row.total, contact=str(contact), authorised_on=authorised_on, proof=proof.pk,
    )  # fmt: skip
    return row


def _check(row, at):
    """Refuse what no client can have authorised; every reason at its field."""
    client, today = row.client, client_day(row.client, at)
    reasons = []
    if not row.total:
        reasons.append(("", _("The sheet is empty: there is nothing to authorise.")))
    if row.authorised_by.client_id != client.pk or not row.authorised_by.is_active:
        reasons.append(("contact", _("This person does not speak for the client.")))
    if row.authorised_on > today:
        reasons.append(("authorised_on", _("This day is still to come.")))
    if row.proof.client_id != client.pk or row.proof.state not in GOOD_PROOF:
        reasons.append(("proof", _("This paper is no proof of the client's.")))
    if reasons:
        raise Refused(reasons[0][1], reasons[0][0], reasons)


def _retire(row, at):
    """The version in force until now, superseded; None before the first."""
    rows = AnnualBudget.objects.filter(client=row.client_id, year=row.year).authorised()
    former = rows.select_for_update(of=("self",)).first()
    if former:
        former.state, former.superseded_at = State.SUPERSEDED, at
        save(former)
    return former


def print_budget(row, number, at):
    """The budget form as it is filed; of a draft the preview, for the client to sign."""
    return render("budgets/pdf/budget_form.html", budget_form(row, number, at))


def _file(row, former, by, at):
    """The paper keeps its number from version to version."""
    old = former and former.document
    number = old.number if old else draw_number(row.client, "BF", at)
    stem = number.replace("/", "-") + (f"-R{row.version}" if row.version > 1 else "")
    paper = file_document(
        client=row.client, kind=Kind.BUDGET_FORM, title=_titled("zh-hans", row),
        title_en=_titled("en", row), content=print_budget(row, number, at), name=f"{stem}.pdf",
        face="client", dated_on=client_day(row.client, at), number=number, revision=row.version,
        language=row.client.paper_language, replaces=old, by=by, at=at,
    )  # fmt: skip
    if old and old.state == Document.State.ISSUED:
        supersede(document=old, at=at, by=by)
    return paper


def _titled(language, row):
    with override(language):
        return f"{_(TITLE)} {row.year_text}"


def _tell(row, at):
    text = gettext_lazy("Annual budget %(year)s is authorised, version %(version)s")
    label = words(text, year=row.year_text, version=row.version)
    people = posts(row.client, ["ae", "am", "ad"], at)
    tell("budget_authorised", row, people, label, client=row.client, at=at, slot="authorised")
