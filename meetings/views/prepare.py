"""The prepare part of a meeting's page, and the pack: papers in, out, as one file (R7)."""

import os

from django.db.models import Case, Value, When
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.common.forms import ReasonForm
from agency.common.pages import error_page
from archives.downloads import AT_ONCE
from archives.models import Document
from archives.storage import StoreError
from meetings import packing, services
from meetings.constants import CALL_BEFORE
from meetings.deadline import local_day
from meetings.forms.prepare import AttachForm, WordsForm
from meetings.models import Meeting, PrepItem
from meetings.services import bookings, proposals
from meetings.views.base import (
    ClientFormPage,
    ClientPlainPage,
    ClientVerbView,
    MeetingRows,
    client_crumbs,
    meeting_url,
)

RUN = "meetings.run_meeting"
CHOICES = 40
SHOWN = (*Meeting.AHEAD, Meeting.State.HELD)


def preparation_of(meeting, user, may_run, at):
    """What the prepare part of the page shows; nothing of calls and written exchanges."""
    if not (meeting.is_sit_down and meeting.state in SHOWN):
        return {"prepares": False}
    places, venue = (
        packing.places(meeting, user, at),
        list(meeting.venue_items.select_related("done_by")),
    )
    is_ahead = meeting.state in Meeting.AHEAD
    may_call = may_run and meeting.state in Meeting.INVITED and at <= meeting.starts_at
    may_prepare = may_run and is_ahead
    if may_prepare:
        _mark_newer(places, proposals.newest(meeting.client, user, at))
    required = [place for place in places if place.item.required]
    return {
        "prepares": bool(places or venue),
        "may_prepare": may_prepare,
        "places": places,
        "required": len(required),
        "lacking": sum(place.is_open for place in required),
        "has_papers": any(place.papers for place in places),
        "may_fill": any(place.newer and not place.papers for place in places),
        "venue": venue,
        "venue_open": sum(1 for item in venue if item.done_at is None),
        "booking": bookings.of(meeting) if meeting.place == Meeting.Place.OURS else None,
        "checks": list(meeting.press_checks.select_related("by", "document")),
        "is_press_day": is_ahead and at <= meeting.starts_at
        and local_day(meeting.client, at) == local_day(meeting.client, meeting.starts_at),
        "calls_due": may_call and at >= meeting.starts_at - CALL_BEFORE,
    }  # fmt: skip


def _mark_newer(places, newest):
    """A paper filed since that stands in no place of the pack yet is offered beside it."""
    for place in places:
        paper = newest.get(place.item.kind)
        if paper and not place.item.not_needed and not place.holds(paper):
            place.newer = paper


class PackPlace:
    """Pages about one place of a pack."""

    permission = RUN

    def rows(self):
        rows = PrepItem.objects.visible_to(self.request.user)
        rows = rows.filter(meeting__state__in=Meeting.AHEAD)
        return rows.select_related("meeting__client")

    def client_of(self, row):
        return row.meeting.client

    def get_crumbs(self):
        meeting = self.object.meeting
        return [*client_crumbs(self.client), (str(meeting), meeting_url(meeting))]

    def get_success_url(self):
        return f"{meeting_url(self.object.meeting)}#pack"

    get_cancel_url = get_success_url

    def who(self):
        return {"item": self.object, "by": self.request.user, "at": self.now}


class PackAttach(PackPlace, ClientFormPage):
    """Papers of the client to choose from: those that fit the place first, the newest first."""

    form_class = AttachForm
    template_name = "meetings/prepare/attach.html"
    button = gettext_lazy("Attach")

    def get_page_title(self):
        return _("Attach: %(kind)s") % {"kind": self.object}

    @cached_property
    def words(self):
        form = WordsForm(self.request.GET or None)
        form.is_valid()
        return form

    @cached_property
    def papers(self):
        papers = proposals.attachable(self.client, self.request.user, self.now)
        papers = papers.exclude(pk__in=self.object.documents.values("pk"))
        if wanted := getattr(self.words, "cleaned_data", {}).get("q"):
            papers = papers.worded(wanted)
        fits = When(kind__in=proposals.KINDS[self.object.kind], then=Value(0))
        return papers.order_by(Case(fits, default=Value(1)), "-dated_on", "-pk")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"papers": self.papers}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        field = form.fields["documents"]
        field.choices = [(row.pk, field.label_from_instance(row)) for row in self.papers[:CHOICES]]
        return form

    def act(self, form):
        return services.attach(**self.who(), **form.cleaned_data)

    def get_context_data(self, **kwargs):
        extra = {"words": self.words, "is_searched": "q" in self.request.GET}
        return super().get_context_data(**{**extra, **kwargs})


class PackDetach(PackPlace, ClientVerbView):
    page_title = gettext_lazy("Take this paper out of the pack")
    consequence = gettext_lazy("It stays in the folder of the client.")
    button = gettext_lazy("Take it out")
    keep = gettext_lazy("Leave it in")

    @cached_property
    def document(self):
        papers = Document.objects.visible_to(self.request.user, self.now)
        own = papers.filter(pk__in=self.object.documents.values("pk"))
        return get_object_or_404(own.light(), pk=self.kwargs["document"])

    def get_consequence(self):
        return f"{self.document.label} · {self.consequence}"

    def act(self, form):
        return services.detach(**self.who(), document=self.document, **form.cleaned_data)


class PackNotNeeded(PackPlace, ClientVerbView):
    form_class = ReasonForm
    consequence = gettext_lazy("The reason stands on the cover of the pack.")
    button = gettext_lazy("Not needed")
    keep = gettext_lazy("Back")

    def get_page_title(self):
        return _("Not needed: %(kind)s") % {"kind": self.object}

    def act(self, form):
        return services.set_not_needed(**self.who(), **form.cleaned_data)


class PackNeeded(PackPlace, ClientVerbView):
    button = gettext_lazy("It is needed")
    keep = gettext_lazy("Back")

    def rows(self):
        return super().rows().exclude(not_needed="")

    def get_page_title(self):
        return _("Needed after all: %(kind)s") % {"kind": self.object}

    def act(self, form):
        return services.set_needed(**self.who(), **form.cleaned_data)


class Ahead(MeetingRows):
    """Pages about one sit-down meeting ahead."""

    permission = RUN

    def rows(self):
        return super().rows().ahead().sit_down()

    def who(self):
        return {"meeting": self.object, "by": self.request.user, "at": self.now}


class PackNewest(Ahead, ClientVerbView):
    page_title = gettext_lazy("Attach the newest papers")
    consequence = gettext_lazy("Each empty place gets the newest paper of its kind.")
    button = gettext_lazy("Attach them")
    keep = gettext_lazy("Back")
    done = gettext_lazy("The newest papers are in the pack.")

    def get_success_url(self):
        return f"{meeting_url(self.object)}#pack"

    def act(self, form):
        return services.attach_newest(**self.who(), **form.cleaned_data)


class PackFile(MeetingRows, ClientPlainPage):
    """The whole pack as one file, of the papers that this person may see."""

    permission = "accounts.view_client"

    def rows(self):
        return super().rows().sit_down().filter(state__in=SHOWN)

    def get(self, request, *args, **kwargs):
        try:
            response = self.answer()
        except StoreError as error:
            title = _("The file cannot be given out")
            page = error_page(500, happened=str(error), page_title=title)
            page.status_code = error.status
            return page
        day = local_day(self.client, self.object.starts_at)
        name = f"pack-{self.client.code}-{day}.{self.ending}"
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response


class PackPdf(PackFile):
    ending = "pdf"

    def answer(self):
        body = packing.pack_pdf(self.object, self.request.user, self.now)
        return HttpResponse(body, content_type="application/pdf")


class PackZip(PackFile):
    ending = "zip"

    def answer(self):
        file = packing.pack_zip(self.object, self.request.user, self.now)
        if file.seek(0, os.SEEK_END) <= AT_ONCE:
            with file:
                file.seek(0)
                return HttpResponse(file.read(), content_type="application/zip")
        file.seek(0)
        return FileResponse(file, content_type="application/zip")
