"""The expense request (费用申请, EX): an internal paper, filed when it is approved (7)."""

from django.conf import settings
from django.utils.translation import gettext, gettext_noop, override

from accounts.models.scope import local_day
from agency.common.pdf import render
from agency.common.wording import money_text
from archives.kinds import Kind
from archives.models import Document
from archives.papers import draw_number, house, person_of
from archives.services import file_document, supersede

WORDS = gettext_noop("Expense request")
TITLE = 60


def file_expense(row, *, by, at):
    """Number and paper of an approved request; approved once more, the next revision."""
    former = row.document
    row.number = row.number or draw_number(row.client, "EX", at)
    content = render("budgets/pdf/expense.html", expense_paper(row, at))
    row.document = file_document(
        client=row.client, kind=Kind.EXPENSE_RECEIPT, title=_titled("zh-hans", row),
        title_en=_titled("en", row), content=content, name=_file_name(row, former),
        face=Document.Face.INTERNAL, dated_on=local_day(at), number=row.number,
        revision=revision_after(former), language=_language(row), replaces=former, by=by, at=at,
    )  # fmt: skip
    if former:
        supersede(document=former, by=by, at=at)


def revision_after(former):
    return former.revision + 1 if former else 1


def _file_name(row, former):
    stem = row.number.replace("/", "-")
    return f"{stem}-R{revision_after(former)}.pdf" if former else f"{stem}.pdf"


def _language(row):
    return row.client.paper_language if row.client else "zh"


def _titled(language, row):
    with override(language):
        return " ".join(f"{gettext(WORDS)} {row.purpose[:TITLE]}".split())


def expense_paper(row, at):
    """The plain data of templates/budgets/pdf/expense.html."""
    client, agency = row.client, house()
    who = {"name": client.name, "name_en": client.name_en} if client else agency
    return {
        "face": "internal",
        "lang": _language(row),
        "zone": client.timezone if client else settings.TIME_ZONE,
        "house": agency,
        "number": row.number,
        "revision": revision_after(row.document),
        "client": {"name": who["name"], "name_en": who["name_en"]},
        "author": person_of(row.author),
        "issued_at": at,
        "expense_kind": f"expense_{row.kind}",
        "is_afterwards": row.is_afterwards,
        "on": row.on,
        "opportunity": row.opportunity.title if row.opportunity else "",
        "purpose": row.purpose,
        "people": row.people,
        "amount": money_text(row.amount),
        "spent": money_text(row.spent),
        "receipt": row.receipt.name if row.receipt else "",
        "reason": row.reason,
        "signers": [
            {"as": "author", "person": person_of(row.author), "at": row.requested_at},
            {"as": "approved_by", "person": person_of(row.decided_by), "at": row.decided_at},
        ],
    }
