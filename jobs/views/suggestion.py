"""Suggestions: the list with its figures, the page, proposed, decided, made a job (R76)."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.views.about import ClientFormPage, ClientPlainPage, WithRights, crumbs_of
from accounts.views.asked import ClientAsked
from agency.common.views import Column, ListPage
from agency.common.wording import money_text
from archives.papers import client_day
from jobs.forms import suggestion as forms
from jobs.models import Suggestion
from jobs.reports.suggestion import sums
from jobs.services import suggestion as services
from jobs.services.access import may_read_opportunities
from jobs.services.suggestion import FACTS, RIGHT
from jobs.views.base import job_url

JOBLESS = forms.JOBLESS[0]
State = Suggestion.State


class SuggestionList(ListPage):
    template_name = "jobs/suggestion_list.html"
    page_title = _("Suggestions")
    page_lead = _("What we propose to clients unasked, and what came of it.")
    sheet_name = "suggestions"
    filter_form = forms.SuggestionFilter
    sorts = {
        "since": ("created_at", "pk"),
        "client": ("client__name", "-pk"),
        "value": ("value", "pk"),
    }
    default_sort = "-since"
    empty_title = _("No suggestions yet")
    empty_text = _(
        "An idea from a press check, a competitor or a remark on the budget stands here."
    )
    columns = [
        Column(_("Suggestion"), str, url=True, small=lambda row: row.get_origin_display()),
        Column(_("Client"), "client", "short", sort="client"),
        Column(_("State"), "get_state_display", "badge", tone=lambda row: row.tone),
        Column(pgettext_lazy("suggestion", "By"), "by", "short"),
        Column(pgettext_lazy("suggestion", "Entered"), "created_at", "date", sort="since"),
        Column(_("Proposed on"), "proposed_on", "date"),
        Column(_("Decided on"), "decided_on", "date"),
        Column(_("Value"), "value", "money", sort="value"),
        Column(_("Currency"), "client.currency", "code"),
        Column(
            _("Job"), lambda row: row.job and (row.job.number or row.job.title),
            url=lambda row: job_url(row.job) if row.job else "",
        ),
    ]  # fmt: skip

    def dispatch(self, request, *args, **kwargs):
        user = request.user
        if user.is_authenticated and not may_read_opportunities(user):
            raise PermissionDenied(RIGHT)
        return super().dispatch(request, *args, **kwargs)

    def rows(self):
        rows = Suggestion.objects.visible_to(self.request.user, self.now)
        return rows.select_related("client", "by", "job")

    def narrow(self, rows, q="", state="", **wanted):
        rows = rows.filter(**wanted)
        for word in q.split():
            rows = rows.filter(idea__icontains=word)
        if state == JOBLESS:
            return rows.without_job()
        return rows.filter(state=state) if state else rows

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def get_first_step(self):
        may = self.request.user.has_perm(RIGHT)
        return (_("New suggestion"), reverse("jobs:suggestion_create")) if may else None

    def get_context_data(self, **kwargs):
        counts, worth = sums(self.get_queryset())
        extra = {
            "counts": [(state.label, counts[state]) for state in State if counts[state]],
            "worth": [money_text(value, currency) for currency, value in worth],
        }
        return super().get_context_data(**{**extra, **kwargs})


class OfSuggestion(WithRights):
    """Mixin, put first: pages about one suggestion."""

    permission = RIGHT
    states = State.values

    def rows(self):
        rows = Suggestion.objects.visible_to(self.request.user, self.now)
        rows = rows.filter(state__in=self.states)
        return rows.select_related("client__group", "brand", "by", "job")

    def get_page_lead(self):
        return str(self.object)

    def get_crumbs(self):
        return crumbs_of(self.client, _("Suggestions"), reverse("jobs:suggestion_list"))

    def get_success_url(self):
        return self.object.get_absolute_url()

    def get_cancel_url(self):
        return self.object.get_absolute_url()


class SuggestionDetail(OfSuggestion, ClientPlainPage):
    permission = ""
    template_name = "jobs/suggestion_detail.html"

    def may_enter(self):
        return may_read_opportunities(self.request.user)

    def get_page_title(self):
        return str(self.object)

    def get_context_data(self, **kwargs):
        row = self.object
        extra = {
            "row": row,
            "is_whole": str(row) != row.idea,
            "may_edit": self.may(RIGHT),
            "job_address": job_url(row.job) if row.job else "",
        }
        return super().get_context_data(**{**extra, **kwargs})


class WithClient:
    """Mixin: a form whose choices are the client's."""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "client": self.client}


class SuggestionCreate(ClientAsked, WithClient, ClientFormPage):
    permission = RIGHT
    template_name = "jobs/suggestion_form.html"
    form_class = forms.SuggestionCreateForm
    page_title = _("New suggestion")
    button = _("Enter it")
    done = _("The suggestion is entered.")
    object = None

    def get_crumbs(self):
        return [(_("Suggestions"), reverse("jobs:suggestion_list"))]

    def get_cancel_url(self):
        return reverse("jobs:suggestion_list")

    def act(self, form):
        return services.create_suggestion(
            client=self.client, by=self.request.user, at=self.now, **form.cleaned_data
        )


class SuggestionUpdate(OfSuggestion, WithClient, ClientFormPage):
    form_class = forms.SuggestionForm
    page_title = _("Say it better")
    done = _("The suggestion is saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in FACTS}

    def act(self, form):
        return services.update_suggestion(suggestion=self.object, **self.who(), **form.cleaned_data)


class SuggestionPropose(OfSuggestion, ClientFormPage):
    form_class = forms.ProposeForm
    page_title = _("Proposed to the client")
    button = _("It was proposed")
    done = _("Noted: the client has heard of it.")

    def get_initial(self):
        return {"proposed_on": client_day(self.client, self.now)}

    def act(self, form):
        return services.propose_suggestion(
            suggestion=self.object, **self.who(), **form.cleaned_data
        )


class SuggestionDecide(OfSuggestion, ClientFormPage):
    form_class = forms.DecideForm
    page_title = _("What the client said")
    button = _("Note it")
    done = _("The client's word is noted.")

    def get_initial(self):
        return {"decided_on": client_day(self.client, self.now)}

    def act(self, form):
        return services.decide_suggestion(suggestion=self.object, **self.who(), **form.cleaned_data)


class SuggestionJob(OfSuggestion, WithClient, ClientFormPage):
    form_class = forms.JobForm
    page_title = _("Make a job of it")
    button = _("Make a job of it")
    done = _("The suggestion has become a job.")

    def get_initial(self):
        return {"title": str(self.object)}

    def act(self, form):
        return services.job_of_suggestion(suggestion=self.object, **self.who(), **form.cleaned_data)

    def get_success_url(self):
        return job_url(self.result.job)
