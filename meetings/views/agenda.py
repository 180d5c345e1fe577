"""The agenda before it goes out: the last look, the sending, and the client's topics (R1–R6)."""

from django.db.models import Max
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.common.errors import Refused
from agency.common.wording import span_text
from meetings import services
from meetings.enclosed import withheld
from meetings.forms.agenda import PostponeForm, SendForm, TopicsAskedForm
from meetings.lead import Lead, lead_verdict
from meetings.models import AgendaItem, Meeting
from meetings.reports.agenda import clocked
from meetings.views.base import ClientPlainPage, ClientVerbView, MeetingRows, meeting_url
from meetings.views.meeting import RUN, MeetingVerb
from meetings.views.report import picture_pages

FACES = ("client", "internal")
FACE_WORDS = (gettext_lazy("As the client gets it"), gettext_lazy("As our side gets it"))
TONES = {Lead.OK: "green", Lead.SHORT: "amber", Lead.LATE: "red", Lead.NONE: "red"}


class AgendaSend(MeetingVerb):
    """What the agenda lacks, how long before the start it is, both faces as pictures."""

    states = Meeting.INVITED
    form_class = SendForm
    template_name = "meetings/agenda_send.html"
    page_title = gettext_lazy("Send agenda")
    button = gettext_lazy("Send agenda")
    keep = gettext_lazy("Not yet")

    @cached_property
    def verdict(self):
        return lead_verdict(self.object.starts_at, self.now)

    @cached_property
    def over(self):
        return services.minutes_over(self.object)

    def get_form_kwargs(self):
        last = self.object.items.aggregate(last=Max("pk"))["last"] or 0
        extra = {"over": self.over, "is_late": self.verdict == Lead.LATE, "last_item": last}
        return {**super().get_form_kwargs(), **extra}

    def act(self, form):
        is_first = self.object.state == Meeting.State.PLANNED
        send = services.send_agenda if is_first else services.resend_agenda
        return send(**self.who(), **form.cleaned_data)

    def get_done(self):
        return _("Sent, %(time)s before the start.") % {"time": lead_words(self.result, self.now)}

    def get_context_data(self, **kwargs):
        meeting = self.object
        rows = list(meeting.attendees.select_related("user", "contact"))
        extra = {
            "meeting": meeting,
            "items": clocked(meeting),
            "total_minutes": meeting.planned_minutes + self.over,
            "faces": list(zip(FACES, FACE_WORDS, strict=True)),
            "problems": services.agenda_problems(meeting),
            "over": self.over,
            "verdict": self.verdict,
            "tone": TONES[self.verdict],
            "lead_time": lead_words(meeting, self.now),
            "has_begun": self.now >= meeting.starts_at,
            "unconfirmed": [str(row) for row in meeting.attendees.unconfirmed()],
            "withheld": list(withheld(meeting)),
            "unreached": [row.contact for row in rows if row.contact and not row.contact.email],
        }
        return super().get_context_data(**{**extra, **kwargs})


def lead_words(meeting, at):
    """How long before the start the instant is."""
    return span_text(meeting.starts_at - at) if at < meeting.starts_at else ""


class AgendaPreview(MeetingRows, ClientPlainPage):
    """Pictures of the pages of one face, as they would be sent now."""

    template_name = "meetings/agenda_preview.html"
    part_name = "meetings/_agenda_pages.html"
    permission = RUN
    page_title = gettext_lazy("As it will be sent")

    @cached_property
    def object(self):
        if self.kwargs["face"] not in FACES:
            raise Http404
        ahead = self.rows().filter(state__in=Meeting.AHEAD)
        return get_object_or_404(ahead, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        pages, problem, face = [], "", self.kwargs["face"]
        try:
            pdf = services.preview_agenda(meeting=self.object, face=face, at=self.now)
            pages = picture_pages(pdf)
        except Refused as error:
            problem = str(error)
        extra = {"meeting": self.object, "pages": pages, "problem": problem, "face": face}
        return super().get_context_data(**{**extra, **kwargs})


class TopicsAsked(MeetingVerb):
    states = Meeting.AHEAD
    form_class = TopicsAskedForm
    page_title = gettext_lazy("The client was asked for topics")
    consequence = gettext_lazy("It stands in place of the link that asks the client by mail.")
    button = gettext_lazy("Note it")
    keep = gettext_lazy("Back")
    done = gettext_lazy("Noted.")

    def get_initial(self):
        return {"note": self.object.topics_note}

    def act(self, form):
        return services.note_topics_asked(**self.who(), **form.cleaned_data)


class TopicVerb(ClientVerbView):
    """A verb on one topic of the client's."""

    permission = RUN

    def rows(self):
        meetings = Meeting.objects.visible_to(self.request.user)
        rows = AgendaItem.objects.filter(meeting__in=meetings.filter(state__in=Meeting.INVITED))
        return rows.select_related("meeting__client")

    def client_of(self, row):
        return row.meeting.client

    def get_success_url(self):
        return meeting_url(self.object.meeting)

    def get_cancel_url(self):
        return meeting_url(self.object.meeting)

    def who(self):
        return {"item": self.object, "by": self.request.user, "at": self.now}


class TopicPostpone(TopicVerb):
    form_class = PostponeForm
    page_title = gettext_lazy("Postpone this topic of the client's")
    button = gettext_lazy("Postpone the topic")
    keep = gettext_lazy("Leave it on the agenda")
    done = gettext_lazy("Postponed. It stands in the draft of the next agenda.")

    def get_consequence(self):
        words = _("“%(topic)s” leaves this agenda. The client reads your reason.")
        return words % {"topic": self.object.title}

    def act(self, form):
        return services.postpone_topic(**self.who(), **form.cleaned_data)


class TopicTakeUp(TopicVerb):
    page_title = gettext_lazy("Put this topic on the agenda again")
    consequence = gettext_lazy("It stands on this agenda again.")
    button = gettext_lazy("Put it on the agenda")
    keep = gettext_lazy("Back")
    done = gettext_lazy("It is on the agenda again.")

    def act(self, form):
        return services.take_up_topic(**self.who(), **form.cleaned_data)
