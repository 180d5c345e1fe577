"""The papers of a job on its page: each gap with its button for who may, waiver, history (R40)."""

import pytest
from django.urls import reverse

from agency.common.verbs import unit
from archives.models import Document
from jobs.models import Job
from jobs.services.ending import close_job
from jobs.services.waiver import waive_paper
from tests.builders import make_client
from tests.jobs import make
from tests.jobs.make import NOW

pytestmark = pytest.mark.django_db
WHY = "The client keeps it himself"


@pytest.fixture
def job(ae, am, ad):
    return make.make_job(make_client("LM", team=[ae, am, ad]), ae, state="delivered")


def shown(sign_in, person, job):
    return sign_in(person).get(reverse("jobs:job_detail", args=[job.pk])).content.decode()


@pytest.mark.rule("R40")
def test_each_gap_has_the_button_that_fills_it(sign_in, ae, job):
    text = shown(sign_in, ae, job)

    for name in ("brief_create", "estimate_create", "timeline_create", "order_create",
                 "check_create"):  # fmt: skip
        assert reverse(f"jobs:{name}", args=[job.pk]) in text
    assert f"{reverse('meetings:call_create')}?client={job.client_id}" in text
    assert f"{reverse('archives:folder', args=[job.client_id])}?job={job.number}" in text


@pytest.mark.parametrize("role", ["finance", "management"])
def test_who_may_not_fill_a_gap_sees_no_button(sign_in, ae, job, role):
    text = shown(sign_in, make.make_user(role=role), job)

    assert "missing" in text
    assert reverse("jobs:brief_create", args=[job.pk]) not in text
    assert reverse("jobs:paper_waive", args=[job.pk]) not in text


@pytest.mark.rule("R40")
def test_waiver_of_a_job_is_taken_back_by_the_manager(sign_in, ae, am, job):
    row = waive_paper(job=job, kind="contact_report", reason=WHY, by=am, at=NOW)
    end = reverse("archives:waiver_end", args=[row.pk])
    assert WHY in shown(sign_in, ae, job)
    assert end not in shown(sign_in, ae, job)
    assert end in shown(sign_in, am, job)

    answer = sign_in(am).post(end)

    assert answer["Location"].endswith(f"?job={job.number}")
    assert WHY not in shown(sign_in, am, job)


@pytest.mark.rule("R46")
def test_closed_job_has_its_papers_in_the_history_of_the_folder(sign_in, ae, am, job):
    for kind, others in (("brief", []), ("contact_report", ["LM-26-999"])):
        make.make_document(job.client, kind=kind, job_numbers=[job.number, *others], title=kind)

    with unit():
        close_job(job=Job.objects.get(pk=job.pk), by=am, at=NOW)

    states = dict(Document.objects.values_list("kind", "state"))
    assert states == {"brief": "history", "contact_report": "issued"}
    folder = reverse("archives:folder", args=[job.client_id])
    text = sign_in(ae).get(folder, {"job": job.number, "show": "history"}).content.decode()
    assert ("1 in the history" in text, ">contact_report<" in text) == (True, False)
