"""Duties at home with jobs and briefs: whose they are, and that they go when done (R69, Z19)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agency.common.texts import is_reason
from jobs.models import Brief, CompletionForm, Job
from jobs.reports import awaiting
from jobs.services import work
from tests.archives.papers import make_document
from tests.builders import assign, make_client, make_contact, make_stand_in, make_user
from tests.jobs import make

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
BEFORE = TODAY - timedelta(days=1)


@pytest.fixture
def client(ae, am, ad):
    return make_client("LM", team=[ae, am, ad])


def duties(user):
    return [(str(duty.group), duty.sentence) for duty in awaiting(user, NOW)]


@pytest.mark.rule("R50")
def test_request_waits_for_its_brief_then_for_the_manager(client, ae, am, ad):
    job = make.make_job(client, ae, state="requested")
    assert duties(ae) == [("Brief", "No brief yet: Autumn poster")]
    assert duties(am) == []
    make.make_brief(job)
    assert duties(ae) == duties(ad) == []
    assert duties(am) == [("Approve", "Job request: Autumn poster")]


@pytest.mark.rule("R80")
def test_empty_post_is_skipped_upward(ae, ad):
    client = make_client("HC", team=[ae, ad])
    make.make_brief(make.make_job(client, ae, state="requested"))
    assert duties(ad) == [("Approve", "Job request: Autumn poster")]
    assert duties(client.group.head) == []


def test_head_of_the_group_stands_for_two_empty_posts(ae):
    client = make_client("HC", team=[ae])
    make.make_brief(make.make_job(client, ae, state="requested"))
    assert duties(client.group.head) == [("Approve", "Job request: Autumn poster")]


def test_who_asked_is_not_asked_to_approve(client, ae, am):
    make.make_brief(make.make_job(client, ae, state="requested", requested_by=am))
    assert duties(am) == []


@pytest.mark.rule("R77")
def test_stand_in_sees_the_absent_persons_duties(client, ae):
    deputy = make_user(role="ae")
    make_stand_in(ae, deputy, TODAY, TODAY)
    make.make_job(client, ae, state="requested")
    assert [(duty.sentence, duty.person) for duty in awaiting(deputy, NOW)] == [
        ("No brief yet: Autumn poster", ae)
    ]


@pytest.mark.rule("R55")
def test_estimate_is_due_until_one_is_handed_in(client, ae):
    job = make.make_job(client, ae, estimate_due_at=NOW)
    make.make_timeline(job)
    assert [duty.due_at for duty in awaiting(ae, NOW)] == [NOW]
    estimate = make.make_estimate(job)
    assert len(duties(ae)) == 1
    make.pass_to(estimate, "submitted")
    assert ("Estimate", f"Production estimate of {job}") not in duties(ae)


@pytest.mark.rule("R52")
def test_department_is_asked_whether_the_brief_is_enough(client, ae):
    job = make.make_job(client, ae)
    brief = make.make_brief(job)
    row = brief.confirmations.create(department="creative", asked_at=NOW)
    creative = make_user(role="department", department="creative")
    assert duties(creative) == []
    assign(client, creative, "department")
    assert duties(creative) == [("Confirm", "Is the brief enough to work with? Autumn poster")]
    row.enough, row.by, row.at = True, creative, NOW
    row.save()
    assert duties(creative) == []


@pytest.mark.rule("R52")
def test_facts_are_asked_for_when_late(client, ae, am):
    brief = make.make_brief(make.make_job(client, ae))
    number = brief.job.number
    make.make_timeline(brief.job)
    brief.facts.create(name="Photo", from_contact=make_contact(client), due_on=BEFORE)
    brief.facts.create(name="Logo", from_user=am, due_on=TODAY)
    assert duties(ae) == [("Ask for", f"Photo, for {number}")]
    assert duties(am) == [("Give", f"Logo, for {number}")]


@pytest.mark.rule("R79")
def test_questions_wait_for_their_answerer(client, ae, am):
    job = make.make_job(client, ae)
    make.make_timeline(job)
    job.questions.create(text="Which logo?", asked_by=ae, answerer=am, due_on=TODAY)
    contact = make_contact(client)
    job.questions.create(text="Which red?", asked_by=ae, contact=contact, due_on=TODAY)
    assert duties(am) == [("Answer", f"Which logo? ({job.number})")]
    assert duties(ae) == [("Ask for", "The client's answer: Which red?")]


@pytest.fixture
def printers(client):
    users = [make_user(role="department", department="production") for _person in range(2)]
    for user in users:
        assign(client, user, "department")
    return users


@pytest.mark.rule("R53")
def test_an_order_waits_for_the_whole_department_then_for_who_took_it(client, ae, printers):
    order = make.make_order(make.signed_job(client, ae, state="active"), "production")
    first, second = printers
    waits = [("Start order", f"Autumn poster ({order.job.number})")]
    assert duties(first) == duties(second) == waits
    work.receive_order(order=order, by=first, at=NOW)
    assert (duties(first), duties(second)) == (waits, [])
    work.finish_order(order=order, by=first, at=NOW)
    assert duties(first) == []


@pytest.mark.rule("R53")
def test_an_order_waits_for_the_person_it_names_and_for_who_stands_in(client, ae, am, printers):
    deputy = make_user(role="department", department="production")
    make_stand_in(printers[1], deputy, TODAY, TODAY)
    job = make.signed_job(client, ae, state="active")
    make.make_order(job, "production", to=printers[1])
    make.make_order(job, "planning", to=am)
    waits = [("Start order", f"Autumn poster ({job.number})")]
    assert [duties(user) for user in (*printers, deputy, am, ae)] == [[], waits, waits, waits, []]


@pytest.mark.rule("R53")
def test_orders_of_others_of_suppliers_and_of_jobs_that_ended(client, ae, printers):
    job = make.signed_job(client, ae, state="active")
    creative = make_user(role="department", department="creative")
    elsewhere = make_user(role="department", department="production")
    assign(client, creative, "department")
    make.make_order(job, "supplier", supplier=make.make_supplier())
    assert [len(duties(user)) for user in (printers[0], creative, elsewhere)] == [1, 0, 0]
    job.state = "cancelled"
    job.save()
    assert duties(printers[0]) == []


@pytest.mark.rule("R72")
def test_a_file_waits_for_its_check_by_the_am_or_above_him(client, ae, am, ad):
    job = make.make_job(client, ae, state="active")
    make.make_check(job, kind="invoice")  # waits with its own steps
    make.make_check(job, document=make_document(client, content=b"one"))
    waits = [("Check", "To be checked before it goes out: Poster")]
    assert [duties(user) for user in (ae, am, ad)] == [[], waits, []]
    make.make_check(job, document=make_document(client, content=b"two"), author=am)
    assert [duties(user) for user in (ae, am, ad)] == [[], waits, waits]


@pytest.mark.rule("R83")
def test_a_creative_brief_that_is_written_waits_for_the_am(client, ae, am, ad):
    job = make.make_job(client, ae, state="active")
    written = dict.fromkeys(("objective", "audience", "message", "tone"), "So")
    brief = make.make_brief(
        job, kind="creative", state="draft", signed_by=None, signed_at=None,
        **{**written, "tone": " \n"},
    )  # fmt: skip
    assert [duties(user) for user in (ae, am, ad)] == [[], [], []]
    Brief.objects.filter(pk=brief.pk).update(tone="Light")
    assert [duties(user) for user in (ae, am, ad)] == [
        [], [("Sign", "Creative brief for Autumn poster")], []
    ]  # fmt: skip
    Brief.objects.filter(pk=brief.pk).update(version=2)
    assert duties(am) == []
    for short in (" ninechars", "!!!!!!!!!!!!"):
        Brief.objects.filter(pk=brief.pk).update(reason=short)
        assert not is_reason(short)
        assert duties(am) == []
    Brief.objects.filter(pk=brief.pk).update(reason="The price is new")
    assert len(duties(am)) == 1
    Job.objects.filter(pk=job.pk).update(state="cancelled")
    assert duties(am) == []


@pytest.mark.rule("R44")
def test_a_delivered_job_waits_for_its_form_and_the_form_for_the_am(client, ae, am, ad):
    job = make.make_job(client, ae, state="delivered", delivered_at=NOW)
    sentence = f"Completion form of {job.number} Autumn poster"
    asked, waits = [("Complete", sentence)], [("Approve", sentence)]
    assert [duties(user) for user in (ae, am, ad)] == [asked, [], []]
    form = CompletionForm.objects.create(job=job, author=ae, delivered_on=TODAY)
    assert [duties(user) for user in (ae, am, ad)] == [asked, [], []]
    forms = CompletionForm.objects.filter(pk=form.pk)
    forms.update(state="submitted", submitted_at=NOW)
    assert [duties(user) for user in (ae, am, ad)] == [[], waits, []]
    forms.update(author=am)
    assert [duties(user) for user in (ae, am, ad)] == [[], [], waits]
    forms.update(state="draft", author=ae)
    job.archived_at = NOW
    job.save()
    assert [duties(user) for user in (ae, am, ad)] == [[], [], []]


def test_home_asks_jobs_in_two_queries(client, ae, am, django_assert_num_queries):
    for _number in range(3):
        make.make_job(client, ae, state="requested")
    with django_assert_num_queries(2):
        assert len(awaiting(ae, NOW)) == 3
