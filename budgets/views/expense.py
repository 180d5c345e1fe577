"""Expense requests: the list, the page with its verbs, their forms (R86, 3.14)."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from accounts.mine import Mine
from agency.common.money import NOTHING
from agency.common.nav import OWN
from agency.common.pages import error_page
from agency.common.views import Column, FormPage, ListPage, Page, PlainPage
from agency.common.wording import state_tone
from archives.downloads import paper_response
from archives.storage import StoreError
from budgets.forms.business import (
    MINE,
    TO_DECIDE,
    ExpenseCreateForm,
    ExpenseFilter,
    ExpenseForm,
)
from budgets.models import ExpenseRequest, Opportunity
from budgets.reports.business import to_decide
from budgets.services import expense as service
from budgets.services.expense_room import allowed_in, over_by
from budgets.services.expense_who import deciders, level_of
from jobs.services.access import may_read_opportunities

State = ExpenseRequest.State
ASKS, DECIDES, BOOKS = service.ASKS, service.DECIDES, "budgets.issue_invoice"
CANCELLABLE = (State.DRAFT, State.REQUESTED, State.APPROVED)
LINKED = ("client__group__head", "opportunity", "author", "decided_by", "booked_by", "receipt",
          "document")  # fmt: skip


class ExpenseList(ListPage):
    permission = "budgets.view_money"
    template_name = "budgets/list.html"
    page_title = gettext_lazy("Expenses")
    sheet_name = "expenses"
    filter_form = ExpenseFilter
    sorts = {"on": ("on", "pk"), "amount": ("amount", "pk"), "number": ("number", "pk")}
    default_sort = "-on"
    empty_title = gettext_lazy("No expense requests")
    empty_text = gettext_lazy("Whoever is about to spend the agency's money asks here first.")
    columns = (
        Column(gettext_lazy("Number"), lambda row: row.number or "–", "code", sort="number",
               url=True),
        Column(gettext_lazy("On"), "on", "date", sort="on"),
        Column(gettext_lazy("Kind"), "get_kind_display",
               small=lambda row: _("afterwards") if row.is_afterwards else ""),
        Column(gettext_lazy("What for"), "purpose", url=True),
        Column(gettext_lazy("Client"), "client"),
        Column(gettext_lazy("Author"), "author"),
        Column(gettext_lazy("Amount"), "amount", "money", sort="amount"),
        Column(gettext_lazy("Spent"), "spent", "money"),
        Column(gettext_lazy("State"), "get_state_display", "badge", tone=state_tone),
        Column(gettext_lazy("Decided by"), "decided_by"),
    )  # fmt: skip

    def rows(self):
        rows = ExpenseRequest.objects.visible_to(self.request.user, self.now)
        return rows.select_related("client", "author", "decided_by")

    def narrow(self, rows, which="", month=None, client=None, kind="", state=""):
        user = self.request.user
        rows = rows.filter(author=user) if which == MINE else rows
        if which == TO_DECIDE:
            rows = rows.filter(pk__in=to_decide(Mine(user, self.now), self.now).values("pk"))
        rows = rows.of_month(month.year, month.month) if month else rows
        rows = rows.filter(client=client) if client else rows
        rows = rows.filter(kind=kind) if kind else rows
        return rows.filter(state=state) if state else rows

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def get_first_step(self):
        may = self.request.user.has_perm(ASKS, OWN)
        return (_("Ask for an expense"), reverse("budgets:expense_create")) if may else None

    def get_acts(self):
        return [*super().get_acts(), (_("Budget of the month"), reverse("budgets:expense_budget"))]


class ExpenseRows:
    """Mixin, put first: pages about one request; `states`: those in which the page is there."""

    permission = "budgets.view_money"
    states = State.values

    def rows(self):
        rows = ExpenseRequest.objects.visible_to(self.request.user, self.now)
        return rows.filter(state__in=self.states).select_related(*LINKED)

    @cached_property
    def object(self):
        return get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        user = request.user
        may_ask = user.is_authenticated and user.has_perm(self.permission, self.permission_on)
        if may_ask and not self.may_enter():
            raise PermissionDenied(self.permission)
        return super().dispatch(request, *args, **kwargs)

    def may_enter(self):
        """Is it the person's to do? The request is looked for here: another's is not there."""
        return self.object is not None

    def who(self):
        return {"by": self.request.user, "at": self.now}

    def get_crumbs(self):
        return [(_("Expenses"), reverse("budgets:expense_list"))]

    def get_success_url(self):
        return self.object.get_absolute_url()

    def get_cancel_url(self):
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"row": self.object, **kwargs})


class Own:
    """Mixin: what only the author does with his request."""

    permission, permission_on = ASKS, OWN

    def may_enter(self):
        return self.object.author_id == self.request.user.pk


class ExpenseDetail(ExpenseRows, PlainPage):
    template_name = "budgets/expense_detail.html"

    def get_page_title(self):
        return self.object.number or self.object.get_kind_display()

    def get_context_data(self, **kwargs):
        row, user = self.object, self.request.user
        asked = row.state == State.REQUESTED
        people = deciders(row, level_of(row, over_by(row) > NOTHING, self.now), self.now)
        extra = {
            "is_own": row.author_id == user.pk,
            "over": over_by(row) if row.state in (State.DRAFT, State.REQUESTED) else NOTHING,
            "is_set": allowed_in(row.kind, row.on) is not None,
            "people": [person for person, absent in people.items() if asked and not absent],
            "may_cancel": row.state in CANCELLABLE and row.spent is None,
            "opportunity_url": self.opportunity_url(),
            "may_decide": asked and user in people,
            "may_book": row.state == State.SPENT and user.has_perm(BOOKS),
        }
        return super().get_context_data(**{**extra, **kwargs})

    def opportunity_url(self):
        """Only for whoever may read the opportunity itself."""
        user, row = self.request.user, self.object
        if row.opportunity is None or not may_read_opportunities(user):
            return ""
        seen = Opportunity.objects.visible_to(user).filter(pk=row.opportunity_id).exists()
        return row.opportunity.get_absolute_url() if seen else ""


class ExpenseFieldsPage:
    """Mixin: the form of a new request and of a draft."""

    template_name = "budgets/expense_form.html"
    permission, permission_on = ASKS, OWN

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}


class ExpenseCreate(ExpenseFieldsPage, FormPage):
    form_class = ExpenseCreateForm
    page_title = gettext_lazy("Ask for an expense")
    button = gettext_lazy("Save")

    def get_crumbs(self):
        return [(_("Expenses"), reverse("budgets:expense_list"))]

    def get_cancel_url(self):
        return reverse("budgets:expense_list")

    def get_initial(self):
        asked = self.request.GET.get("opportunity", "")
        rows = Opportunity.objects.visible_to(self.request.user).alive()
        row = rows.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
        known = {"opportunity": row, "client": row.client_id, "kind": "new_business"} if row else {}
        return {"on": timezone.localdate(self.now), **known}

    def act(self, form):
        return service.create_expense(by=self.request.user, at=self.now, **form.cleaned_data)

    def get_done(self):
        if self.result.state == State.DRAFT:
            return _("The draft is saved: please hand it in.")
        return _("The claim is handed in.")


class ExpenseUpdate(Own, ExpenseFieldsPage, ExpenseRows, FormPage):
    form_class = ExpenseForm
    states = (State.DRAFT,)
    page_title = gettext_lazy("Change the draft")
    done = gettext_lazy("Saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in service.FACTS}

    def act(self, form):
        return service.update_expense(expense=self.object, **self.who(), **form.cleaned_data)


class ExpensePaper(ExpenseRows, Page, View):
    """The paper of the request, or its receipt, for whoever may see the request."""

    def get(self, request, *args, **kwargs):
        paper = getattr(self.object, kwargs["which"])
        if paper is None:
            return error_page(404)
        try:
            return paper_response(paper)
        except StoreError as error:
            return error_page(error.status, happened=str(error))
