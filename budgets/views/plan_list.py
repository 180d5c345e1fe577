"""Media plans as a list, as a calendar, side by side, and as a sheet."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from agency.common.nav import OWN
from agency.common.sheets import sheet_response
from agency.common.views import Column, ListPage
from agency.common.wording import state_tone
from budgets.forms.plan import PlanFilter
from budgets.models import MediaPlan
from budgets.reports.plan_views import Calendar, compare, sums_of, versions_beside
from budgets.views.plan_base import PlanPage, PlansOnly
from jobs.views.base import JobPlainPage
from jobs.views.figures import days_waiting, of_state
from jobs.wording import rate_text


class PlanList(PlansOnly, ListPage):
    """Media plans with their state and price."""

    permission = "budgets.view_money"
    permission_on = OWN
    template_name = "budgets/list.html"
    page_title = _("Media plans")
    sheet_name = "media-plans"
    filter_form = PlanFilter
    sorts = {
        "number": ("number", "pk"),
        "client": ("job__client__name", "pk"),
        "net": ("client_net", "pk"),
        "submitted": ("submitted_at", "pk"),
    }
    default_sort = "-submitted"
    empty_title = _("No media plans yet")
    empty_text = _("They are drafted on the page of a media job, once its brief is in force.")

    def get_columns(self):
        return [
            Column(_("Number"), str, "code", url=lambda row: row.get_absolute_url(), sort="number"),
            Column(_("Title"), "title"),
            Column(_("Job"), "job.number", "code"),
            Column(_("Client"), "job.client", sort="client"),
            Column(_("AE"), "job.ae"),
            Column(_("State"), "get_state_display", "badge", tone=state_tone, small=self.waits),
            Column(_("Commission"), "get_mode_display"),
            Column(_("Submitted"), "submitted_at", "moment", sort="submitted"),
            Column(_("Currency"), "currency"),
            Column(_("Media price"), "media_price", "money"),
            Column(_("Without VAT"), "client_net", "money", sort="net"),
            Column(_("Total with VAT"), "total", "money"),
        ]

    def waits(self, row):
        days = days_waiting(row, self.now)
        return "" if days is None else f"{_('Waiting, days')} {days}"

    def rows(self):
        rows = MediaPlan.objects.visible_to(self.request.user)
        return rows.select_related("job__client", "job__ae").prefetch_related("approvals")

    def narrow(self, rows, client=None, state="", ae=None, month=None):
        if client is not None:
            rows = rows.filter(job__client=client)
        if ae is not None:
            rows = rows.filter(job__ae=ae)
        if month is not None:
            rows = rows.filter(lines__month=month).distinct()
        return of_state(rows, state)

    def get_filter_kwargs(self):
        user = self.request.user
        plans = MediaPlan.objects.visible_to(user).order_by()
        return {"user": user, "aes": User.objects.filter(pk__in=plans.values("job__ae"))}


class PlanReading:
    """Mixin, put first: reading a plan; media reads those of its jobs (4.2)."""

    permission = "budgets.view_money"


class PlanCalendar(PlanReading, PlanPage, JobPlainPage):
    """Medium by month: runs and media price, with the sums of rows and columns."""

    template_name = "budgets/plan_calendar.html"
    page_title = _("Calendar of the plan")

    @cached_property
    def lines(self):
        return list(self.plan.lines.select_related("supplier"))

    def get_context_data(self, **kwargs):
        extra = {"calendar": Calendar(self.lines), "lines": self.lines}
        return super().get_context_data(**{**extra, **kwargs})


class PlanCompare(PlanReading, PlanPage, JobPlainPage):
    """Two versions side by side; `?with=` names the other one."""

    template_name = "budgets/plan_compare.html"
    page_title = _("Versions side by side")

    def get_context_data(self, **kwargs):
        versions = versions_beside(self.plan)
        asked = self.request.GET.get("with", "")
        other = next((row for row in versions if str(row.pk) == asked), None)
        other = other or next(iter(versions), None)
        extra = {"versions": versions, "other": other}
        if other:
            old, new = sorted((other, self.plan), key=lambda row: row.revision)
            pairs, head = compare(old, new)
            extra |= {
                "columns": (old, new), "sums": sums_of(old, new), "pairs": pairs, "head": head,
                "changed": [pair for pair in pairs if pair.state != "same"],
                "difference": new.total - old.total,
            }  # fmt: skip
        return super().get_context_data(**{**extra, **kwargs})


class PlanSheet(PlanReading, PlanPage, JobPlainPage):
    """The lines as XLSX, in the columns that can be read in again."""

    def may_enter(self):
        return super().may_enter() and (self.may("accounts.export") or self.is_own)

    def get(self, request, *args, **kwargs):
        name = str(self.plan).replace("/", "-") if self.plan.number else "media-plan"
        lines = self.plan.lines.select_related("supplier")
        return sheet_response(name, str(self.plan), COLUMNS, lines)


COLUMNS = [
    Column(pgettext_lazy("media plan", "Medium"), "get_medium_display"),
    Column(_("Vehicle"), "vehicle"),
    Column(_("Month"), lambda row: f"{row.month:%Y-%m}"),
    Column(_("Runs"), "runs", "number"),
    Column(_("Rate card price of a run"), "unit_gross", "money"),
    Column(_("Discount"), lambda row: rate_text(row.discount_rate)),
    Column(_("Agreed price"), "fixed_price", "money"),
    Column(_("Bonus runs"), "bonus_runs", "number"),
    Column(_("Market"), "market"),
    Column(_("Format"), "spec"),
    Column(_("Media owner"), "supplier"),
    Column(_("Gross"), "gross", "money"),
    Column(_("Media price"), "media_price", "money"),
    Column(_("Commission"), "commission", "money"),
    Column(_("Service fee"), "service_fee", "money"),
    Column(_("Booked on"), "booked_on", "date"),
    Column(_("Run"), "get_run_ok_display"),
]
