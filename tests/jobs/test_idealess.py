"""Clients to whom nobody suggests anything: the AE after 60 days, the AM after 90 (R76).

The client is there since 1 September 2026: 60 days are 31 October, a Saturday; 90 are 30 November.
"""

import pytest

from accounts.models import Client
from agency.common.clock import run_step
from agency.common.models import Notification
from agency.home import duties_of
from jobs.models.suggestion import with_last_idea
from jobs.services.idealess import idealess
from jobs.tasks.suggestion import STEPS
from tests.builders import from_kept, make_client, make_user, when
from tests.jobs.suggestions import create, decide, propose

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R76")]


def make_kept():
    ae, am = make_user(role="ae"), make_user(role="am")
    account = make_client("LM", team=[ae, am], created_at=when("2026-09-01 10:00"))
    return {"ae": ae, "am": am, "account": account}


ae, am, account = from_kept("ae", "am", "account")


def tick(moment):
    return len(list(run_step(STEPS[0], when(moment))))


def told():
    rows = Notification.objects.filter(kind="no_idea", is_dropped=False).order_by("pk")
    return [row.recipient.role for row in rows]


def test_sixty_days_without_tell_the_ae_and_ninety_the_am(account):
    assert [tick(f"2026-{day}") for day in ("10-30 10:00", "11-02 08:59", "11-02 09:00")] == [
        0, 0, 1,
    ]  # fmt: skip
    assert tick("2026-11-03 09:00") == 0
    assert (told(), tick("2026-11-30 09:00"), told()) == (["ae"], 1, ["ae", "am"])
    assert tick("2026-12-30 09:00") == 0


def test_after_a_stop_only_the_highest_is_told(account):
    assert (tick("2026-12-01 09:00"), tick("2026-12-02 09:00")) == (1, 0)
    assert told() == ["am"]


def test_a_new_suggestion_begins_the_days_anew(account, ae):
    create(account, ae, at=when("2026-10-20 10:00"))
    assert (tick("2026-12-18 09:00"), tick("2026-12-21 09:00")) == (0, 1)


@pytest.mark.parametrize("status", ["prospect", "resting", "closed"])
def test_of_active_clients_alone(account, status):
    Client.objects.update(status=status)
    assert tick("2026-12-01 09:00") == 0


@pytest.mark.rule("R69")
def test_home_says_what_to_suggest_and_what_to_begin(account, ae, am):
    def rows(user):
        found = duties_of(user, when("2026-11-24 10:00"))
        return [row.sentence for row in found if row.group in ("Suggest", "Begin")]

    assert rows(ae) == [f"No new suggestion for 60 days: {account.name}"]
    decide(propose(create(account, ae), ae), ae)
    assert rows(ae) == ["Accepted by the client: A gift tin for spring tea"]
    assert rows(am) == []


def test_the_notice_names_client_and_day_and_leads_there(account):
    tick("2026-11-02 09:00")
    row = Notification.objects.get(kind="no_idea")
    assert row.label == f"No new suggestion for {account.name} since 1 Sep."
    assert (row.path, row.level) == (account.get_absolute_url(), "breach")


def test_without_an_am_the_next_above_is_told(account, am):
    account.assignments.filter(user=am).delete()
    assert tick("2026-12-01 09:00") == 1
    assert told() == ["gad"]


def test_the_newest_idea_counts_whatever_became_of_it(account, ae):
    create(account, ae, at=when("2026-10-20 10:00"))
    create(account, ae, at=when("2026-09-20 10:00"))
    (client,) = with_last_idea(Client.objects.filter(pk=account.pk))
    assert client.idea_since == when("2026-10-20 10:00")


@pytest.mark.parametrize(("day", "found"), [("2026-10-30", 0), ("2026-10-31", 1)])
def test_on_the_sixtieth_day(account, day, found):
    rows = idealess(Client.objects.all(), when(f"{day} 10:00").date())
    assert len(rows) == found


def test_told_again_only_for_a_new_silence(account, ae):
    tick("2026-11-02 09:00")
    create(account, ae, at=when("2026-11-03 10:00"))
    mornings = ("2026-11-30", "2027-01-01", "2027-01-04", "2027-01-05")
    assert [tick(f"{day} 09:00") for day in mornings] == [0, 0, 1, 0]
