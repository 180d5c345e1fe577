"""The meeting rooms of the house: whose they are when, and what the admin enters of them (R9)."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.views.house import OfHouse
from agency.common.dates import DAY
from agency.common.views import Column, FormPage, ListPage, PlainPage
from meetings import services
from meetings.forms.lists import WeekForm
from meetings.forms.prepare import NewRoomForm, RoomForm
from meetings.models import Room
from meetings.reports import rooms


class RoomDay(PlainPage):
    """All rooms on one day; of clients that are not one's own, only that a room is busy."""

    permission = "accounts.view_client"
    template_name = "meetings/prepare/room_day.html"
    page_title = _("Meeting rooms")

    def get_context_data(self, **kwargs):
        form = WeekForm(self.request.GET)
        asked = form.cleaned_data["day"] if form.is_valid() else None
        day = asked or timezone.localdate(self.now)
        return super().get_context_data(
            day=day,
            before=day - DAY,
            after=day + DAY,
            rooms=rooms.of_day(day, self.request.user, self.now),
            hours=rooms.HOURS,
            **kwargs,
        )


class OfRooms(OfHouse):
    success_url = cancel_url = "/meetings/rooms/all/"

    def rows(self):
        return Room.objects.order_by("-is_active", "name")


class RoomList(OfRooms, ListPage):
    page_title = _("Meeting rooms")
    page_lead = _("Rooms of the house that meetings can be held in.")
    columns = [
        Column(_("Name"), "name", url=lambda row: reverse("meetings:room_update", args=[row.pk])),
        Column(_("Seats"), "seats", "number"),
        Column(_("Equipment"), "equipment"),
        Column(
            _("State"),
            lambda row: (
                pgettext_lazy("room", "in use")
                if row.is_active
                else pgettext_lazy("room", "closed")
            ),
        ),
    ]
    sheet_name = "meeting-rooms"
    empty_title = _("No rooms yet")
    empty_text = _("Enter the rooms of the house, so that meetings can book them.")

    def get_first_step(self):
        return (_("Enter a room"), reverse("meetings:room_create"))


class RoomCreate(OfRooms, FormPage):
    form_class = NewRoomForm
    page_title = _("Enter a room")
    button = _("Enter the room")

    def act(self, form):
        return services.create_room(by=self.request.user, at=self.now, **form.cleaned_data)


class RoomUpdate(OfRooms, FormPage):
    form_class = RoomForm
    page_title = _("Change the room")
    button = _("Save the room")

    def act(self, form):
        return services.change_room(
            room=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )
