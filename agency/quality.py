"""Quality by AE: failed checks, late papers, returned reports (R84); each opens its list."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agency.common.nav import OWN
from agency.common.sheets import AsSheet
from agency.common.views import Column, Filtered, PlainPage
from jobs.forms.figures import FiguresFilter
from jobs.reports import figures as of_jobs
from jobs.views.figures import Span
from meetings.reports import figures as of_reports


@dataclass(frozen=True)
class Member:
    """Counts of one person in the span; `lists`: the address behind each, in the same order."""

    person: User
    counts: tuple
    lists: tuple

    @property
    def cells(self):
        return list(zip(self.counts, self.lists, strict=True))


HEADS = (
    _("Failed checks"),
    _("Estimates late"),
    _("Contact reports late"),
    _("Contact reports returned"),
)
COLUMNS = [
    Column(_("AE"), "person"),
    *(Column(head, lambda row, place=place: row.counts[place], "number")
      for place, head in enumerate(HEADS)),
]  # fmt: skip


class Quality(AsSheet, Filtered, PlainPage):
    template_name = "roof/quality.html"
    permission = "budgets.view_dashboard"
    permission_on = OWN
    filter_form = FiguresFilter
    page_title = _("Quality by AE")
    sheet_name = "quality"
    sheet_columns = COLUMNS

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    @cached_property
    def span(self):
        return Span(self.wanted, self.now)

    @cached_property
    def members(self):
        """Those with something to tell, by name; an AE sees his own line only."""
        user = self.request.user
        found = self.counted()
        people = User.objects.filter(pk__in=set().union(*found)).order_by("name", "pk")
        if user.role == User.Role.AE:
            people = people.filter(pk=user.pk)
        return [
            Member(person, tuple(by.get(person.pk, 0) for by in found), self.lists_of(person))
            for person in people
        ]

    def counted(self):
        """{person id: count} for each head."""
        user, client, start = self.request.user, self.wanted.get("client"), self.span.start
        end = min(self.span.end, self.now)
        kept = of_reports.kept(user, self.now, start, end, client=client)
        return (
            of_jobs.failed_checks(user, start, end, client),
            of_jobs.late_estimates(user, start, end, client),
            {row.key: row.due - row.kept for row in kept if row.due > row.kept},
            of_reports.objected(user, start, end, client),
        )

    def lists_of(self, person):
        days = {"since": f"{self.span.since}", "until": f"{self.span.until}"}
        late = {f"late_{name}": day for name, day in days.items()}
        return (
            self.to("jobs:check_list", author=person.pk, state="failed", ended="1", **days),
            self.to("jobs:job_list", ae=person.pk, **late),
            self.to("meetings:figures_list", ae=person.pk, is_kept="false", **days),
            self.to("meetings:figures_list", ae=person.pk, state="objected", **days),
        )

    def to(self, name, **asked):
        if client := self.wanted.get("client"):
            asked["client"] = client.pk
        return f"{reverse(name)}?{urlencode(asked)}"

    def sheet_rows(self):
        return self.members

    def get_context_data(self, **kwargs):
        days = {"since": f"{self.span.since}", "until": f"{self.span.until}"}
        return super().get_context_data(
            filters=self.filters,
            span=self.span,
            heads=HEADS,
            members=self.members,
            sheet_url=self.to("quality", format="xlsx", **days) if self.may_export else "",
            **kwargs,
        )
