"""Jobs that a contact report names: chosen, on the agenda, written; it is filed with them (9.4)."""

from dataclasses import replace

import pytest
from django.urls import reverse

from agency.common.errors import Refused
from jobs.reports.missing import missing_papers
from meetings import services
from meetings.models import AgendaItem
from meetings.papers import client_face, house_numbers, internal_face
from meetings.services.typed import PointData, of_report
from tests.builders import assign, make_user
from tests.jobs.make import make_job
from tests.meetings import make
from tests.meetings.pages import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


@pytest.fixture
def job(account, ae):
    return make_job(account[0], ae, state="active")


def about(contact, *points, **fields):
    return make.typed(contact, points=list(points), **fields)


def filed(account, ae, data):
    """The numbers under which both faces of the report are filed."""
    report = make.issued(*account, ae, data=data)
    found = {
        tuple(paper.job_numbers.order_by("job_number").values_list("job_number", flat=True))
        for paper in (report.document, report.internal_document)
    }
    assert found == {tuple(client_face(report, make.END)["jobs"])}
    return found.pop()


@pytest.mark.rule("R40")
def test_a_report_about_a_job_is_the_paper_that_the_job_wants(account, ae, job):
    def gap():
        rows = missing_papers(job, stage="delivered")
        return next(row.state for row in rows if row.kind == "contact_report")

    assert gap() == "missing"
    said = PointData(kind="decision", text="Poster A is taken.", job=job)
    assert filed(account, ae, about(account[1], said)) == (job.number,)
    assert gap() == "there"


def test_an_action_about_a_job_names_it(account, ae, job):
    step = make.action("Send the poster", user=ae, due_on=make.END.date(), job=job)
    assert filed(account, ae, make.typed(account[1], actions=[step])) == (job.number,)


@pytest.mark.parametrize("written", ["{0}", "about {1}, soon", "工作{0}已定", "{2}"])
def test_a_number_that_is_written_names_the_job(account, ae, job, written):
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in job.number)
    text = written.format(job.number, job.number.lower(), wide)
    said = PointData(kind="problem", text="The proof is late", solution=text)
    assert filed(account, ae, about(account[1], said)) == (job.number,)


def test_what_is_not_a_job_of_this_client_is_not_named(account, ae, job):
    other = make_job(make.make_account(ae)[0], ae, state="active")
    said = PointData(kind="info", text=f"{other.number}, LM-26-999, X{job.number}, {job.number}9")
    assert filed(account, ae, about(account[1], said)) == ()


def test_what_only_management_reads_is_not_told_to_the_client(account, ae, job):
    opinion = PointData(kind="opinion", text=f"Slow work on {job.number}", job=job)
    said = PointData(kind="info", text="We spoke.")
    assert filed(account, ae, about(account[1], said, opinion)) == ()


def test_items_of_the_agenda_name_their_jobs(account, ae, job):
    report = make.log(*account, ae)
    meeting = report.meetings.get()
    for title, number in [("Poster", job), ("Film", None)]:
        AgendaItem.objects.create(meeting=meeting, title=title, minutes=10, position=1, job=number)
    assert internal_face(report, make.END)["jobs"] == [job.number]


def test_each_job_is_named_once_in_order(account, ae, job):
    later = make_job(account[0], ae, state="active")
    rows = [PointData(kind="info", text=f"See {job.number}", job=later) for _number in range(2)]
    assert filed(account, ae, about(account[1], *rows)) == (job.number, later.number)


@pytest.mark.parametrize("row", ["point", "action"])
def test_a_job_of_another_client_is_refused(account, ae, row):
    other = make_job(make.make_account(ae)[0], ae, state="active")
    report = make.log(*account, ae)
    rows = {
        "point": {"points": [PointData(text="So", job=other)]},
        "action": {"actions": [make.action(user=ae, job=other)]},
    }[row]
    with pytest.raises(Refused, match="another client"):
        services.save_draft(
            report=report, data=replace(of_report(report), **rows),
            row_version=report.row_version, by=ae, at=make.END,
        )  # fmt: skip


def test_a_revision_keeps_the_jobs_and_may_take_them_away(account, ae, job):
    step = make.action("Send the poster", user=ae, due_on=make.END.date(), job=job)
    said = PointData(kind="decision", text="Poster A is taken.", job=job)
    report = make.issued(*account, ae, data=about(account[1], said, actions=[step]))
    draft = services.revise_report(
        report=report, reason="The client named another day", by=ae, at=make.END
    )
    copy = of_report(draft)
    assert [row.job for row in (*copy.points, *copy.actions)] == [job, job]
    none = [[replace(row, job=None) for row in rows] for rows in (copy.points, copy.actions)]
    data = replace(copy, points=none[0], actions=none[1])
    draft = services.save_draft(
        report=draft, data=data, row_version=draft.row_version, by=ae, at=make.END
    )
    sent = make.send_out(draft, ae, make.END)
    assert sent.actions.get().job is None
    assert not sent.document.job_numbers.exists()


def test_numbers_are_read_as_the_house_writes_them():
    assert house_numbers("lm-26-014, LM-26-14; ABCDEFG-26-014 LM-26-0145") == {
        "LM-26-014", "LM-26-0145"
    }  # fmt: skip


# --- pages --------------------------------------------------------------------------------------


@pytest.fixture
def page(client, ae):
    client.force_login(ae)
    return client


def test_call_begins_with_the_job_that_asked_for_its_report(page, account, ae, job):
    address = f"{reverse('meetings:call_create')}?client={account[0].pk}&job={job.pk}"
    shown = page.get(address)
    first, second = shown.context["page"].points.forms[:2]
    assert (first["job"].value(), second["job"].value()) == (f"j{job.pk}", None)
    assert f'<option value="j{job.pk}" selected>' in shown.content.decode()


@pytest.mark.parametrize("asked", ["0", "x", "999999999999999999999", "'"])
def test_call_asked_for_with_no_such_job_begins_with_none(page, account, asked):
    shown = page.get(reverse("meetings:call_create"), {"client": account[0].pk, "job": asked})
    assert shown.status_code == 200
    assert " selected>LM-" not in shown.content.decode()


def test_a_page_sent_without_its_rows_is_refused(page, account, job):
    sent = page.post(f"{reverse('meetings:call_create')}?client={account[0].pk}", {})
    assert sent.status_code == 422


def test_jobs_to_choose_are_the_clients_own_at_work(page, account, ae, job):
    make_job(make.make_account(ae)[0], ae, state="active")
    make_job(account[0], ae, state="closed")
    shown = page.get(f"{reverse('meetings:call_create')}?client={account[0].pk}")
    assert shown.context["page"].points.forms[0].jobs == {f"j{job.pk}": job}


def test_a_client_without_jobs_is_asked_for_none(page, account):
    shown = page.get(f"{reverse('meetings:call_create')}?client={account[0].pk}")
    assert 'name="points-0-job"' not in shown.content.decode()


def test_a_job_is_chosen_on_the_draft_and_read_on_the_report(page, account, ae, job):
    report = make.log(*account, ae, data=about(account[1], PointData(text="Poster A")))
    address = reverse("meetings:report_update", args=[report.pk])
    assert send(page, address, points__0__job=f"j{job.pk}", do="save").status_code == 302
    assert report.points.get().job == job
    job.state = "cancelled"
    job.save()
    assert f'<option value="j{job.pk}" selected>' in page.get(address).content.decode()
    report = make.send_out(report, ae, make.END)
    assert f'href="{job.get_absolute_url()}"' in page.get(
        reverse("meetings:report_detail", args=[report.pk])
    ).content.decode()  # fmt: skip


@pytest.mark.parametrize("sent", ["j0", "x", "job"])
def test_another_job_than_those_offered_is_refused_at_its_field(page, account, ae, job, sent):
    report = make.log(*account, ae)
    address = reverse("meetings:report_update", args=[report.pk])
    refused = send(page, address, points__0__job=sent)
    assert refused.status_code == 422
    assert "points-0-job" in str(refused.context["draft"].summary)


def test_an_action_says_its_job_on_the_report_and_on_its_own_page(client, account, ae, job):
    colleague = make_user("layout", role="department", department="creative")
    assign(account[0], colleague, "department")
    step = make.action("Send the poster", user=colleague, due_on=make.END.date(), job=job)
    report = make.issued(*account, ae, data=make.typed(account[1], actions=[step]))
    pages = [
        reverse("meetings:report_detail", args=[report.pk]),
        reverse("meetings:action_detail", args=[report.actions.get().pk]),
    ]
    for user, is_linked in [(ae, True), (colleague, False)]:
        client.force_login(user)
        for address in pages:
            shown = client.get(address).content.decode()
            assert job.number in shown
            assert (f'href="{job.get_absolute_url()}"' in shown) is is_linked
