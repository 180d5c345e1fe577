"""What a weekly report is in time by, who sees it, what was signed (R30, Z17, 4.1)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from meetings.models import StatusReport
from meetings.services.status_digest import digest
from tests.builders import from_kept, make_client, make_user
from tests.meetings import weeks
from tests.meetings.status_rows import DUE, LATE, THURSDAY, add_line, make_status
from tests.meetings.weeks import WEEK

pytestmark = pytest.mark.django_db
make_kept = weeks.make_world
client, ae, am = from_kept("client", "ae", "am")
INSTANT = timedelta(microseconds=1)
Reports = StatusReport.objects


@pytest.mark.rule("R30")
@pytest.mark.parametrize(("signed_at", "is_late"), [(DUE, False), (DUE + INSTANT, True)])
def test_in_time_is_what_both_had_signed_by_the_due_time(client, ae, am, signed_at, is_late):
    report = make_status(client, "issued", ae, am, signed_at=signed_at, issued_at=LATE)
    assert report.is_late(LATE) is is_late
    assert Reports.late(LATE).exists() is is_late
    assert Reports.in_time().exists() is not is_late


@pytest.mark.rule("R30")
@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_unsigned_it_is_late_an_instant_after(client, ae, state):
    report = make_status(client, state, ae)
    assert not report.is_late(DUE)
    assert not Reports.late(DUE).exists()
    assert report.is_late(DUE + INSTANT)
    assert Reports.late(DUE + INSTANT).get() == report


@pytest.mark.rule("R30")
def test_a_revision_has_no_due_time_of_its_own(client, ae, am):
    make_status(client, "superseded", ae, am)
    report = make_status(client, "draft", revision=2)
    assert not report.is_late(LATE)
    assert list(Reports.late(LATE)) == []


@pytest.mark.rule("R30")
@pytest.mark.parametrize(
    ("state", "at", "count"),
    [("signed", DUE, 1), ("signed", DUE - INSTANT, 0), ("submitted", DUE, 0), ("issued", DUE, 0)],
)
def test_what_is_sent_is_signed_and_due(client, ae, am, state, at, count):
    make_status(client, state, ae, am)
    assert Reports.to_send(at).count() == count


@pytest.mark.parametrize(
    ("role", "sees"),
    [("finance", 1), ("management", 1), ("gad", 0), ("department", 0), ("admin", 0), ("ae", 0)],
)
def test_who_sees_it(client, role, sees):
    make_status(client)
    assert Reports.visible_to(make_user(role=role)).count() == sees


def test_its_people_do(client, ae, am):
    make_status(client)
    make_status(make_client())
    assert [Reports.visible_to(user).count() for user in (ae, am)] == [1, 1]


def test_a_week_has_one_unissued_report(client):
    make_status(client)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_status(client, revision=2)


def test_a_revision_of_a_week_is_there_once(client, ae, am):
    make_status(client, "issued", ae, am)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_status(client)


@pytest.mark.parametrize("day", range(1, 7))
def test_a_week_begins_on_monday(client, day):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_status(client, week=WEEK + timedelta(days=day))


@pytest.mark.rule("R29")
@pytest.mark.parametrize("state", ["submitted", "signed", "issued"])
def test_the_database_wants_the_signatures(client, state):
    report = make_status(client)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reports.filter(pk=report.pk).update(state=state)


@pytest.mark.rule("R29")
def test_nor_does_the_author_sign_his_own(client, ae):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_status(client, "signed", ae, ae)


@pytest.mark.rule("R29")
def test_the_digest_is_of_all_a_client_reads(client):
    report = make_status(client)
    line = add_line(report)
    seen = {digest(report)}
    for field, value in (("current", "x"), ("next_step", "y"), ("title", "z"), ("next_on", WEEK)):
        setattr(line, field, value)
        line.save()
        seen.add(digest(report))
    report.summary = "Said"
    assert len(seen | {digest(report)}) == 6


@pytest.mark.rule("R29")
def test_what_is_internal_is_not_in_it(client, am):
    report = make_status(client)
    line = add_line(report)
    before = digest(report)
    line.seen_by, line.unchanged_reason, line.touched_at = am, "Nothing came", THURSDAY
    line.save()
    report.copy_note = "They are away"
    assert digest(report) == before
