"""The demo's own machinery on a few of its stories; `make run` plays all of them."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Client, ClientLink, StandIn, User
from agency.common.models import OutboxMail, Sequence
from agency.demo import cast, people, sittings, stories
from agency.demo.load import multiply
from agency.demo.stage import Stage
from archives.models import Document
from meetings.models import ContactReport, Meeting
from tests.builders import make_client

pytestmark = pytest.mark.django_db
MONDAY = 0


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def stage(monkeypatch, settings, now):
    """Everybody is there, papers are blank; between two acts of a story the clock hardly ticks."""
    settings.FAULT = "pdf_blank"
    monkeypatch.setattr("agency.demo.stage.TICK", timedelta(days=4))
    begin = now - timedelta(weeks=10)
    users, clients = people.fill(begin)
    return Stage(users, clients, now, now - timedelta(weeks=3), lambda _line: None)


def morning_of(weekday):
    """The last 09:00 of that weekday that is over, in the agency's zone."""
    now = timezone.localtime()
    day = now - timedelta(days=(now.weekday() - weekday) % 7 or 7)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


def test_cast_is_complete():
    assert {row[0] for row in cast.STAFF} >= {"ae1", "am1", "ad1", "gad1", "finance1", "admin1"}
    assert set(cast.CONTACTS) == set(cast.CLIENTS)
    for rows in cast.CONTACTS.values():
        assert sum("s" in flags for *_rest, flags, _limit, _language in rows) == 1


def test_people_sign_in_with_the_printed_password(stage):
    assert stage.users["ae1"].check_password(cast.PASSWORD)
    assert User.objects.count() == len(cast.STAFF)


def test_bank_has_no_manager(stage):
    roles = set(stage.clients["HC"].assignments.values_list("role", flat=True))
    assert "am" not in roles


def test_leave_and_rest_are_told(stage):
    people.leave_of(stage.users, stage.now)
    people.rest(stage.clients, stage.now)
    assert StandIn.objects.get().deputy == stage.users["am1"]
    stage.clients["QL"].refresh_from_db()
    assert stage.clients["QL"].status == Client.Status.RESTING


def test_objection_and_revision_are_played_to_the_end(stage):
    stage.play(stories.colour_of_the_pack(stage))
    stage.run()
    first, second = ContactReport.objects.order_by("revision")
    assert (first.state, second.state) == ("superseded", "accepted")
    assert second.issued_at - first.objected_at <= timedelta(hours=6)
    assert "苔绿" in second.points.get(kind="decision").text


def test_late_report_keeps_its_reason(stage):
    stage.play(stories.late_with_reason(stage))
    stage.run()
    report = ContactReport.objects.get()
    assert report.issued_at - report.due_at == timedelta(hours=2)
    assert report.late_reason


@pytest.mark.parametrize("now", [morning_of(MONDAY)], ids=["Monday"])
def test_breach_went_up_to_the_director(stage):
    """Also right after a weekend, of which its client's clock counts nothing."""
    stage.play(stories.breached_yesterday(stage))
    stage.run()
    told = stage.users["ad1"].notifications.filter(is_dropped=False)
    assert told.filter(level="escalation").exists()


def test_meeting_in_ten_minutes_is_planned(stage):
    stage.play(sittings.in_ten_minutes(stage))
    stage.run()
    assert Meeting.objects.get().starts_at - stage.now == timedelta(minutes=10)


def test_no_mail_waits_and_none_left_the_house(stage):
    stage.play(stories.colour_of_the_pack(stage))
    stage.run()
    assert not OutboxMail.objects.filter(state__in=["queued", "claimed", "data"]).filter(
        next_try_at__lte=stage.now
    )
    assert ClientLink.objects.exists()


def test_load_files_the_same_paper_under_new_dense_numbers(stage):
    stage.play(stories.on_time(stage, "LM", stories.TALKS["LM"][1], weeks_ago=2, weekday=1))
    stage.run()
    multiply(4, lambda _line: None)
    reports = ContactReport.objects.filter(client__code="LM")
    assert reports.count() == 4
    assert Document.objects.filter(kind="contact_report").values("sha256").distinct().count() == 2
    for sequence in Sequence.objects.filter(key__startswith="LM/CR/"):
        numbers = reports.filter(number__startswith=sequence.key).values_list("number", flat=True)
        ends = sorted(int(number.rpartition("/")[2]) for number in numbers)
        assert ends == list(range(1, sequence.last + 1))


def test_demo_is_refused_beside_real_clients(settings):
    settings.DEBUG = True
    make_client("REAL")
    with pytest.raises(CommandError, match="other clients"):
        call_command("demo")


def test_demo_is_refused_with_debug_off(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo")


def test_demo_here_already_does_nothing(settings, capsys):
    settings.DEBUG = True
    make_client("LM")
    call_command("demo")
    assert "already" in capsys.readouterr().out
    assert Meeting.objects.count() == 0
