from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from agency.common.models import Heartbeat, Instance, OutboxMail
from agency.common.services import queue_mail
from agency.common.services.pulse import measure


@pytest.fixture(autouse=True)
def _site(settings, tmp_path, db):
    settings.STORAGE_ROOT = tmp_path / "files"
    settings.REDIS_URL = "redis://127.0.0.1:1/0"


def beat(ago=timedelta(0), **fields):
    heart = measure(timezone.now())
    heart.at -= ago
    for name, value in fields.items():
        setattr(heart, name, value)
    heart.save()


def ask():
    answer = Browser().get("/healthz/")
    return answer.status_code, answer.json()


def test_well_although_the_broker_is_dead():
    beat()
    status, facts = ask()
    assert (status, facts["status"], facts["ill"]) == (200, "well", [])
    assert facts["broker"] == "cannot be reached"
    assert facts["clock"]["state"] == facts["storage"] == facts["database"] == "ok"


@pytest.mark.parametrize(("ago", "status"), [(179, 200), (181, 503)])
def test_ill_when_the_clock_stands_still_for_three_minutes(ago, status):
    beat(timedelta(seconds=ago))
    assert ask()[0] == status


def test_ill_before_the_first_beat():
    status, facts = ask()
    assert (status, facts["clock"]["state"]) == (503, "stands still")


def test_ill_while_the_time_is_in_doubt():
    beat(is_good=False)
    status, facts = ask()
    assert (status, facts["ill"], facts["clock"]["state"]) == (
        503,
        ["clock"],
        "its time is in doubt",
    )


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 503)])
def test_ill_when_mail_does_not_leave(minutes, status):
    beat()
    at = timezone.now() - timedelta(minutes=minutes)
    queue_mail(key="a", to="a@b.example", subject="x", text="x", at=at)
    assert ask()[0] == status


def test_paused_mail_is_named_and_no_illness():
    beat()
    Instance.load()
    Instance.objects.update(mail_paused=True)
    queue_mail(
        key="a", to="a@b.example", subject="x", text="x", at=timezone.now() - timedelta(hours=1)
    )
    status, facts = ask()
    assert (status, facts["mail"]["paused"], facts["mail"]["waiting"]) == (200, True, 1)


def test_held_mails_are_counted():
    beat()
    queue_mail(key="a", to="a@b.example", subject="x", text="x", at=timezone.now())
    OutboxMail.objects.update(state="held")
    assert ask()[1]["mail"]["held"] == 1


def test_ill_when_no_paper_could_be_filed(settings, tmp_path):
    beat()
    (tmp_path / "file").touch()
    settings.STORAGE_ROOT = tmp_path / "file"
    status, facts = ask()
    assert (status, facts["ill"]) == (503, ["storage"])


def test_bucket_that_can_be_written_is_well_and_one_that_is_gone_is_ill(bucket):
    beat()
    assert ask()[0] == 200

    bucket.Object("site/.instance").delete()
    bucket.delete()
    status, facts = ask()
    assert (status, facts["ill"]) == (503, ["storage"])


def test_no_secret_and_no_address_is_told(settings):
    beat()
    queue_mail(key="a", to="chen@client.example", subject="x", text="x", at=timezone.now())
    text = Browser().get("/healthz/").content.decode()
    assert "chen@" not in text
    assert settings.SECRET_KEY not in text
    assert Heartbeat.objects.get().host not in text
