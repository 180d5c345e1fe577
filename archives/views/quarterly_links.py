"""The page behind a client contact's link to a quarterly report."""

from django.urls import reverse

from archives.models import QuarterlyReport
from archives.papers_quarterly import quarterly_client
from archives.quarters import quarter_text
from archives.views.signed import ReadByLink


def _shown(link, report):
    return "archives/quarterly_page.html", {
        "link": link,
        "contact": link.contact,
        "report": report,
        "period": quarter_text(report.year, report.quarter),
        "face": quarterly_client(report, report.issued_at),
        "ae": report.author,
        "language_url": reverse("accounts:language"),
    }


READ = ReadByLink(QuarterlyReport, ("client", "author", "document"), _shown)
