"""Reports issued in the browser while web processes are killed: none without its mails (B1)."""

import os
import threading
import time
from collections import Counter
from datetime import timedelta
from http import HTTPStatus

import httpx
from django.db import connection
from django.utils import timezone

from agency.common.models import OutboxMail
from tests.builders import make_user
from tests.meetings import make
from tests.serving import Web

WEBS = 2
PAUSE_SECONDS = 0.5
# The verb is done, or was done by a request that never got its answer.
ENDS = (HTTPStatus.FOUND, HTTPStatus.CONFLICT)
LATE = {"late_reason": "The site was under fire."}


class Issuing:
    """Two people, each at a web process of their own, who issue every draft there is."""

    def __init__(self, fire, folder, count):
        self.ae, self.am = make_user("ae", "ae"), make_user("am", "am")
        self.client, self.contact = make.make_account(self.ae, self.am, code="LM")
        self.reports = [self.draft() for _number in range(count)]
        self.webs = [Web(dict(os.environ), folder / f"web{n}.log") for n in range(WEBS)]
        self.answers = Counter()
        for web in self.webs:
            fire.run(web.command)
        people = zip(self.webs, (self.ae, self.am), strict=True)
        self.threads = [self.begin(web.person(user), n) for n, (web, user) in enumerate(people)]

    def draft(self):
        ended_at = timezone.now() - timedelta(hours=1)
        return make.log(self.client, self.contact, self.ae, ended_at=ended_at)

    def begin(self, person, place):
        thread = threading.Thread(target=self.issue_all, args=(person, place), daemon=True)
        thread.start()
        return thread

    def issue_all(self, person, place):
        for report in self.reports[place::WEBS]:
            while not self.is_issued(person, report):
                time.sleep(PAUSE_SECONDS)
        connection.close()

    def is_issued(self, person, report):
        """Pressed once; whoever gets no answer presses again and may be told it is done."""
        path = f"/meetings/reports/{report.pk}/issue/"
        try:
            answer = person.post(path, data=LATE | {"row_version": report.row_version})
        except httpx.TransportError:
            self.answers["cut off"] += 1
            return False
        self.answers[answer.status_code] += 1
        return answer.status_code in ENDS

    def is_done(self):
        return not any(thread.is_alive() for thread in self.threads)

    def report(self):
        """In words: how many were issued, and which of them have not one mail to the client."""
        for report in self.reports:
            report.refresh_from_db()
        issued = [report for report in self.reports if report.state == "issued"]
        wrong = [report.number for report in issued if self.mails_of(report) != 1]
        answers = ", ".join(f"{answer} {times}" for answer, times in self.answers.items())
        return (
            f"reports issued over HTTP {len(issued)} of {len(self.reports)}, without exactly one"
            f" mail to the client {len(wrong)} (answers: {answers})"
        )

    def mails_of(self, report):
        papers = OutboxMail.objects.filter(dispatch__document__number=report.number)
        return papers.filter(to=self.contact.email).count()
