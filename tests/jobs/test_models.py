"""What the database itself refuses (3.6, R57), whatever door is used."""

import pytest
from django.db import IntegrityError, transaction

from jobs.models import Cost, Estimate, EstimateApproval, EstimateLine, Job, JobLog
from tests.builders import make_client, make_user
from tests.jobs import make
from tests.jobs.make import NOW, D

pytestmark = pytest.mark.django_db


def refused(action, *args, **kwargs):
    """Whether the database refuses the change."""
    try:
        with transaction.atomic():
            action(*args, **kwargs)
    except IntegrityError:
        return True
    return False


@pytest.fixture
def job(ae):
    return make.make_job(make_client(team=[ae]), ae)


@pytest.fixture
def estimate(job):
    return make.make_estimate(job, [{"text": "Printing"}])


def update(row, **fields):
    type(row)._base_manager.filter(pk=row.pk).update(**fields)


@pytest.mark.rule("Z12", "R56")
@pytest.mark.parametrize("state", ["manager_ok", "approved", "sent", "signed", "expired"])
def test_draft_skips_no_step(estimate, state):
    assert refused(update, estimate, state=state)


@pytest.mark.rule("Z10")
@pytest.mark.parametrize(
    "fields", [{"total": 1}, {"note_client": "More"}, {"markup_rate": 0}, {"number": "X/PE/1"}]
)
def test_submitted_estimate_is_frozen(estimate, fields):
    make.pass_to(estimate, "submitted")
    assert refused(update, estimate, **fields)


@pytest.mark.rule("Z10")
def test_lines_of_a_submitted_estimate_are_frozen(estimate):
    line = estimate.lines.get()
    make.pass_to(estimate, "submitted")
    assert refused(update, line, price=1)
    assert refused(make.make_line, estimate, position=2)
    assert refused(line.delete)
    assert refused(EstimateLine.objects.filter(pk=line.pk).delete)


def test_use_of_a_frozen_line_is_still_counted(estimate):
    line = estimate.lines.get()
    make.pass_to(estimate, "submitted")
    update(line, told_used=80)
    line.refresh_from_db()
    assert line.told_used == 80


def test_line_does_not_move_out_of_a_frozen_estimate(estimate, ae):
    other = make.make_estimate(make.make_job(estimate.client, ae))
    make.pass_to(estimate, "submitted")
    assert refused(update, estimate.lines.get(), estimate=other)


def test_quotes_of_a_submitted_estimate_are_frozen(estimate):
    line, supplier = estimate.lines.get(), make.make_supplier()
    line.quotes.create(supplier=supplier, amount=1, on=make.DUE)
    make.pass_to(estimate, "submitted")
    assert refused(line.quotes.update, amount=2)
    assert refused(line.quotes.create, supplier=make.make_supplier("Other"), amount=1, on=make.DUE)


def test_submitted_estimate_is_not_deleted(estimate):
    make.pass_to(estimate, "submitted")
    assert refused(Estimate._base_manager.filter(pk=estimate.pk)._raw_delete, "default")


@pytest.mark.rule("Z12", "R56")
def test_estimate_goes_out_with_two_approvals_only(estimate):
    make.pass_to(estimate, "manager_ok")
    update(estimate, state="approved")  # by a hand that writes no decision
    estimate.refresh_from_db()
    make._send(estimate, None, None, None)
    estimate.state = "sent"
    assert refused(estimate.save)


@pytest.mark.rule("Z12")
def test_author_and_editor_do_not_approve(estimate, ae):
    editor = make_user(role="am")
    estimate.editors.add(editor)
    make.pass_to(estimate, "submitted")
    for user in (ae, editor):
        assert refused(make._approve, estimate, "manager", user)


@pytest.mark.rule("Z12")
def test_one_person_does_not_take_two_steps(estimate):
    manager = make_user(role="am")
    make.pass_to(estimate, "manager_ok", manager=manager)
    assert refused(make._approve, estimate, "director", manager)
    assert refused(make._approve, estimate, "manager", make_user(role="am"))


def test_decision_is_kept(estimate):
    make.pass_to(estimate, "manager_ok")
    assert refused(EstimateApproval.objects.update, reason="Another word for it")
    assert refused(EstimateApproval.objects.all().delete)


@pytest.mark.rule("R57")
@pytest.mark.parametrize("kind", ["production", "supplier"])
def test_no_production_starts_on_an_unsigned_job(job, kind):
    fields = {"supplier": make.make_supplier()} if kind == "supplier" else {}
    assert refused(make.make_order, job, kind, **fields)
    make.make_order(job, "creative")


@pytest.mark.rule("R57")
def test_creative_order_does_not_become_a_production_order(job):
    order = make.make_order(job, "creative")
    assert refused(update, order, kind="production")


@pytest.mark.rule("R57")
def test_no_cost_on_an_unsigned_job(job):
    assert refused(Cost.objects.create, job=job, on=make.DUE, amount=D("1"))


@pytest.mark.rule("R57")
def test_production_starts_on_a_signed_job(ae):
    job = make.signed_job(make_client(team=[ae]), ae)
    make.make_order(job, "production")
    Cost.objects.create(job=job, on=make.DUE, amount=D("1"))
    assert job.start_orders.count() == 1


@pytest.mark.rule("R57")
def test_media_of_a_media_job_waits_for_its_signed_plan(ae):
    job = make.make_job(make_client(team=[ae]), ae, kind="media")
    assert refused(make.make_order, job, "media")
    make.sign_plan(job, answer="refused")
    assert refused(make.make_order, job, "media")
    make.sign_plan(job)
    make.make_order(job, "media")


def test_job_stays_with_its_client_and_number(job):
    assert refused(update, job, client=make_client())
    assert refused(update, job, number="ZZ-26-999")
    assert refused(Job._base_manager.filter(pk=job.pk)._raw_delete, "default")


def test_log_of_a_job_is_only_added_to(job):
    JobLog.objects.create(job=job, at=NOW, to_state="approved")
    assert refused(JobLog.objects.update, reason="Something else")
    assert refused(JobLog.objects.all()._raw_delete, "default")


@pytest.mark.rule("R72")
def test_nobody_checks_his_own_paper(job, ae):
    assert refused(
        job.outgoing_checks.create,
        client=job.client, title="Poster", kind="creative", sha256=make.SHA, author=ae, checker=ae,
    )  # fmt: skip


@pytest.mark.rule("R71")
def test_check_passes_only_with_equal_totals(job, ae):
    check = job.outgoing_checks.create(
        client=job.client, title="Estimate", kind="estimate", sha256=make.SHA, author=ae,
        checker=make_user(role="am"), expected_total=D("10.00"), control_total=D("10.01"),
        is_clean=True, checked_at=NOW,
    )  # fmt: skip
    assert refused(update, check, state="passed")
    update(check, control_total=D("10.00"), state="passed")
    assert refused(update, check, state="open")
