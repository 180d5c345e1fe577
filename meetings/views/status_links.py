"""The page behind a client contact's link to a weekly status report.

The lines are those that were signed; what is open besides is shown as it stands today.
"""

from django.urls import reverse
from django.utils import timezone

from archives.views.signed import ReadByLink
from meetings.models import StatusLine, StatusReport
from meetings.papers_status import status_client


def _shown(link, report):
    now = timezone.now()
    face = status_client(report, now)
    return "meetings/status_page.html", {
        "link": link,
        "contact": link.contact,
        "report": report,
        "face": face,
        "sections": list(zip(StatusLine.Section.labels, face["sections"], strict=True)),
        "ae": report.author,
        "today": timezone.localdate(now),
        "language_url": reverse("accounts:language"),
    }


READ = ReadByLink(StatusReport, ("client", "author", "signed_by", "document"), _shown)
