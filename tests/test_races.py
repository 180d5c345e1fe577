"""Two people press at the same instant, through real HTTP: one of them wins, once (B2, G2).

Each pair runs against gunicorn with several threads, both requests released by a barrier and held
for a moment wherever a verb locks a row (FAULT=at_lock), so that they meet. The pairs file blank
papers (FAULT=pdf_blank); the fifty who draw numbers print real ones. Every race has its
control: the same one with the locks taken out (FAULT=skip_lock) goes wrong.
"""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from agency.common.models import AuditEntry, OutboxMail
from archives.models import Document
from meetings.models import ContactReport
from tests.meetings import make
from tests.meetings.pages import fields_of
from tests.rounds import ROUNDS, Race
from tests.serving import is_fault, together

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MEET = "at_lock:0.05,pdf_blank"
UNLOCKED = "skip_lock,at_lock:0.3,pdf_blank"
REASON = "It was poster B, not poster A."
CALL, SAID = "/meetings/calls/new/", "Poster A is taken."
LATE = {"late_reason": "The client was called away."}


@pytest.fixture
def account(ae, am):
    client, contact = make.make_account(ae, am, code="LM")
    return client, contact


class Pair(Race):
    """Requests of our two people, or of two contacts, about one report."""

    def __init__(self, web, account, ae, am):
        super().__init__(web)
        self.client, self.contact = account
        self.ae, self.am, self.now = ae, am, timezone.now()
        self.people = [web.person(ae), web.person(am)]

    def draft(self):
        return make.log(self.client, self.contact, self.ae, ended_at=self.now - timedelta(hours=1))

    def issued(self):
        ended_at = self.now - timedelta(hours=1)
        return make.issued(self.client, self.contact, self.ae, ended_at=ended_at, at=self.now)

    def both(self, path, data):
        return [lambda person=person: person.post(path, data=data) for person in self.people]

    def doubled(self, report):
        """One mail a recipient: of the paper, and of everything told about it."""
        papers = OutboxMail.objects.filter(dispatch__document__number=report.number)
        told = OutboxMail.objects.filter(key__contains=f":contactreport:{report.pk}:")
        sent = Counter(papers.values_list("to", "kind"))
        sent += Counter(told.values_list("to", "subject"))
        return [f"{count} mails to {to}" for (to, _what), count in sent.items() if count > 1]


class IssueAndIssue(Pair):
    def prepare(self):
        return self.draft()

    def calls(self, report):
        path = f"/meetings/reports/{report.pk}/issue/"
        return self.both(path, LATE | {"row_version": report.row_version})

    def wrong(self, report):
        if report.state != "issued" or report.row_version != 2:
            yield f"{report.state}, version {report.row_version}"
        if done(report) != {"issue_report": 1}:
            yield f"audit {done(report)}"
        if Document.objects.filter(number=report.number).count() != 2:
            yield "not one paper of each face"


class AcceptAndObject(Pair):
    """Two devices of one contact. An objection after the acceptance is kept beside it (3.2)."""

    def prepare(self):
        return self.issued()

    def calls(self, report):
        link = make.link_of(report, self.contact)
        first, second = self.web.guest(link, 1), self.web.guest(link, 2)
        agree = {"act": "agree", "agree-typed_name": "何嘉宁", "agree-sha256": link.sha256}
        objection = {
            "act": "object",
            "object-typed_name": "何嘉宁",
            "object-sha256": link.sha256,
            "object-about": "1",
            "object-reason": REASON,
        }
        return [
            lambda: first.post(first.path, data=agree),
            lambda: second.post(second.path, data=objection),
        ]

    def wrong(self, report):
        answers = list(report.document.answers.order_by("pk").values_list("answer", flat=True))
        if answers not in (["accepted"], ["objected"], ["accepted", "objected"]):
            yield f"answers {answers}"
        if answers[:1] != [report.state]:
            yield f"{report.state} after {answers}"
        if report.row_version != 2 + len(answers):
            yield "an answer was written over"
        if Counter(f"return_{one}" for one in answers) != answered(report):
            yield f"audit {answered(report)} of {answers}"


class ReviseAndRevise(Pair):
    def prepare(self):
        return self.issued()

    def calls(self, report):
        path = f"/meetings/reports/{report.pk}/revise/"
        return self.both(path, {"reason": REASON, "row_version": report.row_version})

    def wrong(self, report):
        if ContactReport.objects.filter(supersedes=report, state="draft").count() != 1:
            yield "not one draft"
        if done(report)["revise"] != 1:
            yield f"audit {done(report)}"


class JoinAndJoin(Pair):
    """Two calls join one draft from pages opened before: both stay, with all that was said (Z9)."""

    ours = ("Told to the AE.", "Told to the AM.")

    def prepare(self):
        return self.draft()

    def calls(self, report):
        return [
            lambda person=person, data=data: person.post(CALL, data=data)
            for person, data in [
                (person, self.typed(person, report, text))
                for person, text in zip(self.people, self.ours, strict=True)
            ]
        ]

    def typed(self, person, report, text):
        page = fields_of(person.get(CALL), "report")
        typed = {"title": text, "points-0-text": text, "no_action": "on", "do": "save"}
        return page | typed | {"report": report.pk}

    def wrong(self, report):
        points = list(report.points.order_by("position").values_list("position", "text"))
        if [position for position, _text in points] != [1, 2, 3]:
            yield f"positions {points}"
        if Counter(text for _position, text in points) != Counter([SAID, *self.ours]):
            yield f"points {points}"
        if report.row_version != 3 or report.meetings.count() != 3:
            yield f"version {report.row_version}, {report.meetings.count()} calls"
        logged = sum((done(meeting) for meeting in report.meetings.all()), Counter())
        if logged != {"log_call": 3}:
            yield f"audit {logged}"


PAIRS = [IssueAndIssue, AcceptAndObject, ReviseAndRevise, JoinAndJoin]


def done(row):
    return Counter(AuditEntry.objects.of(row).values_list("verb", flat=True))


def answered(report):
    return Counter({verb: n for verb, n in done(report).items() if verb.startswith("return_")})


@pytest.mark.rule("R21", "R22", "R24")
@pytest.mark.parametrize("pair", PAIRS)
def test_one_of_two_wins_once(pair, serve, account, ae, am):
    with serve(MEET) as web:
        assert pair(web, account, ae, am).runs() == []


@pytest.mark.parametrize("pair", PAIRS)
def test_without_the_lock_two_win(pair, serve, account, ae, am):
    """The negative control: it may stop at its first double."""
    with serve(UNLOCKED) as web:
        wrong = pair(web, account, ae, am).runs()
    assert wrong


# --- numbers -----------------------------------------------------------------------------------

THREADS = 50


def issue_all(web, account, ae, drafts):
    """The answers to all drafts issued at once by one person with many hands."""
    desk = web.person(ae)

    def call(report):
        path = f"/meetings/reports/{report.pk}/issue/"
        data = LATE | {"row_version": report.row_version}
        return lambda: desk.post(path, data=data)

    return together([call(report) for report in drafts])


def drafts_of(account, ae, count):
    client, contact = account
    ended_at = timezone.now() - timedelta(hours=1)
    return [make.log(client, contact, ae, ended_at=ended_at) for _number in range(count)]


def numbers():
    issued = ContactReport.objects.filter(state="issued")
    return sorted(int(text.rpartition("/")[2]) for text in issued.values_list("number", flat=True))


@pytest.mark.rule("R23")
def test_fifty_issue_at_once_and_some_prints_fail(serve, account, ae):
    drafts = drafts_of(account, ae, THREADS)
    with serve("pdf_fail:0.1", THREADS) as web:
        answers = issue_all(web, account, ae, drafts)
        assert Counter(one.status_code for one in answers).keys() == {302, 422}
        won = sum(one.status_code == 302 for one in answers)
        assert numbers() == list(range(1, won + 1))
        left = list(ContactReport.objects.drafts())
        assert len(left) == THREADS - won
    papers = Document.objects.filter(number__in=ContactReport.objects.values("number"))
    assert Counter(papers.values_list("face", flat=True)) == {"client": won, "internal": won}
    assert AuditEntry.objects.filter(verb="issue_report").count() == won
    assert OutboxMail.objects.filter(kind="client_paper").count() == won


def is_drawn_twice(web, account, ae):
    before, answers = len(numbers()), issue_all(web, account, ae, drafts_of(account, ae, 4))
    won = before + sum(one.status_code == 302 for one in answers)
    return any(map(is_fault, answers)) or numbers() != list(range(1, won + 1))


def test_without_the_lock_a_number_is_drawn_twice(serve, account, ae):
    """The negative control: it may stop at its first double."""
    with serve("skip_lock,at_lock:0.3") as web:
        assert any(is_drawn_twice(web, account, ae) for _round in range(ROUNDS))
