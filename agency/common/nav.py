"""The places and menus of the frame, in one list. What does not exist yet is not shown."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Asked of has_perm in place of an object: is the right held on what is one's own, at least?
OWN = "own"
# The department that writes and books media plans; the rest of budgets is closed to it (4.2).
MEDIA = ("media",)
MANAGEMENT = ("management",)


@dataclass(frozen=True)
class Entry:
    """A link of the frame: name of the URL, words, and for whom.

    permission: a name of the table of rights; on: OWN where the right on one's own is enough.
    people: roles and departments that have it besides; without a permission they alone.
    under: names of URLs outside of its own address whose pages belong to the place as well.
    """

    view: str
    label: str | Promise
    icon: str = ""
    key: str = ""
    permission: str = ""
    on: str | None = None
    people: tuple = ()
    under: tuple = ()

    def is_for(self, user):
        if self.permission and user.has_perm(self.permission, self.on):
            return True
        if self.people and user.is_authenticated:
            return bool({user.role, user.department} & {*self.people})
        return not self.permission and not self.people


PLACES = [
    Entry("home", _("Home"), "house", "h"),
    Entry("accounts:client_list", _("Clients"), "users", "", "accounts.view_client"),
    Entry("meetings:meeting_list", _("Meetings"), "calendar", "m", "accounts.view_client"),
    Entry("jobs:job_list", _("Jobs"), "briefcase", "j", "accounts.view_client"),
    Entry(
        "budgets:dashboard",
        _("Budgets"),
        "wallet",
        "b",
        "budgets.view_money",
        under=("jobs:suggestion_list",),
    ),
    Entry("budgets:plan_list", _("Media plans"), "wallet", people=MEDIA),
    Entry(
        "archives:document_list",
        _("Archive"),
        "archive",
        "a",
        "accounts.view_client",
        under=("kit",),
    ),
    Entry("accounts:user_list", _("People"), "id-card", "", "accounts.manage_users"),
    Entry(
        "accounts:settings",
        _("Settings"),
        "settings",
        "",
        "accounts.manage_settings",
        under=("meetings:room_day",),
    ),
]
NEW = [
    Entry("meetings:call_create", _("Log a call"), permission="meetings.log_call"),
    Entry("meetings:exchange_create", _("Log a written exchange"), permission="meetings.log_call"),
    Entry("meetings:meeting_create", _("Plan a meeting"), permission="meetings.run_meeting"),
    Entry("jobs:job_create", _("New job"), permission="jobs.request_job"),
    Entry(
        "budgets:opportunity_create", _("New opportunity"), permission="budgets.edit_opportunity"
    ),
    Entry("jobs:suggestion_create", _("New suggestion"), permission="budgets.edit_opportunity"),
    Entry(
        "budgets:expense_create",
        _("New expense request"),
        permission="budgets.request_expense",
        on=OWN,
    ),
    Entry("archives:document_create", _("File a paper"), permission="archives.file_document"),
    Entry(
        "archives:observation_create",
        _("Note an observation"),
        permission="archives.edit_archive",
    ),
]
MINE = [
    Entry("notices", _("Notices")),
    Entry("accounts:todo_list", _("My to-dos")),
    Entry("meetings:action_list", _("Action points"), permission="accounts.view_client"),
    Entry("budgets:invoice_list", _("Invoices"), permission="budgets.view_money"),
    Entry("kit", _("Stationery kit"), permission="accounts.view_client"),
    Entry("archives:letter_list", _("Faxes and memos"), permission="archives.file_document"),
    Entry("archives:held_mail_list", _("Held mails"), permission="meetings.issue_report"),
    Entry("meetings:figures", _("Figures"), permission="budgets.view_dashboard", on=OWN),
    Entry(
        "budgets:opportunity_list",
        _("Opportunities"),
        permission="budgets.edit_opportunity",
        people=MANAGEMENT,
    ),
    Entry(
        "jobs:suggestion_list",
        _("Suggestions"),
        permission="budgets.edit_opportunity",
        people=MANAGEMENT,
    ),
    Entry("budgets:expense_list", _("Expenses"), permission="budgets.view_money"),
    Entry("accounts:stand_in_list", _("Stand-ins"), permission="accounts.stand_in", on=OWN),
    Entry("accounts:group_list", _("Account groups"), permission="accounts.manage_settings"),
    Entry("accounts:calendar_days", _("Working days"), permission="accounts.manage_settings"),
    Entry("accounts:trail", _("Audit trail"), permission="accounts.manage_settings"),
    Entry("clock", _("Clock"), permission="accounts.manage_settings"),
    Entry("calendar_feed", _("Calendar feed")),
    Entry("accounts:password_change", _("Change password")),
]
SEARCH = Entry("archives:search", _("Search"), permission="accounts.view_client")


def address(view):
    """The address of a view, or "" while there is no such view."""
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""


def addresses(entry, url):
    """Below which addresses one is in the place."""
    return [url, *filter(None, map(address, entry.under))]


def shown(entries, user):
    """[(entry, address)] of those that exist and that the person may use."""
    rows = []
    for entry in entries:
        if not entry.is_for(user):
            continue
        if url := address(entry.view):
            rows.append((entry, url))
    return rows
