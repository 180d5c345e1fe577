"""After the signature: booked, run with proof, missed with reason, made good (3.8)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Stale
from agency.common.models import AuditEntry
from budgets.models import Invoice, InvoiceLine, MediaLine
from budgets.reports import awaiting
from budgets.reports.plan_runs import unsettled
from budgets.services import plan_runs as service
from tests.archives.papers import make_document
from tests.budgets import plans
from tests.budgets.make import make_invoice, pass_plan_to
from tests.budgets.plans import D
from tests.builders import from_kept, make_client, make_user, when
from tests.jobs.drafts import fresh, refusal
from tests.jobs.make import NOW

pytestmark = pytest.mark.django_db
TODAY, NEXT_MONTH = date(2026, 11, 19), date(2026, 12, 1)
REASON = "The page was sold twice by the paper."


def make_kept():
    lines = ({"vehicle": name} for name in "ABC")
    plan = plans.signed_plan(plans.media_job(), *lines)
    return {"plan": plan, "ae": plan.author, "paper": plans.proof_of(plan)}


plan, ae, paper = from_kept("plan", "ae", "paper")


def line_of(plan, name="A"):
    return plan.lines.get(vehicle=name)


def unbooked(plan):
    plan.lines.update(booked_on=None)
    return plan


def book(plan, by=None, on=TODAY, lines=None, at=NOW, **fields):
    rows = plan.lines.all() if lines is None else lines
    return service.book_lines(
        plan=plan, lines=rows, booked_on=on, by=by or plan.author, at=at, **fields
    )


def do(verb, line, by=None, at=NOW, **fields):
    return getattr(service, verb)(line=line, by=by or line.plan.author, at=at, **fields)


def missed(plan, name="A"):
    return do("miss_line", line_of(plan, name), reason=REASON)


# --- booking ---------------------------------------------------------------------------------


def test_booked_lines(plan):
    book(unbooked(plan))
    assert set(plan.lines.values_list("booked_on", flat=True)) == {TODAY}
    assert AuditEntry.objects.filter(verb="book_media").count() == 3


def test_nothing_is_booked_before_the_signature(plan):
    sent = pass_plan_to(plans.draft_of(plans.media_job(), {}), "sent")
    assert "before the client has signed" in refusal(book, plan=sent).message


def test_booked_twice_is_refused(plan):
    assert refusal(book, plan=plan).message == "“A” is booked already."


@pytest.mark.parametrize(
    ("on", "said"),
    [(date(2026, 11, 20), "still to come"), (date(2026, 11, 18), "before the client's signature")],
)
def test_day_of_a_booking(plan, on, said):
    error = refusal(book, plan=unbooked(plan), on=on)
    assert (error.field, said in error.message) == ("booked_on", True)


def test_no_line_of_another_plan_is_booked(plan):
    other = plans.signed_plan()
    assert "choose at least one line" in refusal(
        book, plan=unbooked(plan), lines=other.lines.all()
    ).message  # fmt: skip


def test_ended_job_books_nothing(plan):
    type(plan.job).objects.filter(pk=plan.job_id).update(state="cancelled")
    assert "nothing is booked any more" in refusal(book, plan=fresh(unbooked(plan))).message


def test_booking_from_an_older_page_is_stale(plan):
    with pytest.raises(Stale):
        book(unbooked(plan), row_version=plan.row_version + 1)


def test_booking_taken_back(plan):
    line = do("unbook_line", line_of(plan), reason=REASON)
    assert fresh(line).booked_on is None
    assert refusal(do, verb="unbook_line", line=line, reason=REASON).message == (
        "This line is not booked."
    )
    assert AuditEntry.objects.get(verb="unbook_media").changes["reason"] == REASON


# --- run and missed --------------------------------------------------------------------------


def test_run_with_its_proof(plan, paper):
    line = fresh(do("run_line", line_of(plan), proof=paper))
    assert (line.run_ok, line.proof) == ("run", paper)


def test_no_run_without_proof(plan):
    assert refusal(do, verb="run_line", line=line_of(plan), proof=None).field == "file"


@pytest.mark.parametrize("verb", ["run_line", "miss_line"])
def test_month_that_has_not_begun(ae, verb):
    plan = plans.signed_plan(plans.media_job(ae=ae), {"vehicle": "A", "month": NEXT_MONTH})
    given = {"proof": plans.proof_of(plan)} if verb == "run_line" else {"reason": REASON}
    before, begun = when("2026-11-30 23:59:59"), when("2026-12-01 00:00")
    error = refusal(do, verb=verb, line=line_of(plan), at=before, **given)
    assert error.message == "December 2026 has not begun yet."
    do(verb, line_of(plan), at=begun, **given)


def test_line_runs_only_once_booked(plan, paper):
    error = refusal(do, verb="run_line", line=line_of(unbooked(plan)), proof=paper)
    assert error.message == "This line is not booked yet."


def test_papers_that_prove_nothing(plan):
    other = make_document(make_client(), kind="clipping")
    void = plans.proof_of(plan, state="void", void_reason=REASON)
    for proof, said in ((other, "another client"), (void, "void")):
        error = refusal(do, verb="run_line", line=line_of(plan), proof=proof)
        assert (error.field, said in error.message) == ("proof", True)


def test_run_is_noted_once(plan, paper):
    do("run_line", line_of(plan), proof=paper)
    for verb, given in (
        ("run_line", {"proof": paper}), ("miss_line", {"reason": REASON}),
        ("make_good", {"proof": paper}), ("unbook_line", {"reason": REASON}),
    ):  # fmt: skip
        error = refusal(do, verb=verb, line=line_of(plan), **given)
        assert error.message == "Not possible: this line is “Run” already."


@pytest.mark.rule("Z16")
def test_missed_needs_a_reason(plan):
    refusal(do, verb="miss_line", line=line_of(plan), reason="too short")
    line = fresh(missed(plan))
    assert (line.run_ok, line.missed_reason) == ("missed", REASON)


def test_older_page_of_a_line_is_stale(plan, paper):
    with pytest.raises(Stale):
        do("run_line", line_of(plan), proof=paper, row_version=99)


# --- made good -------------------------------------------------------------------------------


def test_made_good_by_another_line(plan, paper):
    do("run_line", line_of(plan, "B"), proof=paper)
    line = fresh(do("make_good", missed(plan), with_line=line_of(plan, "B")))
    assert (line.run_ok, line.made_good_by, line.proof) == ("made_good", line_of(plan, "B"), paper)


def test_made_good_by_runs_with_their_proof(plan, paper):
    line = fresh(do("make_good", missed(plan), proof=paper))
    assert (line.run_ok, line.made_good_by, line.proof) == ("made_good", None, paper)


def test_lines_that_make_nothing_good(plan, paper):
    line = missed(plan)
    other = plans.signed_plan().lines.get()
    for good, said in (
        (line, "choose another line"), (other, "choose another line"),
        (line_of(plan, "B"), "has not run yet"),
    ):  # fmt: skip
        error = refusal(do, verb="make_good", line=line, with_line=good)
        assert (error.field, said in error.message) == ("line", True)
    assert refusal(do, verb="make_good", line=line).field == "file"


def test_one_line_makes_good_one_line(plan, paper):
    do("run_line", line_of(plan, "B"), proof=paper)
    do("make_good", missed(plan), with_line=line_of(plan, "B"))
    error = refusal(do, verb="make_good", line=missed(plan, "C"),
                    with_line=line_of(plan, "B"))  # fmt: skip
    assert "makes good another line already" in error.message


def credit(line, state="issued"):
    base = make_invoice(line.plan.job, "1000.00", state="issued", kind="media")
    note = Invoice.objects.create(
        client=base.client, job=base.job, kind="credit", credits=base, plan=line.plan,
        currency="CNY", category="media", budget_year=2026, author=base.author,
        net=D("-1000"), vat=D("-60"), total=D("-1060"), number=f"CN {state}",
    )  # fmt: skip
    InvoiceLine.objects.create(
        invoice=note, position=1, text="Missed", net=D("-1000"), media_line=line
    )
    if state == "issued":
        note.issued_at, note.issued_on, note.document = NOW, TODAY, base.document
        note.state = state
        note.save()


def test_credit_note_settles_a_missed_line(plan, paper):
    line = missed(plan)
    credit(line, state="draft")
    assert list(unsettled(MediaLine.objects.all())) == [line]
    credit(line)
    assert not unsettled(MediaLine.objects.all()).exists()
    error = refusal(do, verb="make_good", line=line, proof=paper)
    assert error.message == "A credit note has settled this line."


# --- who, and what waits ---------------------------------------------------------------------


def test_media_books_and_proves_on_its_jobs(plan, paper):
    by = plans.worker(plan.job)
    book(unbooked(plan), by=by)
    do("run_line", line_of(plan), by=by, proof=paper)


@pytest.mark.parametrize("role", ["finance", "management", "ae"])
def test_who_may_not(plan, paper, role):
    by = make_user(role=role)
    with pytest.raises(PermissionDenied):
        book(unbooked(plan), by=by)
    for verb in ("run_line", "make_good"):
        with pytest.raises(PermissionDenied):
            do(verb, line_of(plan), by=by, proof=paper)


def test_other_department_may_not(plan):
    with pytest.raises(PermissionDenied):
        do("miss_line", line_of(plan), by=plans.worker(plan.job, "creative"), reason=REASON)


def duties(user, at):
    return [(str(row.sentence), row.url) for row in awaiting(user, at) if "runs" in row.url]


def test_proof_missing_waits_once_the_month_is_over(plan, ae, paper):
    over = when("2026-12-01 00:00")
    assert duties(ae, over - timedelta(seconds=1)) == []
    told = [(f"Proof missing: {plan.title} {plan.number}", f"/budgets/plans/{plan.pk}/runs/")]
    assert duties(ae, over) == told
    assert duties(plans.worker(plan.job), over) == told
    for name in "ABC":
        do("run_line", line_of(plan, name), proof=paper)
    assert duties(ae, over) == []


def test_proofs_of_others_do_not_wait(plan):
    over = when("2026-12-01 00:00")
    assert duties(make_user(), over) == []
    assert duties(plans.worker(plan.job, "creative"), over) == []


def test_missed_line_waits_until_it_is_settled(plan, ae, paper):
    line = missed(plan)
    assert duties(ae, NOW)[0][0] == f"Missed and not made good: {plan.title} {plan.number}"
    do("make_good", line, proof=paper)
    assert duties(ae, NOW) == []
