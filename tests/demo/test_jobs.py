"""Every job of the demo, played to its end."""

import pytest
from django.db.models import F

from agency.demo import jobs
from archives.models import Document, Waiver
from jobs.models import Estimate, Job, Milestone

pytestmark = pytest.mark.django_db


def test_each_story_has_its_job():
    assert Job.objects.count() >= len(jobs.all_jobs(None))


def test_estimates_stand_at_every_step():
    states = set(Estimate.objects.values_list("state", flat=True))
    assert states >= {
        "sent",
        "signed",
        "refused",
        "expired",
        "withdrawn",
        "manager_ok",
        "director_ok",
    }


def test_plan_that_slipped_has_three_versions_and_its_cause():
    job = Job.objects.get(title="冬季礼盒上市海报")
    versions = job.timelines.order_by("version")
    assert [row.state for row in versions] == ["superseded", "superseded", "current"]
    assert versions.last().milestones.first().slip_cause == "client"


def test_steps_of_what_was_delivered_are_done_and_one_was_late_through_us():
    rows = Milestone.objects.filter(timeline__job__state__in=["delivered", "closed"])
    assert not rows.filter(done_on=None).exists()
    assert rows.get(done_on__gt=F("first_due_on")).slip_cause == "agency"


def test_a_report_that_names_its_job_lies_in_the_closed_folder():
    job = Job.objects.get(title="中秋礼盒报纸广告")
    assert job.state == "closed"
    papers = Document.objects.filter(job_numbers__job_number=job.number, kind="contact_report")
    assert set(papers.values_list("face", flat=True)) == {"client", "internal"}
    assert not Waiver.objects.filter(job_number=job.number, kind="contact_report").exists()
