"""Planning a sit-down meeting: one page for the head, the people and the agenda items."""

from datetime import timedelta

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms.cast import Cast, key_of
from accounts.views.asked import ClientAsked
from agency.common.errors import Refused, Stale
from agency.common.pages import stale_page
from agency.common.views import PlainPage
from meetings import services
from meetings.forms.plan import HEAD, ChangePlanForm, NewPlanForm, PlanPage, moved_item
from meetings.forms.rows import job_key
from meetings.models import AgendaItem, Meeting
from meetings.views.base import (
    ClientPlainPage,
    InClient,
    MeetingRows,
    client_crumbs,
    jobs_of,
    meeting_url,
)

HOUR = timedelta(hours=1)


class PlanForms:
    """Mixin: draws the page, calls `act`, and puts what is refused at its field."""

    permission = "meetings.run_meeting"
    template_name = "meetings/meeting_form.html"

    def post(self, request, *args, **kwargs):
        if (moved := moved_item(request.POST)) is not None:
            return self.render_to_response(self.get_context_data(page=self.forms(moved)))
        page = self.forms(request.POST)
        if not page.is_valid():
            return self.again(page)
        try:
            meeting = self.act(page)
        except Stale as error:
            return stale_page(request, error, page.typed())
        except Refused as error:
            page.form.refuse(error)
            return self.again(page)
        return HttpResponseRedirect(meeting_url(meeting))

    def again(self, page):
        return self.render_to_response(self.get_context_data(page=page), status=422)

    def who(self):
        return {"by": self.request.user, "at": self.now}


class MeetingCreate(ClientAsked, PlanForms, InClient, PlainPage):
    page_title = _("Plan a meeting")
    object = None

    def get_crumbs(self):
        return client_crumbs(self.client)

    def forms(self, data=None):
        cast = Cast(self.client, self.now, me=self.request.user)
        start = self.now.replace(minute=0, second=0, microsecond=0) + 24 * HOUR
        initial = {"starts_at": start, "planned_end": start + HOUR}
        people = [{"person": key_of(row)} for row in (cast.me, cast.main_contact) if row]
        rows = {"people": people, "items": [], "jobs": jobs_of(cast.me, self.client)}
        return PlanPage(NewPlanForm, cast=cast, initial=initial, data=data, **rows)

    def act(self, page):
        plan = {
            "client": self.client,
            "data": page.data(propose_items=True),
            "form_key": page.form.cleaned_data["form_key"],
        }
        if page.form.series:
            return services.plan_series(**plan, **page.form.series, **self.who())[0]
        return services.plan_meeting(**plan, **self.who())

    def get_context_data(self, **kwargs):
        extra = {"page": None, "meeting": None, "postponed": []}
        if self.client is not None and "page" not in kwargs:
            extra["page"] = self.forms()
        return super().get_context_data(**{**extra, **kwargs})


class MeetingUpdate(MeetingRows, PlanForms, ClientPlainPage):
    """Change the plan while the meeting is ahead; once people are invited its time only moves."""

    page_title = _("Change the plan")

    @cached_property
    def object(self):
        ahead = self.rows().filter(state__in=Meeting.AHEAD)
        return get_object_or_404(ahead, pk=self.kwargs["pk"])

    @cached_property
    def items(self):
        rows = self.object.items.on_agenda()
        return list(rows.select_related("speaker__user", "speaker__contact", "asked_by", "job"))

    def forms(self, data=None):
        meeting = self.object
        attendees = list(meeting.attendees.select_related("user", "contact"))
        named = [row.user or row.contact for row in attendees]
        cast = Cast(self.client, self.now, me=self.request.user, also=named)
        return PlanPage(
            ChangePlanForm,
            cast=cast,
            initial=head_of(meeting),
            people=[{"person": key_of(r.user or r.contact), "task": r.task} for r in attendees],
            items=[item_initial(item) for item in self.items],
            known=self.items,
            jobs=jobs_of(cast.me, self.client, [row.job for row in self.items if row.job]),
            data=data,
            row_version=meeting.row_version,
            fixed_times=meeting.state != Meeting.State.DRAFT,
        )

    def act(self, page):
        row_version = page.form.cleaned_data["row_version"]
        return services.change_plan(
            meeting=self.object, data=page.data(), row_version=row_version, **self.who()
        )

    def get_context_data(self, **kwargs):
        meeting = self.object
        extra = {"pick": None, "meeting": meeting, "postponed": list(meeting.items.postponed())}
        extra["is_invited"] = meeting.state in Meeting.INVITED and self.now < meeting.starts_at
        if "page" not in kwargs:
            extra["page"] = self.forms()
        return super().get_context_data(**{**extra, **kwargs})


def head_of(meeting):
    initial = {name: getattr(meeting, name) for name in HEAD if name != "is_arranged"}
    return {**initial, "chair": key_of(meeting.chair)}


def item_initial(item):
    speaker = item.speaker and (item.speaker.user or item.speaker.contact)
    return {
        "pk": item.pk,
        "title": item.title,
        "minutes": item.minutes,
        "speaker": key_of(speaker),
        "is_client": item.source == AgendaItem.Source.CLIENT,
        "is_disputed": item.is_disputed,
        "job": job_key(item.job),
    }
