"""Months of the agency: which are closed, closed by hand, opened again (3.9)."""

from datetime import date

from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from agency.common.dates import first_of
from agency.common.forms import ReasonForm
from agency.common.views import Column, FormPage, ListPage, VerbView
from budgets.forms.invoice import MonthForm
from budgets.models import ClosedMonth
from budgets.services.months import RIGHT, close_month, reopen_month
from budgets.years import next_month

MONTHS_OFFERED = 12


class MonthList(ListPage):
    template_name = "budgets/list.html"
    permission = RIGHT
    page_title = gettext_lazy("Closed months")
    page_lead = gettext_lazy("Nothing is issued, credited or booked with a date in a closed month.")
    sheet_name = "months"
    sorts = {"month": ("month", "pk")}
    default_sort = "-month"
    empty_title = gettext_lazy("No month is closed yet")
    empty_text = gettext_lazy("A month closes five working days after its end.")

    def get_columns(self):
        return [
            Column(_("Month"), str, "code", sort="month", url=self.address_of),
            Column(_("State"), self.state_of, "badge", tone=self.tone_of),
            Column(pgettext("month", "Closed"), "closed_at", "moment"),
            Column(_("Opened again"), "reopened_at", "moment"),
            Column(pgettext("month", "By"), lambda row: row.reopened_by or ""),
            Column(_("Reason"), "reason"),
        ]

    def get_crumbs(self):
        return [(_("Invoices"), reverse("budgets:invoice_list"))]

    def address_of(self, row):
        return reverse("budgets:month_reopen", args=[row.pk]) if row.is_closed else ""

    def state_of(self, row):
        return pgettext("month", "Closed") if row.is_closed else pgettext("month", "Open")

    def tone_of(self, row):
        return "" if row.is_closed else "amber"

    def rows(self):
        return ClosedMonth.objects.filter(closed_at__isnull=False).select_related("reopened_by")

    def get_acts(self):
        return [(_("Close a month"), reverse("budgets:month_close"))]


class MonthClose(FormPage):
    permission = RIGHT
    form_class = MonthForm
    page_title = gettext_lazy("Close a month")
    page_lead = gettext_lazy("The clock does it by itself five working days after the month's end.")
    button = gettext_lazy("Close it")
    done = gettext_lazy("The month is closed.")
    success_url = cancel_url = reverse_lazy("budgets:month_list")

    @cached_property
    def months(self):
        here = first_of(timezone.localdate(self.now))
        return [next_month(here, -number) for number in range(1, MONTHS_OFFERED + 1)]

    def get_form_kwargs(self):
        choices = [(f"{month}", f"{month:%Y-%m}") for month in self.months]
        return {**super().get_form_kwargs(), "months": choices}

    def act(self, form):
        month = date.fromisoformat(form.cleaned_data["month"])
        return close_month(month=month, by=self.request.user, at=self.now)


class MonthReopen(VerbView):
    permission = RIGHT
    form_class = ReasonForm
    page_title = gettext_lazy("Open the month again")
    consequence = gettext_lazy("Until it is closed again, papers can be dated into it.")
    button = gettext_lazy("Open it again")
    keep = gettext_lazy("Keep it closed")
    done = gettext_lazy("The month is open again.")
    grave = True
    success_url = cancel_url = reverse_lazy("budgets:month_list")

    def rows(self):
        return ClosedMonth.objects.filter(closed_at__isnull=False)

    def act(self, form):
        return reopen_month(
            month=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )
