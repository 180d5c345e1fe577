"""The last check before anything leaves the house (R71–R73)."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact
from accounts.views.about import ClientFormPage, ClientPlainPage
from accounts.views.asked import asked_key
from agency.common.dates import DAY, MIDNIGHT, local_instant
from agency.common.nav import OWN
from agency.common.views import Column, ListPage
from agency.common.wording import state_tone
from archives.kinds import Kind
from archives.services import file_upload
from jobs.forms.closing import SendForm
from jobs.forms.filters import CheckFilter
from jobs.forms.work import CheckForm, JudgeForm
from jobs.items import ANSWERS, items_of
from jobs.models import OutgoingCheck
from jobs.services.check import fail_check, open_check, pass_check, send_checked
from jobs.views.base import JobFormPage

State = OutgoingCheck.State
BY_HAND = (OutgoingCheck.Kind.CREATIVE, OutgoingCheck.Kind.TAPE)
FILED_AS = {OutgoingCheck.Kind.CREATIVE: Kind.AD_FILE, OutgoingCheck.Kind.TAPE: Kind.TAPE_SHEET}


class CheckCreate(JobFormPage):
    """Ask for a check: the file is filed first, and exactly this file is bound to it."""

    permission = "jobs.check_outgoing"
    form_class = CheckForm
    page_title = _("Ask for the outgoing check")
    button = _("Ask for the check")
    done = _("Asked; somebody else than the author checks it.")

    def get_form_kwargs(self):
        kinds = [(kind.value, kind.label) for kind in BY_HAND]
        return {**super().get_form_kwargs(), "job": self.job, "kinds": kinds}

    def get_initial(self):
        """Of a corrected file: what stood at the check that it failed."""
        after = asked_key(self.request.GET.get("after", ""))
        failed = self.job.outgoing_checks.filter(state=State.FAILED, pk=after).first()
        if failed is None:
            return {"author": self.request.user, "title": self.job.title}
        return {"author": failed.author, "title": failed.title, "kind": failed.kind}

    def act(self, form):
        typed = dict(form.cleaned_data)
        upload, paper = typed.pop("file"), typed.pop("document")
        return self.filed(typed, upload) if upload else self.asked(typed, paper)

    def asked(self, typed, paper):
        return open_check(client=self.client, job=self.job, document=paper, **self.who(), **typed)

    def filed(self, typed, upload):
        """The file and its check, both or neither."""
        return file_upload(
            client=self.client,
            kind=FILED_AS[typed["kind"]],
            upload=upload,
            title=typed["title"],
            dated_on=timezone.localdate(self.now),
            job_numbers=[self.job.number] if self.job.number else [],
            form_key=typed["form_key"],
            then=lambda paper: self.asked(typed, paper),
            **self.who(),
        )

    def get_success_url(self):
        return self.result.get_absolute_url()


class CheckRows:
    """Pages about one check."""

    permission = "jobs.check_outgoing"
    permission_on = OWN

    def rows(self):
        rows = OutgoingCheck.objects.visible_to(self.request.user)
        return rows.select_related("client__group", "job", "document", "author", "checker")

    def get_success_url(self):
        return self.object.get_absolute_url()

    def get_crumbs(self):
        job = self.object.job
        here = [(job.number or job.title, job.get_absolute_url())] if job else []
        return [(str(self.client), self.client.get_absolute_url()), *here]


class CheckDetail(CheckRows, ClientPlainPage):
    template_name = "jobs/check_detail.html"
    permission = "accounts.view_client"

    def get_page_title(self):
        return self.object.title

    def get_context_data(self, **kwargs):
        check = self.object
        answers = dict(ANSWERS)
        rows = [
            (words, answers.get(check.items.get(key)), check.items.get(key))
            for key, words in items_of(check.kind)
        ]
        is_author = check.author_id == self.request.user.pk
        extra = {
            "check": check,
            "rows": rows,
            "is_author": is_author,
            "may_judge": check.state == State.OPEN and not is_author and self.may_judge(),
            "may_ask_again": check.state == State.FAILED and check.job and self.may_judge(),
            "may_send": check.state == State.PASSED and check.document and self.may_judge(),
        }
        return super().get_context_data(**{**extra, **kwargs})

    def may_judge(self):
        return self.request.user.has_perm("jobs.check_outgoing", self.client)


class CheckJudge(CheckRows, ClientFormPage):
    """Every item answered; one button says pass, the other fail."""

    template_name = "jobs/check_judge.html"
    form_class = JudgeForm
    page_title = _("Outgoing check")
    button = _("Passed: it may go out")

    def rows(self):
        return super().rows().filter(state=State.OPEN)

    def get_form_kwargs(self):
        check = self.object
        return {
            **super().get_form_kwargs(),
            "items": items_of(check.kind),
            "answers": ANSWERS,
            "has_total": check.expected_total is not None,
        }

    def act(self, form):
        typed = form.cleaned_data
        known = {
            "check": self.object,
            "items": form.answers(),
            "control_total": typed.get("control_total"),
            "row_version": typed["row_version"],
            "by": self.request.user,
            "at": self.now,
        }
        if "failed" in self.request.POST:
            return fail_check(findings=typed["findings"], **known)
        return pass_check(**known)


class CheckSend(CheckRows, ClientFormPage):
    """Send the checked file to the client."""

    permission = "archives.file_document"
    form_class = SendForm
    page_title = _("Send to the client")
    button = _("Send")
    done = _("It is on its way.")

    def rows(self):
        return super().rows().filter(state=State.PASSED, document__isnull=False)

    def get_form_kwargs(self):
        contacts = Contact.objects.filter(client=self.client).reachable()
        return {**super().get_form_kwargs(), "contacts": contacts}

    def act(self, form):
        contacts = list(form.cleaned_data["contacts"])
        send_checked(check=self.object, contacts=contacts, by=self.request.user, at=self.now)
        return self.object


class CheckList(ListPage):
    permission = "accounts.view_client"
    page_title = _("Outgoing checks")
    sheet_name = "outgoing-checks"
    filter_form = CheckFilter
    sorts = {"asked": ("created_at", "pk"), "client": ("client__name", "-pk")}
    default_sort = "-asked"
    empty_title = _("No checks yet")
    empty_text = _("Whatever leaves the house is checked first; ask for it on the page of the job.")
    columns = [
        Column(_("What"), "title", url=True),
        Column(_("Kind"), "get_kind_display"),
        Column(_("State"), "get_state_display", "badge", tone=state_tone),
        Column(_("Author"), "author"),
        Column(_("Checker"), "checker"),
        Column(_("Asked"), "created_at", "moment", sort="asked"),
        Column(_("Checked"), "checked_at", "moment"),
        Column(_("Client"), "client", sort="client"),
    ]

    def rows(self):
        rows = OutgoingCheck.objects.visible_to(self.request.user)
        return rows.select_related("client", "author", "checker")

    def narrow(self, rows, since=None, until=None, first=False, ended=False, **exact):
        moment = "checked_at" if first or ended else "created_at"
        if since:
            rows = rows.filter(**{f"{moment}__gte": local_instant(since, MIDNIGHT)})
        if until:
            rows = rows.filter(**{f"{moment}__lt": local_instant(until + DAY, MIDNIGHT)})
        rows = rows.first_looks() if first else rows
        return rows.filter(**exact)

    def get_filter_kwargs(self):
        return {"user": self.request.user}
