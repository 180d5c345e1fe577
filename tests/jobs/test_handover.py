"""Open duties in jobs move to a successor; what is over keeps its names (R92)."""

from datetime import date

import pytest

from agency.common.models import AuditEntry
from jobs.services.handover import open_duties, reassign
from tests.builders import make_client, make_user
from tests.jobs import make
from tests.jobs.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R92")]


@pytest.fixture
def heir():
    return make_user(role="ae")


@pytest.fixture
def client(ae, am, ad):
    return make_client("LM", team=[ae, am, ad])


@pytest.fixture
def busy(client, ae):
    job = make.make_job(client, ae, state="active")
    job.questions.create(text="Which?", asked_by=ae, answerer=ae, due_on=date(2026, 11, 20))
    make.make_brief(job).facts.create(name="Logo", from_user=ae, due_on=date(2026, 11, 20))
    make.make_order(job, to=ae)
    make.make_timeline(job, rows=[{"user": ae}])
    return job


def test_everything_open_moves_once(client, busy, ae, heir):
    assert open_duties(ae) == {client: 5}
    assert reassign(old=ae, new=heir, client=client, by=None, at=NOW) == 5
    assert open_duties(ae) == {}
    busy.refresh_from_db()
    assert (busy.ae, busy.questions.get().answerer) == (heir, heir)
    assert busy.start_orders.get().to == heir
    assert busy.briefs.get().facts.get().from_user == heir
    assert AuditEntry.objects.filter(verb="handed_over").count() == 5


def test_counting_changes_nothing(client, busy, ae):
    assert reassign(old=ae, new=None, client=None, by=None, at=NOW) == 5
    assert open_duties(ae) == {client: 5}


def test_closed_job_keeps_its_ae(client, ae, heir):
    job = make.make_job(client, ae, state="closed")
    assert reassign(old=ae, new=heir, client=client, by=None, at=NOW) == 0
    job.refresh_from_db()
    assert job.ae == ae


def test_other_client_is_left_alone(client, busy, ae, heir):
    other = make_client("TW", team=[ae])
    job = make.make_job(other, ae)
    reassign(old=ae, new=heir, client=client, by=None, at=NOW)
    job.refresh_from_db()
    assert job.ae == ae
