"""Action points after issue: lists by person, client and lateness, and one page for each (R27)."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import can
from agency.common.forms import ReasonForm
from agency.common.views import Column, ListPage
from meetings import services
from meetings.forms.action import (
    OVERDUE,
    ActionFilter,
    CancelForm,
    DoneForm,
    MoveDueForm,
    ProgressForm,
)
from meetings.models import ActionPoint
from meetings.views.base import ClientFormPage, ClientPlainPage, ClientVerbView, client_crumbs

WORK = "meetings.work_action"
State = ActionPoint.State


def action_url(action):
    return reverse("meetings:action_detail", args=[action.pk])


class ActionList(ListPage):
    """Live action points; late ones say so in words."""

    permission = "accounts.view_client"
    template_name = "meetings/list.html"
    page_title = _("Action points")
    sorts = {"due": "due_on", "client": ("report__client__name", "due_on")}
    default_sort = "due"
    filter_form = ActionFilter
    sheet_name = "action-points"
    empty_title = _("No action points yet")
    empty_text = _("They come out of contact reports, once these are issued.")

    def get_columns(self):
        today = timezone.localdate(self.now)
        return [
            Column(pgettext_lazy("action point", "What"), "text", url=action_url),
            Column(pgettext_lazy("action point", "Who"), "owner"),
            Column(_("Due"), "due_on", "date", sort="due"),
            Column(
                _("State"),
                lambda row: state_word(row, today),
                "badge",
                tone=lambda row: state_tone(row, today),
            ),
            Column(_("Moved"), "moved", "number"),
            Column(_("Client"), "report.client", sort="client"),
            Column(_("Report"), "report.number", "code", url=report_address),
        ]

    def rows(self):
        rows = ActionPoint.objects.visible_to(self.request.user).live()
        return rows.select_related("user", "contact", "report__client")

    def narrow(self, rows, who="", client=None, state="", until=None):
        if client is not None:
            rows = rows.filter(report__client=client)
        if until is not None:
            rows = rows.filter(due_on__lte=until)
        return self.of_state(self.of_owner(rows, who), state)

    def of_owner(self, rows, who):
        if who == "me":
            return rows.of_user(self.request.user)
        if who == "client":
            return rows.filter(contact__isnull=False)
        return rows.filter(user=who[1:]) if who else rows

    def of_state(self, rows, state):
        if state == OVERDUE:
            return rows.overdue(timezone.localdate(self.now))
        return rows.filter(state=state) if state else rows

    def get_filter_kwargs(self):
        return {"user": self.request.user}


def report_address(row):
    return reverse("meetings:report_detail", args=[row.report_id])


def state_word(action, today):
    return _("Overdue") if action.is_overdue(today) else action.get_state_display()


def state_tone(action, today):
    if action.is_overdue(today):
        return "red"
    return {State.DONE: "green", State.OPEN: ""}.get(action.state, "")


class ActionRows:
    """Pages about one live action point; its owner may work it without being an AE."""

    permission = "accounts.view_client"

    def rows(self):
        rows = ActionPoint.objects.visible_to(self.request.user).live()
        return rows.select_related("report__client", "user", "contact", "done_by", "point")

    @property
    def is_own(self):
        return self.object.user_id == self.request.user.pk

    @property
    def may_work(self):
        return can(self.request.user, WORK, self.client, self.now, self.is_own)

    def may_enter(self):
        """Its owner, too, where the client is not his (4.2: own)."""
        return self.is_own or super().may_enter()

    def get_success_url(self):
        return action_url(self.object)

    def get_cancel_url(self):
        return action_url(self.object)

    @property
    def sees_client(self):
        return can(self.request.user, "accounts.view_client", self.client, self.now)

    def get_crumbs(self):
        if not self.sees_client:
            return [(_("Action points"), reverse("meetings:action_list"))]
        number = self.object.report.number
        return [*client_crumbs(self.client), (number, report_address(self.object))]

    def who(self):
        return {"action": self.object, "by": self.request.user, "at": self.now}


class ActionDetail(ActionRows, ClientPlainPage):
    """What happened to it, and its verbs."""

    template_name = "meetings/action_detail.html"

    def get_page_title(self):
        return str(self.object)

    def get_context_data(self, **kwargs):
        action = self.object
        today = timezone.localdate(self.now)
        extra = {
            "action": action,
            "today": today,
            "is_overdue": action.is_overdue(today),
            "logs": list(action.logs.select_related("by")),
            "may_work": self.may_work,
            "sees_client": self.sees_client,
            "may_lead": can(self.request.user, WORK, self.client, self.now),
            "progress": ProgressForm(),
        }
        return super().get_context_data(**{**extra, **kwargs})


class ActionVerb(ActionRows, ClientVerbView):
    """A verb on an action; there only while the action is in one of `states`."""

    states = (State.OPEN,)

    @cached_property
    def object(self):
        rows = self.rows().filter(state__in=self.states)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def may_enter(self):
        return self.may_work

    def get_consequence(self):
        return str(self.object)


class ActionProgress(ActionRows, ClientFormPage):
    form_class = ProgressForm
    page_title = _("Note progress")
    button = _("Note progress")
    done = _("Noted.")

    def may_enter(self):
        return self.may_work

    def act(self, form):
        return services.progress(**self.who(), **form.cleaned_data)


class ActionMove(ActionVerb):
    form_class = MoveDueForm
    page_title = _("Give a new date")
    button = _("Move the date")
    keep = _("Keep the date")
    done = _("The new date counts; the old one stays in the history.")

    def act(self, form):
        return services.move_due(**self.who(), **form.cleaned_data)

    def get_initial(self):
        return {"due_on": self.object.due_on}


class ActionComplete(ActionVerb):
    form_class = DoneForm
    page_title = _("Mark as done")
    button = _("Mark as done")
    keep = _("Not yet")
    done = _("Done.")

    def act(self, form):
        typed = form.cleaned_data
        version = typed["row_version"]
        return services.complete(**self.who(), text=typed["text"], row_version=version)


class ActionReopen(ActionVerb):
    states = (State.DONE,)
    form_class = ReasonForm
    page_title = _("Open it again")
    button = _("Open it again")
    keep = _("Leave it done")
    done = _("Open again.")

    def act(self, form):
        return services.reopen(**self.who(), reason=form.cleaned_data["reason"])


class ActionCancel(ActionVerb):
    form_class = CancelForm
    page_title = _("Cancel this action")
    button = _("Cancel the action")
    keep = _("Keep it")
    done = _("Cancelled.")
    grave = True

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "is_client": self.object.contact_id is not None}

    def act(self, form):
        typed = form.cleaned_data
        agreed_with = typed.get("agreed_with", "")
        return services.cancel(**self.who(), reason=typed["reason"], agreed_with=agreed_with)
