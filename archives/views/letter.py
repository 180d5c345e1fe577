"""Faxes and memos: the list, the page, drafted, changed, issued, noted as sent (R68)."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, Contact
from accounts.views.about import InClient
from agency.common.forms import VerbForm
from agency.common.views import Column, FormPage, ListPage, PlainPage, VerbView
from archives import services
from archives.downloads import paper_response, preview_response
from archives.forms.letter import LetterCreateForm, LetterFilter, LetterForm, SentForm
from archives.models import Letter
from archives.views.document import given

RIGHT = services.letters.RIGHT
LIST_LABEL = _("Faxes and memos")
TONES = {"draft": "accent", "issued": "green"}
LONGEST_KEY = 18


class LetterList(ListPage):
    permission = "accounts.view_client"
    page_title = LIST_LABEL
    template_name = "archives/list.html"
    filter_form = LetterFilter
    sheet_name = "letters"
    empty_title = _("No faxes or memos yet")
    empty_text = _("They are written here, numbered when they are issued, and filed.")
    sorts = {
        "number": ("number", "pk"),
        "client": ("client__code", "-pk"),
        "date": ("created_at", "pk"),
        "sent": ("sent_at", "pk"),
    }
    default_sort = "-date"
    columns = [
        Column(_("Number"), lambda row: row.number or "–", "code", sort="number"),
        Column(_("Subject"), "subject", url=True, small=lambda row: row.company),
        Column(_("Kind"), "get_kind_display"),
        Column(_("Client"), "client.name", sort="client"),
        Column(_("To"), "to"),
        Column(_("Author"), "created_by"),
        Column(_("Begun"), "created_at", "date", sort="date"),
        Column(
            _("State"), "get_state_display", "badge", tone=lambda row: TONES[row.state]
        ),
        Column(_("Sent"), "sent_at", "moment", sort="sent"),
    ]  # fmt: skip

    def rows(self):
        rows = Letter.objects.visible_to(self.request.user, self.now).defer("body")
        return rows.select_related("client", "created_by")

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def narrow(self, rows, q="", state="", **wanted):
        rows = rows.filter(**wanted).worded(q)
        if state == "sent":
            return rows.filter(sent_at__isnull=False)
        return rows.filter(state=state) if state else rows

    def get_first_step(self):
        return self.get_acts()[0] if self.may_write else None

    def get_acts(self):
        writing = [
            (_("Write a fax"), reverse("archives:fax_create")),
            (_("Write a memo"), reverse("archives:memo_create")),
        ]
        return [*(writing if self.may_write else []), (_("Stationery kit"), reverse("kit"))]

    @property
    def may_write(self):
        return self.request.user.has_perm(RIGHT)


class LetterRows(InClient):
    """Mixin, put first: pages about one letter."""

    permission = "accounts.view_client"

    def rows(self):
        rows = Letter.objects.visible_to(self.request.user, self.now)
        return rows.select_related("client", "created_by", "document", "sent_by")

    def get_crumbs(self):
        return [(LIST_LABEL, reverse("archives:letter_list"))]


class Writing(LetterRows):
    """Mixin, put first: only for who may write it."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not self.may_enter():
            raise PermissionDenied(RIGHT)
        return super().dispatch(request, *args, **kwargs)

    def may_enter(self):
        return services.letters.may_write(self.object, self.request.user, self.now)

    def who(self):
        return {"letter": self.object, "by": self.request.user, "at": self.now}


class LetterDetail(LetterRows, PlainPage):
    template_name = "archives/letter_detail.html"

    def get_page_title(self):
        return self.object.subject

    def get_context_data(self, **kwargs):
        row, user = self.object, self.request.user
        may_write = services.letters.may_write(row, user, self.now)
        extra = {
            "row": row,
            "tone": TONES[row.state],
            "may_edit": may_write and row.is_draft,
            "may_discard": may_write and row.is_draft and row.created_by_id == user.pk,
            "may_note": may_write and not row.is_draft and row.sent_at is None,
        }
        return super().get_context_data(**{**extra, **kwargs})


class LetterPdf(LetterRows, PlainPage):
    """The paper: as it was filed, or as the draft would be printed now."""

    def get(self, request, *args, **kwargs):
        if self.object.document:
            return given(paper_response, self.object.document)
        return preview_response(services.letters.print_letter(self.object, self.now), "draft.pdf")


class LetterFields:
    """Mixin: the form of a new one and of a draft."""

    template_name = "archives/letter_form.html"

    def get_form_kwargs(self):
        clients = Client.objects.visible_to(self.request.user, self.now)
        clients = clients.exclude(status=Client.Status.CLOSED)
        return {**super().get_form_kwargs(), "clients": clients, "kind": self.kind}


class LetterCreate(LetterFields, FormPage):
    permission = RIGHT
    form_class = LetterCreateForm
    kind = Letter.Kind.FAX
    button = _("Keep the draft")
    done = _("The draft is kept. Issued, it gets its number.")

    def get_page_title(self):
        return _("Write a fax") if self.kind == Letter.Kind.FAX else _("Write a memo")

    def get_crumbs(self):
        return [(LIST_LABEL, reverse("archives:letter_list"))]

    def get_cancel_url(self):
        return reverse("archives:letter_list")

    def get_initial(self):
        """From a contact's or a client's page its addressee is known."""
        contact = self.asked(Contact, "contact")
        client = contact.client if contact else self.asked(Client, "client")
        known = {"client": client, "job_number": self.request.GET.get("job", "")[:20]}
        if contact:
            known |= {"to": contact.name, "company": client.name, "fax_number": contact.fax}
        return known | {"language": client.paper_language if client else self.request.user.language}

    def asked(self, model, name):
        key = self.request.GET.get(name, "")
        known = key.isdecimal() and len(key) < LONGEST_KEY
        rows = model.objects.visible_to(self.request.user, self.now)
        return rows.filter(pk=key).first() if known else None

    def act(self, form):
        return services.letters.draft_letter(
            kind=self.kind, by=self.request.user, at=self.now, **form.cleaned_data
        )


class LetterUpdate(Writing, LetterFields, FormPage):
    form_class = LetterForm
    page_title = _("Change the draft")
    done = _("The draft is kept.")

    def rows(self):
        return super().rows().drafts()

    @property
    def kind(self):
        return self.object.kind

    def get_initial(self):
        return {name: getattr(self.object, name) for name in services.letters.FACTS}

    def act(self, form):
        return services.letters.update_letter(**self.who(), **form.cleaned_data)


class LetterVerb(Writing, VerbView):
    """Mixin of the verbs: from the page of the letter and back to it."""

    form_class = VerbForm


class LetterIssue(LetterVerb):
    page_title = _("Issue it")
    consequence = _("It gets its number, is filed as PDF, and cannot be changed any more.")
    button = _("Issue it")
    keep = _("Not yet")
    done = _("It is issued and filed.")

    def act(self, form):
        return services.letters.issue_letter(**self.who(), **form.cleaned_data)


class LetterSent(LetterVerb):
    form_class = SentForm
    page_title = _("Note as sent")
    consequence = _("By what way it went out, and when.")
    button = _("Note it")
    keep = _("Cancel")
    done = _("Noted.")

    def get_initial(self):
        channel = "fax" if self.object.is_fax else "hand"
        return {"via": channel, "sent_at": self.now.replace(second=0, microsecond=0)}

    def act(self, form):
        return services.letters.note_sent(**self.who(), **form.cleaned_data)


class LetterDiscard(LetterVerb):
    page_title = _("Discard the draft")
    consequence = _("It is gone; it had no number.")
    button = _("Discard the draft")
    keep = _("Keep it")
    done = _("The draft is discarded.")
    grave = True

    def act(self, form):
        return services.letters.discard_letter(**self.who(), **form.cleaned_data)

    def get_success_url(self):
        return reverse("archives:letter_list")
