"""Figures of the contact report: kept within 24 hours, returned how and how fast (6.8)."""

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import Client
from agency.common import wording
from agency.common.charts import Chart, Point
from agency.common.dates import DAY, MIDNIGHT, local_instant
from agency.common.forms import StyledForm
from agency.common.inputs import DayField
from agency.common.nav import OWN
from agency.common.sheets import Leaves, sheet_response
from agency.common.views import Column, Filtered, ListPage, PlainPage
from meetings.forms.lists import ReportFilter
from meetings.models import ContactReport
from meetings.reports import figures

VIEWS = {
    "ae": gettext_lazy("By AE"),
    "client": gettext_lazy("By client"),
    "kind": gettext_lazy("By kind"),
    "month": gettext_lazy("By month"),
}


class FiguresFilter(StyledForm, forms.Form):
    hide_optional = True
    since = DayField(label=gettext_lazy("From"), required=False)
    until = DayField(label=gettext_lazy("Until"), required=False)
    client = forms.ModelChoiceField(
        Client.objects.none(), label=gettext_lazy("Client"), required=False,
        empty_label=gettext_lazy("All"),
    )  # fmt: skip
    by = forms.ChoiceField(choices=list(VIEWS.items()), required=False, widget=forms.HiddenInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user)


class Period:
    """The half-open span of time a figures page is about; the last six months by default."""

    def __init__(self, wanted, at):
        today = timezone.localdate(at)
        self.since = wanted.get("since") or figures.since(at)
        self.until = wanted.get("until") or today
        self.start = local_instant(self.since, MIDNIGHT)
        self.end = min(local_instant(self.until + DAY, MIDNIGHT), at)


class FiguresPage(Leaves, Filtered, PlainPage):
    template_name = "meetings/figures.html"
    permission = "budgets.view_dashboard"
    permission_on = OWN
    filter_form = FiguresFilter
    page_title = gettext_lazy("Contact reports in figures")

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    @cached_property
    def period(self):
        return Period(self.wanted, self.now)

    @property
    def by(self):
        return self.wanted.get("by") or "ae"

    @cached_property
    def rates(self):
        """The rows of the table that is seen."""
        span = (self.period.start, self.period.end)
        client = self.wanted.get("client")
        return figures.kept(self.request.user, self.now, *span, by=self.by, client=client)

    def sheet(self):
        columns = [
            Column(VIEWS[self.by], "label"),
            Column(pgettext("count", "Due"), "due", "number"),
            Column(_("In time"), "kept", "number"),
            Column(_("Rate"), self.words),
        ]
        return sheet_response("contact-report-rates", self.page_title, columns, self.rates)

    def get_context_data(self, **kwargs):
        span = (self.period.start, self.period.end)
        client = self.wanted.get("client")
        returns = figures.returns(self.request.user, *span, client=client)
        return super().get_context_data(
            filters=self.filters,
            period=self.period,
            views=[(key, label, self.link(by=key)) for key, label in VIEWS.items()],
            by=self.by,
            rows=[(row, self.list_link(row)) for row in self.rates],
            chart=self.chart(self.rates, self.by),
            returns=returns,
            states=self.states(returns),
            median_url=f"{reverse('meetings:figures_list')}?{self.params(state='answered')}",
            sheet_url=self.link(by=self.by, format="xlsx") if self.may_export else "",
            **kwargs,
        )

    def params(self, **more):
        names = ("since", "until", "client")
        values = {name: self.request.GET.get(name, "") for name in names} | more
        return urlencode({name: value for name, value in values.items() if value})

    def link(self, **more):
        return f"{reverse('meetings:figures')}?{self.params(**more)}"

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
    month = DayField(required=False, widget=forms.HiddenInput)
    is_kept = forms.NullBooleanField(required=False, widget=forms.HiddenInput)
    state = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)


class ReportRows:
    """Mixin: contact reports in a list, one line each."""

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
    sheet_name = "contact-reports"

    def get_filter_kwargs(self):
        return {"user": self.request.user}


class ReportList(ReportRows, ListPage):
    """All contact reports of one's clients: being written, late, or awaiting their return."""

    permission = "accounts.view_client"
    template_name = "meetings/list.html"
    page_title = gettext_lazy("Contact reports")
    filter_form = ReportFilter
    empty_title = gettext_lazy("No contact reports yet")
    empty_text = gettext_lazy("Every call, written exchange and meeting brings one.")

    def rows(self):
        return ContactReport.objects.visible_to(self.request.user).select_related(
            "client", "author"
        )

    def narrow(self, rows, report="", **exact):
        wanted = {
            "running": rows.drafts,
            "late": lambda: rows.overdue(self.now),
            "awaiting": rows.awaiting_return,
        }
        return (wanted[report]() if report else rows).filter(**exact)


class FiguresList(ReportRows, ListPage):
    """The reports behind one figure; their number is the figure."""

    permission = "budgets.view_dashboard"
    permission_on = OWN
    page_title = gettext_lazy("Reports behind the figure")
    filter_form = ListFilter

    def rows(self):
        wanted = dict(self.wanted)
        wanted.pop("by", None)
        period = Period(wanted, self.now)
        wanted = {k: v for k, v in wanted.items() if k not in ("since", "until")}
        user = self.request.user
        if "state" in wanted:
            find, keys = figures.returns_list, ("client", "state", "ae")
        else:
            find, keys = figures.kept_list, ("client", "ae", "kind", "month", "is_kept")
        asked = {key: wanted[key] for key in keys if key in wanted}
        found = find(user, period.start, period.end, **asked)
        return found.select_related("client", "author")
