import uuid
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Client
from agency.common.errors import Refused
from agency.common.middleware import page_before
from agency.common.pages import error_page
from agency.common.views import Column, FormPage, ListPage, PlainPage, VerbView
from archives import reports, services
from archives.downloads import paper_response, preview_picture
from archives.forms.document import DocumentFilter, FileForm, MailFilter, VersionForm, VoidForm
from archives.kinds import PLAYED
from archives.models import Dispatch, Document
from archives.playing import play_response
from archives.services.uploads import RIGHT, kinds_of
from archives.sniff import claimed
from archives.storage import StoreError

TONES = {"void": "red", "superseded": "amber", "draft": "", "history": "", "issued": "green"}
MAIL_TONES = {"held": "amber", "failed": "red", "bounced": "red", "handed": "green"}
HANDED_DAYS = 30


class DocumentList(ListPage):
    """Papers of one's clients in columns, as a sheet; any word in them finds the search."""

    permission = "accounts.view_client"
    template_name = "archives/list.html"
    page_title = gettext_lazy("Archive")
    filter_form = DocumentFilter
    sheet_name = "papers"
    empty_title = gettext_lazy("No papers yet")
    empty_text = gettext_lazy("What is issued files itself here; the rest is filed by hand.")
    sorts = {"date": "dated_on", "number": ("number", "revision"), "client": "client__code"}
    default_sort = "-date"
    columns = [
        Column(gettext_lazy("Number"), "number", "code"),
        Column(gettext_lazy("Title"), "title", url=True, small=lambda row: row.name),
        Column(gettext_lazy("Kind"), "get_kind_display"),
        Column(gettext_lazy("Client"), "client.name", sort="client"),
        Column(gettext_lazy("Dated"), "dated_on", "date", sort="date"),
        Column(gettext_lazy("Revision"), "revision", "number"),
        Column(gettext_lazy("Face"), "get_face_display"),
        Column(
            gettext_lazy("State"),
            "get_state_display",
            "badge",
            tone=lambda row: TONES[row.state],
        ),
    ]

    def rows(self):
        return Document.objects.visible_to(self.request.user, self.now).filed().light()

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def narrow(self, rows, q="", part="", job="", show="", **wanted):
        rows = rows.filter(**wanted).shown_as(show)
        rows = rows.naming(job) if job else rows
        if part:
            rows = rows.in_compartment(part)
        return rows.worded(q) if q else rows

    def get_first_step(self):
        if not self.request.user.has_perm("archives.file_document"):
            return None
        return _("File a paper"), reverse("archives:document_create")


class DocumentDetail(PlainPage):
    """One paper: its facts and faces, who got it, what was answered, what stands in its place."""

    permission = "accounts.view_client"
    template_name = "archives/document_detail.html"

    @cached_property
    def paper(self):
        papers = Document.objects.visible_to(self.request.user, self.now).light().knowing_text()
        return get_object_or_404(
            papers.select_related("created_by", "preview"), pk=self.kwargs["pk"]
        )

    def get_page_title(self):
        return self.paper.label

    def get(self, request, *args, **kwargs):
        """Opened from a search: the stopwatch stops (R39)."""
        session = request.GET.get("find", "")
        if session.isdecimal() and len(session) < 19:
            services.note_opened(
                session=int(session), user=request.user, paper=self.paper, at=self.now
            )
        return super().get(request, *args, **kwargs)

    def get_crumbs(self):
        client = self.paper.client
        if client is None:
            return []
        folder = reverse("accounts:client_detail", args=[client.pk])
        return [(client.name, folder), (_("Folder"), f"{folder}?tab=folder")]

    def get_context_data(self, **kwargs):
        paper, user = self.paper, self.request.user
        extra = {
            "paper": paper,
            "tone": TONES[paper.state],
            "claimed": claimed(paper.name),
            "others": reports.others(user, paper, self.now),
            "jobs": [row.job_number for row in paper.job_numbers.all()],
            "dispatches": paper.dispatches.select_related("contact", "user", "mail", "link"),
            "answers": reports.answers(paper),
            "twins": reports.twins(user, paper, self.now),
            "can_renew": services.may_renew(paper, user, self.now),
            "can_void": services.may_void(paper, user, self.now),
            "can_settle": user.has_perm("meetings.record_return", paper.client),
        }
        return super().get_context_data(**{**extra, **kwargs})


@login_required
@require_safe
def document_pdf(request, pk):
    """The file of a paper, whole or not at all (C15)."""
    papers = Document.objects.visible_to(request.user).filed().light()
    return given(paper_response, get_object_or_404(papers, pk=pk))


@login_required
@require_safe
def document_picture(request, pk):
    """What we drew of a paper."""
    papers = Document.objects.visible_to(request.user).filed().light()
    papers = papers.exclude(preview__sha256="").select_related("preview")
    return given(preview_picture, get_object_or_404(papers, pk=pk, preview__isnull=False).preview)


@login_required
@require_safe
def document_play(request, pk):
    """A film or sound, or the piece of it that the browser asks for."""
    papers = Document.objects.visible_to(request.user).filed().light()
    paper = get_object_or_404(papers, pk=pk, mime__in=PLAYED)
    asked = [request.headers.get(name, "") for name in ("Range", "If-Range")]
    return given(play_response, paper, *asked)


def given(respond, *what):
    """The bytes, or a page that says why there are none."""
    try:
        return respond(*what)
    except StoreError as error:
        page = error_page(500, happened=str(error), page_title=_("The file cannot be given out"))
        page.status_code = error.status
        return page


class DocumentCreate(FormPage):
    """File papers by hand, many at once; what is refused is said by name, the rest is filed."""

    permission = "archives.file_document"
    page_title = gettext_lazy("File a paper")
    page_lead = gettext_lazy("Papers the house issues file themselves. These come from elsewhere.")
    form_class = FileForm
    button = gettext_lazy("File")

    def get_form_kwargs(self):
        user = self.request.user
        clients = Client.objects.visible_to(user, self.now)
        return super().get_form_kwargs() | {"clients": clients, "kinds": kinds_of(user)}

    def get_initial(self):
        asked = self.request.GET
        wanted = {name: asked[name] for name in ("client", "kind") if name in asked}
        return {"dated_on": timezone.localdate(), **wanted}

    def act(self, form):
        values = dict(form.cleaned_data)
        files, form_key = values.pop("files"), values.pop("form_key")
        again = values.pop("again")
        if len(files) > 1:
            values["title"] = ""
        self.filed, refused = [], []
        for upload, key in zip(files, keys_of(form_key, files), strict=True):
            try:
                self.filed.append(self.file(upload, key, again, values))
            except Refused as error:
                refused += [
                    ("files" if field in ("", "file") else field, f"{upload.name}: {message}")
                    for field, message in error.reasons
                ]
        if refused:
            self.say_filed()
            raise Refused("", reasons=refused)
        return self.filed[0]

    def file(self, upload, key, again, values):
        return services.file_upload(
            upload=upload,
            form_key=key,
            twins_welcome=again,
            by=self.request.user,
            at=self.now,
            **values,
        )

    def say_filed(self):
        if self.filed:
            messages.success(self.request, self.get_done())

    def get_done(self):
        return filed_words(len(self.filed))

    def get_success_url(self):
        if len(self.filed) == 1:
            return self.result.get_absolute_url()
        return f"{reverse('archives:document_list')}?client={self.result.client_id}"

    def get_cancel_url(self):
        return reverse("archives:document_list")


def filed_words(count):
    return ngettext("%(count)d paper filed.", "%(count)d papers filed.", count) % {"count": count}


def keys_of(form_key, files):
    """A key for each file of a form: the same files sent twice are filed once (B2)."""
    seen = {}
    for file in files:
        name = f"{file.name}:{file.size}"
        seen[name] = seen.get(name, 0) + 1
        yield uuid.uuid5(form_key, f"{name}:{seen[name]}")


class DocumentVersion(FormPage):
    """A newer file takes the place of a hand-filed paper, on the same record."""

    permission = RIGHT
    permission_on = "own"
    form_class = VersionForm
    page_title = gettext_lazy("File a new version")
    page_lead = gettext_lazy("It takes this paper's place; the older one stays and is marked so.")
    button = gettext_lazy("File")
    done = gettext_lazy("The new version is filed.")

    def rows(self):
        papers = Document.objects.visible_to(self.request.user, self.now).light()
        return papers.prefetch_related("job_numbers")

    def get_initial(self):
        return {"dated_on": timezone.localdate(self.now)}

    def act(self, form):
        values = dict(form.cleaned_data)
        return services.file_version(
            paper=self.object,
            upload=values.pop("file"),
            by=self.request.user,
            at=self.now,
            **values,
        )


class DocumentVoid(VerbView):
    permission = "archives.void_document"
    form_class = VoidForm
    page_title = gettext_lazy("Declare this paper void")
    consequence = gettext_lazy(
        "It stays in the folder, marked as void, with your reason. This cannot be taken back."
    )
    button = gettext_lazy("Declare void")
    keep = gettext_lazy("Keep it")
    done = gettext_lazy("The paper is void.")
    grave = True

    def rows(self):
        return Document.objects.visible_to(self.request.user, self.now).light()

    def act(self, form):
        return services.void_document(
            document=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )


class HeldMailList(ListPage):
    """Mails of client papers that nobody knows to have arrived: a person decides (C2)."""

    permission = "meetings.record_return"
    page_title = gettext_lazy("Mails to clients")
    page_lead = gettext_lazy("A paper counts as delivered only when its mail arrived.")
    template_name = "archives/held_mail_list.html"
    filter_form = MailFilter
    sheet_name = "mails"
    empty_title = gettext_lazy("Nothing to decide")
    empty_text = gettext_lazy("Mails that failed, came back or may not have arrived stand here.")
    columns = [
        Column(
            gettext_lazy("Paper"), "document.label", url=lambda row: row.document.get_absolute_url()
        ),
        Column(gettext_lazy("Client"), "document.client.name"),
        Column(gettext_lazy("To"), "contact.name", small=lambda row: row.address),
        Column(pgettext_lazy("moment", "Queued"), "queued_at", "moment"),
        Column(gettext_lazy("Handed over"), "handed_at", "moment"),
        Column(
            gettext_lazy("State"),
            "mail.get_state_display",
            "badge",
            tone=lambda row: MAIL_TONES.get(row.state, ""),
        ),
        Column(gettext_lazy("Answer of the mail server"), "mail.reply_text"),
    ]

    def rows(self):
        return reports.client_mails(self.request.user, self.now)

    def narrow(self, rows, show=""):
        if not show:
            return rows.troubled()
        since = self.now - timedelta(days=HANDED_DAYS)
        return rows.filter(mail__state="handed", queued_at__gte=since)


def settle(request, pk, act, done):
    """One of the three buttons of a mail: the service asks the right."""
    row = get_object_or_404(Dispatch.objects.visible_to(request.user), pk=pk)
    act(dispatch=row, by=request.user, at=timezone.now())
    messages.success(request, done)
    return HttpResponseRedirect(page_before(request))


@login_required
@require_POST
def mail_arrived(request, pk):
    return settle(request, pk, services.it_arrived, _("Noted: it arrived."))


@login_required
@require_POST
def mail_again(request, pk):
    return settle(request, pk, services.send_again, _("The mail is sent again."))


@login_required
@require_POST
def mail_back(request, pk):
    return settle(request, pk, services.came_back, _("Noted: it came back."))
