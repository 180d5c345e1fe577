"""Tapes of the library: the list, the page, lent, back, lost, discarded (R47)."""

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.models.scope import local_day
from accounts.views.about import (
    ClientFormPage,
    ClientPlainPage,
    ClientVerbView,
    WithRights,
    crumbs_of,
)
from accounts.views.asked import ClientAsked
from agency.common.dates import DAY
from agency.common.forms import ReasonForm
from agency.common.views import Column, ListPage
from archives import services
from archives.forms.tape import LendForm, TapeCreateForm, TapeFilter, TapeForm
from archives.models import Document, Tape
from archives.services.tapes import FACTS, RIGHT

LENT_DAYS = 14
WHOSE, FORMAT = pgettext_lazy("tape", "Whose"), pgettext_lazy("tape", "Format")


class TapeList(ListPage):
    """The library: where each tape is, and who has it."""

    permission = "accounts.view_client"
    template_name = "archives/list.html"
    page_title = _("Tapes")
    sheet_name = "tapes"
    filter_form = TapeFilter
    sorts = {
        "number": ("number", "pk"),
        "title": ("title", "pk"),
        "recorded": ("recorded_on", "pk"),
        "shelf": ("shelf", "pk"),
    }
    default_sort = "-number"
    empty_title = _("No tapes yet")
    empty_text = _("Tapes of our clients and of their competitors stand here, with their loans.")

    def get_columns(self):
        today = local_day(self.now)
        return [
            Column(_("Number"), "number", "code", sort="number", url=True),
            Column(_("Title"), "title", sort="title", small=lambda row: row.ad and row.ad.title),
            Column(WHOSE, "owner_name", small=lambda row: row.competitor and row.account.name),
            Column(FORMAT, "get_format_display", small=is_master),
            Column(_("Length"), "length", "number"),
            Column(_("Recorded"), "recorded_on", "date", sort="recorded"),
            Column(_("Shelf"), "shelf", "code", sort="shelf"),
            Column(
                _("State"), lambda row: row.state_text(today), "badge",
                tone=lambda row: row.tone_on(today),
            ),
            Column(_("With"), lambda row: row.loan and row.loan.borrower),
            Column(_("Back by"), lambda row: row.loan and row.loan.due_on, "date"),
        ]  # fmt: skip

    def rows(self):
        rows = Tape.objects.visible_to(self.request.user, self.now)
        return rows.with_owner().select_related("ad").with_loan()

    def narrow(self, rows, q="", client=None, state="", **wanted):
        rows = rows.filter(**wanted)
        rows = rows.of_account(client) if client else rows
        if state == "overdue":
            rows = rows.overdue(local_day(self.now))
        elif state:
            rows = rows.filter(state=state)
        return rows.worded(q.split())

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def get_first_step(self):
        may = self.request.user.has_perm(RIGHT)
        return (_("New tape"), reverse("archives:tape_create")) if may else None


def is_master(row):
    return _("Master") if row.is_master else ""


class OfTape(WithRights):
    """Mixin, put first: pages about one tape."""

    permission = RIGHT

    def rows(self):
        rows = Tape.objects.visible_to(self.request.user, self.now)
        return rows.with_owner().select_related("ad", "created_by").with_loan()

    def client_of(self, row):
        return row.account

    def get_page_lead(self):
        return str(self.object)

    def get_crumbs(self):
        return crumbs_of(self.client, _("Tapes"), reverse("archives:tape_list"))

    def get_success_url(self):
        return self.object.get_absolute_url()

    def get_cancel_url(self):
        return self.object.get_absolute_url()


class TapeDetail(OfTape, ClientPlainPage):
    permission = "accounts.view_client"
    template_name = "archives/tape_detail.html"

    def get_page_title(self):
        return str(self.object)

    def get_context_data(self, **kwargs):
        tape, today = self.object, local_day(self.now)
        papers = Document.objects.visible_to(self.request.user, self.now).light()
        extra = {
            "tape": tape,
            "is_late": tape.is_overdue(today),
            "state": tape.state_text(today),
            "tone": tape.tone_on(today),
            "loans": tape.loans.select_related("borrower", "created_by"),
            "papers": papers.filter(number=tape.number, kind="tape_sheet"),
            "may_edit": self.may(RIGHT),
        }
        return super().get_context_data(**{**extra, **kwargs})


class TapeCreate(ClientAsked, ClientFormPage):
    """First the client: its own tape, or one of a competitor of its brands."""

    permission = RIGHT
    template_name = "archives/asked_form.html"
    form_class = TapeCreateForm
    page_title = _("New tape")
    button = _("Put on the shelf")
    done = _("The tape stands in the library.")
    object = None

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "client": self.client}

    def get_initial(self):
        wanted = self.request.GET
        return {name: wanted[name] for name in ("ad", "competitor", "title") if name in wanted}

    def get_crumbs(self):
        return [(_("Tapes"), reverse("archives:tape_list"))]

    def get_cancel_url(self):
        return reverse("archives:tape_list")

    def act(self, form):
        return services.create_tape(
            client=self.client, by=self.request.user, at=self.now, **form.cleaned_data
        )


class TapeUpdate(OfTape, ClientFormPage):
    form_class = TapeForm
    page_title = _("Correct the tape")
    done = _("The tape is saved.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "client": self.client}

    def get_initial(self):
        return {name: getattr(self.object, name) for name in FACTS}

    def act(self, form):
        return services.update_tape(tape=self.object, **self.who(), **form.cleaned_data)


class TapeLend(OfTape, ClientFormPage):
    form_class = LendForm
    page_title = _("Lend the tape")
    button = _("Lend")
    done = _("The tape is lent.")

    @cached_property
    def people(self):
        """Who serves the client today, and the head of its group."""
        day = local_day(self.now)
        served = self.client.assignments.on(day).values("user")
        is_there = Q(pk__in=served) | Q(pk=self.client.group.head_id)
        return User.objects.active().filter(is_there)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "people": self.people.order_by("name")}

    def get_initial(self):
        return {"borrower": self.request.user, "due_on": local_day(self.now) + LENT_DAYS * DAY}

    def act(self, form):
        return services.lend_tape(tape=self.object, **self.who(), **form.cleaned_data)


class TapeVerb(OfTape, ClientVerbView):
    """A confirm page that says of which tape it is."""

    def get_consequence(self):
        return f"{self.object} · {self.consequence}"


class TapeBack(TapeVerb):
    """A loan ends, or a lost tape is found again."""

    keep = _("Not yet")
    done = _("The tape is back on the shelf.")

    @cached_property
    def is_found(self):
        return self.object.state == Tape.State.LOST

    def get_page_title(self):
        return _("The tape is found again") if self.is_found else _("The tape is back")

    @property
    def button(self):
        return _("It is found") if self.is_found else _("It is back")

    @property
    def consequence(self):
        if self.is_found:
            return _("It stands on its shelf again.")
        return _("It stands on its shelf again; the loan ends now.")

    def act(self, form):
        return services.return_tape(tape=self.object, **self.who(), **form.cleaned_data)


class TapeLost(TapeVerb):
    form_class = ReasonForm
    page_title = _("The tape is lost")
    consequence = _("Nobody is asked to bring it back any more. Found again, it returns here.")
    button = _("It is lost")
    keep = _("Keep looking")
    done = _("The tape is marked as lost.")
    grave = True

    def act(self, form):
        return services.lose_tape(tape=self.object, **self.who(), **form.cleaned_data)


class TapeDiscard(TapeVerb):
    form_class = ReasonForm
    page_title = _("Discard the tape")
    consequence = _("It leaves the library for ever; its record and its loans stay.")
    button = _("Discard")
    keep = _("Keep it")
    done = _("The tape is discarded.")
    grave = True

    def act(self, form):
        return services.discard_tape(tape=self.object, **self.who(), **form.cleaned_data)


class TapeSheet(TapeVerb):
    page_title = _("Print the tape sheet")
    consequence = _("What is known of the tape now, as a paper for its box; it is filed.")
    button = _("Print and file")
    keep = _("Do not print")
    done = _("The tape sheet is filed.")

    def act(self, form):
        return services.print_tape_sheet(
            tape=self.object, **self.who(), row_version=form.cleaned_data["row_version"]
        )

    def get_success_url(self):
        return self.result.get_absolute_url()
