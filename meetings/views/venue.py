"""Venue list, room, reception sheet and press check of a meeting ahead (R8, R9)."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from accounts.forms.cast import Cast
from agency.common.errors import Refused
from agency.common.pdf import render
from agency.common.wording import moment_text
from archives.downloads import preview_response
from meetings import papers_prepare, services
from meetings.deadline import local_day
from meetings.forms.prepare import BookForm, PressForm, VenueForm
from meetings.models import Meeting, PressCheck
from meetings.services import bookings
from meetings.views.base import ClientFormPage, ClientPlainPage, ClientVerbView, meeting_url
from meetings.views.prepare import SHOWN, Ahead, MeetingRows


class LinesPage(ClientPlainPage):
    """A list whose every line is a form of its own: noted one by one, with a thumb.

    line_form(data): the form of the line that was sent; act(form) calls the verb.
    """

    def post(self, request, *args, **kwargs):
        form = self.line_form(request.POST)
        problem = ""
        if form.is_valid():
            try:
                self.act(form)
            except Refused as error:
                problem = str(error)
            else:
                return HttpResponseRedirect(f"{request.path}#{self.place_of(form)}")
        else:
            problem = next(iter(form.errors.values()))[0]
        extra = {"problem": problem, "typed": form.typed()}
        return self.render_to_response(self.get_context_data(**extra), status=422)

    def get_context_data(self, **kwargs):
        extra = {"meeting": self.object, "problem": "", "typed": []}
        return super().get_context_data(**{**extra, **kwargs})


class VenueList(Ahead, LinesPage):
    template_name = "meetings/prepare/venue.html"
    page_title = _("Venue list")

    def line_form(self, data):
        return VenueForm(data, items=self.object.venue_items.all())

    def place_of(self, form):
        return f"item-{form.cleaned_data['item'].pk}"

    def act(self, form):
        return services.note_venue(by=self.request.user, at=self.now, **form.cleaned_data)

    def get_context_data(self, **kwargs):
        meeting = self.object
        extra = {
            "items": list(meeting.venue_items.select_related("done_by")),
            "booking": bookings.of(meeting),
            "is_ours": meeting.place == Meeting.Place.OURS,
        }
        return super().get_context_data(**{**extra, **kwargs})


class RoomBook(Ahead, ClientFormPage):
    """A room for the time of the meeting; beside each whether it is free and large enough."""

    form_class = BookForm
    page_title = _("Book a meeting room")
    button = _("Book the room")

    def get_page_lead(self):
        start, end = self.object.starts_at, timezone.localtime(self.object.planned_end)
        count = self.object.attendees.count()
        people = ngettext("%(count)d person", "%(count)d people", count) % {"count": count}
        return f"{self.object} · {moment_text(start)}–{end:%H:%M} · {people}"

    def rows(self):
        return super().rows().filter(place=Meeting.Place.OURS)

    def get_form_kwargs(self):
        rooms = bookings.rooms_for(self.object)
        return super().get_form_kwargs() | {"choices": [(row.pk, text) for row, text in rooms]}

    def get_initial(self):
        booking = bookings.of(self.object)
        return {"room": booking and booking.room_id}

    def get_success_url(self):
        return f"{meeting_url(self.object)}#venue"

    def act(self, form):
        return services.book_room(**self.who(), **form.cleaned_data)


class RoomFree(Ahead, ClientVerbView):
    page_title = _("Give the room up")
    consequence = _("Others can book it at once.")
    button = pgettext_lazy("room", "Give it up")
    keep = _("Keep it")

    def rows(self):
        return super().rows().filter(booking__isnull=False)

    def get_success_url(self):
        return f"{meeting_url(self.object)}#venue"

    def act(self, form):
        return services.free_room(**self.who(), **form.cleaned_data)


class ReceptionSheet(MeetingRows, ClientPlainPage):
    """For the front desk: names, forms of address, when, where, whom to phone."""

    permission = "accounts.view_client"

    def rows(self):
        return super().rows().sit_down().filter(state__in=SHOWN)

    def get(self, request, *args, **kwargs):
        day = local_day(self.client, self.object.starts_at)
        pdf = render("meetings/pdf/reception.html", papers_prepare.reception(self.object, self.now))
        return preview_response(pdf, f"reception-{self.client.code}-{day}.pdf")


class PressCreate(Ahead, ClientFormPage):
    """The press check of the day, before the meeting."""

    form_class = PressForm
    page_title = _("Press check")
    button = _("Note the press check")

    def get_form_kwargs(self):
        there = set(self.object.attendees.values_list("user", flat=True))
        users = Cast(self.client, self.now).users
        people = {key: user for key, user in users.items() if user.pk not in there}
        return super().get_form_kwargs() | {"people": people}

    def get_success_url(self):
        return f"{meeting_url(self.object)}#press"

    def act(self, form):
        return services.check_press(**self.who(), **form.cleaned_data)


class PressFile(ClientVerbView):
    """One click files the finding in the reference file."""

    permission = "archives.file_document"
    page_title = _("File the finding as a clipping")
    button = _("File it")
    keep = _("Back")
    done = _("The finding is in the reference file.")

    @cached_property
    def object(self):
        return get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    def rows(self):
        rows = PressCheck.objects.visible_to(self.request.user).exclude(finding="")
        return rows.filter(meeting__isnull=False).select_related("client", "meeting")

    def get_success_url(self):
        return f"{meeting_url(self.object.meeting)}#press"

    get_cancel_url = get_success_url

    def act(self, form):
        who = {"by": self.request.user, "at": self.now}
        return services.file_finding(check=self.object, **who, **form.cleaned_data)
