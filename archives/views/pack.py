"""The whole folder as a ZIP: at once while it is small, else packed by the clock (R38)."""

from contextlib import suppress

from django.contrib import messages
from django.http import (
    FileResponse,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views import View

from agency.common.errors import Refused
from agency.common.pages import error_page
from agency.common.views import Page
from archives import packing, storage
from archives.downloads import AT_ONCE
from archives.forms.folder import FolderFilter
from archives.models import FolderPack
from archives.reports.document import in_folder
from archives.services import packs
from archives.storage import StoreFull
from archives.views.folder import InFolder

ZIP = "application/zip"


def zip_name(client, job, at):
    return f"folder-{job or client.code}-{timezone.localdate(at):%Y-%m-%d}.zip"


def given(path):
    """The file; a small one read at once, so that no slow reader keeps it open."""
    if path.stat().st_size <= AT_ONCE:
        return HttpResponse(path.read_bytes(), content_type=ZIP)
    return FileResponse(path.open("rb"), content_type=ZIP)


class FolderZip(InFolder, Page, View):
    """GET streams the ZIP of a small folder; POST has a large one packed."""

    permission = packs.RIGHT

    @cached_property
    def asked(self):
        form = FolderFilter(self.request.GET)
        form.is_valid()
        return {name: form.cleaned_data.get(name, "") for name in ("job", "show")}

    def papers(self):
        return in_folder(self.request.user, self.client, self.now, **self.asked)

    def get(self, request, *args, **kwargs):
        papers = self.papers()
        if packs.is_large(papers):
            raise Refused(_("The folder is large: have it packed on its page."))
        with suppress(StoreFull):
            storage.check_ready()
        found = list(packing.packable(papers))
        response = StreamingHttpResponse(packing.pieces(found), content_type=ZIP)
        name = zip_name(self.client, self.asked["job"], self.now)
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response

    def post(self, request, *args, **kwargs):
        """A row for the clock: the same one however often it is asked for."""
        packs.ask_pack(client=self.client, by=self.request.user, at=self.now, **self.asked)
        said = _("The folder is large: it is being packed, and you are told when it is ready.")
        messages.success(self.request, said)
        return HttpResponseRedirect(self.address())


class PackFile(Page, View):
    """What the clock has packed, for who asked for it and still sees the client."""

    permission = packs.RIGHT

    def get(self, request, *args, **kwargs):
        rows = FolderPack.objects.visible_to(request.user).filter(by=request.user)
        pack = get_object_or_404(rows.select_related("client"), pk=kwargs["pk"])
        path = packs.file_of(pack)
        if not pack.ready_at or not path.exists():
            return error_page(404, happened=_("The folder is not packed, or no longer there."))
        response = given(path)
        name = zip_name(pack.client, pack.job_number, pack.ready_at)
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response
