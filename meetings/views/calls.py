"""The call list fifteen minutes before, as a page for a phone; arrivals beside it (R10, R11)."""

from django.utils.translation import gettext_lazy as _

from meetings import services
from meetings.forms.prepare import ARRIVED, CallForm
from meetings.models import Meeting
from meetings.views.prepare import RUN, MeetingRows
from meetings.views.venue import LinesPage


class CallList(MeetingRows, LinesPage):
    permission = RUN
    template_name = "meetings/prepare/calls.html"
    page_title = _("Call list")

    def rows(self):
        states = (*Meeting.INVITED, Meeting.State.HELD)
        return super().rows().sit_down().filter(state__in=states)

    def line_form(self, data):
        return CallForm(data, attendees=self.object.attendees.select_related("user", "contact"))

    def place_of(self, form):
        return f"person-{form.cleaned_data['attendee'].pk}"

    def act(self, form):
        typed, who = form.cleaned_data, {"by": self.request.user, "at": self.now}
        if typed["do"] == ARRIVED:
            there = typed["arrived_at"] or self.now
            return services.note_arrival(attendee=typed["attendee"], arrived_at=there, **who)
        return services.note_call(attendee=typed["attendee"], call=typed["do"], **who)

    def get_context_data(self, **kwargs):
        people = self.object.attendees.select_related("user", "contact")
        begun = self.now > self.object.starts_at
        extra = {
            "people": [(row, row.user or row.contact) for row in people],
            "may_call": self.object.state in Meeting.INVITED and not begun,
        }
        return super().get_context_data(**{**extra, **kwargs})
