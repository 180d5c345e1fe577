"""The page behind a client contact's link to a monthly budget report."""

from django.urls import reverse

from archives.views.signed import ReadByLink
from budgets.models import MonthlyReport
from budgets.reports.monthly_figures import standings


def _shown(link, report):
    return "budgets/monthly_page.html", {
        "link": link,
        "contact": link.contact,
        "report": report,
        "rows": standings(report.rows),
        "ae": report.author,
        "language_url": reverse("accounts:language"),
    }


READ = ReadByLink(MonthlyReport, ("client", "budget", "author", "document"), _shown)
