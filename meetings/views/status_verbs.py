"""What is done with a weekly report: draft by hand, submit, return, sign, send, reissue (3.4)."""

from datetime import timedelta

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Client
from accounts.views import about
from accounts.views.about import crumbs_of
from agency.common.forms import ReasonForm
from agency.common.wording import full_day_text, moment_text
from meetings.forms.status import SignForm, WeekForm
from meetings.papers_status import contacts_of
from meetings.reports import status_problems as reports
from meetings.reports.status_drawn import drawn_sections
from meetings.services import status as service
from meetings.services import status_issue as issuing
from meetings.services import status_lines as lines
from meetings.services import status_sign as signing
from meetings.views.status import State, StatusVerb
from meetings.week import week_of

WEEKS_BACK, WEEK = 4, timedelta(weeks=1)


class OnStatus(StatusVerb):
    """Mixin: the verb takes the report and what was typed; its page names who gets the paper."""

    template_name = "meetings/status_verb.html"
    names_contacts = False

    def of(self, form):
        return {"report": self.report, **self.who(), **form.cleaned_data}

    def get_context_data(self, **kwargs):
        contacts = list(contacts_of(self.client)) if self.names_contacts else None
        return super().get_context_data(**{"contacts": contacts, **kwargs})


class StatusCreate(about.ClientFormPage):
    """By hand, where the clock has not drafted a week (3.4)."""

    permission = "meetings.edit_status"
    form_class = WeekForm
    page_title = _("Draft a weekly status report")
    page_lead = _("The clock drafts it on Monday at 06:00; here the weeks it missed.")
    button = _("Draft the report")
    done = _("The draft is begun.")

    def rows(self):
        return Client.objects.visible_to(self.request.user)

    def client_of(self, row):
        return row

    def get_crumbs(self):
        return crumbs_of(self.client, _("Status reports"), reverse("meetings:status_list"))

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "weeks": self.weeks}

    @cached_property
    def weeks(self):
        first = week_of(self.client, self.now)
        weeks = [first - number * WEEK for number in range(WEEKS_BACK)]
        begun = self.client.status_reports.filter(week__in=weeks).values_list("week", flat=True)
        return [(week, full_day_text(week)) for week in weeks if week not in set(begun)]

    def act(self, form):
        return service.draft_status(
            client=self.client, by=self.request.user, at=self.now, **form.cleaned_data
        )


class StatusSubmit(OnStatus):
    permission = "meetings.edit_status"
    states = (State.DRAFT,)
    page_title = _("Sign the report")
    consequence = _("Your name stands on it. The account manager corrects and signs it, too.")
    button = _("Sign and submit")
    keep = _("Not yet")
    done = _("Signed; the account manager has been told.")

    def act(self, form):
        return signing.submit_status(**self.of(form))


class StatusReturn(OnStatus):
    permission = "meetings.sign_status"
    states = (State.SUBMITTED, State.SIGNED)
    form_class = ReasonForm
    page_title = _("Return to the author")
    consequence = _("It is a draft again; its signatures are dropped and the author is told why.")
    button = _("Return it")
    keep = _("Keep it")
    done = _("Returned; the author has been told.")

    def act(self, form):
        return signing.return_status(**self.of(form))


class StatusSign(OnStatus):
    """The AM reads, ticks what is unchanged again, says why so much is, and signs (R29, R32)."""

    permission = "meetings.sign_status"
    states = (State.SUBMITTED,)
    form_class = SignForm
    template_name = "meetings/status_sign.html"
    page_title = _("Sign the report")
    button = _("Sign")
    keep = _("Not yet")
    names_contacts = True

    def get_form_kwargs(self):
        report = self.report
        return {
            **super().get_form_kwargs(),
            "late": report.is_late(self.now) and not report.late_reason,
            "much": reports.needs_copy_note(self.lines) and not report.copy_note,
            "seen": [line for line in reports.shown_to_am(self.lines) if not line.seen_by_id],
        }

    def get_consequence(self):
        if self.now >= self.report.due_at:
            return _("It was due %(when)s: it goes to the client at once.") % self.due
        return _("It goes to the client %(when)s, by itself.") % self.due

    @property
    def due(self):
        return {"when": moment_text(self.report.due_at)}

    def act(self, form):
        typed = {name: value for name, value in form.cleaned_data.items()
                 if name not in form.ticks}  # fmt: skip
        for line in form.ticked:
            lines.tick_seen(line=line, **self.who())
        return signing.sign_status(report=self.report, **self.who(), **typed)

    def get_done(self):
        return _("Signed and sent.") if self.result.issued_at else _("Signed.")

    def get_context_data(self, **kwargs):
        extra = {"sections": drawn_sections(self.lines)}
        return super().get_context_data(**{**extra, **kwargs})


class StatusSend(OnStatus):
    permission = "meetings.sign_status"
    states = (State.SIGNED,)
    page_title = _("Send the report now")
    button = _("Send it")
    keep = _("Leave it to the clock")
    done = _("Sent.")
    names_contacts = True

    def get_consequence(self):
        words = _("It is filed with its number. Otherwise the system sends it %(when)s.")
        return words % {"when": moment_text(self.report.due_at)}

    def act(self, form):
        return signing.send_now(**self.of(form))


class StatusReissue(OnStatus):
    permission = "meetings.sign_status"
    states = (State.ISSUED,)
    form_class = ReasonForm
    page_title = _("Correct an issued report")
    consequence = _(
        "A draft of the next revision is made. When it is issued it takes the place of this one."
    )
    button = _("Draft the revision")
    keep = _("Leave it")
    done = _("The revision is a draft now.")

    def act(self, form):
        return issuing.reissue_status(**self.of(form))

    def get_success_url(self):
        return self.result.get_absolute_url()
