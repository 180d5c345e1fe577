"""Open duties move to a successor, closed ones keep their name (R92)."""

from datetime import date

import pytest

from agency.common.models import AuditEntry
from meetings import services
from meetings.models import ActionPoint, ContactReport, Meeting
from tests.builders import make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R92")]
NOON = when("2026-11-19 12:00")


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


@pytest.fixture
def heir(db):
    return make_user("heir")


def duties(account, ae):
    """A draft, a meeting ahead and a running report with an action: four open duties."""
    client, contact = account
    make.log(client, contact, ae)
    make.invited(client, ae, contact, "2026-11-26 10:00", "2026-11-26 11:00")
    actions = [make.action(user=ae, due_on=date(2026, 11, 25))]
    return make.issued(client, contact, ae, data=make.typed(contact, actions=actions))


def reassign(ae, heir, client):
    return services.reassign(old=ae, new=heir, client=client, by=None, at=NOON)


def test_everything_open_is_handed_over(account, ae, heir):
    duties(account, ae)
    assert reassign(ae, heir, account[0]) == 4
    assert set(ContactReport.objects.values_list("author__username", flat=True)) == {"heir"}
    assert ActionPoint.objects.get().user == heir
    assert Meeting.objects.ahead().get().ae == heir
    assert AuditEntry.objects.filter(verb="handed_over").count() == 4
    assert reassign(ae, heir, account[0]) == 0


def test_without_a_successor_it_only_counts(account, ae):
    duties(account, ae)
    assert services.open_duties(ae) == {account[0].pk: 4}
    assert reassign(ae, None, None) == 4
    assert ActionPoint.objects.get().user == ae


def test_other_clients_are_left_alone(account, ae, heir):
    duties(account, ae)
    elsewhere = make.log(*make.make_account(ae), ae)
    reassign(ae, heir, account[0])
    elsewhere.refresh_from_db()
    assert elsewhere.author == ae


def test_what_is_closed_keeps_its_name(account, ae, heir):
    report = duties(account, ae)
    make.hand_over(report, account[1], make.END)
    make.tick(NOON)
    make.answer(report, account[1], NOON)
    services.complete(action=report.actions.get(), by=ae, at=NOON)
    assert reassign(ae, heir, account[0]) == 2
    report.refresh_from_db()
    assert (report.author, report.actions.get().user) == (ae, ae)
