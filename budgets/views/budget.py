"""The client's year: the list, a version's page, drafted, authorised, compared, given up."""

from django.db.models import Q, Sum
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client
from accounts.views import about
from accounts.views.about import crumbs_of
from agency.common.errors import Refused
from agency.common.views import Column, ListPage
from agency.common.wording import money_text, state_tone
from archives.downloads import paper_response, preview_response
from archives.kinds import Kind
from archives.models import Document
from archives.services import file_upload
from budgets.forms.budget import AuthoriseForm, BudgetFilter, DraftForm
from budgets.models import AnnualBudget, Category
from budgets.reports.budget_sheet import sheet_of
from budgets.services import budget as service
from budgets.years import client_day, first_and_last, year_text

PROOFS = (Kind.SIGNATURE_PROOF, Kind.FAX, Kind.MEMO, Kind.CONTRACT, Kind.OTHER)
PROOFS_SHOWN = 100


class BudgetRows(about.WithRights):
    """Mixin, put first: pages about one version of a client's budget."""

    permission = "budgets.view_money"

    def rows(self):
        rows = AnnualBudget.objects.visible_to(self.request.user)
        return rows.select_related("client__group", "authorised_by", "proof", "document")

    @property
    def budget(self):
        return self.object

    def get_crumbs(self):
        crumbs = crumbs_of(self.client, _("Budgets"), reverse("budgets:budget_list"))
        return [*crumbs, (self.budget.year_text, self.budget.get_absolute_url())]

    def get_success_url(self):
        return self.budget.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"budget": self.budget, **kwargs})


class DraftOnly:
    """Mixin before the page: what is no draft any more is read, not written."""

    permission = "budgets.edit_budget"

    def get(self, request, *args, **kwargs):
        if not self.budget.is_draft:
            return HttpResponseRedirect(self.budget.get_absolute_url())
        return super().get(request, *args, **kwargs)


class BudgetList(ListPage):
    permission = "budgets.view_money"
    template_name = "budgets/list.html"
    page_title = _("Annual budgets")
    sheet_name = "budgets"
    filter_form = BudgetFilter
    sorts = {"client": ("client__name", "-year", "-version"), "year": ("year", "client__name")}
    default_sort = "-year"
    empty_title = _("No budgets yet")
    empty_text = _("The budget of a client's year is begun on the client's page.")
    columns = [
        Column(_("Client"), "client", sort="client"),
        Column(_("Year"), "year_text", "code", sort="year", url=True),
        Column(_("Version"), "version", "number"),
        Column(_("State"), "get_state_display", "badge", tone=state_tone),
        *(
            Column(label, lambda row, name=name: getattr(row, f"sum_{name}"), "money")
            for name, label in Category.choices
        ),
        Column(_("Total"), "sum_all", "money"),
        Column(_("Currency"), "currency"),
        Column(pgettext_lazy("budget", "Authorised on"), "authorised_on", "date"),
        Column(pgettext_lazy("budget", "Authorised by"), "authorised_by"),
    ]

    def rows(self):
        sums = {
            f"sum_{name}": Sum("lines__amount", filter=Q(lines__category=name), default=0)
            for name in Category.values
        }
        rows = AnnualBudget.objects.visible_to(self.request.user)
        rows = rows.select_related("client", "authorised_by")
        return rows.annotate(**sums, sum_all=Sum("lines__amount", default=0))

    def narrow(self, rows, **wanted):
        return rows.filter(**wanted)

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def get_first_step(self):
        client = self.wanted.get("client")
        if client is None or not self.request.user.has_perm("budgets.edit_budget", client):
            return None
        return (_("New budget"), reverse("budgets:budget_create", args=[client.pk]))


class BudgetCreate(about.ClientFormPage):
    """Which fiscal year; asked again it leads to the draft that is there."""

    permission = "budgets.edit_budget"
    form_class = DraftForm
    page_title = _("New annual budget")
    button = _("Begin the draft")

    def rows(self):
        return Client.objects.visible_to(self.request.user)

    def client_of(self, row):
        return row

    def get_crumbs(self):
        return crumbs_of(self.client, _("Budgets"), reverse("budgets:budget_list"))

    @cached_property
    def years(self):
        return service.years_open(self.client, self.now)

    def get_form_kwargs(self):
        names = [(year, self.period_of(year)) for year in self.years]
        return {**super().get_form_kwargs(), "years": names}

    def period_of(self, year):
        first, last = first_and_last(self.client, year)
        return f"{year_text(self.client, year)} ({first:%Y-%m-%d} – {last:%Y-%m-%d})"

    def get_initial(self):
        """The first year from the current one on that has no authorised budget."""
        done = set(self.client.budgets.authorised().values_list("year", flat=True))
        open_years = [year for year in self.years[service.YEARS_BACK :] if year not in done]
        asked = self.request.GET.get("year", "")
        return {"year": asked or (open_years or self.years)[0]}

    def act(self, form):
        typed = form.cleaned_data
        return service.draft_budget(client=self.client, by=self.request.user, at=self.now, **typed)

    def get_success_url(self):
        return reverse("budgets:budget_sheet", args=[self.result.pk])

    def get_cancel_url(self):
        return f"{reverse('budgets:budget_list')}?client={self.client.pk}"


class BudgetDetail(BudgetRows, about.ClientPlainPage):
    """What is planned by category and month, the versions, the proof and the paper."""

    template_name = "budgets/budget_detail.html"

    def get_page_title(self):
        return _("Annual budget %(year)s, version %(version)s") % {
            "year": self.budget.year_text, "version": self.budget.version,
        }  # fmt: skip

    def get_context_data(self, **kwargs):
        versions = AnnualBudget.objects.filter(client=self.client, year=self.budget.year)
        versions = versions.select_related("client", "authorised_by").order_by("-version")
        extra = {
            "sheet": sheet_of(self.budget),
            "versions": versions.annotate(amount=Sum("lines__amount", default=0)),
            "period": first_and_last(self.client, self.budget.year),
            "may_edit": self.may("budgets.edit_budget"),
            "may_authorise": self.may("budgets.authorise_budget"),
            "may_export": self.may("accounts.export"),
        }
        return super().get_context_data(**{**extra, **kwargs})


class BudgetAuthorise(DraftOnly, BudgetRows, about.ClientFormPage):
    """The client's yes with its proof: uploaded, or a paper of the folder."""

    permission = "budgets.authorise_budget"
    form_class = AuthoriseForm
    page_title = _("Authorise the budget")
    button = _("Authorise")
    done = _("The budget is in force; the budget form is filed.")

    def get_page_lead(self):
        total = money_text(self.budget.total, self.budget.currency)
        return _("%(total)s without VAT: from now on this version counts.") % {"total": total}

    def get_form_kwargs(self):
        papers = Document.objects.visible_to(self.request.user).filter(
            client=self.client, kind__in=PROOFS, state__in=service.GOOD_PROOF, face="client"
        )
        newest = papers.order_by("-dated_on", "-pk").values("pk")[:PROOFS_SHOWN]
        contacts = self.client.contacts.filter(is_active=True)
        kept = {"contacts": contacts, "papers": papers.filter(pk__in=newest)}
        return {**super().get_form_kwargs(), **kept}

    def get_initial(self):
        today = client_day(self.client, self.now)
        return {"authorised_on": today, "po_number": self.budget.po_number}

    def act(self, form):
        """The file and what it proves, both or neither."""
        typed = dict(form.cleaned_data)
        upload, proof = typed.pop("upload"), typed.pop("proof")
        if proof:
            return self.authorised(proof, typed)
        try:
            return file_upload(
                client=self.client, kind=Kind.SIGNATURE_PROOF, upload=upload,
                title=f"{self.page_title} {self.budget.year_text}",
                dated_on=typed["authorised_on"], then=lambda paper: self.authorised(paper, typed),
                **self.who(),
            )  # fmt: skip
        except Refused as error:
            names = {"file": "upload"}
            reasons = [(names.get(name, name), message) for name, message in error.reasons]
            raise type(error)(
                error.message, names.get(error.field, error.field), reasons
            ) from error

    def authorised(self, proof, typed):
        return service.authorise_budget(budget=self.budget, proof=proof, **typed, **self.who())


class BudgetDiscard(DraftOnly, BudgetRows, about.ClientVerbView):
    page_title = _("Drop the draft")
    consequence = _("Its sheet is dropped for good. What is in force stays in force.")
    button = _("Drop it")
    keep = _("Keep it")
    done = _("The draft is dropped.")
    grave = True

    def act(self, form):
        service.discard_budget(budget=self.budget, **self.who(), **form.cleaned_data)

    def get_success_url(self):
        return f"{reverse('budgets:budget_list')}?client={self.client.pk}"


class BudgetPdf(BudgetRows, about.ClientPlainPage):
    """The filed budget form; of a draft the preview, for the client to sign."""

    def get(self, request, *args, **kwargs):
        if self.budget.document:
            return paper_response(self.budget.document)
        pdf = service.print_budget(self.budget, "", self.now)
        name = f"budget-{self.client.code}-{self.budget.year}-v{self.budget.version}.pdf"
        return preview_response(pdf, name)
