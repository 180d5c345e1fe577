"""Drafts of a timeline: begun from nothing, from the version in force, from a template; rows."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry
from jobs.models import Timeline, TimelineTemplate
from jobs.services import timeline as plans
from tests.builders import make_client, make_contact, make_user
from tests.jobs import make
from tests.jobs.make import DUE, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(ae, am, ad):
    return make.make_job(make_client("LM", team=[ae, am, ad]), ae)


@pytest.fixture
def draft(job):
    return make.make_timeline(job, state="draft")


def typed(name="Proof", due_on=DUE, **fields):
    return {"pk": None, "name": name, "due_on": due_on, "who": None, **fields}


def save(draft, ae, *rows, **more):
    return plans.save_rows(timeline=draft, rows=list(rows), by=ae, at=NOW, **more)


def test_begins_empty_and_is_given_back_while_it_is_a_draft(job, ae):
    draft = plans.draft_timeline(job=job, by=ae, at=NOW)
    assert (draft.version, draft.state, draft.author) == (1, "draft", ae)
    assert plans.draft_timeline(job=job, by=ae, at=NOW) == draft
    assert draft.milestones.count() == 0
    assert AuditEntry.objects.filter(verb="draft_timeline").count() == 1


@pytest.mark.rule("R62")
def test_begins_from_a_template_counted_back_from_the_due_date(job, ae):
    contact = make_contact(job.client)
    template = TimelineTemplate.objects.create(name="印刷", name_en="Print")
    template.rows.create(
        position=1, name="批准", name_en="Approval", days_before=3, owner="client", needs="签字"
    )
    template.rows.create(position=2, name="印刷", days_before=0, days_long=2, owner="account")
    draft = plans.draft_timeline(job=job, by=ae, at=NOW, template=template)
    duty, made = draft.milestones.all()
    assert (duty.due_on, duty.name_en, duty.needs) == (date(2026, 12, 15), "Approval", "签字")
    assert (duty.contact, duty.client_visible) == (contact, True)
    assert (made.starts_on, made.due_on) == (date(2026, 12, 17), date(2026, 12, 18))
    assert (made.user, made.client_visible) == (ae, False)


def test_a_template_names_no_contact_where_the_client_has_several(job, ae):
    make_contact(job.client), make_contact(job.client, name="叶知秋")
    template = TimelineTemplate.objects.create(name="印刷")
    template.rows.create(position=1, name="批准", days_before=3, owner="client")
    draft = plans.draft_timeline(job=job, by=ae, at=NOW, template=template)
    assert draft.milestones.get().contact is None


def test_the_next_version_begins_as_a_copy_with_its_progress(job, ae):
    row = {"name": "Sketch", "done_on": DUE, "first_due_on": DUE, "slip_cause": "force"}
    first = make.make_timeline(job, rows=[row])
    draft = plans.draft_timeline(job=job, by=ae, at=NOW)
    copy, old = draft.milestones.get(), first.milestones.get()
    assert draft.version == 2
    assert (copy.thread, copy.done_on, copy.first_due_on) == (old.thread, DUE, DUE)
    assert copy.slip_cause == "force"
    assert copy.pk != old.pk


def test_no_plan_for_a_job_that_has_ended(ae, am):
    job = make.make_job(make_client(team=[ae, am]), ae, state="closed")
    with pytest.raises(Refused, match="has ended"):
        plans.draft_timeline(job=job, by=ae, at=NOW)


def test_only_the_account_service_plans(job):
    with pytest.raises(PermissionDenied):
        plans.draft_timeline(job=job, by=make_user(role="finance"), at=NOW)


def test_saves_rows_in_order_and_drops_what_is_gone(draft, ae):
    save(draft, ae, typed("One"), typed("Two"), typed("Three"))
    one, two, three = draft.milestones.all()
    save(draft, ae, typed("Third", pk=three.pk), typed("First", pk=one.pk))
    assert [(row.pk, row.name, row.position) for row in draft.milestones.all()] == [
        (three.pk, "Third", 1),
        (one.pk, "First", 2),
    ]
    assert not draft.milestones.filter(pk=two.pk).exists()


def test_a_row_of_another_plan_is_not_taken_over(draft, job, ae):
    other = make.make_timeline(make.make_job(job.client, ae), rows=[{"name": "Theirs"}])
    theirs = other.milestones.get()
    save(draft, ae, typed("Mine", pk=theirs.pk))
    theirs.refresh_from_db()
    assert (theirs.name, theirs.timeline) == ("Theirs", other)
    assert draft.milestones.get().pk != theirs.pk


@pytest.mark.rule("R64")
def test_a_contacts_row_is_the_clients_and_always_visible(draft, ae):
    contact = make_contact(draft.job.client)
    save(draft, ae, typed(who=contact, owner="account", client_visible=False))
    row = draft.milestones.get()
    assert (row.owner, row.contact, row.client_visible) == ("client", contact, True)


def test_people_and_suppliers_go_to_their_own_fields(draft, ae):
    supplier = make.make_supplier()
    save(draft, ae, typed(who=supplier, owner="supplier"), typed(who=ae), typed())
    assert [row.person for row in draft.milestones.all()] == [supplier, ae, None]


@pytest.mark.rule("R64")
def test_what_the_client_does_is_nobody_of_ours(draft, ae):
    with pytest.raises(Refused, match="contact of the client"):
        save(draft, ae, typed(owner="client", who=ae))


def test_a_contact_of_another_client_is_refused(draft, ae):
    stranger = make_contact(make_client())
    with pytest.raises(Refused, match="not a contact of this client"):
        save(draft, ae, typed(who=stranger))


def test_dates_are_in_order(draft, ae):
    with pytest.raises(Refused, match="begins after its due date"):
        save(draft, ae, typed(starts_on=date(2026, 12, 19)))
    assert draft.milestones.count() == 0


def test_a_stale_page_saves_nothing(draft, ae):
    save(draft, ae, typed("One"))
    with pytest.raises(Stale):
        save(draft, ae, typed("Two"), row_version=draft.row_version)
    assert draft.milestones.get().name == "One"


def test_only_a_draft_is_edited(job, ae):
    current = make.make_timeline(job)
    with pytest.raises(Refused, match="Not possible"):
        save(current, ae, typed())


def test_rows_are_bounded(draft, ae):
    with pytest.raises(Refused, match="at most 100"):
        save(draft, ae, *[typed(f"Row {n}") for n in range(101)])


def test_current_timeline_is_the_one_in_force(job, draft):
    assert plans.current_timeline(job) is None
    Timeline.objects.filter(pk=draft.pk).delete()
    current = make.make_timeline(job)
    assert plans.current_timeline(job) == current
