"""The agency's settings, groups, calendar and trail, for the admin."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.forms.house import DayForm, GroupCreateForm, GroupForm, SettingsForm, YearFilter
from accounts.models import AccountGroup, AgencySettings
from accounts.models.scope import local_day
from accounts.trail_words import act_text
from agency.common.models import AuditEntry, CalendarDay
from agency.common.views import Column, FormPage, ListPage, VerbView


class OfHouse:
    permission = "accounts.manage_settings"
    may_export = True  # no client stands in the admin's own lists

    def get_crumbs(self):
        return [(_("Agency settings"), reverse("accounts:settings"))]


class SettingsPage(OfHouse, FormPage):
    form_class = SettingsForm
    template_name = "accounts/settings.html"
    page_title = _("Agency settings")
    page_lead = _("What stands in letterheads, and what counts where a contract is silent.")
    button = _("Save settings")
    done = _("The settings are saved.")
    success_url = "/settings/"
    cancel_url = "/"

    @cached_property
    def object(self):
        return AgencySettings.load()

    def get_crumbs(self):
        return []

    def act(self, form):
        return services.update_settings(by=self.request.user, at=self.now, **form.cleaned_data)


class CalendarDays(OfHouse, ListPage):
    """Days that differ from the library of holidays, and a warning where it knows nothing."""

    page_title = _("Working days")
    page_lead = _("Monday to Friday and China's published holidays count by themselves.")
    template_name = "accounts/calendar_days.html"
    columns = [
        Column(_("Day"), "day", "date", sort="day"),
        Column(_("Counts as"), lambda row: _("Working day") if row.is_working else _("Day off")),
        Column(_("Name"), "name"),
        Column(
            _("Remove"),
            lambda row: _("Remove"),
            url=lambda row: reverse("accounts:calendar_day_remove", args=[row.pk]),
        ),
    ]
    sorts = {"day": "day"}
    default_sort = "-day"
    filter_form = YearFilter
    sheet_name = "working-days"
    empty_title = _("Nothing differs")
    empty_text = _("Enter a holiday or a make-up workday that the library does not know.")

    def rows(self):
        return CalendarDay.objects.order_by("-day")

    def narrow(self, rows, year=None):
        return rows.filter(day__year=year) if year else rows

    def get_first_step(self):
        return (_("Enter a day"), reverse("accounts:calendar_day_create"))

    def get_context_data(self, **kwargs):
        calendar, year = CalendarDay.objects.calendar(), local_day(self.now).year
        unknown = [one for one in (year, year + 1) if calendar.warns(one)]
        return super().get_context_data(**{"unknown_years": unknown, **kwargs})


class CalendarDayCreate(OfHouse, FormPage):
    form_class = DayForm
    page_title = _("Enter a day")
    button = _("Enter day")
    done = _("Clocks count with it from now on.")
    success_url = "/settings/calendar/"
    cancel_url = "/settings/calendar/"

    def act(self, form):
        return services.set_day(by=self.request.user, at=self.now, **form.cleaned_data)


class CalendarDayRemove(OfHouse, VerbView):
    page_title = _("Remove this day")
    consequence = _("It counts again as the library of holidays says.")
    button = _("Remove day")
    success_url = "/settings/calendar/"
    cancel_url = "/settings/calendar/"

    def rows(self):
        return CalendarDay.objects.order_by("day")

    def act(self, form):
        return services.remove_day(
            day=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )


class GroupList(OfHouse, ListPage):
    page_title = _("Account groups")
    columns = [
        Column(_("Name"), "name", url=lambda row: reverse("accounts:group_update", args=[row.pk])),
        Column(_("Head"), "head.name"),
    ]
    sheet_name = "groups"
    empty_title = _("No groups yet")
    empty_text = _("Each client belongs to a group, and a GAD heads it.")

    def rows(self):
        return AccountGroup.objects.select_related("head")

    def get_first_step(self):
        return (_("New group"), reverse("accounts:group_create"))


class GroupCreate(OfHouse, FormPage):
    form_class = GroupCreateForm
    page_title = _("New group")
    button = _("Create group")
    success_url = "/settings/groups/"
    cancel_url = "/settings/groups/"

    def act(self, form):
        return services.create_group(by=self.request.user, at=self.now, **form.cleaned_data)


class GroupUpdate(OfHouse, FormPage):
    form_class = GroupForm
    page_title = _("Edit group")
    button = _("Save group")
    success_url = "/settings/groups/"
    cancel_url = "/settings/groups/"

    def rows(self):
        return AccountGroup.objects.select_related("head")

    def act(self, form):
        return services.update_group(
            group=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )


class TrailTitles(OfHouse, ListPage):
    """Titles only: the admin sees that something was done, never what a client said (4.2)."""

    page_title = _("Trail")
    columns = [
        Column(_("When"), "at", "moment", sort="at"),
        Column(_("Who"), lambda row: row.actor or row.contact_name or _("System"), "short"),
        Column(_("Act"), act_text),
        Column(_("Client"), "client_code", "code"),
        Column(_("From address"), "ip", "code"),
    ]
    sorts = {"at": ("at", "pk")}
    default_sort = "-at"
    sheet_name = "trail"

    def rows(self):
        return AuditEntry.objects.select_related("actor")
