"""Sending what passed, who may come in, and the list of checks (R71–R73)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agency.common.models import OutboxMail
from tests.builders import make_client, make_contact, make_user
from tests.jobs import desk, make
from tests.jobs.desk import address, listed
from tests.meetings.pages import send

pytestmark = pytest.mark.django_db
POSTER = b"%PDF-1.7 poster"
DAY = timedelta(days=1)
NOW = timezone.now()
TODAY = timezone.localdate()


@pytest.fixture
def job(ae, am):
    return make.make_job(make_client("LM", team=[ae, am]), ae, state="active")


@pytest.fixture
def paper(job):
    paper = make.make_document(job.client, kind="ad_file", content=POSTER, name="poster.pdf")
    paper.job_numbers.create(job_number=job.number)
    return paper


@pytest.fixture
def check(job, ae, paper):
    return make.make_check(job, author=ae, document=paper, sha256=paper.sha256)


@pytest.fixture
def page(sign_in, ae):
    return sign_in(ae)


def ask(page, job, **fields):
    return send(page, address("check_create", job), **{"kind": "creative", **fields})


# --- sending ------------------------------------------------------------------------------------


@pytest.fixture
def passed(job, paper):
    return make.make_check(job, "passed", document=paper, sha256=paper.sha256)


@pytest.mark.rule("R71")
def test_passed_file_goes_to_the_contacts_chosen(page, job, passed, paper):
    reader, other = make_contact(job.client), make_contact(job.client, name="叶知秋")
    answer = send(page, address("check_send", passed), contacts=[f"{reader.pk}"])
    assert answer.url == passed.get_absolute_url()
    mail = OutboxMail.objects.get(to=reader.email)
    assert [file["sha256"] for file in mail.attachments] == [paper.sha256]
    assert not OutboxMail.objects.filter(to=other.email).exists()


def test_only_reachable_contacts_of_the_client_are_offered(page, job, passed, ae, am):
    reader = make_contact(job.client)
    foreign = make_contact(make_client())
    form = page.get(address("check_send", passed)).context["form"]
    assert list(form.fields["contacts"].queryset) == [reader]
    answer = send(page, address("check_send", passed), contacts=[f"{foreign.pk}"])
    assert list(answer.context["form"].errors) == ["contacts"]


def test_nobody_chosen_sends_nothing(page, job, passed):
    make_contact(job.client)
    answer = send(page, address("check_send", passed))
    assert list(answer.context["form"].errors) == ["contacts"]
    assert not OutboxMail.objects.exists()


@pytest.mark.rule("R71")
@pytest.mark.parametrize("state", ["open", "failed"])
def test_file_that_did_not_pass_has_no_page_to_send(page, job, paper, state):
    check = make.make_check(job, state, document=paper, sha256=paper.sha256)
    assert page.get(address("check_send", check)).status_code == 404


def test_check_without_a_file_has_none_either(page, job):
    assert page.get(address("check_send", make.make_check(job, "passed"))).status_code == 404


# --- who may come in ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["check_create", "check_detail", "check_judge", "check_send"])
def test_pages_of_another_client_are_not_there(sign_in, job, check, other_ae, name):
    make_client(team=[other_ae])
    row = {"check_create": job, "check_send": make.make_check(job, "passed")}.get(name, check)
    page = sign_in(other_ae)
    assert page.get(address(name, row)).status_code == 404
    assert page.post(address(name, row), {}).status_code == 404


@pytest.mark.parametrize(
    ("name", "status"),
    [("check_create", 403), ("check_detail", 200), ("check_judge", 403)],
)
def test_department_reads_and_does_not_check(sign_in, job, check, name, status):
    artist = desk.worker(job)
    make.make_brief(job)
    make.make_order(job)
    row = job if name == "check_create" else check
    assert sign_in(artist).get(address(name, row)).status_code == status


# --- the list -----------------------------------------------------------------------------------


@pytest.fixture
def checks(job, ae, am, other_ae):
    """Open since today; passed and failed some days ago; the second look; one foreign."""

    def ended(state, days, **fields):
        at = NOW - days * DAY
        return make.make_check(
            job, state, checked_at=at, created_at=at, **{"author": ae, "checker": am, **fields}
        )

    failed = ended("failed", 10)
    foreign = make.make_job(make_client(team=[other_ae]), other_ae)
    return {
        "open": make.make_check(job, author=am, kind="tape"),
        "passed": ended("passed", 20, author=am, checker=ae),
        "failed": failed,
        "again": ended("passed", 5, follows=failed),
        "foreign": make.make_check(foreign),
    }


def days_ago(number):
    return f"{TODAY - number * DAY}"


ALL = {"open", "passed", "failed", "again"}


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ALL),
        ({"state": "passed"}, {"passed", "again"}),
        ({"state": "failed"}, {"failed"}),
        ({"kind": "tape"}, {"open"}),
        ({"kind": "nonsense"}, ALL),
        ({"first": "1"}, {"passed", "failed"}),
        ({"first": "1", "state": "passed"}, {"passed"}),
        ({"since": days_ago(10)}, {"open", "failed", "again"}),
        ({"until": days_ago(10)}, {"passed", "failed"}),
        ({"since": days_ago(10), "until": days_ago(5), "first": "1"}, {"failed"}),
    ],
)
def test_checks_are_filtered(page, checks, asked, names):
    assert listed(page, "check_list", **asked) == {checks[name] for name in names}


def test_checks_are_filtered_by_person_and_client(page, checks, job, ae, am):
    assert listed(page, "check_list", author=am.pk) == {checks["open"], checks["passed"]}
    assert listed(page, "check_list", checker=am.pk) == {checks["failed"], checks["again"]}
    assert listed(page, "check_list", client=job.client.pk) == {checks[name] for name in ALL}


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["open", "again", "failed", "passed"]),
        ("asked", ["passed", "failed", "again", "open"]),
    ],
)
def test_checks_are_sorted_by_when_they_were_asked_for(page, checks, sort, names):
    rows = page.get(reverse("jobs:check_list"), {"sort": sort}).context["rows"]
    assert list(rows) == [checks[name] for name in names]


def test_sheet_of_checks_holds_the_rows_of_the_list(page, checks, ae, am):
    asked = {"format": "xlsx", "first": "1"}
    cells = desk.sheet_of(page.get(reverse("jobs:check_list"), asked))
    assert [row[:5] for row in cells] == [
        ("Poster", "Creative work", "Failed", ae.name, am.name),
        ("Poster", "Creative work", "Passed", am.name, ae.name),
    ]


@pytest.mark.parametrize(("role", "status"), [("management", 200), ("admin", 403)])
def test_list_is_for_who_sees_clients(sign_in, db, role, status):
    answer = sign_in(make_user(role=role)).get(reverse("jobs:check_list"))
    assert answer.status_code == status
