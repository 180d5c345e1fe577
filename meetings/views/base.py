"""What pages of meetings share: the right on the client, and the client's own time (Z3)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.views import about
from accounts.views.about import crumbs_of
from jobs.models import Job
from meetings.forms.rows import job_key
from meetings.models import ActionPoint, ContactReport, Meeting
from meetings.papers import meetings_of

State = ContactReport.State
IN_FORCE = (State.ISSUED, State.ACCEPTED, State.OBJECTED, State.DEEMED_ACCEPTED)


class InClient(about.InClient):
    """Mixin, put first: what pages about a meeting, a report or an action share."""

    def client_of(self, row):
        return row.report.client if isinstance(row, ActionPoint) else row.client

    def get_crumbs(self):
        return client_crumbs(self.client)


def client_crumbs(client):
    """Client / Meetings."""
    return crumbs_of(client, _("Meetings"), reverse("meetings:meeting_list"))


def jobs_of(user, client, also=()):
    """{job_key: Job} of the client's jobs at work that a row may be about, and those it is."""
    rows = Job.objects.visible_to(user).filter(client=client).at_work().numbered()
    return {job_key(job): job for job in (*rows, *also)}


class MeetingRows:
    """Pages about one meeting."""

    def rows(self):
        rows = Meeting.objects.visible_to(self.request.user)
        return rows.select_related("client", "ae", "chair", "report", "claimed_by")

    def get_success_url(self):
        return meeting_url(self.object)

    def get_cancel_url(self):
        return meeting_url(self.object)

    def get_crumbs(self):
        return [*client_crumbs(self.client), (str(self.object), meeting_url(self.object))]


class ReportRows:
    """Pages about one contact report."""

    def rows(self):
        rows = ContactReport.objects.visible_to(self.request.user)
        return rows.select_related(
            "client", "author", "issued_by", "returner", "document", "internal_document"
        )

    def get_success_url(self):
        return report_url(self.object)

    def get_cancel_url(self):
        return report_url(self.object)

    def get_crumbs(self):
        return [*client_crumbs(self.client), (report_title(self.object), report_url(self.object))]


class ClientPlainPage(InClient, about.ClientPlainPage):
    """A page to read about a client's row."""


class ClientFormPage(InClient, about.ClientFormPage):
    """A form about a client's row."""


class ClientVerbView(InClient, about.ClientVerbView):
    """A verb on a client's row, with its confirm page."""


def meeting_url(meeting):
    return reverse("meetings:meeting_detail", args=[meeting.pk])


def report_url(report):
    return reverse("meetings:report_detail", args=[report.pk])


def edit_url(report):
    return reverse("meetings:report_update", args=[report.pk])


def report_title(report):
    """Its number, or what its meetings were about while it has none."""
    if report.number:
        return str(report)
    titles = [meeting.title for meeting in meetings_of(report)]
    return " · ".join(titles) or str(_("Contact report"))
