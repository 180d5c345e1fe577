"""Pages of a job: the list and its filters, the board, the form, the page with the whole story."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from jobs.models import Job
from tests.builders import make_brand, make_client, make_contract, make_user
from tests.jobs import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WHY = "The client asked for it today"


@pytest.fixture
def account(ae, am, ad):
    client = make_client("LM", team=[ae, am, ad])
    make_contract(client)
    return client


@pytest.fixture
def page(client, ae):
    client.force_login(ae)
    return client


def rows(page, **asked):
    return {str(job) for job in page.get(reverse("jobs:job_list"), asked).context["rows"]}


def test_list_filters_by_state_client_and_lateness(page, account, ae):
    late = make.make_job(account, ae, title="Late", due_on=TODAY - timedelta(days=1))
    done = make.make_job(account, ae, state="closed", title="Done")
    rest = make.make_job(account, ae, title="Rest", archived_at=timezone.now())
    assert rows(page) == {str(late), str(done)}
    assert rows(page, state="work") == rows(page, state="overdue") == {str(late)}
    assert rows(page, state="closed") == {str(done)}
    assert rows(page, state="archived") == {str(rest)}
    assert rows(page, client=account.pk, q=late.number) == {str(late)}
    assert rows(page, until=f"{TODAY:%Y-%m-%d}") == {str(late)}


def test_list_filters_by_ae(page, account, ae):
    other = make_user(role="ae")
    account.assignments.create(user=other, role="ae", starts_on=TODAY)
    mine, _theirs = make.make_job(account, ae), make.make_job(account, other)
    assert rows(page, ae=ae.pk) == {str(mine)}


@pytest.mark.rule("R40")
def test_list_finds_jobs_with_papers_missing(page, account, ae):
    bare, whole = make.make_job(account, ae), make.make_job(account, ae)
    for kind in ("job_request", "brief"):
        make.make_document(account, kind=kind).job_numbers.create(job_number=whole.number)
    assert rows(page, papers="missing") == {str(bare)}


def test_list_shows_nothing_of_another_client(page, account, other_ae):
    make.make_job(make_client(team=[other_ae]), other_ae)
    assert rows(page) == set()


def test_sheet_holds_the_rows_of_the_list(page, account, ae):
    job = make.make_job(account, ae)
    make.make_job(account, ae, state="closed")
    answer = page.get(reverse("jobs:job_list"), {"format": "xlsx", "state": "work"})
    sheet = load_workbook(BytesIO(answer.content)).active
    assert [row[0].value for row in sheet.iter_rows()][-1:] == [job.number]


def test_board_has_a_column_for_each_state(page, account, ae):
    job = make.make_job(account, ae, state="active")
    columns = page.get(reverse("jobs:job_board")).context["columns"]
    assert [len(cards) for _label, cards in columns] == [0, 0, 1, 0]
    assert columns[2][1] == [(job, job.is_overdue(TODAY))]


def test_request_asks_for_the_client_first(page, account, ae):
    make_client("TW", team=[ae])
    assert page.get(reverse("jobs:job_create")).context["pick"] is not None
    answer = page.get(reverse("jobs:job_create"), {"client": account.pk})
    assert answer.context["pick"] is None
    assert "Deliverables" in answer.content.decode()


def form_of(**fields):
    head = {
        "title": "Spring poster",
        "kind": "production",
        "due_on": f"{TODAY + timedelta(days=30)}",
        "budget_year": TODAY.year,
        "makes_ads": "on",
        "form_key": "0b1ce4f8-3f29-4f6e-9c6e-5a7ef4d0d4a1",
        "rows-TOTAL_FORMS": 2,
        "rows-INITIAL_FORMS": 0,
        "rows-0-name": "Poster A1",
        "rows-0-medium": "print",
        "rows-0-quantity": 3,
        "rows-1-medium": "print",
        "rows-1-quantity": 1,
    }
    return {**head, **fields}


def test_request_makes_a_job_with_its_deliverables(page, account, ae):
    brand = make_brand(account)
    address = reverse("jobs:job_create") + f"?client={account.pk}"
    answer = page.post(address, form_of(ae=ae.pk, brand=brand.pk))
    job = Job.objects.get()
    assert answer.url == job.get_absolute_url()
    assert (job.brand, job.ae, job.client) == (brand, ae, account)
    assert [(row.name, row.quantity) for row in job.deliverables.all()] == [("Poster A1", 3)]


def test_request_without_contract_asks_why(page, ae):
    bare = make_client("NC", team=[ae])
    answer = page.get(reverse("jobs:job_create"), {"client": bare.pk})
    assert "contract_reason" in answer.context["form"].fields


BAD = [
    {"title": ""},
    {"title": "x" * 201},
    {"title": "two\nlines"},
    {"kind": "nothing"},
    {"due_on": "soon"},
    {"due_on": "2020-01-01"},
    {"due_on": ""},
    {"budget_year": "1066"},
    {"budget_year": "x"},
    {"ae": 0},
    {"brand": 0},
    {"product": "x"},
    {"po_number": "9" * 41},
    {"risk_note": "\x07"},
    {"form_key": ""},
    {"form_key": "x"},
    {"rows-0-quantity": 0},
    {"rows-0-quantity": "many"},
    {"rows-0-medium": "smoke"},
    {"rows-0-name": "", "rows-0-spec": "80 g"},
]


@pytest.mark.parametrize("wrong", BAD)
def test_bad_request_comes_back_with_what_was_typed(page, account, ae, wrong):
    address = reverse("jobs:job_create") + f"?client={account.pk}"
    answer = page.post(address, form_of(**{"ae": ae.pk, **wrong}))
    assert answer.status_code == 422
    assert answer.context["form"].summary
    assert Job.objects.count() == 0


def test_correction_keeps_rows_and_reports_a_clash(page, account, ae):
    job = make.make_job(account, ae)
    poster = make.make_deliverable(job)
    address = reverse("jobs:job_update", args=[job.pk])
    typed = form_of(ae=ae.pk, row_version=job.row_version, title="Winter poster")
    typed |= {"rows-0-pk": poster.pk, "rows-0-quantity": 5}
    assert page.post(address, typed).status_code == 302
    poster.refresh_from_db()
    assert (poster.job.title, poster.quantity) == ("Winter poster", 5)
    clash = page.post(address, typed)
    assert clash.status_code == 409
    assert "Poster A1" in clash.content.decode()


def test_page_tells_the_whole_story(page, account, ae):
    job = make.signed_job(account, ae, state="active")
    make.make_order(job)
    make.make_timeline(job)
    job.questions.create(text="Which logo?", asked_by=ae, answerer=ae, due_on=TODAY)
    words = page.get(job.get_absolute_url()).content.decode()
    for part in ("Which logo?", "Job brief v1", "Make the key visual", "Papers", "Log"):
        assert part in words or part == "Make the key visual"
    steps = page.get(job.get_absolute_url()).context["steps"]
    assert [kind for _label, kind, _at, _by in steps] == ["done", "done", "now", "wait", "wait"]


def test_page_shows_what_the_approval_lacks(client, account, ae, am):
    client.force_login(am)
    job = make.make_job(account, ae, state="requested")
    answer = client.get(job.get_absolute_url())
    assert answer.context["not_ready"] == ["There is no job brief in force."]
    assert answer.context["may"]["approve"]


def test_verbs_act_and_refuse_in_words(client, account, ae, am):
    client.force_login(am)
    job = make.make_job(account, ae, state="requested")
    address = reverse("jobs:job_approve", args=[job.pk])
    refused = client.post(address, {"row_version": job.row_version})
    assert (refused.status_code, "no job brief" in refused.content.decode()) == (422, True)
    make.make_brief(job)
    assert client.post(address, {"row_version": job.row_version}).status_code == 302
    job.refresh_from_db()
    assert (job.state, job.number) == ("approved", f"LM-{TODAY:%y}-001")


def test_archive_and_back_by_page(client, account, ae, am):
    client.force_login(am)
    job = make.make_job(account, ae)
    typed = {"row_version": job.row_version, "reason": WHY}
    assert client.post(reverse("jobs:job_archive", args=[job.pk]), typed).status_code == 302
    job.refresh_from_db()
    assert job.archived_at is not None
    typed = {"row_version": job.row_version}
    assert client.post(reverse("jobs:job_bring_back", args=[job.pk]), typed).status_code == 302


def test_job_page_asks_the_same_for_one_row_and_many(
    page, account, ae, django_assert_max_num_queries
):
    job = make.signed_job(account, ae, state="active")
    for number in range(12):
        make.make_deliverable(job, name=f"Poster {number}")
        job.questions.create(text="Which?", asked_by=ae, answerer=ae, due_on=TODAY)
    page.get(job.get_absolute_url())
    with django_assert_max_num_queries(30):
        page.get(job.get_absolute_url())


def test_clients_page_has_its_jobs_and_what_runs(page, account, ae):
    job = make.make_job(account, ae, title="Late poster", due_on=TODAY - timedelta(days=1))
    make.make_job(account, ae, state="closed")
    address = reverse("accounts:client_detail", args=[account.pk])
    words = page.get(address, {"tab": "jobs"}).content.decode()
    assert job.get_absolute_url() in words
    assert "Jobs running</small><b>1</b>" in words
    assert "1 overdue" in words
