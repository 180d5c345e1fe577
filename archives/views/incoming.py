"""Files to be filed: dropped, sent or brought in; each with what it seems to be (R38)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Client
from agency.common.errors import Refused
from agency.common.views import FormPage, PlainPage, VerbView
from archives import services
from archives.forms.incoming import DiscardForm, DropForm, FilingForm
from archives.models import Incoming
from archives.reports.incoming import waiting_for, with_twins
from archives.services.uploads import RIGHT, kinds_of
from archives.storage import StoreError
from archives.views.document import filed_words, keys_of

ROWS = 20
ALL = "all"


class Fitting:
    """Mixin: the forms that say where a file goes, with the clients and kinds of the person."""

    permission = RIGHT
    permission_on = "own"

    @cached_property
    def clients(self):
        return {str(one.pk): one for one in Client.objects.visible_to(self.request.user, self.now)}

    @cached_property
    def kinds(self):
        return kinds_of(self.request.user)

    def form_of(self, row, data=None):
        return FilingForm(
            data, incoming=row, clients=self.clients, kinds=self.kinds, prefix=f"r{row.pk}"
        )

    def waiting(self):
        return waiting_for(self.request.user, self.now)


class IncomingList(Fitting, PlainPage):
    """The files that wait, twenty a page: look at each guess, file one or all."""

    template_name = "archives/incoming_list.html"
    page_title = _("To be filed")
    page_lead = _("Drop files here: kind, client, job and date are proposed, you decide.")

    @cached_property
    def page(self):
        return Paginator(self.waiting(), ROWS).get_page(self.request.GET.get("page"))

    @cached_property
    def rows(self):
        return with_twins(self.page.object_list)

    def post(self, request, *args, **kwargs):
        """`only`: the key of one row, or "all" of the page. What is refused stays, with why."""
        asked = request.POST.get("only", "")
        tried = [row for row in self.rows if asked in (ALL, str(row.pk))]
        self.forms = {row.pk: self.form_of(row, request.POST) for row in tried}
        filed = [row.pk for row in tried if self.file(self.forms[row.pk])]
        if filed:
            messages.success(request, filed_words(len(filed)))
        if len(filed) == len(tried):
            return HttpResponseRedirect(request.get_full_path())
        for pk in filed:
            del self.forms[pk]
        self.rows = [row for row in self.rows if row.pk not in filed]
        return self.render_to_response(self.get_context_data(), status=422)

    def file(self, form):
        if not form.is_valid():
            return False
        try:
            services.file_incoming(
                incoming=form.incoming, by=self.request.user, at=self.now, **form.cleaned_data
            )
        except Refused as error:
            form.refuse(error)
            return False
        return True

    def get_context_data(self, **kwargs):
        sent = getattr(self, "forms", {})
        extra = {
            "drop": DropForm(),
            "page": self.page,
            "pairs": [(row, sent.get(row.pk) or self.form_of(row)) for row in self.rows],
        }
        return super().get_context_data(**{**extra, **kwargs})


class IncomingCreate(Fitting, FormPage):
    """Files are taken in; for our script one at a time, answered with its row or the reason."""

    form_class = DropForm
    page_title = _("Take files in")
    page_lead = _("They wait under “To be filed” until you say where they belong.")
    button = _("Take in")

    def act(self, form):
        files, key = form.cleaned_data["files"], form.cleaned_data["form_key"]
        self.taken, refused = [], []
        for upload, own_key in zip(files, keys_of(key, files), strict=True):
            try:
                self.taken.append(self.receive(upload, own_key))
            except StoreError:
                raise
            except Refused as error:
                refused += [("files", f"{upload.name}: {words}") for _field, words in error.reasons]
        if refused:
            raise Refused("", reasons=refused)
        return self.taken[-1]

    def receive(self, upload, key):
        return services.receive(
            upload=upload,
            source=Incoming.Source.DROP,
            owner=self.request.user,
            form_key=key,
            at=self.now,
        )

    @property
    def is_script(self):
        return "application/json" in self.request.headers.get("Accept", "")

    def form_valid(self, form):
        answer = super().form_valid(form)
        if not self.is_script or answer.status_code != HttpResponseRedirect.status_code:
            return answer
        row = with_twins(self.waiting().filter(pk=self.result.pk))[0]
        pair = {"row": row, "form": self.form_of(row)}
        return JsonResponse(
            {"row": render_to_string("archives/_incoming_row.html", pair, self.request)}
        )

    def form_invalid(self, form):
        if not self.is_script:
            return super().form_invalid(form)
        reasons = [str(words) for _field, _label, words in form.summary]
        return JsonResponse({"refused": " ".join(reasons)}, status=422)

    def get_success_url(self):
        return reverse("archives:incoming_list")

    def get_cancel_url(self):
        return reverse("archives:incoming_list")


class IncomingDiscard(VerbView):
    permission = RIGHT
    permission_on = "own"
    form_class = DiscardForm
    page_title = _("Do not keep this file")
    consequence = _("It leaves the list with your reason; nothing of it is filed.")
    button = _("Do not keep")
    keep = _("Back to the list")
    done = _("The file is not kept.")

    def rows(self):
        return waiting_for(self.request.user, self.now)

    def act(self, form):
        return services.discard_incoming(
            incoming=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )
