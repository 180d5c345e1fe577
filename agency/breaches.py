"""What came late to which client: reports of every rhythm, estimates (6.8, 6.9).

Each figure opens its list; the page begins with the running month.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models import Client
from accounts.models.scope import local_day
from agency.common.dates import DAY, first_of
from agency.common.nav import OWN
from agency.common.sheets import AsSheet
from agency.common.views import Column, Filtered, PlainPage
from archives.reports import quarterly
from budgets.reports.monthly import missed
from jobs.forms.figures import FiguresFilter
from jobs.reports.figures import late_estimates
from jobs.views.figures import Span
from meetings.reports.figures import kept
from meetings.reports.status_figures import late_weeks

HEADS = (
    _("Contact reports late"),
    _("Weekly reports late"),
    _("Monthly reports late"),
    _("Quarterly reports late"),
    _("Estimates late"),
)
MONTHS = 3


@dataclass(frozen=True)
class Breaches:
    """cells: [(count, address of its list)] in the order of HEADS."""

    client: Client
    cells: list

    @property
    def total(self):
        return sum(count for count, _url in self.cells)


COLUMNS = [
    Column(_("Client"), "client"),
    *(Column(head, lambda row, place=place: row.cells[place][0], "number")
      for place, head in enumerate(HEADS)),
    Column(_("Together"), "total", "number"),
]  # fmt: skip


class BreachesPage(AsSheet, Filtered, PlainPage):
    template_name = "roof/breaches.html"
    permission = "budgets.view_dashboard"
    permission_on = OWN
    filter_form = FiguresFilter
    page_title = _("Late by client")
    sheet_name = "late-by-client"
    sheet_columns = COLUMNS

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    @cached_property
    def span(self):
        """The running month unless the person asks for other days."""
        return Span({"since": first_of(local_day(self.now)), **self.wanted}, self.now)

    @cached_property
    def days(self):
        return {"since": f"{self.span.since}", "until": f"{self.span.until}"}

    @cached_property
    def rows(self):
        """Of the clients to which anything came late, the most first."""
        found = self.counted()
        clients = Client.objects.filter(pk__in=set().union(*found)).order_by("name", "pk")
        rows = [Breaches(client, list(self.cells(client, found))) for client in clients]
        return sorted(rows, key=lambda row: -row.total)

    def counted(self):
        """{client id: count} for each of HEADS."""
        user, client, span = self.request.user, self.wanted.get("client"), self.span
        end = min(span.end, self.now)
        due = kept(user, self.now, span.start, end, "client", client)
        return (
            {row.key: row.due - row.kept for row in due if row.due > row.kept},
            late_weeks(user, self.now, span.since, span.until, client),
            missed(user, self.now, span.since, span.until, client),
            quarterly.missed(user, self.now, span.since, span.until, client),
            late_estimates(user, span.start, end, client, by="client"),
        )

    def cells(self, client, found):
        due, late = ({f"{name}_{key}": day for key, day in self.days.items()}
                     for name in ("due", "late"))  # fmt: skip
        lists = (
            ("meetings:figures_list", {"is_kept": "false", **self.days}),
            ("meetings:status_list", {"punctual": "no", **self.days}),
            ("budgets:monthly_list", {"punctual": "no", **due}),
            ("archives:quarterly_list", {"punctual": "no", **due}),
            ("jobs:job_list", late),
        )
        for by, (name, asked) in zip(found, lists, strict=True):
            yield by.get(client.pk, 0), self.to(name, **asked, client=client.pk)

    def to(self, name, **asked):
        if client := self.wanted.get("client"):
            asked.setdefault("client", client.pk)
        return f"{reverse(name)}?{urlencode(asked)}"

    def sheet_rows(self):
        return self.rows

    def months(self):
        """[(first day, address, is shown)] of the last months, the running one first."""
        for back in range(MONTHS):
            first = first_of(local_day(self.now), back)
            last = min(first_of(first, -1) - DAY, local_day(self.now))
            shown = (first, last) == (self.span.since, self.span.until)
            yield first, self.to("breaches", since=f"{first}", until=f"{last}"), shown

    def get_context_data(self, **kwargs):
        sheet = self.to("breaches", format="xlsx", **self.days)
        return super().get_context_data(
            filters=self.filters,
            span=self.span,
            heads=HEADS,
            rows=self.rows,
            months=list(self.months()),
            sheet_url=sheet if self.may_export else "",
            **kwargs,
        )
