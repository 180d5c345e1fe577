"""Opportunities: the list, the board by stage, the page, entered, changed, closed (R89, R90)."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.scope import local_day
from accounts.permissions import can
from accounts.views.about import ClientFormPage, ClientPlainPage, crumbs_of
from accounts.views.asked import ClientAsked
from agency.common.dates import first_of
from agency.common.views import Column, Filtered, ListPage, PlainPage
from agency.common.wording import money_text, share_text
from budgets.forms.business import (
    OPEN_STAGES,
    CloseForm,
    OpportunityCreateForm,
    OpportunityFilter,
    OpportunityForm,
)
from budgets.models import ExpenseRequest, Opportunity
from budgets.services.opportunity import (
    FACTS,
    close_opportunity,
    create_opportunity,
    update_opportunity,
)
from budgets.wording import month_text
from budgets.years import client_day
from jobs.services.access import may_read_opportunities

RIGHT = "budgets.edit_opportunity"
CARDS = 60


class Reading:
    """Mixin, put first: who edits opportunities reads them, and the management does (4.2)."""

    permission = ""

    def dispatch(self, request, *args, **kwargs):
        user = request.user
        if user.is_authenticated and not may_read_opportunities(user):
            raise PermissionDenied(RIGHT)
        return super().dispatch(request, *args, **kwargs)


def narrowed(rows, client=None, stage="", kind="", owner=None):
    rows = rows.filter(stage=stage) if stage else rows.alive()
    rows = rows.filter(client=client) if client else rows
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(owner=owner) if owner else rows


class OpportunityList(Reading, ListPage):
    template_name = "budgets/list.html"
    page_title = _("Opportunities")
    sheet_name = "opportunities"
    filter_form = OpportunityFilter
    sorts = {
        "month": ("month", "pk"),
        "client": ("client__name", "pk"),
        "income": ("income", "pk"),
        "next": ("next_on", "pk"),
    }
    default_sort = "month"
    empty_title = _("No opportunities")
    empty_text = _("New business of prospects and additional business of clients stands here.")

    def get_columns(self):
        today = local_day(self.now)
        return [
            Column(_("Opportunity"), "title", url=True, small=lambda row: row.get_kind_display()),
            Column(_("Client"), "client", sort="client"),
            Column(_("Stage"), "get_stage_display", "badge", tone=lambda row: row.tone),
            Column(_("Income"), "income", "money", sort="income"),
            Column(_("Currency"), "client.currency", "code"),
            Column(_("Chance"), lambda row: share_text(row.probability), "number"),
            Column(_("Weighted"), "weighted", "money"),
            Column(_("Expected in"), lambda row: month_text(row.month), "short", sort="month"),
            Column(pgettext_lazy("person", "Owner"), "owner"),
            Column(_("Next step"), "next_step"),
            Column(_("On"), "next_on", "date", sort="next"),
            Column(
                _("Late"), lambda row: _("Overdue") if row.is_late(today) else "", "badge",
                tone=lambda row: "red",
            ),
        ]  # fmt: skip

    def rows(self):
        rows = Opportunity.objects.visible_to(self.request.user)
        return rows.select_related("client", "owner")

    def narrow(self, rows, **wanted):
        return narrowed(rows, **wanted)

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def get_first_step(self):
        may = self.request.user.has_perm(RIGHT)
        return (_("New opportunity"), reverse("budgets:opportunity_create")) if may else None

    def get_acts(self):
        return [*super().get_acts(), (_("Board"), reverse("budgets:opportunity_board"))]


class OpportunityBoard(Reading, Filtered, PlainPage):
    """What is open as cards, a column for each stage."""

    template_name = "budgets/opportunity_board.html"
    page_title = _("Opportunities on the board")
    filter_form = OpportunityFilter

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def get_context_data(self, **kwargs):
        rows = Opportunity.objects.visible_to(self.request.user)
        rows = narrowed(rows, **{**self.wanted, "stage": ""}).select_related("client", "owner")
        rows, today = list(rows.order_by("next_on", "pk")[: CARDS * 4]), local_day(self.now)
        extra = {
            "columns": [stage_column(rows, stage, label, today) for stage, label in OPEN_STAGES],
            "filters": self.filters,
            "is_filtered": bool(self.wanted),
            "may_edit": self.request.user.has_perm(RIGHT),
        }
        return super().get_context_data(**{**extra, **kwargs})


def stage_column(rows, stage, label, today):
    """(label, [(row, is it late)], the weighted income in words, by currency)."""
    held, sums = [row for row in rows if row.stage == stage], {}
    for row in held:
        currency = row.client.currency
        sums[currency] = sums.get(currency, 0) + row.weighted
    texts = [money_text(amount, currency) for currency, amount in sorted(sums.items())]
    return label, [(row, row.is_late(today)) for row in held], texts


class OpportunityRows:
    """Mixin, put first: pages about one opportunity."""

    permission = RIGHT

    def rows(self):
        rows = Opportunity.objects.visible_to(self.request.user)
        return rows.select_related("client__group", "owner", "created_by")

    def get_crumbs(self):
        return crumbs_of(self.client, _("Opportunities"), reverse("budgets:opportunity_list"))

    def get_success_url(self):
        return self.object.get_absolute_url()

    def get_cancel_url(self):
        return self.object.get_absolute_url()


class OpportunityDetail(OpportunityRows, ClientPlainPage):
    template_name = "budgets/opportunity_detail.html"
    permission = ""

    def may_enter(self):
        return may_read_opportunities(self.request.user)

    def get_page_title(self):
        return self.object.title

    def get_context_data(self, **kwargs):
        row = self.object
        costs = ExpenseRequest.objects.visible_to(self.request.user).filter(opportunity=row)
        extra = {
            "row": row,
            "month": month_text(row.month),
            "is_late": row.is_late(client_day(self.client, self.now)),
            "costs": costs.select_related("author"),
            "may_edit": not row.is_closed and can(self.request.user, RIGHT, self.client, self.now),
            "may_ask": self.request.user.has_perm("budgets.request_expense", "own"),
        }
        return super().get_context_data(**{**extra, **kwargs})


class OpportunityFieldsPage:
    """Mixin: the form of a new one and of a change."""

    permission = RIGHT
    template_name = "budgets/opportunity_form.html"

    def get_form_kwargs(self):
        kwargs = {**super().get_form_kwargs(), "client": self.client}
        return {**kwargs, "day": local_day(self.now), "owner": getattr(self.object, "owner", None)}


class OpportunityCreate(ClientAsked, OpportunityFieldsPage, ClientFormPage):
    form_class = OpportunityCreateForm
    page_title = _("New opportunity")
    button = _("Enter it")
    done = _("The opportunity is entered.")
    object = None

    def may_enter(self):
        return can(self.request.user, RIGHT, self.client, self.now)

    def get_crumbs(self):
        return [(_("Opportunities"), reverse("budgets:opportunity_list"))]

    def get_cancel_url(self):
        return reverse("budgets:opportunity_list")

    def get_initial(self):
        day = client_day(self.client, self.now)
        return {"owner": self.request.user, "month": first_of(day)}

    def act(self, form):
        return create_opportunity(
            client=self.client, by=self.request.user, at=self.now, **form.cleaned_data
        )


class OpenOnly:
    """Mixin: a closed one is read, not written."""

    def rows(self):
        return super().rows().alive()


class OpportunityUpdate(OpenOnly, OpportunityFieldsPage, OpportunityRows, ClientFormPage):
    form_class = OpportunityForm
    page_title = _("Edit opportunity")
    done = _("The opportunity is saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in FACTS}

    def act(self, form):
        return update_opportunity(
            opportunity=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )


class OpportunityClose(OpenOnly, OpportunityRows, ClientFormPage):
    form_class = CloseForm
    page_title = _("Won or lost")
    page_lead = _("It is not opened again.")
    button = pgettext_lazy("opportunity", "Close it")
    done = _("The opportunity is closed.")

    def act(self, form):
        return close_opportunity(
            opportunity=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )
