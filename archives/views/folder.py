"""The folder of a client, or what of it names one job: seven compartments, and what is missing."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.scope import local_day
from accounts.views.base import OnClient
from agency.common.views import Filtered, FormPage, PlainPage, VerbView
from archives import reports, services
from archives.folder import WANTED, client_gaps
from archives.forms.folder import AgainForm, FolderFilter, KeepForm, WaiveForm
from archives.models import Document, Waiver
from archives.services import packs
from archives.services.waivers import RIGHT

DEPARTMENT = "department"


def gaps_for(user, client, at):
    """What the folder is asked for; a department sees some kinds only, and so no list (4.1)."""
    return [] if user.role == DEPARTMENT else client_gaps(client, local_day(at))


class InFolder(OnClient):
    """Mixin, put first: pages about the folder of the client in the address."""

    permission = "accounts.view_client"

    def address(self):
        return reverse("archives:folder", args=[self.client.pk])

    def get_crumbs(self):
        return [*super().get_crumbs(), (_("Folder"), self.address())]

    def get_success_url(self):
        return self.address()

    get_cancel_url = get_success_url


class FolderPage(InFolder, Filtered, PlainPage):
    template_name = "archives/folder_detail.html"
    filter_form = FolderFilter

    @property
    def job(self):
        return self.wanted.get("job", "")

    def get_page_title(self):
        if self.job:
            return _("Papers of job %(number)s") % {"number": self.job}
        return _("Folder of %(client)s") % {"client": self.client}

    def get_crumbs(self):
        return super().get_crumbs() if self.job else super().get_crumbs()[:-1]

    def pack(self, shelves):
        """How much the ZIP of what is shown would hold, and whether the clock is to pack it."""
        if not self.rights.can(packs.RIGHT, self.client):
            return None
        size = sum(shelf.size for shelf in shelves)
        asked = self.request.GET.urlencode()
        return {"size": size, "is_large": size > packs.AT_ONCE, "asked": asked}

    def get_context_data(self, **kwargs):
        user = self.request.user
        shelves = reports.folder(user, self.client, self.now, **self.wanted)
        extra = {
            "client": self.client,
            "job": self.job,
            "show": self.wanted.get("show", ""),
            "filters": self.filters,
            "shelves": shelves,
            "pack": self.pack(shelves),
            "can_file": self.rights.can("archives.file_document", self.client),
            "gaps": [] if self.job else gaps_for(user, self.client, self.now),
        }
        return super().get_context_data(**{**kwargs, **extra})


class FolderWaive(InFolder, FormPage):
    """The account manager says why the folder goes without something (R40)."""

    permission = RIGHT
    form_class = WaiveForm
    page_title = gettext_lazy("Do without a paper")
    button = gettext_lazy("Do without it")
    done = gettext_lazy("Noted with its reason.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "kinds": WANTED}

    def get_initial(self):
        return {"kind": self.request.GET.get("kind", "")}

    def act(self, form):
        return services.waive(client=self.client, **self.by(form))


class WaiverEnd(InFolder, VerbView):
    """The folder, or the job, is asked for the paper again."""

    permission = RIGHT
    page_title = gettext_lazy("Ask for the paper again")
    form_class = AgainForm
    button = gettext_lazy("Ask for it again")
    done = gettext_lazy("The paper is asked for again.")

    def rows(self):
        return Waiver.objects.visible_to(self.request.user).select_related("client__group", "by")

    def get_consequence(self):
        row = self.object
        said = {"paper": row, "name": row.by.name, "reason": row.reason}
        return _("%(name)s waived it: %(paper)s. “%(reason)s” It counts as missing until it is "
                 "filed; who went without it stays on record.") % said  # fmt: skip

    def act(self, form):
        return services.end_waiver(waiver=self.object, by=self.request.user, at=self.now)

    def get_success_url(self):
        number = self.object.job_number
        return f"{self.address()}?job={number}" if number else self.address()


class PaperKeep(FormPage):
    """The day until which a paper is to be kept."""

    permission = RIGHT
    form_class = KeepForm
    page_title = gettext_lazy("How long it is kept")
    done = gettext_lazy("Saved.")

    def rows(self):
        return Document.objects.visible_to(self.request.user, self.now).light()

    def get_page_lead(self):
        return self.object.label

    def get_initial(self):
        return {"until": self.object.retain_until}

    def act(self, form):
        who = {"by": self.request.user, "at": self.now}
        return services.keep_until(document=self.object, **who, **form.cleaned_data)
