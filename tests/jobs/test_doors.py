"""Every door to production on a job that the client has not signed is shut (R57, issue 5)."""

import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from psycopg.errors import NotNullViolation

from agency.common.errors import Refused
from jobs.models import Cost, Estimate, StartOrder
from jobs.services.costs import enter_cost
from jobs.services.work import give_order
from tests.builders import assign, make_user
from tests.jobs import desk, make
from tests.jobs.desk import address, refused
from tests.jobs.make import DUE, NOW, D
from tests.meetings.pages import send, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R57")]
UNSIGNED = "The client has not signed the production estimate."
KEY = "6f1c8a52-6a0e-4b39-9c0e-0d6f6c1f2a11"
KINDS = ("production", "supplier")
STATES = ("", "submitted", "manager_ok", "approved", "sent")
ORDER = """INSERT INTO jobs_startorder (created_at, row_version, job_id, brief_id, kind, department,
    supplier_id, text, due_on, given_by_id, given_at, state, withdraw_reason)
    VALUES (now(), 0, %(job)s, %(brief)s, %(kind)s, %(department)s,
    %(supplier)s, 'Print', now(), %(by)s, now(), 'given', '')"""
COST = """INSERT INTO jobs_cost (created_at, row_version, job_id, kind, number, "on", amount)
    VALUES (now(), 0, %(job)s, 'order', '', now(), 100)"""


@pytest.fixture
def printer():
    return make.make_supplier("Harbour Print")


@pytest.fixture(params=STATES, ids=lambda state: state or "none")
def job(request, ae, am):
    """All that production wants but the signature: the estimate has come so far, or is not there.

    Creative work goes on at the agency's risk, so the job is active. Whatever a test has tried:
    afterwards there is no order, no cost and no signature.
    """
    job = desk.ready_job(ae, am, state="active")
    if request.param:
        make.pass_to(make.make_estimate(job, desk.LINES, cost=D("1500.00")), request.param)
    yield job
    assert not StartOrder.objects.filter(kind__in=KINDS).exists()
    assert not Cost.objects.exists()
    assert not job.estimates.signed().exists()


def people(job):
    """One of each role that comes near the job, on the client where the role is."""
    inside = [make_user(role=role) for role in ("ae", "am", "ad")]
    inside += [make_user(role="department", department="production")]
    for user in inside:
        assign(job.client, user)
    others = [make_user(role=role) for role in ("finance", "management", "admin")]
    return [*inside, job.client.group.head, *others]


def order_of(kind, printer):
    return {
        "kind": kind,
        "department": "production" if kind == "production" else "",
        "supplier": printer if kind == "supplier" else None,
    }


# --- the house's own doors ----------------------------------------------------------------------


def test_the_page_says_why_not(job, ae, sign_in):
    shown = sign_in(ae).get(address("order_create", job))
    reasons = {str(label): words for label, words in shown.context["kinds"]}
    assert reasons["Production"] == reasons["Supplier"] == [UNSIGNED]
    assert UNSIGNED in text_of(shown)


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_is_refused_in_words(job, ae, sign_in, printer, kind):
    typed = {**order_of(kind, printer), "text": "Print 5,000", "due_on": f"{DUE}"}
    typed["supplier"] = f"{printer.pk}" if kind == "supplier" else ""
    refused(send(sign_in(ae), address("order_create", job), **typed), UNSIGNED, "Print 5,000")


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_posts_it_whatever_the_role(job, sign_in, printer, kind):
    typed = {**order_of(kind, printer), "text": "Print", "due_on": f"{DUE}", "form_key": KEY}
    typed["supplier"] = f"{printer.pk}" if kind == "supplier" else ""
    codes = {sign_in(user).post(address("order_create", job), typed).status_code
             for user in people(job)}  # fmt: skip
    assert codes <= {403, 404, 422}


def test_no_cost_is_entered_whatever_the_role(job, sign_in, printer):
    typed = {"supplier": f"{printer.pk}", "amount": "800", "on": f"{DUE}", "form_key": KEY}
    for kind in Cost.Kind:
        codes = {sign_in(user).post(address("cost_create", job), {**typed, "kind": kind})
                 .status_code for user in people(job)}  # fmt: skip
        assert codes <= {403, 404, 422}


@pytest.mark.parametrize("kind", KINDS)
def test_the_verb_refuses_everybody(job, printer, kind):
    for user in (job.ae, job.client.group.head):
        with pytest.raises(Refused) as found:
            give_order(job=job, text="Print", due_on=DUE, by=user, at=NOW,
                       **order_of(kind, printer))  # fmt: skip
        assert found.value.message == UNSIGNED


def test_a_suppliers_order_is_no_cost_either(job, am, printer):
    with pytest.raises(Refused) as found:
        enter_cost(job=job, kind="order", amount=D("1"), on=DUE, supplier=printer, by=am, at=NOW)
    assert found.value.message == UNSIGNED


def test_there_is_no_admin_site(job, sign_in):
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")
    page = sign_in(make_user(role="admin"))
    for door in ("", "jobs/startorder/add/", "jobs/cost/add/"):
        assert page.get(f"/admin/{door}").status_code == 404


def test_what_is_imported_is_lines_of_a_draft_and_nothing_else(job, ae, sign_in):
    """The one import that jobs has: rows of a sheet, into an estimate's draft only."""
    estimate = job.estimates.first() or make.make_estimate(job)
    is_draft, before = estimate.state == "draft", estimate.lines.count()
    rows = "Text\tQuantity\tUnit\tUnit cost\tState\nPrinting\t1\tpcs\t100\tsigned"
    typed = {"text": rows, "form_key": KEY, "do": "add"}
    answer = sign_in(ae).post(address("estimate_paste", estimate), typed)
    assert answer.status_code == (302 if is_draft else 422)
    assert estimate.lines.count() == before + is_draft


# --- past the house's doors: the database -------------------------------------------------------


def barred(action, *args, **kwargs):
    """The database says no, whoever asks; not for a column that the test forgot."""
    with pytest.raises(DatabaseError) as found, transaction.atomic():
        action(*args, **kwargs)
    assert not isinstance(found.value.__cause__, NotNullViolation)


@pytest.mark.parametrize("kind", KINDS)
def test_saved_in_the_shell(job, printer, kind):
    row = make.make_order(job, "creative")
    fields = {"supplier": printer} if kind == "supplier" else {}
    barred(make.make_order, job, kind, **fields)
    barred(StartOrder.objects.filter(pk=row.pk).update, kind=kind)
    twin = StartOrder.objects.get(pk=row.pk)
    twin.pk, twin.form_key, twin.kind = None, None, kind
    barred(StartOrder.objects.bulk_create, [twin])
    barred(Cost.objects.create, job=job, on=DUE, amount=D("1"), supplier=printer)
    barred(Cost.objects.bulk_create, [Cost(job=job, on=DUE, amount=D("1"), created_at=NOW)])


def test_signed_in_the_shell(job):
    """No estimate becomes signed past chain and client, and none is born so."""
    for row in job.estimates.all():
        barred(Estimate.objects.filter(pk=row.pk).update, state="signed")
        row.state = "signed"
        barred(row.save)
    barred(make.make_estimate, job, state="signed", change=1)


@pytest.mark.parametrize("model", ["startorder", "cost"])
def test_loaded_from_a_file(job, tmp_path, model):
    fields = {
        "startorder": {
            "job": job.pk, "kind": "production", "department": "production", "text": "Print",
            "brief": job.briefs.first().pk, "due_on": f"{DUE}", "given_by": job.ae_id,
            "given_at": f"{NOW:%Y-%m-%dT%H:%M:%S%z}",
        },
        "cost": {"job": job.pk, "kind": "order", "on": f"{DUE}", "amount": "100.00"},
    }[model]  # fmt: skip
    fields["created_at"] = f"{timezone.now():%Y-%m-%dT%H:%M:%S%z}"
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([{"model": f"jobs.{model}", "pk": None, "fields": fields}]))
    barred(call_command, "loaddata", str(file), verbosity=0)


@pytest.fixture
def program(db):
    """A role as docs/deploy.md wants it for the program: it reads and writes, and owns nothing."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE the_program NOSUPERUSER")
        cursor.execute("GRANT USAGE ON SCHEMA public TO the_program")
        cursor.execute(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO the_program"
        )
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO the_program")
        cursor.execute("SET LOCAL ROLE the_program")
        yield cursor
        cursor.execute("RESET ROLE")


def test_sql_as_the_role_of_the_program(job, printer, program):
    facts = {"job": job.pk, "brief": job.briefs.first().pk, "by": job.ae_id,
             "department": "production", "supplier": None}  # fmt: skip
    program.execute(ORDER, {**facts, "kind": "creative"})
    barred(program.execute, ORDER, {**facts, "kind": "production"})
    bought = {"kind": "supplier", "department": "", "supplier": printer.pk}
    barred(program.execute, ORDER, facts | bought)
    barred(program.execute, "UPDATE jobs_startorder SET kind = 'production'")
    barred(program.execute, COST, facts)
    barred(program.execute, "UPDATE jobs_job SET number = 'X'")
    if job.estimates.exists():
        barred(program.execute, "UPDATE jobs_estimate SET state = 'signed'")
    for table, name in {"startorder": "start", "cost": "cost", "estimate": "estimate"}.items():
        barred(program.execute, f"ALTER TABLE jobs_{table} DISABLE TRIGGER jobs_keep_{name}")
        barred(program.execute, f"DROP TRIGGER jobs_keep_{name} ON jobs_{table}")
    barred(program.execute, "SET LOCAL session_replication_role = replica")
    barred(program.execute, "CREATE OR REPLACE FUNCTION jobs_is_signed(bigint, boolean) "
           "RETURNS boolean LANGUAGE sql AS 'SELECT true'")  # fmt: skip


def test_the_same_doors_open_with_the_signature(ae, am, printer):
    """Else all of the above would show nothing."""
    job = desk.ready_job(ae, am, state="active")
    desk.sign(job)
    order = give_order(job=job, text="Print", due_on=DUE, by=ae, at=NOW,
                       **order_of("supplier", printer))  # fmt: skip
    cost = enter_cost(job=job, kind="order", amount=D("1"), on=DUE, supplier=printer, by=am, at=NOW)
    assert (order.kind, cost.amount) == ("supplier", D("1"))
