"""What a report is called in notices and mails."""

from django.utils.translation import gettext as _


def title_of(report):
    """A report has a number only once issued; before that it is called by its meeting."""
    if report.number:
        return str(report)
    if known := getattr(report, "first_title", ""):
        return known
    first = report.meetings.order_by("starts_at", "pk").first()
    return first.title if first else _("Contact report")
