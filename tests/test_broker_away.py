"""Redis stopped, and Redis that hangs: people notice nothing, and mails go out (B1, C3)."""

import signal
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from agency.common.models import OutboxMail
from tests.fire import Fire
from tests.meetings import make
from tests.serving import Web

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.rule("R20")]
TRIES = 3
ALLOWED_SECONDS = 1


@pytest.fixture
def web(process_env, tmp_path, valkey):
    with Web(process_env | {"REDIS_URL": valkey.url}, tmp_path / "web.log") as web:
        yield web


@pytest.fixture
def desk(web, ae, am):
    """Issues reports of one client; the answer to `issue()` is how many seconds it took."""
    return Desk(web, ae, *make.make_account(ae, am, code="LM"))


class Desk:
    def __init__(self, web, ae, client, contact):
        self.person, self.ae, self.client, self.contact = web.person(ae), ae, client, contact
        self.issue()  # the first one waits for the print process to start

    def issue(self):
        ended_at = timezone.now() - timedelta(hours=1)
        report = make.log(self.client, self.contact, self.ae, ended_at=ended_at)
        data = {"row_version": report.row_version, "late_reason": "The client was called away."}
        begun = time.monotonic()
        answer = self.person.post(f"/meetings/reports/{report.pk}/issue/", data=data)
        seconds = time.monotonic() - begun
        report.refresh_from_db()
        assert (answer.status_code, report.state) == (302, "issued")
        return seconds

    def best(self):
        """The quickest of a few: what else the machine does is not ours."""
        return min(self.issue() for _try in range(TRIES))


def stop(valkey):
    valkey.stop()


def hang(valkey):
    valkey.child.send_signal(signal.SIGSTOP)


def wake(valkey):
    """As it was before, whatever was done to it."""
    valkey.child.send_signal(signal.SIGCONT)
    if valkey.child.poll() is not None:
        valkey.start()


def test_a_report_is_issued_and_mailed_without_redis(valkey, desk, process_env, smtp):
    usual = desk.best()
    environment = process_env | {"REDIS_URL": valkey.url}
    for harm in (stop, hang):
        harm(valkey)
        try:
            assert desk.best() < usual + ALLOWED_SECONDS, harm
            with Fire(environment, smtp) as fire:
                fire.run()
                assert fire.wait(fire.is_calm, 60), harm
        finally:
            wake(valkey)
    assert len(smtp.to(desk.contact.email)) == 3 * TRIES + 1
    assert not OutboxMail.objects.exclude(state="handed").exists()
