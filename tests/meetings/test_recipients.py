"""What became of an issued report with each person at the client."""

import pytest
from django.utils import timezone

from accounts.models import ClientLink
from meetings import services
from meetings.reports.recipients import numbered_points, recipient_rows, revisions_of
from meetings.services.typed import PointData
from tests.builders import make_contact, when
from tests.meetings import make

AT = when("2026-11-19 12:00")


@pytest.fixture
def account(ae, am):
    client, contact = make.make_account(ae, am, code="LM")
    make_contact(client, "叶知秋")
    return client, contact


@pytest.fixture
def report(account, ae):
    return make.issued(*account, ae, at=AT)


def row_of(report, contact):
    return next(row for row in recipient_rows(report) if row.contact == contact)


def word(report, contact):
    return [str(part) for part in row_of(report, contact).standing]


def test_the_returner_stands_first(report, account):
    rows = recipient_rows(report)
    assert [(str(row.contact), row.is_returner) for row in rows] == [
        ("何嘉宁", True),
        ("叶知秋", False),
    ]


def test_from_on_its_way_to_silent(report, account):
    contact = account[1]
    assert word(report, contact) == ["On its way", ""]
    make.hand_over(report, contact, AT)
    assert word(report, contact) == ["Silent", ""]
    assert row_of(report, contact).sent_at == AT


def test_a_fetched_link_is_said_to_be_fetched_not_read(report, account):
    contact = account[1]
    make.hand_over(report, contact, AT)
    ClientLink.objects.filter(contact=contact).update(fetched_at=timezone.now())
    assert word(report, contact) == ["Link fetched", ""]


@pytest.mark.parametrize(("state", "tone"), [("held", "amber"), ("failed", "red"), ("void", "red")])
def test_a_mail_in_trouble(report, account, state, tone):
    make.set_mail(report, account[1], state)
    assert word(report, account[1]) == ["Not delivered", tone]
    assert row_of(report, account[1]).is_in_trouble


def test_the_answer_with_its_words(report, account):
    make.object_to(report, account[1], AT, about="1 Poster", reason="It was poster B, not A.")
    row = row_of(report, account[1])
    assert [str(part) for part in row.standing] == ["Objection", "red"]
    assert [(answer.about, answer.reason) for answer in row.answers] == [
        ("1 Poster", "It was poster B, not A.")
    ]


def test_a_draft_has_been_sent_to_nobody(account, ae):
    draft = make.log(*account, ae)
    assert word(draft, account[1]) == ["Not sent", ""]


def test_the_number_of_queries_is_fixed(report, account, django_assert_num_queries):
    for number in range(5):
        report.recipients.add(make_contact(account[0], f"联络人{number}"))
    with django_assert_num_queries(3):
        recipient_rows(report)


def test_revisions_are_listed_once_there_are_two(report, ae):
    assert revisions_of(report) == []
    draft = services.revise_report(report=report, reason="Another poster.", by=ae, at=AT)
    assert [row.revision for row in revisions_of(report)] == [1, 2]
    assert revisions_of(draft) == revisions_of(report)


def test_points_are_numbered_as_the_client_reads_them(account, ae):
    points = [PointData(text="One"), PointData("opinion", "Careless"), PointData(text="Two")]
    data = make.typed(account[1], points=points)
    report = make.issued(*account, ae, at=AT, data=data)
    assert numbered_points(report, AT) == [("1", "One"), ("2", "Two")]
