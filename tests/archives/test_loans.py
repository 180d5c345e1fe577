"""The clock asks for a lent tape once its day is past: borrower, then AE, each morning (R47, 5.4).

All are due on Friday 20 November 2026; Monday the 23rd is the first working morning after it.
"""

import pytest

from accounts.models import Client
from agency.common.clock import run_step
from agency.common.models import Notification
from agency.home import duties_of
from archives import services
from archives.models import TapeLoan
from archives.services.loans import second_morning
from archives.tasks import STEPS
from tests.archives.papers import NOON
from tests.archives.tapes import FRIDAY, WHY, bring_back, lend, lose, make_tape, make_world
from tests.builders import from_kept, make_stand_in, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R47")]
STEP = next(step for step in STEPS if step.name.startswith("tape loans"))


def make_kept():
    return make_world()


ae, am, artist, lm, rival = from_kept("ae", "am", "artist", "lm", "rival")


def tick(moment):
    return len(list(run_step(STEP, when(moment))))


def told():
    rows = Notification.objects.filter(kind="loan_due", is_dropped=False).order_by("pk")
    return [(row.recipient.role, row.level) for row in rows]


def test_overdue_tells_the_borrower_then_the_ae_every_working_morning(lm, ae, artist):
    lend(make_tape(lm, ae), ae, artist)
    assert tick("2026-11-23 08:59:59") == 0
    assert (tick("2026-11-23 09:00:00"), tick("2026-11-23 17:00:00")) == (1, 0)
    assert told() == [("department", "remind")]
    assert tick("2026-11-24 09:00:00") == 1
    assert told()[1:] == [("department", "breach"), ("ae", "breach")]
    assert [tick(f"2026-11-{day} 09:00:00") for day in (27, 28, 30)] == [1, 0, 1]


def test_nobody_is_told_of_what_is_back_or_lost(lm, ae, artist):
    back, lost = make_tape(lm, ae), make_tape(lm, ae)
    for tape in (back, lost):
        lend(tape, ae, artist)
    services.return_tape(tape=back, by=ae, at=NOON)
    services.lose_tape(tape=lost, reason=WHY, by=ae, at=NOON)
    assert (tick("2026-11-23 09:00:00"), told()) == (0, [])


@pytest.mark.rule("R69")
def test_home_of_borrower_and_ae_from_the_next_day(lm, rival, ae, am, artist):
    lend(make_tape(lm, ae, competitor=rival), ae, artist)

    def rows(user, moment):
        return [row.client for row in duties_of(user, when(moment)) if row.group == "Bring back"]

    assert rows(artist, "2026-11-20 18:00") == []
    found = [rows(user, "2026-11-21 10:00") for user in (artist, ae, am)]
    assert found == [["绿麦食品"], ["绿麦食品"], []]


def test_the_notice_says_what_since_when_and_leads_to_the_tape(lm, ae):
    tape = make_tape(lm, ae)
    lend(tape, ae)
    tick("2026-11-23 09:00:00")
    row = Notification.objects.get(kind="loan_due")
    assert row.path == tape.get_absolute_url()
    assert row.label == f"To be back since 20 Nov: TP-0001 中秋 30 秒, with {ae}"


def test_an_ae_who_is_the_borrower_is_told_once_a_morning(lm, ae):
    lend(make_tape(lm, ae), ae)
    for day in (23, 24, 24):
        tick(f"2026-11-{day} 09:00:00")
    assert told() == [("ae", "remind"), ("ae", "breach")]


def test_after_a_stop_the_days_between_are_not_told(lm, ae, artist):
    lend(make_tape(lm, ae), ae, artist)
    assert tick("2026-11-26 15:00:00") == 1
    assert told() == [("department", "breach"), ("ae", "breach")]
    assert (tick("2026-11-26 16:00:00"), tick("2026-11-27 09:00:00")) == (0, 1)


def test_the_morning_is_that_of_the_client(lm, ae):
    Client.objects.filter(pk=lm.pk).update(timezone="Europe/Berlin")
    lm.refresh_from_db()
    lend(make_tape(lm, ae), ae)
    assert tick("2026-11-23 15:59:59") == 0
    assert tick("2026-11-23 16:00:00") == 1


def test_the_second_morning_skips_the_weekend(lm):
    assert second_morning(lm, FRIDAY) == when("2026-11-24 09:00")
    assert second_morning(lm, FRIDAY.replace(day=19)) == when("2026-11-23 09:00")


def test_who_stands_in_for_the_borrower_is_told_as_well(lm, ae, am, artist):
    deputy = make_user(role="department")
    make_stand_in(artist, deputy, FRIDAY, FRIDAY.replace(day=30))
    lend(make_tape(lm, ae), ae, artist)
    tick("2026-11-23 09:00:00")
    told_to = Notification.objects.filter(kind="loan_due").values_list("recipient", flat=True)
    assert set(told_to) == {artist.pk, deputy.pk}


def test_found_and_lent_again_it_is_asked_for_anew(lm, ae, artist):
    tape = make_tape(lm, ae)
    lend(tape, ae, artist)
    tick("2026-11-23 09:00:00")
    lose(tape, ae)
    assert tick("2026-11-24 09:00:00") == 0
    bring_back(tape, ae)
    lend(tape, ae)
    assert (TapeLoan.objects.notice_due(when("2026-11-24 09:00")).count(), len(told())) == (1, 1)


def test_a_tape_in_time_says_nothing(lm, ae):
    lend(make_tape(lm, ae), ae, due_on=FRIDAY.replace(day=30))
    assert [tick(f"2026-11-{day} 09:00:00") for day in (23, 24, 30)] == [0, 0, 0]


@pytest.mark.rule("R92")
def test_a_borrowed_tape_moves_to_the_successor(lm, ae, artist):
    loan = lend(make_tape(lm, ae), ae, artist)
    assert services.open_duties(artist) == {lm: 1}
    assert services.reassign(old=artist, new=ae, client=lm, by=ae, at=NOON) == 1
    loan.refresh_from_db()
    assert loan.borrower == ae


@pytest.mark.rule("R92")
def test_what_is_lost_or_back_moves_to_nobody(lm, ae, artist):
    for end in (lose, bring_back):
        tape = make_tape(lm, ae)
        lend(tape, ae, artist)
        end(tape, ae)
    assert services.open_duties(artist) == {}
    assert services.reassign(old=artist, new=ae, client=lm, by=ae, at=NOON) == 0


@pytest.mark.rule("R92")
def test_without_a_successor_they_are_only_counted(lm, ae, artist):
    loan = lend(make_tape(lm, ae), ae, artist)
    assert services.reassign(old=artist, new=None, client=lm, by=ae, at=NOON) == 1
    loan.refresh_from_db()
    assert loan.borrower == artist
