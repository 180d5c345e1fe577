"""Figures of preparation: press checks, calls before, arrival of the AE, each with its list."""

from django import forms
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from agency.common.nav import OWN
from agency.common.views import Column, Filtered, ListPage, PlainPage
from meetings.reports import preparation
from meetings.views.figures import FiguresFilter, Period

LABELS = {
    "press": _("Press looked at before the start"),
    "calls": _("Everybody phoned before the start"),
    "early": _("AE there before the start"),
}
VIEWS = {"ae": _("By AE"), "client": _("By client")}


class PreparedFigures(Filtered, PlainPage):
    template_name = "meetings/prepared_figures.html"
    permission = "budgets.view_dashboard"
    permission_on = OWN
    filter_form = FiguresFilter
    page_title = _("Preparation in figures")

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    @property
    def by(self):
        return "client" if self.wanted.get("by") == "client" else "ae"

    def link(self, name, **more):
        known = {key: self.request.GET.get(key, "") for key in ("since", "until", "client")}
        asked = {key: value for key, value in (known | more).items() if value}
        return f"{reverse(f'meetings:{name}')}?{urlencode(asked)}"

    def get_context_data(self, **kwargs):
        period = Period(self.wanted, self.now)
        span, client = (period.start, period.end), self.wanted.get("client")
        rows = preparation.rates(self.request.user, *span, client=client, by=self.by)
        lines = [(row, self.link("prepared_list", **self.of(row)), self.cells(row)) for row in rows]
        views = [(key, text, self.link("prepared_figures", by=key)) for key, text in VIEWS.items()]
        extra = {"filters": self.filters, "period": period, "views": views, "rows": lines}
        extra |= {"by": self.by, "labels": list(LABELS.values())}
        return super().get_context_data(**extra, **kwargs)

    def of(self, row):
        return {self.by: row.key}

    def cells(self, row):
        """(kept, rate, address of those that did not) of each of the three."""
        return [
            (
                getattr(row, name),
                row.rate(name),
                self.link("prepared_list", missed=name, **self.of(row)),
            )
            for name in LABELS
        ]


class PreparedFilter(FiguresFilter):
    ae = forms.IntegerField(required=False, widget=forms.HiddenInput)
    missed = forms.ChoiceField(
        label=_("Missed"), required=False, choices=[("", _("All")), *LABELS.items()]
    )


class PreparedList(ListPage):
    """The meetings behind a figure; with `missed` those that did not keep it."""

    permission = "budgets.view_dashboard"
    permission_on = OWN
    page_title = _("Meetings behind the figure")
    filter_form = PreparedFilter
    sheet_name = "prepared-meetings"
    columns = [
        Column(_("Title"), "title", url=True),
        Column(_("Client"), "client.name"),
        Column(_("AE in charge"), "ae.name"),
        Column(_("Starts"), "starts_at", "moment"),
    ]

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def rows(self):
        period = Period(self.wanted, self.now)
        asked = {key: self.wanted[key] for key in ("client", "ae") if key in self.wanted}
        rows = preparation.held(self.request.user, period.start, period.end, **asked)
        if missed := self.wanted.get("missed"):
            rows = rows.exclude(preparation.KEPT[missed])
        return rows.select_related("client", "ae").order_by("-starts_at", "-pk")

    def narrow(self, rows, **wanted):
        return rows
