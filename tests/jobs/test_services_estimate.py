"""The draft of an estimate: who begins it, by what rates, its head, what it lacks."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AgencySettings
from agency.common.errors import Stale
from agency.common.models import AuditEntry
from jobs.models import Estimate, EstimateLine
from jobs.services import estimate as service
from jobs.services import lines as lines_service
from tests.builders import make_contract, make_user
from tests.jobs import make
from tests.jobs.drafts import D, change_order, fresh, quote, refusal, three
from tests.jobs.make import NOW

pytestmark = pytest.mark.django_db


# --- the draft ---------------------------------------------------------------------------------


@pytest.mark.rule("R55")
def test_draft_begins_with_the_house_rates(draft, ae, job):
    assert (draft.state, draft.change, draft.revision) == ("draft", 0, 1)
    assert (draft.markup_rate, draft.vat_rate, draft.contingency_rate) == (
        D("0.1765"), D("0.06"), D("0"),
    )  # fmt: skip
    assert draft.brief == job.briefs.get()
    assert (draft.author, draft.currency, draft.number) == (ae, "CNY", "")
    entry = AuditEntry.objects.get(verb="draft_estimate")
    assert (entry.actor_id, entry.client_code, entry.subject_id) == (
        ae.pk, job.client.code, draft.pk,
    )  # fmt: skip


def test_contract_in_force_gives_the_rates(job, ae):
    make_contract(job.client, markup_rate=D("0.2"), contingency_rate=D("0.05"), vat_rate=D("0.13"))
    draft = service.draft_estimate(job=job, by=ae, at=NOW)
    assert (draft.markup_rate, draft.contingency_rate, draft.vat_rate) == (
        D("0.2"), D("0.05"), D("0.13"),
    )  # fmt: skip


def test_later_contract_does_not_reach_the_draft(draft, job):
    make_contract(job.client, markup_rate=D("0.9"), vat_rate=D("0.13"))
    assert fresh(draft).markup_rate == D("0.1765")
    assert fresh(draft).vat_rate == D("0.06")


def test_asked_twice_there_is_one_draft(draft, job, am):
    assert service.draft_estimate(job=job, by=am, at=NOW) == draft
    assert Estimate.objects.count() == 1


@pytest.mark.rule("R50")
def test_no_estimate_without_a_brief_in_force(job, ae):
    job.briefs.update(state="draft", in_force_at=None)
    error = refusal(service.draft_estimate, job=job, by=ae, at=NOW)
    assert error.message == "There is no job brief in force."
    assert not Estimate.objects.exists()


@pytest.mark.parametrize("state", ["requested", "rejected", "cancelled", "delivered", "closed"])
def test_no_estimate_for_a_job_that_is_not_at_work(job, ae, state):
    other = make.make_job(job.client, ae, state=state)
    make.make_brief(other)
    error = refusal(service.draft_estimate, job=other, by=ae, at=NOW)
    assert error.message == (
        f"An estimate belongs to a job in work; this one is “{other.get_state_display()}”."
    )


@pytest.mark.parametrize("kind", ["media", "fee"])
def test_media_and_fee_jobs_have_none(job, ae, kind):
    other = make.make_job(job.client, ae, kind=kind)
    make.make_brief(other)
    assert "no estimate" in refusal(service.draft_estimate, job=other, by=ae, at=NOW).message


@pytest.mark.parametrize("state", ["submitted", "sent", "signed"])
def test_running_or_signed_one_is_not_begun_again(job, ae, state):
    make.pass_to(make.make_estimate(job), state)
    error = refusal(service.draft_estimate, job=job, by=ae, at=NOW)
    assert error.message == "This job has an estimate already."


def test_after_a_withdrawn_one_comes_a_revision(job, ae):
    old = make.make_estimate(job)
    Estimate.objects.filter(pk=old.pk).update(state="withdrawn")
    error = refusal(service.draft_estimate, job=job, by=ae, at=NOW)
    assert error.message == "Please revise the former estimate: its lines are taken over."


@pytest.mark.parametrize("role", ["finance", "management", "department", "admin"])
def test_who_writes_no_estimates(job, draft, role):
    person = make_user(role=role, department="production" if role == "department" else "")
    with pytest.raises(PermissionDenied):
        service.draft_estimate(job=job, by=person, at=NOW)
    with pytest.raises(PermissionDenied):
        service.save_header(estimate=draft, by=person, at=NOW, note_client="Hello")
    with pytest.raises(PermissionDenied):
        lines_service.save_line(estimate=draft, data={}, by=person, at=NOW)


def test_another_clients_ae_writes_nothing(draft, other_ae):
    with pytest.raises(PermissionDenied):
        lines_service.save_line(estimate=draft, data={}, by=other_ae, at=NOW)


# --- the head ----------------------------------------------------------------------------------


def test_rates_of_the_head_change_the_sums(draft, add, am):
    add(unit_cost=D("100"), markup_rate=D("0"))
    row = service.save_header(
        estimate=draft, by=am, at=NOW, contingency_rate=D("0.05"), vat_rate=D("0.13")
    )
    assert (row.contingency, row.net, row.vat, row.total) == (
        D("5.00"), D("105.00"), D("6.65"), D("111.65"),
    )  # fmt: skip
    assert fresh(draft).total == D("111.65")
    assert am in draft.editors.all()


def test_head_saved_without_a_change_is_no_change(draft, am):
    row = service.save_header(estimate=draft, by=am, at=NOW, note_client="")
    assert row.row_version == draft.row_version
    assert not draft.editors.exists()
    assert not AuditEntry.objects.filter(verb="save_estimate").exists()


def test_head_of_an_older_page_is_stale(draft, ae):
    service.save_header(estimate=draft, by=ae, at=NOW, note_client="One", row_version=0)
    with pytest.raises(Stale):
        service.save_header(estimate=draft, by=ae, at=NOW, note_client="Two", row_version=0)
    assert fresh(draft).note_client == "One"


def test_lines_do_not_make_the_head_stale(draft, add, ae):
    add(unit_cost=D("100"))
    row = service.save_header(estimate=draft, by=ae, at=NOW, note_client="One", row_version=0)
    assert row.note_client == "One"


def test_draft_follows_the_new_brief(draft, job, ae):
    job.briefs.update(state="superseded")
    new = make.make_brief(job)
    Estimate.objects.filter(pk=draft.pk).update(brief_changed=True)
    row = service.follow_brief(estimate=draft, by=ae, at=NOW)
    assert (row.brief, row.brief_changed) == (new, False)


def test_draft_is_dropped_with_its_lines(draft, add, ae):
    add()
    service.delete_estimate(estimate=draft, by=ae, at=NOW)
    assert not Estimate.objects.exists()
    assert not EstimateLine.objects.exists()
    assert AuditEntry.objects.filter(verb="delete_estimate").count() == 1


# --- what is lacking ---------------------------------------------------------------------------


def lacks(draft):
    return [str(words) for _field, words in service.gaps(fresh(draft))]


def test_empty_draft_lacks_lines(draft):
    assert lacks(draft) == ["There is no line yet."]


@pytest.mark.rule("R58")
def test_each_deliverable_has_a_line_or_is_not_charged(draft, add, job, ae):
    poster, flyer = (make.make_deliverable(job, name) for name in ("Poster", "Flyer"))
    missing = "“{}” has no line and is not marked as not charged.".format
    line = add(deliverable=poster)
    assert lacks(draft) == [missing("Flyer")]
    service.set_charged(estimate=draft, free=[flyer.pk], by=ae, at=NOW)
    assert lacks(draft) == []
    add(line=line, is_optional=True, chosen=False)
    assert lacks(draft) == [missing("Poster")]
    service.set_charged(estimate=draft, free=[], by=ae, at=NOW)
    assert lacks(draft) == [missing("Poster"), missing("Flyer")]


def test_change_order_covers_only_what_changes(draft, job, ae):
    make.make_deliverable(job)
    order = change_order(draft, ae)
    make.make_line(order)
    assert lacks(order) == []


@pytest.mark.rule("R78")
@pytest.mark.parametrize(
    ("cost", "quotes", "reason", "is_lacking"),
    [
        ("20000.00", 0, "", False),
        ("20000.01", 0, "", True),
        ("20000.01", 2, "", True),
        ("20000.01", 3, "", False),
        ("20000.01", 0, "The only press of this size", False),
        ("20000.01", 0, "short", True),
    ],
)
def test_three_quotes_for_a_dear_line(draft, add, ae, cost, quotes, reason, is_lacking):
    line = add(text="Print", unit_cost=D(cost))
    rows = [quote(supplier) for supplier in three()[:quotes]]
    lines_service.save_quotes(line=line, quotes=rows, by=ae, at=NOW)
    service.save_header(estimate=draft, by=ae, at=NOW, quotes_reason=reason)
    wanted = "Fewer than three supplier quotes for “Print”: get them, or give the reason."
    assert lacks(draft) == ([wanted] if is_lacking else [])


@pytest.mark.rule("R78")
def test_limit_is_the_houses(draft, add):
    house = AgencySettings.load()
    house.quotes_above = D("50")
    house.save()
    add(text="Print", unit_cost=D("51"))
    assert len(lacks(draft)) == 1


@pytest.mark.rule("R78")
def test_work_of_our_own_needs_no_quotes(draft, add):
    line = add(text="Art direction", unit_cost=D("30000"), fixed_price=D("40000"))
    assert lacks(draft) == []
    add(line=line, supplier=make.make_supplier())
    assert len(lacks(draft)) == 1


@pytest.mark.rule("R78")
def test_option_left_out_needs_no_quotes(draft, add):
    add(text="Film", unit_cost=D("30000"), is_optional=True, chosen=False)
    assert lacks(draft) == []


def test_brief_changed_under_the_draft(draft, add, job):
    add()
    job.briefs.update(state="superseded")
    assert lacks(draft) == ["The brief has changed: please go through the lines by the new one."]
