"""A meeting's page and its verbs, from the invitation to the corrected end."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.permissions import can
from agency.common.errors import Refused, Stale
from agency.common.forms import ReasonForm
from agency.common.pages import stale_page
from meetings import services
from meetings.forms.meeting import CorrectEndForm, Outcomes
from meetings.forms.report import badges_of
from meetings.models import Meeting
from meetings.reports.prepared import prepared
from meetings.views.base import (
    ClientPlainPage,
    ClientVerbView,
    MeetingRows,
    client_crumbs,
    edit_url,
    meeting_url,
)
from meetings.views.prepare import preparation_of

RUN = "meetings.run_meeting"


class MeetingDetail(MeetingRows, ClientPlainPage):
    """Everything about one meeting, with the verbs its state allows now."""

    permission = "accounts.view_client"
    template_name = "meetings/meeting_detail.html"

    def get_page_title(self):
        return str(self.object)

    def get_crumbs(self):
        return client_crumbs(self.client)

    def get_context_data(self, **kwargs):
        meeting = self.object
        is_over = meeting.state == Meeting.State.HELD
        people = list(meeting.attendees.select_related("user", "contact"))
        extra = {
            "meeting": meeting,
            "attendees": people,
            "chair": services.chair_of(meeting) if meeting.is_sit_down else None,
            "is_own_part": any(row.user_id == self.request.user.pk for row in people)
            and meeting.state in Meeting.INVITED,
            "is_invited": meeting.state in Meeting.INVITED,
            "has_begun": meeting.starts_at <= self.now,
            "may_run": self.may(RUN),
            "may_confirm": self.may("meetings.confirm_end"),
            "may_correct": is_over and (meeting.report is None or meeting.report.is_draft),
            **preparation_of(meeting, self.request.user, self.may(RUN), self.now),
        }
        items = self.results() if is_over else prepared(meeting, self.now)
        return super().get_context_data(**{**extra, **items, **kwargs})

    def results(self):
        """The items of a held meeting with what came of them."""
        rows = list(self.object.items.select_related("speaker__user", "speaker__contact"))
        minutes = sum(item.minutes for item in rows)
        return {"items": [(item, badges_of(item, True)) for item in rows], "total_minutes": minutes}

    def may(self, permission):
        return can(self.request.user, permission, self.client, self.now)


class MeetingVerb(MeetingRows, ClientVerbView):
    """A verb of a sit-down meeting; `states` are those in which its page is there."""

    permission = RUN
    states = ()

    @cached_property
    def object(self):
        return get_object_or_404(self.rows().filter(state__in=self.states), pk=self.kwargs["pk"])

    def who(self):
        return {"meeting": self.object, "by": self.request.user, "at": self.now}


class MeetingNotHeld(MeetingVerb):
    states = Meeting.INVITED
    form_class = ReasonForm
    page_title = _("This meeting was not held")
    consequence = _("Its clock stops and the AM is told. It needs no contact report.")
    button = _("Note: not held")
    keep = _("Back")
    done = _("Noted as not held.")
    grave = True

    def act(self, form):
        return services.not_held(**self.who(), **form.cleaned_data)


class MeetingCorrectEnd(MeetingVerb):
    states = (Meeting.State.HELD,)
    form_class = CorrectEndForm
    page_title = _("Correct the end")
    consequence = _(
        "The deadline of the report follows. An end more than two hours later counts only when "
        "the AM has confirmed it."
    )
    button = _("Correct the end")
    keep = _("Leave it as it is")
    done = _("The end is corrected, or waits for the AM.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "at": self.now}

    def get_initial(self):
        return {"ended_at": self.object.ended_at}

    def act(self, form):
        return services.correct_end(**self.who(), **form.cleaned_data)


class ClaimedEnd(MeetingVerb):
    """A later end that waits for the AM."""

    permission = "meetings.confirm_end"
    states = Meeting.State.values

    def rows(self):
        return super().rows().filter(claimed_end__isnull=False)


class MeetingConfirmEnd(ClaimedEnd):
    page_title = _("Confirm the later end")
    consequence = _("The deadline of the report moves with it.")
    button = _("Confirm the end")
    keep = _("Back")
    done = _("The later end counts.")

    def act(self, form):
        return services.confirm_end(**self.who(), **form.cleaned_data)


class MeetingRefuseEnd(ClaimedEnd):
    form_class = ReasonForm
    page_title = _("Refuse the later end")
    consequence = _("The earlier end keeps counting; whoever claimed the later one is told.")
    button = _("Refuse the end")
    keep = _("Back")
    done = _("The earlier end keeps counting.")
    grave = True

    def act(self, form):
        return services.refuse_end(**self.who(), **form.cleaned_data)


class MeetingOutcomes(MeetingRows, ClientPlainPage):
    """Results of the items of a held meeting, until its report is issued (R14)."""

    permission = RUN
    template_name = "meetings/meeting_outcomes.html"
    page_title = _("What came of each item")

    @cached_property
    def object(self):
        held = self.rows().filter(state=Meeting.State.HELD, items__isnull=False).distinct()
        return get_object_or_404(held, pk=self.kwargs["pk"])

    @cached_property
    def items(self):
        return list(self.object.items.all())

    def outcomes(self, data=None):
        return Outcomes(self.items, data)

    def save_outcomes(self, meeting, outcomes, row_version):
        return services.set_outcomes(
            meeting=meeting,
            outcomes=outcomes.data(),
            row_version=row_version,
            by=self.request.user,
            at=self.now,
        )

    def post(self, request, *args, **kwargs):
        outcomes = self.outcomes(request.POST)
        if not outcomes.is_valid():
            return self.render_to_response(self.get_context_data(outcomes=outcomes), status=422)
        try:
            self.save_outcomes(self.object, outcomes, version_of(request.POST))
        except Stale as error:
            typed = [pair for _item, form in outcomes.rows for pair in form.typed()]
            return stale_page(request, error, typed)
        except Refused as error:
            context = self.get_context_data(outcomes=outcomes, problem=str(error))
            return self.render_to_response(context, status=422)
        report = self.object.report
        return HttpResponseRedirect(edit_url(report) if report else meeting_url(self.object))

    def get_context_data(self, **kwargs):
        extra = {"meeting": self.object, "problem": ""}
        if "outcomes" not in kwargs:
            extra["outcomes"] = self.outcomes()
        return super().get_context_data(**{**extra, **kwargs})


def version_of(data):
    """The row version sent along; one that is none counts as changed since."""
    sent = data.get("row_version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else -1
