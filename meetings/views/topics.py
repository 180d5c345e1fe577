"""The page behind a contact's link to a meeting: do you come, what shall we talk about, the agenda.

`topics_page` serves GET and POST of /c/link/<id>/ for links of purpose "topics"; agency/links.py
has checked the cookie and that the link may be read. Opening changes nothing (C9).
"""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.common.context import request_ip
from agency.common.errors import Refused, Stale
from archives.downloads import paper_response
from meetings import services
from meetings.forms.agenda import GuestReplyForm, TopicForm
from meetings.models import Meeting

AGENT_LENGTH = 300
FORMS = {"reply": GuestReplyForm, "topic": TopicForm}
SHOWN = (Meeting.State.PLANNED, Meeting.State.AGENDA_SENT)


def topics_page(request, link):
    """The meeting in the contact's language and time; POST keeps an answer or a topic."""
    meeting = services.meeting_of(link)
    row = meeting and meeting.attendees.filter(contact=link.contact).first()
    if row is None or meeting.state not in SHOWN:
        return render(request, "accounts/link_closed.html", status=404)
    with timezone.override(ZoneInfo(link.contact.client.timezone)):
        page = TopicsPage(request, link, meeting, row)
        return page.post() if request.method == "POST" else page.show()


def topics_pdf(request, link):
    """The agenda itself, as it was sent last."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    meeting = services.meeting_of(link)
    is_theirs = meeting and meeting.attendees.filter(contact=link.contact).exists()
    if not is_theirs or meeting.agenda_document is None or meeting.state not in SHOWN:
        return render(request, "accounts/link_closed.html", status=404)
    return paper_response(meeting.agenda_document)


class TopicsPage:
    """One request for the page of a link."""

    def __init__(self, request, link, meeting, row):
        self.request, self.link, self.meeting, self.row = request, link, meeting, row
        self.now = timezone.now()

    def post(self):
        act = self.request.POST.get("act", "")
        if act not in FORMS:
            return self.show(status=422)
        form = FORMS[act](self.request.POST)
        if not form.is_valid():
            return self.show(status=422, **{act: form})
        try:
            self.answer(act, form.cleaned_data)
        except Stale as error:
            messages.error(self.request, str(error))
        except Refused as error:
            form.refuse(error)
            return self.show(status=422, **{act: form})
        return HttpResponseRedirect(self.request.path)

    def answer(self, act, typed):
        given = {
            "link": self.link,
            "ip": request_ip.get(),
            "agent": self.request.headers.get("User-Agent", "")[:AGENT_LENGTH],
            "at": self.now,
        }
        if act == "reply":
            services.reply_by_link(**typed, **given)
            messages.success(self.request, _("Thank you, we have noted your answer."))
        else:
            services.add_topic(**typed, **given)
            messages.success(self.request, _("Thank you, your topic has arrived."))

    def forms(self):
        answer = self.row.reply if self.row.replied_at else None
        return {"reply": GuestReplyForm(initial={"reply": answer}), "topic": TopicForm()}

    def show(self, status=200, **forms):
        meeting = self.meeting
        is_sent = meeting.state == Meeting.State.AGENDA_SENT
        context = {
            "link": self.link,
            "contact": self.link.contact,
            "meeting": meeting,
            "row": self.row,
            "forms": {**self.forms(), **forms},
            "own": list(meeting.items.filter(asked_by=self.link.contact).order_by("pk")),
            "sent": meeting.agenda_shown if is_sent else None,
            "language_url": reverse("accounts:language"),
        }
        return render(self.request, "meetings/topics_page.html", context, status=status)
