"""Figures of the contact report: kept within 24 hours, returned how and how fast (6.8)."""

from datetime import date, datetime, time

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Client
from agency.common import wording
from agency.common.charts import Chart, Point
from agency.common.forms import StyledForm
from agency.common.nav import OWN
from agency.common.views import Column, ListPage, PlainPage
from meetings.models import ContactReport
from meetings.reports import figures

VIEWS = {
    "ae": gettext_lazy("By AE"),
    "client": gettext_lazy("By client"),
    "kind": gettext_lazy("By kind"),
    "month": gettext_lazy("By month"),
}
MONTHS_SHOWN = 6


class FiguresFilter(StyledForm, forms.Form):
    hide_optional = True
    since = forms.DateField(label=gettext_lazy("From"), required=False)
    until = forms.DateField(label=gettext_lazy("Until"), required=False)
    client = forms.ModelChoiceField(
        Client.objects.none(), label=gettext_lazy("Client"), required=False
    )
    by = forms.ChoiceField(choices=list(VIEWS.items()), required=False, widget=forms.HiddenInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user)


def first_of(day, back=0):
    """The first of the month, `back` months before the day's."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


class Period:
    """The half-open span of time a figures page is about; the last six months by default."""

    def __init__(self, wanted, at):
        today = timezone.localdate(at)
        self.since = wanted.get("since") or first_of(today, MONTHS_SHOWN - 1)
        self.until = wanted.get("until") or today
        self.start = midnight(self.since)
        self.end = min(midnight(date.fromordinal(self.until.toordinal() + 1)), at)


class FiguresPage(PlainPage):
    template_name = "meetings/figures.html"
    permission = "budgets.view_dashboard"
    permission_on = OWN
    page_title = gettext_lazy("Contact reports in figures")

    @cached_property
    def filters(self):
        form = FiguresFilter(self.request.GET or None, user=self.request.user)
        form.is_valid()
        return form

    @cached_property
    def wanted(self):
        values = getattr(self.filters, "cleaned_data", {})
        return {name: value for name, value in values.items() if value}

    def get_context_data(self, **kwargs):
        period = Period(self.wanted, self.now)
        by = self.wanted.get("by") or "ae"
        client = self.wanted.get("client")
        user = self.request.user
        rows = figures.kept(user, self.now, period.start, period.end, by=by, client=client)
        returns = figures.returns(user, period.start, period.end, client=client)
        return super().get_context_data(
            filters=self.filters,
            period=period,
            views=[(key, label, self.link(by=key)) for key, label in VIEWS.items()],
            by=by,
            rows=[(row, self.list_link(row)) for row in rows],
            chart=self.chart(rows, by),
            returns=returns,
            states=self.states(returns),
            sheet_url=self.sheet_link(),
            **kwargs,
        )

    def params(self, **more):
        names = ("since", "until", "client")
        values = {name: self.request.GET.get(name, "") for name in names} | more
        return urlencode({name: value for name, value in values.items() if value})

    def link(self, **more):
        return f"{reverse('meetings:figures')}?{self.params(**more)}"

    def sheet_link(self):
        return f"{reverse('meetings:figures_list')}?{self.params(format='xlsx')}"

    def list_link(self, row):
        return f"{reverse('meetings:figures_list')}?{self.params(**row.query)}"

    def chart(self, rows, by):
        points = [Point(row.label, row.rate, self.words(row), self.list_link(row)) for row in rows]
        return Chart(_("Issued in time"), points, top=1, label_head=VIEWS[by], value_head=_("Rate"))

    @staticmethod
    def words(row):
        return "–" if row.rate is None else wording.share_text(row.rate)

    def states(self, returns):
        labels = dict(ContactReport.State.choices) | {"open": _("No answer yet")}
        path = reverse("meetings:figures_list")
        return [
            (labels[state], share, f"{path}?{self.params(state=state)}")
            for state, share in returns.shares.items()
        ]


class ListFilter(FiguresFilter):
    ae = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)
    month = forms.DateField(required=False, widget=forms.HiddenInput)
    is_kept = forms.NullBooleanField(required=False, widget=forms.HiddenInput)
    state = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)


class FiguresList(ListPage):
    """The reports behind one figure; their number is the figure."""

    permission = "budgets.view_dashboard"
    permission_on = OWN
    page_title = gettext_lazy("Reports behind the figure")
    columns = [
        Column(gettext_lazy("Number"), str, "code", url=True),
        Column(gettext_lazy("Client"), "client"),
        Column(gettext_lazy("Author"), "author"),
        Column(gettext_lazy("Due"), "due_at", "moment", sort="due"),
        Column(gettext_lazy("Issued"), "issued_at", "moment"),
        Column(gettext_lazy("State"), "get_state_display", "badge"),
    ]
    sorts = {"due": ("due_at", "pk")}
    default_sort = "-due"
    filter_form = ListFilter
    sheet_name = "contact-reports"

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def rows(self):
        wanted = dict(self.wanted)
        wanted.pop("by", None)
        period = Period(wanted, self.now)
        wanted = {k: v for k, v in wanted.items() if k not in ("since", "until")}
        user = self.request.user
        if "state" in wanted:
            find, keys = figures.returns_list, ("client", "state")
        else:
            find, keys = figures.kept_list, ("client", "ae", "kind", "month", "is_kept")
        asked = {key: wanted[key] for key in keys if key in wanted}
        found = find(user, period.start, period.end, **asked)
        return found.select_related("client", "author")
