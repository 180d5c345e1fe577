"""What a presentation has that other meetings have not: rehearsal, presenters, result (R85)."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from meetings import services
from meetings.forms.presentation import PresentationForm
from meetings.models import Meeting
from meetings.views.base import ClientFormPage, MeetingRows


class MeetingPresentation(MeetingRows, ClientFormPage):
    permission = "meetings.run_meeting"
    form_class = PresentationForm
    page_title = _("Rehearsal, presenters, result")
    button = _("Save presentation")
    done = _("The presentation is noted.")

    def rows(self):
        return super().rows().filter(purpose=Meeting.Purpose.PRESENTATION)

    @cached_property
    def ours(self):
        return list(self.object.attendees.filter(user__isnull=False).select_related("user"))

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "ours": self.ours}

    def get_initial(self):
        return {
            "rehearsed_on": self.object.rehearsed_on,
            "result": self.object.result,
            "presenters": [str(row.pk) for row in self.ours if row.is_presenter],
        }

    def act(self, form):
        who = {"by": self.request.user, "at": self.now}
        return services.note_presentation(meeting=self.object, **form.cleaned_data, **who)
