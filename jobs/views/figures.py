"""Jobs in figures, each opening its list (6.8), and the list of estimates."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models.scope import local_day
from agency.common.dates import DAY, MIDNIGHT, first_of, local_instant
from agency.common.nav import OWN
from agency.common.sheets import AsSheet
from agency.common.views import Column, Filtered, ListPage, PlainPage
from agency.common.wording import state_tone
from jobs.forms.figures import EstimateFilter, FiguresFilter, StepFilter
from jobs.models import Estimate
from jobs.reports import figures, timeline

MONTHS_SHOWN = 6
State = Estimate.State


class Span:
    """Both days inclusive; the last six months unless the person asks for others."""

    def __init__(self, wanted, at):
        self.today = local_day(at)
        self.since = wanted.get("since") or first_of(local_day(at), MONTHS_SHOWN - 1)
        self.until = wanted.get("until") or local_day(at)
        self.start = local_instant(self.since, MIDNIGHT)
        self.end = local_instant(self.until + DAY, MIDNIGHT)

    @property
    def judged(self):
        """(first day, day after the last) of steps that can be late by now."""
        return self.since, min(self.until, self.today) + DAY


LEAD_COLUMNS = [
    Column(_("Step"), "label"),
    Column(_("Estimates"), "count", "number"),
    Column(_("Half within, working hours"), "median", "number"),
    Column(_("Nine of ten within, working hours"), "p90", "number"),
]


class Figures(AsSheet, Filtered, PlainPage):
    template_name = "jobs/figures.html"
    permission = "budgets.view_dashboard"
    permission_on = OWN
    filter_form = FiguresFilter
    page_title = _("Jobs in figures")
    sheet_name = "jobs-lead-times"
    sheet_columns = LEAD_COLUMNS

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    @cached_property
    def span(self):
        return Span(self.wanted, self.now)

    @cached_property
    def client(self):
        return self.wanted.get("client")

    def sheet_rows(self):
        return self.leads

    @cached_property
    def leads(self):
        return figures.lead_times(self.request.user, self.span.start, self.span.end, self.client)

    def get_context_data(self, **kwargs):
        user, span, client = self.request.user, self.span, self.client
        passes = [
            (label, by, self.passes(by))
            for by, label in (("author", _("By author")), ("checker", _("By checker")))
        ]
        return super().get_context_data(
            filters=self.filters,
            span=span,
            leads=self.leads,
            signed_url=self.to("jobs:estimate_list", ever="1"),
            waiting=[
                (row, self.to("jobs:estimate_list", state=row.state, since="", until=""))
                for row in figures.waiting(user, self.now, client)
            ],
            passes=passes,
            punctual=timeline.on_time(user, *span.judged, client),
            steps_url=self.to("jobs:step_list"),
            errors=[
                (label, count, amount, self.to("jobs:error_list", kind=kind))
                for kind, label, count, amount in figures.errors(
                    user, span.since, span.until, client
                )
            ],
            may_see_errors=user.has_perm("jobs.edit_estimate"),
            sheet_url=self.to("jobs:figures", format="xlsx"),
            may_export=self.may_export,
            **kwargs,
        )

    def passes(self, by):
        user, span = self.request.user, self.span
        rows = figures.first_passes(user, span.start, span.end, by, self.client)
        return [(row, self.to("jobs:check_list", first="1", **{by: row.person.pk})) for row in rows]

    def to(self, name, **more):
        """The list behind a figure, for the same days and client."""
        known = {
            "since": self.span.since.isoformat(),
            "until": self.span.until.isoformat(),
            "client": self.client.pk if self.client else "",
        }
        asked = {key: value for key, value in {**known, **more}.items() if value}
        return f"{reverse(name)}?{urlencode(asked)}"


class StepList(ListPage):
    """The steps behind the figure of those on time."""

    permission = "budgets.view_dashboard"
    permission_on = OWN
    page_title = _("Steps behind the figure")
    sheet_name = "steps"
    filter_form = StepFilter
    sorts = {"due": ("first_due_on", "pk"), "done": ("done_on", "pk")}
    default_sort = "-due"
    columns = [
        Column(_("Step"), "name", url=lambda row: row.timeline.get_absolute_url()),
        Column(_("Job"), "timeline.job"),
        Column(_("Client"), "timeline.job.client"),
        Column(_("Promised first"), "first_due_on", "date", sort="due"),
        Column(_("Due"), "due_on", "date"),
        Column(_("Done"), "done_on", "date", sort="done"),
        Column(_("Cause"), lambda row: row.get_slip_cause_display() if row.cause() else ""),
    ]

    def rows(self):
        wanted, user = self.wanted, self.request.user
        span = Span(wanted, self.now)
        rows = timeline.promised(user, *span.judged, wanted.get("client"), wanted.get("which", ""))
        return rows.select_related("timeline__job__client")

    def get_filter_kwargs(self):
        return {"user": self.request.user}


def of_state(rows, state):
    """Signed papers in the state, or on a stretch of their way."""
    stretches = {"running": rows.running, "approve": rows.to_approve}
    if state in stretches:
        return stretches[state]()
    return rows.filter(state=state) if state else rows


def days_waiting(row, at):
    """Whole days at the present step; nothing once the paper has ended."""
    if row.state not in row.RUNNING:
        return None
    return (timezone.localdate(at) - timezone.localdate(figures.waits_since(row))).days


class EstimateList(ListPage):
    """Production estimates with how long each has waited."""

    permission = "budgets.view_money"
    page_title = _("Production estimates")
    sheet_name = "estimates"
    filter_form = EstimateFilter
    sorts = {
        "number": ("number", "pk"),
        "total": ("total", "pk"),
        "submitted": ("submitted_at", "pk"),
    }
    default_sort = "-submitted"
    empty_title = _("No production estimates yet")
    empty_text = _("They are drafted on the page of a job, once its brief is in force.")

    def get_columns(self):
        return [
            Column(_("Number"), str, "code", url=True, sort="number"),
            Column(_("Job"), "job"),
            Column(_("Client"), "job.client"),
            Column(_("State"), "get_state_display", "badge", tone=state_tone),
            Column(_("Waiting, days"), lambda row: days_waiting(row, self.now), "number"),
            Column(_("Submitted"), "submitted_at", "moment", sort="submitted"),
            Column(_("Currency"), "currency"),
            Column(_("Total with VAT"), "total", "money", sort="total"),
        ]

    def rows(self):
        rows = Estimate.objects.visible_to(self.request.user)
        return rows.select_related("job__client").prefetch_related("approvals")

    def narrow(self, rows, client=None, ae=None, state="", since=None, until=None, ever=False):
        rows = rows.filter(job__client=client) if client is not None else rows
        rows = rows.filter(job__ae=ae) if ae is not None else rows
        if ever:
            rows = rows.filter(signed_at__isnull=False)
        moment = "signed_at" if ever or state == State.SIGNED else "submitted_at"
        if since:
            rows = rows.filter(**{f"{moment}__gte": local_instant(since, MIDNIGHT)})
        if until:
            rows = rows.filter(**{f"{moment}__lt": local_instant(until + DAY, MIDNIGHT)})
        return of_state(rows, state)

    def get_filter_kwargs(self):
        return {"user": self.request.user}
