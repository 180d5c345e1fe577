"""Who serves a client, stand-ins, and one's own to-dos."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from accounts import reports, services
from accounts.forms.team import (
    AssignmentEndForm,
    AssignmentForm,
    StandInForm,
    TodoCreateForm,
    TodoFilter,
    TodoForm,
    clients_for,
)
from accounts.models import Assignment, StandIn, Todo, User
from accounts.models.scope import local_day
from accounts.views.parts import OnPeopleTab
from agency.common.middleware import page_before
from agency.common.nav import OWN
from agency.common.views import Column, FormPage, ListPage, VerbView

ALL_ROLES = set(Assignment.Role.values)


class AssignmentCreate(OnPeopleTab, FormPage):
    permission = "accounts.assign"
    form_class = AssignmentForm
    page_title = _("Assign somebody")
    button = _("Assign")
    done = _("The person serves this client.")

    def get_initial(self):
        return {"starts_on": local_day(self.now)}

    def get_form_kwargs(self):
        roles = {"ae"} if self.rights.role_on(self.client) == "am" else ALL_ROLES
        return {**super().get_form_kwargs(), "roles": roles}

    def act(self, form):
        return services.assign(client=self.client, **self.by(form))


class OnAssignment(OnPeopleTab):
    permission = "accounts.assign"

    def rows(self):
        rows = Assignment.objects.visible_to(self.request.user)
        return rows.select_related("client__group", "user")


class AssignmentEnd(OnAssignment, VerbView):
    form_class = AssignmentEndForm
    page_title = _("Let this assignment end")
    consequence = _("From the next day the person no longer sees this client.")
    button = _("End assignment")

    def get_initial(self):
        return {"ends_on": self.object.ends_on or local_day(self.now)}

    def act(self, form):
        return services.end_assignment(assignment=self.object, **self.by(form))


class AssignmentLead(OnAssignment, VerbView):
    page_title = _("Hand over the lead")
    consequence = _("From today this person is in charge; who was until now serves on.")
    button = _("Make lead")

    def act(self, form):
        return services.make_lead(assignment=self.object, **self.by(form))


class StandInList(ListPage):
    permission = "accounts.stand_in"
    permission_on = OWN
    page_title = _("Stand-ins")
    page_lead = _("Who is away, and who has their rights meanwhile: both are named on every act.")
    columns = [
        Column(_("Absent"), "absent.name", sort="absent"),
        Column(_("Stand-in"), "deputy.name"),
        Column(_("Client"), lambda row: row.client.name if row.client else _("All")),
        Column(_("From"), "starts_on", "date", sort="from"),
        Column(_("Until"), "ends_on", "date"),
        Column(_("Reason"), "reason"),
        Column(
            _("End"),
            lambda row: _("End early") if row.may_end else "",
            url=lambda row: reverse("accounts:stand_in_end", args=[row.pk]),
        ),
    ]
    sorts = {"from": ("starts_on", "pk"), "absent": ("absent__name", "-starts_on")}
    default_sort = "-from"
    sheet_name = "stand-ins"
    empty_title = _("No absence is planned")
    empty_text = _("Name who covers your clients before you are away.")

    def rows(self):
        rows = StandIn.objects.visible_to(self.request.user, self.now)
        return rows.select_related("absent", "deputy", "client")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        over = {one.pk for one in absentees(self.request.user, self.now)}
        today = local_day(self.now)
        for row in context["rows"]:
            row.may_end = row.absent_id in over and row.ends_on >= today
        return context

    def sheet(self):
        self.columns = self.columns[:-1]
        return super().sheet()

    def get_first_step(self):
        return (_("Appoint a stand-in"), reverse("accounts:stand_in_create"))


def absentees(user, at):
    """Whose absence the person may enter: his own, his people's; the admin everybody's (4.2)."""
    if user.is_admin:
        return list(User.objects.active().exclude(role="admin").order_by("name"))
    return [user, *reports.my_people(user, at)]


class StandInCreate(FormPage):
    permission = "accounts.stand_in"
    permission_on = OWN
    form_class = StandInForm
    page_title = _("Appoint a stand-in")
    page_lead = _("At most one rank below; both days count.")
    button = _("Appoint")
    done = _("Both are told.")
    success_url = "/people/stand-ins/"
    cancel_url = "/people/stand-ins/"

    def get_initial(self):
        asked = self.request.GET
        absent = asked.get("absent") or ("" if self.request.user.is_admin else self.request.user.pk)
        return {"absent": absent, "client": asked.get("client")}

    def get_form_kwargs(self):
        extra = {
            "absent": absentees(self.request.user, self.now),
            "clients": clients_for(self.request.user),
        }
        return {**super().get_form_kwargs(), **extra}

    def act(self, form):
        return services.appoint_stand_in(by=self.request.user, at=self.now, **form.cleaned_data)


class StandInEnd(VerbView):
    permission = "accounts.stand_in"
    permission_on = OWN
    page_title = _("End this stand-in early")
    consequence = _("The rights end with it. Both are told.")
    button = _("End stand-in")
    success_url = "/people/stand-ins/"
    cancel_url = "/people/stand-ins/"

    def rows(self):
        return StandIn.objects.visible_to(self.request.user, self.now)

    def act(self, form):
        return services.end_stand_in(
            stand_in=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )


class TodoList(ListPage):
    page_title = _("My to-dos")
    columns = [
        Column(_("By"), "due_on", "date", sort="due"),
        Column(
            pgettext_lazy("to-do", "What"),
            "text",
            url=lambda row: reverse("accounts:todo_update", args=[row.pk]),
        ),
        Column(_("Client"), lambda row: row.client.name if row.client else ""),
        Column(_("Done"), "done_at", "moment"),
    ]
    template_name = "accounts/todo_list.html"
    sorts = {"due": ("due_on", "pk")}
    default_sort = "due"
    filter_form = TodoFilter
    sheet_name = "to-dos"
    empty_title = _("Nothing noted")
    empty_text = _("What you note here comes with your list at 08:30 on the day.")

    def rows(self):
        rows = Todo.objects.visible_to(self.request.user).select_related("client")
        return rows if self.wanted.get("done") else rows.open()

    def get_first_step(self):
        return (_("Note a to-do"), reverse("accounts:todo_create"))


class TodoPage(FormPage):
    success_url = "/todos/"
    cancel_url = "/todos/"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "clients": clients_for(self.request.user)}


class TodoCreate(TodoPage):
    form_class = TodoCreateForm
    page_title = _("New to-do")
    button = _("Note it")

    def get_initial(self):
        return {"due_on": local_day(self.now), "client": self.request.GET.get("client")}

    def act(self, form):
        return services.add_todo(by=self.request.user, at=self.now, **form.cleaned_data)


class TodoUpdate(TodoPage):
    form_class = TodoForm
    page_title = _("To-do")
    button = _("Save to-do")
    template_name = "accounts/todo_form.html"

    def rows(self):
        return Todo.objects.visible_to(self.request.user)

    def act(self, form):
        return services.change_todo(
            todo=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )


@login_required
@require_POST
def todo_done(request, pk):
    todo = get_object_or_404(Todo.objects.visible_to(request.user), pk=pk)
    services.finish_todo(todo=todo, by=request.user, at=timezone.now())
    return HttpResponseRedirect(safe_next(request, page_before(request)))


@login_required
@require_POST
def todo_reopen(request, pk):
    todo = get_object_or_404(Todo.objects.visible_to(request.user), pk=pk)
    services.reopen_todo(todo=todo, by=request.user, at=timezone.now())
    return HttpResponseRedirect(safe_next(request, page_before(request)))


def safe_next(request, otherwise):
    """Where the form wants to go back to, if that is an address of ours."""
    wanted = request.POST.get("next", "")
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure()):
        return wanted
    return otherwise
