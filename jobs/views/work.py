"""Start orders with the reasons why not, what departments do with them, costs and errors."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agency.common.forms import ReasonForm
from agency.common.views import Column, ListPage
from archives.kinds import Kind
from archives.services import file_upload
from jobs.forms.filters import ErrorFilter, OrderFilter
from jobs.forms.work import CostForm, ErrorForm, OrderForm
from jobs.models import Cost, ErrorNote, StartOrder
from jobs.services.access import enters_costs
from jobs.services.costs import enter_cost, note_error
from jobs.services.start import DEPARTMENT_OF, may_start
from jobs.services.work import (
    finish_order,
    give_order,
    is_receiver,
    receive_order,
    withdraw_order,
)
from jobs.views.base import JobFormPage, JobPlainPage, JobVerbView, job_url

State = StartOrder.State


class OrderCreate(JobFormPage):
    """Give a start order; above the form stands what still keeps each kind from starting."""

    permission = "jobs.give_start"
    template_name = "jobs/order_form.html"
    form_class = OrderForm
    page_title = _("Give a start order")
    button = _("Give the order")
    done = _("The order is given; the department has been told.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "job": self.job}

    def get_initial(self):
        kind = self.request.GET.get("kind", "")
        known = kind if kind in StartOrder.Kind.values else StartOrder.Kind.CREATIVE
        return {
            "kind": known,
            "department": DEPARTMENT_OF.get(known, "") if known != "supplier" else "",
            "due_on": self.job.due_on,
        }

    def get_context_data(self, **kwargs):
        kinds = [
            (label, may_start(job=self.job, kind=kind, at=self.now))
            for kind, label in StartOrder.Kind.choices
        ]
        return super().get_context_data(**{"kinds": kinds, **kwargs})

    def act(self, form):
        return give_order(job=self.job, **self.who(), **form.cleaned_data)


class OrderRows:
    """Pages about one start order."""

    def rows(self):
        rows = StartOrder.objects.visible_to(self.request.user)
        return rows.select_related(
            "job__client__group", "supplier", "to", "brief", "given_by", "received_by", "done_by",
            "document",
        )  # fmt: skip

    def get_success_url(self):
        return self.object.get_absolute_url()

    def get_cancel_url(self):
        return self.object.get_absolute_url()


class OrderDetail(OrderRows, JobPlainPage):
    template_name = "jobs/order_detail.html"

    def get_page_title(self):
        return str(self.object)

    def get_context_data(self, **kwargs):
        order, user = self.object, self.request.user
        is_own = self.is_theirs and is_receiver(order, user)
        leads = self.may("jobs.give_start")
        extra = {
            "order": order,
            "today": timezone.localdate(self.now),
            "may_take": order.is_open and (is_own or (leads and order.kind == "supplier")),
            "may_withdraw": order.is_open and leads,
        }
        return super().get_context_data(**{**extra, **kwargs})


class OrderVerb(OrderRows, JobVerbView):
    def get_consequence(self):
        return str(self.object)

    def order(self, form):
        return {"order": self.object, **self.who(), **form.cleaned_data}


class TakeVerb(OrderVerb):
    """The department's own, a supplier's also who gives orders; the verb looks whose it is."""

    permission = "accounts.view_client"

    def may_enter(self):
        is_supplier = self.object.kind == StartOrder.Kind.SUPPLIER
        takes = self.may("jobs.take_start", own=is_receiver(self.object, self.request.user))
        return takes or (is_supplier and self.may("jobs.give_start"))


class OrderReceive(TakeVerb):
    page_title = _("Take the order")
    button = _("We begin")
    keep = _("Not yet")
    done = _("Taken.")

    def act(self, form):
        return receive_order(**self.order(form))


class OrderFinish(TakeVerb):
    page_title = _("Report the order as done")
    button = _("It is done")
    keep = _("Not yet")
    done = _("Done; the AE has been told.")

    def act(self, form):
        return finish_order(**self.order(form))


class OrderWithdraw(OrderVerb):
    permission = "jobs.give_start"
    form_class = ReasonForm
    page_title = _("Withdraw the order")
    button = _("Withdraw it")
    keep = _("Let it stand")
    done = _("Withdrawn; the department has been told.")
    grave = True

    def act(self, form):
        return withdraw_order(**self.order(form))


class OrderList(ListPage):
    """Start orders: for a department its tasks."""

    permission = "accounts.view_client"
    page_title = _("Start orders")
    sheet_name = "start-orders"
    filter_form = OrderFilter
    sorts = {"due": "due_on", "job": ("job__number", "pk")}
    default_sort = "due"
    empty_title = _("No start orders")
    empty_text = _("They are given on the page of a job, once brief and timeline stand.")

    def get_columns(self):
        return [
            Column(_("Job"), "job", url=lambda row: row.get_absolute_url(), sort="job"),
            Column(_("Kind"), "get_kind_display"),
            Column(pgettext_lazy("start order", "For"), "receiver"),
            Column(_("By when"), "due_on", "date", sort="due"),
            Column(_("State"), "get_state_display", "badge", tone=self.tone),
            Column(_("Client"), "job.client"),
        ]

    def tone(self, row):
        if row.state == State.DONE:
            return "green"
        late = row.is_open and row.due_on < timezone.localdate(self.now)
        return "red" if late else ""

    def rows(self):
        rows = StartOrder.objects.visible_to(self.request.user)
        return rows.select_related("job__client", "supplier", "to")

    def narrow(self, rows, client=None, state="", department=""):
        if client is not None:
            rows = rows.filter(job__client=client)
        if department:
            rows = rows.filter(department=department)
        return rows.open() if state == "open" else rows.filter(state=state) if state else rows

    def get_filter_kwargs(self):
        return {"user": self.request.user}


class CostCreate(JobFormPage):
    """An order to a supplier, or a bill with its paper."""

    permission = "jobs.enter_cost"
    form_class = CostForm
    page_title = _("Enter a cost")
    button = _("Enter it")
    done = _("Entered.")

    @property
    def is_own(self):
        return enters_costs(self.job, self.request.user, self.now)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "job": self.job}

    def get_initial(self):
        return {"on": timezone.localdate(self.now)}

    def act(self, form):
        typed = dict(form.cleaned_data)
        upload = typed.pop("paper")
        return self.filed(typed, upload) if upload else self.entered(typed)

    def entered(self, typed, paper=None):
        return enter_cost(job=self.job, document=paper, **self.who(), **typed)

    def filed(self, typed, upload):
        """The paper and its cost, both or neither."""
        is_bill = typed["kind"] == Cost.Kind.BILL
        return file_upload(
            client=self.client,
            kind=Kind.SUPPLIER_BILL if is_bill else Kind.SUPPLIER_QUOTE,
            upload=upload,
            face="internal",
            title=f"{typed['supplier']} {typed['number']}".strip(),
            source=typed["number"],
            dated_on=typed["on"],
            job_numbers=[self.job.number],
            form_key=typed["form_key"],
            then=lambda paper: self.entered(typed, paper),
            **self.who(),
        )


class ErrorCreate(JobFormPage):
    permission = "jobs.edit_estimate"
    form_class = ErrorForm
    page_title = _("Note an error")
    button = _("Note it")
    done = _("Noted.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "job": self.job}

    def get_initial(self):
        return {"found_on": timezone.localdate(self.now)}

    def act(self, form):
        estimate = self.job.estimates.signed().first()
        return note_error(job=self.job, estimate=estimate, **self.who(), **form.cleaned_data)


class ErrorList(ListPage):
    """Errors found after the signature, by kind (R59)."""

    permission = "jobs.edit_estimate"
    page_title = _("Error notes")
    sheet_name = "error-notes"
    filter_form = ErrorFilter
    sorts = {"date": ("found_on", "pk")}
    default_sort = "-date"
    empty_title = _("No error notes")
    empty_text = _("Mistakes found after a signature are noted on the page of the job.")
    columns = [
        Column(_("Found on"), "found_on", "date", sort="date"),
        Column(_("Kind"), "get_kind_display", "badge"),
        Column(_("What happened"), "text"),
        Column(_("Amount"), "amount", "money"),
        Column(_("Noticed by"), "noticed_by"),
        Column(_("Job"), "job", url=lambda row: job_url(row.job)),
        Column(_("Client"), "job.client"),
    ]

    def rows(self):
        rows = ErrorNote.objects.visible_to(self.request.user)
        return rows.select_related("job__client", "noticed_by")

    def narrow(self, rows, client=None, kind="", since=None, until=None):
        if client is not None:
            rows = rows.filter(job__client=client)
        if since:
            rows = rows.filter(found_on__gte=since)
        if until:
            rows = rows.filter(found_on__lte=until)
        return rows.filter(kind=kind) if kind else rows

    def get_filter_kwargs(self):
        return {"user": self.request.user}
