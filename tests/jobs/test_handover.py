"""Open duties in jobs move to a successor, closed ones keep their name (R92)."""

import pytest

from jobs.services.handover import open_duties, reassign
from tests.builders import make_client, make_user
from tests.jobs import make
from tests.jobs.make import DUE, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R92")]


@pytest.fixture
def job(ae):
    return make.make_job(make_client(team=[ae]), ae, state="active")


@pytest.fixture
def heir(db):
    return make_user("heir")


def duties(job, ae):
    """The job, a draft brief, a question, a milestone and a check: five."""
    make.make_brief(job, state="draft")
    job.questions.create(text="Which logo?", asked_by=ae, answerer=ae, due_on=DUE)
    make.make_timeline(job, rows=[{"user": ae}])
    make.make_check(job)


def test_everything_open_goes_to_the_successor(job, ae, heir):
    duties(job, ae)
    assert open_duties(ae) == {job.client: 5}
    assert reassign(old=ae, new=heir, client=job.client, by=None, at=NOW) == 5
    job.refresh_from_db()
    assert (job.ae, job.briefs.get().author, job.questions.get().answerer) == (heir, heir, heir)
    assert job.timelines.get().milestones.get().user == heir
    assert open_duties(ae) == {}


def test_without_successor_it_only_counts(job, ae):
    duties(job, ae)
    assert reassign(old=ae, new=None, client=None, by=None, at=NOW) == 5
    job.refresh_from_db()
    assert job.ae == ae


def test_other_clients_and_what_has_ended_are_left_alone(job, ae, heir):
    elsewhere = make.make_job(make_client(team=[ae]), ae)
    closed = make.make_job(job.client, ae, state="closed")
    assert reassign(old=ae, new=heir, client=job.client, by=None, at=NOW) == 1
    for row in (elsewhere, closed):
        row.refresh_from_db()
        assert row.ae == ae


def test_order_to_a_person_goes_to_the_successor(job, heir):
    artist = make_user(role="department")
    order = make.make_order(job, to=artist)
    reassign(old=artist, new=heir, client=None, by=None, at=NOW)
    order.refresh_from_db()
    assert order.to == heir
