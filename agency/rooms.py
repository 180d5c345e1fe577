"""Room for the files of each client: the admin sees codes and sizes, and nothing of a client."""

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.base import VerbModelForm
from accounts.models import Client
from accounts.views.house import OfHouse
from agency.common.forms import VersionedForm
from agency.common.views import Column, FormPage, ListPage
from archives import reports
from archives.services.room import room_of, set_room


class RoomForm(VersionedForm, VerbModelForm):
    class Meta:
        model = Client
        fields = ["quota_gb"]


class OfRooms(OfHouse):
    """Codes and sizes: nothing of a client."""

    def rows(self):
        return reports.rooms()


class RoomList(OfRooms, ListPage):
    page_title = _("Room for files")
    page_lead = _("What the papers of each client take, the fullest first.")
    columns = [
        Column(_("Client"), "code", "code", url=lambda row: reverse("room_update", args=[row.pk])),
        Column(pgettext_lazy("room", "Taken"), lambda row: filesizeformat(row.taken)),
        Column(_("Room"), lambda row: filesizeformat(room_of(row))),
    ]
    sheet_name = "rooms"
    empty_title = _("No clients yet")


class RoomUpdate(OfRooms, FormPage):
    form_class = RoomForm
    page_title = _("Room for files")
    button = _("Save room")
    done = _("The room is changed.")
    success_url = cancel_url = "/settings/rooms/"

    def get_page_lead(self):
        facts = {"code": self.object.code, "taken": filesizeformat(self.object.taken)}
        return _("Client %(code)s: %(taken)s are taken.") % facts

    def act(self, form):
        return set_room(client=self.object, by=self.request.user, at=self.now, **form.cleaned_data)
