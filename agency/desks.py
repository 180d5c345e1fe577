"""What lies with each person today: due, overdue, to be approved, papers missing (6.9, R80)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models import Assignment, User
from accounts.models.scope import local_day
from accounts.permissions import people_under
from agency.common.dates import MIDNIGHT, first_of, local_instant
from agency.common.nav import OWN
from agency.common.sheets import AsSheet
from agency.common.views import Column, Filtered, PlainPage
from agency.common.wording import share_text
from agency.team import Member, team_of
from budgets.models import MediaPlan
from budgets.reports.expense import month_of
from jobs.forms.filters import ClientFilter
from jobs.models import Estimate
from jobs.reports import figures


@dataclass(frozen=True)
class Figure:
    """A number and the address of its list; since: of the oldest behind it."""

    text: object
    url: str
    is_late: bool = False
    since: object = None


@dataclass(frozen=True)
class Desk:
    """A person's row; is_below: whose day may be read."""

    member: Member
    is_below: bool
    figures: list

    @property
    def person(self):
        return self.member.person


def desks_of(user, at, client=None):
    """[Desk] of the people below; an AE sees the own row, who sees all clients each AE's."""
    below = people_under(user, at)
    people = below or _others(user, at)
    counts = _counts(user, at, client)
    return [
        Desk(
            member,
            member.person in below,
            _figures(Lists(member.person, client, at), member, counts),
        )
        for member in team_of(user, at, people, client)
    ]


def _others(user, at):
    if user.role == User.Role.AE:
        return [user]
    if not user.sees_all_clients:
        return []
    posts = Assignment.objects.on(local_day(at)).filter(role="ae")
    return User.objects.active().filter(pk__in=posts.values("user")).order_by("name", "pk")


def _counts(user, at, client):
    """[{AE id: …}]: estimates and plans that wait for our own yes, jobs overdue and lacking
    papers, checks of the month that failed."""
    papers = [model.objects.visible_to(user) for model in (Estimate, MediaPlan)]
    if client:
        papers = [rows.filter(job__client=client) for rows in papers]
    start = local_instant(first_of(local_day(at)), MIDNIGHT)
    return [
        *map(figures.to_approve, papers),
        *figures.overdue_and_lacking(user, local_day(at), client),
        figures.failed_checks(user, start, at, client),
    ]


class Lists:
    """Addresses of the lists behind a person's figures."""

    def __init__(self, person, client, at):
        self.key, self.client = person.pk, {"client": client.pk} if client else {}
        self.month, self.today = f"{first_of(local_day(at))}", f"{local_day(at)}"

    def to(self, name, **asked):
        return f"{reverse(name)}?{urlencode({**asked, **self.client})}"

    def reports(self, state):
        return self.to("meetings:report_list", author=self.key, report=state)

    def actions(self, state):
        return self.to("meetings:action_list", who=f"u{self.key}", state=state)

    def kept(self):
        return self.to("meetings:figures_list", ae=self.key, since=self.month)

    def to_approve(self, name):
        return self.to(name, ae=self.key, state="approve")

    def jobs(self, **asked):
        return self.to("jobs:job_list", ae=self.key, **asked)

    def failed(self):
        days = {"ended": "1", "since": self.month, "until": self.today}
        return self.to("jobs:check_list", author=self.key, state="failed", **days)


def _figures(lists, member, counts):
    """In the order of HEADS."""
    key = member.person.pk
    estimates, plans, overdue, lacking, failed = (found.get(key) for found in counts)
    rate = "" if member.rate is None else share_text(member.rate)
    return [
        Figure(member.running, lists.reports("running")),
        Figure(member.overdue, lists.reports("late"), True),
        Figure(member.actions, lists.actions("open")),
        Figure(member.actions_overdue, lists.actions("overdue"), True),
        Figure(rate, lists.kept()),
        _approval(estimates, lists.to_approve("jobs:estimate_list")),
        _approval(plans, lists.to_approve("budgets:plan_list")),
        Figure(overdue or 0, lists.jobs(state="overdue"), True),
        Figure(lacking or 0, lists.jobs(papers="missing"), True),
        Figure(failed or 0, lists.failed(), True),
    ]


def _approval(found, url):
    count, since = found or (0, None)
    return Figure(count, url, since=since)


HEADS = (
    _("Reports running"),
    _("Reports overdue"),
    _("Open action points"),
    _("Action points overdue"),
    _("In time this month"),
    _("Estimates to approve"),
    _("Media plans to approve"),
    _("Jobs overdue"),
    _("Jobs lacking papers"),
    _("Failed checks this month"),
)
COLUMNS = [
    Column(_("Person"), "person"),
    *(Column(head, lambda row, place=place: row.figures[place].text)
      for place, head in enumerate(HEADS)),
]  # fmt: skip


class DesksPage(AsSheet, Filtered, PlainPage):
    """What lies with each person today, and the month's expense budgets."""

    template_name = "roof/desks.html"
    permission = "budgets.view_dashboard"
    permission_on = OWN
    filter_form = ClientFilter
    page_title = _("What lies with whom")
    sheet_name = "people"
    sheet_columns = COLUMNS

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    @cached_property
    def rows(self):
        return desks_of(self.request.user, self.now, self.wanted.get("client"))

    def sheet_rows(self):
        return self.rows

    def get_context_data(self, **kwargs):
        today, client = local_day(self.now), self.wanted.get("client")
        asked = {"format": "xlsx", **({"client": client.pk} if client else {})}
        return super().get_context_data(
            filters=self.filters,
            heads=HEADS,
            rows=self.rows,
            kinds=month_of(today),
            month=first_of(today),
            sheet_url=f"?{urlencode(asked)}" if self.may_export else "",
            **kwargs,
        )
