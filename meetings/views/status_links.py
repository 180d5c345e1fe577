"""The page behind a client contact's link to a weekly status report: to read, nothing to answer.

`status_page` serves /c/link/<id>/ for links of purpose "view" to such a paper; agency/links.py has
checked the cookie and that the link may be read. Opening changes nothing (C9). The lines are those
that were signed; what is open besides is shown as it stands today.
"""

from zoneinfo import ZoneInfo

from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from archives.downloads import document_of, link_paper
from meetings.models import StatusLine, StatusReport
from meetings.papers_status import status_client


def status_page(request, link):
    """What stands on the client's face, in the contact's language."""
    return _answer(request, link, _show)


def status_pdf(request, link):
    """The paper itself, exactly the bytes the link is bound to."""
    return _answer(request, link, _paper)


def _answer(request, link, shown):
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    report = report_of(link)
    if report is None or report.state != StatusReport.State.ISSUED:
        return _replaced(request, link)
    return shown(request, link, report)


def report_of(link):
    """The report whose client face the link leads to."""
    paper = document_of(link)
    rows = StatusReport.objects.filter(document=paper) if paper else StatusReport.objects.none()
    return rows.select_related("client", "author", "signed_by", "document").first()


def _paper(request, link, report):
    return link_paper(link) or _replaced(request, link)


def _replaced(request, link):
    """An old link says that a newer report counts, and shows nothing else."""
    return render(request, "budgets/monthly_replaced.html", {"link": link})


def _show(request, link, report):
    now = timezone.now()
    face = status_client(report, now)
    context = {
        "link": link,
        "contact": link.contact,
        "report": report,
        "face": face,
        "sections": list(zip(StatusLine.Section.labels, face["sections"], strict=True)),
        "ae": report.author,
        "language_url": reverse("accounts:language"),
    }
    with timezone.override(ZoneInfo(report.client.timezone)):
        today = timezone.localdate(now)
        return render(request, "meetings/status_page.html", {**context, "today": today})
