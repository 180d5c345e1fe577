"""How early agendas went out, and what was urgent: figures with the meetings behind them (6.8)."""

from datetime import timedelta

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from agency.common.inputs import DayField
from agency.common.nav import OWN
from agency.common.views import Column, Filtered, ListPage, PlainPage
from agency.common.wording import span_text
from meetings.lead import Lead
from meetings.reports import agenda as figures
from meetings.views.base import meeting_url
from meetings.views.figures import FiguresFilter, Period

VIEWS = {"ae": _("By AE"), "client": _("By client")}
TONES = {Lead.OK: "green", Lead.SHORT: "amber", Lead.LATE: "red", Lead.NONE: "red"}


class AgendaFilter(FiguresFilter):
    by = forms.ChoiceField(choices=list(VIEWS.items()), required=False, widget=forms.HiddenInput)


class AgendaFigures(Filtered, PlainPage):
    template_name = "meetings/agenda_figures.html"
    permission = "budgets.view_dashboard"
    permission_on = OWN
    filter_form = AgendaFilter
    page_title = _("Agendas in figures")

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    @cached_property
    def period(self):
        return Period(self.wanted, self.now)

    def get_context_data(self, **kwargs):
        by = self.wanted.get("by") or "ae"
        extra = {
            "filters": self.filters,
            "period": self.period,
            "views": [(key, label, self.link(by=key)) for key, label in VIEWS.items()],
            "by": by,
            "verdicts": Lead.choices,
            "tables": [
                (_("Planned in time"), self.rates(by, False)),
                (_("Urgent"), self.rates(by, True)),
            ],
            "urgent": self.urgent(),
        }
        return super().get_context_data(**{**extra, **kwargs})

    def rates(self, by, is_urgent):
        """[(row, [(count, share, address)])] of one table."""
        span, client = (self.period.start, self.period.end), self.wanted.get("client")
        asked = {"by": by, "client": client, "is_urgent": is_urgent}
        rows = figures.agenda_rates(self.request.user, self.now, *span, **asked)
        return [(row, self.cells(row), self.list_link(**row.query)) for row in rows]

    def cells(self, row):
        for verdict in Lead.values:
            link = self.list_link(lead=verdict, **row.query)
            yield row.counts[verdict], row.shares[verdict], link

    def urgent(self):
        """The clients' shares of the month in which the period ends (R6)."""
        day = timezone.localdate(self.period.end - timedelta(microseconds=1))
        shares = figures.urgent_shares(self.request.user, day, self.wanted.get("client"))
        month = f"{day:%Y-%m-01}"
        link = self.list_link
        return [(row, link(client=row.client.pk, is_urgent="true", month=month)) for row in shares]

    def params(self, **more):
        names = ("since", "until", "client")
        values = {name: self.request.GET.get(name, "") for name in names} | more
        return urlencode({name: value for name, value in values.items() if value})

    def link(self, **more):
        return f"{reverse('meetings:agenda_figures')}?{self.params(**more)}"

    def list_link(self, **more):
        return f"{reverse('meetings:agenda_list')}?{self.params(**more)}"


class ListFilter(FiguresFilter):
    ae = forms.IntegerField(required=False, widget=forms.HiddenInput)
    lead = forms.ChoiceField(choices=Lead, required=False, widget=forms.HiddenInput)
    is_urgent = forms.NullBooleanField(required=False, widget=forms.HiddenInput)
    month = DayField(required=False, widget=forms.HiddenInput)


class AgendaList(ListPage):
    """The meetings behind one figure; their number is the figure."""

    permission = "budgets.view_dashboard"
    permission_on = OWN
    page_title = _("Meetings behind the figure")
    filter_form = ListFilter
    columns = [
        Column(_("Meeting"), "title", url=meeting_url),
        Column(_("Client"), "client"),
        Column(_("AE in charge"), "ae"),
        Column(_("When"), "starts_at", "moment", sort="when"),
        Column(_("Agenda sent"), "agenda_sent_at", "moment"),
        Column(_("Before the start"), lambda row: ahead_text(row)),
        Column(
            _("Agenda"), lambda row: Lead(row.lead).label, "badge", tone=lambda row: TONES[row.lead]
        ),
        Column(_("Asked for by"), "urgent_by"),
    ]
    sorts = {"when": ("starts_at", "pk")}
    default_sort = "-when"
    sheet_name = "agendas"

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def rows(self):
        wanted = dict(self.wanted)
        period = Period(wanted, self.now)
        names = ("ae", "client", "lead", "is_urgent", "month")
        asked = {name: wanted[name] for name in names if name in wanted}
        span = (period.start, period.end)
        rows = figures.agenda_list(self.request.user, self.now, *span, **asked)
        return rows.select_related("client", "ae")


def ahead_text(row):
    """How long before the start the agenda went out."""
    is_before = row.agenda_sent_at and row.agenda_sent_at < row.starts_at
    return span_text(row.starts_at - row.agenda_sent_at) if is_before else "–"
