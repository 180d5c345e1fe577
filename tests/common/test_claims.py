"""Each step of a mail is fenced by the lease (C1)."""

import uuid
from datetime import timedelta

import pytest

from agency.common.models import OutboxMail
from agency.common.services import VoidMail, claims
from tests.builders import when

pytestmark = pytest.mark.django_db
NOW = when("2026-11-19 14:00")
MINUTE = timedelta(minutes=1)


def make_mail(kind="client_paper", **fields):
    number = OutboxMail.objects.count()
    defaults = {
        "key": f"k{number}",
        "message_id": f"{uuid.uuid4()}@greenisle.example",
        "to": "a@client.example",
        "subject": "x",
        "text": "x",
        "kind": kind,
        "next_try_at": NOW,
    }
    return OutboxMail.objects.create(**{**defaults, **fields})


def claimed(**fields):
    make_mail(**fields)
    return claims.claim(NOW)


def in_data(**fields):
    mail = claimed(**fields)
    assert claims.enter_data(mail, lambda text, html: b"body", NOW) == b"body"
    return mail


def state_of(mail):
    return OutboxMail.objects.get(pk=mail.pk).state


@pytest.fixture(autouse=True)
def _no_hook(settings):
    settings.MAIL_HOOK = ""


def test_longest_due_is_taken_first():
    make_mail(next_try_at=NOW)
    first = make_mail(next_try_at=NOW - MINUTE)
    assert claims.claim(NOW) == first


def test_what_is_due_later_is_left():
    make_mail(next_try_at=NOW + MINUTE)
    assert claims.claim(NOW) is None


def test_claimed_mail_is_nobody_elses():
    claimed()
    assert claims.claim(NOW) is None


def test_claim_has_a_lease_and_an_owner():
    row = OutboxMail.objects.get(pk=claimed().pk)
    assert (row.state, row.lease_owner is None, row.lease_until is None) == (
        "claimed",
        False,
        False,
    )


def test_body_goes_out_only_with_our_lease():
    mail = claimed()
    OutboxMail.objects.filter(pk=mail.pk).update(lease_owner=uuid.uuid4())
    assert claims.enter_data(mail, lambda text, html: b"body", NOW) is None
    assert state_of(mail) == "claimed"


def test_old_owner_cannot_say_handed():
    mail = in_data()
    OutboxMail.objects.filter(pk=mail.pk).update(lease_owner=uuid.uuid4())
    assert not claims.handed(mail, "250 ok", NOW)
    assert state_of(mail) == "data"


def test_handed_mail_knows_when_and_what_the_server_said():
    mail = in_data()
    assert claims.handed(mail, "250 ok", NOW)
    row = OutboxMail.objects.get(pk=mail.pk)
    assert (row.state, row.handed_at, row.server_reply) == ("handed", NOW, "250 ok")


@pytest.mark.parametrize(("kind", "state"), [("client_paper", "held"), ("internal", "queued")])
def test_expired_data_is_held_for_clients_and_repeated_inside(kind, state):
    mail = in_data(kind=kind)
    OutboxMail.objects.update(lease_until=when("2020-01-01 00:00"))
    claims.recover(NOW)
    assert state_of(mail) == state


def test_expired_claim_is_queued_again():
    mail = claimed()
    OutboxMail.objects.update(lease_until=when("2020-01-01 00:00"))
    claims.recover(NOW)
    assert state_of(mail) == "queued"


def test_living_lease_is_left_alone():
    mail = in_data()
    claims.recover(NOW)
    assert state_of(mail) == "data"


@pytest.mark.parametrize(("kind", "state"), [("client_paper", "held"), ("internal", "queued")])
def test_silence_after_the_body(kind, state):
    mail = in_data(kind=kind)
    claims.doubtful(mail, "timed out", NOW)
    assert state_of(mail) == state


def test_repeated_mail_keeps_its_message_id():
    mail = in_data(kind="internal")
    before = mail.message_id
    claims.doubtful(mail, "timed out", NOW)
    assert OutboxMail.objects.get().message_id == before


@pytest.mark.parametrize(("tries", "minutes"), [(0, 1), (1, 5), (2, 15), (3, 60), (4, 240)])
def test_later_is_tried_by_the_schedule(tries, minutes):
    mail = claimed(tries=tries)
    claims.postponed(mail, "451 later", NOW)
    row = OutboxMail.objects.get()
    assert (row.state, row.tries) == ("queued", tries + 1)
    assert row.next_try_at == NOW + minutes * MINUTE


def test_internal_mail_is_given_up_after_five_tries():
    mail = claimed(kind="internal", tries=5)
    claims.postponed(mail, "451 later", NOW)
    assert state_of(mail) == "failed"


def test_client_paper_is_not_given_up_within_48_hours():
    waits = [timedelta(minutes=minutes) for minutes in claims.CLIENT_RETRY_MINUTES]
    assert sum(waits, timedelta()) >= timedelta(hours=44)
    mail = claimed(tries=len(waits) - 1)
    claims.postponed(mail, "451 later", NOW)
    assert state_of(mail) == "queued"


def test_server_away_costs_no_try():
    mail = claimed()
    claims.released(mail, "no route", NOW)
    row = OutboxMail.objects.get()
    assert (row.state, row.tries) == ("queued", 0)


def test_poison_row_fails_the_second_time():
    mail = claimed()
    claims.faulty(mail, ValueError("bad header"), NOW)
    assert state_of(mail) == "queued"
    again = claims.claim(NOW + 2 * MINUTE)
    claims.faulty(again, ValueError("bad header"), NOW)
    row = OutboxMail.objects.get()
    assert (row.state, row.server_reply) == ("failed", "ValueError: bad header")


def test_mail_out_of_date_is_void():
    mail = make_mail(valid_until=NOW - MINUTE)
    assert claims.claim(NOW) is None
    claims.recover(NOW)
    assert state_of(mail) == "void"


def test_what_the_hook_forbids_is_void_with_its_reason():
    mail = claimed()

    def build(text, html):
        raise VoidMail("contact inactive")

    assert claims.enter_data(mail, build, NOW) is None
    row = OutboxMail.objects.get()
    assert (row.state, row.server_reply) == ("void", "contact inactive")
