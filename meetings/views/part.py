"""One's own part of a meeting: the invitation answered, the task confirmed (R3)."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.common.errors import Refused
from agency.common.views import PlainPage
from meetings import services
from meetings.forms.agenda import ReplyForm
from meetings.models import Meeting
from meetings.reports.agenda import clocked
from meetings.views.base import client_crumbs


class MeetingPart(PlainPage):
    """What every one of ours who is invited may see and say, whatever client it is."""

    template_name = "meetings/meeting_part.html"
    page_title = gettext_lazy("My part of the meeting")

    @cached_property
    def object(self):
        rows = Meeting.objects.attended_by(self.request.user).invited()
        return get_object_or_404(
            rows.select_related("client", "ae", "chair", "agenda_internal_document"),
            pk=self.kwargs["pk"],
        )

    @cached_property
    def row(self):
        return self.object.attendees.get(user=self.request.user)

    def get_page_title(self):
        return str(self.object)

    def get_crumbs(self):
        return client_crumbs(self.object.client)[-1:]

    def post(self, request, *args, **kwargs):
        meeting, who = self.object, {"by": request.user, "at": self.now}
        try:
            if request.POST.get("act") == "confirm":
                services.confirm_task(meeting=meeting, **who)
                messages.success(request, _("Noted: your task is on it."))
            else:
                form = ReplyForm(request.POST)
                if not form.is_valid():
                    return self.again(form)
                services.reply_own(meeting=meeting, reply=form.cleaned_data["reply"], **who)
                messages.success(request, _("Noted."))
        except Refused as error:
            return self.again(ReplyForm(initial={"reply": self.row.reply}), str(error))
        return HttpResponseRedirect(reverse("meetings:meeting_part", args=[meeting.pk]))

    def again(self, form, problem=""):
        context = self.get_context_data(form=form, problem=problem)
        return self.render_to_response(context, status=422)

    def get_context_data(self, **kwargs):
        meeting = self.object
        extra = {
            "meeting": meeting,
            "row": self.row,
            "people": list(meeting.attendees.select_related("user", "contact")),
            "chair": services.chair_of(meeting),
            "items": clocked(meeting),
            "is_ahead": True,
            "is_open": self.now < meeting.starts_at,
            "problem": "",
        }
        if "form" not in kwargs:
            answer = self.row.reply if self.row.replied_at else None
            extra["form"] = ReplyForm(initial={"reply": answer})
        return super().get_context_data(**{**extra, **kwargs})
