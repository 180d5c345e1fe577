"""The budget form as plain data: what the client means to spend, category × months (7)."""

from accounts.services.telling import posts
from agency.common.wording import sum_text
from archives.papers import head, person_of
from budgets.reports.budget_sheet import sheet_of
from budgets.years import first_and_last


def budget_form(budget, number, at):
    """One face: it holds nothing that the client may not know."""
    client, sheet = budget.client, sheet_of(budget)
    team = {role: _first(client, role, at) for role in ("ae", "am")}
    return {
        **head(client, "client", number=number, at=at, revision=budget.version),
        "author": team["ae"],
        "year": budget.year_text,
        "period": first_and_last(client, budget.year),
        "version": budget.version,
        "po_number": budget.po_number,
        "currency": budget.currency,
        "categories": [f"job_{row.category}" for row in sheet.categories],
        "months": [
            {"month": month, "sums": [sum_text(row.months[place]) for row in sheet.categories],
             "total": sum_text(sheet.months[place])}
            for place, month in enumerate(sheet.heads)
        ],
        "sums": [sum_text(row.amount) for row in sheet.categories],
        "total": sum_text(sheet.amount),
        "brands": _brands(sheet),
        "signers": [{"as": role, "person": team[role]} for role in team if team[role]],
        "signer": person_of(budget.authorised_by) if budget.authorised_by else None,
        "authorised_on": budget.authorised_on,
    }  # fmt: skip


def _first(client, role, at):
    """Who holds the post: never somebody of a post above (an empty one stays empty)."""
    found = [person for person in posts(client, [role], at) if person.role == role]
    return person_of(found[0]) if found else None


def _brands(sheet):
    """Rows of category and brand; none where no brand was named."""
    if not any(row.brand for row in sheet.rows):
        return []
    return [
        {"category": f"job_{row.category}", "brand": str(row.brand or ""),
         "amount": sum_text(row.amount)}
        for row in sheet.rows
    ]  # fmt: skip
