"""What pages of meetings share: the right on the client, and the client's own time (Z3)."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.permissions import can
from agency.common.views import FormPage, PlainPage, VerbView
from meetings.models import ActionPoint, ContactReport, Meeting
from meetings.papers import meetings_of

State = ContactReport.State
IN_FORCE = (State.ISSUED, State.ACCEPTED, State.OBJECTED, State.DEEMED_ACCEPTED)


class InClient:
    """Mixin, put first: asks the right on the client of `self.object`, and shows its local time."""

    @cached_property
    def object(self):
        return get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    @cached_property
    def client(self):
        return client_of(self.object)

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated or self.client is None:
            return super().dispatch(request, *args, **kwargs)
        if not self.may_enter():
            raise PermissionDenied(self.permission)
        with timezone.override(ZoneInfo(self.client.timezone)):
            return drawn(super().dispatch(request, *args, **kwargs))

    def may_enter(self):
        """The right on this client; the verb asks it again."""
        return can(self.request.user, self.permission, self.client, self.now)

    def get_crumbs(self):
        return client_crumbs(self.client)

    def get_context_data(self, **kwargs):
        extra = {"object": self.object, "client": self.client, "zone": foreign_zone(self.client)}
        return super().get_context_data(**{**extra, **kwargs})


def drawn(response):
    """Draw a lazy page now, while the zone and the language of the person are active."""
    return response.render() if getattr(response, "is_rendered", True) is False else response


def client_of(row):
    """The client of a meeting, a report or an action."""
    return row.report.client if isinstance(row, ActionPoint) else row.client


def foreign_zone(client):
    """The name of the client's zone where it is not the agency's, else "" (Z3)."""
    return "" if client is None or client.timezone == settings.TIME_ZONE else client.timezone


def client_crumbs(client):
    """Client / Meetings."""
    if client is None:
        return [(_("Meetings"), reverse("meetings:meeting_list"))]
    return [
        (str(client), reverse("accounts:client_detail", args=[client.pk])),
        (_("Meetings"), f"{reverse('meetings:meeting_list')}?client={client.pk}"),
    ]


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


class ClientPlainPage(InClient, PlainPage):
    """A page to read about a client's row."""


class ClientFormPage(InClient, FormPage):
    """A form about a client's row."""


class ClientVerbView(InClient, VerbView):
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
