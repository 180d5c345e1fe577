"""No page asks the database more the more it shows: at most 15 questions, the same for 1, 3, 50.

The session, the person and what the frame shows count too. The count of what needs me is asked of
every app once a minute, by whichever page comes first (B1); home asks it anew each time.
"""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Todo
from agency.common import context_processors
from agency.common.models import Heartbeat
from archives.models import Ad, Competitor, Observation, QuarterlyReport, Tape
from archives.services import add_ad, create_tape, lend_tape
from archives.services.observations import add_observation
from archives.services.quarterly_rows import take_up
from jobs.services.suggestion import create_suggestion
from meetings.models import ActionPoint, ContactReport
from meetings.services.typed import PointData
from tests.archives.papers import make_document
from tests.archives.quarters import make_quarterly
from tests.builders import count_rows, make_brand, make_contact, make_user
from tests.jobs import grown
from tests.meetings import make
from tests.meetings.status_rows import add_line, make_status

pytestmark = pytest.mark.django_db
MOST = 15
SIZES = (1, 3, 50)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class World:
    """An AE, those above her and one client, for what grows; the clock beats."""

    def __init__(self, ae, am, ad):
        self.ae, self.am, self.ad, self.now = ae, am, ad, timezone.now()
        self.today = timezone.localdate(self.now)
        self.client, self.contact = make.make_account(ae, am, ad, code="LM")
        self.report = None
        Heartbeat.objects.create(at=self.now, host="host", boot_s=1, db_gap_s=0)

    def actions(self, number):
        """One of hers due today, and one that the client has not done."""
        return [
            make.action(f"Poster {number}", user=self.ae, due_on=self.today),
            make.action(f"Film {number}", contact=self.contact, due_on=self.today - DAY),
        ]

    def issue(self, ended_at, **fields):
        data = make.typed(self.contact, **fields)
        return make.issued(self.client, self.contact, self.ae, ended_at=ended_at, data=data)

    def grow(self, grow, sizes):
        """Rows of that kind one after the other; stops at each size for a look."""
        for number in range(sizes[-1]):
            grow(self, number)
            if number + 1 in sizes:
                count_rows()
                yield number + 1


def copy(row, **fields):
    """One more row like this one."""
    for name, value in {**fields, "pk": None, "form_key": None}.items():
        setattr(row, name, value)
    row._state.adding = True
    row.save(force_insert=True)
    return row


def day(world, number):
    """All that home knows: drafts, reports out, actions, a meeting soon, to-dos, one more AE."""
    if number:
        copies(world, number)
    else:
        originals(world)
    Todo.objects.create(
        owner=world.ae,
        client=world.client,
        text="Buy a card",
        due_on=world.today + DAY * (number % 3 - 1),
    )
    colleague = make_user(role="ae")
    client, contact = make.make_account(colleague, world.am)
    make.log(client, contact, colleague, ended_at=world.now - HOUR, at=world.now)


def originals(world):
    make.log(world.client, world.contact, world.ae, ended_at=world.now - HOUR, at=world.now)
    world.report = world.issue(world.now - 30 * HOUR, actions=world.actions(0))
    soon = timezone.localtime(world.now + HOUR / 4).replace(tzinfo=None)
    over = timezone.localtime(world.now + HOUR).replace(tzinfo=None)
    world.soon = make.invited(
        world.client, world.ae, world.contact, str(soon), str(over), at=world.now,
        urgent_by="The client",
    )  # fmt: skip


def copies(world, number):
    draft = ContactReport.objects.drafts().filter(author=world.ae).first()
    meeting = draft.meetings.first()
    copy(meeting, report=copy(draft))
    out = ContactReport.objects.get(pk=world.report.pk)
    actions = list(ActionPoint.objects.filter(report=out))
    copy(out, number=f"LM/CR/{number}", issued_at=out.issued_at - number * HOUR)
    for action in actions:
        copy(action, report=out)
    people = list(world.soon.attendees.all())
    meeting = copy(world.soon)
    for person in people:
        person.pk, person.meeting = None, meeting
        person.save(force_insert=True)


def clients(world, _number):
    make.make_account(world.ae, make_user(role="am"), make_user(role="ad"))


def papers(world, number):
    make_document(world.client, content=f"%PDF-1.7 {number} %%EOF".encode())


def ads(world, number):
    """One of the client's and one of a competitor, each with a file."""
    rival = Competitor.objects.create(brand=make_brand(world.client), name=f"Rival {number}")
    for competitor, kind in ((None, "ad_file"), (rival, "competitor_file")):
        paper = make_document(world.client, kind=kind, content=f"{kind} {number}".encode())
        add_ad(
            client=world.client, competitor=competitor, brand=rival.brand, documents=[paper],
            title=f"Ad {number}", medium="tv", first_run=world.today, by=world.ae, at=world.now,
        )  # fmt: skip


def library(world, number):
    """A tape of the client, one of a competitor that is out, two ads, a clipping, a suggestion."""
    ads(world, number + SIZES[-1])
    who, facts = {"by": world.ae, "at": world.now}, {"format": "vhs", "shelf": "B-1"}
    rival = Competitor.objects.create(brand=make_brand(world.client), name=f"Rival {number}")
    for competitor in (None, rival):
        tape = create_tape(
            client=world.client, competitor=competitor, title=f"Tape {number}", **facts, **who
        )
    lend_tape(tape=tape, borrower=world.ae, due_on=world.today, **who)
    content = f"clipping {number}".encode()
    make_document(world.client, kind="clipping", topic=f"Tea {number}", content=content)
    create_suggestion(client=world.client, idea=f"Tin {number}", origin="press", **who)


def people(world, number):
    make_contact(world.client, f"He {number}", email=f"he{number}@client.example")


def report(world, number):
    """A report of so many points and actions, to one more recipient each time."""
    people(world, number)
    size = number + 1
    if size in SIZES:
        actions = [row for each in range(size) for row in world.actions(each)]
        points = [PointData(kind="decision", text=f"Poster {each}") for each in range(size)]
        world.report = world.issue(world.now - 2 * HOUR, actions=actions, points=points)


def of_client(tab=""):
    return lambda world: f"{world.client.get_absolute_url()}{tab and f'?tab={tab}'}"


def found_by(words):
    return lambda _world: f"{reverse('archives:search')}?q={words}"


def at(name):
    path = reverse(name)
    return lambda _world: path


MEETINGS = {
    "meetings": at("meetings:meeting_list"),
    "week": at("meetings:meeting_week"),
    "month": at("meetings:meeting_month"),
    "reports": at("meetings:report_list"),
    "client": of_client(),
    "client's meetings": of_client("meetings"),
    "actions": at("meetings:action_list"),
    "to-dos": at("accounts:todo_list"),
    "figures": at("meetings:figures"),
    "reports of a figure": at("meetings:figures_list"),
    "quality": at("quality"),
    "people today": at("desks"),
    "late by client": at("breaches"),
}
HOME = {"home": at("home")}
WEEKLY = {
    "weekly reports": at("meetings:status_list"),
    "weekly figures": at("meetings:status_figures"),
}
REPORT = {"report": lambda world: world.report.get_absolute_url()}
ADS = {
    "ads": at("archives:ad_wall"),
    "ads by brand": lambda _world: f"{reverse('archives:ad_wall')}?sort=brand",
    "ad": lambda _world: Ad.objects.latest("pk").get_absolute_url(),
}
LIBRARY = {
    "tapes": at("archives:tape_list"),
    "tape": lambda _world: Tape.objects.latest("pk").get_absolute_url(),
    "reference file": at("archives:reference_list"),
    "suggestions": at("jobs:suggestion_list"),
    "client's brand": of_client("brand"),
    "search": found_by("a"),
    "search that finds nothing": found_by("none such"),
    "client": of_client(),
}
PAPERS = {"papers": at("archives:document_list"), "f": of_client("folder")}


def weeks(world, number):
    """One more week of the client: its report with a line and a day each."""
    week = world.today - DAY * (world.today.weekday() + 7 * number)
    report = make_status(world.client, "signed", world.ae, world.am, week=week)
    line = add_line(report, f"Poster {number}", unchanged_reason="At the fair")
    line.days.create(day=week, at=world.now, kind="changed", by=world.ae, created_by=world.ae)


def quarters(world, number):
    """One more competitor and market that were seen, a report of his brand, one of a quarter."""
    rival = Competitor.objects.create(brand=make_brand(world.client), name=f"Rival {number}")
    paper = make_document(world.client, kind="competitor_file", content=f"still {number}".encode())
    facts = {"brand": rival.brand, "on": date(2026, 8, 20), "kind": "price", "text": "Cheap",
             "source": "Shelf", "by": world.ae, "at": world.now}  # fmt: skip
    add_observation(competitor=rival, document=paper, **facts)
    add_observation(**facts)
    report, _is_new = QuarterlyReport.objects.get_or_create(
        client=world.client, year=2026, quarter=3, state="draft", due_at=world.now
    )
    take_up(report)
    make_quarterly(world.client, "submitted", world.ae, year=2025 - number, quarter=1)


def of_quarter(name):
    def address(world):
        report = world.client.quarterly_reports.get(year=2026, quarter=3)
        return reverse(f"archives:{name}", args=[report.pk])

    return address


QUARTERS = {
    "observations": at("archives:observation_list"),
    "observation": lambda _world: Observation.objects.latest("pk").get_absolute_url(),
    "quarterly reports": at("archives:quarterly_list"),
    "quarterly report": of_quarter("quarterly_detail"),
    "writing it": of_quarter("quarterly_update"),
}


# What grows, and for whom which pages are looked at.
GROWTHS = {
    "day": (day, {"ae": MEETINGS | HOME, "am": MEETINGS | HOME, "ad": HOME}),
    "report": (report, {"ae": REPORT}),
    "people": (people, {"ae": {"client's people": of_client("people")}}),
    "clients": (clients, {"ae": {"clients": at("accounts:client_list")}}),
    "papers": (papers, {"ae": PAPERS}),
    "ads": (ads, {"ae": ADS}),
    "library": (library, {"ae": LIBRARY}),
    "weeks": (weeks, {"ae": WEEKLY, "am": WEEKLY}),
    "quarters": (quarters, {"ae": QUARTERS}),
} | grown.GROWTHS


@pytest.fixture(autouse=True)
def _a_slow_run_is_no_longer_minute(monkeypatch):
    """What the frame asked is known until the end, however long a page takes here."""
    for name in ("COUNT_SECONDS", "HOUSE_SECONDS", "PULSE_SECONDS"):
        monkeypatch.setattr(context_processors, name, 3600)


@pytest.mark.parametrize("name", GROWTHS)
def test_no_page_asks_more_than_15_times_nor_more_for_more_rows(client, ae, am, ad, name):
    grow, views = GROWTHS[name]
    world, counts = World(ae, am, ad), {}
    for _size in world.grow(grow, SIZES):
        for who, pages in views.items():
            client.force_login(getattr(world, who))
            for page, address in pages.items():
                counts.setdefault((who, page), []).append(asked(client, address(world)))
    assert {page: found for page, found in counts.items() if len(set(found)) > 1} == {}
    assert {page: found[0] for page, found in counts.items() if found[0] > MOST} == {}


def asked(client, path):
    """How many questions a page costs once the count in the frame is known."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)
