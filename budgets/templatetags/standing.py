"""Small pieces of the pages about where money stands: `{% load standing %}`."""

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from agency.common.wording import month_text
from budgets.reports.ageing import owed_url
from budgets.reports.over import after_estimate
from budgets.reports.standing_facts import together
from budgets.reports.standing_now import year_now
from budgets.years import year_text

register = template.Library()


@register.simple_tag
def figure(book, column, category="", month=None, alone=False, medium="", issued=False):
    """The address of the list behind a figure; issued: as the month's report was issued with."""
    asked = {
        "category": "" if category == "all" else category,
        "month": f"{month:%Y-%m}" if month else "",
        "alone": "1" if alone else "",
        "medium": medium,
        "issued": "1" if issued else "",
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    url = reverse("budgets:figure_list", args=[book.client.pk, book.year, column])
    return f"{url}?{query}" if query else url


@register.simple_tag
def owed_by(client, bucket=""):
    """The address of what a client owes: the invoices of an age, or all."""
    return owed_url(client.currency, bucket, client=client.pk)


@register.simple_tag
def earned(row, month):
    """The address of a client's contribution month by month, its fiscal year to the month."""
    asked = {
        "client": row.client.pk,
        "year": month.year,
        "until": month.month,
        "since": f"{row.book.months[0]:%Y-%m}",
    }
    return f"{reverse('budgets:profit')}?{urlencode(asked)}"


@register.inclusion_tag("budgets/_pace.html")
def pace(row):
    """Behind, ahead or on plan, in a word with its sign."""
    return {"word": row.pace_word}


@register.simple_tag
def year_of(client, at):
    """The client's fiscal year now, its Standing of all categories, and those over budget."""
    book = year_now(client, at)
    rows = book.rows(at)
    return {
        "year": book.year,
        "year_text": year_text(client, book.year),
        "row": together(rows),
        "over": [row for row in rows if row.is_over],
    }


@register.simple_tag
def budget_after(estimate, at):
    """The Standing of the production budget once the client signs the estimate (R37)."""
    return after_estimate(estimate, at)


register.filter("month_name", month_text)
