"""Action points after the issue (R27, domain.md 3.3)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from archives.models import Dispatch
from meetings import services
from meetings.models import ActionPoint
from tests.builders import make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R27")]
AT = when("2026-11-20 10:00")
DAY = date(2026, 11, 25)  # a Wednesday
REASON = "The printer has closed."


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


@pytest.fixture
def layout(db):
    return make_user("layout", role="department")


@pytest.fixture
def action(account, ae, layout):
    return issue_with(account, ae, user=layout, due_on=DAY)


@pytest.fixture
def clients_action(account, ae):
    return issue_with(account, ae, contact=account[1], due_on=DAY)


def issue_with(account, ae, **fields):
    client, contact = account
    data = make.typed(contact, actions=[make.action(**fields)])
    return make.issued(client, contact, ae, data=data).actions.get()


def again(action):
    return ActionPoint.objects.get(pk=action.pk)


def test_progress_is_logged_by_owner_and_ae(action, layout, ae):
    for person in (layout, ae):
        services.progress(action=action, text="half way", by=person, at=AT)
    assert [(row.by, row.text) for row in action.logs.all()] == [
        (layout, "half way"),
        (ae, "half way"),
    ]
    with pytest.raises(Refused):
        services.progress(action=action, text=" ", by=ae, at=AT)


def test_a_new_date_keeps_the_old_and_the_third_move_tells_the_am(action, ae):
    for number, day in enumerate((26, 27, 30), start=1):
        services.move_due(action=action, due_on=date(2026, 11, day), by=ae, at=AT)
        told = {who for who, _slot in make.told(action, "action_moved")}
        assert told == ({"am"} if number == 3 else set())
    action = again(action)
    assert (action.due_on, action.first_due_on, action.moved) == (date(2026, 11, 30), DAY, 3)
    first = action.logs.first()
    assert (first.old_due, first.new_due) == (DAY, date(2026, 11, 26))


@pytest.mark.parametrize("day", [date(2026, 11, 19), DAY])
def test_a_date_in_the_past_or_the_same_is_refused(action, ae, day):
    with pytest.raises(Refused) as caught:
        services.move_due(action=action, due_on=day, by=ae, at=AT)
    assert caught.value.field == "due_on"
    assert again(action).moved == 0


def test_a_stale_page_moves_nothing(action, ae):
    services.progress(action=action, text="half way", by=ae, at=AT)
    with pytest.raises(Stale):
        services.move_due(
            action=action, due_on=date(2026, 11, 26), by=ae, at=AT, row_version=action.row_version
        )


def test_the_owner_completes_and_the_ae_reopens(action, layout, ae):
    services.complete(action=action, by=layout, at=AT)
    action = again(action)
    assert (action.state, action.done_by, action.done_at) == ("done", layout, AT)
    with pytest.raises(Refused):
        services.complete(action=action, by=layout, at=AT)
    with pytest.raises(Refused):
        services.reopen(action=action, reason="no", by=ae, at=AT)
    services.reopen(action=action, reason="It was another poster.", by=ae, at=AT)
    action = again(action)
    assert (action.state, action.done_by, action.done_at) == ("open", None, None)


def test_cancelling_a_clients_action_names_who_agreed(clients_action, ae):
    with pytest.raises(Refused) as caught:
        services.cancel(action=clients_action, reason=REASON, by=ae, at=AT)
    assert caught.value.field == "agreed_with"
    services.cancel(action=clients_action, reason=REASON, by=ae, at=AT, agreed_with="何总")
    action = again(clients_action)
    assert (action.state, action.cancel_reason, action.agreed_with) == ("cancelled", REASON, "何总")
    assert action.next_notice_at is None


def test_from_another_state_every_verb_is_refused(action, ae):
    services.cancel(action=action, reason=REASON, by=ae, at=AT)
    for verb, fields in (
        (services.progress, {"text": "x"}),
        (services.move_due, {"due_on": date(2026, 11, 26)}),
        (services.complete, {}),
        (services.reopen, {"reason": REASON}),
        (services.cancel, {"reason": REASON}),
    ):
        with pytest.raises(Refused):
            verb(action=action, by=ae, at=AT, **fields)


def test_an_owner_elsewhere_only_reports_and_completes(action, layout):
    for verb, fields in (
        (services.move_due, {"due_on": date(2026, 11, 26)}),
        (services.cancel, {"reason": REASON}),
    ):
        with pytest.raises(PermissionDenied):
            verb(action=action, by=layout, at=AT, **fields)


def test_strangers_may_not_touch_it(action, other_ae):
    for person in (other_ae, make_user(role="department"), make_user(role="finance")):
        with pytest.raises(PermissionDenied):
            services.complete(action=action, by=person, at=AT)


def test_an_action_of_a_draft_is_not_live(account, ae):
    client, contact = account
    data = make.typed(contact, actions=[make.action(user=ae, due_on=DAY)])
    action = make.log(client, contact, ae, data=data).actions.get()
    with pytest.raises(Refused):
        services.complete(action=action, by=ae, at=AT)
    make.tick(when("2026-12-01 09:00"))
    assert make.told(action) == set()
    assert list(ActionPoint.objects.overdue(date(2026, 12, 1))) == []


def test_overdue_tells_owner_and_ae_next_morning_and_the_am_on_the_third_day(action):
    make.tick(when("2026-11-26 08:59"))
    assert make.told(action) == set()
    make.tick(when("2026-11-26 09:00"))
    assert make.told(action) == {("layout", "over"), ("ae", "over")}
    make.tick(when("2026-11-27 09:00"))
    make.tick(when("2026-11-30 08:59"))  # the third day is a Saturday: Monday morning
    assert ("am", "over3") not in make.told(action)
    make.tick(when("2026-11-30 09:00"))
    assert ("am", "over3") in make.told(action)
    assert again(action).next_notice_at is None


def test_a_moved_date_makes_new_reminders(action, ae):
    make.tick(when("2026-11-26 09:00"))
    services.move_due(action=action, due_on=date(2026, 11, 30), by=ae, at=when("2026-11-26 10:00"))
    make.tick(when("2026-12-01 09:00"))
    assert len(make.told(action)) == 2
    assert action.__class__.objects.get(pk=action.pk).moved == 1


def test_a_client_is_reminded_once_one_working_day_before(clients_action):
    make.tick(when("2026-11-24 08:59"))
    assert not Dispatch.objects.filter(purpose="reminder").exists()
    for time in ("2026-11-24 09:00", "2026-11-24 09:01"):
        make.tick(when(time))
    reminder = Dispatch.objects.get(purpose="reminder")
    assert (reminder.contact, reminder.mail.state) == (clients_action.contact, "queued")
    assert "Send the poster" in reminder.mail.text
    make.tick(when("2026-11-26 09:00"))
    make.tick(when("2026-12-01 09:00"))
    assert make.told(clients_action) == {("ae", "over")}
    assert Dispatch.objects.filter(purpose="reminder").count() == 1


def test_after_a_standstill_the_client_is_not_asked_for_yesterday(clients_action):
    make.tick(when("2026-11-26 09:30"))
    assert not Dispatch.objects.filter(purpose="reminder").exists()
    assert make.told(clients_action) == {("ae", "over")}


def test_a_done_action_reminds_nobody(action, ae):
    services.complete(action=action, by=ae, at=AT)
    make.tick(when("2026-12-01 09:00"))
    assert make.told(action) == set()


def test_is_overdue_from_the_day_after(action):
    assert not action.is_overdue(DAY)
    assert action.is_overdue(date(2026, 11, 26))
    assert list(ActionPoint.objects.overdue(date(2026, 11, 26))) == [action]


def test_what_is_done_takes_back_the_reminder_that_waits(clients_action, ae):
    make.tick(when("2026-11-24 09:00"))
    services.complete(action=clients_action, by=ae, at=when("2026-11-24 09:00:30"))
    assert Dispatch.objects.get(purpose="reminder").mail.state == "void"
