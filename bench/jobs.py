"""Jobs at 1,000 and 100,000, each with an estimate of 20 lines, beside bare limits.

`python -m bench.jobs [few] [many]`; needs an empty database (make bench gives one). Milliseconds
are the best of several.
"""

import os
import sys
import time
from functools import partial
from itertools import count
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agency.settings")
django.setup()

from django.conf import settings  # noqa: E402 (after django.setup)
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.jobs_load import LINES, House, drafted, steps  # noqa: E402
from bench.pages import browser_of  # noqa: E402
from bench.pdf import Bare  # noqa: E402
from jobs.models import Job  # noqa: E402
from jobs.services.chain import submit_estimate  # noqa: E402
from jobs.services.estimate_paper import FACES  # noqa: E402
from jobs.services.sending import print_estimate  # noqa: E402
from tests.jobs import make  # noqa: E402

ROUNDS, WARM = 15, 2
ROW = "{:32} {:>8} {:>10} {:>10} {:>7} {:>8}"
LONG_PLAN = 60
APPROVED = 12  # estimates put up for approval at each size
PAPERS = (4, 40)
BARE = "  bare update and fragment"


def bests(*acts, rounds=ROUNDS):
    """Milliseconds of each act, the best of several rounds, all in turn."""
    spent = [[] for _act in acts]
    for number in range(rounds + WARM):
        for act, taken in zip(acts, spent, strict=True):
            begin = time.perf_counter()
            act()
            if number >= WARM:
                taken.append((time.perf_counter() - begin) * 1000)
    return [min(taken) for taken in spent]


def counted(act):
    """Its questions, once what is counted for a person once a minute has been counted."""
    act()
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


def send(browser, path, data, **headers):
    """As a browser sends a form without files."""
    form = "application/x-www-form-urlencoded"
    return browser.post(path, urlencode(data), content_type=form, **headers)


class Desk:
    """The things that are looked at, the same at both sizes."""

    def __init__(self, house):
        self.team, self.other, self.gad = *house.teams[:2], house.gad
        self.job = self.team.client.jobs.get(title="Signed and at work")
        self.draft = drafted(self.team, LINES)
        self.line = self.draft.lines.first()
        job = make.make_job(self.team.client, self.team.ae, title="A long plan")
        self.plan = make.make_timeline(job, rows=steps(LONG_PLAN))
        self.ae, self.head = browser_of(self.team.ae.username), browser_of(self.gad.username)
        self.swamped, self.am = map(browser_of, (self.other.ae.username, self.other.am.username))
        self.quantities = count(100)

    def pages(self):
        """{name: (browser, address)}."""
        last = Job.objects.count() // 100 + 1
        signed = self.job.estimates.get()
        return {
            "home of an AE": (self.ae, "/"),
            "  of one whose work grows, too": (self.swamped, "/"),
            "jobs list (100 rows)": (self.head, "/jobs/"),
            "jobs list, last page": (self.head, f"/jobs/?page={last}"),
            "jobs list of an AE": (self.ae, "/jobs/"),
            "jobs list, papers missing": (self.head, "/jobs/?papers=missing"),
            "board": (self.head, "/jobs/board/"),
            "estimates list": (self.head, "/jobs/estimates/"),
            "job page": (self.ae, f"/jobs/{self.job.pk}/"),
            "estimate page (20 lines)": (self.ae, f"/jobs/estimates/{signed.pk}/"),
            "draft of an estimate (20 lines)": (self.ae, f"/jobs/estimates/{self.draft.pk}/edit/"),
            "timeline page (60 rows)": (self.ae, f"/jobs/timelines/{self.plan.pk}/"),
        }

    def look(self, browser, path):
        response = browser.get(path)
        assert response.status_code == 200, (path, response.status_code)

    # --- a line --------------------------------------------------------------------------------

    def save_line(self):
        line = self.line
        data = {"row_version": line.row_version, "text": line.text, "group": line.group,
                "quantity": next(self.quantities), "unit": line.unit, "unit_cost": line.unit_cost,
                "vat_rate": line.vat_rate, "markup_rate": "17.65", "option": ""}  # fmt: skip
        response = send(self.ae, f"/jobs/lines/{line.pk}/", data, HTTP_HX_REQUEST="true")
        assert response.status_code == 200, (response.status_code, response.content.decode())
        line.row_version += 1

    def save_barely(self):
        data = {"quantity": next(self.quantities)}
        response = send(self.ae, f"/bare/{self.line.pk}/", data)
        assert response.status_code == 200, response.status_code
        self.line.row_version += 1

    # --- yes -----------------------------------------------------------------------------------

    def waiting(self):
        """Estimates with the account manager, one an approval."""
        settings.FAULT = "pdf_blank"
        for _number in range(APPROVED + WARM + 2):
            draft = drafted(self.other, LINES)
            draft.quotes_reason = "Only one studio is free."
            draft.save()
            yield submit_estimate(estimate=draft, by=self.other.ae, at=timezone.now())
        settings.FAULT = ""

    def approve(self, row):
        data = {"row_version": row.row_version, "total": row.total, "control_total": row.total}
        response = send(self.am, f"/jobs/estimates/{row.pk}/approve/", data)
        assert response.status_code == 302, response.content.decode()


def measure(desk):
    """{name: (milliseconds, queries, name of the bare limit)}."""
    found = {}
    for name, (browser, path) in desk.pages().items():
        look = partial(desk.look, browser, path)
        found[name] = (bests(look)[0], counted(look), "")
    queries, bare = counted(desk.save_line), counted(desk.save_barely)
    ours, limit = bests(desk.save_line, desk.save_barely)
    found["saving a line"], found[BARE] = (ours, queries, BARE), (limit, bare, "")
    rows = list(desk.waiting())

    def approve():
        """Each estimate is approved once."""
        desk.approve(rows.pop())

    queries = counted(approve)
    took = bests(approve, rounds=APPROVED)
    return found | {"approve": (took[0], queries, "")}


def measure_papers(desk):
    """Both faces of each paper beside bare WeasyPrint of the same pages."""
    bare, at = Bare(), timezone.now()
    for lines in PAPERS:
        row = drafted(desk.team, lines)
        row = submit_estimate(estimate=row, by=desk.team.ae, at=at)
        for face, (template, data) in FACES.items():
            html = render_to_string(template, data(row, row.number, at))
            ours = partial(print_estimate, row, face, at)
            spent, limit = bests(ours, partial(bare.kept, html), rounds=7)
            yield f"PDF, {lines} lines, {face} face", spent, limit, counted(ours)


def table(counts, results, papers):
    print(ROW.format("best ms", "queries", *counts, "ratio", "to bare"))
    for name, (first, queries, limit) in results[0].items():
        then = results[1][name][0]
        bare = f"{then / results[1][limit][0]:.2f}" if limit else ""
        spent = (f"{first:.1f}", f"{then:.1f}", f"{then / first:.2f}")
        print(ROW.format(name, queries, *spent, bare))
    print(ROW.format("", "", "bare", "ours", "", "to bare"))
    for name, spent, limit, queries in papers:
        shown = (f"{limit:.0f}", f"{spent:.0f}", "", f"{spent / limit:.2f}")
        print(ROW.format(name, queries, *shown))


# As a site runs: no statement is noted down. One table of addresses, else each look at the bare
# limit would build both anew.
@override_settings(ROOT_URLCONF="bench.bare", DEBUG=False)
def main(few=1_000, many=100_000):
    call_command("migrate", verbosity=0)
    house = House()
    desk = Desk(house)
    counts, results = [], []
    for wanted in (few, many):
        begin = time.monotonic()
        counts.append(house.grow(wanted))
        print(f"{counts[-1]:,} jobs after {time.monotonic() - begin:.0f} s", flush=True)
        results.append(measure(desk))
    table(counts, results, list(measure_papers(desk)))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
