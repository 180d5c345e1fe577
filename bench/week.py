"""Weekly reports and meetings at size: drafts, copy guard, a line of a held meeting, month, pack.

`python -m bench.week`; needs an empty database (make bench gives one). Milliseconds are the best
of several.
"""

import io
import os
import random
import time
import uuid
from datetime import timedelta

import django
import pypdfium2

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agency.settings")
django.setup()

from django.conf import settings  # noqa: E402 (after django.setup)
from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from agency.common.pdf import merged_behind, print_html  # noqa: E402
from archives.storage import write_mark  # noqa: E402
from bench.jobs import send  # noqa: E402
from bench.pages import browser_of  # noqa: E402
from meetings import copyguard, tasks_status  # noqa: E402
from meetings.models import AgendaItem, HoldLine, Meeting  # noqa: E402
from meetings.services.hold import Said, add_line  # noqa: E402
from meetings.services.status import draft_status  # noqa: E402
from meetings.week import drafted_from, week_of  # noqa: E402
from tests.builders import make_client, make_contact, make_user  # noqa: E402
from tests.jobs.make import make_job  # noqa: E402

ROUNDS = 7
ROW = "{:52} {:>10} {:>9}"


class Undone(Exception):
    """The draft is thrown away, so that the next one begins alike."""


def best(act, rounds=ROUNDS):
    """(milliseconds of the quickest round, queries of the last)."""
    spent = []
    for _number in range(rounds):
        reset_queries()
        with CaptureQueriesContext(connection) as seen:
            begin = time.perf_counter()
            act()
            spent.append((time.perf_counter() - begin) * 1000)
    return min(spent), len(seen)


def undone(act):
    """The act in a transaction that comes to nothing."""

    def run():
        try:
            with transaction.atomic():
                act()
                raise Undone
        except Undone:
            return

    return run


def say(name, found, note=""):
    milliseconds, queries = found
    print(ROW.format(name, f"{milliseconds:,.1f}", queries), note, flush=True)


class House:
    """A client with 200 jobs at work, and hundreds more with a few each."""

    def __init__(self):
        settings.FAULT = "pdf_blank"
        write_mark()
        self.ae, self.am = make_user("bench_ae", "ae"), make_user("bench_am", "am")
        self.big = make_client("BG", team=[self.ae, self.am])
        self.contact = make_contact(self.big)
        self.at = timezone.now()
        self.week = week_of(self.big, self.at)
        for number in range(200):
            make_job(self.big, self.ae, "active", title=f"Job {number}", due_on=self.at.date())

    def client(self, number):
        client = make_client(team=[self.ae, self.am])
        for count in range(3):
            make_job(client, self.ae, "active", title=f"Work {number}.{count}")
        return client

    def draft(self):
        draft_status(client=self.big, week=self.week, at=self.at)


def drafts(house):
    say("draft of a week, 200 open jobs", best(undone(house.draft)), "1 s, 30 queries wanted")


def mondays(house):
    """What the clock takes for each client when few and when many are due."""
    monday = drafted_from(house.big, house.week)
    for count in (30, 300):
        while len(list(tasks_status.to_draft(monday))) < count:
            house.client(count)
        items = list(tasks_status.to_draft(monday))[:count]
        begin = time.perf_counter()
        for item in items:
            tasks_status.draft(item, monday)
        each = (time.perf_counter() - begin) * 1000 / count
        print(ROW.format(f"Monday 06:00, {count} clients: each", f"{each:,.1f}", ""), flush=True)


def words(dice, length=120):
    return "".join(chr(dice.randrange(0x4E00, 0x5200)) for _letter in range(length))


def likeness():
    dice = random.Random(7)
    old = [words(dice) for _line in range(400)]
    new = [text[:100] + words(dice, 20) for text in old]
    pairs = list(zip(old, new, strict=True))
    say("copy guard: 400 lines of 120 characters, alike",
        best(lambda: [copyguard.similarity(*pair) for pair in pairs], 3), "1 s wanted")  # fmt: skip
    other = list(zip(old, old[1:] + old[:1], strict=True))
    say("copy guard: 400 lines of other words",
        best(lambda: [copyguard.similarity(*pair) for pair in other], 3))  # fmt: skip


def meeting_of(house):
    meeting = Meeting.objects.create(
        client=house.big, kind="face", title="Bench", ae=house.ae, state="planned",
        starts_at=house.at - timedelta(minutes=5), planned_end=house.at + timedelta(hours=1),
    )  # fmt: skip
    meeting.attendees.create(user=house.ae, task="Leads")
    return meeting, AgendaItem.objects.create(meeting=meeting, position=1, title="One", minutes=10)


def lines(house):
    meeting, item = meeting_of(house)
    said = Said("d The poster goes out on Friday", cast=None)

    def typed():
        add_line(meeting=meeting, item=item, key=uuid.uuid4(), said=said, by=house.ae, at=house.at)

    def bare():
        with transaction.atomic():
            HoldLine.objects.create(
                meeting=meeting, item=item, key=uuid.uuid4(), kind="d", text="Bare",
                created_by=house.ae,
            )  # fmt: skip

    say("line of a held meeting, the verb", best(typed, 40))
    say("  a bare insert of it", best(bare, 40))
    browser = browser_of(house.ae.username)

    def sent(path):
        data = {"key": uuid.uuid4(), "typed": "d The poster goes out on Friday", "item": item.pk}
        answer = send(browser, path, data, HTTP_ACCEPT="application/json")
        assert answer.status_code == 200, (answer.status_code, answer.content[:300])

    page = reverse("meetings:hold_line_add", args=[meeting.pk])
    say("line of a held meeting, its page", best(lambda: sent(page), 40))
    with override_settings(ROOT_URLCONF="bench.bare"):
        say("  a bare page that inserts it", best(lambda: sent(f"/bare/lines/{meeting.pk}/"), 40),
            "2 times wanted")  # fmt: skip


def months(house):
    first = house.at.replace(day=2, hour=2, minute=0)
    Meeting.objects.bulk_create(
        Meeting(
            client=house.big, kind="call", title=f"Call {number}", ae=house.ae, state="held",
            starts_at=first + timedelta(minutes=18 * number),
            ended_at=first + timedelta(minutes=18 * number + 5),
        )
        for number in range(2000)
    )  # fmt: skip
    browser = browser_of(house.ae.username)
    say("month of 2,000 meetings, page",
        best(lambda: browser.get("/meetings/month/")), "12 queries wanted")  # fmt: skip


def packs():
    """Twenty papers of ten pages behind a cover: by the merging process, and bare in this one."""
    papers = [paper_of(number) for number in range(20)]
    cover = print_html("<html lang='en'><title>Pack</title><body><h1>Pack</h1></body></html>")
    merged_behind(lambda *_counted: cover, papers)
    say("pack of 20 papers merged", best(lambda: merged_behind(lambda *_counted: cover, papers)))
    say("  bare merge of them", best(lambda: bare_merge([cover, *papers])), "1.2 x wanted")


def paper_of(number):
    """A PDF of some ten pages of words."""
    lines = "".join(f"<p>Line {line} of paper {number}</p>" for line in range(300))
    return print_html(f"<html lang='en'><title>{number}</title><body>{lines}</body></html>")


def bare_merge(papers):
    target, buffer = pypdfium2.PdfDocument.new(), io.BytesIO()
    for paper in papers:
        target.import_pages(pypdfium2.PdfDocument(paper))
    target.save(buffer)
    return buffer.getvalue()


def main():
    call_command("migrate", verbosity=0)
    house = House()
    print(ROW.format("what", "ms", "queries"))
    drafts(house)
    mondays(house)
    likeness()
    lines(house)
    months(house)
    packs()


if __name__ == "__main__":
    main()
