"""The roof of the clock: `manage.py clock` and what Celery calls do the same (C3, C4)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from agency import clock as roof
from agency.common.clock import Step
from agency.common.models import Heartbeat, Notification, OutboxMail
from agency.common.services import clock_is_trusted, notify, queue_mail
from agency.common.services.pulse import measure
from tests.builders import when

AT = when("2026-11-20 11:00")
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _steps(settings, tmp_path, db, monkeypatch):
    """Only the common steps: what the apps do is tested there."""
    monkeypatch.setattr(roof, "STEPS", list(roof.agency.common.tasks.STEPS))
    settings.EMAIL_URL, settings.MAIL_DIR, settings.MAIL_HOOK = "", tmp_path / "mail", ""
    settings.DEBUG = True


def run(*args, **options):
    out = StringIO()
    call_command("clock", *args, stdout=out, **options)
    return out.getvalue().splitlines()


def with_step(monkeypatch, due, act):
    monkeypatch.setattr(roof, "STEPS", [Step("test", due, act), *roof.STEPS])


def test_now_leaves_a_heartbeat_and_sends():
    mail = queue_mail(key="a", to="a@b.example", subject="x", text="x", at=timezone.now())
    assert run() == ["mails: 1"]
    mail.refresh_from_db()
    assert mail.state == OutboxMail.State.HANDED
    heart = Heartbeat.objects.get()
    assert (heart.is_good, heart.backlog) == (True, 1)


def test_another_instant_leaves_no_heartbeat():
    mail = queue_mail(key="a", to="a@b.example", subject="x", text="x", at=AT, next_try_at=AT)
    assert run(at="2026-11-20T02:59:59+00:00") == ["mails: 0"]
    assert run(at="2026-11-20T11:00:00+08:00") == ["mails: 1"]
    mail.refresh_from_db()
    assert mail.handed_at == AT
    assert Heartbeat.objects.count() == 0


def test_an_instant_without_zone_is_meant_in_the_agency_s():
    queue_mail(key="a", to="a@b.example", subject="x", text="x", at=AT)
    assert run(at="2026-11-20T11:00") == ["mails: 1"]


@pytest.mark.parametrize(("debug", "at"), [(False, "2026-11-20T11:00"), (True, "yesterday")])
def test_an_instant_is_refused(settings, debug, at):
    settings.DEBUG = debug
    with pytest.raises(CommandError):
        run(at=at)


def test_a_dry_run_does_nothing(ae):
    with roof.digesting(True):
        notify(key="k", recipients=[ae], kind="x", subject=ae, label="x", at=AT)
    queue_mail(key="a", to="a@b.example", subject="Hello", text="x", at=AT)
    assert run("--dry-run", at="2026-11-20T11:00") == [
        f"digest: {ae}",
        "mail: Hello → a@b.example",
    ]
    assert OutboxMail.objects.get().state == OutboxMail.State.QUEUED


def test_loop_goes_with_nothing_else():
    with pytest.raises(CommandError):
        run("--loop", "--dry-run")


def test_after_a_standstill_of_over_an_hour_one_mail_a_person(ae, am, monkeypatch):
    def act(item, at):
        notify(key=f"k{item}", recipients=[ae, am], kind="x", subject=ae, label=f"n{item}", at=at)

    with_step(monkeypatch, lambda at: range(5), act)
    heart = measure(timezone.now())
    heart.at = AT - HOUR - timedelta(seconds=1)
    heart.save()
    assert list(roof.clock(AT)) == [
        f"digest: 5 notices → {ae.email}",
        f"digest: 5 notices → {am.email}",
    ]
    assert OutboxMail.objects.count() == 2
    assert Notification.objects.count() == 10


def test_after_a_short_pause_each_notice_has_its_mail(ae, monkeypatch):
    def act(item, at):
        notify(key=f"k{item}", recipients=[ae], kind="x", subject=ae, label=f"n{item}", at=at)

    with_step(monkeypatch, lambda at: range(3), act)
    heart = measure(timezone.now())
    heart.at = AT - HOUR
    heart.save()
    assert list(roof.clock(AT)) == []
    assert OutboxMail.objects.count() == 3


def test_a_digest_that_was_cut_short_goes_with_the_next_tick(ae):
    with roof.digesting(True):
        notify(key="k", recipients=[ae], kind="x", subject=ae, label="x", at=AT)
    assert list(roof.clock(AT)) == [f"digest: 1 notice → {ae.email}"]
    assert list(roof.clock(AT)) == []


def test_a_clock_that_jumped_is_known_to_the_steps(monkeypatch):
    said = []
    with_step(monkeypatch, lambda at: [1], lambda item, at: said.append(clock_is_trusted(at)))
    list(roof.tick())
    list(roof.tick(now=lambda: timezone.now() + timedelta(days=1)))
    list(roof.tick())
    assert said == [True, False, True]
    assert list(Heartbeat.objects.order_by("pk").values_list("is_good", flat=True)) == [
        True,
        False,
        True,
    ]


def test_celery_calls_the_same(monkeypatch):
    queue_mail(key="a", to="a@b.example", subject="x", text="x", at=timezone.now())
    roof.tick_task()
    roof.send_task()
    assert Heartbeat.objects.count() == 1
    assert OutboxMail.objects.get().state == OutboxMail.State.HANDED
