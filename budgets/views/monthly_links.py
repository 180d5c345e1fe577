"""The page behind a client contact's link to a monthly budget report: to read, nothing to answer.

`monthly_page` serves /c/link/<id>/ for links of purpose "view"; agency/links.py has checked the
cookie and that the link may be read. Opening changes nothing (C9).
"""

from zoneinfo import ZoneInfo

from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from archives.downloads import document_of, link_paper
from budgets.models import MonthlyReport
from budgets.reports.monthly_figures import standings


def monthly_page(request, link):
    """What stands on the client's face, in the contact's language."""
    return _answer(request, link, _show)


def monthly_pdf(request, link):
    """The paper itself, exactly the bytes the link is bound to."""
    return _answer(request, link, _paper)


def _answer(request, link, shown):
    report = report_of(link)
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    if report is None or report.state != MonthlyReport.State.ISSUED:
        return _replaced(request, link, report)
    return shown(request, link, report)


def _paper(request, link, report):
    return link_paper(link) or _replaced(request, link, report)


def report_of(link):
    """The report whose client face the link leads to."""
    paper = document_of(link)
    rows = MonthlyReport.objects.filter(document=paper) if paper else MonthlyReport.objects.none()
    return rows.select_related("client", "budget", "author", "document").first()


def _replaced(request, link, report):
    """An old link says that a newer report counts, and shows nothing else."""
    return render(request, "budgets/monthly_replaced.html", {"link": link, "report": report})


def _show(request, link, report):
    context = {
        "link": link,
        "contact": link.contact,
        "report": report,
        "rows": standings(report.rows),
        "ae": report.author,
        "language_url": reverse("accounts:language"),
    }
    with timezone.override(ZoneInfo(link.contact.client.timezone)):
        return render(request, "budgets/monthly_page.html", context)
